"""What a consultant's report holds besides scores: pictures, money, risks, evidence, appendix."""

from dataclasses import replace
from datetime import UTC, datetime

from advisor.conversation.report import outline_of
from advisor.diagnosis.answers import to_profile
from advisor.domain.diagnoses import KeptFile
from advisor.reporting.blocks import Heat, Scatter, Stairs, Table
from advisor.reporting.outline import make_outline
from advisor.reporting.render import ReportFormat, render_report
from tests.diagnosis.given import diagnose_case, the_cases, the_instrument
from tests.reporting.given import COMPANIES, TODAY, outline_for, the_corpus
from tests.reporting.reading import squeeze, text_of
from tests.reporting.test_outline import material, section, table, words


def chart(case_id, kind, sheet):
    return next(one for one in section(outline_for(case_id), sheet).blocks if isinstance(one, kind))


def test_the_heat_map_has_every_item_with_its_level_as_a_number():
    heat = chart("EX-A", Heat, "문항별 근거")
    tiles = {tile.name: tile for _, tiles in heat.rows for tile in tiles}

    assert [len(tiles) for _, tiles in heat.rows] == [4] * 8
    assert (tiles["풀고 싶은 문제"].value, tiles["풀고 싶은 문제"].words) == (2, "2")
    assert "프로그램 실제 사용 0" in heat.alt


def test_an_item_nobody_knows_is_no_zero_on_the_heat_map():
    heat = chart("ED-2", Heat, "문항별 근거")
    tile = next(tile for _, tiles in heat.rows for tile in tiles if tile.name == "기록 방식")
    assert (tile.value, tile.words) == (None, "모름")


def test_the_stairs_of_caps_go_from_the_level_of_the_score_to_the_final_one():
    # EX-C: 63.9 points are L3, data of 40.0 caps it at L2.
    stairs = chart("EX-C", Stairs, "막는 것")
    assert [(one.name, one.words) for one in stairs.stairs] == [
        ("점수로 본 수준", "L3"), ("데이터 상한", "L2까지"), ("최종 수준", "L2"),
    ]  # fmt: skip


def test_the_stairs_of_the_road_map_begin_with_the_score_of_today():
    stairs = chart("EX-C", Stairs, "로드맵")
    assert [one.words for one in stairs.stairs][:2] == ["63.9점 L2", "70.7점 L3"]


def test_the_scatter_shows_what_is_not_done_yet():
    shown = {one.name for one in chart("EX-C", Scatter, "해결책").points}
    done = {one.id for one in diagnose_case("EX-C").solutions if one.status == "done"}
    assert done
    assert shown.isdisjoint(done)
    assert len(shown) + len(done) == 20


def test_the_funding_plan_adds_up_to_the_won_and_the_tax_credit_stands_apart():
    rows = table(outline_for("EX-B"), "지원사업", "항목").rows
    names = [row[0].text for row in rows]
    total = names.index("합계(총사업비)")
    amounts = [row[2].value for row in rows]

    assert all(isinstance(one, int) for one in amounts)
    assert sum(amounts[:total]) == amounts[total]
    assert [row[1].text for row in rows[total + 1 :]] == ["세액공제(나중)"]


def test_every_solution_in_reach_names_a_case_with_a_number_or_says_there_is_none():
    blocks = section(outline_for("EX-B"), "해결책").blocks
    rows = [row for one in blocks if isinstance(one, Table) for row in one.rows]
    proofs = [row[4].text for row in rows]

    assert len(rows) == 18
    for proof in proofs:
        assert proof == "맞는 사례가 자료에 없음" or any(char.isdigit() for char in proof)
    assert sum("[" in one for one in proofs) >= 12


def test_a_loss_is_carried_to_a_year_and_says_how_firm_it_is():
    # EX-B: 6 million won a month, from a table of scrap.
    rows = table(outline_for("EX-B"), "문제와 손실", "손실").rows
    assert [row[1].value for row in rows] == [6_000_000, 72_000_000]
    assert rows[0][2].text.startswith("서류")
    untold = table(make_outline(material("EX-A")), "문제와 손실", "손실").rows
    assert [(row[1].text, row[1].value) for row in untold] == [("확인 필요", None)]


def test_a_risk_is_as_likely_as_the_level_that_holds_it_is_low():
    rows = {row[0].text: row for row in table(outline_for("EX-A"), "위험", "위험").rows}
    # SYS4 of EX-A is 0.
    assert rows["자료가 지워지거나 잠김"][1].text == "높음"
    unknown = {row[0].text: row for row in table(outline_for("ED-2"), "위험", "위험").rows}
    assert unknown["틀린 기록으로 AI를 가르침"][1].text == "확인 필요"


def test_evidence_files_are_listed_at_their_item_in_every_format():
    day = datetime(2026, 11, 24, 20, tzinfo=UTC)  # the 25th in Seoul
    kept = KeptFile("x", "DAT1", "작업 일보_11월.jpg", "사진", "image/jpeg", 123_456, day)
    profile = to_profile(the_cases()["EX-A"]["profile"], the_instrument(), "EX-A")
    outline = outline_of(
        the_instrument(), diagnose_case("EX-A"), profile, the_corpus(), today=TODAY,
        files=[kept, replace(kept, id="y", name="둘째.pdf", kind="PDF")],
    )  # fmt: skip

    row = next(
        one for one in table(outline, "문항별 근거", "차원").rows if one[1].text == "DAT1 기록 방식"
    )
    assert row[5].text == "서류·화면·현장으로 확인. 첨부: 작업 일보_11월.jpg, 둘째.pdf"
    listed = table(outline, "문항별 근거", "문항").rows[0]
    assert [one.text for one in listed] == [
        "DAT1 기록 방식", "작업 일보_11월.jpg", "사진", "121KB", "2026년 11월 25일",
    ]  # fmt: skip
    for one in ReportFormat:
        text = text_of(render_report(outline, one), one)
        assert text.count(squeeze("작업 일보_11월.jpg")) == 2, one


def test_the_appendix_has_the_sentences_of_all_levels_and_what_was_overridden():
    for case_id in COMPANIES:
        rows = table(outline_for(case_id), "부록", "문항").rows
        assert len(rows) == 32
        assert all(len(row) == 6 and all(cell.text for cell in row) for row in rows)
    assert "규칙으로 정해진 답을 고친 문항은 없습니다." in words(outline_for("EX-A"), "부록")
