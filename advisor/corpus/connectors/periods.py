"""The words of a date field to a period: days, or which of the usual words stands there (pure)."""

import re
from datetime import date

from advisor.corpus.connectors.given import find_days, given
from advisor.corpus.connectors.notice import Period, PeriodKind
from advisor.text import squeeze

# "조기 마감" after "소진 시" may come, "마감되었습니다" has; "접수마감 12.18" is a label, not news.
_CLOSED = re.compile(
    r"(?:모집|접수|신청|마감)완료|(?:마감|종료)(?:됨|되었|됐|했|하였)|소진(?:으로|되어|에따라)(?:인해)?(?:조기)?마감|"
    r"^(?:모집|접수|신청|조기)?(?:이|을)?(?:마감|종료|완료)$"
)
_WORDS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    (PeriodKind.CLOSED, _CLOSED),
    (
        PeriodKind.UNTIL_FUNDS,
        re.compile(r"(?:예산|자금|재원|사업비)(?:이|의)?(?:모두)?소진|소진시"),
    ),
    (PeriodKind.ALWAYS, re.compile(r"상시|수시|연중")),
    (PeriodKind.LATER, re.compile(r"추후|별도공지|별도공고|미정|예정")),
    (PeriodKind.DIFFERS, re.compile(r"상이|사업별|기관별|세부사업|공고문참[고조]|개별")),
)
_HOUR = re.compile(r"(?<!\d)([01]?\d|2[0-4])\s*[:시]\s*([0-5]\d)?(?!\d)")
_FULL_DAY = re.compile(r"20\d{2}\s*[-./년]?\s*\d{1,2}\s*[-./월]?\s*\d{1,2}")
_SHORT_DAY = re.compile(r"\d{1,2}\s*[-./월]\s*\d{1,2}")
_RANGE = re.compile(r"[~∼～〜–]|부터|까지|\s-\s")
_TO = re.compile(r"[~∼～〜–]|까지")


def read_period(value: str | None) -> Period:
    """Return the period that a date field states; never a guess.

    >>> read_period("20260105 ~ 20260123").closes_on.isoformat()
    '2026-01-23'
    >>> one = read_period("2026-02-01 ~ 예산 소진시까지")
    >>> one.kind.value, str(one.opens_on), one.closes_on
    ('until_funds', '2026-02-01', None)
    >>> read_period("모집완료").kind.value, read_period(" - ").kind.value
    ('closed', 'not_given')
    >>> read_period("2026-13-45 ~ 2026-14-01").kind.value
    'unclear'
    """
    text = given(value)
    if text is None:
        # "미정" is given by nobody as a date, yet it says that one will come.
        later = value is not None and squeeze(value) == "미정"
        return Period(
            PeriodKind.LATER if later else PeriodKind.NOT_GIVEN,
            words=value.strip() if later and value else "",
        )
    days = find_days(text)
    words = _named(text)
    if len(days) >= 2 and words is None:
        (_, opens), (place, closes) = days[0], days[-1]
        if closes < opens:
            return Period(PeriodKind.UNCLEAR, words=text)
        return Period(PeriodKind.DATED, opens, closes, _hour(text, place), text)
    if len(days) >= 2 and words is PeriodKind.CLOSED and days[0][1] <= days[-1][1]:
        return Period(words, days[0][1], days[-1][1], _hour(text, days[-1][0]), text)
    if len(days) >= 2 and words is PeriodKind.UNTIL_FUNDS and days[0][1] <= days[-1][1]:
        # Both: a last day, and an end that may come before it.
        return Period(words, days[0][1], days[-1][1], _hour(text, days[-1][0]), text)
    if len(days) == 1:
        return _half(text, *days[0], words)
    return Period(words or PeriodKind.UNCLEAR, words=text)


def _half(text: str, place: int, day: date, words: PeriodKind | None) -> Period:
    """Return the period where one day stands, by the side on which the sign for "to" is."""
    if _SHORT_DAY.search(_FULL_DAY.sub(" ", text)):
        # "2026-12-20 ~ 1.15": the other day has no year, and none is made up for it.
        return Period(PeriodKind.UNCLEAR, words=text)
    sign = _TO.search(text)
    is_last = sign is not None and (sign.start() < place or (sign[0] == "까지" and words is None))
    if is_last:
        return Period(words or PeriodKind.DATED, None, day, _hour(text, place), text)
    if words is not None or _RANGE.search(text):
        return Period(words or PeriodKind.DATED, opens_on=day, words=text)
    # A day alone says neither that it is the first nor the last.
    return Period(PeriodKind.UNCLEAR, words=text)


def _named(text: str) -> PeriodKind | None:
    plain = squeeze(text)
    return next((kind for kind, pattern in _WORDS if pattern.search(plain)), None)


def _hour(text: str, place: int) -> str | None:
    """Return the hour that stands behind the last day ("18:00")."""
    match = _HOUR.search(text, place + 8)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 or minute == 0 else None
