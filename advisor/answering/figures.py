"""Finds amounts, rates, dates, times, phone numbers, addresses and counts in a text (pure).

Every way of writing the same value gives the same figure: "2억 5천만 원", "2.5억원",
"250,000,000원" and "250백만원" are all the amount 250000000. A range gives its two ends.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class FigureKind(StrEnum):
    """What a figure measures; figures of different kinds are never equal."""

    AMOUNT = "amount"
    FOREIGN_AMOUNT = "foreign_amount"
    RATE = "rate"
    POINTS = "points"
    DATE = "date"
    TIME = "time"
    PHONE = "phone"
    URL = "url"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """One value found in a text.

    Attributes:
        kind: What it measures.
        value: Normal form: won as a whole number, a rate in percent, a date as "2026-02-09",
            "2026-02", "2026" or "02-09", a time as "18:00", a phone number as its digits, an
            address without its scheme and last slash, a count as "36개월" or "30명".
        written: The words of the text, NFKC-normalised.
    """

    kind: FigureKind
    value: str
    written: str


_SMALL = {"십": 10, "백": 100, "천": 1_000}
_BIG = {"만": 10**4, "억": 10**8, "조": 10**12}
_DIGIT = {char: value for value, char in enumerate("영일이삼사오육칠팔구")}
_NATIVE = {
    "한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "열": 10, "스무": 20, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50,
    "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip

# A number in digits, with Korean units between and after: "2억 5천만", "1,500", "12.5", "3백만".
_PART = r"\d[\d,]*(?:\.\d+)?(?:\s?[십백천만억조]+)?"
_NUMBER = rf"(?<![\d.,]){_PART}(?:(?<=[십백천만억조])\s?{_PART})*"
# A number in Hangul alone: "오천만", "이억 삼천". Only where a unit of measure follows.
_HANGUL = r"(?<![가-힣])[일이삼사오육칠팔구십백천만억조]+(?:\s[일이삼사오육칠팔구십백천만억조]+)?"
_TO = r"\s?(?:[~\-–—]|에서|부터|내지|to)\s?"
# "원" that begins another word (원칙, 원가절감) or a headcount (3원색) is no won.
_WON = r"\s?(?:원(?!칙|자재|천|료|인|색|가\s?(?:절감|계산|관리))|KRW|won\b)"
_OPTION = r"(?:\s?\([^()\d]{1,6}\))?"  # a weekday after a date: "9.(월)"

_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'「」]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# "제2026-12호" is the number of a notice.
_ISO_DATE = re.compile(
    r"(?<![\d제])(?P<y>(?:19|20)\d{2})[-/](?P<m>\d{1,2})(?:[-/](?P<d>\d{1,2}))?(?![\d/-]|\s?호)"
)
_DATE = re.compile(
    r"(?<![\d.])(?:(?P<y>(?:19|20)\d{2})\s?[.년]|['’](?P<yy>\d{2})\s?[.년])"
    r"(?:\s?(?P<m>\d{1,2})(?:\s?월|(?=\s?\.))(?:\s?\.?\s?(?P<d>\d{1,2})(?:\s?일|(?!\d|\s?[월%,]))\.?)?"
    rf"|도?){_OPTION}"
)
_YEAR_MONTH = re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d{2})\.\s?(?P<m>\d{1,2})(?![\d.]|\s?[%월])")
_MONTH_DAY = re.compile(
    r"(?<![\d.])(?:(?P<m>\d{1,2})\s?월(?:\s?(?P<d>\d{1,2})\s?일)?"
    r"|(?P<m2>\d{1,2})\.\s?(?P<d2>\d{1,2})\.?(?=\s?\([월화수목금토일]\)|\s?[~∼]|\s?까지))"
)
_LATER_DAY = re.compile(
    r"(?P<sep>\s?(?:[~∼–—-]|부터)\s?)"
    r"(?:(?P<m>\d{1,2})\s?[.월]\s?)?(?P<d>\d{1,2})\s?(?:\.|일)"
)
_TIME = re.compile(
    r"(?P<noon>오전|오후)?\s?(?<!\d)(?:(?P<h>\d{1,2}):(?P<m>\d{2})(?!\d)"
    r"|(?P<h2>\d{1,2})\s?시(?!간|[가-힣]*[·장군도])(?:\s?(?P<m2>\d{1,2})\s?분)?)"
)
_PHONE = re.compile(
    r"(?<![\d-])(?:\(?0\d{1,2}\)?[-.\s)]\s?\d{3,4}[-.\s]\d{4}|1[3-9]\d{2}[-\s]\d{4})(?![\d-])"
    r"|(?:국번\s?없이|☎|콜센터|전화|상담)\s?:?\s?\(?(?:국번\s?없이\s?)?(?P<short>1\d{2,3})(?![\d,.년-])"
)
_RATE = re.compile(
    rf"(?P<a>{_NUMBER})(?:(?:{_TO})(?P<b>{_NUMBER}))?"
    r"\s?(?P<unit>%\s?p(?!r)|%\s?포인트|%|퍼센트\s?포인트|퍼센트|프로(?![그젝세])|percent)"
)
_SHARE_OF_HUNDRED = re.compile(r"100\s?분의\s?(\d+(?:\.\d+)?)")
_FOREIGN = re.compile(
    rf"(?P<sign>[$€¥]|USD|EUR)\s?(?P<a>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<scale>million|billion|thousand))?"
    rf"|(?P<b>{_NUMBER})\s?(?P<unit>달러|유로|엔(?![진지])|위안)"
)
_ENGLISH_WON = re.compile(
    r"(?:KRW|₩)\s?(?P<a>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<scale>million|billion|trillion))?"
    r"|(?P<b>\d[\d,]*(?:\.\d+)?)\s?(?P<scale2>million|billion|trillion)?\s?(?:KRW|[Ww]on\b)"
)
_SCALE = {None: 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

# Counters that say the same, and those that convert (년 and 개월, 주 and 일).
_COUNTERS: dict[str, tuple[str, int]] = {
    "명": ("명", 1), "인": ("명", 1), "사람": ("명", 1), "people": ("명", 1), "employees": ("명", 1),
    "개사": ("개사", 1), "개 사": ("개사", 1), "개 기업": ("개사", 1), "개기업": ("개사", 1),
    "개 업체": ("개사", 1), "개업체": ("개사", 1), "곳": ("개사", 1), "companies": ("개사", 1),
    "년": ("개월", 12), "개년": ("개월", 12), "years": ("개월", 12), "year": ("개월", 12),
    "개월": ("개월", 1), "달": ("개월", 1), "months": ("개월", 1), "month": ("개월", 1),
    "주일": ("일", 7), "주": ("일", 7), "weeks": ("일", 7), "일": ("일", 1), "days": ("일", 1),
    "시간": ("시간", 1), "hours": ("시간", 1), "분": ("분", 1), "초": ("초", 1),
    "건": ("건", 1), "회": ("회", 1), "차례": ("회", 1), "배": ("배", 1), "대": ("대", 1),
    "점": ("점", 1), "톤": ("톤", 1), "kg": ("kg", 1), "kW": ("kW", 1), "kWh": ("kWh", 1),
}  # fmt: skip
_COUNTER = "|".join(sorted(map(re.escape, _COUNTERS), key=len, reverse=True))
# What would make the counter the start of another word: 인공지능, 대기업, 일반, 분야, 주요, 점검.
_NOT_AFTER = r"(?!공지능|기업|반|야|요|검|표|련|원(?!을|이|은|의|\s|$)|(?:[A-Za-z]))"
_COUNT = re.compile(
    rf"(?P<a>{_NUMBER})(?:\s?(?:{_COUNTER})?{_TO}(?P<b>{_NUMBER}))?\s?여?\s?"
    rf"(?P<unit>{_COUNTER}){_NOT_AFTER}"
)
_NATIVE_TEN = "|".join(word for word, value in _NATIVE.items() if value >= 10)
_NATIVE_ONE = "|".join(word for word, value in _NATIVE.items() if value < 10)
_NATIVE_COUNT = re.compile(
    rf"(?<![가-힣])(?P<ten>{_NATIVE_TEN})?(?P<one>{_NATIVE_ONE})?\s?"
    r"(?P<unit>명|사람|곳|달|시간|배|건|차례|대)(?![가-힣]*[회표상])"
)
_AMOUNT = re.compile(rf"(?P<a>{_NUMBER})(?:\s?(?:원\s?)?{_TO}(?P<b>{_NUMBER}))?(?P<won>{_WON})?")
_HANGUL_AMOUNT = re.compile(rf"(?P<a>{_HANGUL}){_WON}")
# "이억까지", "오천만 한도": spoken amounts that leave 원 out; "이만" and "오만" are other words too.
_SPOKEN_AMOUNT = re.compile(
    r"(?<![가-힣])(?P<a>[일이삼사오육칠팔구십백천]+\s?(?:억|조|천만|백만|십만)(?:\s?[일이삼사오육칠팔구십백천]+\s?만?)?)"
    r"(?=\s?(?:까지|이내|한도|정도|이하|이상|미만|초과|을|를|이|은|의|도|씩|짜리|입니다|[\s.,)]|$))"
)
_SPOKEN_RATE = re.compile(
    r"(?<![가-힣])(?P<a>[일이삼사오육칠팔구십백]+)\s?(?:퍼센트|프로(?![그젝세])|%)"
)
_SPOKEN_COUNT = re.compile(
    r"(?<![가-힣])(?P<a>[일이삼사오육칠팔구십백천]{2,}|[삼오육칠팔구십백])\s?"
    r"(?P<unit>개월|개사|년|명|곳|시간)(?![가-힣]*[회표상])"
)
_HALF = re.compile(r"절반|반액|반값|반씩|\bhalf\b", re.I)
_FRACTION = re.compile(
    r"(?P<below>[\d일이삼사오육칠팔구십]+)\s?분의\s?(?P<above>[\d일이삼사오육칠팔구]+)"
)
_BARE_UNIT = re.compile(r"\d[\d,]*(?:\.\d+)?\s?[십백천]?[만억조]")


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text, kind by kind, each in the order of the text.

    >>> [figure.value for figure in find_figures("최대 2억 5천만 원, 40~50%, 2026. 2. 9.까지")]
    ['40', '50', '2026-02-09', '250000000']
    """
    return tuple(one.figure for one in locate_figures(text))


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with the span of its words in the NFKC text; the ends of a range share a span."""

    figure: Figure
    start: int
    end: int
    is_low_end: bool = False
    is_high_end: bool = False


def locate_figures(text: str) -> list[Placed]:
    """Return the figures of a text with where they stand, in the order of `find_figures`."""
    text = unicodedata.normalize("NFKC", text).replace("∼", "~").replace("～", "~")
    found: list[Placed] = []
    # A span read as one kind is blanked, so that no later kind reads it again: a phone number has
    # hyphens like a range, a date has dots like a decimal.
    for reader in _READERS:
        blanked = text
        for figures, start, end in reader(text):
            is_range = len(figures) > 1
            found += [
                Placed(one, start, end, is_range and place == 0, is_range and place > 0)
                for place, one in enumerate(figures)
            ]
            blanked = f"{blanked[:start]}{chr(0x1F) * (end - start)}{blanked[end:]}"
        text = blanked
    return found


def korean_number(words: str) -> Decimal:
    """Return the value of a number with Korean units, in digits or Hangul.

    >>> korean_number("2억 5천만"), korean_number("1,500만"), korean_number("500백만")
    (Decimal('250000000'), Decimal('15000000'), Decimal('500000000'))
    >>> korean_number("오천만"), korean_number("2억5천")
    (Decimal('50000000'), Decimal('250000000'))
    """
    total, section, number = Decimal(0), Decimal(0), None
    last_big = 0
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|[영일이삼사오육칠팔구십백천만억조]", words):
        if token in _BIG:
            section += number or 0
            total += (section or 1) * _BIG[token]
            section, number, last_big = Decimal(0), None, _BIG[token]
        elif token in _SMALL:
            section += (1 if number is None else number) * _SMALL[token]
            number = None
        else:
            number = Decimal(_DIGIT.get(token, token.replace(",", "")))
    rest = section + (number or 0)
    # "2억5천" is spoken for 2억 5천만: after 억, thousands that name no unit are 만.
    if last_big == _BIG["억"] and words.rstrip()[-1:] == "천":
        rest *= _BIG["만"]
    return total + rest


def _plain(value: Decimal) -> str:
    """Return a number without exponent and without zeros at the end of its fraction."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _range_ends(first: str, second: str | None) -> list[Decimal]:
    """Return the ends of a range; "1~2억" and "5천~1억" mean 1억 and 5천만."""
    if second is None:
        return [korean_number(first)]
    low, high = korean_number(first), korean_number(second)
    unit = re.search(r"[십백천만억조]+$", second)
    if unit and not re.search(r"[십백천만억조]", first):
        low *= korean_number(f"1{unit[0]}")
    elif unit and unit[0][-1] in "만억조" and not re.search(r"[만억조]", first):
        low *= _BIG["만"]
    return [low, high]


