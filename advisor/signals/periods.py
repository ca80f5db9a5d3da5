"""The periods that signals are counted over: whole calendar months and quarters (pure).

Freely chosen days would undo the hiding: two periods that differ by one day differ by the few
consultations of that day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advisor.clock import SEOUL
from advisor.errors import BadInputError
from advisor.messages import UserMessage

PERIOD_UNKNOWN = UserMessage(
    text="기간을 알아보지 못했습니다.",
    next_step="'2026-11'(한 달)이나 '2026-Q4'(한 분기)처럼 적어 주세요.",
)
_PERIOD = re.compile(r"(20\d\d)-(?:Q([1-4])|(0[1-9]|1[0-2]))")
MONTHS_OFFERED, QUARTERS_OFFERED = 6, 4


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Seoul, both included; `id` is "2026-11" or "2026-Q4"."""

    id: str
    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The first moment."""
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=SEOUL)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        after = self.last + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=SEOUL)


def read_period(text: str) -> Period:
    """Return the period of an id.

    >>> read_period("2026-Q4").first.isoformat(), read_period("2026-02").last.isoformat()
    ('2026-10-01', '2026-02-28')

    Raises:
        BadInputError: It is none.
    """
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise BadInputError(PERIOD_UNKNOWN, detail="period unknown")
    year = int(found[1])
    month, months = (int(found[2]) * 3 - 2, 3) if found[2] else (int(found[3]), 1)
    end = month + months
    after = date(year + (end > 12), (end - 1) % 12 + 1, 1)
    return Period(text, date(year, month, 1), after - timedelta(days=1))


def month_of(day: date) -> Period:
    """Return the month that a day is in."""
    return read_period(f"{day.year}-{day.month:02}")


def offered(today: date) -> Sequence[Period]:
    """Return the periods to choose from, newest first: months, then quarters."""
    months, quarters = [month_of(today)], [_quarter_of(today)]
    while len(months) < MONTHS_OFFERED:
        months.append(month_of(months[-1].first - timedelta(days=1)))
    while len(quarters) < QUARTERS_OFFERED:
        quarters.append(_quarter_of(quarters[-1].first - timedelta(days=1)))
    return [*months, *quarters]


def _quarter_of(day: date) -> Period:
    return read_period(f"{day.year}-Q{(day.month + 2) // 3}")
