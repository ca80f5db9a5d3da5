"""CSV and TSV to one table. Child only."""

import csv
import io
from pathlib import Path

from advisor.corpus.formats.decode import REPLACED, as_text, visible
from advisor.corpus.formats.reading import PageRead, Reading, grid
from advisor.corpus.formats.refusals import Refusal, RefusedError, Remark

MOST_CELLS = 200_000
_MOST_FIELD = 4 * 1024**2


def read(path: Path) -> Reading:
    """Read a table of separated values; line ends inside a cell stay, formulas stay text."""
    text, encoding = as_text(path.read_bytes())
    if text is None:
        raise RefusedError(Refusal.UNKNOWN, "no text")
    remarks = [Remark.UNDECODED.value] if REPLACED in text else []
    text = text.replace("\x00", "").lstrip("\ufeff")
    # The default of 131,072 fails on long cells.
    csv.field_size_limit(_MOST_FIELD)
    mark = _delimiter(text)
    rows: list[list[str]] = []
    left = MOST_CELLS
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            if left < len(line):
                remarks.append(Remark.CUT.value)
                break
            left -= len(line)
            if any(value.strip() for value in line):
                rows.append([visible(value).strip() for value in line])
    except csv.Error as error:
        raise RefusedError(Refusal.BROKEN, f"csv: {error}") from error
    if not any(any(line) for line in rows):
        raise RefusedError(Refusal.EMPTY, "no cell has a value")
    table = grid(rows, header_rows=1 if len(rows) > 1 else 0)
    return Reading(
        pages=(PageRead(None, (table,)),),
        remarks=tuple(remarks),
        metadata={"encoding": encoding, "delimiter": mark, "records": str(len(rows))},
    )


def _delimiter(text: str) -> str:
    head = text[:65_536]
    # Only these two: a sniffer that tries all takes a letter for one in a file of two lines.
    return "\t" if head.count("\t") > head.count(",") else ","
