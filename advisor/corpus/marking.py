"""Where cited words stand in the text of a page, whatever its spaces and line ends (pure)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Shorter pieces stand everywhere; they are marked only beside a longer one.
_LEAST_LETTERS = 4
_PIECES = re.compile(r"[\n\t]|\s\|\s|\s/\s")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, from `start` up to `end`."""

    start: int
    end: int


def find_words(text: str, words: str, *, within: tuple[int, int] | None = None) -> tuple[Span, ...]:
    r"""Return where words stand in a text; empty where they do not.

    Lines, cells and quotes joined by " / " are looked for one by one, in their order where they
    come more than once.

    Args:
        text: Text of the page.
        words: The cited words, NFKC or as the page spells them.
        within: Part of the text that they are taken from.

    >>> find_words("접수는\n3월 2일 까지", "접수는 3월 2일까지")
    (Span(start=0, end=12),)
    """
    begin, end = within or (0, len(text))
    letters, places = _letters(text, begin, end)
    found: list[Span] = []
    cursor = 0
    whole = _plain(words)
    pieces = (
        [whole] if whole and whole in letters else [_plain(one) for one in _PIECES.split(words)]
    )
    for piece in pieces:
        if not piece or (len(piece) < _LEAST_LETTERS and len(pieces) == 1 and within is None):
            continue
        at = letters.find(piece, cursor)
        if at < 0:
            at = letters.find(piece)
        if at < 0 or (len(piece) < _LEAST_LETTERS and at < cursor):
            continue
        found.append(Span(places[at], places[at + len(piece) - 1] + 1))
        cursor = at + len(piece)
    is_telling = any(len(piece) >= _LEAST_LETTERS for piece in pieces) or within is not None
    return tuple(_joined(text, sorted(found, key=lambda one: one.start))) if is_telling else ()


def _letters(text: str, begin: int, end: int) -> tuple[str, list[int]]:
    """Return the letters and digits of a stretch in NFKC, and where each stands in the text."""
    letters: list[str] = []
    places: list[int] = []
    for at in range(begin, min(end, len(text))):
        for char in unicodedata.normalize("NFKC", text[at]).lower():
            if char.isalnum():
                letters.append(char)
                places.append(at)
    return "".join(letters), places


def _plain(words: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", words).lower() if char.isalnum())


def _joined(text: str, spans: list[Span]) -> Iterator[Span]:
    """Yield spans without overlaps; those with nothing but blanks between them are one."""
    last: Span | None = None
    for one in spans:
        if last is not None and not text[last.end : one.start].strip():
            last = Span(last.start, max(last.end, one.end))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
