"""A document to the statements that a notice makes (pure)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from advisor.corpus.notices.grids import KEY_HEADERS, Grid, grid_of, unit_of
from advisor.corpus.notices.marks import ENDS_LISTS, HEADINGS, cuts_of, label_of, mark_of
from advisor.corpus.notices.segments import Cell, Notice, Segment, Span, part
from advisor.corpus.notices.sentences import is_prose, says_left_out, sentences_of, topics_said
from advisor.corpus.notices.topics import Topic, squeeze, topics_of, topics_within
from advisor.domain.passages import Document

_LONGEST_HEADING = 40
# No statement is as long; a file of one line must not keep the service busy.
_LONGEST_LINE = 8_000
# A heading without a mark, and one within a part, are told from an item by being short.
_LONGEST_PLAIN, _LONGEST_INNER = 16, 12
_SENTENCE = re.compile(r"(?:니다|한다|음|함|됨|임|바람|요)[.!]?$|[.,]$")
# A sentence that heads a list of who is left out.
_LISTS_EXCLUDED = re.compile(r"다음[^.]{0,24}(?:해당|경우)[^.]{0,30}(?:할\s?수\s?없|제외|지원하지)")
# A column may name who applies, which papers and so on; days and amounts are read with their row.
_COLUMNS = {Topic.TARGET, Topic.EXCLUDED, Topic.PAPERS, Topic.APPLY, Topic.CONTACT}
_NONE: frozenset[Topic] = frozenset()
_LEFT_OUT = frozenset({Topic.EXCLUDED})


def read_notice(document: Document) -> Notice:
    """Cut a document into statements."""
    return Notice(document, tuple(_Reader(document).segments()))


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._outline: list[tuple[str, str, frozenset[Topic]]] = []
        # Topics of the row that is being read, by table: what a table inside it belongs to.
        self._rows: dict[int, frozenset[Topic]] = {}
        self._lines: dict[tuple[int, int], tuple[int, int]] = {}
        self._grids: dict[int, Grid] = {}
        # "(단위: 백만원)" counts for the table below it.
        self._unit: int | None = None
        for index, table in enumerate(document.tables):
            if table.is_box:
                continue
            for row, start, _ in table.lines:
                self._lines[table.page, start] = (index, row)
        self._styled = {(one.page, one.start): one.level for one in document.sections}

    def segments(self) -> Iterator[Segment]:
        for index, page in enumerate(self._document.pages):
            start = 0
            for line in page.text.split("\n"):
                kept = line[:_LONGEST_LINE]
                span = Span(index, start, start + len(kept), kept)
                start += len(line) + 1
                if not line.strip():
                    continue
                where = self._lines.get((index, span.start))
                if where is not None:
                    yield from self._row(span, *where)
                    continue
                self._unit = unit_of(kept)
                for begin, end in pairwise(cuts_of(kept)):
                    piece = part(span, begin, end)
                    if piece.text.endswith(" |") and not piece.text.startswith("|"):
                        piece = part(piece, 0, len(piece.text) - 1)
                    if piece.text:
                        yield from self._statements(piece)

    def _statements(self, span: Span) -> Iterator[Segment]:
        mark, after = mark_of(span.text)
        if (level := self._styled.get((span.page, span.start))) is not None and not mark:
            mark = f"styled{level}"
        if not mark and not self._above() and is_prose(span.text):
            yield from self._prose(span)
            return
        yield self._statement(span, mark, after)

    def _prose(self, span: Span) -> Iterator[Segment]:
        """Yield sentences outside every part: each may say itself what it speaks of."""
        whole = label_of(span.text, 0)
        if whole[2]:
            yield self._statement(span, "", 0)
            return
        for one in sentences_of(span):
            topics = topics_said(one.text)
            if topics:
                yield Segment(one, one, "", topics, False, "sentence", self._headings())
            else:
                yield self._statement(one, "", 0)

    def _statement(self, span: Span, mark: str, after: int) -> Segment:
        label, body_at, own = label_of(span.text, after)
        plain = span.text[after:].strip()
        # "제출서류" alone on its line opens a part, marked or not; an item of a list does not.
        is_heading = (
            not own and not label and len(plain) <= _LONGEST_HEADING
            and not re.search(r"\d{3}", plain) and not self._is_item(mark, plain)
            and (mark or not plain.endswith("."))
        )  # fmt: skip
        if is_heading and (topics := topics_of(plain)):
            label, body_at, own = squeeze(plain), len(span.text), topics
            mark = mark or "plain"
        if not own and _LISTS_EXCLUDED.search(plain):
            label, body_at, own = "제외", len(span.text), frozenset({Topic.EXCLUDED})
        if own and not mark and not span.text[body_at:].strip():
            # "【지원대상】" alone on its line.
            mark = "plain"
        if not mark:
            return self._unmarked(span, label, body_at, after, own)
        self._back_to(mark)
        above = self._above()
        own = own or topics_within(label, above)
        topics = own or above
        if not own and mark in HEADINGS and (not above or label) and not _SENTENCE.search(plain):
            # A heading of which no topic is known opens another part all the same.
            topics = above if mark in {"letter"} or not label else _NONE
        headings = self._headings()
        self._outline.append((mark, label or squeeze(plain)[:_LONGEST_HEADING], topics))
        if not topics and label and says_left_out(span.text[body_at:]):
            body = part(span, body_at, len(span.text))
            return Segment(span, body, label, _LEFT_OUT, False, "sentence", headings)
        if not topics and not label and is_prose(plain) and (said := topics_said(plain)):
            whole = part(span, after, len(span.text))
            return Segment(span, whole, "", said, False, "sentence", headings)
        body = part(span, body_at if own or label else after, len(span.text))
        return Segment(span, body, label, topics, bool(own), mark, headings)

    def _unmarked(
        self, span: Span, label: str, body_at: int, after: int, own: frozenset[Topic]
    ) -> Segment:
        own = own or topics_within(label, self._above())
        end = len(span.text.rstrip("| ")) if span.text.startswith("|") else len(span.text)
        body = part(span, body_at if own else after, end)
        topics = own or self._above()
        return Segment(span, body, label, topics, bool(own), "", self._headings())

    def _is_item(self, mark: str, words: str) -> bool:
        """Tell whether what opens with a mark is an item of the list that is being read."""
        if not mark or mark.startswith("styled"):
            return len(squeeze(words)) > _LONGEST_PLAIN
        above = _NONE
        for known, _, topics in self._outline:
            if known == mark or known in ENDS_LISTS.get(mark, ()):
                break
            above = topics
        if above & {Topic.EXCLUDED, Topic.PAPERS}:
            return True
        return mark not in HEADINGS and bool(above) and len(squeeze(words)) > _LONGEST_INNER

    def _back_to(self, mark: str) -> None:
        for at, (known, _, _) in enumerate(self._outline):
            if known == mark or known in ENDS_LISTS.get(mark, ()):
                del self._outline[at:]
                return
        if mark.startswith("styled") or mark == "roman":
            level = int(mark[6:]) if mark.startswith("styled") else 0
            # A deeper style goes on below the one above it.
            self._outline = [one for one in self._outline if _level(one[0]) < level]

    def _headings(self) -> tuple[str, ...]:
        return tuple(name for _, name, _ in self._outline)

    def _above(self) -> frozenset[Topic]:
        return self._outline[-1][2] if self._outline else _NONE

    def _grid(self, index: int) -> Grid:
        if index not in self._grids:
            self._grids[index] = grid_of(self._document.tables[index], self._unit)
        return self._grids[index]

    def _row(self, span: Span, index: int, row: int) -> Iterator[Segment]:
        grid = self._grid(index)
        cells = tuple(grid.cells(row, span))
        inside = grid.table.inside
        above = self._rows.get(inside, _NONE) if inside is not None else self._above()
        if grid.keys and not grid.is_change:
            yield from self._pairs(span, index, row, cells, above)
            return
        label, own, body = "", _NONE, span
        if cells and cells[0].column == 0 and cells[0].header != squeeze(cells[0].span.text):
            own = topics_of(cells[0].span.text) if grid.is_change or not above else _NONE
        if own:
            label = squeeze(cells[0].span.text)
            body = _said(span, cells[-1:] if grid.is_change else cells[1:])
        # Columns beside each other are told apart by their headers: no row speaks for all of them.
        is_own = bool(own) and (grid.is_change or len(cells) <= 2)
        topics = own or above
        self._rows[index] = topics
        yield Segment(
            span, body, label if is_own else "", topics, is_own, "row", self._headings(), cells, index
        )  # fmt: skip
        for cell in cells:
            named = topics_of(cell.header) & _COLUMNS if row >= 1 else _NONE
            if named and not named & topics and cell.header != squeeze(cell.span.text):
                yield Segment(cell.span, cell.span, "", named, False, "cell", self._headings())

    def _pairs(
        self, span: Span, index: int, row: int, cells: tuple[Cell, ...], above: frozenset[Topic]
    ) -> Iterator[Segment]:
        """Yield what a row says by name: "신청기간 | 2026. … | 접수처 | …"."""
        grid = self._grid(index)
        keys = [at for at, cell in enumerate(cells) if cell.column in grid.keys]
        if not keys:
            self._rows[index] = above
            yield Segment(span, span, "", above, False, "row", self._headings(), cells, index)
            return
        for at, after in pairwise([*keys, len(cells)]):
            key, said = cells[at], cells[at + 1 : after]
            label = squeeze(key.span.text)
            group = topics_of(grid.group(row)) if grid.keys == (1,) else _NONE
            own = topics_of(label) or topics_within(label, group) or group
            topics = own or (above if label in KEY_HEADERS else _NONE)
            self._rows[index] = topics
            first = cells[0] if at == keys[0] else key
            whole = part(
                span, first.span.start - span.start, cells[after - 1].span.end - span.start
            )
            body = _said(span, said)
            if not topics and says_left_out(body.text):
                yield Segment(whole, body, label, _LEFT_OUT, False, "sentence", self._headings())
                continue
            yield Segment(
                whole, body, label, topics, bool(own), "row", self._headings(), (key, *said), index
            )


def _level(mark: str) -> int:
    return int(mark[6:]) if mark.startswith("styled") else 99


def _said(span: Span, cells: tuple[Cell, ...]) -> Span:
    if not cells:
        return Span(span.page, span.end, span.end, "")
    return part(span, cells[0].span.start - span.start, cells[-1].span.end - span.start)
