"""A funding plan in a few sentences with the sources it rests on (pure)."""

from advisor.answering.draft import Draft
from advisor.answering.english import window_in_english
from advisor.answering.facts import english_headline
from advisor.answering.statements import APPLIED_FOR
from advisor.answering.wording import won_en
from advisor.domain.money import format_krw
from advisor.domain.plan import FundingPlan, PlanLine
from advisor.domain.records import Solution

LINES = {
    "grant": "보조금",
    "local": "지방비",
    "loan": "융자",
    "guarantee": "보증(돈이 더 나오는 것은 아닙니다)",
    "tax_credit": "세액공제(나중에, 합계와 별도)",
}
MAX_ASSUMPTIONS, MAX_CONFLICTS, MAX_OTHERS = 2, 2, 2


def answer_plan(draft: Draft, solution: Solution, plan: FundingPlan) -> None:
    """Say what a solution costs and who could pay it; what no source states is said.

    Every amount is the plan's own; each line cites the record that it comes from.
    """
    basis = plan.cost.basis.rstrip(".")
    draft.say(
        f"**{solution.title}**의 자금 계획입니다. {basis}.",
        solution.id,
        solution.cost_range_krw or basis,
    )
    for line in plan.lines:
        draft.say(_line(draft, line), line.record_id, line.basis)
    if plan.cost.chosen is None:
        draft.gap()
        draft.say("사업비를 알려 주시면 보조금, 자기 현금, 융자를 원 단위로 나누어 드립니다.")
        return
    draft.say(f"- 자기 현금: {_won(plan.own_cash_krw)}")
    if plan.peak_cash_krw:
        draft.say(
            f"- 보조금이 나중에 나오면 한때 {_won(plan.peak_cash_krw)}까지 자기 돈이 묶입니다(계산 값)."
        )
    draft.gap()
    for one in plan.conflicts[:MAX_CONFLICTS]:
        draft.say(f"- 함께 받을 때의 제한: {one.rule}", one.record_id, one.rule)
    for other in plan.alternatives[:MAX_OTHERS]:
        draft.say(
            f"- 다른 방법: {other.title}은 자기 현금 {_won(other.own_cash_krw)}{_loan(other)}."
        )
    # The first note is the basis of the cost, which stands above.
    for note in plan.assumptions[1 : 1 + MAX_ASSUMPTIONS]:
        draft.say(f"- {note}.".replace("..", "."))
    draft.gap()
    draft.say(
        "선정 여부는 심사로 정해집니다. 달마다 드는 돈과 다른 방법은 '지원금·계획' 화면에서 볼 수 있습니다."
    )


ENGLISH_LINES = {
    "grant": "Grant", "local": "Local money", "loan": "Loan",
    "guarantee": "Guarantee (brings no money itself)",
    "tax_credit": "Tax credit (later, apart from the sum)",
}  # fmt: skip


def plan_in_english(draft: Draft, solution: Solution, plan: FundingPlan) -> str:
    """Say a funding plan in English, with the marks of the Korean draft; call after `answer_plan`."""
    corpus = draft.material.corpus
    cost = "not stated by any source" if plan.cost.chosen is None else won_en(plan.cost.chosen)
    lines = [
        f"Funding plan for **{solution.name_en}** {draft.mark(solution.id)}. Cost: {cost}.",
        "",
    ]
    for line in plan.lines:
        program = corpus.programs.get(line.record_id)
        name = program.name_en if program else corpus.record(line.record_id).title
        amount = "no source gives an amount" if line.amount_krw is None else won_en(line.amount_krw)
        terms = f" ({english_headline(program)})" if program and english_headline(program) else ""
        window = ""
        if program and program.kind in APPLIED_FOR:
            window = f"; {window_in_english(draft.material.window_of(program), program)}"
        mark = draft.mark(line.record_id)
        lines.append(f"- {ENGLISH_LINES[line.kind]}: {amount}, **{name}**{terms}{window} {mark}")
    if plan.own_cash_krw is not None:
        lines.append(f"- Own cash: {won_en(plan.own_cash_krw)}")
    closing = "Selection is decided by review; please check the latest notice."
    if plan.cost.chosen is None:
        closing = "Tell me the quoted cost, and I divide it into grant, own cash and loan."
    return "\n".join([*lines, "", closing])


def _line(draft: Draft, line: PlanLine) -> str:
    title = draft.material.corpus.record(line.record_id).title
    return f"- {LINES[line.kind]}: {_won(line.amount_krw)}, {title}({line.basis})"


def _loan(plan: FundingPlan) -> str:
    return f", 융자 {format_krw(plan.loan_krw)}" if plan.loan_krw else ""


def _won(amount: int | None) -> str:
    return "자료에 금액이 없습니다" if amount is None else format_krw(amount)
