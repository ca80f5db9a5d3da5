"""A company and a solution to a funding plan with its alternatives, to the won (pure)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from advisor.domain.match import CriterionResult, Match, Verdict
from advisor.domain.money import format_krw
from advisor.domain.plan import AtCost, Cost, FundingPlan, PlanLine
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, Solution, SupportProgram
from advisor.matching.company import number_of
from advisor.matching.eligibility import judge_program, seoul_day
from advisor.matching.plan_cash import LATE, cash_by_month, months_of
from advisor.matching.plan_cost import cost_of
from advisor.matching.plan_grants import (
    Offer,
    amount_of,
    find_offers,
    grant_line,
    local_line,
)
from advisor.matching.plan_rules import find_conflicts, rules_for
from advisor.text import with_particle

TAX = "integrated-investment-tax-credit"
TAX_RATES = {
    "중소기업": Fraction(10, 100),
    "중견기업": Fraction(5, 100),
    "대기업": Fraction(1, 100),
}
IN_KIND_RULE = "funding-rules-in-kind-labour"
MAX_ALTERNATIVES = 3
STEPS = (Fraction(80, 100), Fraction(1), Fraction(120, 100))
# Funds for one purpose only, which a solution for something else cannot draw on.
SAFETY_LOANS = frozenset({"kosha-facility-loan"})
Judge = Callable[[SupportProgram], Match]


def make_plan(
    corpus: Corpus,
    profile: Profile,
    solution: Solution,
    *,
    cost_krw: int | None = None,
    today: date,
) -> FundingPlan:
    """Plan how a company can pay for a solution.

    Args:
        corpus: Programs and funding rules.
        profile: Facts stated so far; `self_fund_krw` decides how much is borrowed.
        solution: What is to be bought.
        cost_krw: What a quotation says; without it the record's range counts.
        today: Day in Asia/Seoul.

    Returns:
        The plan with the best grant; `alternatives` use another grant in its place or none, for
        one project takes one grant of a kind. Amounts no source states are None.
    """
    year = seoul_day(today).year

    def judge(program: SupportProgram) -> Match:
        return judge_program(program, profile, vocabulary=corpus.vocabulary, today=today)

    cost = cost_of(solution, cost_krw)
    offers = find_offers(corpus, profile, solution, judge, year=year)
    plans = [_plan(corpus, profile, solution, cost, offer, judge, year) for offer in offers]
    countable = [one for one, offer in zip(plans, offers, strict=True) if offer.is_countable]
    # What cannot be counted is shown beside, never in place of what can.
    rest = [one for one in plans if one not in countable]
    without = _plan(corpus, profile, solution, cost, None, judge, year)
    ordered = [*countable, *rest]
    first = countable[0] if countable else without
    others = [one for one in ordered if one is not first][:MAX_ALTERNATIVES]
    if first is not without:
        others.append(without)
    chosen = [line.record_id for line in first.lines]
    rivals = [line.record_id for one in others for line in one.lines if line.kind == "grant"]
    return replace(
        first,
        conflicts=find_conflicts(corpus, profile, chosen, tuple(dict.fromkeys(rivals))),
        rules=rules_for(corpus, chosen),
        alternatives=tuple(others),
    )


def _plan(
    corpus: Corpus,
    profile: Profile,
    solution: Solution,
    cost: Cost,
    offer: Offer | None,
    judge: Judge,
    year: int,
) -> FundingPlan:
    total, notes = cost.chosen, [cost.basis]
    lines: list[PlanLine] = []
    title = "보조금 없이 하는 계획"
    if offer is not None:
        title = f"{with_particle(offer.program.name, '을', '를')} 쓰는 계획"
        lines.append(grant_line(offer, total))
        notes += _grant_notes(offer, total)
        granted = lines[0].amount_krw
        left = None if total is None or granted is None else total - granted
        local = local_line(corpus, offer, profile, total, left)
        if local is not None:
            lines.append(local)
    else:
        notes.append("지금 자료로는 이 솔루션에 쓸 보조금을 넣지 않은 계획입니다")
    if total is None:
        return FundingPlan(
            solution.id, title, cost, tuple(lines), None, None, None, None,
            assumptions=tuple(notes), shares={} if offer is None or offer.rate is None else
            {offer.program.id: float(offer.rate)},
        )  # fmt: skip
    granted = sum(one.amount_krw or 0 for one in lines)
    rest = total - granted
    own, loan_lines, loan_notes = _own_and_loan(corpus, profile, solution, rest, judge, year)
    lines += loan_lines
    notes += loan_notes
    loan = rest - own
    credit, tax_line, tax_note = _tax(corpus, rest, judge)
    lines += [tax_line] if tax_line else []
    notes += [tax_note, *_in_kind_note(corpus, offer)]
    months, is_said = months_of(offer.program if offer else None)
    notes.append(
        f"사업 기간은 {months}개월로 보았습니다"
        + ("(자료의 최대 기간)" if is_said else "(자료에 없어 정한 값)")
    )
    if granted:
        notes.append(LATE)
    cash = cash_by_month(
        cost=total, in_kind=0, grants=granted, loan=loan, tax_credit=credit or 0, months=months
    )
    return FundingPlan(
        solution_id=solution.id,
        title=title,
        cost=cost,
        lines=tuple(lines),
        own_cash_krw=own,
        own_in_kind_krw=0,
        loan_krw=loan,
        tax_credit_krw=credit,
        assumptions=tuple(notes),
        cash=cash,
        peak_cash_krw=max((one.balance_krw for one in cash), default=0),
        sensitivity=_sensitivity(corpus, profile, cost, offer),
        shares={offer.program.id: float(offer.rate)} if offer and offer.rate is not None else {},
    )


def _grant_notes(offer: Offer, total: int | None) -> list[str]:
    notes = ["보조금은 심사로 정해지므로 선정되지 않으면 받을 수 없습니다"]
    if offer.rate is None:
        notes.append("지원 비율이 자료에 없어 보조금을 0원으로 두고 나머지를 계산했습니다")
    if offer.ceiling is None:
        notes.append("지원 한도가 자료에 없어 비율로만 계산했습니다")
    base = offer.base_ceiling
    if total is not None and base is not None and total > base:
        notes.append(
            f"사업비가 {format_krw(base)}을 넘는 부분은 한도 때문에 모두 기업이 부담합니다"
        )
    if offer.program.support.own_share:
        notes.append(f"자부담: {offer.program.support.own_share}")
    return notes


def _own_and_loan(
    corpus: Corpus,
    profile: Profile,
    solution: Solution,
    rest: int,
    judge: Judge,
    year: int,
) -> tuple[int, list[PlanLine], list[str]]:
    """Split what is left into own cash and a loan; return the cash, the lines and the notes."""
    fund = number_of(profile, "self_fund_krw")
    if fund is None:
        return (
            rest,
            [],
            ["쓸 수 있는 자기 자금을 알려 주시면 모자라는 만큼을 융자로 나누어 드립니다"],
        )
    missing = max(0, rest - fund)
    if missing == 0:
        return rest, [], [f"자기 자금 {format_krw(fund)} 안에서 부담할 수 있습니다"]
    loans = [
        one
        for one in find_offers(corpus, profile, solution, judge, kinds={"loan"}, year=year)
        if one.program.id not in SAFETY_LOANS or "안전" in solution.name
    ]
    if not loans:
        return (
            rest,
            [],
            [
                f"자기 자금 {format_krw(fund)}으로는 {format_krw(missing)}이 모자라지만 쓸 수 있는 융자를 찾지 못했습니다"
            ],
        )
    best = min(
        loans,
        key=lambda one: (
            one.match.verdict is not Verdict.ELIGIBLE,
            one.program.id != "policy-fund-2026",
        ),
    )
    amount = missing if best.ceiling is None else min(missing, best.ceiling)
    limit = "한도는 자료에 없습니다" if best.ceiling is None else f"한도 {format_krw(best.ceiling)}"
    terms = ", ".join(
        one
        for one in (
            best.program.support.loan_rate,
            best.program.support.loan_term,
            limit,
            _doubt(best.match),
        )
        if one
    )
    lines = [PlanLine(best.program.id, "loan", amount, terms)]
    notes = [f"자기 자금 {format_krw(fund)}으로 모자라는 {format_krw(amount)}을 융자로 채웠습니다"]
    if amount < missing:
        notes.append(
            f"융자 한도 때문에 {format_krw(missing - amount)}은 현금으로 더 마련해야 합니다"
        )
    lines += _guarantee(corpus, profile, solution, judge, amount, year)
    return rest - amount, lines, notes


def _guarantee(
    corpus: Corpus, profile: Profile, solution: Solution, judge: Judge, loan: int, year: int
) -> list[PlanLine]:
    found = find_offers(corpus, profile, solution, judge, kinds={"guarantee"}, year=year)
    for one in found:
        if one.rate is not None:
            amount = int(loan * one.rate)
            if one.ceiling is not None:
                amount = min(amount, one.ceiling)
            basis = f"담보가 모자랄 때 융자의 최대 {float(one.rate):.0%}를 보증합니다(돈이 더 나오는 것은 아닙니다)"
            doubt = _doubt(one.match)
            basis += f", {doubt}" if doubt else ""
            return [PlanLine(one.program.id, "guarantee", amount, basis)]
    return []


def _doubt(match: Match) -> str | None:
    return "자격은 확인이 더 필요합니다" if match.verdict is Verdict.UNKNOWN else None


def _tax(corpus: Corpus, own_part: int, judge: Judge) -> tuple[int | None, PlanLine | None, str]:
    """Return the credit on what the company itself invests, its line and a note."""
    program = corpus.programs.get(TAX)
    if program is None:
        return None, None, "세액공제 자료가 없습니다"
    match = judge(program)
    if match.verdict is Verdict.NOT_ELIGIBLE:
        return 0, None, f"통합투자세액공제는 넣지 않았습니다: {match.why}"
    sme = judge(
        program.model_copy(
            update={
                "criteria": (program.criteria[0].model_copy(update={"allowed": ("중소기업",)}),)
            }
        )
    ).criteria[0]
    if sme.result is CriterionResult.UNKNOWN:
        return None, None, "기업 규모를 알아야 세액공제율(중소 10%, 중견 5%)을 정할 수 있습니다"
    size = "중소기업" if sme.result is CriterionResult.MET else "중견기업"
    rate = TAX_RATES[size]
    credit = int(own_part * rate)
    basis = f"보조금을 뺀 기업 투자 {format_krw(own_part)}의 {float(rate):.0%}({size} 기본공제)"
    note = "세액공제는 낼 세금이 있을 때 다음 해 신고에서 돌려받으며, 대상 설비인지는 세무사와 확인해야 합니다"
    return credit, PlanLine(TAX, "tax_credit", credit, basis), note


def _in_kind_note(corpus: Corpus, offer: Offer | None) -> list[str]:
    if offer is None:
        return []
    if "현물" in (offer.program.support.own_share or ""):
        return [
            f"자부담 일부를 인건비 현물로 낼 수 있는지 확인해 주세요({offer.program.support.own_share})"
        ]
    rule = corpus.funding_rules.get(IN_KIND_RULE)
    return [f"인건비 현물은 넣지 않았습니다. {rule.statement}"] if rule is not None else []


def _sensitivity(
    corpus: Corpus, profile: Profile, cost: Cost, offer: Offer | None
) -> tuple[AtCost, ...]:
    assert cost.chosen is not None
    costs = {int(cost.chosen * step) for step in STEPS} | {
        one for one in (cost.low, cost.high) if one is not None
    }
    rows = []
    for one in sorted(costs):
        granted = 0
        if offer is not None:
            granted = amount_of(offer, one) or 0
            local = local_line(corpus, offer, profile, one, one - granted)
            granted += (local.amount_krw or 0) if local else 0
        rows.append(AtCost(one, granted, one - granted))
    return tuple(rows)


def plan_totals(plan: FundingPlan) -> int:
    """Return what the plan adds up to: the cost, to the won, where it is known."""
    paid: Sequence[int] = [
        one.amount_krw or 0 for one in plan.lines if one.kind in ("grant", "local")
    ]
    return sum(paid) + (plan.own_cash_krw or 0) + (plan.own_in_kind_krw or 0) + (plan.loan_krw or 0)
