"""Whether a table is short enough to be kept on one page (pure)."""

from math import ceil

from advisor.reporting.blocks import Table
from advisor.reporting.svg import width_of

ROWS, MOST_MM = 10, 110.0
POINTS, MM_A_POINT = 8.0, 0.353
PADDING_MM, LINE_MM = 2.9, 3.9


def is_whole(table: Table, text_mm: float) -> bool:
    """Tell whether a table has few rows and would not fill half a page or more.

    Args:
        table: Rows of words.
        text_mm: Width of the text.
    """
    if len(table.rows) > ROWS:
        return False
    whole = sum(one.width for one in table.columns)
    rooms = [text_mm * one.width / whole - PADDING_MM for one in table.columns]
    height = sum(
        PADDING_MM
        + LINE_MM
        * max(
            ceil(width_of(cell.text, POINTS) * MM_A_POINT / max(1.0, room)) or 1
            for cell, room in zip(row, rooms, strict=True)
        )
        for row in table.rows
    )
    return height <= MOST_MM
