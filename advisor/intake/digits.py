"""Digits as people write them to plain ones that know where they stood; check digits (pure)."""

import calendar
import re
import unicodedata
from dataclasses import dataclass

from advisor.intake.letters import is_invisible

_SPOKEN = dict(zip("공영빵일이둘삼사오육륙칠팔구", "00012234566789", strict=True))
_SPOKEN_DIGIT = "공영빵일이둘삼사오육륙칠팔구"
# Nine or more digits, some of them spoken: "공일공에 일이삼사 오육칠팔". A shorter run is a word.
_SPOKEN_RUN = re.compile(
    rf"[{_SPOKEN_DIGIT}\d](?:(?:다시|대시|[에의\s\-.,·]){{0,4}}[{_SPOKEN_DIGIT}\d]){{8,40}}"
)
# "…오육칠팔이에요": the last 이 is the copula.
_COPULA = re.compile(r"이(?=에[요]|고|요|라|며|니|야|구|거)|일(?=\s?(?:때|경우))")
_WORD_BETWEEN = re.compile(r"다시|대시|에|의")
# "9 9 0 1 0 1": single digits apart; six or more of them are one number.
_APART = re.compile(r"(?<!\d)\d(?:[ .]\d){5,30}(?!\d)")
_RESIDENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
# A marker digit says the century: 1, 2 and 5, 6 (foreigners) are 1900s, 3, 4 and 7, 8 are 2000s.
_NEW_CENTURY = frozenset("3478")
_LAST_YEAR = 39  # of the 2000s; 2040 lies beyond any born person this code will meet


@dataclass(frozen=True, slots=True)
class Line:
    """A text in plain digits; `at[i]` is where its i-th letter stood in the original."""

    text: str
    at: tuple[int, ...]


def aligned(text: str) -> Line:
    r"""Return the text with its digits plain: full width, spoken, spaced, with hidden marks between.

    >>> aligned("０１０-\u200b12").text, aligned("9 9 0 1 0 1 - 1").text
    ('010-12', '990101 - 1')
    """
    chars: list[str] = []
    at: list[int] = []
    for index, char in enumerate(text):
        plain = _plain(char)
        if plain:
            chars.append(plain)
            at.append(index)
    line = Line("".join(chars), tuple(at))
    line = Line(_SPOKEN_RUN.sub(_as_digits, line.text), line.at)
    return _without(line, _APART, " .")


def is_birth_date(digits: str, marker: str) -> bool:
    """Tell whether YYMMDD is a day that a living person was born on, with the marker's century.

    >>> is_birth_date("990101", "1"), is_birth_date("991301", "1"), is_birth_date("990101", "3")
    (True, False, False)
    >>> is_birth_date("110111", "1")  # a company's registration number begins like this
    False
    """
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    is_new = marker in _NEW_CENTURY
    if (is_new and year > _LAST_YEAR) or (not is_new and year < 16):
        return False
    if not 1 <= month <= 12:
        return False
    return 1 <= day <= calendar.monthrange((2000 if is_new else 1900) + year, month)[1]


def resident_check(digits: str) -> bool:
    """Tell whether the thirteenth digit of a resident's or foreigner's number is right.

    >>> resident_check("9001011234568"), resident_check("9001011234567")
    (True, False)
    """
    total = sum(int(one) * weight for one, weight in zip(digits, _RESIDENT_WEIGHTS, strict=False))
    last = (11 - total % 11) % 10
    if digits[6] in "5678":
        last = (13 - total % 11) % 10
    return last == int(digits[12])


def luhn(digits: str) -> bool:
    """Tell whether a card number's last digit is right.

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _plain(char: str) -> str:
    if char < "\x7f":
        return char
    if is_invisible(char) or unicodedata.category(char) in ("Mn", "Me"):
        return ""
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.digit(char))
    if unicodedata.category(char) == "Pd" or char in "−～~":
        return "-"
    if unicodedata.category(char) in ("So", "Sk", "Zs"):
        return " "
    half = unicodedata.normalize("NFKC", char)
    # One letter stays one letter, so that places in both texts keep in step.
    return half if len(half) == 1 and half.isascii() else char


def _as_digits(found: re.Match[str]) -> str:
    run = found[0]
    rest = found.string[found.end() : found.end() + 3]
    copula = _COPULA.search(run + rest, max(0, len(run.rstrip()) - 2))
    body = run[: copula.start()] if copula and copula.start() < len(run) else run
    spoken = sum(char in _SPOKEN for char in body)
    digits = spoken + sum(char.isdigit() for char in body)
    if spoken < 3 or digits < 9:
        return run
    body = _WORD_BETWEEN.sub(lambda word: "-" * len(word[0]), body)
    return "".join(_SPOKEN.get(char, char) for char in body) + run[len(body) :]


def _without(line: Line, pattern: re.Pattern[str], drop: str) -> Line:
    """Leave the letters `drop` out inside every match."""
    gone = {
        found.start() + offset
        for found in pattern.finditer(line.text)
        for offset, char in enumerate(found[0])
        if char in drop
    }
    kept = [index for index in range(len(line.text)) if index not in gone]
    return Line("".join(line.text[one] for one in kept), tuple(line.at[one] for one in kept))
