"""Funding plans, worked out by hand and held against their sums."""

import random
from datetime import date
from typing import Any

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.plan import FundingPlan
from advisor.domain.records import Corpus
from advisor.matching.plan import make_plan, plan_totals
from advisor.matching.plan_cash import cash_by_month
from advisor.matching.plan_present import plan_json
from tests.builders import a_corpus, a_funding_rule, a_profile, a_program, a_solution

TODAY = date(2026, 11, 24)
MADE = {"type": "industry", "words": "제조업", "ksic": ["C"]}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(PROJECT_ROOT / "corpus")


def a_grant(**changes: Any) -> Any:
    support = {"max_amount_krw": 100_000_000, "subsidy_rate": 0.5, **changes.pop("support", {})}
    window = {"opens_on": "2026-11-01", "closes_on": "2026-12-31", **changes.pop("window", {})}
    return a_program(criteria=[MADE], support=support, window=window, **changes)


def plan_of(corpus: Corpus, cost: int | None, **facts: Any) -> FundingPlan:
    facts = {"industry_ksic": "C25", "employees_regular": 30, **facts}
    solution = next(iter(corpus.solutions.values()))
    return make_plan(corpus, a_profile(**facts), solution, cost_krw=cost, today=TODAY)


def line(plan: FundingPlan, kind: str) -> int | None:
    return next((one.amount_krw for one in plan.lines if one.kind == kind), None)


def test_half_of_the_cost_up_to_the_ceiling_is_granted_and_the_rest_is_own() -> None:
    corpus = a_corpus(programs=[a_grant()], solutions=[a_solution()])

    below, at, above = (plan_of(corpus, cost) for cost in (199_999_999, 200_000_000, 260_000_001))

    assert [line(one, "grant") for one in (below, at, above)] == [
        99_999_999,
        100_000_000,
        100_000_000,
    ]
    assert [one.own_cash_krw for one in (below, at, above)] == [
        100_000_000,
        100_000_000,
        160_000_001,
    ]
    assert any("2억 원을 넘는 부분" in one for one in above.assumptions)
    assert not any("넘는 부분" in one for one in at.assumptions)


def test_what_the_own_fund_lacks_is_borrowed() -> None:
    loan = a_program(
        id="loan", name="시험 융자", kind="loan", criteria=[MADE],
        support={"max_amount_krw": 50_000_000, "subsidy_rate": None, "amount_basis": "loan_limit"},
    )  # fmt: skip
    corpus = a_corpus(programs=[a_grant(), loan], solutions=[a_solution()])

    enough = plan_of(corpus, 200_000_000, self_fund_krw=100_000_000)
    short = plan_of(corpus, 200_000_000, self_fund_krw=60_000_000)
    too_short = plan_of(corpus, 200_000_000, self_fund_krw=30_000_000)

    assert (enough.own_cash_krw, enough.loan_krw) == (100_000_000, 0)
    assert (short.own_cash_krw, short.loan_krw) == (60_000_000, 40_000_000)
    assert (too_short.own_cash_krw, too_short.loan_krw) == (50_000_000, 50_000_000)
    assert any("2,000만 원은 현금으로 더" in one for one in too_short.assumptions)


def test_a_local_share_counts_only_in_its_region_and_up_to_the_recognised_cost() -> None:
    rule = a_funding_rule(
        name="시험(경남, 2025) 부담 비율", related_programs=["sample-program-2026"], years=[2025],
        shares={"national": "50%", "local": "도 5%+시군 5%", "company": "40%"},
    )  # fmt: skip
    corpus = a_corpus(programs=[a_grant()], solutions=[a_solution()], funding_rules=[rule])

    here = plan_of(corpus, 300_000_000, factory_sido="경남")
    there = plan_of(corpus, 300_000_000, factory_sido="경북")

    # The grant's ceiling of 100 million is reached at 200 million: 10 percent of that.
    assert line(here, "local") == 20_000_000
    assert here.own_cash_krw == 180_000_000
    assert line(there, "local") is None


def test_the_tax_credit_is_on_the_own_part_and_stands_apart(corpus: Corpus) -> None:
    plan = make_plan(
        corpus, a_profile(employees_regular=30, industry_ksic="C25"), corpus.solutions["sol-ai-vision"],
        cost_krw=200_000_000, today=TODAY,
    )  # fmt: skip

    assert line(plan, "grant") == 100_000_000
    assert plan.tax_credit_krw == 10_000_000
    assert plan_totals(plan) == 200_000_000


def test_second_hand_machines_get_no_tax_credit(corpus: Corpus) -> None:
    plan = make_plan(
        corpus, a_profile(employees_regular=30, industry_ksic="C25", asset_condition="중고"),
        corpus.solutions["sol-ai-vision"], cost_krw=200_000_000, today=TODAY,
    )  # fmt: skip

    assert plan.tax_credit_krw == 0


