"""Questions in work, apart from the page that sent them.

A reload or a closed lid ends the page's event, not the answer: it is made in a thread of its own
and kept by the Advisor, and a page that comes back follows what is still in work.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from advisor.domain.answer import Answer
from advisor.domain.facade import AdvisorFacade

logger = logging.getLogger(__name__)

# A turn with a model mostly waits for it, so there may be more of them than cores.
MAX_ANSWERS_AT_ONCE = 32


@dataclass(slots=True)
class Job:
    """One question in work; `steps` and `pieces` of checked text grow while its thread runs."""

    question: str
    steps: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    done: "Future[Answer]" = field(default_factory=Future)


class Jobs:
    """The questions in work by consultation, at most one each."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(MAX_ANSWERS_AT_ONCE, thread_name_prefix="answer")

    def running(self, consultation_id: str) -> Job | None:
        """Return what is in work for a consultation."""
        with self._lock:
            return self._jobs.get(consultation_id)

    def start(
        self, advisor: AdvisorFacade, consultation_id: str, question: str, language: str | None
    ) -> Job | None:
        """Begin an answer; None where the consultation's last question is still in work."""
        job = Job(question)
        with self._lock:
            if consultation_id in self._jobs:
                return None
            self._jobs[consultation_id] = job

        def work() -> Answer:
            return advisor.ask(
                question,
                consultation_id=consultation_id,
                language=language,
                on_step=job.steps.append,
                on_text=job.pieces.append,
            )

        self._pool.submit(self._run, consultation_id, job, work)
        return job

    def _run(self, consultation_id: str, job: Job, work: Callable[[], Answer]) -> None:
        try:
            answer = work()
        except Exception as error:
            logger.exception("answer failed before it could be kept")
            self._forget(consultation_id)
            job.done.set_exception(error)
        else:
            # Forgotten first: whoever sees it done may send the next question at once.
            self._forget(consultation_id)
            job.done.set_result(answer)

    def _forget(self, consultation_id: str) -> None:
        with self._lock:
            self._jobs.pop(consultation_id, None)
