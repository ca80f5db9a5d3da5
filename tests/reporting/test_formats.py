"""The content is the same in every format: each file is read back and held against the outline."""

import re
from io import BytesIO
from typing import Any

import pytest

from advisor.reporting.render import ReportFormat
from tests.reporting.given import COMPANIES, outline_for, rendered
from tests.reporting.reading import (
    CHARTS,
    hwpx_elements,
    pdf_pages,
    pieces,
    squeeze,
    text_of,
)

EVERY = [(case, one) for case in COMPANIES for one in ReportFormat]


@pytest.mark.parametrize(("case_id", "report_format"), EVERY)
def test_every_word_number_and_citation_stands_in_the_file_in_order(case_id, report_format):
    text = text_of(rendered(case_id, report_format), report_format)
    at, between = 0, []
    for piece in pieces(outline_for(case_id), report_format):
        wanted = squeeze(piece)
        found = text.find(wanted, at)
        assert found >= 0, f"missing after {text[max(0, at - 60) : at]!r}: {wanted!r}"
        between.append(text[at:found])
        at = found + len(wanted)
    between.append(text[at:])

    if report_format in (ReportFormat.MD, ReportFormat.DOCX, ReportFormat.HWPX):
        # Nothing but the numbers of ordered lists stands between the pieces.
        assert [one for one in between if re.search(r"\d", re.sub(r"^\D{0,3}\d\.$", "", one))] == []


@pytest.mark.parametrize(("case_id", "report_format"), EVERY)
def test_every_mark_leads_to_a_numbered_source_and_the_numbers_have_no_gap(case_id, report_format):
    text = text_of(rendered(case_id, report_format), report_format)
    marks = {int(one) for one in re.findall(r"\[(\d{1,3})\]", text)}

    labels = [int(one.label) for one in outline_for(case_id).references()]

    assert labels == list(range(1, len(labels) + 1))
    assert marks == set(labels)


@pytest.mark.parametrize("case_id", COMPANIES)
def test_charts_carry_their_numbers_in_words(case_id):
    import docx

    wanted = [one.alt for one in outline_for(case_id).blocks() if isinstance(one, CHARTS)]

    shapes = docx.Document(BytesIO(rendered(case_id, ReportFormat.DOCX))).inline_shapes
    assert [one._inline.docPr.get("descr") for one in shapes] == wanted
    comments = [
        element.text
        for element in hwpx_elements(rendered(case_id, ReportFormat.HWPX))
        if element.tag.endswith("}shapeComment") and element.text
    ]
    assert comments == wanted


@pytest.mark.parametrize("case_id", COMPANIES)
def test_the_summary_has_the_first_page_of_the_pdf_to_itself(case_id):
    first, second = pdf_pages(rendered(case_id, ReportFormat.PDF))[:2]

    assert "1. 한 쪽 요약" in first
    assert second.strip().startswith("2. 회사와 진단 범위")


def test_the_pdf_is_tagged_korean_and_has_its_fonts_inside():
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(rendered("EX-C", ReportFormat.PDF)))
    root: Any = reader.trailer["/Root"]

    assert root["/Lang"] == "ko-KR"
    assert root["/MarkInfo"]["/Marked"]
    fonts = {}
    pages: list[Any] = list(reader.pages)
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[below["/BaseFont"]] = below["/FontDescriptor"].get_object()
    assert fonts
    assert all("ReportSansKR" in name for name in fonts)
    assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts.values())


def test_tables_of_the_docx_repeat_their_head_and_keep_rows_whole():
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(BytesIO(rendered("EX-B", ReportFormat.DOCX)))
    tables = [one for one in document.tables if len(one.rows) > 1]

    assert len(tables) >= 10
    for table in tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    for name in ("Normal", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "맑은 고딕"
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_the_workbook_has_native_charts_and_numbers_that_calculate():
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(rendered("EX-C", ReportFormat.XLSX)))

    assert [type(one).__name__ for one in book["점수"]._charts] == ["RadarChart"]
    assert [type(one).__name__ for one in book["로드맵"]._charts] == ["BarChart"]
    scores = {row[0].value: row[2] for row in book["점수"].iter_rows(min_row=1) if row[0].value}
    assert (scores["데이터"].value, scores["데이터"].number_format) == (40, "0.0")
    amounts = [
        cell.value
        for row in book["지원사업"].iter_rows()
        for cell in row
        if isinstance(cell.value, int) and cell.number_format.endswith('"원"')
    ]
    assert 200_000_000 in amounts


def test_the_hwpx_passes_the_checks_for_hancom_and_keeps_rows_whole():
    from hwpx.tools.package_validator import validate_editor_open_safety

    content = rendered("EX-A", ReportFormat.HWPX)

    report = validate_editor_open_safety(content)
    assert report.reopen_ok
    assert report.blocking_package_errors == ()
    assert report.validate_document is not None
    assert report.validate_document.issues == ()
    tables = [one for one in hwpx_elements(content) if one.tag.endswith("}tbl")]
    long = [one for one in tables if int(one.get("rowCnt")) > 1]
    assert {one.get("repeatHeader") for one in long} == {"1"}
    assert {one.get("pageBreak") for one in long} == {"TABLE"}
