"""The statements of a notice, each under what it speaks of (pure)."""

from dataclasses import dataclass
from functools import cached_property

from advisor.corpus.notices.topics import Topic
from advisor.domain.passages import Document

# Dots between nouns that typefaces draw alike: 중소‧중견, 중소․중견, 중소･중견.
_DOTS = str.maketrans(dict.fromkeys("‧․∙・･⋅•ᆞᐧ", "·"))


@dataclass(frozen=True, slots=True)
class Span:
    """Words at their place; `page` is an index into the document's pages."""

    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row.

    Attributes:
        span: Its words where the row stands in the text.
        header: What heads its column, squeezed.
        column: From 0.
        unit: Won that a bare number of it counts ("(단위: 백만원)"); None where nobody says.
    """

    span: Span
    header: str
    column: int
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One statement.

    Attributes:
        span: All of it, mark and label included: what is quoted.
        body: Without mark and label.
        label: Its own label, squeezed; "" where it has none.
        topics: What it speaks of, by its own label or by the heading above.
        is_own: Whether by its own label.
        mark: Class of the mark that opens it; "" for none, "row" for a row of a table, "cell" for a
            cell under a heading of its own, "sentence" for one that says itself what it speaks of.
        headings: Labels of what stands above, the outermost first.
        cells: Of a row.
        table: Index of the table that a row belongs to.
    """

    span: Span
    body: Span
    label: str
    topics: frozenset[Topic]
    is_own: bool
    mark: str
    headings: tuple[str, ...]
    cells: tuple[Cell, ...] = ()
    table: int | None = None


@dataclass(frozen=True)
class Notice:
    """A document with its statements, in the order of the text."""

    document: Document
    segments: tuple[Segment, ...]

    def about(self, *topics: Topic) -> list[Segment]:
        """Return the statements on one of the topics that say something."""
        wanted = set(topics)
        return [one for one in self.segments if one.topics & wanted and one.body.text.strip()]

    def number(self, span: Span) -> int | None:
        """Return the page number to cite."""
        return self.document.pages[span.page].number

    @cached_property
    def text(self) -> str:
        return "\n".join(page.text for page in self.document.pages)


def part(span: Span, start: int, end: int) -> Span:
    """Return a part of a span by offsets within it, blanks at its ends left out."""
    words = span.text[start:end]
    left = len(words) - len(words.lstrip())
    words = words.strip()
    at = span.start + start + left
    return Span(span.page, at, at + len(words), words)


def one_dot(text: str) -> str:
    """Return a text with one kind of middle dot, letter for letter as long as it was."""
    return text.translate(_DOTS)
