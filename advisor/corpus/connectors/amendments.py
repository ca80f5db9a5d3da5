"""What a notice says now against what was known, and what of it moves a record's window (pure)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.corpus.connectors.notice import PERIOD_NAMES, Notice, PeriodKind, plain_notice
from advisor.domain.records import StatusSaid, SupportProgram, Window

LABELS: Mapping[str, str] = {
    "title": "공고 이름", "url": "주소", "agency": "소관기관", "operator": "수행기관",
    "opens_on": "접수 시작일", "closes_on": "접수 마감일", "closes_at": "마감 시각",
    "period": "접수기간의 종류", "period_words": "접수기간 원문", "summary": "내용 요약",
    "fields": "분야", "regions": "지역", "target": "지원대상", "how_to_apply": "신청 방법",
    "contact": "문의처", "attachments": "첨부 파일", "details": "그 밖의 내용",
    "is_recruiting": "모집 여부",
}  # fmt: skip
WINDOW_FIELDS = frozenset({
    "opens_on", "closes_on", "closes_at", "period", "period_words", "is_recruiting",
})  # fmt: skip
# When it was written is no news; that something else changed is.
_SILENT = frozenset({"created", "updated"})
# Notices of the next year come out in the last months before it.
_NEXT_YEAR_FROM_MONTH = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, as a person reads it; "" is not given."""

    field: str
    before: str
    after: str

    @property
    def label(self) -> str:
        """Korean name of the field."""
        return LABELS.get(self.field, self.field)


def differences(before: Mapping[str, Any], notice: Notice) -> tuple[Difference, ...]:
    """Return the fields of a known notice that changed."""
    return tuple(
        Difference(name, _shown(name, before.get(name)), _shown(name, value))
        for name, value in plain_notice(notice).items()
        if name not in _SILENT and before.get(name) != value
    )


def is_closed_on(notice: Notice, today: dt.date) -> bool:
    """Tell whether the source says that nothing is taken any more on a day.

    A source that says "not recruiting" of a notice whose first day is to come means not yet.
    """
    period = notice.period
    if period.closes_on is not None and period.closes_on < today:
        return True
    if period.kind is PeriodKind.CLOSED:
        return True
    is_to_come = period.opens_on is not None and period.opens_on > today
    return notice.is_recruiting is False and not is_to_come


def window_after(window: Window, notice: Notice, today: dt.date) -> Window:
    """Return a record's window with what the official source states; what it does not state stays.

    A source without a date says nothing about dates: "추후 공지" clears none. A later last day is an
    extension, "모집완료" before the last day an early close from the day it was seen.

    Args:
        window: As recorded.
        notice: Of the very edition that the record tells of.
        today: Day in Asia/Seoul on which the source was read.
    """
    period = notice.period
    opens = period.opens_on or window.opens_on
    closes, extended, at = window.closes_on, window.extended_to, window.closes_at
    last = extended or closes
    if period.closes_on is not None:
        at = period.closes_at or (at if period.closes_on == last else None)
        is_same_edition = period.opens_on is None or period.opens_on == window.opens_on
        if closes is not None and is_same_edition and period.closes_on > closes:
            extended = period.closes_on
        elif period.closes_on != closes or extended is not None:
            closes, extended = period.closes_on, None
    if opens is not None and closes is not None and opens > closes:
        opens = period.opens_on
    early = _early_close(window, notice, extended or closes, today)
    return window.model_copy(
        update={
            "opens_on": opens, "closes_on": closes, "extended_to": extended, "closes_at": at,
            "closed_early_on": early,
            "until_funds_run_out": (
                window.until_funds_run_out or period.kind is PeriodKind.UNTIL_FUNDS
            ),
            "status_said": _status(window.status_said, notice, closes, extended, today),
        }
    )  # fmt: skip


def fits_edition(program: SupportProgram, notice: Notice) -> bool:
    """Tell whether a notice at a record's address is the one of the record's year."""
    days = [day for day in (notice.period.opens_on, notice.period.closes_on) if day is not None]
    if not days:
        written = notice.day
        return written is None or written[:4] == str(program.year)
    years = {day.year for day in days}
    years |= {day.year + 1 for day in days if day.month >= _NEXT_YEAR_FROM_MONTH}
    return program.year in years


def _early_close(
    window: Window, notice: Notice, last: dt.date | None, today: dt.date
) -> dt.date | None:
    said = notice.period
    if is_closed_on(notice, today) and (last is None or last >= today):
        return window.closed_early_on or today
    states_days = said.closes_on is not None or notice.is_recruiting is True
    # A last day in the future, stated without "closed", opens again what was closed early.
    return None if states_days and not is_closed_on(notice, today) else window.closed_early_on


def _status(
    said: StatusSaid,
    notice: Notice,
    closes: dt.date | None,
    extended: dt.date | None,
    today: dt.date,
) -> StatusSaid:
    last = extended or closes
    if is_closed_on(notice, today):
        return "closed" if closes is not None else said
    if notice.period.kind in {PeriodKind.ALWAYS, PeriodKind.UNTIL_FUNDS}:
        return "ongoing"
    if last is not None and last >= today and said in {"closed", "past_edition"}:
        # The dates decide from here on.
        return "unknown"
    return said


def _shown(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if name == "period":
        return PERIOD_NAMES[PeriodKind(value)]
    if name == "is_recruiting":
        return "모집 중" if value else "모집 중 아님"
    if name == "attachments":
        return ", ".join(str(one[0]) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{label}: {said}" for label, said in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
