"""Numbers as Koreans say and write them, to integers (pure)."""

import re

UNITS = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "석": 3, "서": 3, "네": 4, "넷": 4,
    "넉": 4, "너": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
TENS = {
    "열": 10, "스무": 20, "스물": 20, "서른": 30, "설흔": 30, "마흔": 40, "쉰": 50, "예순": 60,
    "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
SINO_DIGITS = {
    "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9,
}  # fmt: skip
SINO_PLACES = {"십": 10, "백": 100, "천": 1000}
LARGE = {"만": 10_000, "억": 100_000_000, "조": 1_000_000_000_000}

_TENS = "|".join(TENS)
_UNITS = "|".join(sorted(UNITS, key=len, reverse=True))
NATIVE = rf"(?:(?:{_TENS})\s?(?:{_UNITS})|(?:{_TENS})|(?:{_UNITS}))"
SINO = r"[일이삼사오육칠팔구십백천]{1,7}"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
COUNT = rf"(?:{DIGITS}|{NATIVE}|{SINO})"
# "3억 5천만", "12억", "2억5천", "5,000만", "90억", "1조 2천억"; the last place may stand without 만.
AMOUNT = (
    rf"(?:(?:{DIGITS}|{SINO})\s?(?:조|억|천만|백만|십만|만|천|백)\s?){{1,4}}(?:(?:{DIGITS})\s?)?"
)


def read_count(text: str) -> int | None:
    """Read one count: "30", "서른", "스물다섯", "이십오", "백이십"; None if it is no number.

    >>> [read_count(one) for one in ("30", "1,200", "스물 다섯", "여덟", "이십오", "백이십")]
    [30, 1200, 25, 8, 25, 120]
    >>> read_count("가") is None
    True
    """
    plain = text.replace(",", "").replace(" ", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return int(float(plain))
    for word, tens in TENS.items():
        if plain.startswith(word):
            rest = plain[len(word) :]
            if not rest:
                return tens
            return tens + UNITS[rest] if rest in UNITS else None
    if plain in UNITS:
        return UNITS[plain]
    return _read_sino(plain)


def _read_sino(text: str) -> int | None:
    if not text or not all(char in SINO_DIGITS or char in SINO_PLACES for char in text):
        return None
    total, digit = 0, 0
    for char in text:
        if char in SINO_DIGITS:
            digit = SINO_DIGITS[char]
        else:
            total += (digit or 1) * SINO_PLACES[char]
            digit = 0
    return total + digit


def read_won(text: str) -> int | None:
    """Read an amount of won: "3억 5천만 원", "12억", "5,000만", "2억5천", "1.5억"; else None.

    A bare "5천" after 억 counts in 만, as people say it ("2억5천" is 250 million).

    >>> [read_won(one) for one in ("12억", "3억 5천만 원", "2억5천", "5,000만원", "1.5억", "삼억")]
    [1200000000, 350000000, 250000000, 50000000, 150000000, 300000000]
    """
    plain = re.sub(r"[\s,원]", "", text)
    if re.fullmatch(r"\d{4,}", plain):
        return int(plain)
    total, below = 0.0, 0.0
    position = 0
    last_large = ""
    for part in re.finditer(r"(\d+(?:\.\d+)?|[일이삼사오육칠팔구]?)(조|억|만|천|백|십)", plain):
        if part.start() != position:
            return None
        position = part.end()
        digits, place = part.groups()
        number = float(digits) if digits[:1].isdigit() else float(SINO_DIGITS.get(digits, 1))
        if place in LARGE:
            # "5천만": what stands below counts in this place.
            unit = below + (number if digits or not below else 0.0)
            total += unit * LARGE[place]
            below, last_large = 0.0, place
        else:
            below += number * SINO_PLACES[place]
    tail = plain[position:]
    if tail and not re.fullmatch(r"\d+", tail):
        return None
    if below or tail:
        rest = below + (float(tail) if tail else 0.0)
        total += rest * (LARGE["만"] if last_large == "억" else 1)
    return round(total) if total else None
