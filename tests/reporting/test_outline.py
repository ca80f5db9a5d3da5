from dataclasses import replace

import pytest

from advisor.diagnosis.diagnose import diagnose
from advisor.diagnosis.present import labels
from advisor.domain.match import (
    CriterionResult,
    JudgedCriterion,
    Match,
    Verdict,
    WindowOnDay,
    WindowState,
)
from advisor.domain.profile import Fact, Profile
from advisor.reporting.blocks import Bullets, Paragraph, Scale, Table
from advisor.reporting.material import Material, ProgramChoice
from advisor.reporting.outline import make_outline
from advisor.reporting.support import own_share_words
from tests.builders import a_corpus, a_program
from tests.diagnosis.given import answers_of, diagnose_case, the_instrument
from tests.reporting.given import ABSTAINED, TODAY, outline_for, the_corpus


def material(case_id, profile=None, **changes):
    result = diagnose(the_instrument(), answers_of(case_id), profile or Profile())
    made = Material(
        instrument=the_instrument(), diagnosis=result, labels=labels(the_instrument(), result),
        profile=profile or Profile(), corpus=the_corpus(), today=TODAY,
    )  # fmt: skip
    return replace(made, **changes)


def section(outline, sheet):
    return next(one for one in outline.sections if one.sheet == sheet)


def table(outline, sheet, title):
    return next(
        one
        for one in section(outline, sheet).blocks
        if isinstance(one, Table) and one.columns[0].title == title
    )


def words(outline, sheet):
    """All words of a section."""
    said = []
    for block in section(outline, sheet).blocks:
        if isinstance(block, Bullets):
            said += [f"{lead} {rest}" for lead, rest in block.items]
        elif isinstance(block, Table):
            said += [cell.text for row in block.rows for cell in row]
        elif isinstance(block, Paragraph):
            said.append(block.text)
    return " ".join(said)


def test_a_company_without_a_level_is_told_none_and_what_to_answer():
    outline = outline_for(ABSTAINED)

    scale = next(one for one in section(outline, "요약").blocks if isinstance(one, Scale))
    assert (scale.current, scale.at) == (None, None)
    assert "수준을 내지 않았습니다" in words(outline, "요약")
    # The quick item of the missing dimension comes first, in the owner's words.
    assert "기록 방식 생산 실적과 검사 결과는 지금 어떻게 적고 계세요?" in words(outline, "요약")
    assert "준비 수준은 L" not in words(outline, "요약") + words(outline, "막는 것")
    data = next(row for row in table(outline, "점수", "차원").rows if row[0].text == "데이터")
    assert data[2].text == "확인 필요"


def test_what_pulls_the_level_down_is_named_with_what_would_lift_it():
    said = words(outline_for("EX-C"), "막는 것")

    assert "점수로는 L3이지만 ‘데이터’ 40.0점이 45점에 못 미쳐 L2까지로 봅니다" in said
    assert "63.9 → 69.9점, L2 → L3" in said


def test_the_goals_are_the_scores_that_the_next_level_asks_for():
    # L3 asks for 45 in 데이터, 공정과 표준, 시스템과 보안 and 25 in 방향과 과제, 사람과 조직.
    rows = table(outline_for("EX-C"), "점수", "차원").rows

    assert {row[0].text: row[5].text for row in rows if row[5].text != "–"} == {
        "방향과 과제": "25.0", "공정과 표준": "45.0", "데이터": "45.0", "시스템과 보안": "45.0",
        "사람과 조직": "25.0", "종합": "60.0",
    }  # fmt: skip


def test_every_item_stands_in_the_evidence_with_level_words_and_ground():
    rows = {row[1].text: row for row in table(outline_for("EX-A"), "문항별 근거", "차원").rows}

    assert len(rows) == 32
    assert [cell.text for cell in rows["DAT1 기록 방식"]][2:] == [
        "1 손으로",
        "종이 일보나 체크시트에 손으로 적는다(나중에 일부만 옮기는 것도 포함).",
        "손으로 쓴 작업일보 사진을 받음",
        "서류·화면·현장으로 확인",
    ]
    # Set by a skip rule, not asked.
    assert rows["DAT3 기록 이어 보기"][5].text == "다른 답에서 미루어 봄"


def test_the_road_map_has_the_tasks_of_the_diagnosis_in_their_stretch():
    rows = table(outline_for("EX-A"), "로드맵", "시기").rows

    assert [(row[0].text, row[1].text) for row in rows[:4]] == [
        ("0~3개월", "담당자와 주 4시간 정하기"),
        ("0~3개월", "[해결책] 불량 이름표와 사진 기록"),
        ("0~3개월", "주력 제품 기준 한 장"),
        ("3~6개월", "한 공정 전산 입력"),
    ]
    assert rows[0][4].text == "대표"
    assert rows[0][5].text == "맡을 사람과 시간 2 일부 이상"


