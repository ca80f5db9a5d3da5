"""What can go wrong, how likely the answers make it, and what keeps it off (pure)."""

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
from advisor.reporting.cells import TO_CONFIRM
from advisor.reporting.material import Material

# Risk, the item whose level tells how likely it is, and what it does.
RISKS = (
    ("도면·단가·고객정보가 밖으로 나감", "AIX4", "계약 위반, 거래 중단"),
    ("자료가 지워지거나 잠김", "SYS4", "생산 정지, 납기 지연"),
    ("업체가 바뀌면 자료와 프로그램을 이어 쓰지 못함", "FIN3", "다시 구축하는 비용"),
    ("AI가 틀려도 아무도 모름", "AIX3", "불량 유출, 클레임"),
    ("틀린 기록으로 AI를 가르침", "DAT2", "판정이 계속 틀림"),
    ("들여놓고 현장이 쓰지 않음", "PPL2", "들인 돈을 거두지 못함"),
)
# A level at which the item's own sentence says that the risk is held.
SAFE = 3
FEW, SOME = 1, 2


def risks_section(material: Material) -> Section:
    """Return risks with likelihood, effect and answer, what to heed, and when to stop."""
    instrument, diagnosis = material.instrument, material.diagnosis
    rows = []
    for name, item_id, effect in RISKS:
        item = instrument.item_by_id.get(item_id)
        if item is None:
            continue
        value = diagnosis.answers[item_id].value
        safe = next(one.text for one in item.anchors if one.value == SAFE)
        answer = f"{item.label}: {safe}" if value is None or value < SAFE else "지금처럼 지킵니다."
        rows.append((Cell(name), Cell(_likelihood(value)), Cell(effect), Cell(answer)))
    if material.profile.get("personal_video_present") == "예":
        rows.append(
            (
                Cell("영상에 사람이 찍힘"), Cell("높음"), Cell("개인정보 침해"),
                Cell("촬영 안내와 동의를 먼저 받고, 얼굴을 가린 영상만 씁니다."),
            )
        )  # fmt: skip
    columns = (Column("위험", 5), Column("가능성", 2), Column("영향", 4), Column("대응", 8))
    blocks: list[Block] = [
        Paragraph("가능성은 해당 문항의 답에서 미루어 본 것입니다(추정)."),
        Table("위험과 대응", columns, tuple(rows)),
    ]
    watch = [*(("", f"{one}.") for one in diagnosis.remarks), *_watch(material)]
    if watch:
        blocks += [Heading("지킬 것"), Bullets(tuple(watch))]
    blocks += [
        Heading("멈출 기준"),
        Paragraph(
            "시험을 시작하기 전에 성공 기준(숫자와 기한)을 글로 정하고, 기한에 못 미치면 멈추거나 "
            "과제를 바꿉니다."
        ),
    ]
    return Section("위험과 지킬 것", "위험", tuple(blocks))


def _watch(material: Material) -> list[tuple[str, str]]:
    planned = material.diagnosis.horizons.values()
    return [
        (one.name, f"{one.watch}.")
        for one in material.instrument.solutions
        if one.watch and any(one.id in ids for ids in planned)
    ]


def _likelihood(value: int | None) -> str:
    if value is None:
        return TO_CONFIRM
    return "높음" if value <= FEW else "보통" if value <= SOME else "낮음"
