"""The worker of a home: takes jobs in their order, and makes what they brought findable together.

Whoever owns the index works: the server while it serves, else the command that was called. A job
that was in work when its process was killed is begun again by the next worker.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from advisor import clock
from advisor.chunking.documents import chunk_document
from advisor.corpus.documents import file_digest, read_document
from advisor.domain.jobs import IngestStatus, Job, JobAction, JobState
from advisor.domain.passages import Chunk, Document
from advisor.errors import AdvisorError, BadInputError
from advisor.indexing.build import Index
from advisor.indexing.ingest import drop_copies, keep_copy, remark_on
from advisor.stores.claims import JOBS, Claim
from advisor.stores.jobs import CANCELLED, MOST_ATTEMPTS, JobStore
from advisor.stores.ledger import text_digest

logger = logging.getLogger(__name__)

# An index is made anew for many files at once: at the end of the queue, or after this long, and
# never so often that making it takes more than a fifth of the time.
PUBLISH_EVERY_S = 20.0
PUBLISH_SHARE = 5.0
CLAIMED_WAIT_S = 0.3
KEPT_DAYS = 30
TOO_LONG = (
    "파일이 너무 커서 정해진 시간 안에 다 읽지 못했습니다. 파일을 나누어 올리거나 "
    "관리자에게 ADVISOR_JOB_LIMIT_S를 늘려 달라고 해 주세요."
)
UNEXPECTED = (
    "파일을 싣는 중에 예상하지 못한 문제가 생겼습니다. 잠시 뒤 다시 올려 주세요. "
    "계속되면 관리자에게 알려 주세요."
)
NOT_INDEXED = (
    "파일은 읽었지만 색인에 넣지 못해 싣지 않았습니다. 잠시 뒤 다시 올려 주세요. "
    "계속되면 관리자에게 `advisor doctor` 실행을 요청해 주세요."
)
# About 1.5 million letters: more of one file would push the others out of the answers.
MOST_CHUNKS = 4_000
ONLY_BEGINNING = "문서가 아주 길어 앞부분만 답에 씁니다. 모두 쓰려면 나누어 올려 주세요."
OnJob = Callable[[Job], None]


class _CancelledError(Exception):
    """The job is to stop: its owner wants it."""


class _TooLongError(Exception):
    """The job is to stop: its time is over."""


class Worker:
    """Works off the jobs of one open index; one thread at a time calls it."""

    def __init__(
        self,
        index: Index,
        publish: Callable[[], None],
        *,
        limit_s: float,
        on_end: OnJob | None = None,
    ) -> None:
        """Work on an index.

        Args:
            index: The open index, whose home keeps the originals.
            publish: Brings the index up to date, records and all.
            limit_s: Seconds after which a job is given up.
            on_end: Told each job as it has ended.
        """
        self._index = index
        self._publish_index = publish
        self._limit_s = limit_s
        self._on_end = on_end
        self._jobs = JobStore(index.engine)
        self._copies = index.copies
        self._stopping = threading.Event()
        self._published_at = time.monotonic()
        self._publish_took_s = 0.0
        self._failed_publishes = 0
        self._claim = Claim(index.engine, JOBS)
        self._has_looked_back = False

    def stop(self) -> None:
        """Let go at the next step; what is in work waits for the next worker."""
        self._stopping.set()

    def run(self) -> None:
        """Work off all that waits, and what comes meanwhile.

        On a PostgreSQL that several machines share one of them works; the others leave it be.

        Raises:
            HomeUnavailableError: The disk is full or the database is gone: no fault of a file.
            IndexUnavailableError: The new index is not sound.
        """
        if not self._claim.take():
            self._stopping.wait(CLAIMED_WAIT_S)
            return
        try:
            self._work_off()
        finally:
            self._claim.drop()

    def _work_off(self) -> None:
        if not self._has_looked_back:
            # What an earlier process left behind is taken up again, once.
            for given_up in self._jobs.reclaim():
                self._tidy(given_up)
            self._has_looked_back = True
        while not self._stopping.is_set():
            job = self._jobs.take()
            if job is None:
                break
            self._do(job)
            if self._is_time_to_publish():
                self._publish()
        if not self._stopping.is_set() and (self._index.has_hidden() or self._jobs.indexing()):
            self._publish()
            self._jobs.purge(clock.now() - timedelta(days=KEPT_DAYS))

    def _is_time_to_publish(self) -> bool:
        since = time.monotonic() - self._published_at
        return since > max(PUBLISH_EVERY_S, PUBLISH_SHARE * self._publish_took_s)

    def _publish(self) -> None:
        ready = self._jobs.indexing()
        if not ready and not self._index.has_hidden():
            return
        began = time.monotonic()
        try:
            self._publish_index()
        except Exception:
            self._failed_publishes += 1
            if self._failed_publishes >= MOST_ATTEMPTS:
                self._give_up(ready)
            raise
        self._failed_publishes = 0
        self._published_at = time.monotonic()
        self._publish_took_s = self._published_at - began
        self._jobs.end([one.id for one in ready], JobState.DONE)
        for job in self._jobs.of_ids([one.id for one in ready]):
            self._ended(job)

    def _give_up(self, ready: list[Job]) -> None:
        """Take back what no index could be made with, so that the next one can be made without."""
        self._failed_publishes = 0
        logger.error("index not made with new documents count=%d", len(ready))
        for job in ready:
            if job.action is JobAction.ADD:
                self._index.delete_document(job.document_id)
                drop_copies(job.document_id, self._copies)
            self._end(job, JobState.FAILED, IngestStatus.REJECTED, NOT_INDEXED)

    def _do(self, job: Job) -> None:
        until = time.monotonic() + self._limit_s
        try:
            if job.action is JobAction.REMOVE:
                self._remove(job)
            else:
                self._add(job, until)
        except BadInputError as error:
            logger.info("file rejected job=%s detail=%s", job.id, error.detail)
            self._end(job, JobState.FAILED, IngestStatus.REJECTED, str(error.user_message))
        except _CancelledError:
            if self._stopping.is_set():
                self._jobs.put_back(job.id, counts=False)
            else:
                self._end(job, JobState.CANCELLED, IngestStatus.REJECTED, CANCELLED)
        except _TooLongError:
            self._end(job, JobState.FAILED, IngestStatus.REJECTED, TOO_LONG)
        except AdvisorError as error:
            # A full disk or a lost database is no fault of the file: it waits for better times.
            if job.attempts >= MOST_ATTEMPTS:
                self._end(job, JobState.FAILED, IngestStatus.REJECTED, str(error.user_message))
            else:
                self._jobs.put_back(job.id)
            raise
        except Exception:
            logger.exception("job failed job=%s", job.id)
            self._end(job, JobState.FAILED, IngestStatus.REJECTED, UNEXPECTED)

    def _remove(self, job: Job) -> None:
        was_there = self._index.delete_document(job.document_id)
        drop_copies(job.document_id, self._copies)
        outcome = IngestStatus.REMOVED if was_there else IngestStatus.UNCHANGED
        self._jobs.advance(job.id, JobState.INDEXING, outcome=outcome.value)

    def _add(self, job: Job, until: float) -> None:
        path = Path(job.place)
        digest = file_digest(path)
        known = self._index.ledger.document_digest(job.document_id)
        if known == digest and not job.with_hidden:
            if job.outcome is None:
                self._end(job, JobState.DONE, IngestStatus.UNCHANGED, "")
            else:
                # Killed between the ledger and the index: all that is left is to make it findable.
                self._jobs.advance(job.id, JobState.INDEXING)
            return
        # Noted before anything is kept, so that a second attempt still knows what it was.
        outcome = job.outcome or (IngestStatus.ADDED if known is None else IngestStatus.CHANGED)
        self._step(job, JobState.READING, until, facts={"outcome": outcome.value})
        document = read_document(path, name=job.name, identity=job.document_id)
        self._step(job, JobState.CUTTING, until, facts=_facts(document, job))
        chunks = distinct(chunk_document(document, with_hidden=job.with_hidden))
        if len(chunks) > MOST_CHUNKS:
            chunks = chunks[:MOST_CHUNKS]
            told = remark_on(document, with_hidden=job.with_hidden)
            cut = {"message": f"{told} {ONLY_BEGINNING}".strip()}
            self._step(job, JobState.CUTTING, until, facts=cut)
        with self._index.preparer.at_work():

            def advance(stage: str, done: int, total: int) -> None:
                # Words are quick to cut, vectors are what takes time.
                share = 0.1 * done / total if stage == "terms" else 0.1 + 0.9 * done / total
                self._step(job, JobState.EMBEDDING, until, share)

            self._step(job, JobState.EMBEDDING, until)
            self._index.preparer.terms(chunks, advance)
            self._index.preparer.vectors(chunks, advance)
            keep_copy(path, document, self._copies)
            self._index.put_document(document, chunks)
        self._jobs.advance(job.id, JobState.INDEXING)

    def _step(
        self,
        job: Job,
        state: JobState,
        until: float,
        share: float = 0.0,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        wants_cancel = self._jobs.advance(job.id, state, share, **(facts or {}))
        if wants_cancel or self._stopping.is_set():
            raise _CancelledError
        if time.monotonic() > until:
            raise _TooLongError

    def _end(self, job: Job, state: JobState, outcome: IngestStatus, message: str) -> None:
        self._jobs.end([job.id], state, outcome=outcome, message=message)
        ended = self._jobs.get(job.id)
        if ended is not None:
            self._ended(ended)

    def _ended(self, job: Job) -> None:
        self._tidy(job)
        if self._on_end is not None:
            self._on_end(job)

    def _tidy(self, job: Job) -> None:
        if job.is_upload and job.place:
            Path(job.place).unlink(missing_ok=True)


def distinct(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Return the chunks without those that say the very same as an earlier one.

    A form of a thousand equal lines, or a file made to fill the disk, is found once.
    """
    first: dict[str, Chunk] = {}
    for chunk in chunks:
        first.setdefault(text_digest(chunk), chunk)
    return list(first.values())


def _facts(document: Document, job: Job) -> dict[str, object]:
    return {
        "pages": len(document.pages) if document.pages[0].number is not None else None,
        "sections": len(document.sections),
        "tables": len(document.tables),
        "characters": sum(len(page.text) for page in document.pages),
        "message": remark_on(document, with_hidden=job.with_hidden),
    }
