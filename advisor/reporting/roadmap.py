"""What to do when, and which solutions are within reach (pure)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from advisor.domain.instrument import Solution as Remedy
from advisor.domain.match import Match, WindowState
from advisor.domain.readiness import RankedSolution
from advisor.domain.records import Outcome
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
from advisor.reporting.cells import day_words, score
from advisor.reporting.marks import Marks
from advisor.reporting.material import Material, SolutionFit
from advisor.reporting.phrases import (
    cost_words,
    gap_words,
    gate_words,
    preview_words,
    task_detail,
    task_title,
)
from advisor.reporting.plan_pictures import outlook_stairs, priorities
from advisor.reporting.support import VERDICTS

AGAIN_DAYS = 90
OWNER = "대표·담당자"
FREE = "Z"
WINDOWS = {
    WindowState.OPEN: "접수 중", WindowState.UPCOMING: "접수 예정",
    WindowState.CLOSED: "지금은 접수하지 않음", WindowState.UNKNOWN: "접수 기간 확인 필요",
}  # fmt: skip
# Groups in the order an owner looks at them; the second words say what the group means.
GROUPS = (
    ("ready", "조건을 모두 갖췄습니다."),
    ("near", "조건 한두 가지를 한 단계씩 올리면 됩니다."),
    ("check", "아직 답하지 않은 문항이 있어 판단을 미뤘습니다."),
    ("not_yet", "기반을 더 다진 뒤에 봅니다."),
)


def roadmap_section(material: Material) -> Section:
    """Return the time line, the tasks with their ends, and a list to check in 90 days."""
    instrument, diagnosis = material.instrument, material.diagnosis
    rows = []
    for horizon in instrument.horizons:
        for one in diagnosis.horizons[horizon.id]:
            step = instrument.step_by_id.get(one)
            done = (
                gate_words(instrument, step.done_when) if step else "첫걸음의 결과를 보고 정합니다"
            )
            rows.append(
                (
                    Cell(horizon.name),
                    Cell(f"{'' if step else '[해결책] '}{task_title(instrument, one)}"),
                    Cell(task_detail(instrument, one)),
                    Cell(cost_words(instrument, one)),
                    Cell(_who(material, step.done_when) if step else OWNER),
                    Cell(done),
                    Cell(preview_words(diagnosis, one)),
                )
            )
    columns = (
        Column("시기", 2), Column("할 일", 3), Column("무엇을", 5), Column("비용·기간", 3),
        Column("담당(제안)", 2), Column("끝난 것으로 보는 때", 4), Column("마치면", 3),
    )  # fmt: skip
    blocks: list[Block] = [
        pictures.timeline(instrument, diagnosis),
        Table("시기별 할 일", columns, tuple(rows)),
    ]
    stairs = outlook_stairs(instrument, diagnosis, material.outlooks)
    if stairs is not None:
        blocks += [
            Heading("로드맵을 따라가면"),
            stairs,
            Paragraph(
                "기반을 다지는 일을 마쳤을 때의 점수입니다(계산). 해결책의 효과는 넣지 않았습니다.",
                "note",
            ),
        ]
    if diagnosis.to_confirm:
        names = ", ".join(instrument.dimension_by_id[one].name for one in diagnosis.to_confirm)
        blocks.append(Paragraph(f"{names}: 점수가 없어 할 일 대신 확인이 먼저입니다."))
    blocks += _next_90_days(material)
    return Section("로드맵", "로드맵", tuple(blocks))


def solutions_section(material: Material, marks: Marks) -> Section:
    """Return the solutions by how near they are, with what is missing and what fits."""
    names = material.labels["solution_status"]
    blocks: list[Block] = [
        Paragraph(
            "순위 점수(0~100)는 효과·가능성·비용을 함께 본 값입니다. "
            f"계산: {material.instrument.priority_rule.formula}"
        ),
        Heading("효과와 가능성"),
        priorities(material.instrument, material.diagnosis),
    ]
    for status, meaning in GROUPS:
        chosen = [one for one in material.diagnosis.solutions if one.status == status]
        if chosen:
            blocks.append(Heading(names[status]))
            blocks.append(Paragraph(meaning))
            blocks.append(_group(material, marks, status, chosen))
    done = [one for one in material.diagnosis.solutions if one.status == "done"]
    if done:
        blocks.append(Heading(names["done"]))
        blocks.append(
            Paragraph(", ".join(material.instrument.solution_by_id[one.id].name for one in done))
        )
    if material.cases:
        blocks.append(Heading("닮은 도입 사례"))
        blocks.append(Bullets(tuple(_case(material, marks, one) for one in material.cases)))
    return Section("가능한 해결책", "해결책", tuple(blocks))


def _next_90_days(material: Material) -> list[Block]:
    instrument = material.instrument
    first = instrument.horizons[0]
    rows = []
    for one in material.diagnosis.horizons[first.id]:
        step = instrument.step_by_id.get(one)
        weeks = (step or instrument.solution_by_id[one]).weeks
        until = material.today + timedelta(weeks=weeks)
        rows.append(
            (
                Cell(task_title(instrument, one)),
                Cell(gate_words(instrument, step.done_when) if step else "결과를 숫자로 남김"),
                Cell(day_words(until), until, "day"),
                Cell(f"{_who(material, step.done_when)} (제안)" if step else "정해 주세요"),
            )
        )
    if not rows:
        return []
    again = material.today + timedelta(days=AGAIN_DAYS)
    rows.append(
        (
            Cell("다시 진단하기"), Cell("같은 문항에 다시 답해 전후를 견줍니다"),
            Cell(day_words(again), again, "day"), Cell("정해 주세요"),
        )
    )  # fmt: skip
    columns = (
        Column("할 일", 4), Column("확인 방법", 5), Column("마칠 날(오늘 시작하면)", 3),
        Column("담당", 2),
    )  # fmt: skip
    return [Heading("다음 90일 점검표"), Table("", columns, tuple(rows))]


def _group(
    material: Material, marks: Marks, status: str, chosen: Sequence[RankedSolution]
) -> Table:
    instrument = material.instrument
    missing = "첫걸음" if status == "ready" else "모자란 조건"
    columns = (
        Column("해결책", 5), Column("순위 점수", 2, is_number=True), Column(missing, 5),
        Column("맞는 솔루션·자료", 4), Column("결과를 잰 사례", 4), Column("비용을 낼 지원사업", 4),
    )  # fmt: skip
    rows = []
    for one in chosen:
        solution = instrument.solution_by_id[one.id]
        gaps = material.diagnosis.gaps.get(one.id, ())
        fit = material.fits.get(one.id, SolutionFit())
        rows.append(
            (
                Cell(f"{solution.id} {solution.name}: {cost_words(instrument, one.id)}"),
                score(one.priority),
                Cell(
                    f"{solution.first_step}." if status == "ready" else gap_words(instrument, gaps)
                ),
                Cell(", ".join(map(marks.named, fit.records)) or "제품 없이 하는 일"),
                Cell(_proof(material, marks, fit)),
                Cell(_payer(material, marks, solution, fit)),
            )
        )
    return Table("", columns, tuple(rows))


def _proof(material: Material, marks: Marks, fit: SolutionFit) -> str:
    """Name the case with its first measured result."""
    if fit.case is None:
        return "맞는 사례가 자료에 없음"
    case = material.corpus.cases[fit.case]
    effect = next(filter(None, map(_outcome, case.outcomes)), "")
    kind = "" if fit.is_same_way else " (같은 고민의 사례)"
    return f"{case.company} {marks.mark(case.id)}: {effect}{kind}"


def _payer(material: Material, marks: Marks, solution: Remedy, fit: SolutionFit) -> str:
    """Name the program that may pay, with what is known of verdict and window."""
    if fit.program is None:
        return "돈이 거의 들지 않음" if solution.cost == FREE else "맞는 보조사업을 찾지 못함"
    verdict = VERDICTS[fit.program.verdict]
    return (
        f"{marks.named(fit.program.record_id)}: 자격 {verdict}, {WINDOWS[fit.program.window.state]}"
    )


def _who(material: Material, done_when: Mapping[str, int]) -> str:
    """Name who is asked about what ends a step: the one to do it, unless decided otherwise."""
    asked = [material.instrument.item_by_id[one].ask_who for one in done_when]
    return next(iter(asked), OWNER)


def _case(material: Material, marks: Marks, match: Match) -> tuple[str, str]:
    case = material.corpus.cases[match.record_id]
    effects = "; ".join(filter(None, map(_outcome, case.outcomes)))
    year = f"{case.year}년, " if case.year else ""
    words = f"{year}{case.problem} → {case.solution.rstrip('.')}."
    if effects:
        words += f" 결과: {effects}."
    return f"{case.company} {marks.mark(case.id)}", words


def _outcome(outcome: Outcome) -> str:
    if outcome.before is not None and outcome.after is not None:
        words = f"{outcome.metric} {outcome.before} → {outcome.after}"
    elif outcome.after is not None:
        words = f"{outcome.metric} {outcome.after}"
    elif outcome.change_pct is not None:
        return f"{outcome.metric} {outcome.change_pct:+g}%"
    else:
        return ""
    return words if outcome.change_pct is None else f"{words} ({outcome.change_pct:+g}%)"
