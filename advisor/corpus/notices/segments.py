"""A document to the statements that a notice makes, each under what it speaks of (pure)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from advisor.corpus.notices.topics import Topic, squeeze, topics_of
from advisor.domain.passages import Document, DocumentTable, TableCell

# Marks that open a statement, by class: a class that stands already in the outline is gone back to.
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("roman", r"(?:제\s?\d+\s?[.장]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\s?[.．]?)\s*"),
        ("square", r"[□■▢▣◆◇❏▶◎▷☐]\s*"),
        ("number", r"\d{1,2}\s?\.(?!\s?\d)\s*|\d{1,2}\s(?=[가-힣]{2})"),
        ("letter", r"[가나다라마바사아자차카타파하]\s?[.)]\s+"),
        ("paren", r"\(\d{1,2}\)\s*|\d{1,2}\)\s*"),
        ("round", r"[①-⑳㉠-㉻⓵-⓾❶-❿➀-➉]\s*"),
        ("circle", r"[○◦ㅇ❍●〇o]\s+|[○◦ㅇ❍●〇](?=\()"),
        ("dash", r"[-–]\s+"),
        ("dot", r"[·▪•‣∙▸※＊☞✓]\s*|\*+\s*"),
    )
)
_HEADINGS = frozenset({"roman", "square", "number", "letter"})
# A bullet in the middle of a line: readers of PDF join lines that stand close.
_INLINE = re.compile(r"(?<=\s)(?=[❍○◦ㅇ▪■□▢◇◆▶][\s(]|[①-⑳㉠-㉻➀-➉]\s?)")
_COLON = re.compile(r"(?P<label>[^:：\n]{1,34}?)\s*[:：](?!\d)\s*")
_BRACKET = re.compile(r"[(\[【<〈](?P<label>[^)\]】>〉]{1,24})[)\]】>〉]\s*[:：]?\s*")
_LONGEST_HEADING = 40
# A heading without a mark, and one within a part, are told from an item by being short.
_LONGEST_PLAIN, _LONGEST_INNER = 16, 12
_SENTENCE = re.compile(r"(?:니다|한다|음|함|됨|임|바람|요)[.!]?$|[.,]$")
_CHANGED = re.compile(r"(?:변경|정정|연장)[전후]|^(?:당초|변경|정정)$")
# A sentence that heads a list of who is left out.
_LISTS_EXCLUDED = re.compile(r"다음[^.]{0,24}(?:해당|경우)[^.]{0,30}(?:할\s?수\s?없|제외|지원하지)")
_KEY_NAMES = frozenset({"항목", "구분", "내용", "구 분", "항 목"})


@dataclass(frozen=True, slots=True)
class Span:
    """Words at their place; `page` is an index into the document's pages."""

    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its words where the row stands in the text, and what heads its column."""

    span: Span
    header: str
    column: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One statement.

    Attributes:
        span: All of it, mark and label included: what is quoted.
        body: Without mark and label.
        label: Its own label, squeezed; "" where it has none.
        topics: What it speaks of, by its own label or by the heading above.
        is_own: Whether by its own label.
        mark: Class of the mark that opens it; "" for none, "row" for a row of a table.
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


def read_notice(document: Document) -> Notice:
    """Cut a document into statements."""
    return Notice(document, tuple(_Reader(document).segments()))


def part(span: Span, start: int, end: int) -> Span:
    """Return a part of a span by offsets within it, blanks at its ends left out."""
    words = span.text[start:end]
    left = len(words) - len(words.lstrip())
    words = words.strip()
    at = span.start + start + left
    return Span(span.page, at, at + len(words), words)


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._outline: list[tuple[str, str, frozenset[Topic]]] = []
        # Topics of the row that is being read, by table: what a table inside it belongs to.
        self._rows: dict[int, frozenset[Topic]] = {}
        self._lines: dict[tuple[int, int], tuple[int, int]] = {}
        self._keyed: dict[int, bool] = {}
        for index, table in enumerate(document.tables):
            if table.is_box:
                continue
            self._keyed[index] = _is_keyed(table)
            for row, start, _ in table.lines:
                self._lines[table.page, start] = (index, row)
        self._styled = {(one.page, one.start): one.level for one in document.sections}

    def segments(self) -> Iterator[Segment]:
        for index, page in enumerate(self._document.pages):
            start = 0
            for line in page.text.split("\n"):
                span = Span(index, start, start + len(line), line)
                start += len(line) + 1
                if not line.strip():
                    continue
                where = self._lines.get((index, span.start))
                if where is not None:
                    yield from self._row(span, *where)
                else:
                    cuts = [0, *(found.start() for found in _INLINE.finditer(line)), len(line)]
                    for begin, end in pairwise(cuts):
                        piece = part(span, begin, end)
                        if piece.text:
                            yield self._statement(piece)

    def _statement(self, span: Span) -> Segment:
        mark, after = _mark_of(span.text)
        if (level := self._styled.get((span.page, span.start))) is not None and not mark:
            mark = f"styled{level}"
        label, body_at, own = _label_of(span.text, after)
        plain = span.text[after:].strip()
        # "제출서류" alone on its line opens a part, marked or not; an item of a list does not.
        is_heading = (
            not own and not label and len(plain) <= _LONGEST_HEADING
            and not re.search(r"\d{3}", plain) and not self._is_item(mark, plain)
        )  # fmt: skip
        if is_heading and (topics := topics_of(plain)):
            label, body_at, own = squeeze(plain), len(span.text), topics
            mark = mark or "plain"
        if not own and _LISTS_EXCLUDED.search(plain):
            label, body_at, own = "제외", len(span.text), frozenset({Topic.EXCLUDED})
        if not mark:
            above = self._outline[-1][2] if self._outline else frozenset()
            body = part(span, body_at if own else after, len(span.text))
            topics = own or above
            return Segment(span, body, label, topics, bool(own), "", self._headings())
        self._back_to(mark)
        above = self._outline[-1][2] if self._outline else frozenset()
        topics = own or above
        if not own and mark in _HEADINGS and (not above or label) and not _SENTENCE.search(plain):
            # A heading of which no topic is known opens another part all the same.
            topics = above if mark in {"letter"} or not label else frozenset()
        headings = self._headings()
        self._outline.append((mark, label or squeeze(plain)[:_LONGEST_HEADING], topics))
        body = part(span, body_at if own or label else after, len(span.text))
        return Segment(span, body, label, topics, bool(own), mark, headings)

    def _is_item(self, mark: str, words: str) -> bool:
        """Tell whether what opens with a mark is an item of the list that is being read."""
        if not mark or mark.startswith("styled"):
            return len(squeeze(words)) > _LONGEST_PLAIN
        above = frozenset[Topic]()
        for known, _, topics in self._outline:
            if known == mark:
                break
            above = topics
        if above & {Topic.EXCLUDED, Topic.PAPERS}:
            return True
        return mark not in _HEADINGS and bool(above) and len(squeeze(words)) > _LONGEST_INNER

    def _back_to(self, mark: str) -> None:
        for at, (known, _, _) in enumerate(self._outline):
            if known == mark:
                del self._outline[at:]
                return
        if mark.startswith("styled") or mark == "roman":
            self._outline.clear()

    def _headings(self) -> tuple[str, ...]:
        return tuple(name for _, name, _ in self._outline)

    def _above(self, table: DocumentTable) -> frozenset[Topic]:
        if table.inside is not None and table.inside in self._rows:
            return self._rows[table.inside]
        return self._outline[-1][2] if self._outline else frozenset()

    def _row(self, span: Span, index: int, row: int) -> Iterator[Segment]:
        table = self._document.tables[index]
        cells = tuple(_cells(table, row, span))
        above = self._above(table)
        label, own, body = "", frozenset[Topic](), span
        is_change = any(_CHANGED.search(cell.header) for cell in cells)
        named = self._keyed[index] or is_change or not above
        if (
            named
            and cells
            and cells[0].column == 0
            and cells[0].header != squeeze(cells[0].span.text)
        ):
            own = topics_of(cells[0].span.text)
        if self._keyed[index] and cells and cells[0].column == 0:
            label = squeeze(cells[0].span.text)
            own = topics_of(label)
            above = above if own or label in _KEY_NAMES else frozenset()
        if label or own:
            label = label or squeeze(cells[0].span.text)
            # Of a table of changes the last column holds.
            first = cells[-1 if is_change else 1].span if len(cells) > 1 else None
            body = Span(span.page, span.end, span.end, "")
            if first is not None:
                end = cells[-1].span.end - span.start
                body = part(span, first.start - span.start, end)
        topics = own or above
        self._rows[index] = topics
        yield Segment(span, body, label, topics, bool(own), "row", self._headings(), cells, index)


def _mark_of(text: str) -> tuple[str, int]:
    for name, pattern in _MARKS:
        found = pattern.match(text)
        if found and found.end() < len(text):
            return name, found.end()
    return "", 0


def _label_of(text: str, after: int) -> tuple[str, int, frozenset[Topic]]:
    """Return label, offset of what follows it, and what it speaks of."""
    for pattern in (_BRACKET, _COLON):
        found = pattern.match(text, after)
        if found is None:
            continue
        topics = topics_of(found["label"])
        if topics or (pattern is _COLON and len(squeeze(found["label"])) <= 20):
            return squeeze(found["label"]), found.end(), topics
    return "", after, frozenset()


def _is_keyed(table: DocumentTable) -> bool:
    """Tell whether the first column names what stands in the second: "신청기간 | 2026. …"."""
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    first = [cell for cell in table.cells if cell.column == 0]
    if width != 2 or not first:
        return False
    known = sum(bool(topics_of(cell.text)) for cell in first)
    return known * 2 >= len(first)


def _cells(table: DocumentTable, row: int, span: Span) -> Iterator[Cell]:
    headers = _headers(table)
    at = 0
    for cell in sorted((one for one in table.cells if one.row == row), key=lambda one: one.column):
        words = " ".join(cell.text.split())
        if not words:
            continue
        found = span.text.find(words, at)
        if found < 0:
            continue
        at = found + len(words)
        place = Span(span.page, span.start + found, span.start + at, words)
        yield Cell(place, headers.get(cell.column, ""), cell.column)


def _headers(table: DocumentTable) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for cell in table.cells:
        if cell.row == 0:
            for column in range(cell.column, cell.column + cell.column_span):
                found[column] = squeeze(cell.text)
    return found


def spanning(table: DocumentTable, row: int, column: int) -> TableCell | None:
    """Return the cell that covers a place, one merged from above too."""
    return next(
        (
            cell
            for cell in table.cells
            if cell.row <= row < cell.row + cell.row_span
            and cell.column <= column < cell.column + cell.column_span
        ),
        None,
    )


def rows_of(notice: Notice, index: int) -> Sequence[Segment]:
    """Return the rows of a table."""
    return [one for one in notice.segments if one.table == index]
