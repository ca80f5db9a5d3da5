"""The readiness view's HTML from plain values."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from advisor.conversation.desk import Sheet
from advisor.conversation.report import outline_of
from advisor.corpus.readiness_english import load_english
from advisor.diagnosis.answers import to_profile
from advisor.diagnosis.collect import collect
from advisor.domain.diagnoses import KeptAnswer, KeptDiagnosis, KeptFile
from advisor.domain.readiness import AnswerStatus, ItemAnswer
from advisor.domain.readiness_english import in_english
from advisor.reporting.blocks import Cell, Column, Outline, Paragraph, Section, Table
from advisor.ui.diagnosis_view import render_bar, render_form, render_intro
from advisor.ui.outline_html import Look, links_of, render_block
from advisor.ui.result_view import render_old_result, render_result
from tests.diagnosis.given import ROOT, diagnose_case, the_cases, the_instrument
from tests.reporting.given import ABSTAINED, TODAY, outline_for, the_corpus

WHEN = datetime(2026, 11, 25, 9, tzinfo=UTC)


def sheet_with(*answers: ItemAnswer, is_full: bool = False, case: str = "", version: str = "") -> Sheet:  # fmt: skip
    instrument = the_instrument()
    return Sheet(
        instrument,
        KeptDiagnosis(
            1, version or instrument.meta.version, is_full, WHEN, WHEN if case else None,
            tuple(KeptAnswer(one) for one in answers), diagnose_case(case) if case else None,
        ),
        collect(instrument, answers),
    )  # fmt: skip


def said(item: str, value: int, note: str = "") -> ItemAnswer:
    return ItemAnswer(item, AnswerStatus.ANSWERED, value, "detail", note)


def test_the_short_form_has_one_item_a_dimension_and_the_full_one_all() -> None:
    quick, full = render_form(sheet_with()), render_form(sheet_with(is_full=True))
    assert len(re.findall(r'<form class="item"', quick)) == 8
    assert len(re.findall(r'<form class="item"', full)) == 32
    assert len(re.findall(r'<section class="dimension"', quick)) == 8
    assert f"{len(the_instrument().items)}문항" in render_intro(the_instrument())


def test_what_was_answered_is_chosen_again_and_no_words_become_markup() -> None:
    form = render_form(sheet_with(said("DAT1", 1, "<b>종이</b>")))
    item = re.search(r'<form class="item" data-item="DAT1".*?</form>', form, re.S)
    assert item is not None
    assert re.findall(r'value="(\w+)" checked', item[0]) == ["1"]
    assert 'value="detail" selected' in item[0]
    assert "&lt;b&gt;종이&lt;/b&gt;" in item[0]
    assert "<b>종이" not in form


def test_levels_are_offered_by_their_sentences_and_never_by_numbers() -> None:
    form = render_form(sheet_with(is_full=True))
    labels = re.findall(r"<span>([^<]*)</span>", form)
    anchors = {one.text for item in the_instrument().items for one in item.anchors}
    assert anchors <= set(labels)
    assert not any(re.match(r"[0-4][.)\s]|L[0-4]", one) for one in labels)


def test_the_bar_counts_and_tells_what_the_answers_settled() -> None:
    # SK3: without any program, connecting them is settled too.
    bar = render_bar(sheet_with(said("SYS1", 0)))
    assert "8문항 가운데 1문항 답함" in bar
    assert the_instrument().item_by_id["SYS2"].label in bar
    hint = render_bar(sheet_with(said("SYS1", 0)), hint="까닭을 적어 주세요.", needs="SYS2")
    assert 'data-needs="SYS2"' in hint
    assert 'role="alert">까닭을' in hint
    assert "저장됨" not in hint


def test_an_item_that_a_rule_settles_says_why_and_asks_for_the_reason_of_another_level() -> None:
    form = render_form(sheet_with(said("SYS1", 0), is_full=True))
    item = re.search(r'<form class="item" data-item="SYS2".*?</form>', form, re.S)
    assert item is not None
    assert "이을 프로그램이 없다." in item[0]
    assert '<label class="reason">' in item[0]
    assert '<label class="reason" hidden>' in form


def test_the_result_shows_level_range_pictures_gates_and_downloads() -> None:
    page = render_result(sheet_with(case="EX-A"), outline_for("EX-A"))
    result = diagnose_case("EX-A")
    name = next(one.name for one in the_instrument().levels if one.level == result.level)
    assert f"<h2>L{result.level} {name}</h2>" in page
    assert f"{result.overall_low:.1f}~{result.overall_high:.1f}점" in page
    assert {"radar", "bars", "timeline", "scale"} <= set(re.findall(r'class="chart (\w+)"', page))
    named = re.findall(r'<svg[^>]* role="img" aria-label="[^"]{20,}"', page)
    assert len(named) == page.count("<svg")
    assert "모자란 조건" in page
    # The summary stands open; every other part is folded under its name.
    before, _, after = page.partition('<details class="card part"')
    assert "한 쪽 요약" in before
    assert "가능한 해결책" not in before
    assert after.count("<summary><h3>") == len(outline_for("EX-A").sections) - 2
    assert "공식 수준확인을 대신하지 않습니다" in page
    assert set(re.findall(r'data-report="(\w+)"', page)) == {"docx", "pdf", "xlsx", "hwpx", "md"}
    assert re.search(r'<a class="ref" href="https?://[^"]+" target="_blank"', page)


def test_a_mark_leads_to_the_record_behind_it() -> None:
    outline, corpus = outline_for("EX-B"), the_corpus()
    page = render_result(
        sheet_with(case="EX-B"), outline, look=Look("ko", lambda one: corpus.record(one))
    )
    marks = set(re.findall(r'data-jump="(ref-\d+)"', page))
    entries = set(re.findall(r'<li id="(ref-\d+)"', page))
    assert marks
    assert marks <= entries
    plan = next(one for one in outline.references() if one.record_id == "sol-ai-vision")
    entry = page.partition(f'<li id="ref-{plan.label}"')[2].partition("</li>")[0]
    assert str(corpus.solutions["sol-ai-vision"].cost_range_krw) in entry


def test_the_english_page_has_no_korean_but_records_and_words_of_people() -> None:
    english = in_english(the_instrument(), load_english(ROOT / "corpus", the_instrument()))
    profile = to_profile(the_cases()["EX-C"]["profile"], the_instrument(), "EX-C")
    for case in ("EX-C", ABSTAINED):
        outline = outline_of(
            english, diagnose_case(case), profile, the_corpus(), today=TODAY, language="en"
        )
        sheet = replace(sheet_with(said("DAT1", 1), is_full=True, case=case), instrument=english)
        page = render_result(sheet, outline, look=Look("en"))
        own = re.sub(
            r'<td data-column="(Note|In the catalog|Measured case|May pay for it)">.*?</td>',
            "",
            page,
        )
        own = re.sub(r'<ol class="references">.*?</ol>|data-part="[^"]*"|title="[^"]*"', "", own)
        own = re.sub("|".join(the_instrument().smart_factory_estimate.levels), "", own)
        assert re.findall("[가-힣]+", own) == []
    form = (
        render_form(sheet, "cid", "en")
        + render_bar(sheet, language="en")
        + render_intro(english, "en")
    )
    assert re.findall("[가-힣]+", form) == []


def test_english_and_korean_results_tell_the_same_numbers() -> None:
    english = in_english(the_instrument(), load_english(ROOT / "corpus", the_instrument()))
    profile = to_profile(the_cases()["EX-C"]["profile"], the_instrument(), "EX-C")
    outline = outline_of(
        english, diagnose_case("EX-C"), profile, the_corpus(), today=TODAY, language="en"
    )
    result = diagnose_case("EX-C")
    rows = next(
        one for one in next(x for x in outline.sections if x.sheet == "점수").blocks
        if isinstance(one, Table)
    ).rows  # fmt: skip
    assert [row[1].text for row in rows] == [
        f"{one.score:.1f}" for one in result.dimensions.values()
    ]
    said = " ".join(
        one.text for x in outline.sections for one in x.blocks if isinstance(one, Paragraph)
    )
    assert "Overall 63.9 of 100, readiness L2" in said


def test_files_of_an_item_are_shown_can_be_opened_and_taken_out() -> None:
    kept = KeptFile("id1", "DAT1", "<일보>.jpg", "사진", "image/jpeg", 2048, WHEN)
    form = render_form(replace(sheet_with(said("DAT1", 1)), files=(kept,)), "c/1")
    item = re.search(r'<form class="item" data-item="DAT1".*?</form>', form, re.S)
    assert item is not None
    assert 'href="api/v1/consultations/c%2F1/evidence/id1"' in item[0]
    assert "&lt;일보&gt;.jpg" in item[0]
    assert "2KB" in item[0]
    assert 'data-unfile="id1"' in item[0]
    assert '<details class="ground" open>' in item[0]
    assert "파일 1개" in item[0]


def test_without_a_level_the_page_says_so_and_what_to_answer() -> None:
    page = render_result(sheet_with(case=ABSTAINED), outline_for(ABSTAINED))
    assert "<h2>아직 수준을 내지 않았습니다</h2>" in page
    assert "수준을 보려면 먼저 답해 주세요" in page
    assert not re.search(r"<h2>L[0-4]", page)


def test_a_result_of_an_older_version_is_shown_as_it_was() -> None:
    page = render_old_result(sheet_with(case="EX-A", version="0.0.1"))
    assert "0.0.1판" in page
    assert f"{diagnose_case('EX-A').overall:.1f}" in page


def test_a_long_table_folds_its_rest_and_loses_no_row() -> None:
    rows = tuple((Cell(f"줄 {number}"),) for number in range(12))
    html = render_block(Table("", (Column("이름"),), rows), {})
    shown, _, folded = html.partition("<details")
    assert shown.count("<td") == 5
    assert folded.count("<td") == 7
    assert "나머지 7줄" in folded


def test_a_number_without_a_source_of_ours_stays_words_and_markup_is_escaped() -> None:
    outline = Outline("t", "", TODAY, "", (Section("1. t", "t", (Paragraph("<i> [7]"),)),))
    html = render_block(outline.sections[0].blocks[0], links_of(outline))
    assert html == '<p class="plain">&lt;i&gt; [7]</p>'
