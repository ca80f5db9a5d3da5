"""Whether the level would change with more answers (pure)."""

from fractions import Fraction
from math import ceil

from advisor.diagnosis.collect import Collected, collect
from advisor.diagnosis.judge import measure_coverage
from advisor.diagnosis.score import score
from advisor.domain.instrument import Instrument
from advisor.domain.readiness import AnswerStatus, ItemAnswer

# An item not asked yet is taken to be like the rest of its dimension, drawn a little towards the
# whole company; the items of the quick check are the easier ones, so it may lie lower but hardly
# higher. Chosen on simulated companies: `benchmarks/readiness_interview.py` prints what it does.
DRAW = Fraction(1, 2)
LOWER = Fraction(-4, 10)
HALF = Fraction(1, 2)


def is_stable(instrument: Instrument, collected: Collected, level: int | None) -> bool:
    """Tell whether the open items, answered as one would expect, leave the level where it is.

    Before the quick check is through nothing is stable: a whole side may still be unknown.
    """
    if level is None or any(collected.is_open(one) for one in instrument.quick_check.items):
        return False
    return all(
        _level_if_open_items_are(instrument, collected, shift) == level
        for shift in (LOWER, Fraction(0))
    )


def _level_if_open_items_are(
    instrument: Instrument, collected: Collected, shift: Fraction
) -> int | None:
    values = collected.values
    whole = Fraction(sum(values.values()), len(values) or 1)
    answers = []
    for item in instrument.items:
        answer = collected.answers[item.id]
        if collected.is_open(item.id):
            known = [values[o.id] for o in instrument.items_of[item.dimension] if o.id in values]
            expected = (sum(known) + DRAW * whole) / (len(known) + DRAW)
            # Between two levels the lower.
            level = ceil(expected + shift - HALF)
            level = max(instrument.scale.min, min(instrument.scale.max, level))
            answer = ItemAnswer(item.id, AnswerStatus.ANSWERED, level, "say")
        answers.append(answer)
    full = collect(instrument, answers)
    return score(instrument, full, *measure_coverage(instrument, full)).level
