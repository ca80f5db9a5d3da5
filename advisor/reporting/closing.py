"""What is still open, how it was worked out, and what it is not (pure)."""

from advisor.domain.readiness import AnswerStatus
from advisor.reporting import pictures
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
from advisor.reporting.phrases import answer_words

OPEN = (AnswerStatus.UNKNOWN, AnswerStatus.NOT_ASKED)
FACTS_ASKED = 5


def questions_section(material: Material) -> Section:
    """Return contradictions, facts that would settle a program, and items without an answer."""
    instrument, diagnosis = material.instrument, material.diagnosis
    blocks: list[Block] = []
    if diagnosis.contradictions:
        asks = material.labels["contradictions"]
        blocks.append(Heading("서로 맞지 않는 답"))
        blocks.append(Bullets(tuple(("", asks[one]) for one in diagnosis.contradictions)))
    fields = material.corpus.vocabulary.profile_fields
    missing = dict.fromkeys(name for one in material.programs for name in one.match.missing)
    asked = [fields[name] for name in missing if name in fields][:FACTS_ASKED]
    if asked:
        blocks.append(Heading("지원사업 자격을 가리려면"))
        blocks.append(Bullets(tuple((one.label, one.ask or "") for one in asked)))
    rows = tuple(
        (
            Cell(f"{item.id} {item.label}"),
            Cell(item.question),
            Cell(item.ask_who),
            Cell(answer_words(instrument, diagnosis.answers[item.id])),
        )
        for item in instrument.items
        if diagnosis.answers[item.id].status in OPEN
    )
    if rows:
        columns = (
            Column("문항", 3),
            Column("물을 것", 7),
            Column("누구에게", 2),
            Column("상태", 2),
        )
        blocks.append(Heading(f"답이 없는 문항 {len(rows)}개"))
        blocks.append(Table("", columns, rows))
    if not blocks:
        blocks.append(Paragraph("남은 질문이 없습니다."))
    return Section("아직 열린 질문", "열린 질문", tuple(blocks))


def method_section(material: Material) -> Section:
    """Return how the numbers were made, how firm they are, and what they do not say."""
    instrument, diagnosis = material.instrument, material.diagnosis
    meta, scoring = instrument.meta, instrument.scoring
    facts = (
        ("진단표", f"{meta.name}, {meta.version}판({meta.date}), {meta.status}. "
                 f"{len(instrument.dimensions)}개 차원 {len(instrument.items)}문항"),
        ("차원 점수", scoring.dimension_score),
        ("종합 점수", scoring.overall),
        ("반올림", scoring.rounding),
        ("답한 비중", f"{diagnosis.coverage:.2f}"),
        ("근거의 단단함", f"{diagnosis.evidence:.2f}"),
        ("신뢰도", f"{diagnosis.confidence:.2f}({diagnosis.confidence_name}). 답한 비중 × "
                 f"({scoring.confidence.base:g} + {scoring.confidence.evidence_share:g} × 근거) "
                 f"− 어긋난 말 {len(diagnosis.contradictions)}건"),
    )  # fmt: skip
    limits = (
        *(("", f"{one}.") for one in meta.not_use),
        ("", meta.design_values),
        ("", "업종 평균과 견주지 않았고, 지원사업에 선정될 확률은 적지 않았습니다."),
        (
            "",
            "지원사업·솔루션·사례는 공개 자료를 옮긴 것으로, 확인한 날 이후 바뀌었을 수 있습니다.",
        ),
    )
    blocks: tuple[Block, ...] = (
        Bullets(facts),
        pictures.grade_bars(instrument, diagnosis),
        Heading("한계"),
        Bullets(limits),
        Heading("AI 알림"),
        Paragraph(
            f"{material.labels['notice']} 이 보고서는 {day_words(material.today)}에 "
            f"{meta.id} {meta.version}판으로 만들었습니다.",
            "notice",
        ),
    )
    return Section("진단 방법과 한계", "방법과 한계", blocks)