def test_a_solution_that_is_near_names_the_gate_that_is_missing():
    # EX-A lacks one level in SYS3 and in PPL1 for S05.
    rows = {row[0].text: row for row in table(outline_for("EX-A"), "해결책", "해결책").rows}
    near = next(
        one
        for one in section(outline_for("EX-A"), "해결책").blocks
        if isinstance(one, Table) and one.columns[2].title == "모자란 조건"
    )

    assert "S03 불량 이름표와 사진 기록: 돈이 거의 안 듦, 6주" in rows
    assert near.rows[0][0].text.startswith("S05 설비 자료 수집(센서·게이트웨이): ")
    assert near.rows[0][2].text == (
        "통신과 서버 2 일부 이상(지금 1 손으로), 맡을 사람과 시간 2 일부 이상(지금 1 손으로)"
    )


def test_sensitive_facts_stay_out_of_a_report_that_is_handed_on():
    profile = Profile(
        {
            "biz_reg_no": Fact("1234567890", source="입력"),
            "employees_regular": Fact(12, source="말"),
            "revenue_krw_last": Fact(2_300_000_000, source="서류"),
        }
    )
    fields = the_corpus().vocabulary.profile_fields
    assert fields["biz_reg_no"].sensitivity == "민감"

    outline = make_outline(material("EX-A", profile))

    said = " ".join(cell.text for row in table(outline, "회사", "항목").rows for cell in row)
    assert "1234567890" not in repr(outline)
    assert "상시근로자 수 12명 말" in said


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"support": {"subsidy_rate": 0.7}}, "총사업비의 30% 이상(지원 비율에서 계산)"),
        ({"support": {"own_share": "민간 30%", "subsidy_rate": 0.5}}, "민간 30%"),
        # A guarantee ratio of 90 % does not mean that the company pays 10 %.
        ({"kind": "guarantee", "support": {"subsidy_rate": 0.9}}, "보증받은 대출을 갚아야 함"),
        ({"kind": "tax", "support": {"subsidy_rate": 0.25}}, "먼저 쓰고 세금에서 뺌"),
        ({"support": {"subsidy_rate": None}}, "확인 필요(자료에 없음)"),
    ],
)
def test_the_own_share_is_what_the_record_leaves_to_the_company(changes, expected):
    assert own_share_words(a_program(**changes)) == expected


def test_a_program_shows_verdict_window_and_what_is_still_to_be_known():
    program = a_program(id="sample-program-2026", support={"max_amount_krw": 50_000_000})
    criterion = JudgedCriterion(
        type="employees_regular", result=CriterionResult.UNKNOWN,
        because="직원 수를 알아야 합니다", words="상시근로자 50인 미만", missing="employees_regular",
    )  # fmt: skip
    match = Match(
        record_id=program.id, kind="program", score=1.0, verdict=Verdict.UNKNOWN,
        window=WindowOnDay(WindowState.CLOSED), criteria=(criterion,),
        missing=("employees_regular",),
    )  # fmt: skip
    corpus = replace(a_corpus(programs=[program]), vocabulary=the_corpus().vocabulary)

    outline = make_outline(
        material(
            "EX-A", corpus=corpus, programs=(ProgramChoice(match, "", "이미 마감되었습니다."),)
        )
    )

    row = table(outline, "지원사업", "지원사업").rows[0]
    assert [cell.text for cell in row[:5]] == [
        "시험 지원사업 [1]", "확인 필요", "이미 마감되었습니다.", "5,000만 원", "50%",
    ]  # fmt: skip
    assert row[3].value == 50_000_000
    assert "상시근로자 수" in words(outline, "열린 질문")


def test_contradictions_and_open_items_are_asked():
    # ED-5: two answers that do not fit. ED-1: a quick check, 24 items are open.
    doubtful = make_outline(material("ED-5"))
    quick = make_outline(material("ED-1"))

    assert "화면의 숫자는 어디서 오나요?" in words(doubtful, "열린 질문")
    open_rows = table(quick, "열린 질문", "문항").rows
    given = diagnose_case("ED-1").answers.values()
    assert len(open_rows) == sum(one.status.value in ("unknown", "not_asked") for one in given)


def test_the_report_says_that_an_ai_estimated_it_and_by_which_version_and_day():
    outline = outline_for("EX-B")

    assert "AI가 한 추정" in outline.notice
    assert "2026년 11월 25일에 smar32 0.1.0판" in words(outline, "방법과 한계")
    assert ("기준일", "2026년 11월 25일 (접수 기간과 마감은 이날 기준)") in outline.facts
