"""The jobs that bring documents in: their states, what became of a file, and how long it takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

# Where in a whole job each state begins: reading and embedding are what takes time.
_BEGINS = {"waiting": 0.0, "reading": 0.02, "cutting": 0.35, "embedding": 0.4, "indexing": 0.9}
# Until a first job has ended: seconds for a file, and for each megabyte of it.
FIRST_PACE = (1.5, 4.0)
# Until an index is made of what was read.
INDEX_S = 5.0
_MEGABYTE = 1024**2


class IngestStatus(StrEnum):
    """What became of a file; `removed` is for a document that was taken out."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    REMOVED = "removed"


class JobState(StrEnum):
    """Where a job is; the last three are its ends."""

    WAITING = "waiting"
    READING = "reading"
    CUTTING = "cutting"
    EMBEDDING = "embedding"
    INDEXING = "indexing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobAction(StrEnum):
    """What a job does with a document."""

    ADD = "add"
    REMOVE = "remove"


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, before it is a job.

    Attributes:
        document_id: Which document it makes, replaces or takes out.
        name: What its owner calls the file, as it may be shown.
        place: Where its bytes are; empty for a removal.
        is_upload: Whether the bytes are ours, to be removed when the job ends.
        with_hidden: Whether hidden sheets are read too.
        size: In bytes; 0 where it is not known.
        refused: Why it was refused before it could wait, in Korean; empty where it was not.
    """

    document_id: str
    name: str
    place: str = ""
    action: JobAction = JobAction.ADD
    is_upload: bool = False
    with_hidden: bool = False
    size: int = 0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One job as it stands.

    Attributes:
        number: Jobs are taken in this order.
        outcome: What becomes of the file, known from the first look at it; final once ended.
        progress: Share (0 to 1) of the whole job.
        read_at: When all of it was in the ledger; from there it waits for the index.
        attempts: How often it was begun; a job that ends the process each time is given up.
        pages, sections, tables, characters: None until it is read.
        message: Korean; why it failed, or what of the file could not be read.
    """

    id: str
    number: int
    action: JobAction
    document_id: str
    name: str
    place: str
    is_upload: bool
    with_hidden: bool
    size: int
    state: JobState
    progress: float
    outcome: IngestStatus | None
    pages: int | None
    sections: int | None
    tables: int | None
    characters: int | None
    message: str
    attempts: int
    wants_cancel: bool
    created_at: datetime
    started_at: datetime | None
    read_at: datetime | None
    ended_at: datetime | None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens with it."""
        return self.state in ENDED

    @property
    def seconds(self) -> float:
        """How long the file itself was in work; the index is made for many at once."""
        until = self.read_at or self.ended_at
        if self.started_at is None or until is None:
            return 0.0
        return round((until - self.started_at).total_seconds(), 3)

    def to_json(self, eta_s: float | None = None) -> dict[str, Any]:
        """Return the job as the API gives it; `status` is null until it has ended."""
        return {
            "id": self.id,
            "action": self.action.value,
            "document_id": self.document_id,
            "path": self.name,
            "state": self.state.value,
            "progress": round(self.progress, 3),
            "eta_seconds": None if eta_s is None else round(eta_s, 1),
            "status": self.outcome.value if self.outcome and self.has_ended else None,
            "pages": self.pages,
            "sections": self.sections,
            "tables": self.tables,
            "characters": self.characters,
            "seconds": self.seconds,
            "message": self.message,
            "created_at": self.created_at.isoformat(),
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


def progress_at(state: JobState, share: float = 0.0) -> float:
    """Return the share of the whole job where a state is done to `share`.

    >>> progress_at(JobState.EMBEDDING, 0.5), progress_at(JobState.DONE)
    (0.65, 1.0)
    """
    if state in ENDED:
        return 1.0
    begin = _BEGINS[state]
    end = min((one for one in _BEGINS.values() if one > begin), default=1.0)
    return round(begin + (end - begin) * share, 4)


def pace_of(ended: Iterable[Job]) -> tuple[float, float]:
    """Return seconds for a file and for each megabyte of it, from jobs that have ended."""
    done = [one for one in ended if one.state is JobState.DONE and one.seconds > 0]
    if not done:
        return FIRST_PACE
    total = sum(one.seconds for one in done)
    megabytes = sum(one.size for one in done) / _MEGABYTE
    # Half of the time is for the file itself, half for its size: both are seen in the logs.
    return total / 2 / len(done), (total / 2 / megabytes if megabytes else 0.0)


def estimate(
    jobs: Sequence[Job], pace: tuple[float, float], *, at: datetime
) -> Mapping[str, float | None]:
    """Return in how many seconds each open job will have ended, by id; ended ones have None.

    Args:
        jobs: All open ones, in their order, ended ones among them.
        pace: Seconds for a file and for each megabyte.
        at: Now.
    """
    found: dict[str, float | None] = {}
    before = INDEX_S
    for job in sorted(jobs, key=lambda one: one.number):
        if job.has_ended:
            found[job.id] = None
            continue
        if job.state is not JobState.INDEXING:
            whole = pace[0] + pace[1] * job.size / _MEGABYTE
            left = whole * (1 - job.progress)
            if job.started_at is not None and job.progress > 0.1:
                # What it took so far says more about this very file than any average.
                taken = max((at - job.started_at).total_seconds(), 0.0)
                left = (left + taken / job.progress * (1 - job.progress)) / 2
            before += left
        found[job.id] = before
    return found
