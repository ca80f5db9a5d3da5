"""A diagnosis as the English page shows it: the same numbers in fewer parts (pure).

Records of the catalog stay in Korean, as their sources are. The material's instrument is the
English one.
"""

from dataclasses import replace

from advisor.domain.instrument import SolutionStatus
from advisor.domain.match import Verdict, WindowState
from advisor.domain.readiness import CapHit, RankedSolution
from advisor.reporting import pictures
from advisor.reporting.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Outline,
    Paragraph,
    References,
    Scale,
    Section,
    Spoke,
    Table,
)
from advisor.reporting.cells import NONE
from advisor.reporting.marks import Marks
from advisor.reporting.material import Material, SolutionFit
from advisor.reporting.phrases import task_title

UNKNOWN = "to confirm"
NOTICE = (
    "An estimate by AI from what was told. It replaces neither the official smart-factory level "
    "check nor any decision on support."
)
FIRST_TASKS = 3
STATUSES = {"na": "does not apply", "unknown": "not known", "not_asked": "not asked"}
GROUPS: tuple[SolutionStatus, ...] = ("ready", "near", "check", "not_yet")
VERDICTS = {Verdict.ELIGIBLE: "conditions met", Verdict.UNKNOWN: "eligibility to confirm"}
FACTORY = {
    "ICT 미적용": "no ICT", "기초": "basic", "중간1": "intermediate 1", "중간2": "intermediate 2",
    "고도": "advanced",
}  # fmt: skip
WINDOWS = {
    WindowState.OPEN: "open", WindowState.UPCOMING: "opening soon",
    WindowState.CLOSED: "closed now", WindowState.UNKNOWN: "dates to confirm",
}  # fmt: skip


def make_english_outline(material: Material) -> Outline:
    """Put the English outline together; its sections have the sheet names of the Korean one."""
    marks = Marks(material.corpus)
    sections = [
        Section("Summary", "요약", tuple(_summary(material))),
        Section("Scores", "점수", tuple(_scores(material))),
        Section("What holds the level back", "막는 것", tuple(_limits(material))),
        Section("Road map", "로드맵", tuple(_road(material))),
        Section("Solutions", "해결책", tuple(_solutions(material, marks))),
        Section("Answers and evidence", "문항별 근거", tuple(_evidence(material))),
    ]
    references = marks.references()
    if references:
        sections.append(Section("Sources (in Korean)", "출처", (References(references),)))
    return Outline(
        title="AI readiness of a manufacturer",
        subtitle=material.today.isoformat(),
        day=material.today,
        notice=NOTICE,
        sections=tuple(
            replace(one, title=f"{number}. {one.title}") for number, one in enumerate(sections, 1)
        ),
    )


def _summary(material: Material) -> list[Block]:
    diagnosis, instrument = material.diagnosis, material.instrument
    chart: Scale = pictures.scale(instrument, diagnosis)
    level = next((one for one in instrument.levels if one.level == diagnosis.level), None)
    if level is None or diagnosis.overall is None:
        names = ", ".join(instrument.dimension_by_id[one].name for one in diagnosis.to_confirm)
        lead = f"Not enough answers for a level yet. Please answer more about: {names}."
        rows = []
    else:
        lead = f"Overall {diagnosis.overall:.1f} of 100, readiness L{level.level} “{level.name}”."
        rows = [("Now", f"{level.meaning}."), ("Next", f"{level.next}.")]
    if diagnosis.next_level is not None:
        needed = diagnosis.next_level.points_needed
        points = f"{needed:.1f} more points" if needed else "enough points"
        caps = f", and {len(diagnosis.blockers)} limit(s) to lift" if diagnosis.blockers else ""
        rows.append((f"To L{diagnosis.next_level.level}", f"{points}{caps}."))
    rows.append(
        (
            "Confidence",
            f"{diagnosis.confidence:.2f}; {diagnosis.coverage:.0%} of the weight answered.",
        )
    )
    blocks: list[Block] = [
        replace(chart, title="Readiness level", alt=lead),
        Paragraph(lead, "lead"),
        Bullets(tuple(rows)),
    ]
    tasks = diagnosis.horizons[instrument.horizons[0].id][:FIRST_TASKS]
    if tasks:
        blocks.append(Heading("First things to do (months 0 to 3)"))
        said = tuple((task_title(instrument, one), _done(material, one)) for one in tasks)
        blocks.append(Bullets(said, is_numbered=True))
    return blocks


