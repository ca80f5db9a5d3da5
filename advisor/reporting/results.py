"""Scores, what caps the level and what would lift it, and the answers behind (pure)."""

from advisor.domain.instrument import Requirement
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
from advisor.reporting.cells import (
    NONE,
    TO_CONFIRM,
    count,
    day_words,
    percent,
    score,
    seoul_day,
    size_words,
    text,
)
from advisor.reporting.material import Material
from advisor.reporting.phrases import answer_words, level_words, preview_words, task_title
from advisor.reporting.summary import next_level_words

ESTIMATED = "추정"


def scores_section(material: Material) -> Section:
    """Return the scores of the dimensions and the estimated smart-factory level."""
    instrument, diagnosis = material.instrument, material.diagnosis
    wanted = pictures.goals(instrument, diagnosis)
    columns = [
        Column("차원", 3), Column("무게", 1, is_number=True), Column("점수", 2, is_number=True),
        Column("범위", 3, is_number=True), Column("답한 비중", 2, is_number=True),
    ]  # fmt: skip
    if diagnosis.next_level is not None:
        columns.append(Column("다음 수준의 기준", 2, is_number=True))
    rows = []
    for one in instrument.dimensions:
        scored = diagnosis.dimensions[one.id]
        row = [
            Cell(one.name), count(one.weight, ""),
            score(scored.score, ESTIMATED if scored.estimated and scored.score is not None else ""),
            _range(material.ranges.get(one.id)),
            percent(scored.coverage),
        ]  # fmt: skip
        if diagnosis.next_level is not None:
            row.append(score(wanted[one.id]) if one.id in wanted else Cell(NONE))
        rows.append(tuple(row))
    total = [Cell("종합"), count(100, ""), score(diagnosis.overall),
             _range((diagnosis.overall_low, diagnosis.overall_high)), percent(diagnosis.coverage)]  # fmt: skip
    if diagnosis.next_level is not None:
        above = next(one for one in instrument.levels if one.level == diagnosis.next_level.level)
        total.append(score(float(above.range[0])))
    rows.append(tuple(total))
    blocks: list[Block] = [
        Paragraph(
            f"점수는 0~100점이고, 종합 점수의 범위는 {diagnosis.overall_low:.1f}~"
            f"{diagnosis.overall_high:.1f}점입니다. 답하지 않은 문항을 모두 가장 낮게 보았을 때와 "
            "가장 높게 보았을 때의 점수입니다."
        ),
        pictures.radar(instrument, diagnosis),
        Table("차원별 점수", tuple(columns), tuple(rows)),
    ]
    return Section("점수", "점수", (*blocks, *_smart_factory(material)))


def bottlenecks_section(material: Material) -> Section:
    """Return what caps the level, what would lift it, and what each step would change."""
    instrument, diagnosis, labels = material.instrument, material.diagnosis, material.labels
    blocks: list[Block] = [pictures.score_bars(instrument, diagnosis)]
    stairs = pictures.cap_stairs(instrument, diagnosis)
    if stairs is not None:
        blocks += [Heading("점수 수준에서 최종 수준까지"), stairs]
    if diagnosis.binding:
        blocks.append(Heading("점수보다 수준을 낮춘 것"))
        blocks.append(Bullets(tuple(("", one) for one in labels["binding"])))
    if diagnosis.next_level is not None:
        blocks.append(Heading(f"L{diagnosis.next_level.level}로 가는 길을 막는 것"))
        blocks.append(Paragraph(next_level_words(material)))
        if labels["blockers"]:
            blocks.append(Bullets(tuple(("", one) for one in labels["blockers"])))
    if diagnosis.level is None:
        names = ", ".join(instrument.dimension_by_id[one].name for one in diagnosis.to_confirm)
        blocks.append(Heading("수준을 내지 못한 까닭"))
        blocks.append(
            Paragraph(f"{labels['summary']} 점수를 내지 못한 차원은 {names or '없음'}입니다.")
        )
    if diagnosis.caps:
        blocks.append(Heading("걸린 상한 전체"))
        rows = tuple(
            (Cell(one.cap), Cell(said), Cell(f"L{one.max_level}까지", one.max_level, "text"))
            for one, said in zip(diagnosis.caps, labels["caps"], strict=True)
        )
        columns = (Column("규칙", 1), Column("까닭과 푸는 길", 7), Column("결과", 1))
        blocks.append(Table("", columns, rows))
    lifted = [one for one in diagnosis.steps if preview_words(diagnosis, one.id) != NONE]
    if lifted:
        blocks.append(Heading("한 가지를 마치면 어떻게 달라지나"))
        columns = (
            Column("할 일", 4), Column("순위 점수", 1, is_number=True), Column("점수와 수준", 4),
        )  # fmt: skip
        rows = tuple(
            (
                Cell(task_title(instrument, one.id)),
                score(one.priority),
                Cell(preview_words(diagnosis, one.id)),
            )
            for one in lifted
        )
        blocks.append(Table("", columns, rows))
    return Section("수준을 막는 것과 푸는 길", "막는 것", tuple(blocks))


