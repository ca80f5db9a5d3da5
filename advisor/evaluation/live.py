"""The checks of the evaluation on live turns, after the answer has gone out."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Any, Protocol

from advisor.domain.records import Corpus
from advisor.evaluation.citing import check_citing
from advisor.evaluation.grounds import Grounds
from advisor.evaluation.metrics import MOST_LETTERS, MOST_SOURCES

logger = logging.getLogger(__name__)


class QualityKept(Protocol):
    """Where findings are kept; see `advisor.stores.quality.QualityStore`."""

    def keep(
        self, consultation_id: str, number: int, *, turn_id: str, status: str, checks: Sequence[str]
    ) -> None: ...


def failed_checks(
    answer: Mapping[str, Any], grounds: Grounds, *, today: date, said: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of the checks that an answer (contract JSON) fails, each once.

    The names are those of the citation checks ("no", for a claim without a mark, becomes
    "no_mark"), `too_long` and `too_many_sources`; no words of the answer or the question.
    """
    cited = check_citing(answer, grounds, today=today, said=said)
    names = [problem.split(" ")[0] for one in cited.findings for problem in one.problems]
    names = ["no_mark" if name == "no" else name for name in names]
    if len("".join(str(answer.get("text") or "").split())) > MOST_LETTERS:
        names.append("too_long")
    if len({one["record_id"] for one in answer.get("citations") or ()}) > MOST_SOURCES:
        names.append("too_many_sources")
    return tuple(dict.fromkeys(names))


class QualityWatch:
    """Checks turns one after another in a thread of its own: nobody waits for it."""

    def __init__(
        self, store: QualityKept, grounds: Grounds, worker: ThreadPoolExecutor | None = None
    ) -> None:
        """Check against these grounds and keep what is found in the store."""
        self._store = store
        self._grounds = grounds
        self._worker = worker or ThreadPoolExecutor(1, thread_name_prefix="quality")

    def with_corpus(self, corpus: Corpus) -> "QualityWatch":
        """Return a watch on other records, with the same thread and store."""
        return QualityWatch(self._store, self._grounds.with_corpus(corpus), self._worker)

    def note(
        self,
        consultation_id: str,
        number: int,
        answer: Mapping[str, Any],
        *,
        said: Sequence[str],
        today: date,
    ) -> "Future[None]":
        """Have a turn, counted from 0, checked and kept soon; what fails is logged without words."""
        return self._worker.submit(self._check, consultation_id, number, answer, said, today)

    def _check(
        self,
        consultation_id: str,
        number: int,
        answer: Mapping[str, Any],
        said: Sequence[str],
        today: date,
    ) -> None:
        turn_id, status = str(answer.get("id")), str(answer.get("status"))
        try:
            checks = failed_checks(answer, self._grounds, today=today, said=said)
            self._store.keep(consultation_id, number, turn_id=turn_id, status=status, checks=checks)
        except Exception:  # a note on quality may be lost, a talk may not be disturbed
            logger.exception("quality not kept turn=%s", turn_id)
