"""HWPX (Hancom's zip of XML) to pages, one for each section. Child only."""

from pathlib import Path

from advisor.corpus.formats.dochan_blocks import read_with_dochan
from advisor.corpus.formats.gates import check_zip
from advisor.corpus.formats.hwp import with_edges
from advisor.corpus.formats.reading import Reading


def read(path: Path) -> Reading:
    """Read an HWPX file; headings are found by their marks later, as in HWP 5."""
    check_zip(path)
    return with_edges(read_with_dochan(path, level=lambda _: None))