_Found = Iterator[tuple[list[Figure], int, int]]


def _urls(text: str) -> _Found:
    for found in _URL.finditer(text):
        written = found[0].rstrip(".,;:")
        value = re.sub(r"^(?:https?://)?(?:www\.)?", "", written).rstrip("/").lower()
        yield [Figure(FigureKind.URL, value, written)], found.start(), found.end()


def _phones(text: str) -> _Found:
    for found in _PHONE.finditer(text):
        value = found["short"] or re.sub(r"\D", "", found[0])
        yield [Figure(FigureKind.PHONE, value, found[0])], found.start(), found.end()


def _date_figure(year: str | None, month: str | None, day: str | None, written: str) -> Figure:
    parts = [year or "", f"{int(month):02}" if month else "", f"{int(day):02}" if day else ""]
    return Figure(FigureKind.DATE, "-".join(part for part in parts if part), written)


def _is_day(month: str | None, day: str | None) -> bool:
    return (month is None or 1 <= int(month) <= 12) and (day is None or 1 <= int(day) <= 31)


def _dates(text: str) -> _Found:
    """Read dates, and the end of a period that leaves out its year or month."""
    taken = 0
    patterns = (_ISO_DATE, _DATE, _YEAR_MONTH, _MONTH_DAY)
    # One sweep from left to right, the most telling pattern first where two begin together.
    finds = [
        (found.start(), rank, found)
        for rank, pattern in enumerate(patterns)
        for found in pattern.finditer(text)
    ]
    for start, _, found in sorted(finds, key=lambda item: item[:2]):
        year, month, day = _date_parts(found)
        if start < taken or not _is_day(month, day):
            continue
        if month is None and _YEAR_MONTH.match(text, start):
            continue
        figures = [_date_figure(year, month, day, found[0])]
        taken = found.end()
        later = _LATER_DAY.match(text, taken)
        if later and month and day and _is_day(later["m"] or month, later["d"]):
            taken = later.end()
            last_month = later["m"] or month
            # "2025. 12. 20. ~ 1. 10." ends in the next year.
            if year and int(last_month) < int(month):
                year = str(int(year) + 1)
            figures.append(_date_figure(year, last_month, later["d"], later[0]))
        yield figures, start, taken