def _scores(material: Material) -> list[Block]:
    instrument, diagnosis = material.instrument, material.diagnosis
    wanted = pictures.goals(instrument, diagnosis)
    chart = pictures.radar(instrument, diagnosis)
    rows = []
    for one in instrument.dimensions:
        scored = diagnosis.dimensions[one.id]
        least, most = material.ranges.get(one.id, (0.0, 100.0))
        rows.append(
            (
                Cell(one.name),
                Cell(_score(scored.score)),
                Cell(f"{least:.1f} to {most:.1f}"),
                Cell(f"{scored.coverage:.0%}"),
                Cell(f"{wanted[one.id]:.1f}" if one.id in wanted else NONE),
            )
        )
    columns = (
        Column("Field", 4), Column("Score", 2, is_number=True), Column("Range", 3, is_number=True),
        Column("Answered", 2, is_number=True), Column("Needed next", 2, is_number=True),
    )  # fmt: skip
    low, high = (FACTORY.get(one, one) for one in diagnosis.smart_factory)
    factory = low if low == high else f"between {low} and {high}"
    return [
        replace(
            chart, title="Scores by field", alt=f"Scores of 100: {_said(chart.spokes)}.",
            goal_name=_goal(material),
        ),
        Table("", columns, tuple(rows)),
        Paragraph(f"Smart-factory level (estimate): {factory}.", "note"),
    ]  # fmt: skip


def _limits(material: Material) -> list[Block]:
    instrument, diagnosis = material.instrument, material.diagnosis
    chart = pictures.score_bars(instrument, diagnosis)
    blocks: list[Block] = [
        replace(
            chart, title="Scores and what the next level needs",
            alt=f"Scores of 100: {_said(chart.spokes)}.", unit="", goal_name=_goal(material),
        )
    ]  # fmt: skip
    if diagnosis.binding:
        blocks.append(Heading("What pulls the level below the score"))
        blocks.append(Bullets(tuple(("", _cap(material, one)) for one in diagnosis.binding)))
    if diagnosis.blockers:
        blocks.append(Heading("What has to be lifted for the next level"))
        blocks.append(Bullets(tuple(("", _cap(material, one)) for one in diagnosis.blockers)))
    if not diagnosis.binding and not diagnosis.blockers:
        blocks.append(Paragraph("No limit holds the level back; only points are missing."))
    rows = tuple(
        (
            Cell(instrument.step_by_id[one.step].title),
            Cell(f"{_score(diagnosis.overall)} → {_score(one.overall)}"),
            Cell(NONE if one.level is None else f"L{one.level}"),
        )
        for one in diagnosis.previews
        if one.overall is not None and diagnosis.overall is not None
    )
    if rows:
        columns = (Column("Once this is done", 5), Column("Score", 3), Column("Level", 1))
        blocks.append(Table("", columns, rows))
    return blocks


def _road(material: Material) -> list[Block]:
    instrument, diagnosis = material.instrument, material.diagnosis
    chart = pictures.timeline(instrument, diagnosis)
    stretches = tuple(
        replace(one, name=f"Months {one.first_month} to {one.last_month}")
        for one in chart.stretches
    )
    said = " / ".join(
        f"{one.name}: {', '.join(task.name for task in one.tasks) or 'nothing'}"
        for one in stretches
    )
    rows = tuple(
        (
            Cell(stretch.name),
            Cell(task_title(instrument, one)),
            Cell(_cost(material, one)),
            Cell(_done(material, one)),
        )
        for horizon, stretch in zip(instrument.horizons, stretches, strict=True)
        for one in diagnosis.horizons[horizon.id]
    )
    columns = (
        Column("When", 3), Column("What", 5), Column("Cost and time", 4), Column("Done when", 6),
    )  # fmt: skip
    return [
        replace(chart, title="Road map", alt=f"What to do when. {said}.", stretches=stretches),
        Table("", columns, rows),
    ]


def _solutions(material: Material, marks: Marks) -> list[Block]:
    names = material.instrument.solution_status
    blocks: list[Block] = [
        Paragraph("Ordered by effect, feasibility and cost (0 to 100). Records are in Korean.")
    ]
    for status in GROUPS:
        chosen = [one for one in material.diagnosis.solutions if one.status == status]
        if chosen:
            blocks.append(Heading(names[status]))
            blocks.append(
                Table(
                    "",
                    (
                        Column("Solution", 5), Column("Rank", 2, is_number=True),
                        Column("First step" if status == "ready" else "Missing", 5),
                        Column("In the catalog", 4), Column("Measured case", 4),
                        Column("May pay for it", 4),
                    ),
                    tuple(_solution(material, marks, one) for one in chosen),
                )
            )  # fmt: skip
    return blocks


