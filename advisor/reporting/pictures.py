"""A diagnosis as charts, each with its numbers in words (pure)."""

from collections import Counter

from advisor.domain.instrument import DimensionCap, Instrument
from advisor.domain.readiness import AnswerStatus, Diagnosis
from advisor.reporting.blocks import (
    Bars,
    Heat,
    Radar,
    Scale,
    Spoke,
    Stair,
    Stairs,
    Stretch,
    Task,
    Tile,
    Timeline,
)
from advisor.reporting.cells import TO_CONFIRM

# What a tile says where there is no level.
NO_LEVEL = {
    AnswerStatus.UNKNOWN: "모름", AnswerStatus.NOT_ASKED: "안 물음",
    AnswerStatus.NOT_APPLICABLE: "해당 없음",
}  # fmt: skip


def goals(instrument: Instrument, diagnosis: Diagnosis) -> dict[str, float]:
    """Return the scores that dimensions need for the level above; empty without such a level."""
    if diagnosis.next_level is None:
        return {}
    found: dict[str, float] = {}
    for cap in instrument.caps:
        if isinstance(cap, DimensionCap):
            below = [one.below for one in cap.steps if one.max_level < diagnosis.next_level.level]
            for dimension in cap.dims if below else ():
                found[dimension] = max(found.get(dimension, 0.0), float(max(below)))
    return found


def radar(instrument: Instrument, diagnosis: Diagnosis) -> Radar:
    """Return the dimension scores around a circle, with what the next level asks for."""
    spokes = _spokes(instrument, diagnosis)
    return Radar("차원별 점수", _scores_in_words(spokes), spokes, _goal_name(diagnosis))


def score_bars(instrument: Instrument, diagnosis: Diagnosis) -> Bars:
    """Return the dimension scores as bars."""
    spokes = _spokes(instrument, diagnosis)
    return Bars(
        "차원별 점수와 다음 수준의 기준", _scores_in_words(spokes), spokes, 100, "점", 1,
        _goal_name(diagnosis),
    )  # fmt: skip


def grade_bars(instrument: Instrument, diagnosis: Diagnosis) -> Bars:
    """Return how many items rest on which kind of ground, and how many are open."""
    grades = Counter(one.grade for one in diagnosis.answers.values() if one.grade)
    applies = [one for one in diagnosis.answers.values() if one.status.value != "na"]
    spokes = [
        Spoke(one.name, float(grades[key])) for key, one in instrument.evidence_grades.items()
    ]
    spokes.append(Spoke("아직 답이 없음", float(len(applies) - sum(grades.values()))))
    said = ", ".join(f"{one.name} {one.value:.0f}개" for one in spokes)
    return Bars(
        "답의 근거", f"답의 근거별 문항 수: {said}.", tuple(spokes), len(instrument.items), "개"
    )


def scale(instrument: Instrument, diagnosis: Diagnosis) -> Scale:
    """Return where the company stands between the first and the last level."""
    levels = tuple((f"L{one.level} {one.name}", float(one.range[0])) for one in instrument.levels)
    low, high = diagnosis.overall_low, diagnosis.overall_high
    if diagnosis.overall is None or diagnosis.level is None:
        said = f"종합 점수와 수준을 내지 않았습니다. 남은 문항에 따라 {low:.1f}~{high:.1f}점입니다."
    else:
        said = f"종합 {diagnosis.overall:.1f}점, 수준 {levels[diagnosis.level][0]}입니다."
        if high > low:
            said += f" 남은 문항에 따라 {low:.1f}~{high:.1f}점입니다."
    return Scale("준비 수준", said, levels, diagnosis.level, diagnosis.overall, low, high)