def _date_parts(found: re.Match[str]) -> tuple[str | None, str | None, str | None]:
    """Return year, month and day as written, None where the match has none."""
    groups = found.groupdict()
    year = groups.get("y") or (f"20{groups['yy']}" if groups.get("yy") else None)
    month = groups.get("m") or groups.get("m2")
    return year, month, groups.get("d") or groups.get("d2")


def _times(text: str) -> _Found:
    for found in _TIME.finditer(text):
        hour = int(found["h"] or found["h2"])
        if found["noon"] == "오후" and hour < 12:
            hour += 12
        minute = int(found["m"] or found["m2"] or 0)
        if hour <= 24 and minute < 60:
            figure = Figure(FigureKind.TIME, f"{hour:02}:{minute:02}", found[0].strip())
            yield [figure], found.start(), found.end()


def _rates(text: str) -> _Found:
    for found in _RATE.finditer(text):
        points = re.search(r"p(?!e)|포인트", found["unit"]) is not None
        kind = FigureKind.POINTS if points else FigureKind.RATE
        ends = [korean_number(end) for end in (found["a"], found["b"]) if end]
        yield [Figure(kind, _plain(end), found[0]) for end in ends], found.start(), found.end()


def _shares_of_hundred(text: str) -> _Found:
    for found in _SHARE_OF_HUNDRED.finditer(text):
        figure = Figure(FigureKind.RATE, _plain(Decimal(found[1])), found[0])
        yield [figure], found.start(), found.end()


