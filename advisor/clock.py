"""Now and today where the users are."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


def now() -> datetime:
    """Return the current time in Asia/Seoul, with its zone."""
    return datetime.now(tz=SEOUL)


def today() -> date:
    """Return the current day in Asia/Seoul."""
    return now().date()
