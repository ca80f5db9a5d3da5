"""Which item to ask next, and whether enough has been asked (pure)."""

from fractions import Fraction

from advisor.diagnosis.collect import Collected
from advisor.diagnosis.judge import Judgement
from advisor.diagnosis.plan import match_of
from advisor.diagnosis.rounding import exact
from advisor.diagnosis.score import Scores
from advisor.domain.instrument import DimensionCap, Instrument, Item
from advisor.domain.readiness import AnswerStatus

# The numbers of `next_question.adaptive` and `.stop`, which stand there in words only.
NEAR_LIMIT = 15
BLOCKER_BOOST = Fraction(3, 2)
ESTIMATE_BOOST = Fraction(3, 2)
PAIN_BOOST = Fraction(13, 10)
ENOUGH_COVERAGE = Fraction(8, 10)
FOUNDATION_CAPS = ("CAP1", "CAP2")


def choose_next_item(
    instrument: Instrument,
    collected: Collected,
    scores: Scores,
    smart_factory_low: str,
    pains: tuple[str, ...],
) -> str | None:
    """Return the item to ask next: the quick check in its order, then the one that tells most.

    Returns:
        None once every item is answered, settled by a rule, unknown or inapplicable.
    """
    for item_id in instrument.quick_check.items:
        if collected.is_open(item_id):
            return item_id
    open_items = [item for item in instrument.items if collected.is_open(item.id)]
    if not open_items:
        return None
    near = _dimensions_near_a_limit(instrument, scores)
    estimate = _items_of_next_estimate(instrument, collected, smart_factory_low)
    painful = _items_of_worst_pain(instrument, pains)

    def value_of(item: Item) -> Fraction:
        value = Fraction(instrument.dimension_by_id[item.dimension].weight * item.weight)
        if item.dimension in near:
            value *= BLOCKER_BOOST
        if item.id in estimate:
            value *= ESTIMATE_BOOST
        if item.id in painful:
            value *= PAIN_BOOST
        return value

    return min(open_items, key=lambda item: (-value_of(item), item.order)).id


def is_enough(
    instrument: Instrument, collected: Collected, judgement: Judgement, scores: Scores
) -> bool:
    """Tell whether the level would hardly move: most is answered and every blocker is sure."""
    if scores.level is None or judgement.coverage < ENOUGH_COVERAGE:
        return False
    for cap in scores.blockers:
        answer = collected.answers.get(cap.target)
        if answer is not None and answer.status is not AnswerStatus.ANSWERED:
            return False
        if answer is None and judgement.coverages.get(cap.target, Fraction(0)) < 1:
            return False
    return True


def _dimensions_near_a_limit(instrument: Instrument, scores: Scores) -> set[str]:
    """Dimensions that may keep the company from the next level."""
    near = set()
    for rule in instrument.caps:
        if not isinstance(rule, DimensionCap) or rule.id not in FOUNDATION_CAPS:
            continue
        limits = [
            exact(step.below)
            for step in rule.steps
            if scores.level is None or step.max_level == scores.level
        ]
        for dimension_id in rule.dims:
            value = scores.dimensions[dimension_id]
            if value is None or any(abs(value - limit) <= NEAR_LIMIT for limit in limits):
                near.add(dimension_id)
    return near


def _items_of_next_estimate(instrument: Instrument, collected: Collected, reached: str) -> set[str]:
    estimate = instrument.smart_factory_estimate
    above = estimate.levels.index(reached)
    return {
        need.item
        for rule in estimate.rules[above : above + 1]
        for need in rule.requires
        if need.item not in collected.values
    }


def _items_of_worst_pain(instrument: Instrument, pains: tuple[str, ...]) -> set[str]:
    least = exact(instrument.priority_rule.match_min)
    return {
        item
        for solution in instrument.solutions
        if pains and match_of(instrument, pains[:1], solution) >= least
        for item in solution.gates
    }
