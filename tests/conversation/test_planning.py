"""Funding plans in the talk, and the verdicts that an answer carries."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.conversation.planning import COST, PLAN
from advisor.domain.answer import Answer
from advisor.domain.numbers import read_won

TODAY = date(2026, 11, 24)
OWNER = {
    "employees_regular": 30,
    "factory_sido": "경기",
    "industry_text": "금속가공",
    "sf_built": "없음",
}


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home), keep=False)
    yield built
    built.index.close()


def talk(advisor: Advisor, *messages: str) -> Answer:
    own = advisor.new_consultation()
    advisor.set_profile(own, OWNER)
    return [advisor.ask(one, consultation_id=own, today=TODAY) for one in messages][-1]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("자금 계획 짜 줘", True), ("돈이 얼마나 들어요?", True), ("도입 계획 좀 세워 주세요", True),
     ("생산 계획 짜 줘", False), ("생산계획을 엑셀로 세우는데 힘들어요", False), ("지원금 얼마예요?", False)],
)  # fmt: skip
def test_a_plan_of_money_is_told_from_a_plan_of_production(said: str, wanted: bool) -> None:
    assert bool(PLAN.search(said)) is wanted


def test_the_cost_is_what_was_said_of_the_cost_not_of_the_own_fund() -> None:
    said = "자기 자금은 3천만원인데 견적이 1억 2천만원이에요"
    found = COST.search(said)
    assert found is not None
    assert read_won(found[1]) == 120_000_000


def test_a_plan_with_a_quotation_says_grant_and_own_cash_with_a_source_each(
    advisor: Advisor,
) -> None:
    answer = talk(advisor, "AI 비전 검사 견적이 1억원입니다. 자금 계획 세워줘")

    # Half of the cost is the usual share; the other half is the company's.
    assert answer.status.value == "answered"
    assert "보조금: 5,000만 원" in answer.text
    assert "자기 현금: 5,000만 원" in answer.text
    assert answer.citations[0].kind == "solution"
    granted = [one for one in answer.citations if one.kind == "program"]
    assert granted
    assert all(f"[{one.label}]" in answer.text for one in granted)


def test_a_plan_without_a_thing_to_buy_asks_what_for(advisor: Advisor) -> None:
    answer = talk(advisor, "자금 계획 세워줘")

    assert answer.status.value == "asked_back"
    assert "무엇을 도입하는" in answer.text


def test_the_cost_of_what_was_just_shown_is_planned(advisor: Advisor) -> None:
    answer = talk(advisor, "카메라로 불량 검사를 하고 싶어요", "돈이 얼마나 들어요?")

    assert "자금 계획입니다" in answer.text
    assert answer.citations[0].kind == "solution"


def test_recommended_programs_come_with_their_verdicts(advisor: Advisor) -> None:
    answer = talk(advisor, "받을 수 있는 지원사업이 있나요?")

    programs = [one.record_id for one in answer.citations if one.kind == "program"]
    assert programs
    assert [one["record_id"] for one in answer.matches] == programs
    for one in answer.matches:
        assert one.keys() >= {"verdict", "window", "criteria", "missing", "why", "citations"}
        assert one["verdict"] in ("eligible", "unknown", "not_eligible")


def test_a_question_of_fact_carries_no_verdicts(advisor: Advisor) -> None:
    assert talk(advisor, "AI 바우처 접수는 언제인가요?").matches == ()
