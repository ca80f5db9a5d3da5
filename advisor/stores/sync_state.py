"""What is known of public sources: notices as last seen, runs with their place, calls of a day, links."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import JSON, Date, Engine, Integer, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import SEOUL, now
from advisor.config import Settings
from advisor.stores.database import Base, UtcTime, database_errors, open_database
from advisor.stores.upsert import put

RunState = Literal["running", "done", "failed"]
LinkState = Literal["ok", "moved", "gone", "unreachable"]
# A run that stopped longer ago begins anew: the listing has moved on.
RESUME_WITHIN = timedelta(hours=24)


class NoticeRow(Base):
    """One notice of one source as it was last seen; no personal data, no raw answer."""

    __tablename__ = "sync_notices"

    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str] = mapped_column(String(250), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[str | None] = mapped_column(String(200))
    draft_id: Mapped[int | None] = mapped_column(Integer)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    run_id: Mapped[int] = mapped_column(Integer, index=True)
    first_seen_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class RunRow(Base):
    """One run over a source; one that was killed stays `running` with the page to go on at."""

    __tablename__ = "sync_runs"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    source: Mapped[str] = mapped_column(String(60), index=True)
    since: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(20))
    next_page: Mapped[int] = mapped_column(Integer)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    problem: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)


class CallsRow(Base):
    """How often a service was called on a day in Seoul."""

    __tablename__ = "sync_calls"

    service: Mapped[str] = mapped_column(String(60), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    calls: Mapped[int] = mapped_column(Integer)


class ValidatorRow(Base):
    """ETag and Last-Modified of a file that was taken in whole; `name` holds no address."""

    __tablename__ = "sync_validators"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    etag: Mapped[str] = mapped_column(Text)
    last_modified: Mapped[str] = mapped_column(Text)


class LinkRow(Base):
    """How an address of the corpus answered last."""

    __tablename__ = "link_checks"

    url: Mapped[str] = mapped_column(String(2000), primary_key=True)
    state: Mapped[LinkState] = mapped_column(String(20))
    status: Mapped[int | None] = mapped_column(Integer)
    target: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    checked_at: Mapped[datetime] = mapped_column(UtcTime)
    bad_since: Mapped[datetime | None] = mapped_column(UtcTime)


@dataclass(frozen=True, slots=True)
class KnownNotice:
    """A notice as last seen.

    Attributes:
        data: `connectors.notice.plain_notice` of it.
        state: "open", "closed" or "missing" (gone from a whole listing).
        record_id: The record that follows it; None while it is a draft or nothing.
        files: Attachments: url, name, state ("read", "failed"), digest, document_id, note, tries.
    """

    source: str
    key: str
    digest: str
    data: Mapping[str, Any] = field(hash=False)
    state: str
    record_id: str | None = None
    draft_id: int | None = None
    files: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run over a source; `next_page` is above 1 where it goes on after a stop."""

    id: int
    source: str
    since: date | None
    state: str
    next_page: int
    counts: Mapping[str, int] = field(hash=False)
    problem: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """How an address answered; `target` is where it moved, `bad_since` the first failure in a row."""

    url: str
    state: LinkState
    status: int | None
    target: str | None
    note: str
    checked_at: datetime
    bad_since: datetime | None = None

    @property
    def checked_on(self) -> date:
        """The day in Seoul."""
        return self.checked_at.astimezone(SEOUL).date()