def _foreign_amounts(text: str) -> _Found:
    for found in _FOREIGN.finditer(text):
        if found["a"]:
            value = korean_number(found["a"]) * _SCALE[found["scale"]]
        else:
            value = korean_number(found["b"])
        figure = Figure(FigureKind.FOREIGN_AMOUNT, _plain(value), found[0])
        yield [figure], found.start(), found.end()


def _english_amounts(text: str) -> _Found:
    for found in _ENGLISH_WON.finditer(text):
        value = korean_number(found["a"] or found["b"])
        value *= _SCALE[found["scale"] or found["scale2"]]
        yield [Figure(FigureKind.AMOUNT, _plain(value), found[0])], found.start(), found.end()


def _counts(text: str) -> _Found:
    for found in _COUNT.finditer(text):
        unit, factor = _COUNTERS[found["unit"]]
        ends = _range_ends(found["a"], found["b"])
        figures = [
            Figure(FigureKind.COUNT, f"{_plain(end * factor)}{unit}", found[0].strip())
            for end in ends
        ]
        yield figures, found.start(), found.end()


def _native_counts(text: str) -> _Found:
    for found in _NATIVE_COUNT.finditer(text):
        if not (found["ten"] or found["one"]):
            continue
        unit, factor = _COUNTERS[found["unit"]]
        value = _NATIVE.get(found["ten"], 0) + _NATIVE.get(found["one"], 0)
        figure = Figure(FigureKind.COUNT, f"{value * factor}{unit}", found[0])
        yield [figure], found.start(), found.end()