def test_a_solution_without_a_price_leaves_every_amount_open_and_says_so(corpus: Corpus) -> None:
    plan = make_plan(
        corpus, a_profile(employees_regular=30, industry_ksic="C25"), corpus.solutions["sol-aps"],
        today=TODAY,
    )  # fmt: skip
    plain = plan_json(plan)

    assert plain["project_cost_krw"] is None
    assert [plain[one] for one in ("own_cash_krw", "loan_krw", "tax_credit_krw")] == [None] * 3
    assert all(one["amount_krw"] is None for one in plain["lines"])
    assert "비용은 자료에 없습니다" in plan.assumptions[0]


def test_a_range_is_planned_with_its_middle_and_shown_at_both_ends(corpus: Corpus) -> None:
    plan = make_plan(
        corpus, a_profile(employees_regular=30, industry_ksic="C25"), corpus.solutions["sol-pdm"],
        today=TODAY,
    )  # fmt: skip

    assert (plan.cost.low, plan.cost.chosen, plan.cost.high) == (
        50_000_000,
        125_000_000,
        200_000_000,
    )
    assert {one.cost_krw for one in plan.sensitivity} >= {50_000_000, 200_000_000}


def test_an_unstated_share_is_no_amount() -> None:
    corpus = a_corpus(programs=[a_grant(support={"subsidy_rate": None})], solutions=[a_solution()])
    plan = plan_of(corpus, 100_000_000)
    beside = plan.alternatives[0]

    assert line(plan, "grant") is None
    assert (plan.own_cash_krw, plan.title) == (100_000_000, "보조금 없이 하는 계획")
    assert (beside.lines[0].record_id, beside.lines[0].amount_krw) == ("sample-program-2026", None)


def test_a_line_is_certain_only_where_open_and_nothing_is_left_to_confirm() -> None:
    def certain(**changes: Any) -> bool:
        corpus = a_corpus(programs=[a_grant(**changes)], solutions=[a_solution()])
        return plan_of(corpus, 100_000_000).lines[0].certain

    assert certain()
    assert not certain(window={"closes_on": "2026-11-20"})
    assert not certain(human_conditions=["과제가 새로워야 합니다."])


def test_the_same_grant_twice_is_named_with_its_rule_and_source(corpus: Corpus) -> None:
    plan = make_plan(
        corpus, a_profile(employees_regular=30, industry_ksic="C25"), corpus.solutions["sol-ai-vision"],
        cost_krw=200_000_000, today=TODAY,
    )  # fmt: skip
    found = {one.record_id: one for one in plan.conflicts}
    rule = found["funding-rules-upgrade-repeat"]

    assert set(rule.between) == {
        "govt-general-advanced-factory-2026",
        "ministry-collab-smart-factory-2026",
    }
    assert rule.url == "https://cm.asiae.co.kr/article/2026020909313684856"
    assert "funding-rules-robot-combination" not in found


def test_money_is_needed_before_the_grant_comes() -> None:
    rows = cash_by_month(
        cost=100_000_001, in_kind=0, grants=50_000_000, loan=20_000_000, tax_credit=0, months=3
    )

    assert [one.pay_krw for one in rows] == [33_333_333, 33_333_333, 33_333_335, 0]
    assert [one.receive_krw for one in rows] == [20_000_000, 0, 0, 50_000_000]
    assert [one.balance_krw for one in rows] == [13_333_333, 46_666_666, 80_000_001, 30_000_001]


def test_every_plan_adds_up_to_the_won(corpus: Corpus) -> None:
    chance = random.Random(7)
    solutions = list(corpus.solutions.values())
    for _ in range(150):
        facts: dict[str, Any] = {
            "employees_regular": chance.choice([3, 9, 30, 120, 260]),
            "industry_ksic": chance.choice(["C10", "C25", "C30", "C24"]),
            "factory_sido": chance.choice(["경남", "인천", "충북", "경기", "전북"]),
            "sf_built": chance.choice(["없음", "정부 지원으로 구축"]),
            "self_fund_krw": chance.randrange(0, 300_000_000),
            "revenue_krw_3y_avg": chance.randrange(100_000_000, 60_000_000_000),
        }
        cost = chance.randrange(1, 1_500_000_000)
        made = make_plan(
            corpus, a_profile(**facts), chance.choice(solutions), cost_krw=cost, today=TODAY
        )
        for plan in (made, *made.alternatives):
            parts = [one.amount_krw or 0 for one in plan.lines if one.kind in ("grant", "local")]
            own = (plan.own_cash_krw or 0, plan.own_in_kind_krw or 0, plan.loan_krw or 0)
            assert sum(parts) + sum(own) == cost
            assert min([*parts, *own]) >= 0
            assert sum(one.pay_krw for one in plan.cash) == cost
            assert sum(one.receive_krw for one in plan.cash) == sum(parts) + (plan.loan_krw or 0)
            grant = next(
                (one for one in plan.lines if one.kind == "grant" and one.amount_krw), None
            )
            if grant is not None:
                ceiling = corpus.programs[grant.record_id].support.max_amount_krw
                assert ceiling is None or (grant.amount_krw or 0) <= ceiling
            loan = next((one for one in plan.lines if one.kind == "loan"), None)
            assert (loan.amount_krw if loan else 0) == plan.loan_krw
