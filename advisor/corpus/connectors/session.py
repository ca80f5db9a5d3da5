"""All parts of a sync put together from the settings; what the command line and a page call."""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from advisor.config import Settings
from advisor.corpus.connectors.attached import Attachments
from advisor.corpus.connectors.configured import (
    Configured,
    ConfiguredSource,
    configured_sources,
)
from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Fetcher
from advisor.corpus.connectors.filing import Filing
from advisor.corpus.connectors.pulling import OnProgress, Pull, ReadNotice
from advisor.corpus.connectors.regions import Regions
from advisor.corpus.connectors.report import Report
from advisor.corpus.effective import load_effective
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.jobs import Order
from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.database import Engine, open_database
from advisor.stores.drafts import Drafts
from advisor.stores.home import Home, disk_errors
from advisor.stores.jobs import JobStore
from advisor.stores.published import PublishedRecords
from advisor.stores.sync_state import SyncState

logger = logging.getLogger(__name__)

SOURCE_BUSY = UserMessage(
    "이 원천은 다른 곳에서 이미 받아오고 있습니다.", "그 실행이 끝난 뒤 다시 실행해 주세요."
)


def read_sources(settings: Settings) -> Configured:
    """Return the sources that can be asked for; raises BadInputError for a wrong sources.yaml."""
    return configured_sources(settings, Regions.of(load_vocabulary(settings.corpus)))


class Session:
    """Runs over sources with one database, one way out and one day."""

    def __init__(
        self,
        settings: Settings,
        configured: Configured,
        *,
        today: date,
        writes: bool = True,
        fetcher: Fetcher | None = None,
        read_notice: ReadNotice | None = None,
    ) -> None:
        """Put the parts together.

        Args:
            settings: Folders, database, keys.
            configured: The sources.
            today: Day in Asia/Seoul.
            writes: False is a dry run: nothing is kept, no file fetched.
            fetcher: The way out; None is the real one.
            read_notice: Reads fields in a 공고문; None reads none.
        """
        self._settings = settings
        self._configured = configured
        self._today = today
        self._writes = writes
        self._fetcher = fetcher or Fetcher(allow_loopback=settings.sync_allow_loopback)
        self._read_notice = read_notice
        self._home = Home(settings.home)
        self.engine: Engine = open_database(settings)
        self.published = PublishedRecords(self.engine)
        self._state = SyncState(self.engine)
        self._jobs = JobStore(self.engine)
        self._filing = Filing(
            load_effective(settings, self.published).corpus, Drafts(self.engine), self.published,
            today=today, links=configured.links, writes=writes,
        )  # fmt: skip
        self.orders = 0

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def pull(
        self,
        source: ConfiguredSource,
        *,
        since: date | None = None,
        on_progress: OnProgress | None = None,
    ) -> Report:
        """Run over one source.

        Raises:
            BadInputError: Another process runs over it, or it cannot be used.
            HomeUnavailableError: Database or disk cannot be used.
        """
        if source.connector is None:
            raise not_usable(source)
        if since is None and source.first_days is not None:
            since = self._today - timedelta(days=source.first_days)
        attachments = None
        if self._writes:
            attachments = Attachments(self._fetcher, self._home.root / "uploads", self._ingest)
        with self._lock(source.name):
            return Pull(
                source.connector, state=self._state, filing=self._filing, fetcher=self._fetcher,
                today=self._today, attachments=attachments, read_notice=self._read_notice,
                spend=self._spending(source), since=since, on_progress=on_progress,
            ).run()  # fmt: skip

    def _ingest(self, order: Order) -> None:
        self._jobs.add([order])
        self.orders += 1

    def _spending(self, source: ConfiguredSource) -> Callable[[], None]:
        """Return what counts a call, and refuses one beyond the day's budget."""
        service = f"{source.name}"
        spent = self._state.calls(service, self._today)

        def spend() -> None:
            nonlocal spent
            if source.daily_calls is not None and spent >= source.daily_calls:
                note = f"하루 {source.daily_calls:,}회"
                raise SourceError(Fault.BUDGET, f"calls={spent}", note=note)
            spent += 1
            if self._writes:
                self._state.count_call(service, self._today)

        return spend

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        if not self._writes:
            yield
            return
        folder = self._home.root / "sync"
        with disk_errors():
            folder.mkdir(parents=True, exist_ok=True)
            file = (folder / f"{name}.lock").open("a")
        with file:
            try:
                # Dropped by the system when the process ends, however it ends.
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise BadInputError(SOURCE_BUSY, detail=f"source={name} locked") from error
            yield


def not_usable(source: ConfiguredSource) -> BadInputError:
    """Return the error for a source that lacks something."""
    return BadInputError(
        UserMessage(
            f"'{source.name}'({source.label}) 원천을 쓸 수 없습니다: {source.lacks}.",
            ".env나 ADVISOR_HOME/sources.yaml을 채운 뒤 다시 실행해 주세요.",
        ),
        detail=f"source={source.name} not usable",
    )
