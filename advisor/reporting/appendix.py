"""What one looks up: the sentences of all levels, the terms, and what was overridden (pure)."""

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
from advisor.reporting.cells import day_words
from advisor.reporting.material import Material

TERMS = (
    ("준비 수준(L0~L4)", "AI를 맞을 준비를 다섯 단계로 나눈 것. 스마트공장 수준과는 다른 말입니다."),
    ("상한", "기반이 약하면 점수가 높아도 수준을 올리지 않는 규칙."),
    ("신뢰도", "답한 비중과 근거의 단단함으로 잰, 결과를 믿을 만한 정도(0~1)."),
    ("범위", "답하지 않은 문항을 모두 가장 낮게 보았을 때와 가장 높게 보았을 때의 점수."),
    ("추정", "다른 답에서 미루어 보았거나 답이 모자라 어림한 값."),
    ("MES", "생산 실적을 현장에서 바로 모으고 보여 주는 생산관리 시스템."),
    ("비전 검사", "카메라 사진을 AI가 보고 불량을 가리는 검사."),
    ("자부담", "지원금을 뺀 나머지로 회사가 내는 돈. 현금과 현물(인건비 등)로 나뉩니다."),
    ("스마트공장 수준확인", "공인 기관이 기초·중간1·중간2·고도를 확인해 주는 제도."),
)  # fmt: skip
OVERRIDE = "(고친 까닭:"


def appendix_section(material: Material) -> Section:
    """Return the appendix."""
    instrument = material.instrument
    rows = tuple(
        (
            Cell(f"{item.id} {item.label}"),
            *(Cell(one.text) for one in sorted(item.anchors, key=lambda one: one.value)),
        )
        for item in instrument.items
    )
    names = instrument.scale.names
    columns = (
        Column("문항", 3),
        *(Column(f"{value} {names[value]}", 4) for value in sorted(names)),
    )
    changed = [
        (f"{item.id} {item.label}", material.diagnosis.answers[item.id].note)
        for item in instrument.items
        if OVERRIDE in material.diagnosis.answers[item.id].note
    ]
    blocks: list[Block] = [
        Table("문항마다 다섯 수준의 문장", columns, rows),
        Heading("용어 풀이"),
        Bullets(TERMS),
        Heading("고친 기록"),
    ]
    if changed:
        blocks.append(Bullets(tuple(changed)))
    else:
        blocks.append(Paragraph("규칙으로 정해진 답을 고친 문항은 없습니다."))
    blocks.append(
        Paragraph(
            f"진단표 {instrument.meta.version}판({instrument.meta.date})으로 "
            f"{day_words(material.today)}에 만들었습니다.",
            "note",
        )
    )
    return Section("부록", "부록", tuple(blocks))
