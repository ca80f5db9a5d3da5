"""What a result may become: once steps are done, and once open items are answered (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from advisor.diagnosis.collect import collect
from advisor.diagnosis.judge import measure_coverage
from advisor.diagnosis.rounding import round_half_up
from advisor.diagnosis.score import Scores, score
from advisor.domain.instrument import Instrument
from advisor.domain.readiness import AnswerStatus, Diagnosis, ItemAnswer


@dataclass(frozen=True, slots=True)
class Foresight:
    """Score (0 to 100) and level at the end of a stretch; None where the rules give none."""

    horizon: str
    overall: float | None
    level: int | None


def lift(
    instrument: Instrument,
    answers: Mapping[str, ItemAnswer],
    applied_skips: tuple[str, ...],
    needs: Mapping[str, int],
) -> Scores:
    """Score again as if the items had at least these levels.

    Args:
        instrument: The version that the answers were given to.
        answers: One per item.
        applied_skips: `<rule>:<item>`, the items among the answers that a rule settled.
        needs: Items to levels; what does not apply stays so, what is higher is not lowered.
    """
    lifted = dict(answers)
    for item, need in needs.items():
        before = lifted[item]
        if before.status is AnswerStatus.NOT_APPLICABLE:
            continue
        if before.value is None or before.value < need:
            lifted[item] = replace(
                before, status=AnswerStatus.ANSWERED, value=need, grade=before.grade or "say"
            )
    # What a rule had settled is settled anew, since the change may lift what it rested on.
    ruled = {one.partition(":")[2] for one in applied_skips}
    again = collect(
        instrument,
        (
            one
            for one in lifted.values()
            if one.item not in ruled or one.status is not AnswerStatus.INFERRED
        ),
    )
    return score(instrument, again, *measure_coverage(instrument, again))


def foresee(instrument: Instrument, diagnosis: Diagnosis) -> tuple[Foresight, ...]:
    """Return the result after each stretch of the road map, its steps and those before it done.

    Solutions are left out: what they change shows only in use.
    """
    needs: dict[str, int] = {}
    found = []
    for horizon in instrument.horizons:
        steps = [
            instrument.step_by_id[one]
            for one in diagnosis.horizons[horizon.id]
            if one in instrument.step_by_id
        ]
        if not steps:
            continue
        for step in steps:
            for item, need in step.done_when.items():
                needs[item] = max(need, needs.get(item, 0))
        scores = lift(instrument, diagnosis.answers, diagnosis.applied_skips, needs)
        overall = None if scores.overall is None else round_half_up(scores.overall, 1)
        found.append(Foresight(horizon.name, overall, scores.level))
    return tuple(found)


def dimension_ranges(
    instrument: Instrument, diagnosis: Diagnosis
) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest score of each dimension that its open items leave.

    A dimension none of whose items applies has no range.
    """
    ranges = {}
    for dimension in instrument.dimensions:
        low = whole = known = 0
        for item in instrument.items_of[dimension.id]:
            answer = diagnosis.answers[item.id]
            if answer.status is AnswerStatus.NOT_APPLICABLE:
                continue
            whole += item.weight
            if answer.value is not None:
                known += item.weight
                low += item.weight * answer.value
        if whole:
            top = instrument.scale.max
            high = low + top * (whole - known)
            ranges[dimension.id] = (
                round_half_up(Fraction(100 * low, top * whole), 1),
                round_half_up(Fraction(100 * high, top * whole), 1),
            )
    return ranges