def _amounts(text: str) -> _Found:
    """Read won amounts; without "원" a number is one only where it names 억, 조 or N만."""
    for found in _AMOUNT.finditer(text):
        last = found["b"] or found["a"]
        if not found["won"] and not _BARE_UNIT.search(last):
            continue
        figures = [
            Figure(FigureKind.AMOUNT, _plain(end), found[0].strip())
            for end in _range_ends(found["a"], found["b"])
        ]
        yield figures, found.start(), found.end()


def _hangul_amounts(text: str) -> _Found:
    for found in _HANGUL_AMOUNT.finditer(text):
        figure = Figure(FigureKind.AMOUNT, _plain(korean_number(found["a"])), found[0])
        yield [figure], found.start(), found.end()


def _spoken_amounts(text: str) -> _Found:
    for found in _SPOKEN_AMOUNT.finditer(text):
        figure = Figure(FigureKind.AMOUNT, _plain(korean_number(found["a"])), found[0])
        yield [figure], found.start(), found.end()


def _spoken_rates(text: str) -> _Found:
    for found in _SPOKEN_RATE.finditer(text):
        figure = Figure(FigureKind.RATE, _plain(korean_number(found["a"])), found[0])
        yield [figure], found.start(), found.end()


def _halves(text: str) -> _Found:
    for found in _HALF.finditer(text):
        yield [Figure(FigureKind.RATE, "50", found[0])], found.start(), found.end()


def _fractions(text: str) -> _Found:
    for found in _FRACTION.finditer(text):
        below, above = korean_number(found["below"]), korean_number(found["above"])
        share = above * 100 / below if below else Decimal(0)
        exact = share == share.quantize(Decimal("0.01"))
        value = _plain(share) if exact else f"{above}/{below}"
        yield [Figure(FigureKind.RATE, value, found[0])], found.start(), found.end()


def _spoken_counts(text: str) -> _Found:
    for found in _SPOKEN_COUNT.finditer(text):
        unit, factor = _COUNTERS[found["unit"]]
        value = f"{_plain(korean_number(found['a']) * factor)}{unit}"
        yield [Figure(FigureKind.COUNT, value, found[0])], found.start(), found.end()


_READERS = (
    _urls,
    _phones,
    _rates,
    _shares_of_hundred,
    _fractions,
    _spoken_rates,
    _halves,
    _dates,
    _times,
    _foreign_amounts,
    _english_amounts,
    _counts,
    _native_counts,
    _spoken_counts,
    _amounts,
    _hangul_amounts,
    _spoken_amounts,
)