def timeline(instrument: Instrument, diagnosis: Diagnosis) -> Timeline:
    """Return the road map in time."""
    stretches = []
    for horizon in instrument.horizons:
        first, last = horizon.name.removesuffix("개월").split("~")
        tasks = tuple(task(instrument, one) for one in diagnosis.horizons[horizon.id])
        stretches.append(Stretch(horizon.name, int(first), int(last), tasks))
    said = " / ".join(
        f"{one.name}: {', '.join(f'{task.name}({task.weeks}주)' for task in one.tasks) or '없음'}"
        for one in stretches
    )
    return Timeline("로드맵", f"시기별 할 일. {said}.", tuple(stretches))


def task(instrument: Instrument, task_id: str) -> Task:
    """Return a step or a solution as a bar of the time line."""
    if task_id in instrument.step_by_id:
        step = instrument.step_by_id[task_id]
        return Task(step.title, step.weeks, is_solution=False)
    solution = instrument.solution_by_id[task_id]
    return Task(solution.name, solution.weeks, is_solution=True)


def _spokes(instrument: Instrument, diagnosis: Diagnosis) -> tuple[Spoke, ...]:
    wanted = goals(instrument, diagnosis)
    return tuple(
        Spoke(one.name, diagnosis.dimensions[one.id].score, wanted.get(one.id))
        for one in instrument.dimensions
    )


def _scores_in_words(spokes: tuple[Spoke, ...]) -> str:
    said = ", ".join(
        f"{one.name} {TO_CONFIRM if one.value is None else f'{one.value:.1f}점'}" for one in spokes
    )
    return f"차원별 점수(100점 만점): {said}."


def _goal_name(diagnosis: Diagnosis) -> str:
    if diagnosis.next_level is None:
        return ""
    return f"L{diagnosis.next_level.level}이 되려면 넘어야 하는 점수"


def heat(instrument: Instrument, diagnosis: Diagnosis) -> Heat:
    """Return all items as a map of levels, a row a dimension."""
    rows = []
    for dimension in instrument.dimensions:
        tiles = []
        for item in instrument.items_of[dimension.id]:
            answer = diagnosis.answers[item.id]
            said = NO_LEVEL.get(answer.status, "") if answer.value is None else str(answer.value)
            tiles.append(Tile(item.label, said, answer.value))
        rows.append((dimension.name, tuple(tiles)))
    words = " / ".join(
        f"{name}: {', '.join(f'{tile.name} {tile.words}' for tile in tiles)}"
        for name, tiles in rows
    )
    names = tuple(f"{value} {name}" for value, name in sorted(instrument.scale.names.items()))
    return Heat(
        f"문항별 수준({len(instrument.items)}문항)", f"문항별 수준(0~{instrument.scale.max}). {words}.",
        tuple(rows), instrument.scale.max, names,
    )  # fmt: skip


def cap_stairs(instrument: Instrument, diagnosis: Diagnosis) -> Stairs | None:
    """Return how the caps bring the level down from what the score says; None without a level."""
    if diagnosis.level is None or diagnosis.level_raw is None:
        return None
    names = {**{one.id: one.name for one in instrument.dimensions}, **_labels(instrument)}
    stairs = [Stair("점수로 본 수준", float(diagnosis.level_raw), f"L{diagnosis.level_raw}")]
    lowest = diagnosis.level_raw
    for cap in sorted(diagnosis.binding, key=lambda one: -one.max_level):
        lowest = min(lowest, cap.max_level)
        name = f"{names.get(cap.target, '답한 비중')} 상한"
        stairs.append(Stair(name, float(lowest), f"L{cap.max_level}까지"))
    stairs.append(Stair("최종 수준", float(diagnosis.level), f"L{diagnosis.level}", is_end=True))
    said = ", ".join(f"{one.name} {one.words}" for one in stairs)
    marks = tuple((f"L{one.level}", float(one.level)) for one in instrument.levels)
    return Stairs("상한 계단", f"점수 수준에서 최종 수준까지: {said}.", tuple(stairs), 4.0, marks)


def _labels(instrument: Instrument) -> dict[str, str]:
    return {one.id: one.label for one in instrument.items}
