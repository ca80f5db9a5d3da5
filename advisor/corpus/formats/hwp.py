"""HWP 5 (Hancom's compound file) to pages, one for each section. Child only."""

from dataclasses import replace
from pathlib import Path

from advisor.corpus.formats.dochan_blocks import read_with_dochan
from advisor.corpus.formats.gates import check_hwp
from advisor.corpus.formats.reading import Paragraph, Reading, tables_in
from advisor.corpus.formats.refusals import Refusal, RefusedError

# What the plain part of a distribution copy says; it must never pass as the document.
_PLACEHOLDER = "상위 버전의 배포용 문서"


def read(path: Path) -> Reading:
    """Read an HWP 5 file; headings are found by their marks later, since fonts tell too little."""
    is_distribution = check_hwp(path)
    try:
        reading = read_with_dochan(path, level=lambda _: None)
    except RefusedError as error:
        if is_distribution and error.refusal is Refusal.BROKEN:
            raise RefusedError(Refusal.DISTRIBUTION, error.detail) from error
        raise
    if is_distribution and not _has_content(reading):
        raise RefusedError(Refusal.DISTRIBUTION, "placeholder or nothing")
    return with_edges(reading)


def with_edges(reading: Reading) -> Reading:
    """Put page headers before the text and page footers after it, each once.

    Hancom's notices keep their number or their contact there, said nowhere else.
    """
    if not reading.pages:
        return reading
    pages = list(reading.pages)
    top = tuple(Paragraph(words) for words in reading.headers if words.strip())
    bottom = tuple(Paragraph(words) for words in reading.footers if words.strip())
    pages[0] = replace(pages[0], blocks=(*top, *pages[0].blocks))
    pages[-1] = replace(pages[-1], blocks=(*pages[-1].blocks, *bottom))
    return replace(reading, pages=tuple(pages))


def _has_content(reading: Reading) -> bool:
    blocks = tuple(block for page in reading.pages for block in page.blocks)
    words = [block.text for block in blocks if isinstance(block, Paragraph)]
    if any(_PLACEHOLDER in line for line in words):
        return False
    return bool(words) or any(True for _ in tables_in(blocks))
