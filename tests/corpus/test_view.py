import io
import re
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from advisor.corpus.documents import read_document
from advisor.corpus.view import about_page, page_picture

SHARED = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "documents"
TWIN_PDF = SHARED / "pdf_msit_2025-0377.pdf"
TWIN_HWPX = SHARED / "hwpx_msit_2025-0377.hwpx"


def test_the_cited_words_are_boxed_where_they_are_printed(tmp_path):
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 800))
    canvas.setFont("HYSMyeongJo-Medium", 20)
    canvas.drawString(40, 600, "지원대상은 중소기업")
    canvas.drawString(40, 200, "신청기간은 삼월까지")
    canvas.save()

    shown = page_picture(tmp_path / "a.pdf", 1, "신청 기간은 삼월까지")

    assert shown is not None
    assert Image.open(io.BytesIO(shown.png)).size == (612, 1223)
    left, top, width, height = shown.boxes[0]
    # The line stands 200 of 800 points above the lower edge, letters 20 points high.
    assert left == pytest.approx(0.1, abs=0.02)
    assert top + height == pytest.approx(0.75, abs=0.02)
    assert len(shown.boxes) == 1
    assert width > 0.3


def test_a_page_that_cannot_be_drawn_is_none(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing")

    assert page_picture(tmp_path / "a.pdf", 1, "지원대상") is None


@pytest.mark.skipif(not TWIN_PDF.exists(), reason="the shared fixtures are not beside the checkout")
def test_words_of_an_hwpx_are_named_the_page_of_its_printed_twin():
    """Only sentences that are on one page of the PDF are asked for."""
    pdf, hwpx = read_document(TWIN_PDF), read_document(TWIN_HWPX)
    pages = {page.number: re.sub(r"\W", "", page.text) for page in pdf.pages}
    lines = [line for line in hwpx.pages[0].text.split("\n") if 30 <= len(line) <= 60][::6]
    asked = [
        (line, on[0])
        for line in lines
        if "\t" not in line
        and len(on := [n for n, text in pages.items() if re.sub(r"\W", "", line) in text]) == 1
    ]

    found = [(about_page(TWIN_HWPX, hwpx.media_type, line), page) for line, page in asked]

    named = [(about, page) for about, page in found if about is not None]
    assert len(named) >= 5
    assert sum(about == page for about, page in named) >= 0.8 * len(named)


@pytest.mark.skipif(not TWIN_PDF.exists(), reason="the shared fixtures are not beside the checkout")
@pytest.mark.parametrize("name", ["hwp_sme_2025-24.hwp", "hwpx_moe_2025-3.hwpx"])
def test_a_second_engine_finds_the_same_letters(name):
    import html

    import hwp_ingest

    path = SHARED / name
    drawn = "".join(page.decode() for page in hwp_ingest.to_svg_pages(path.read_bytes()))
    words = "".join(html.unescape(one) for one in re.findall(r">([^<>]+)<", drawn))
    theirs = re.sub(r"[^가-힣]", "", words)
    ours = re.sub(r"[^가-힣]", "", "".join(page.text for page in read_document(path).pages))

    assert len(theirs) == pytest.approx(len(ours), rel=0.01)
    pieces = [theirs[at : at + 5] for at in range(0, len(theirs) - 5, 5)]
    assert sum(piece in ours for piece in pieces) >= 0.98 * len(pieces)


def test_a_file_that_has_pages_of_its_own_has_no_guessed_one(tmp_path):
    assert about_page(tmp_path / "a.pdf", "application/pdf", "지원대상은 중소기업입니다") is None
