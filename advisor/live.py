"""Keeps a served Advisor true: takes jobs, follows changed records and folders, swaps Advisors whole.

Running questions are not disturbed: each goes on with the Advisor and the index generation that it
began with, the next one gets the new.
"""

import logging
import threading
import time
from collections.abc import Callable

from advisor.assemble import Advisor
from advisor.corpus.effective import Effective, corpus_stamp, load_effective
from advisor.corpus.problems import Problem
from advisor.errors import AdvisorError
from advisor.indexing.watch import POLL_S, FolderWatch
from advisor.indexing.worker import Worker
from advisor.stores.jobs import JobStore
from advisor.stores.published import PublishedRecords

logger = logging.getLogger(__name__)

JOBS_EVERY_S = 1.0
# After a failure that is no file's fault (a full disk): not at once again.
AFTER_FAILURE_S = 30.0


class Live:
    """The threads beside a served Advisor; holds the one that answers now."""

    def __init__(self, advisor: Advisor, swap: Callable[[Advisor], None]) -> None:
        """Keep an Advisor true; `swap` is told each one that takes its place."""
        self._settings = advisor.settings
        self._advisor = advisor
        self._swap = swap
        self._index = advisor.index
        self._jobs = JobStore(advisor.index.engine)
        self._published = PublishedRecords(advisor.index.engine)
        # An index made from older records must not come after one made from newer ones.
        self._updating = threading.Lock()
        self._stopping = threading.Event()
        self._problems: tuple[Problem, ...] = ()
        # Empty, so that the first look sees what changed while the Advisor was put together.
        self._stamp = ""
        self._worker: Worker | None = None
        self._threads = [
            threading.Thread(target=self._follow_records, name="records", daemon=True),
            threading.Thread(target=self._follow_jobs, name="jobs", daemon=True),
        ]
        if self._settings.watch_dir is not None:
            self._threads.append(
                threading.Thread(target=self._follow_folder, name="folder", daemon=True)
            )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what keeps published records from answering."""
        return self._problems

    def start(self) -> None:
        """Begin to follow."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop following; a job in work waits for the next process."""
        self._stopping.set()
        if self._worker is not None:
            self._worker.stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=5)

    def refresh(self) -> bool:
        """Take over records that changed; False where none did or they cannot be read.

        Raises:
            AdvisorError: Index or database cannot be used; the Advisor that answers stays.
        """
        stamp = self._look()
        if stamp == self._stamp:
            return False
        began = time.perf_counter()
        with self._updating:
            found: Effective = load_effective(self._settings, self._published)
            self._problems = found.problems
            if found.corpus == self._advisor.corpus:
                self._stamp = stamp
                return False
            self._index.update(found.corpus)
            self._advisor = self._advisor.with_corpus(found.corpus)
            self._swap(self._advisor)
            self._stamp = stamp
        logger.info(
            "records taken over seconds=%.1f left_out=%d",
            time.perf_counter() - began, len(found.problems),
        )  # fmt: skip
        return True

    def _look(self) -> str:
        return f"{self._published.stamp()}|{corpus_stamp(self._settings.corpus)}"

    def _publish(self) -> None:
        with self._updating:
            self._index.update(self._advisor.corpus)

    def _follow_records(self) -> None:
        while not self._stopping.wait(self._settings.refresh_s):
            self._guarded("records", self.refresh)

    def _follow_jobs(self) -> None:
        while not self._stopping.is_set():
            if not self._guarded("jobs", self._work):
                self._stopping.wait(AFTER_FAILURE_S)
            self._stopping.wait(JOBS_EVERY_S)

    def _work(self) -> None:
        if self._worker is None:
            self._worker = Worker(self._index, self._publish, limit_s=self._settings.job_limit_s)
        if self._index.has_hidden() or self._jobs.has_waiting():
            self._worker.run()

    def _follow_folder(self) -> None:
        assert self._settings.watch_dir is not None
        watch = FolderWatch(self._settings.watch_dir, self._index.ledger)

        def look() -> None:
            orders = watch.poll()
            if orders:
                self._jobs.add(orders)

        while not self._stopping.wait(POLL_S):
            self._guarded("folder", look)

    def _guarded(self, what: str, act: Callable[[], object]) -> bool:
        """Act; a failure is logged and tried again later, it never ends the thread."""
        try:
            act()
        except AdvisorError as error:
            logger.warning("%s not followed detail=%s", what, error.detail)
            return False
        except Exception:
            logger.exception("%s not followed", what)
            return False
        return True
