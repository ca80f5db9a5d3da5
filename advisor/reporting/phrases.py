"""Items, gates and costs of the instrument in words (pure)."""

from collections.abc import Iterable, Mapping

from advisor.domain.instrument import Instrument
from advisor.domain.readiness import AnswerStatus, Diagnosis, Gap, ItemAnswer
from advisor.reporting.cells import NONE, TO_CONFIRM


def level_words(instrument: Instrument, level: int | None) -> str:
    """Name a level of an item: "1 손으로"; not known is to be confirmed."""
    return TO_CONFIRM if level is None else f"{level} {instrument.scale.names[level]}"


def answer_words(instrument: Instrument, answer: ItemAnswer) -> str:
    """Name the level of an answer, or why there is none."""
    if answer.status is AnswerStatus.NOT_APPLICABLE:
        return "해당 없음"
    if answer.status is AnswerStatus.UNKNOWN:
        return "모름"
    if answer.status is AnswerStatus.NOT_ASKED:
        return "묻지 않음"
    return level_words(instrument, answer.value)


def gate_words(instrument: Instrument, gates: Mapping[str, int]) -> str:
    """Name items and the least level each must have; a dash where nothing is asked."""
    return ", ".join(
        f"{instrument.item_by_id[item].label} {level_words(instrument, need)} 이상"
        for item, need in gates.items()
    ) or NONE  # fmt: skip


def gap_words(instrument: Instrument, gaps: Iterable[Gap]) -> str:
    """Name what holds something back: what it needs and what there is now."""
    return ", ".join(
        f"{instrument.item_by_id[gap.item].label} {level_words(instrument, gap.need)} 이상"
        f"(지금 {level_words(instrument, gap.have)})"
        for gap in gaps
    ) or NONE  # fmt: skip


def cost_words(instrument: Instrument, task_id: str) -> str:
    """Name cost band and weeks of a step or a solution."""
    one = instrument.step_by_id.get(task_id) or instrument.solution_by_id[task_id]
    return f"{instrument.cost_bands[one.cost].name}, {one.weeks}주"


def task_title(instrument: Instrument, task_id: str) -> str:
    """Name a step or a solution."""
    if task_id in instrument.step_by_id:
        return instrument.step_by_id[task_id].title
    return instrument.solution_by_id[task_id].name


def task_detail(instrument: Instrument, task_id: str) -> str:
    """Say what is to be done: a step's work, a solution's first move."""
    if task_id in instrument.step_by_id:
        return instrument.step_by_id[task_id].do
    return f"첫걸음: {instrument.solution_by_id[task_id].first_step}."


def preview_words(diagnosis: Diagnosis, step_id: str) -> str:
    """Say what score and level follow once a step is done; a dash where nothing is known."""
    found = next((one for one in diagnosis.previews if one.step == step_id), None)
    if found is None or found.overall is None or diagnosis.overall is None:
        return NONE
    words = f"{diagnosis.overall:.1f} → {found.overall:.1f}점"
    if found.level is not None and diagnosis.level is not None and found.level != diagnosis.level:
        words += f", L{diagnosis.level} → L{found.level}"
    return words
