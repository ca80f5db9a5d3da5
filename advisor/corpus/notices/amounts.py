"""Amounts of won and shares at their places in a text (pure)."""

import re
from dataclasses import dataclass
from itertools import pairwise

from advisor.domain.numbers import read_won

# "2억 5천만원", "60백만원", "10,000천원", "15억 이내"; without 원 only from 만 upwards.
_AMOUNT = re.compile(
    r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\s?(?:"
    r"(?:조|억|천만|백만|십만|만|천|백)(?:\s?\d[\d,]*\s?(?:억|천만|백만|십만|만|천|백)){0,3}(?:\s?만)?\s?원?|원)"
)
_TO = re.compile(r"\s?(?:[~∼～–-]|에서)\s?")
_NEEDS_WON = re.compile(r"(?:천|백)$")
_PERCENT = re.compile(r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d+)?)\s?(?:%|％|퍼센트)(?!\s?p)")


@dataclass(frozen=True, slots=True)
class Won:
    """An amount in won at its place."""

    won: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share, 0 to 1, at its place."""

    share: float
    start: int
    end: int


def find_won(text: str) -> list[Won]:
    """Return the amounts of a text in its order.

    >>> [one.won for one in find_won("기업당 최대 60백만원, 총 2억 5천만원, 10,000천원, 500억")]
    [60000000, 250000000, 10000000, 50000000000]
    """
    found = []
    for match in _AMOUNT.finditer(text):
        words = match[0].strip()
        # "20천" and "5백" of other things; "45만" of people is told by what follows.
        if _NEEDS_WON.search(words) or re.match(r"\s?(?:명|불|달러|건|개)", text[match.end() :]):
            continue
        won = read_won(words)
        if won:
            found.append(Won(won, match.start(), match.start() + len(words)))
    return found


def most_of(text: str, found: list[Won]) -> list[Won]:
    """Return the amounts without the lower ends of ranges.

    >>> words = "기업당 2,000만원 ~ 5,000만원"
    >>> [one.won for one in most_of(words, find_won(words))]
    [50000000]
    """
    lower = {
        one.start for one, after in pairwise(found) if _TO.fullmatch(text[one.end : after.start])
    }
    return [one for one in found if one.start not in lower]


def shares_under(text: str, header: str) -> list[Share]:
    """Return the shares of a cell, of a bare number too where its header counts per cent.

    >>> [one.share for one in shares_under("70", "보조비율(%)")], shares_under("70", "과제수")
    ([0.7], [])
    """
    bare = re.fullmatch(r"\d{1,3}(?:\.\d+)?", text.strip())
    return find_shares(f"{text.strip()}%") if bare and "%" in header else find_shares(text)


def find_shares(text: str) -> list[Share]:
    """Return the percentages of a text, as shares.

    >>> [one.share for one in find_shares("국비 70%, 연 2.5%, 기준금리 + 0.5%p")]
    [0.7, 0.025]
    """
    return [
        Share(round(float(match["n"]) / 100, 6), match.start(), match.end())
        for match in _PERCENT.finditer(text)
        if float(match["n"]) <= 100
    ]