def evidence_section(material: Material) -> Section:
    """Return every item with its answer, what was said and how firm it is."""
    instrument = material.instrument
    rows = []
    attached: dict[str, list[str]] = {}
    for one in material.files:
        attached.setdefault(one.item, []).append(one.name)
    for item in instrument.items:
        answer = material.diagnosis.answers[item.id]
        grade = instrument.evidence_grades[answer.grade].name if answer.grade else NONE
        if item.id in attached:
            grade = f"{grade}. 첨부: {', '.join(attached[item.id])}"
        anchor = next((one.text for one in item.anchors if one.value == answer.value), NONE)
        rows.append(
            (
                Cell(instrument.dimension_by_id[item.dimension].name),
                Cell(f"{item.id} {item.label}"),
                Cell(answer_words(instrument, answer), answer.value, "text"),
                Cell(anchor),
                Cell(answer.note or NONE),
                Cell(grade),
            )
        )
    columns = (
        Column("차원", 2), Column("문항", 3), Column("수준", 2), Column("그 수준의 뜻", 5),
        Column("들은 말·확인한 것", 5), Column("근거", 3),
    )  # fmt: skip
    skips = material.diagnosis.applied_skips
    blocks: list[Block] = [
        Paragraph(f"수준의 기준: {instrument.scale.rule}"),
        pictures.heat(instrument, material.diagnosis),
        Table("문항별 근거", columns, tuple(rows)),
        *_files(material),
    ]
    if skips:
        because = {one.id: one.because for one in instrument.skip_rules}
        said = dict.fromkeys(because[one.split(":")[0]] for one in skips)
        items = ", ".join(instrument.item_by_id[one.split(":")[1]].label for one in skips)
        blocks.append(Paragraph(f"묻지 않고 정한 문항: {items}. 까닭: {' '.join(said)}", "note"))
    return Section("문항별 근거", "문항별 근거", tuple(blocks))


def _files(material: Material) -> list[Block]:
    """Return the evidence files that are kept with the answers."""
    if not material.files:
        return []
    labels = material.instrument.item_by_id
    rows = tuple(
        (
            Cell(f"{one.item} {labels[one.item].label}" if one.item in labels else one.item),
            Cell(one.name),
            Cell(one.kind),
            Cell(size_words(one.size)),
            Cell(day_words(seoul_day(one.added_at)), seoul_day(one.added_at), "day"),
        )
        for one in material.files
    )
    columns = (
        Column("문항", 4), Column("파일", 6), Column("종류", 2), Column("크기", 2),
        Column("받은 날", 3),
    )  # fmt: skip
    return [Table("첨부한 근거 파일", columns, rows)]


def _range(ends: tuple[float, float] | None) -> Cell:
    return Cell(NONE) if ends is None else Cell(f"{ends[0]:.1f}~{ends[1]:.1f}")


def _smart_factory(material: Material) -> list[Block]:
    instrument, diagnosis = material.instrument, material.diagnosis
    rule = instrument.smart_factory_estimate
    said = f"추정: {material.labels['smart_factory']}."
    if diagnosis.smart_factory_official:
        said += f" 수준확인서 기준: {diagnosis.smart_factory_official}(확인서가 우선입니다)."
    columns = (Column("단계", 1), Column("조건", 4), Column("지금", 2), Column("결과", 2))
    rows = tuple(
        (
            Cell(one.level),
            Cell(_need(material, need)),
            text(level_words(instrument, diagnosis.answers[need.item].value)),
            Cell(_fulfilled(diagnosis.answers[need.item].value, need)),
        )
        for one in rule.rules
        for need in one.requires
    )
    return [
        Heading("스마트공장 수준(추정)"),
        Paragraph(f"{said} {rule.caution}"),
        Table("", columns, rows),
    ]


def _need(material: Material, need: Requirement) -> str:
    label = material.instrument.item_by_id[need.item].label
    return f"{label} {level_words(material.instrument, need.min)} 이상"


def _fulfilled(value: int | None, need: Requirement) -> str:
    if value is None:
        return TO_CONFIRM
    return "채움" if value >= need.min else "모자람"
