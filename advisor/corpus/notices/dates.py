"""Days, hours and ranges as notices write them (pure)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?P<y>20\d\d|['’‘`´]\s?\d\d)\s?(?:\.|년|-|/)\s?"
_DAY = (
    r"(?P<m>1[0-2]|0?[1-9])\s?(?:\.|월|-|/)\s?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s?(?:\.(?!\d)|일)?"
)
_WEEKDAY = (
    r"(?:\s?[(,]?\s?(?P<w>[월화수목금토일])(?:요일)?\s?\)|\s?,?\s?(?P<w2>[월화수목금토일])요일)?"
)
_WEEKDAYS = "월화수목금토일"
# The moon's calendar: such days are of a holiday and not of this calendar.
_LUNAR = re.compile(r"음력[^)\n]{0,6}$")
_DATE = re.compile(rf"(?<!\d)(?:{_YEAR})?{_DAY}{_WEEKDAY}")
_COMPACT = re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)")
_TIME = re.compile(
    r"[\s,(]{0,3}(?P<half>오전|오후|낮)?\s?(?P<h>\d{1,2})\s?(?::\s?(?P<min>[0-5]\d)|시(?!\s?[·군간])"
    r"(?:\s?(?P<min2>[0-5]\d)\s?분)?)(?::[0-5]\d)?"
)
_BETWEEN = re.compile(r"^\s*(?:부터)?\s*(?:[~∼～〜–—-]|부터|에서)\s*")
# "3월 8일 09시 ~ 26일(금)": the month is that of the beginning.
_LAST = re.compile(
    rf"\s*(?:부터)?\s*(?:[~∼～〜]|부터)\s*(?P<d>3[01]|[12]\d|0?[1-9])\s?일{_WEEKDAY}"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A day at its place in a text.

    Attributes:
        day: The day.
        start, end: Its place, hour included.
        is_whole: Whether the year was written.
        time: "18:00", None where no hour was.
        is_odd: Whether it has another weekday than the one beside it.
    """

    day: date
    start: int
    end: int
    is_whole: bool
    time: str | None = None
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From a day to a day; `opens` None is an end alone ("…까지"), `closes` None a beginning.

    `is_odd` tells that a weekday in it is wrong, so that one of day and weekday is a slip.
    """

    opens: date | None
    closes: date | None
    closes_at: str | None
    start: int
    end: int
    is_odd: bool = False


def find_dates(text: str, year: int | None = None) -> list[Found]:
    """Return the days of a text in its order.

    Args:
        text: Of one statement.
        year: For days without one that stand before every day with one; None leaves those out.

    Returns:
        A day without a year takes that of the day before it, or the next year where it would lie
        before it by more than half a year ("12. 21. ~ 1. 8.").
    """
    found: list[Found] = []
    for match in _matches(text):
        if _LUNAR.search(text, max(0, match.start() - 12), match.start()):
            continue
        said = match["y"]
        last = found[-1].day if found else None
        if said is not None:
            number = int(said) if len(said) == 4 else 2000 + int(said[-2:])
        elif last is not None:
            number = last.year + (int(match["m"]) < last.month - 6)
        elif year is not None and _is_surely_a_day(text, match):
            number = year
        else:
            continue
        try:
            day = date(number, int(match["m"]), int(match["d"]))
        except ValueError:
            continue
        if said is None and last is not None and not _is_surely_a_day(text, match):
            between = text[found[-1].end : match.start()]
            if not _BETWEEN.match(between) or len(between.strip()) > 4:
                continue
        time, end = _time_at(text, match.end())
        weekday = _weekday(match)
        is_odd = weekday is not None and weekday != day.weekday()
        found.append(Found(day, match.start(), end, said is not None, time, is_odd))
    return found


def find_ranges(text: str, year: int | None = None) -> list[Range]:
    """Return the ranges and the ends of a text.

    >>> one = find_ranges("2026. 11. 23.(월) 09:00 ~ 12. 18.(금) 18:00 까지")[0]
    >>> str(one.opens), str(one.closes), one.closes_at
    ('2026-11-23', '2026-12-18', '18:00')
    """
    days = find_dates(text, year)
    found: list[Range] = []
    at = 0
    while at < len(days):
        one = days[at]
        following = days[at + 1] if at + 1 < len(days) else None
        between = text[one.end : following.start] if following else ""
        if following and _BETWEEN.match(between) and len(between.strip()) <= 4:
            closes = following.day
            if closes < one.day and not following.is_whole:
                closes = closes.replace(year=one.day.year + 1)
            is_odd = one.is_odd or following.is_odd
            found.append(Range(one.day, closes, following.time, one.start, following.end, is_odd))
            at += 2
            continue
        last = _LAST.match(text, one.end)
        until = _day_of(one.day, int(last["d"])) if last else None
        if last and until and until >= one.day:
            time, end = _time_at(text, last.end())
            found.append(Range(one.day, until, time, one.start, end, one.is_odd))
            at += 1
            continue
        after = text[one.end : one.end + 12]
        if re.match(r"\s*(?:부터|[~∼～〜]|이후)", after):
            found.append(Range(one.day, None, None, one.start, one.end, one.is_odd))
        else:
            found.append(Range(None, one.day, one.time, one.start, one.end, one.is_odd))
        at += 1
    return found


def _day_of(month: date, day: int) -> date | None:
    last = monthrange(month.year, month.month)[1]
    return month.replace(day=day) if day <= last else None


def _matches(text: str) -> Iterator[re.Match[str]]:
    both = [*_DATE.finditer(text), *_COMPACT.finditer(text)]
    return iter(sorted(both, key=lambda one: one.start()))


def year_by_weekday(text: str, around: int) -> int | None:
    """Return the one year near another in which the days of a text have their weekdays.

    >>> year_by_weekday("4월 9일(금)까지", 2026), year_by_weekday("4월 9일까지", 2026)
    (2027, None)
    """
    for match in _matches(text):
        weekday = _weekday(match)
        if weekday is None or match["y"] is not None:
            continue
        month, day = int(match["m"]), int(match["d"])
        years = [
            year
            for year in (around, around + 1, around - 1)
            if day <= monthrange(year, month)[1] and date(year, month, day).weekday() == weekday
        ]
        return years[0] if len(years) == 1 else None
    return None


def _weekday(match: re.Match[str]) -> int | None:
    named = match.groupdict()
    said = named.get("w") or named.get("w2")
    return _WEEKDAYS.index(said) if said else None


def _is_surely_a_day(text: str, match: re.Match[str]) -> bool:
    """Tell "3. 26.(금)" and "1월 29일" from "3.10%" and "1.2억원"."""
    words = match[0]
    if "월" in words[:4] and "일" in words:
        return True
    if _weekday(match) is not None:
        return True
    return bool(re.search(r"\d\s?\.\s?\d{1,2}\s?\.$", words.rstrip()))


def _time_at(text: str, at: int) -> tuple[str | None, int]:
    match = _TIME.match(text, at)
    if match is None:
        return None, at
    return clock_of(match), match.end()


def clock_of(match: re.Match[str]) -> str | None:
    """Return "18:00" of a match of `TIME`; None where there is no such hour."""
    hour, minute = int(match["h"]), int(match["min"] or match["min2"] or 0)
    if match["half"] == "오후" and hour < 12:
        hour += 12
    if hour == 24 and not minute:
        return "24:00"
    return f"{hour:02d}:{minute:02d}" if hour < 24 else None


TIME = _TIME
