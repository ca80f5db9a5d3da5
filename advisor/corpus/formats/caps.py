"""The most a document may give: characters, tables, cells; what is over is cut and said (pure)."""

from dataclasses import dataclass, replace

from advisor.corpus.formats.decode import visible
from advisor.corpus.formats.reading import Block, Cell, PageRead, Paragraph, Reading, Table
from advisor.corpus.formats.refusals import Remark

MOST_CHARACTERS = 5_000_000
MOST_TABLES = 20_000
MOST_CELLS = 200_000


@dataclass(slots=True)
class _Left:
    characters: int = MOST_CHARACTERS
    tables: int = MOST_TABLES
    was_cut: bool = False


def capped(reading: Reading) -> Reading:
    """Return the reading within the caps, its texts in NFC without invisible characters."""
    left = _Left()
    pages = tuple(_page(page, left) for page in reading.pages)
    remarks = (*reading.remarks, Remark.CUT.value) if left.was_cut else reading.remarks
    return replace(
        reading,
        pages=pages,
        title=visible(reading.title).strip() or None if reading.title else None,
        headers=tuple(map(visible, reading.headers)),
        footers=tuple(map(visible, reading.footers)),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _page(page: PageRead, left: _Left) -> PageRead:
    return replace(page, blocks=_blocks(page.blocks, left), name=visible(page.name))


def _blocks(blocks: tuple[Block, ...], left: _Left) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            text = visible(block.text)
            if len(text) > left.characters:
                text = text[: left.characters]
                left.was_cut = True
            left.characters -= len(text)
            kept.append(
                replace(block, text=text, raw=visible(block.raw), title=visible(block.title))
            )
        elif left.tables <= 0:
            left.was_cut = True
        else:
            left.tables -= 1
            kept.append(_table(block, left))
    return tuple(kept)


def _table(table: Table, left: _Left) -> Table:
    if len(table.cells) > MOST_CELLS:
        left.was_cut = True
    cells: list[Cell] = []
    for cell in table.cells[:MOST_CELLS]:
        cells.append(replace(cell, blocks=_blocks(cell.blocks, left)))
    return replace(table, cells=tuple(cells), name=visible(table.name))
