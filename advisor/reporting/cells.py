"""Scores, shares, amounts and days as fields of a table (pure)."""

from datetime import date, datetime

from advisor.clock import SEOUL
from advisor.domain.money import format_krw
from advisor.reporting.blocks import Cell

TO_CONFIRM = "확인 필요"
NONE = "–"


def text(words: str | None) -> Cell:
    """Return words; what is not known is to be confirmed, never an empty field."""
    return Cell(words or TO_CONFIRM)


def score(value: float | None, note: str = "") -> Cell:
    """Return a score with one decimal.

    >>> score(40.0).text, score(None).text, score(51.3, "추정").text
    ('40.0', '확인 필요', '51.3 (추정)')
    """
    if value is None:
        return Cell(TO_CONFIRM)
    return Cell(f"{value:.1f}{f' ({note})' if note else ''}", value, "score")


def percent(share: float | None) -> Cell:
    """Return a share (0 to 1) in percent.

    >>> percent(0.5).text, percent(0.125).text
    ('50%', '12.5%')
    """
    return Cell(TO_CONFIRM) if share is None else Cell(share_words(share), share, "percent")


def share_words(share: float) -> str:
    """Write a share (0 to 1) in percent without needless digits."""
    return f"{share * 100:.10g}%"


def won(amount: int | None) -> Cell:
    """Return an amount of won."""
    return Cell(TO_CONFIRM) if amount is None else Cell(format_krw(amount), amount, "won")


def count(number: int, unit: str) -> Cell:
    """Return a number of things.

    >>> count(12, "명").text
    '12명'
    """
    return Cell(f"{number:,}{unit}", number, "count")


def size_words(size: int) -> str:
    """Write the size of a file.

    >>> size_words(900), size_words(123_456), size_words(2_500_000)
    ('1KB', '121KB', '2.4MB')
    """
    return f"{max(1, round(size / 1024))}KB" if size < 1024**2 else f"{size / 1024**2:.1f}MB"


def seoul_day(moment: datetime) -> date:
    """Return the day of a moment in Seoul."""
    return moment.astimezone(SEOUL).date()


def day_words(value: date) -> str:
    """Write a day.

    >>> day_words(date(2026, 4, 9))
    '2026년 4월 9일'
    """
    return f"{value.year}년 {value.month}월 {value.day}일"
