"""Programs with what they pay, what the company bears and whether they are open (pure)."""

from advisor.domain.match import CriterionResult, Match, Verdict
from advisor.domain.records import SupportProgram
from advisor.reporting.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Section,
    Table,
)
from advisor.reporting.cells import NONE, TO_CONFIRM, day_words, percent, share_words, won
from advisor.reporting.funding import funding_blocks
from advisor.reporting.marks import Marks
from advisor.reporting.material import Material, ProgramChoice

VERDICTS = {
    Verdict.ELIGIBLE: "조건에 맞음",
    Verdict.NOT_ELIGIBLE: "대상이 아님",
    Verdict.UNKNOWN: TO_CONFIRM,
}
RESULTS = {
    CriterionResult.MET: "맞음",
    CriterionResult.NOT_MET: "맞지 않음",
    CriterionResult.UNKNOWN: TO_CONFIRM,
}
# A share of the cost is only a share of the cost for these; a guarantee ratio or a tax rate is not.
COST_SHARED = frozenset(
    {"grant", "voucher", "consulting", "rnd", "training", "data", "certification"}
)
CONDITIONS_SHOWN = 3
OBSTACLE_ITEM = "FIN2"


def support_section(material: Material, marks: Marks) -> Section:
    """Return the programs as of the day; nothing about the chance to be chosen."""
    day = day_words(material.today)
    if not material.programs:
        return Section(
            "돈과 지원사업",
            "지원사업",
            (
                Paragraph(
                    f"{day} 기준으로 지금 정보에 맞는 지원사업을 찾지 못했습니다. "
                    "지역, 업종, 직원 수를 알려 주시면 다시 찾아 드립니다."
                ),
            ),
        )
    blocks: list[Block] = [
        Paragraph(
            f"{day} 기준입니다. 자격은 말씀하신 내용으로만 보았고, 선정 여부는 심사로 정해집니다. "
            "신청 전에 최신 공고를 확인해 주세요."
        ),
        _programs(material, marks),
        *_obstacles(material),
        Heading("자격 확인표"),
        _criteria(material, marks),
        Heading("까닭과 확인할 조건"),
        Bullets(tuple(_conditions(material, marks, one) for one in material.programs)),
    ]
    blocks += funding_blocks(material, marks)
    if material.experts:
        blocks.append(Heading("도와주는 곳"))
        blocks.append(Bullets(tuple(_expert(material, marks, one) for one in material.experts)))
    return Section("돈과 지원사업", "지원사업", tuple(blocks))


def _obstacles(material: Material) -> list[Block]:
    """Say whether something is known that keeps the company from applying."""
    item = material.instrument.item_by_id.get(OBSTACLE_ITEM)
    if item is None:
        return []
    answer = material.diagnosis.answers[OBSTACLE_ITEM]
    anchor = next((one.text for one in item.anchors if one.value == answer.value), TO_CONFIRM)
    said = f"{anchor} {answer.note}".strip()
    return [Paragraph(f"신청을 막는 사정과 준비({item.label}): {said}")]


def own_share_words(program: SupportProgram) -> str:
    """Say what the company bears: the record's words, else what its rate leaves, else unknown."""
    if program.support.own_share:
        return program.support.own_share
    rate = program.support.subsidy_rate
    if program.kind in COST_SHARED and rate is not None:
        return f"총사업비의 {share_words(1 - rate)} 이상(지원 비율에서 계산)"
    if program.kind == "loan":
        return "빌린 돈이므로 갚아야 함"
    if program.kind == "guarantee":
        return "보증받은 대출을 갚아야 함"
    if program.kind == "tax":
        return "먼저 쓰고 세금에서 뺌"
    return f"{TO_CONFIRM}(자료에 없음)"


def _programs(material: Material, marks: Marks) -> Table:
    columns = (
        Column("지원사업", 5), Column("자격", 2), Column(f"접수({material.today.isoformat()} 기준)", 5),
        Column("최대 금액", 3, is_number=True), Column("지원 비율", 2, is_number=True),
        Column("회사 부담", 4), Column("지원 내용", 5),
    )  # fmt: skip
    rows = []
    for one in material.programs:
        program = material.corpus.programs[one.match.record_id]
        rows.append(
            (
                Cell(marks.named(program.id)),
                Cell(VERDICTS[one.match.verdict]),
                Cell(one.window),
                won(program.support.max_amount_krw),
                percent(program.support.subsidy_rate),
                Cell(own_share_words(program)),
                Cell(one.money or "금액과 비율이 자료에 없습니다"),
            )
        )
    return Table("지원사업", columns, tuple(rows))


def _criteria(material: Material, marks: Marks) -> Table:
    rows = tuple(
        (
            Cell(marks.named(one.match.record_id)),
            Cell(criterion.words or NONE),
            Cell(RESULTS[criterion.result]),
            Cell(criterion.because),
        )
        for one in material.programs
        for criterion in one.match.criteria
    )
    columns = (Column("지원사업", 4), Column("요건", 4), Column("결과", 2), Column("까닭", 6))
    return Table("", columns, rows)


def _conditions(material: Material, marks: Marks, choice: ProgramChoice) -> tuple[str, str]:
    conditions = list(dict.fromkeys(choice.match.human_conditions))[:CONDITIONS_SHOWN]
    words = "; ".join(one.rstrip(".") for one in conditions) or "자료에 적힌 조건 없음"
    return marks.named(choice.match.record_id), f"{choice.match.why} 확인할 것: {words}.".strip()


def _expert(material: Material, marks: Marks, match: Match) -> tuple[str, str]:
    expert = material.corpus.experts[match.record_id]
    reach = ", ".join(part for part in (expert.phone, expert.homepage_domain) if part)
    words = match.why or f"{', '.join(expert.services)}."
    return marks.named(expert.id), f"{words} 연락처: {reach or TO_CONFIRM}."
