"""PPTX to pages, one for each slide, with its notes. Child only."""

from pathlib import Path

from advisor.corpus.formats.dochan_blocks import read_with_dochan
from advisor.corpus.formats.gates import check_zip
from advisor.corpus.formats.reading import Reading


def read(path: Path) -> Reading:
    """Read a PPTX file; the title of a slide is its heading."""
    check_zip(path)
    return read_with_dochan(
        path, level=lambda paragraph: int(paragraph.heading_level) or None, page_numbers=True
    )
