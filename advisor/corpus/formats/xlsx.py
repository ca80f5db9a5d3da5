"""XLSX to pages, one for each sheet, hidden ones marked. Child only."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from advisor.corpus.formats.gates import check_zip
from advisor.corpus.formats.reading import Block, Cell, PageRead, Paragraph, Reading, Table
from advisor.corpus.formats.refusals import Refusal, RefusedError, Remark

MOST_CELLS = 200_000
# Rows without a cell are passed over one by one, up to the last row of a sheet.
_MOST_ROWS = 1_048_576
_UNKNOWN = "(계산값 없음: {formula})"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')


def read(path: Path) -> Reading:
    """Read an XLSX file: values as they were last computed, formulas never run.

    A formula without a computed value is unknown, neither empty nor 0, and is shown as such.
    """
    check_zip(path)
    from openpyxl import load_workbook

    # As bytes: openpyxl goes by the ending of a name, and an upload has none.
    content = path.read_bytes()
    try:
        values = load_workbook(BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(BytesIO(content), read_only=True)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise RefusedError(Refusal.BROKEN, f"xlsx: {error!r}") from error
    budget = MOST_CELLS
    pages = []
    remarks = []
    for sheet, shown in zip(values.worksheets, formulas.worksheets, strict=True):
        cells, was_cut, is_uncomputed = _cells(sheet, shown, budget)
        budget -= len(cells)
        if was_cut:
            remarks.append(Remark.CUT.value)
        if is_uncomputed:
            remarks.append(Remark.UNCOMPUTED.value)
        table = _table(_spanned(cells, _merges(path, sheet)), sheet.title)
        heading = Paragraph(sheet.title, level=1)
        blocks: tuple[Block, ...] = (heading, table) if table else (heading,)
        pages.append(
            PageRead(None, blocks, name=sheet.title, hidden=sheet.sheet_state != "visible")
        )
    properties = values.properties
    if not any(len(page.blocks) > 1 for page in pages):
        raise RefusedError(Refusal.EMPTY, "no cell has a value")
    return Reading(
        pages=tuple(pages),
        title=(properties.title or None) if properties else None,
        remarks=tuple(dict.fromkeys(remarks)),
        metadata={"format": "xlsx"},
    )


def _cells(sheet: Any, shown: Any, budget: int) -> tuple[dict[tuple[int, int], str], bool, bool]:
    """Return text by row and column from 0, whether it was cut, whether a formula is uncomputed."""
    # A sheet may claim 17 billion cells in its dimension: never believe it.
    sheet.reset_dimensions()
    shown.reset_dimensions()
    cells: dict[tuple[int, int], str] = {}
    is_uncomputed = False
    lines = islice(zip_longest(sheet.iter_rows(), shown.iter_rows(), fillvalue=()), _MOST_ROWS)
    for row, (line, formulas) in enumerate(lines):
        for column, (cell, formula) in enumerate(zip(line, formulas, strict=False)):
            text = _text(cell.value)
            if not text and isinstance(formula.value, str) and formula.value.startswith("="):
                text = _UNKNOWN.format(formula=formula.value)
                is_uncomputed = True
            if text:
                if len(cells) >= budget:
                    return cells, True, is_uncomputed
                cells[row, column] = text
    return cells, False, is_uncomputed


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ")
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def _merges(path: Path, sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the merged areas: upper left cell to rows and columns; reading mode leaves them out."""
    from openpyxl.utils import column_index_from_string

    found = {}
    with zipfile.ZipFile(path) as archive:
        name = str(sheet._worksheet_path).lstrip("/")
        data = archive.read(name) if name in archive.namelist() else b""
    for left, top, right, bottom in _MERGED.findall(data):
        first, last = (column_index_from_string(one.decode()) for one in (left, right))
        found[int(top) - 1, first - 1] = (int(bottom) - int(top) + 1, last - first + 1)
    return found


def _spanned(
    cells: dict[tuple[int, int], str], merges: dict[tuple[int, int], tuple[int, int]]
) -> Iterable[Cell]:
    for (row, column), text in cells.items():
        rows, columns = merges.get((row, column), (1, 1))
        yield Cell(row, column, max(rows, 1), max(columns, 1), (Paragraph(text),))


def _table(cells: Iterable[Cell], name: str) -> Table | None:
    placed = tuple(cells)
    if not placed:
        return None
    # A title merged over the whole width stands above the row that names the columns.
    rows = sorted({cell.row for cell in placed})
    width = max(cell.column + cell.column_span for cell in placed)
    head = 0
    for row in rows[:5]:
        filled = [cell for cell in placed if cell.row == row]
        head = row + 1
        if len(filled) >= max(2, width // 2):
            break
    else:
        head = 0
    return Table(placed, header_rows=head if head < len(rows) + rows[0] else 0, name=name)
