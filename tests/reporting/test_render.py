from dataclasses import replace
from io import BytesIO

import pytest

from advisor.conversation.report import answers_in, report_outline
from advisor.domain.profile import Profile
from advisor.domain.readiness import ItemAnswer
from advisor.errors import BadInputError
from advisor.reporting.render import ReportFormat, render_report, save_report
from tests.diagnosis.given import answers_of, the_instrument
from tests.reporting.given import TODAY, the_corpus
from tests.reporting.reading import squeeze, text_of

# What spreadsheets, Markdown, HTML and Typst would read as their own, rare Hangul, Hanja.
SAID = '=1+1 [그림](javascript:alert(1)) <script>alert(1)</script> | 표 #read("/etc/passwd") 뷁 工場 $x_1$'


def outline_with_note(note):
    answers = [replace(one, note=note) if one.item == "DAT2" else one for one in answers_of("EX-A")]
    return report_outline(the_instrument(), answers, Profile(), the_corpus(), today=TODAY)


@pytest.mark.parametrize("report_format", ReportFormat)
def test_users_words_are_shown_as_typed_and_never_run(report_format):
    content = render_report(outline_with_note(SAID), report_format)

    assert squeeze(SAID) in text_of(content, report_format)


def test_no_cell_of_the_workbook_is_a_formula():
    import openpyxl

    book = openpyxl.load_workbook(
        BytesIO(render_report(outline_with_note(SAID), ReportFormat.XLSX))
    )

    assert not [
        cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"
    ]


@pytest.mark.parametrize("report_format", ReportFormat)
def test_a_letter_that_no_font_has_does_not_stop_a_report(report_format):
    content = render_report(outline_with_note("불량이 늘어요 😀"), report_format)

    assert squeeze("불량이 늘어요") in text_of(content, report_format)


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "보고서.docx").mkdir()  # a folder stands where the file should go

    with pytest.raises(BadInputError) as caught:
        save_report(b"new", tmp_path / "보고서.docx")

    assert "쓰지 못했습니다" in str(caught.value.user_message)
    assert [one.name for one in tmp_path.iterdir()] == ["보고서.docx"]


def test_a_saved_report_replaces_the_old_one_whole(tmp_path):
    out = tmp_path / "보고서.md"
    out.write_bytes(b"old and longer")

    save_report(b"new", out)

    assert out.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["보고서.md"]


def test_the_answers_of_a_consultation_are_those_of_its_diagnosis():
    meta = the_instrument().meta
    kept = {
        "instrument": meta.id,
        "instrument_version": meta.version,
        "answers": [{"item": "DAT1", "value": 1, "grade": "say", "note": "종이 일보"}],
    }

    (answer,) = answers_in({"diagnosis": kept}, the_instrument())

    assert isinstance(answer, ItemAnswer)
    assert (answer.item, answer.value, answer.note) == ("DAT1", 1, "종이 일보")
    with pytest.raises(BadInputError, match="준비도 진단의 답이 없습니다"):
        answers_in({}, the_instrument())
    with pytest.raises(BadInputError, match=r"9\.9\.9"):
        answers_in({"diagnosis": {**kept, "instrument_version": "9.9.9"}}, the_instrument())
