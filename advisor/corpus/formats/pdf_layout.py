"""Words and ruled tables of a PDF page by their place: doors to pypdfium2 and pdfplumber."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.corpus.formats.dochan_blocks import header_rows
from advisor.corpus.formats.pdf_lines import LOST_SHARE, Joiner, lost_share
from advisor.corpus.formats.pdf_ruling import Box, ruled_tables
from advisor.corpus.formats.reading import Block, Cell, Table

# Of the 30 s of processor time that a child has: after so many, later pages of a long file are
# read in their stored order (sorting by place takes 0.3 s a page), and without tables.
PLACE_S = 16.0
TABLES_S = 20.0
_SAME_EDGE = 3.0
_MARGIN = 1.0
_MOST_STROKES = 100
_MOST_PLACES = 5_000
# Cells and strips lose a letter on an edge now and then; more is a table wrongly found.
_KEPT_SHARE = 0.985

# Words in a box (left, top, right, bottom), in the whole page where it is None.
TextOf = Callable[[Box | None], str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: box and cells in points, y downwards from the top of the page.

    `cells` are (row, column, row span, column span, box); `gaps` (row, column, box) are places
    that no cell covers.
    """

    box: Box
    cells: tuple[tuple[int, int, int, int, Box], ...]
    gaps: tuple[tuple[int, int, Box], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of running text, or a table with the lines of each cell."""

    lines: tuple[str, ...] = ()
    table: tuple[tuple[Cell, tuple[str, ...]], ...] = ()


class Pages:
    """The pages of one PDF, opened by both libraries; pages count from 0."""

    def __init__(self, path: Path, *, by_place: bool) -> None:
        """Open the file.

        Args:
            path: The PDF.
            by_place: Sort words by where they stand: printers that store digits and Hangul
                apart ("Print To PDF") need it, columns forbid it.
        """
        import pypdfium2

        self._pdfium: Any = pypdfium2.PdfDocument(str(path))
        self._path = path
        self._by_place = by_place
        self._plumber: Any = None
        self._started = time.monotonic()
        # Whether order or tables of later pages were given up for want of time.
        self.was_hurried = False

    def has_picture(self, index: int) -> bool:
        """Tell whether a page shows an image, or so many strokes that they may be letters."""
        from pypdfium2 import raw

        shown = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH)
        objects = self._pdfium[index].get_objects(filter=shown, max_depth=3)
        for strokes, one in enumerate(objects):
            if one.type == raw.FPDF_PAGEOBJ_IMAGE or strokes > _MOST_STROKES:
                return True
        return False

    def pieces(self, index: int) -> list[Piece]:
        """Return text and tables of a page from top to bottom; tables never cost a word."""
        page = self._pdfium[index]
        text = self._text_of(index, page)
        whole = [Piece(lines=_lines(text(None)))]
        grids = self._grids(page)
        found = list(_cut(text, grids, page.get_size())) if grids else whole
        if self._plumber is not None:
            # A page keeps its letters until it is closed: 2,000 pages of them are gigabytes.
            self._plumber.pages[index].close()
        kept = sum(map(_letters, found))
        return found if kept >= _KEPT_SHARE * sum(map(_letters, whole)) else whole

    def _text_of(self, index: int, page: Any) -> TextOf:
        plain = page.get_textpage()
        if self._is_late(PLACE_S):
            self.was_hurried = self.was_hurried or self._by_place
            return lambda box: _pdfium_text(plain, page, box)
        lost = lost_share(str(plain.get_text_range()))
        if not self._by_place and lost <= LOST_SHARE:
            return lambda box: _pdfium_text(plain, page, box)
        placed = self._placed(index)
        # Long words are no lost spaces where sorting by place finds none either.
        if not self._by_place and lost_share(str(placed.extract_text() or "")) > lost / 2:
            return lambda box: _pdfium_text(plain, page, box)

        def text(box: Box | None) -> str:
            if box is None:
                return str(placed.extract_text() or "")
            left, upper, right, lower = box
            if right - left < 1 or lower - upper < 1:
                return ""
            area = placed.filter(
                lambda one: (
                    one["object_type"] != "char"
                    or (
                        left <= (one["x0"] + one["x1"]) / 2 < right
                        and upper <= (one["top"] + one["bottom"]) / 2 < lower
                    )
                )
            )
            return str(area.extract_text() or "")

        return text

    def _placed(self, index: int) -> Any:
        if self._plumber is None:
            import pdfplumber

            self._plumber = pdfplumber.open(self._path)
        return self._plumber.pages[index]

    def _grids(self, page: Any) -> list[Grid]:
        # Turned pages have other axes for words and lines; their text is read without tables.
        if page.get_rotation() or any(page.get_bbox()[:2]):
            return []
        if self._is_late(TABLES_S):
            self.was_hurried = True
            return []
        return _apart([grid for cells in ruled_tables(page) if (grid := _grid(cells))])

    def _is_late(self, share_s: float) -> bool:
        """Tell whether more of the 30 s of processor or 60 s of time is gone than a step may use."""
        return time.process_time() > share_s or time.monotonic() - self._started > 2 * share_s


def _pdfium_text(plain: Any, page: Any, box: Box | None) -> str:
    if box is None:
        return str(plain.get_text_range())
    left, upper, right, lower = box
    if right - left < 1 or lower - upper < 1:
        return ""
    height = page.get_height()
    return str(plain.get_text_bounded(left, height - lower, right, height - upper))


def _cut(text: TextOf, grids: Sequence[Grid], size: tuple[float, float]) -> Iterator[Piece]:
    """Yield the strips between the tables, and the cells of the tables."""
    width, height = size
    top = 0.0
    for grid in grids:
        left, upper, right, lower = grid.box
        beside = text((0, upper, left - _MARGIN, lower)) + text(
            (right + _MARGIN, upper, width, lower)
        )
        # Boxes of a flow chart stand side by side: they are read along the line, as printed.
        if beside.strip():
            continue
        yield Piece(lines=_lines(text((0, top, width, upper))))
        cells = [
            (Cell(row, column, down, across, ()), _lines(text(box)))
            for row, column, down, across, box in grid.cells
        ]
        # Where a side of the table is open, no lines make a cell; its words are there all the same.
        for row, column, box in grid.gaps:
            words = _lines(text(box))
            if words:
                cells.append((Cell(row, column, 1, 1, ()), words))
        yield Piece(table=tuple(sorted(cells, key=lambda one: (one[0].row, one[0].column))))
        top = lower
    yield Piece(lines=_lines(text((0, top, width, height))))


def _letters(piece: Piece) -> int:
    lines = (*piece.lines, *(line for _, cell in piece.table for line in cell))
    return sum(char.isalnum() for line in lines for char in line)


def _lines(text: str) -> tuple[str, ...]:
    # U+FFFE stands where pdfium took a hyphen at a line end for a soft one.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-").split("\n")
    return tuple(line for line in lines if line.strip())


def _grid(found: Sequence[Box]) -> Grid | None:
    boxes = sorted(set(found), key=lambda box: (box[1], box[0]))
    whole = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    lefts = _edges([box[0] for box in boxes])
    tops = _edges([box[1] for box in boxes])
    cells = []
    for box in boxes:
        row, column = _place(tops, box[1]), _place(lefts, box[0])
        down = sum(box[1] + _SAME_EDGE < edge < box[3] - _SAME_EDGE for edge in tops) + 1
        across = sum(box[0] + _SAME_EDGE < edge < box[2] - _SAME_EDGE for edge in lefts) + 1
        cells.append((row, column, down, across, box))
    if len(cells) < 2:
        return None
    return Grid(whole, tuple(sorted(cells)), tuple(_gaps(cells, tops, lefts, whole)))


def _gaps(
    cells: Sequence[tuple[int, int, int, int, Box]],
    tops: Sequence[float],
    lefts: Sequence[float],
    box: Box,
) -> Iterator[tuple[int, int, Box]]:
    if len(tops) * len(lefts) > _MOST_PLACES:
        return
    covered = {
        (row + below, column + beside)
        for row, column, down, across, _ in cells
        for below in range(down)
        for beside in range(across)
    }
    rights = [*lefts[1:], box[2]]
    bottoms = [*tops[1:], box[3]]
    for row, column in itertools.product(range(len(tops)), range(len(lefts))):
        if (row, column) not in covered:
            yield row, column, (lefts[column], tops[row], rights[column], bottoms[row])


def _edges(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME_EDGE:
            found.append(value)
    return found


def _place(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _apart(grids: Sequence[Grid]) -> list[Grid]:
    """Return tables that do not overlap, from top to bottom; of two that do, the one with more."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda one: -len(one.cells)):
        if all(
            grid.box[3] <= one.box[1] + _MARGIN or grid.box[1] >= one.box[3] - _MARGIN
            for one in kept
        ):
            kept.append(grid)
    return sorted(kept, key=lambda one: one.box[1])


def blocks_of(pieces: Sequence[Piece], joiner: Joiner) -> Iterator[Block]:
    """Yield paragraphs and tables of a page, its broken lines joined."""
    for piece in pieces:
        if not piece.table:
            yield from joiner.paragraphs(piece.lines)
            continue
        cells = tuple(
            Cell(
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
                tuple(joiner.paragraphs(lines, in_cell=True)),
            )
            for cell, lines in piece.table
        )
        if any(cell.blocks for cell in cells):
            yield Table(cells, header_rows=header_rows(cells))
