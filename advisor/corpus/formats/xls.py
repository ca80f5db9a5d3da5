"""XLS (Excel 97 to 2003) to pages, one for each sheet. Child only."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from advisor.corpus.formats.dochan_blocks import read_with_dochan
from advisor.corpus.formats.reading import Paragraph, Reading

# What Excel prints at the edge of each sheet; "#" and "file" are its fields.
_EDGE = re.compile(r"^(?:Header|Footer): ")


def read(path: Path) -> Reading:
    """Read an XLS file; dochan caps the compound file, its streams and the cells."""
    reading = read_with_dochan(path, level=lambda _: None, page_name=_sheet)
    pages = tuple(
        replace(
            page,
            blocks=tuple(
                block
                for block in page.blocks
                if not (isinstance(block, Paragraph) and _EDGE.match(block.text))
            ),
        )
        for page in reading.pages
    )
    return replace(reading, pages=pages)


def _sheet(element: Any) -> str:
    origin = getattr(element, "provenance", None)
    return str(origin.sheet or "") if origin is not None else ""
