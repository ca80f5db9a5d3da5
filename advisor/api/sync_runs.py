"""Runs over public sources that somebody started from the page: in the background, one a source."""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from advisor.clock import now
from advisor.config import Settings
from advisor.corpus.connectors.configured import ConfiguredSource
from advisor.corpus.connectors.plain import plain_report
from advisor.corpus.connectors.report import Report
from advisor.corpus.connectors.session import SOURCE_BUSY, Session, not_usable, read_sources
from advisor.corpus.notices.find import find_fields
from advisor.corpus.notices.propose import is_notice
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.drafts import DraftField
from advisor.domain.passages import Document
from advisor.errors import AdvisorError, BadInputError
from advisor.messages import FAILED

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class BackgroundRun:
    """One run; `report` is `plain_report` of it once it ended, `problem` what to tell a person."""

    source: str
    is_dry: bool
    started_at: datetime
    state: Literal["running", "done", "failed"] = "running"
    seen: int = 0
    total: int | None = None
    report: dict[str, Any] | None = None
    problem: str = ""


class SyncRuns:
    """The newest run of each source that this process made; the database knows those of all."""

    def __init__(self) -> None:
        self._runs: dict[str, BackgroundRun] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="sync")

    def of(self, source: str) -> BackgroundRun | None:
        """Return the newest run of a source."""
        return self._runs.get(source)

    def start(
        self, settings: Settings, source: ConfiguredSource, *, today: date, since: date | None,
        is_dry: bool,
    ) -> BackgroundRun:  # fmt: skip
        """Begin a run and return it at once.

        Raises:
            BadInputError: The source lacks something, or a run over it has not ended.
        """
        if source.connector is None:
            raise not_usable(source)
        with self._lock:
            last = self._runs.get(source.name)
            if last is not None and last.state == "running":
                raise BadInputError(SOURCE_BUSY, detail=f"source={source.name} running")
            run = self._runs[source.name] = BackgroundRun(source.name, is_dry, now())
        self._pool.submit(self._pull, settings, run, today, since)
        return run

    def _pull(
        self, settings: Settings, run: BackgroundRun, today: date, since: date | None
    ) -> None:
        def advance(report: Report, total: int | None) -> None:
            run.seen, run.total = report.counts.get("seen", 0), total

        try:
            vocabulary = load_vocabulary(settings.corpus)

            def read(document: Document) -> Sequence[DraftField]:
                return find_fields(document, vocabulary, today=today) if is_notice(document) else ()

            configured = read_sources(settings)
            session = Session(
                settings, configured, today=today, writes=not run.is_dry, read_notice=read
            )
            try:
                report = session.pull(
                    configured.sources[run.source], since=since, on_progress=advance
                )
            finally:
                session.close()
            run.report = plain_report(report, is_dry=run.is_dry)
            run.problem = run.report["problem"] or ""
            run.state = "failed" if run.problem else "done"
        except AdvisorError as error:
            logger.warning("sync failed source=%s detail=%s", run.source, error.detail)
            run.problem, run.state = str(error.user_message), "failed"
        except Exception:
            logger.exception("sync failed source=%s", run.source)
            run.problem, run.state = str(FAILED), "failed"
