"""What changed lately: records, documents, windows of programs, notices of public sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from advisor.assemble import Advisor
from advisor.clock import SEOUL
from advisor.corpus.reviewing import Version
from advisor.domain.jobs import IngestStatus, Job
from advisor.domain.match import WindowState
from advisor.domain.records import SupportProgram
from advisor.matching.windows import window_on
from advisor.stores.jobs import JobStore

MovedTo = Literal["opened", "closes_soon", "closed", "opens_soon"]
SYNC = "sync:"
_RECENT_JOBS = 500
_FIELDS = 6


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A version that was made lately; `fields` are a few that it changed, none of a new record.

    `source` names the public source where a sync made it, "" where a person did.
    """

    record_id: str
    kind: str
    title: str
    action: str
    version: int
    at: datetime
    source: str
    fields: tuple[str, ...]
    url: str | None


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that came or went; `link` opens it while it is there."""

    document_id: str
    title: str
    action: Literal["added", "removed"]
    at: datetime
    link: str | None


@dataclass(frozen=True, slots=True)
class WindowChange:
    """A program whose window opened, closed, or will do so within the days looked at."""

    record_id: str
    title: str
    state: MovedTo
    day: date
    days_left: int
    url: str | None
    region: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a day, the newest first; windows by their day."""

    since: date
    until: date
    records: tuple[RecordChange, ...]
    documents: tuple[DocumentChange, ...]
    windows: tuple[WindowChange, ...]


def changes_of(advisor: Advisor, *, today: date, days: int = 7) -> Changes:
    """Return what changed in the last days, and whose window moves in the next ones.

    Args:
        advisor: Whose records, documents and jobs are looked at.
        today: Day in Asia/Seoul.
        days: How far back, and for windows ahead.
    """
    since = today - timedelta(days=days)
    return Changes(
        since, today, _records(advisor, since), _documents(advisor, since),
        windows_moved(advisor.corpus.programs.values(), today=today, days=days),
    )  # fmt: skip


def windows_moved(
    programs: Iterable[SupportProgram], *, today: date, days: int
) -> tuple[WindowChange, ...]:
    """Return programs whose stated days lie within some days of today, the most urgent first (pure).

    A day that no source states moves nothing.
    """
    found: list[WindowChange] = []
    for one in programs:
        window = window_on(one.window, today)
        opens, closes = window.opens_on, window.closes_on
        moved: tuple[MovedTo, date] | None = None
        if window.state is WindowState.OPEN:
            if closes is not None and (closes - today).days <= days:
                moved = ("closes_soon", closes)
            elif opens is not None and (today - opens).days <= days:
                moved = ("opened", opens)
        elif window.state is WindowState.UPCOMING and opens is not None:
            if (opens - today).days <= days:
                moved = ("opens_soon", opens)
        elif window.state is WindowState.CLOSED:
            last = one.window.closed_early_on or closes
            if last is not None and 0 <= (today - last).days <= days:
                moved = ("closed", last)
        if moved is not None:
            state, day = moved
            url = next((source.url for source in one.sources if source.url), None)
            found.append(
                WindowChange(one.id, one.title, state, day, (day - today).days, url, one.sido)
            )
    order: Mapping[str, int] = {"closes_soon": 0, "opened": 1, "opens_soon": 2, "closed": 3}
    return tuple(sorted(found, key=lambda one: (order[one.state], one.day, one.record_id)))


def _records(advisor: Advisor, since: date) -> tuple[RecordChange, ...]:
    desk = advisor.review
    found: list[RecordChange] = []
    for record_id in desk.published.changed_since(_midnight(since)):
        versions = desk.versions(record_id)
        named = next((one.published.data for one in versions if one.published.data), {})
        found += [
            _record_change(one, named)
            for one in versions
            if one.published.signed_at >= _midnight(since)
        ]
    return tuple(sorted(found, key=lambda one: (one.at, one.version), reverse=True))


def _record_change(version: Version, named: Mapping[str, Any]) -> RecordChange:
    """Return a version as a line; `named` has the name of a record that was withdrawn."""
    one = version.published
    data = one.data or named
    title = data.get("name") or data.get("question") or data.get("company") or one.id
    is_new = any(two.field == "id" for two in version.changes)
    is_sync = one.signed_by.startswith(SYNC)
    return RecordChange(
        one.id, one.kind, str(title), one.action, one.version, one.signed_at,
        one.signed_by.removeprefix(SYNC) if is_sync else "",
        () if is_new else tuple(two.field for two in version.changes)[:_FIELDS],
        next((str(two["url"]) for two in data.get("sources") or () if two.get("url")), None),
    )  # fmt: skip


def _documents(advisor: Advisor, since: date) -> tuple[DocumentChange, ...]:
    there = advisor.library.documents()
    found = [
        DocumentChange(one.id, one.title, "added", one.added_at, f"api/v1/documents/{one.id}/view")
        for one in there
        if one.added_at >= _midnight(since)
    ]
    known = {one.id for one in there}
    gone: dict[str, Job] = {}
    for job in JobStore(advisor.index.engine).recent(_RECENT_JOBS):
        if job.outcome == IngestStatus.REMOVED and job.document_id not in known:
            gone.setdefault(job.document_id, job)
    found += [
        DocumentChange(one.document_id, one.name, "removed", one.ended_at, None)
        for one in gone.values()
        if one.ended_at is not None and one.ended_at >= _midnight(since)
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SEOUL)
