"""Tables of a notice: which column names, which says, what heads a column and in which unit (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.corpus.notices.segments import Cell, Span
from advisor.corpus.notices.topics import squeeze, topics_of
from advisor.domain.passages import DocumentTable, TableCell

# Headers that say nothing of their own: what stands below is what the first column names.
_BLANK_HEADERS = re.compile(r"(?:세부|주요|상세|지원)?내용|비고|참고|설명|세부사항|안내사항|")
KEY_HEADERS = frozenset({"항목", "구분", "내용"})
_CHANGED = re.compile(r"(?:변경|정정|연장)[전후]|^(?:당초|변경|정정)$|^기존$")
UNIT = re.compile(
    r"단위\s*[:：]?\s*(?P<unit>억|천만|백만|만|천)?\s?원|\((?P<bare>억|천만|백만|만|천)\s?원\)"
)
_UNITS = {"억": 100_000_000, "천만": 10_000_000, "백만": 1_000_000, "만": 10_000, "천": 1_000}
_PAIRED = 4


@dataclass(frozen=True)
class Grid:
    """How a table is read.

    Attributes:
        table: The table.
        keys: Columns that name what stands right of them, e.g. (0,), (1,) behind groups, (0, 2) for
            pairs; empty where the first row names the columns.
        is_change: Whether it sets an old value beside a new one.
        headers: What heads each column, squeezed.
        unit: Won that a bare number counts, as a line above says; headers may say otherwise.
    """

    table: DocumentTable
    keys: tuple[int, ...]
    is_change: bool
    headers: Mapping[int, str]
    unit: int | None

    def cells(self, row: int, span: Span) -> Iterator[Cell]:
        """Yield the cells of a row that have words, where they stand in its line."""
        at = 0
        own = (one for one in self.table.cells if one.row == row)
        for cell in sorted(own, key=lambda one: one.column):
            words = " ".join(cell.text.split())
            if not words:
                continue
            found = span.text.find(words, at)
            if found < 0:
                continue
            at = found + len(words)
            place = Span(span.page, span.start + found, span.start + at, words)
            header = self.headers.get(cell.column, "")
            yield Cell(place, header, cell.column, unit_of(header) or self.unit)

    def group(self, row: int) -> str:
        """Return what the first column says of a row, in a cell that is merged over several."""
        return next(
            (
                one.text
                for one in self.table.cells
                if one.column == 0 and one.row <= row < one.row + one.row_span
            ),
            "",
        )


def grid_of(table: DocumentTable, unit: int | None) -> Grid:
    """Tell how a table is read; `unit` is what a line above it says."""
    headers = _headers(table)
    is_change = any(_CHANGED.search(one) for one in headers.values())
    return Grid(table, _keys(table, headers), is_change, headers, unit)


def unit_of(text: str) -> int | None:
    """Return the won that a number counts.

    >>> unit_of("(단위 : 백만원)"), unit_of("지원한도(천원)"), unit_of("지원한도")
    (1000000, 1000, None)
    """
    found = UNIT.search(text)
    return _UNITS.get(found["unit"] or found["bare"] or "", 1) if found else None


def _keys(table: DocumentTable, headers: Mapping[int, str]) -> tuple[int, ...]:
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    if width < 2:
        return ()
    if width == 2 or _has_two_a_row(table):
        return (0,) if _names(table, 0) else ()
    if width == _PAIRED and _names(table, 0) and _names(table, 2):
        return (0, 2)
    rest = [headers.get(column, "") for column in range(1, width)]
    if all(_BLANK_HEADERS.fullmatch(one) for one in rest) and _names(table, 0):
        return (0,)
    # Groups at the left, each over several rows.
    grouped = any(cell.column == 0 and cell.row_span > 1 for cell in table.cells)
    return (1,) if width == 3 and grouped and _names(table, 1) else ()


def _has_two_a_row(table: DocumentTable) -> bool:
    rows = [sum(cell.row == row for cell in table.cells) for row in {c.row for c in table.cells}]
    return sum(count == 2 for count in rows) * 2 > len(rows)


def _names(table: DocumentTable, column: int) -> bool:
    top = [cell for cell in table.cells if cell.row == 0]
    # A first row of labels alone heads the columns, whatever else it is.
    heads = all(topics_of(one.text) or squeeze(one.text) in KEY_HEADERS for one in top)
    cells = [
        cell
        for cell in table.cells
        if cell.column == column and cell.text.strip() and not (heads and cell.row == 0)
    ]
    known = sum(bool(topics_of(cell.text)) for cell in cells)
    return bool(cells) and known * 2 >= len(cells)


def _headers(table: DocumentTable) -> Mapping[int, str]:
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.row < max(1, table.header_rows):
            for column in range(cell.column, cell.column + cell.column_span):
                found.setdefault(column, []).append(squeeze(cell.text))
    return {column: "".join(dict.fromkeys(names)) for column, names in found.items()}


def is_header(cell: Cell | TableCell, headers: Mapping[int, str]) -> bool:
    """Tell whether a cell is what heads its own column."""
    words = cell.span.text if isinstance(cell, Cell) else cell.text
    return headers.get(cell.column, "") == squeeze(words)
