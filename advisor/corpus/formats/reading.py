"""What every reader gives: pages of paragraphs and tables, in the order of reading.

Plain dataclasses without a vendor, since the child process that reads a file makes them, writes
them as JSON, and the parent reads them back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""Words that stand together.

    Attributes:
        text: As the document spells it; "\n" only where the document breaks the line itself.
        level: None for running text, else the depth of the heading: 0 the document's title,
            1 the outermost heading.
        raw: The lines as they stood on the page, where `text` had to join them; else empty.
        title: What a heading is called where the text carries marks ("## 대상"); else empty.
    """

    text: str
    level: int | None = None
    raw: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by its upper left corner, counted from 0, with what stands in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple["Paragraph | Table", ...]

    @property
    def text(self) -> str:
        """The paragraphs of the cell itself, without the tables inside it."""
        lines = (block.text for block in self.blocks if isinstance(block, Paragraph))
        return "\n".join(line for line in lines if line.strip())


@dataclass(frozen=True, slots=True)
class Table:
    """A table: each cell once, by row and column; a merged cell stands at its first place.

    Attributes:
        header_rows: Rows at the top that name the columns; 0 where there are none.
        name: Sheet or caption, empty where there is none.
    """

    cells: tuple[Cell, ...]
    header_rows: int = 0
    name: str = ""

    @property
    def rows(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page, slide, sheet or section.

    Attributes:
        number: From 1; None where the format keeps no pages.
        name: Sheet name or printed page label, empty where there is none.
        scanned: Whether the page is a picture whose letters could not be read.
        hidden: Whether the document hides it (a hidden sheet).
    """

    number: int | None
    blocks: tuple[Block, ...]
    name: str = ""
    scanned: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the file lists apart from its text (a bookmark); `page` counts from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document as it was read.

    Attributes:
        title: What the document says it is called; None where it does not say.
        headers, footers: What repeats on the pages and is kept out of the text.
        attachments: Names of files inside the file, which are not read.
        remarks: What of it was left out or may be wrong, from `refusals.Remark`.
        outline: Bookmarks.
        metadata: Author, producer, encoding and so on, as the file says.
    """

    pages: tuple[PageRead, ...]
    title: str | None = None
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    outline: tuple[Heading, ...] = ()
    metadata: dict[str, str] | None = None


class Reader(Protocol):
    """Reads one format; runs in the child only.

    Raises `refusals.RefusedError` where the file cannot be read and the reason is known; anything
    else it raises counts as a damaged file.
    """

    def __call__(self, path: Path) -> Reading: ...


def tables_in(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """Yield the tables of a page in the order of reading, those inside a table after it."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for cell in block.cells:
                yield from tables_in(cell.blocks)


def grid(
    values: list[list[str]], *, header_rows: int = 1, name: str = "", first_row: int = 0
) -> Table:
    """Return a table of plain text without merged cells; empty cells are left out."""
    cells = tuple(
        Cell(first_row + row, column, 1, 1, (Paragraph(value),))
        for row, line in enumerate(values)
        for column, value in enumerate(line)
        if value
    )
    return Table(cells, header_rows=header_rows, name=name)
