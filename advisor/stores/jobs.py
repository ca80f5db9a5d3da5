"""The ledger of jobs in SQL: what waits, what is in work, how each ended."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Engine, Float, Integer, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.domain.jobs import (
    ENDED,
    IngestStatus,
    Job,
    JobAction,
    JobState,
    Order,
    progress_at,
)
from advisor.stores.database import Base, UtcTime, database_errors, lock

# A file that ended the process this often is not read again.
MOST_ATTEMPTS = 3
GIVEN_UP = (
    "이 파일을 읽는 동안 서비스가 여러 번 멈추어 더 시도하지 않습니다. "
    "파일을 다른 형식(PDF, HWPX)으로 저장해 다시 올려 주세요."
)
CANCELLED = "취소했습니다. 필요하면 파일을 다시 올려 주세요."
_ENDED = [one.value for one in ENDED]
_IN_WORK = [JobState.READING.value, JobState.CUTTING.value, JobState.EMBEDDING.value]
_BATCH = 400


class JobRow(Base):
    """One job."""

    __tablename__ = "jobs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(40), unique=True)
    action: Mapped[str] = mapped_column(String(20))
    document_id: Mapped[str] = mapped_column(String(200), index=True)
    name: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    is_upload: Mapped[bool] = mapped_column(Boolean)
    with_hidden: Mapped[bool] = mapped_column(Boolean)
    size: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20), index=True)
    progress: Mapped[float] = mapped_column(Float)
    outcome: Mapped[str | None] = mapped_column(String(20))
    pages: Mapped[int | None] = mapped_column(Integer)
    sections: Mapped[int | None] = mapped_column(Integer)
    tables: Mapped[int | None] = mapped_column(Integer)
    characters: Mapped[int | None] = mapped_column(Integer)
    message: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(Integer)
    wants_cancel: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)


class JobStore:
    """Reads and writes jobs; many threads and processes may ask, one worker takes."""

    def __init__(self, engine: Engine) -> None:
        """Work on the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def add(self, orders: Sequence[Order]) -> list[Job]:
        """Let orders wait, in their order; one for what waits already is that very job."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            lock(session, "jobs")
            rows = [_added(session, one) for one in orders]
            session.flush()
            return [_job(row) for row in rows]

    def get(self, job_id: str) -> Job | None:
        """Return a job, None where there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.scalar(select(JobRow).where(JobRow.id == job_id))
            return _job(row) if row else None

    def of_ids(self, ids: Sequence[str]) -> list[Job]:
        """Return the jobs of these ids that are there, in their own order."""
        found: list[Job] = []
        with database_errors(self._engine), Session(self._engine) as session:
            for start in range(0, len(ids), _BATCH):
                part = ids[start : start + _BATCH]
                rows = session.scalars(select(JobRow).where(JobRow.id.in_(part)))
                found += [_job(row) for row in rows]
        return sorted(found, key=lambda one: one.number)

    def open(self) -> list[Job]:
        """Return all jobs that have not ended, in their order."""
        return self._where(JobRow.state.not_in(_ENDED))

    def recent(self, count: int) -> list[Job]:
        """Return the jobs that ended last, the newest first."""
        query = (
            select(JobRow)
            .where(JobRow.state.in_(_ENDED))
            .order_by(JobRow.ended_at.desc(), JobRow.number.desc())
            .limit(count)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [_job(row) for row in session.scalars(query)]

    def has_waiting(self) -> bool:
        """Tell whether there is anything for a worker; cheap."""
        return bool(self._where(JobRow.state.not_in(_ENDED), most=1))

    def indexing(self) -> list[Job]:
        """Return the jobs whose documents are in the ledger and not findable yet."""
        return self._where(JobRow.state == JobState.INDEXING.value)

    def take(self) -> Job | None:
        """Begin the next waiting job; None where none waits. For the one worker only."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = session.scalar(
                select(JobRow)
                .where(JobRow.state == JobState.WAITING.value)
                .order_by(JobRow.number)
                .limit(1)
                .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer
            )
            if row is None:
                return None
            row.state, row.progress = JobState.READING.value, progress_at(JobState.READING)
            row.attempts += 1
            row.started_at = row.started_at or now()
            session.flush()
            return _job(row)

    def advance(self, job_id: str, state: JobState, share: float = 0.0, **facts: Any) -> bool:
        """Note where a job is; `facts` are fields of a row. Returns whether it is to be cancelled."""
        values = {"state": state.value, "progress": progress_at(state, share), **facts}
        if state is JobState.INDEXING:
            values["read_at"] = now()
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(update(JobRow).where(JobRow.id == job_id).values(values))
            wanted = session.scalar(select(JobRow.wants_cancel).where(JobRow.id == job_id))
            return bool(wanted)

    def end(
        self, ids: Sequence[str], state: JobState, *, outcome: IngestStatus | None = None,
        message: str | None = None,
    ) -> None:  # fmt: skip
        """End jobs; without an outcome or a message theirs stay."""
        values: dict[str, Any] = {"state": state.value, "progress": 1.0, "ended_at": now()}
        if outcome is not None:
            values["outcome"] = outcome.value
        if message is not None:
            values["message"] = message
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for start in range(0, len(ids), _BATCH):
                part = ids[start : start + _BATCH]
                session.execute(update(JobRow).where(JobRow.id.in_(part)).values(values))

    def put_back(self, job_id: str, *, counts: bool = True) -> None:
        """Let a job wait again; the failure was none of its file's.

        Args:
            job_id: Which.
            counts: Whether this was an attempt; not where the worker was told to stop.
        """
        values: dict[str, Any] = {"state": JobState.WAITING.value, "progress": 0.0}
        if not counts:
            values["attempts"] = JobRow.attempts - 1
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(update(JobRow).where(JobRow.id == job_id).values(values))

    def cancel(self, job_id: str) -> bool:
        """Cancel a job: at once where it waits, at its next step where it is in work.

        Returns:
            False where there is none or it cannot be stopped any more.
        """
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = session.scalar(select(JobRow).where(JobRow.id == job_id).with_for_update())
            if row is None or row.state in [*_ENDED, JobState.INDEXING.value]:
                return False
            row.wants_cancel = True
            if row.state == JobState.WAITING.value:
                row.state, row.progress = JobState.CANCELLED.value, 1.0
                row.message, row.ended_at = CANCELLED, now()
            return True

    def reclaim(self) -> list[Job]:
        """Let jobs wait again that were in work when their process ended; for a new worker.

        Returns:
            Those that were given up: they had been begun too often.
        """
        given_up = self._where(JobRow.state.in_(_IN_WORK), JobRow.attempts >= MOST_ATTEMPTS)
        self.end(
            [one.id for one in given_up], JobState.FAILED, outcome=IngestStatus.REJECTED,
            message=GIVEN_UP,
        )  # fmt: skip
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                update(JobRow)
                .where(JobRow.state.in_(_IN_WORK))
                .values(state=JobState.WAITING.value, progress=0.0)
            )
        return given_up

    def purge(self, before: datetime) -> None:
        """Forget jobs that ended before a moment."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                delete(JobRow).where(JobRow.state.in_(_ENDED), JobRow.ended_at < before)
            )

    def _where(self, *conditions: Any, most: int | None = None) -> list[Job]:
        query = select(JobRow).where(*conditions).order_by(JobRow.number).limit(most)
        with database_errors(self._engine), Session(self._engine) as session:
            return [_job(row) for row in session.scalars(query)]


