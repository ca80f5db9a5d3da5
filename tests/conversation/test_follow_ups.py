"""Short messages are understood from what stood before them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.domain.answer import Answer

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home), keep=False)
    yield built
    built.index.close()


def last(advisor: Advisor, *turns: str) -> Answer:
    consultation, answer = None, None
    for text in turns:
        answer = advisor.ask(text, consultation_id=consultation, today=TODAY)
        consultation = answer.consultation_id
    assert answer is not None
    return answer


def test_another_name_asks_what_was_asked_last(advisor):
    answer = last(advisor, "자율형공장 자부담 얼마예요?", "소공인 스마트공방은요?")
    assert answer.citations[0].record_id == "micro-manufacturer-smart"
    assert "기업 부담" in answer.text.splitlines()[0]


def test_which_of_the_two_compares_what_was_talked_of(advisor):
    answer = last(advisor, "AI바우처 마감 언제예요?", "산업바우처는요?", "둘 중에 뭐가 나아요?")
    cited = {one.record_id for one in answer.citations}
    assert cited == {"ai-voucher-2026", "industrial-voucher-2026"}


def test_that_company_is_the_company_not_the_machine_it_bought(advisor):
    answer = last(advisor, "부산 도금 회사 성공 사례 있어요?", "그 회사는 로봇에 얼마 썼대요?")
    assert answer.citations[0].record_id == "case-dongaplating"


def test_a_corrected_place_is_asked_again_for_the_place(advisor):
    answer = last(
        advisor, "울산에서 자동차부품 만드는데 상담 어디서 받아요?", "아 울산 아니고 경주예요"
    )
    assert answer.profile["factory_sido"] == "경북"
    assert answer.citations[0].record_id == "tp-gyeongbuk"


@pytest.mark.parametrize(
    ("reply", "field", "value"),
    [
        ("경남 김해요", "factory_sigungu", "김해시"),
        ("대구 달서구입니다", "factory_sido", "대구"),
        ("한 열다섯 명쯤", "employees_regular", 15),
        ("플라스틱 사출이요", "main_processes", ["사출"]),
    ],
)
def test_a_bare_reply_is_a_fact_whatever_was_asked(advisor, reply, field, value):
    answer = last(advisor, "공장에 AI를 넣고 싶어요", reply)
    kept = answer.profile[field]
    assert (list(kept) if isinstance(kept, (list, tuple)) else kept) == value


def test_another_place_asked_for_is_not_the_own_one(advisor):
    answer = last(advisor, "대구에 물어볼 데 있어요?", "부산은요?")
    assert answer.citations[0].record_id == "tp-busan"
    assert "factory_sido" not in answer.profile


def test_a_term_is_explained_in_plain_words_and_then_talked_of(advisor):
    first = last(advisor, "MES가 뭐예요?")
    assert "종이 일보를 대신" in first.text
    assert first.citations[0].record_id == "sol-mes"
    then = last(advisor, "예지보전이 뭐예요", "그거 비용은 얼마예요?")
    assert "sol-pdm" in [one.record_id for one in then.citations]


def test_an_answer_is_said_again_in_short(advisor):
    long = last(advisor, "자율형공장 지원금 얼마예요?")
    short = last(advisor, "자율형공장 지원금 얼마예요?", "너무 어려워요 쉽게 말해줘요")
    assert short.citations[0].record_id == long.citations[0].record_id
    assert short.text.startswith("짧게 말씀드리겠습니다")


def test_another_kind_of_help_leaves_the_program_talked_of(advisor):
    answer = last(advisor, "로봇 지원사업 알려줘요", "대출도 돼요?")
    kinds = {one.record_id for one in answer.citations}
    assert kinds & {"hana-smart-factory-loan", "policy-fund-2026", "ax-sprint-policy-fund-2026"}


def test_money_for_a_problem_is_money_that_pays_for_its_solution(advisor):
    answer = last(advisor, "사출 불량이 너무 많아요")
    assert "kosha-clean-workplace-2026" not in [one.record_id for one in answer.citations]


def test_a_list_of_what_a_company_is_is_read_as_facts(advisor):
    answer = last(advisor, "인천 남동공단 도금 15명")
    assert answer.profile["factory_sido"] == "인천"
    assert answer.profile["employees_regular"] == 15
    part = last(advisor, "용접하는 사람 3명이 그만뒀어요")
    assert "employees_regular" not in part.profile


def test_a_level_told_after_a_verdict_is_judged_again(advisor):
    answer = last(
        advisor, "경남 창원에서 기어 깎습니다. 직원 42명, 매출 80억", "우리가 제조AI특화 스마트공장 신청할 수 있습니까?",
        "아 그리고 작년에 중간1 수준확인 받았어요",
    )  # fmt: skip
    assert answer.profile["sf_level_official"] == "중간1"
    assert answer.verdicts[0]["verdict"] == "eligible"


def test_somebody_asks_how_ready_the_company_is(advisor):
    answer = last(advisor, "우리 회사 AI 준비 얼마나 됐는지 봐줘")
    assert answer.status == "asked_back"
    assert "그만" in answer.text


def test_another_one_is_of_the_same_kind_and_was_not_shown(advisor):
    answer = last(advisor, "용접 불량이 많아요. 사례 있어요?", "딴 회사는?")
    assert answer.citations[0].record_id.startswith("case-")
    shown = last(advisor, "용접 불량이 많아요. 사례 있어요?")
    assert answer.citations[0].record_id not in {one.record_id for one in shown.citations}


def test_a_centre_that_a_place_lacks_is_said_to_be_lacking(advisor):
    answer = last(advisor, "광주에 제조AI센터 있나요?")
    assert "광주에 있는 곳이 없습니다" in answer.text
    assert [one.record_id for one in answer.citations] == ["faq-028", "tp-gwangju"]


def test_a_short_question_keeps_the_language_of_the_talk(advisor):
    answer = last(advisor, "What is the AI voucher program?", "How much is it?")
    assert answer.text.startswith("**AI Voucher")


def test_a_funding_plan_is_told_in_english(advisor):
    answer = last(advisor, "Our tools keep breaking on the CNC", "give me a funding plan for it")
    assert answer.text.startswith("Funding plan for **Tool life prediction**")


def test_a_complaint_in_words_of_no_vocabulary_is_answered_by_what_is_made_for_it(advisor):
    answer = last(
        advisor, "새로 온 애들이 뭐만 하면 반장님을 쫓아다녀요 설명서는 캐비닛에 쌓여 있고"
    )
    assert answer.citations[0].record_id == "sol-llm"


def test_a_worry_told_with_facts_of_the_company_is_answered_too(advisor):
    answer = last(advisor, "열처리 공장인데 밤에 돌릴 인력이 없네요")
    assert answer.citations[0].record_id == "sol-robot"


def test_facts_without_a_complaint_are_noted_and_asked_on(advisor):
    answer = last(advisor, "안산에서 직원 30명 금속가공 공장을 합니다. 검사는 눈으로 봅니다.")
    assert answer.status == "asked_back"
    assert not answer.citations
