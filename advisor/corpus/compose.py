"""Pages as they were read to text with headings and tables at their places (pure)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from advisor.corpus.formats.reading import Block, Cell, PageRead, Paragraph, Reading, Table
from advisor.corpus.outline import notice_headings
from advisor.domain.passages import DocumentTable, Page, Section, TableCell

# "Ⅰ | 사업 개요": a heading in a box of its own, the number in the first cell.
_NUMBER = re.compile(r"^(?:I{1,3}|IV|VI{0,3}|IX|X|\d{1,2}|[가나다라마바사아자차카타파하])\.?$")
_LONGEST_BOXED = 60
CELL_MARK = "\t"


@dataclass(frozen=True, slots=True)
class Composed:
    """Text of a document; sections and tables in the order of the text."""

    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    tables: tuple[DocumentTable, ...]


def compose(reading: Reading) -> Composed:
    """Write the blocks of each page one below the other, and note where headings and tables stand.

    Where the document styles its headings, those are taken; else the marks of Korean notices
    (Ⅰ, 1., 가., □) outside of tables.
    """
    is_styled = any(
        isinstance(block, Paragraph) and bool(block.level)
        for page in reading.pages
        for block in page.blocks
    )
    pages: list[Page] = []
    sections: list[Section] = []
    tables: list[DocumentTable] = []
    for index, page in enumerate(reading.pages):
        writer = _Writer(index, tables)
        writer.write(page.blocks)
        text = "\n".join(writer.lines)
        pages.append(Page(page.number, text, name=page.name, raw=_raw(page), hidden=page.hidden))
        found = writer.sections
        if not is_styled:
            marked = [
                Section(one.title, one.level, index, one.start)
                for one in notice_headings(text)
                if not writer.is_in_grid(one.start)
            ]
            found = sorted([*found, *marked], key=lambda section: section.start)
        sections += _with_bookmarks(found, reading, index, text)
    return Composed(tuple(pages), tuple(sections), tuple(tables))


def _with_bookmarks(found: list[Section], reading: Reading, index: int, text: str) -> list[Section]:
    """Return the headings of a page and its bookmarks that are none of them."""
    known = {"".join(one.title.split()) for one in found}
    number = reading.pages[index].number
    added = []
    for mark in reading.outline:
        if mark.page == number and "".join(mark.title.split()) not in known:
            start = max(text.find(mark.title), 0)
            added.append(Section(mark.title, mark.level, index, start))
    return sorted([*found, *added], key=lambda section: section.start)


def _raw(page: PageRead) -> str:
    lines = [block.raw or block.text for block in page.blocks if isinstance(block, Paragraph)]
    is_joined = any(isinstance(block, Paragraph) and block.raw for block in page.blocks)
    return "\n".join(lines) if is_joined else ""


@dataclass(slots=True)
class _Writer:
    page: int
    tables: list[DocumentTable]
    lines: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    length: int = 0
    _grids: list[tuple[int, int]] = field(default_factory=list)

    def write(self, blocks: Iterable[Block], inside: int | None = None) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                start, _ = self._line(block.text.rstrip())
                if block.level is not None and block.text.strip():
                    title = block.title or " ".join(block.text.split())
                    self.sections.append(Section(title, block.level, self.page, start))
            else:
                self._table(block, inside)

    def is_in_grid(self, position: int) -> bool:
        return any(start <= position < end for start, end in self._grids)

    def _line(self, text: str) -> tuple[int, int]:
        start = self.length
        self.lines.append(text)
        self.length += len(text) + 1
        return start, start + len(text)

    def _table(self, table: Table, inside: int | None) -> None:
        index = len(self.tables)
        cells = tuple(
            TableCell(one.row, one.column, one.row_span, one.column_span, one.text)
            for one in table.cells
        )
        boxed = _boxed_heading(table)
        filled = [one for one in table.cells if one.blocks]
        # A line that is framed or underlined: other cells of the row are for the looks.
        is_line = len(filled) == 1 and table.rows == 1
        is_box = len(table.cells) == 1 or is_line or boxed is not None
        made = DocumentTable(
            self.page, cells, (), table.header_rows, inside, table.name, is_box=is_box
        )
        self.tables.append(made)
        begin = self.length
        lines: list[tuple[int, int, int]] = []
        if len(table.cells) == 1 or is_line:
            one = filled[0] if filled else table.cells[0]
            self.write(one.blocks, index)
            lines.append((one.row, begin, max(begin, self.length - 1)))
        else:
            for row, parts in _by_row(table):
                words = [" ".join(part.text.split()) for part in parts]
                if any(words):
                    start, end = self._line(CELL_MARK.join(filter(None, words)))
                    lines.append((row, start, end))
                for part in parts:
                    nested = [one for one in part.blocks if isinstance(one, Table)]
                    self.write(nested, index)
            if boxed is not None:
                self.sections.append(Section(*boxed, self.page, begin))
            self._grids.append((begin, self.length))
        self.tables[index] = replace(made, lines=tuple(lines))


def _by_row(table: Table) -> list[tuple[int, list[Cell]]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [(row, sorted(rows[row], key=lambda cell: cell.column)) for row in sorted(rows)]


def _boxed_heading(table: Table) -> tuple[str, int] | None:
    """Return title and level of a table that only frames a heading with its number."""
    filled = [cell for cell in table.cells if cell.text.strip()]
    if len(filled) != 2 or any(cell.row for cell in table.cells):
        return None
    number, title = (" ".join(cell.text.split()) for cell in filled)
    mark = unicodedata.normalize("NFKC", number)
    if not _NUMBER.match(mark) or len(title) > _LONGEST_BOXED:
        return None
    level = 2 if mark.rstrip(".").isdigit() else 3 if mark[0] >= "가" else 1
    return f"{number} {title}", level