def _added(session: Session, order: Order) -> JobRow:
    known = session.scalar(
        select(JobRow)
        .where(
            JobRow.document_id == order.document_id,
            JobRow.place == order.place,
            JobRow.action == order.action.value,
            JobRow.with_hidden == order.with_hidden,
            JobRow.state == JobState.WAITING.value,
        )
        .limit(1)
    )
    if known is not None and not order.refused:
        return known
    row = JobRow(
        id=secrets.token_hex(16), action=order.action.value,
        document_id=order.document_id, name=order.name, place=order.place,
        is_upload=order.is_upload, with_hidden=order.with_hidden, size=order.size,
        state=JobState.WAITING.value, progress=0.0, outcome=None, message=order.refused,
        attempts=0, wants_cancel=False, created_at=now(),
    )  # fmt: skip
    if order.refused:
        row.state, row.progress, row.ended_at = JobState.FAILED.value, 1.0, now()
        row.outcome = IngestStatus.REJECTED.value
    session.add(row)
    return row


def _job(row: JobRow) -> Job:
    return Job(
        row.id, row.number, JobAction(row.action), row.document_id, row.name,
        row.place, row.is_upload, row.with_hidden, row.size, JobState(row.state), row.progress,
        IngestStatus(row.outcome) if row.outcome else None, row.pages, row.sections, row.tables,
        row.characters, row.message, row.attempts, row.wants_cancel, row.created_at,
        row.started_at, row.read_at, row.ended_at,
    )  # fmt: skip
