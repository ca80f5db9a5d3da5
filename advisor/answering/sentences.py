"""A Markdown text to its sentences, each with the marks it cites and what stands around it (pure)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# [1], [1][2], [1, 2], [근거1]; "[1](#source)" is one too.
LABELS = re.compile(r"\[\s*((?:근거|출처)?\s?\d+(?:\s?[,·]\s?\d+)*)\s*\]")
_LATE_LABELS = re.compile(r"\s*(?:\[\s*(?:근거|출처)?\s?\d+[\d\s,·]*\]\s*)+(?:[.!?](?=\s|$))?")
# A full stop in "2026. 2. 9." or "제1." ends no sentence, so a word has to stand before it.
_END = re.compile(r"(?<=[가-힣A-Za-z)\]%」’”'\" ])[.!?]+(?=\s|$|\[)")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•○□·|]|\d+[.)]\s|[①-⑳])")
EMPHASIS = re.compile(r"[*_`#>]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it is written.

    Attributes:
        text: With its marks and, at the start of a line, its bullet.
        own: Labels of its own marks.
        labels: The same, or for a list item without marks those of the line that opens the list.
        gap: White space that follows.
    """

    text: str
    own: tuple[str, ...]
    labels: tuple[str, ...]
    gap: str = ""

    @property
    def bare(self) -> str:
        """The words in NFKC, without marks and emphasis."""
        return EMPHASIS.sub("", LABELS.sub(" ", unicodedata.normalize("NFKC", self.text)))


class SentenceFeed:
    """Cuts a text that comes in pieces into sentences, each as soon as it is surely over."""

    def __init__(self) -> None:
        """Begin at the start of a line."""
        self._rest = ""
        self._heading: tuple[str, ...] = ()
        self._in_line: tuple[str, ...] = ()
        self._is_item: bool | None = None

    def add(self, piece: str) -> Iterator[Sentence]:
        """Take a piece and yield the sentences that it ends."""
        self._rest += piece
        while (end := self._end()) is not None:
            yield from self._cut(end)

    def close(self) -> Iterator[Sentence]:
        """Yield what is left, which may be half a sentence."""
        while self._rest.strip():
            end = self._end()
            yield from self._cut(len(self._rest) if end is None else end)

    def _end(self) -> int | None:
        """Return where the first sentence and the white space after it end, None if unknown yet."""
        line = self._rest.find("\n")
        start = len(self._rest) - len(self._rest.lstrip())
        if 0 <= line < start:  # blank lines in front
            return self._after_space(line)
        stop = _END.search(self._rest, start)
        if stop and (line < 0 or stop.start() < line):
            end = stop.end()
            late = _LATE_LABELS.match(self._rest, end)
            if late:
                end = len(self._rest[: late.end()].rstrip())
            return self._after_space(end)
        return self._after_space(line) if line >= 0 else None

    def _after_space(self, end: int) -> int | None:
        after = end + len(self._rest[end:]) - len(self._rest[end:].lstrip())
        # Another piece may bring more white space, or the mark that belongs to this sentence.
        return after if after < len(self._rest) and self._rest[after] != "[" else None

    def _cut(self, end: int) -> Iterator[Sentence]:
        whole, self._rest = self._rest[:end], self._rest[end:]
        text = whole.strip()
        gap = whole[len(whole.rstrip()) :]
        if text:
            if self._is_item is None:
                self._is_item = _LIST_ITEM.match(text) is not None
            own = labels_of(text)
            self._in_line += own
            yield Sentence(text, own, own or (self._heading if self._is_item else ()), gap)
        if "\n" in gap or not self._rest:
            if self._is_item is False:
                self._heading = self._in_line
            self._is_item, self._in_line = None, ()


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a whole text.

    >>> [(one.text, one.labels) for one in split_sentences("최대 2억 원입니다. [1] 끝.")]
    [('최대 2억 원입니다. [1]', ('1',)), ('끝.', ())]
    """
    feed = SentenceFeed()
    return [*feed.add(text), *feed.close()]


def split_lines(text: str) -> list[Sentence]:
    """Return the lines of an embedded answer, whose mark at the end holds for all of the line.

    >>> [(one.text, one.labels) for one in split_lines("2014년 안내입니다. 공고를 확인하세요 [1]")]
    [('2014년 안내입니다. 공고를 확인하세요 [1]', ('1',))]
    """
    lines = []
    heading: tuple[str, ...] = ()
    for line in filter(str.strip, text.splitlines()):
        own = labels_of(line)
        is_item = _LIST_ITEM.match(line) is not None
        lines.append(Sentence(line.strip(), own, own or (heading if is_item else ()), "\n"))
        if not is_item:
            heading = own
    return lines


def split_by_label(text: str) -> dict[str, tuple[str, ...]]:
    r"""Return the lines of an embedded answer by the label that they cite, in its order.

    >>> split_by_label("12일 남았습니다 [1]\n대출은 따로입니다 [2]")
    {'1': ('12일 남았습니다 [1]',), '2': ('대출은 따로입니다 [2]',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for sentence in split_lines(text):
        for label in sentence.labels:
            found[label] = (*found.get(label, ()), sentence.text)
    return found


def labels_of(text: str) -> tuple[str, ...]:
    """Return the labels of the marks in a text, each once."""
    plain = unicodedata.normalize("NFKC", text)
    found = [number for marks in LABELS.findall(plain) for number in re.findall(r"\d+", marks)]
    return tuple(dict.fromkeys(found))
