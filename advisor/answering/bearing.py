"""What one text bears: its figures with their direction, its letters, its denials (pure)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from advisor.answering.claims import is_negated
from advisor.answering.content import content_terms
from advisor.answering.figures import Figure, FigureKind, Placed, locate_figures
from advisor.answering.relevance import terms
from advisor.answering.sentences import split_sentences
from advisor.text import squeeze


class Direction(StrEnum):
    """Which side of a figure is meant."""

    MOST = "most"
    BELOW = "below"
    LEAST = "least"
    ABOVE = "above"


_AFTER: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    (Direction.BELOW, re.compile(r"\s?(?:씩\s?)?미만|\s?이?\s?(?:못\s?되|안\s?되는)")),
    (Direction.ABOVE, re.compile(r"\s?(?:을|를)?\s?(?:초과|넘)")),
    (Direction.LEAST, re.compile(r"\s?이상|\s?부터|\s?(?:or more|and over)", re.I)),
    (
        Direction.MOST,
        re.compile(
            r"\s?(?:이내|이하|안에|안에서|내에|한도|까지|내외로\s?한정|or less|or fewer)", re.I
        ),
    ),
)
_BEFORE: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    (Direction.BELOW, re.compile(r"(?:less than|under|below|fewer than)\s?$", re.I)),
    (Direction.ABOVE, re.compile(r"(?:more than|over|above)\s?$", re.I)),
    (Direction.LEAST, re.compile(r"(?:최소|적어도|at least|from)\s?$", re.I)),
    (
        Direction.MOST,
        re.compile(r"(?:최대|최고|한도|up to|at most|within|until|by)\s?:?\s?$", re.I),
    ),
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Between a figure and the word for its side: "2023년 말까지", "50% (국비) 이내".
_BETWEEN = re.compile(r"^\s?(?:\([^()]{1,12}\)|말|초(?!과)|중순|경|쯤|정도|상반기|하반기)")
_ENDED = re.compile(r"0[가-힣]*")
_TOO_FEW = 3
_OF_SOMETHING = frozenset(
    {FigureKind.AMOUNT, FigureKind.FOREIGN_AMOUNT, FigureKind.RATE, FigureKind.POINTS, FigureKind.DATE,
     FigureKind.COUNT}
)  # fmt: skip


def direction_of(placed: Placed, text: str) -> Direction | None:
    """Return which side of a figure the words around it mean; None where they do not say.

    >>> text = "상시근로자 50인 미만"
    >>> [direction_of(one, text) for one in locate_figures(text)]
    [<Direction.BELOW: 'below'>]
    """
    if placed.is_low_end:
        return Direction.LEAST
    after, before = (
        text[placed.end : placed.end + 14],
        text[max(0, placed.start - 12) : placed.start],
    )
    after = _BETWEEN.sub("", after)
    for direction, pattern in _AFTER:
        if pattern.match(after):
            return direction
    for direction, pattern in _BEFORE:
        if pattern.search(before):
            return direction
    return Direction.MOST if placed.is_high_end else None


def words_around(sentence: str) -> frozenset[str]:
    """Return what a sentence is about, its figures and their endings aside.

    >>> sorted(words_around("한도는 2억 원입니다"))
    ['도는', '한도']
    """
    for placed in locate_figures(sentence):
        sentence = sentence.replace(placed.figure.written, "0")
    return content_terms(_ENDED.sub(" ", sentence))


class Bearing:
    """What one text bears."""

    def __init__(self, text: str) -> None:
        """Read the text once; it is asked often."""
        self.text = text
        plain = unicodedata.normalize("NFKC", text).replace("∼", "~").replace("～", "~")
        self._directions: dict[tuple[FigureKind, str], set[Direction | None]] = defaultdict(set)
        for placed in locate_figures(plain):
            key = (placed.figure.kind, placed.figure.value)
            self._directions[key].add(direction_of(placed, plain))
        self._dates = {value for kind, value in self._directions if kind is FigureKind.DATE}
        self.letters = squeeze(text)
        self.numbers = {one.replace(",", "") for one in _NUMBER.findall(plain)}
        self.terms = terms(text)
        self.sentences = [_Part.of(one.bare) for one in split_sentences(plain)]

    def bears(self, figure: Figure) -> bool:
        """Tell whether the text states the figure, in whatever way it writes it."""
        if (figure.kind, figure.value) in self._directions:
            return True
        match figure.kind:
            case FigureKind.DATE:
                return _bears_date(self._dates, figure.value)
            case FigureKind.URL:
                return figure.value in self.letters
            case FigureKind.PHONE:
                return re.search(rf"(?<!\d){figure.value}(?!\d)", self.letters) is not None
            case _:
                return False

    def bears_here(self, figure: Figure, words: frozenset[str]) -> bool:
        """Tell whether the text states the figure of the same thing: in a sentence about it.

        A record has many years and amounts; "2억 원(2026년 기준)" may not take its year from the
        sentence on something else. Numbers that stand for one thing only may stand anywhere.
        """
        if figure.kind not in _OF_SOMETHING:
            return self.bears(figure)
        # "2026년" alone stands in many sentences, a whole date or an amount in few.
        is_year = figure.kind is FigureKind.DATE and len(figure.value) == 4
        return any(
            part.is_about(words, surely=is_year)
            and (part.bears(figure) or part.bears_part_of(figure))
            for part in self.sentences
        )

    def agrees(self, figure: Figure, direction: Direction | None) -> bool:
        """Tell whether the text means the same side of a figure that it bears.

        "최대 2억" may be said of a plain 2억; "최소", "미만" and "초과" have to stand in the text.
        """
        stated = self._sides_of(figure)
        if direction is None or not stated:
            return True
        if figure.kind in (FigureKind.DATE, FigureKind.TIME):
            # A plain day may begin or end a period; one that is said to end it begins none.
            return direction in stated or stated == {None}
        if direction is Direction.MOST:
            return bool(stated & {Direction.MOST, None})
        return direction in stated

    def _sides_of(self, figure: Figure) -> set[Direction | None]:
        """Return the sides that the text means of a figure; "3월 13일" is that day of any year."""
        found = set(self._directions.get((figure.kind, figure.value), ()))
        if figure.kind is FigureKind.DATE and not found:
            for (kind, value), sides in self._directions.items():
                if kind is FigureKind.DATE and _bears_date({value}, figure.value):
                    found |= sides
        return found

    def denies_like(self, sentence_terms: frozenset[str], *, negated: bool) -> bool | None:
        """Tell whether the text's sentence most like this one denies where it denies.

        None where no sentence of the text is like it.
        """
        best, found = 0.0, None
        for part in self.sentences:
            shared = len(part.words & sentence_terms)
            share = shared / (min(len(part.words), len(sentence_terms)) or 1)
            # Among equals the one that agrees: a record may say both of different things.
            if share > best or (share == best and part.is_negated == negated):
                best, found = share, part.is_negated == negated
        return found if best >= 0.5 else None


@dataclass(frozen=True, slots=True)
class _Part:
    """One sentence of a text."""

    words: frozenset[str]
    is_negated: bool
    figures: frozenset[tuple[FigureKind, str]]
    dates: frozenset[str]

    @classmethod
    def of(cls, sentence: str) -> "_Part":
        figures = frozenset((one.figure.kind, one.figure.value) for one in locate_figures(sentence))
        dates = frozenset(value for kind, value in figures if kind is FigureKind.DATE)
        return cls(words_around(sentence), is_negated(sentence), figures, dates)

    def is_about(self, words: frozenset[str], *, surely: bool) -> bool:
        """Whether it and a sentence with these words speak of the same thing."""
        shared = len(self.words & words)
        if surely:
            return shared >= max(2, min(0.3 * len(self.words), 0.5 * len(words)))
        return shared > 0 or min(len(self.words), len(words)) < _TOO_FEW

    def bears(self, figure: Figure) -> bool:
        return (figure.kind, figure.value) in self.figures

    def bears_part_of(self, figure: Figure) -> bool:
        return figure.kind is FigureKind.DATE and _bears_date(self.dates, figure.value)


def _bears_date(dates: Collection[str], value: str) -> bool:
    year, _, day = value.partition("-")
    if len(year) != 4:  # "02-09" and "02": some date of the text falls on it
        return any(date.endswith(f"-{value}") or f"-{value}-" in date for date in dates)
    if any(date == value or date.startswith(f"{value}-") for date in dates):
        return True
    # "2026년" in one place and "2월 9일" in another make 2026-02-09.
    return bool(day) and any(date.startswith(year) for date in dates) and day in dates


@lru_cache(maxsize=512)
def bearing_of(text: str) -> Bearing:
    """Return what a text bears; records are asked about turn after turn."""
    return Bearing(text)
