"""An application window as of a day or a moment (pure)."""

import re
from datetime import date, datetime, time
from functools import lru_cache

from advisor.clock import SEOUL
from advisor.domain.match import WindowOnDay, WindowState
from advisor.domain.records import Window

FUNDS = "예산이 다 쓰이면 마감일 전에 끝날 수 있습니다"
OPERATOR = "발표된 날짜는 운영기관 모집 기간이며 기업 모집은 따로 공고합니다"
EXTENDED = "접수가 연장되었습니다"
EARLY = "마감일 전에 접수를 마쳤습니다"
# "9~10월", "11월", "3월부터", "2026-02-24", "3-11": the months a usual schedule names.
_DATES = re.compile(r"(?:20\d\d-)?(\d{1,2})-\d{1,2}(?!\d)")
_MONTHS = re.compile(r"(?<![\d.])(\d{1,2})(?:\s?[~∼]\s?(\d{1,2}))?월")
_LENGTH = re.compile(r"\d+\s?(?:~\s?\d+\s?)?개월")


def window_on(window: Window, today: date) -> WindowOnDay:
    """Tell whether a company can apply on a day, as far as the sources say.

    Only dates open a window: it is open where `opens_on <= today <= last day`, both stated; an
    extension moves the last day, an early close ends it. A stated day alone still decides what it
    can (before the first upcoming, after the last closed); "ongoing" without dates is unknown, for
    no source says until when. An earlier edition without a last day is closed, except in the year
    it opened. Dates that are for the operating offices say nothing to a company. The usual
    schedule of other years opens nothing: it is told as expected.

    Args:
        window: As recorded.
        today: Day in Asia/Seoul, or a `datetime` with its zone: then the hour of the last day
            counts ("18:00" closes at that minute, without an hour the whole day is open).

    Returns:
        The state with the days that bear it; `days_left` only until the last day.
    """
    today, moment = _parts(today)
    schedule = window.typical_schedule
    months = expected_months(schedule)
    state = _state(window, today, moment)
    if window.applicants == "operator":
        return WindowOnDay(state, expected=schedule, expected_months=months, note=OPERATOR)
    opens, closes = window.opens_on, window.extended_to or window.closes_on
    is_counted = closes is not None and state in (WindowState.OPEN, WindowState.UNKNOWN)
    return WindowOnDay(
        state,
        opens,
        closes,
        (closes - today).days if is_counted and closes is not None else None,
        window.closes_at,
        None if state in (WindowState.OPEN, WindowState.UPCOMING) else schedule,
        () if state in (WindowState.OPEN, WindowState.UPCOMING) else months,
        _note(window, state),
    )


def state_on(window: Window, today: date) -> WindowState:
    """Return the state alone, as `window_on` has it, quickly."""
    return _state(window, *_parts(today))


def _parts(today: date) -> tuple[date, datetime | None]:
    if isinstance(today, datetime):
        moment = today.astimezone(SEOUL)
        return moment.date(), moment
    return today, None


def _state(window: Window, today: date, moment: datetime | None) -> WindowState:
    if window.applicants == "operator":
        return WindowState.UNKNOWN
    opens, closes = window.opens_on, window.extended_to or window.closes_on
    if window.closed_early_on is not None and today >= window.closed_early_on:
        return WindowState.CLOSED
    if opens is not None and today < opens:
        return WindowState.UPCOMING
    if closes is not None:
        if today > closes or (today == closes and _hour_is_past(window.closes_at, moment)):
            return WindowState.CLOSED
        return WindowState.UNKNOWN if opens is None else WindowState.OPEN
    if window.status_said == "closed":
        return WindowState.CLOSED
    if window.status_said == "past_edition" and (opens is None or today.year > opens.year):
        return WindowState.CLOSED
    return WindowState.UNKNOWN


def _hour_is_past(closes_at: str | None, moment: datetime | None) -> bool:
    if moment is None or closes_at is None or closes_at == "24:00":
        return False
    return moment.time() >= time.fromisoformat(closes_at)


def _note(window: Window, state: WindowState) -> str | None:
    if state is WindowState.CLOSED:
        return EARLY if window.closed_early_on is not None else None
    if window.until_funds_run_out:
        return FUNDS
    return EXTENDED if window.extended_to is not None else None


@lru_cache(maxsize=4096)
def expected_months(schedule: str | None) -> tuple[int, ...]:
    """Return the months that a usual schedule names, in its order.

    >>> expected_months("통합공고 직후(11월)~이듬해 1월 초 접수"), expected_months("매년 9~10월 공고")
    ((11, 1), (9, 10))
    >>> expected_months("2026-02-24 온라인 설명회, 3-11 온라인 교육"), expected_months("최대 6개월")
    ((2, 3), ())
    """
    if not schedule:
        return ()
    found: list[tuple[int, int]] = [
        (match.start(), int(match[1])) for match in _DATES.finditer(schedule)
    ]
    for match in _MONTHS.finditer(_LENGTH.sub(lambda one: " " * len(one[0]), schedule)):
        first, last = int(match[1]), int(match[2] or match[1])
        if 1 <= first <= last <= 12:
            found += [(match.start(), month) for month in range(first, last + 1)]
    return tuple(dict.fromkeys(month for _, month in sorted(found) if 1 <= month <= 12))


def is_open_on(window: Window, today: date) -> bool:
    """Tell whether the sources say that a company can apply on this day."""
    return state_on(window, today) is WindowState.OPEN