class SyncState:
    """Reads and writes what is known of the sources; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep it in a database whose tables are up to date."""
        self._engine = engine

    @classmethod
    def open(cls, settings: Settings) -> "SyncState":
        """Open the configured database; raises HomeUnavailableError where it cannot be used."""
        return cls(open_database(settings))

    def begin(self, source: str, since: date | None) -> Run:
        """Begin a run, or go on with one of the same question that was stopped in the middle."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            last = session.scalars(
                select(RunRow).where(RunRow.source == source).order_by(RunRow.id.desc()).limit(1)
            ).first()
            can_resume = (
                last is not None
                and last.state != "done"
                and last.since == since
                and now() - last.started_at < RESUME_WITHIN
            )
            if last is None or not can_resume:
                last = RunRow(
                    source=source, since=since, next_page=1, counts={}, started_at=now()
                )  # fmt: skip
                session.add(last)
            last.state, last.problem, last.ended_at = "running", "", None
            session.flush()
            return _run(last)

    def page_done(self, run_id: int, next_page: int, counts: Mapping[str, int]) -> None:
        """Keep how far a run is: everything before `next_page` is taken in."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = session.get_one(RunRow, run_id)
            row.next_page, row.counts = next_page, dict(counts)

    def end(
        self, run_id: int, state: RunState, counts: Mapping[str, int], problem: str = ""
    ) -> None:
        """End a run; a failed one is gone on with next time."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = session.get_one(RunRow, run_id)
            row.state, row.counts, row.problem, row.ended_at = state, dict(counts), problem, now()

    def last_runs(self) -> dict[str, Run]:
        """Return the newest run of every source."""
        with database_errors(self._engine), Session(self._engine) as session:
            return {
                row.source: _run(row) for row in session.scalars(select(RunRow).order_by(RunRow.id))
            }

    def known(self, source: str, keys: Collection[str]) -> dict[str, KnownNotice]:
        """Return what is known of some notices of a source."""
        query = select(NoticeRow).where(NoticeRow.source == source, NoticeRow.key.in_(list(keys)))
        with database_errors(self._engine), Session(self._engine) as session:
            return {row.key: _known(row) for row in session.scalars(query)}

    def keep(self, notice: KnownNotice, run_id: int, *, is_changed: bool) -> None:
        """Keep a notice as it is now seen."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = session.get(NoticeRow, (notice.source, notice.key))
            if row is None:
                row = NoticeRow(
                    source=notice.source, key=notice.key, first_seen_at=now(), changed_at=now()
                )
                session.add(row)
            elif is_changed:
                row.changed_at = now()
            row.digest, row.data, row.state = notice.digest, dict(notice.data), notice.state
            row.record_id, row.draft_id = notice.record_id, notice.draft_id
            row.files, row.run_id = [dict(one) for one in notice.files], run_id

    def seen(self, source: str, keys: Sequence[str], run_id: int) -> None:
        """Note that notices are still listed, without a change."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for row in session.scalars(
                select(NoticeRow).where(NoticeRow.source == source, NoticeRow.key.in_(list(keys)))
            ):
                row.run_id = run_id

    def unseen(self, source: str, run_id: int) -> list[KnownNotice]:
        """Return open notices that a whole run did not meet."""
        query = select(NoticeRow).where(
            NoticeRow.source == source, NoticeRow.run_id != run_id, NoticeRow.state == "open"
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [_known(row) for row in session.scalars(query)]

    def calls(self, service: str, day: date) -> int:
        """Return how often a service was called on a day."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(CallsRow, (service, day))
            return row.calls if row else 0

    def count_call(self, service: str, day: date) -> None:
        """Count one call."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            put(
                session, CallsRow, {"service": service, "day": day},
                {"calls": CallsRow.calls + 1}, new={"calls": 1},
            )  # fmt: skip
            session.execute(delete(CallsRow).where(CallsRow.day < day - timedelta(days=30)))

    def validators(self, name: str) -> tuple[str, str]:
        """Return ETag and Last-Modified of a file, "" where there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(ValidatorRow, name)
            return (row.etag, row.last_modified) if row else ("", "")

    def keep_validators(self, name: str, validators: tuple[str, str]) -> None:
        """Keep them for the next time."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            etag, last_modified = validators
            values = {"etag": etag, "last_modified": last_modified}
            put(session, ValidatorRow, {"name": name}, values)

    def links(self) -> dict[str, LinkCheck]:
        """Return every checked address."""
        with database_errors(self._engine), Session(self._engine) as session:
            return {row.url: _link(row) for row in session.scalars(select(LinkRow))}

    def keep_link(self, check: LinkCheck) -> LinkCheck:
        """Keep how an address answered; returns it with the day since which it is bad."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = session.get(LinkRow, check.url)
            if row is None:
                row = LinkRow(url=check.url, bad_since=None)
                session.add(row)
            is_bad = check.state in {"gone", "unreachable"}
            row.bad_since = (row.bad_since or check.checked_at) if is_bad else None
            row.state, row.status, row.target = check.state, check.status, check.target
            row.note, row.checked_at = check.note, check.checked_at
            session.flush()
            return _link(row)

    def forget_links(self, but: Collection[str]) -> None:
        """Drop addresses that stand in no record any more."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for url in set(session.scalars(select(LinkRow.url))) - set(but):
                session.execute(delete(LinkRow).where(LinkRow.url == url))


def _known(row: NoticeRow) -> KnownNotice:
    return KnownNotice(
        row.source, row.key, row.digest, row.data, row.state, row.record_id, row.draft_id,
        tuple(row.files), row.changed_at,
    )  # fmt: skip


def _run(row: RunRow) -> Run:
    return Run(
        row.id, row.source, row.since, row.state, row.next_page, row.counts, row.problem,
        row.started_at, row.ended_at,
    )  # fmt: skip


def _link(row: LinkRow) -> LinkCheck:
    return LinkCheck(
        row.url, row.state, row.status, row.target, row.note, row.checked_at, row.bad_since
    )
