"""Real announcements and made files beside the checkout, against facts that others wrote down."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.corpus.documents import read_document
from advisor.corpus.extract import extracted, rows
from advisor.corpus.formats.ocr import is_installed
from advisor.domain.passages import Document
from advisor.errors import BadInputError

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "documents"
EXPECTED = FOLDER / "expected.yaml"
FILES: dict[str, dict[str, Any]] = (
    {one["file"]: one for one in yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))["files"]}
    if EXPECTED.exists()
    else {}
)
FORMATS = {
    "hwp5": "x-hwp",
    "hwpx": "hwp+zip",
    "docx": "wordprocessing",
    "xlsx": "spreadsheetml",
    "pptx": "presentationml",
    "xls": "vnd.ms-excel",
}
pytestmark = pytest.mark.skipif(not FILES, reason="the shared fixtures are not beside the checkout")


def named(*keys: str) -> list[str]:
    """Return the files of which any of the facts is known."""
    return [name for name, one in FILES.items() if any(key in one for key in keys)]


@cache
def document(name: str) -> Document:
    return read_document(FOLDER / name)


def tight(text: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", str(text)))


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def whole(found: Document) -> str:
    return tight("".join(page.text for page in found.pages))


def holds(found: list[list[str]], cells: list[object]) -> bool:
    """Tell whether one row holds the cells in their order."""
    wanted = [tight(cell) for cell in cells]
    for row in found:
        rest = iter(tight(cell) for cell in row)
        if all(any(cell == one for one in rest) for cell in wanted):
            return True
    return False


def refused(name: str) -> bool:
    one = FILES[name]
    return "without_password" in one or one.get("text_layer") is False


@pytest.mark.parametrize("name", [name for name in FILES if not refused(name)])
def test_every_file_reads_as_what_it_is_and_not_as_it_is_named(name):
    found = document(name)

    kind = FILES[name]["container"]
    assert FORMATS.get(kind, kind) in found.media_type
    assert whole(found)


@pytest.mark.parametrize("name", named("phrases", "notes_phrase", "nested_table_phrases"))
def test_phrases_are_in_the_text(name):
    one = FILES[name]
    phrases = [*one.get("phrases", []), *one.get("nested_table_phrases", [])]
    phrases += [one["notes_phrase"]] if "notes_phrase" in one else []

    text = whole(document(name))

    assert [phrase for phrase in phrases if tight(phrase) not in text] == []


@pytest.mark.parametrize("name", named("phrases_on_page"))
def test_phrases_are_on_their_page(name):
    found = document(name)

    missing = [
        one
        for one in FILES[name]["phrases_on_page"]
        if tight(one["text"]) not in tight(found.pages[one["page"] - 1].text)
    ]
    assert missing == []


@pytest.mark.parametrize("name", named("exact_spacing_on_page"))
def test_spaces_are_neither_lost_nor_added(name):
    found = document(name)

    missing = [
        (page, phrase)
        for page, phrase in FILES[name]["exact_spacing_on_page"]
        if phrase not in spaced(found.pages[page - 1].text)
    ]
    assert missing == []


@pytest.mark.parametrize("name", named("rows", "rows_on_page"))
def test_rows_stay_rows(name):
    found = document(name)
    outer = [table for table in found.tables if table.inside is None]
    for one in FILES[name].get("rows", []):
        if "table" in one:
            row = rows(outer[one["table"] - 1])[one["row"]]
            assert holds([row], one["cells"]), one
        elif "sheet" in one:
            sheet = [table for table in outer if found.pages[table.page].name == one["sheet"]]
            assert holds([row for table in sheet for row in rows(table)], one["cells"]), one
        else:
            assert holds([row for table in outer for row in rows(table)], one["cells"]), one
    for page, cells in FILES[name].get("rows_on_page", []):
        there = [table for table in outer if found.pages[table.page].number == page]
        assert holds([row for table in there for row in rows(table)], cells), (page, cells)


@pytest.mark.parametrize("name", named("tables_total", "tables_top_level"))
def test_tables_are_counted_with_those_inside_tables(name):
    one = FILES[name]
    tables = document(name).tables

    nested = sum(table.inside is not None for table in tables)
    if "tables_total" in one:
        assert len(tables) == one["tables_total"]
    if "tables_top_level" in one:
        assert len(tables) - nested == one["tables_top_level"]
        assert nested == one.get("tables_nested", 0)


@pytest.mark.parametrize("name", named("largest_tables"))
def test_large_tables_keep_their_shape_and_their_merged_cells(name):
    outer = [table for table in document(name).tables if table.inside is None]
    shapes = sorted(
        (
            max(cell.row + cell.row_span for cell in table.cells),
            max(cell.column + cell.column_span for cell in table.cells),
            sum(cell.row_span > 1 or cell.column_span > 1 for cell in table.cells),
        )
        for table in outer
    )

    for one in FILES[name]["largest_tables"]:
        assert (one["rows"], one["cols"], one["merged_cells"]) in shapes


@pytest.mark.parametrize("name", [one for one in named("pages", "slides") if not refused(one)])
def test_pages_and_slides_are_numbered_from_one(name):
    one = FILES[name]

    numbers = [page.number for page in document(name).pages]

    assert numbers == list(range(1, 1 + int(one.get("pages") or one["slides"])))


@pytest.mark.parametrize("name", named("without_password"))
def test_a_locked_file_is_refused_with_the_word_password(name):
    with pytest.raises(BadInputError) as caught:
        read_document(FOLDER / name)

    assert "암호" in caught.value.user_message.text


@pytest.mark.parametrize("name", named("text_layer"))
def test_a_scan_is_said_to_be_one_or_to_be_recognised(name):
    if is_installed():
        found = document(name)
        assert any("글자 인식(OCR)" in remark for remark in found.remarks)
        assert "소형모듈원자로" in whole(found)
        return
    with pytest.raises(BadInputError) as caught:
        read_document(FOLDER / name)

    assert "그림(스캔)" in caught.value.user_message.text


@pytest.mark.parametrize("name", named("headings"))
def test_styled_headings_keep_their_level(name):
    found = [[section.level, section.title] for section in document(name).sections]

    assert found == FILES[name]["headings"]


@pytest.mark.parametrize("name", named("must_not_be_the_text", "must_not_contain"))
def test_what_is_not_the_text_stays_out_of_it(name):
    one = FILES[name]
    text = whole(document(name))

    banned = [*one.get("must_not_contain", []), one.get("must_not_be_the_text")]
    assert [phrase for phrase in banned if phrase and tight(phrase) in text] == []


@pytest.mark.parametrize("name", named("encoding"))
def test_text_is_decoded_whole(name):
    one = FILES[name]
    found = document(name)

    assert "\ufffd" not in whole(found)
    if "records" in one:
        table = rows(found.tables[0])
        assert (len(table), max(map(len, table))) == (one["records"], one["columns"])
    if "cell_with_newline" in one:
        assert any(
            one["cell_with_newline"] in cell for row in rows(found.tables[0]) for cell in row
        )


@pytest.mark.parametrize("name", named("twin_pdf"))
def test_a_pdf_and_its_hancom_twin_say_the_same(name):
    """Words of three and more syllables of one are nearly all in the other."""
    words = re.findall(r"[가-힣]{3,}", " ".join(page.text for page in document(name).pages))
    twin = whole(document(FILES[name]["twin_pdf"]))

    assert sum(word in twin for word in words) >= 0.97 * len(words)


@pytest.mark.skipif("made_notice.xlsx" not in FILES, reason="no workbook")
def test_a_workbook_names_its_hidden_sheet_merged_cells_and_uncomputed_formula():
    found = document("made_notice.xlsx")
    plain = extracted(found)

    assert plain["metadata"]["hidden_sheets"] == ("숨김시트",)
    assert [page["name"] for page in plain["pages"]] == ["추진일정", "금액", "숨김시트"]
    assert plain["tables"][0]["merged"] == [[0, 0, 1, 5]]
    assert "=B2+B3" in found.pages[1].text
    assert json.dumps(plain, ensure_ascii=False)


@pytest.mark.skipif("made_pdf_two_columns.pdf" not in FILES, reason="no columns")
def test_two_columns_are_read_one_after_the_other_without_what_repeats():
    one = FILES["made_pdf_two_columns.pdf"]
    text = " ".join(page.text for page in document("made_pdf_two_columns.pdf").pages)

    numbers = [int(found) for found in re.findall(r"시험\s?문장\s?(\d\d)번", text)]
    assert numbers == list(range(1, one["sentences"] + 1))
    assert one["repeated_header"] not in text
    assert one["repeated_footer"] not in text


@pytest.mark.skipif("made_pdf_rotated_outline_attachment.pdf" not in FILES, reason="no outline")
def test_bookmarks_are_sections_and_attachments_are_named():
    one = FILES["made_pdf_rotated_outline_attachment.pdf"]
    plain = extracted(document("made_pdf_rotated_outline_attachment.pdf"))

    sections = [[section["title"], section["page"]] for section in plain["sections"]]
    assert all(mark in sections for mark in one["outline"])
    assert list(plain["metadata"]["attachments"]) == one["attachments"]


@pytest.mark.skipif("made_notice.docx" not in FILES, reason="no document")
def test_headers_and_footers_are_kept_apart_from_the_text():
    one = FILES["made_notice.docx"]
    plain = extracted(document("made_notice.docx"))

    assert one["header_phrase"] in plain["metadata"]["headers"][0]
    assert one["footer_phrase"] in plain["metadata"]["footers"][0]
    assert one["header_phrase"] not in plain["pages"][0]["text"]
