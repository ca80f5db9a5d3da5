"""The door to dochan: its objects to our pages, for HWP, HWPX, DOCX, PPTX and XLS. Child only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from advisor.corpus.formats.reading import Block, Cell, PageRead, Paragraph, Reading, Table
from advisor.corpus.formats.refusals import Refusal, RefusedError, Remark

# A table deeper than this stands as words in the cell.
DEEPEST_TABLE = 32
# "문서는 암호화", "암호가 필요함", "DRM": the wording of dochan 1.15.
_LOCKED = ("암호",)
_HEADER_WORDS = 40

Level = Callable[[Any], int | None]


@dataclass(slots=True)
class _Kept:
    """What stands beside the text of a document."""

    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    has_pictures: bool = False


def read_with_dochan(
    path: Path,
    *,
    level: Level,
    page_numbers: bool = False,
    page_name: Callable[[Any], str] = lambda _: "",
) -> Reading:
    """Read a file with dochan, one page for each of its sections (slides, sheets).

    Args:
        path: A file that has passed its gate, under a name that says what it is.
        level: Heading level of a dochan paragraph.
        page_numbers: Whether sections are numbered pages (slides).
        page_name: Name of a section by its first element, as a sheet's.

    Raises:
        RefusedError: Locked, damaged or empty; dochan itself never raises, it notes errors.
    """
    from dochan import Dochan

    document = Dochan(str(path)).doc
    errors = [str(error) for error in document.errors]
    fatal = [error for error in errors if error.startswith("ERR")]
    if any(mark in error for error in fatal for mark in _LOCKED):
        raise RefusedError(Refusal.PASSWORD, "; ".join(fatal)[:300])
    kept = _Kept()
    pages = []
    for number, section in enumerate(document.sections, start=1):
        blocks = tuple(_blocks(section.elements, level, kept))
        name = page_name(section.elements[0]) if section.elements else ""
        pages.append(PageRead(number if page_numbers else None, blocks, name=name))
    if fatal and not any(page.blocks for page in pages):
        raise RefusedError(Refusal.BROKEN, "; ".join(fatal)[:300])
    if not any(page.blocks for page in pages) and kept.has_pictures:
        raise RefusedError(Refusal.SCANNED, "pictures only")
    return Reading(
        pages=tuple(pages),
        headers=tuple(dict.fromkeys(kept.headers)),
        footers=tuple(dict.fromkeys(kept.footers)),
        remarks=(Remark.PARTIAL.value,) if fatal else (),
        metadata={"format": str(document.source_format)},
    )


def _blocks(elements: Iterable[Any], level: Level, kept: _Kept, depth: int = 0) -> Iterable[Block]:
    for element in elements:
        name = type(element).__name__
        if name == "Paragraph":
            words = _words(element).strip()
            if words:
                yield Paragraph(words, level=level(element) if depth == 0 else None)
        elif name == "Table":
            yield from _captioned(element, level, kept, depth)
        elif name == "HeaderFooter":
            (kept.headers if element.type == "header" else kept.footers).append(str(element.text))
        elif name == "Image":
            kept.has_pictures = True
            yield from _blocks(element.caption, level, kept, depth)
        else:
            words = _other_words(name, element)
            if words:
                yield Paragraph(words)


def _other_words(name: str, element: Any) -> str:
    """Return the words of a note or a formula; charts and shapes without words have none."""
    if name in {"Footnote", "Comment"}:
        return str(element.text).strip()
    if name == "Equation":
        return str(element.latex or element.script or "").strip()
    return ""


def _words(paragraph: Any) -> str:
    # Line ends that the writer set inside a paragraph are part of its text.
    return "".join(str(run.text) for run in paragraph.runs)


def _captioned(table: Any, level: Level, kept: _Kept, depth: int) -> Iterable[Block]:
    caption = list(_blocks(table.caption, level, kept, depth + 1))
    if table.caption_side == "TOP":
        yield from caption
    if depth >= DEEPEST_TABLE:
        yield from _flat(table)
    else:
        cells = tuple(_cells(table, level, kept, depth))
        if cells:
            yield Table(cells, header_rows=header_rows(cells))
    if table.caption_side != "TOP":
        yield from caption


def _flat(table: Any) -> Iterable[Paragraph]:
    words = " ".join(str(cell.text) for row in table.rows for cell in row)
    if words.strip():
        yield Paragraph(words)


def _cells(table: Any, level: Level, kept: _Kept, depth: int) -> Iterable[Cell]:
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line):
            if cell.is_merged_away:
                continue
            yield Cell(
                row=row,
                column=column,
                row_span=max(int(cell.row_span), 1),
                column_span=max(int(cell.col_span), 1),
                blocks=tuple(_blocks(cell.paragraphs, level, kept, depth + 1)),
            )


def header_rows(cells: tuple[Cell, ...]) -> int:
    """Return how many rows at the top name the columns: the first, and what it spans.

    A table of one row or one column has none; nor has one whose first row holds long texts.
    """
    rows = max((cell.row + cell.row_span for cell in cells), default=0)
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    first = [cell for cell in cells if cell.row == 0]
    if rows < 2 or columns < 2 or len(first) < 2:
        return 0
    if any(len(cell.text) > _HEADER_WORDS for cell in first):
        return 0
    height = max(cell.row_span for cell in first)
    return height if height < rows and height <= 3 else 1
