"""How one project of the road map could be paid: a table that adds up to the won (pure)."""

from advisor.domain.money import format_krw
from advisor.domain.plan import FundingPlan, PlanLine
from advisor.reporting.blocks import Block, Bullets, Cell, Column, Heading, Paragraph, Table
from advisor.reporting.cells import NONE, percent, won
from advisor.reporting.marks import Marks
from advisor.reporting.material import Material

KINDS = {
    "grant": "보조금", "local": "지방비", "loan": "융자", "guarantee": "보증",
    "tax_credit": "세액공제(나중)",
}  # fmt: skip
NOT_IN_TOTAL = ("guarantee", "tax_credit")
ASSUMPTIONS_SHOWN = 6


def funding_blocks(material: Material, marks: Marks) -> list[Block]:
    """Return the plan with shares, windows and what it rests on; nothing without a project."""
    plan = material.plan
    if plan is None:
        return []
    solution = marks.named(plan.solution_id)
    return [
        Heading("자금 계획표"),
        Paragraph(
            f"로드맵의 '{material.plan_for}'을(를) {solution} 자료의 비용으로 계산한 {plan.title}입니다. "
            "보조금과 융자는 심사로 정해지므로 정해진 돈이 아닙니다."
        ),
        _table(material, plan, marks),
        *_cash(plan),
        *_below(plan),
    ]


def _table(material: Material, plan: FundingPlan, marks: Marks) -> Table:
    total = plan.cost.chosen
    inside = [one for one in plan.lines if one.kind not in NOT_IN_TOTAL]
    later = [one for one in plan.lines if one.kind in NOT_IN_TOTAL]
    rows = [_row(material, one, total, marks) for one in inside]
    own = (("회사 부담(현금)", plan.own_cash_krw), ("회사 부담(현물)", plan.own_in_kind_krw))
    rows += [
        (Cell(name), Cell("회사"), won(amount), _share(amount, total), Cell(NONE))
        for name, amount in own
        if amount != 0
    ]
    low, high = plan.cost.low, plan.cost.high
    span = f"{format_krw(low)}~{format_krw(high)} 범위" if low and high and low != high else NONE
    rows.append((Cell("합계(총사업비)"), Cell(NONE), won(total), _share(total, total), Cell(span)))
    rows += [_row(material, one, None, marks) for one in later]
    columns = (
        Column("항목", 5), Column("누구의 돈", 3), Column("금액", 3, is_number=True),
        Column("몫", 2, is_number=True), Column("근거와 접수", 8),
    )  # fmt: skip
    return Table("", columns, tuple(rows))


def _row(
    material: Material, one: PlanLine, total: int | None, marks: Marks
) -> tuple[Cell, Cell, Cell, Cell, Cell]:
    name = marks.named(one.record_id) if one.record_id in material.corpus else KINDS[one.kind]
    return (
        Cell(name), Cell(KINDS[one.kind]), won(one.amount_krw), _share(one.amount_krw, total),
        Cell(one.basis),
    )  # fmt: skip


def _share(amount: int | None, total: int | None) -> Cell:
    if amount is None or not total:
        return Cell(NONE)
    return percent(round(amount / total, 3))


def _cash(plan: FundingPlan) -> list[Block]:
    if plan.peak_cash_krw is None:
        return []
    return [
        Paragraph(
            f"돈이 가장 많이 묶이는 때에 회사가 먼저 내야 하는 금액은 "
            f"{format_krw(plan.peak_cash_krw)}입니다. 보조금은 대개 사업이 끝난 뒤에 들어옵니다."
        )
    ]


def _below(plan: FundingPlan) -> list[Block]:
    blocks: list[Block] = []
    if plan.conflicts:
        blocks.append(Paragraph("함께 받을 때 확인할 것"))
        blocks.append(Bullets(tuple(("", one.rule) for one in plan.conflicts)))
    if plan.assumptions:
        said = tuple(("", f"{one.rstrip('.')}.") for one in plan.assumptions[:ASSUMPTIONS_SHOWN])
        blocks += [Paragraph("이렇게 놓고 계산했습니다"), Bullets(said)]
    return blocks