def _solution(material: Material, marks: Marks, one: RankedSolution) -> tuple[Cell, ...]:
    solution = material.instrument.solution_by_id[one.id]
    fit = material.fits.get(one.id, SolutionFit())
    gaps = ", ".join(
        f"{_need(material, gap.item, gap.need)} (now {_level(material, gap.have)})"
        for gap in material.diagnosis.gaps.get(one.id, ())
    )
    case = material.corpus.cases[fit.case] if fit.case else None
    program = fit.program
    return (
        Cell(f"{solution.id} {solution.name}: {_cost(material, one.id)}"),
        Cell(f"{one.priority:.1f}", one.priority, "score"),
        Cell(f"{solution.first_step}." if one.status == "ready" else gaps or NONE),
        Cell(", ".join(map(marks.named, fit.records)) or "no product needed"),
        Cell(f"{case.company} {marks.mark(case.id)}" if case else "none in the catalog"),
        Cell(
            f"{marks.named(program.record_id)}: {VERDICTS.get(program.verdict, '')}, "
            f"{WINDOWS[program.window.state]}"
            if program
            else "none found"
        ),
    )


def _evidence(material: Material) -> list[Block]:
    instrument = material.instrument
    chart = pictures.heat(instrument, material.diagnosis)
    rows, alts = [], []
    for item in instrument.items:
        answer = material.diagnosis.answers[item.id]
        said = STATUSES.get(answer.status.value, _level(material, answer.value))
        alts.append(f"{item.label} {said}")
        grade = instrument.evidence_grades[answer.grade].name if answer.grade else NONE
        files = ", ".join(one.name for one in material.files if one.item == item.id)
        anchor = next((one.text for one in item.anchors if one.value == answer.value), NONE)
        rows.append(
            (
                Cell(f"{item.id} {item.label}"), Cell(said), Cell(anchor), Cell(answer.note or NONE),
                Cell(f"{grade}. Files: {files}" if files else grade),
            )
        )  # fmt: skip
    tiles = tuple(
        (
            name,
            tuple(replace(one, words=one.words if one.value is not None else "–") for one in tiles),
        )
        for name, tiles in chart.rows
    )
    columns = (
        Column("Question", 4), Column("Level", 2), Column("Meaning", 6), Column("Note", 5),
        Column("Ground", 4),
    )  # fmt: skip
    return [
        replace(chart, title="Levels by question", alt=f"Levels: {', '.join(alts)}.", rows=tiles),
        Table("", columns, tuple(rows)),
    ]


def _cap(material: Material, cap: CapHit) -> str:
    """Say what a limit rests on, how far it lets the level go, and what lifts it."""
    instrument = material.instrument
    if cap.target in instrument.item_by_id:
        item = instrument.item_by_id[cap.target]
        value = material.diagnosis.answers[item.id].value
        better = next(
            (one.text for one in item.anchors if value is not None and one.value == value + 1), ""
        )
        return f"“{item.label}” holds the level at L{cap.max_level}. Lifted once: {better}"
    if cap.target in instrument.dimension_by_id:
        name = instrument.dimension_by_id[cap.target].name
        if cap.below is None:
            return f"“{name}” has no score yet, so the level stops at L{cap.max_level}."
        now = _score(material.diagnosis.dimensions[cap.target].score)
        return (
            f"“{name}” is at {now}, below {cap.below}, so the level stops at L{cap.max_level}. "
            f"Lifted at {cap.below}."
        )
    return (
        f"Too little is answered, so the level stops at L{cap.max_level}. Answer more to lift it."
    )


def _done(material: Material, task_id: str) -> str:
    step = material.instrument.step_by_id.get(task_id)
    if step is None:
        return f"{material.instrument.solution_by_id[task_id].first_step}."
    return ", ".join(_need(material, item, need) for item, need in step.done_when.items())


def _need(material: Material, item: str, need: int) -> str:
    label = material.instrument.item_by_id[item].label
    return f"{label} at “{_level(material, need)}” or above"


def _level(material: Material, value: int | None) -> str:
    return UNKNOWN if value is None else f"{value} {material.instrument.scale.names[value]}"


def _cost(material: Material, task_id: str) -> str:
    instrument = material.instrument
    one = instrument.step_by_id.get(task_id) or instrument.solution_by_id[task_id]
    return f"{instrument.cost_bands[one.cost].name}, {one.weeks} weeks"


def _goal(material: Material) -> str:
    following = material.diagnosis.next_level
    return "" if following is None else f"Score that L{following.level} needs"


def _said(spokes: tuple[Spoke, ...]) -> str:
    return ", ".join(f"{one.name} {_score(one.value)}" for one in spokes)


def _score(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1f}"
