"""Scores to solutions in order, the next step of each dimension, and a road map (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from advisor.diagnosis.collect import Collected
from advisor.diagnosis.road import Choice, lay_out
from advisor.diagnosis.rounding import exact, round_half_up
from advisor.diagnosis.score import Scores
from advisor.diagnosis.weighing import (
    NEAR_LEVELS,
    ONE,
    ZERO,
    Candidate,
    Situation,
    find_gaps,
    from_thresholds,
    rank_key,
    weigh,
)
from advisor.domain.instrument import (
    Dimension,
    Instrument,
    Solution,
    SolutionStatus,
    Step,
)
from advisor.domain.readiness import Gap, Ranked, RankedSolution

# "모르는 문항이 있고 나머지가 한 수준 안", "한 수준씩 두 문항까지 모자라면": the rule of the statuses.
NEAR_ITEMS = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """Solutions and steps, best first, what each solution lacks, and the road map by horizon."""

    solutions: tuple[RankedSolution, ...]
    gaps: Mapping[str, tuple[Gap, ...]]
    steps: tuple[Ranked, ...]
    to_confirm: tuple[str, ...]
    horizons: Mapping[str, tuple[str, ...]]


def plan(
    instrument: Instrument, collected: Collected, scores: Scores, situation: Situation
) -> Plan:
    """Rank solutions and steps by impact, feasibility and cost, and lay them out in time."""
    choices = sorted(
        (_choose(instrument, collected, situation, one) for one in instrument.solutions),
        key=lambda choice: rank_key(instrument, choice.candidate),
    )
    # For each solution worth having: the items for want of which it cannot start.
    held_back = [
        frozenset(gap.item for gap in find_gaps(collected, choice.solution.gates))
        for choice in choices
        if choice.match >= exact(instrument.priority_rule.match_min) and choice.status != "done"
    ]
    next_steps = sorted(
        (
            _weigh_step(instrument, collected, scores, situation, held_back, dimension, step)
            for dimension in instrument.dimensions
            if (step := _next_step(instrument, collected, scores, dimension)) is not None
        ),
        key=lambda candidate: rank_key(instrument, candidate),
    )
    return Plan(
        solutions=tuple(
            RankedSolution(*_shown(choice.candidate), status=choice.status) for choice in choices
        ),
        gaps={
            choice.solution.id: missing
            for choice in choices
            if (missing := find_gaps(collected, choice.solution.gates))
        },
        steps=tuple(Ranked(*_shown(candidate)) for candidate in next_steps),
        to_confirm=tuple(key for key, value in scores.dimensions.items() if value is None),
        horizons=lay_out(instrument, collected, next_steps, choices),
    )


def match_of(instrument: Instrument, pains: Sequence[str], solution: Solution) -> Fraction:
    """Return how well a solution meets the pains (0 to 1), the worst pain counting most."""
    weights = instrument.priority_rule.match
    best = exact(weights.none)
    for pain, discount in zip(pains, instrument.priority_rule.rank_discount, strict=False):
        if pain in solution.direct:
            fit = weights.direct
        elif pain in solution.indirect:
            fit = weights.indirect
        else:
            fit = weights.none
        best = max(best, exact(fit) * exact(discount))
    return best


def _choose(
    instrument: Instrument, collected: Collected, situation: Situation, solution: Solution
) -> Choice:
    rule = instrument.priority_rule
    match = match_of(instrument, situation.pains, solution)
    loss = rule.loss_unknown
    if situation.monthly_loss_krw is not None:
        loss = from_thresholds(rule.loss, Fraction(situation.monthly_loss_krw), loss)
    # "I = match × (0.6 + 0.4 × loss)": the two shares stand only in the formula's text.
    impact = match * (Fraction(6, 10) + Fraction(4, 10) * exact(loss))
    return Choice(
        candidate=weigh(
            instrument, collected, situation, solution.id, solution.cost, solution.gates, impact
        ),
        solution=solution,
        match=match,
        status=_status(collected, situation, solution),
    )


def _status(collected: Collected, situation: Situation, solution: Solution) -> SolutionStatus:
    if solution.id in situation.solutions_done or (
        solution.done_if and not find_gaps(collected, solution.done_if)
    ):
        return "done"
    gaps = find_gaps(collected, solution.gates)
    if not gaps:
        return "ready"
    known = [gap.need - gap.have for gap in gaps if gap.have is not None]
    if any(short > NEAR_LEVELS for short in known):
        return "not_yet"
    if len(known) < len(gaps):
        return "check"
    return "near" if len(known) <= NEAR_ITEMS else "not_yet"


def _next_step(
    instrument: Instrument, collected: Collected, scores: Scores, dimension: Dimension
) -> Step | None:
    """Return the first step whose end is not reached, unless the dimension is strong enough."""
    value = scores.dimensions[dimension.id]
    if value is None or value >= exact(instrument.priority_rule.dim_skip_from):
        return None
    return next((step for step in dimension.steps if find_gaps(collected, step.done_when)), None)


def _weigh_step(
    instrument: Instrument,
    collected: Collected,
    scores: Scores,
    situation: Situation,
    held_back: Sequence[frozenset[str]],
    dimension: Dimension,
    step: Step,
) -> Candidate:
    rule = instrument.priority_rule
    value = scores.dimensions[dimension.id]
    assert value is not None  # _next_step leaves unscored dimensions out
    own_items = {item.id for item in instrument.items_of[dimension.id]}
    blocked = any(cap.target == dimension.id or cap.target in own_items for cap in scores.blockers)
    unlocked = sum(1 for items in held_back if not own_items.isdisjoint(items))
    widest = max(one.weight for one in instrument.dimensions)
    impact = (
        exact(rule.step_base)
        + (exact(rule.blocker_bonus) if blocked else ZERO)
        + exact(rule.unlock_unit) * min(unlocked, rule.unlock_max)
        + exact(rule.gap_weight) * Fraction(dimension.weight, widest) * (1 - value / 100)
    )
    return weigh(instrument, collected, situation, step.id, step.cost, step.gates, min(ONE, impact))


def _shown(candidate: Candidate) -> tuple[str, float, float, float, float]:
    return (
        candidate.id,
        round_half_up(candidate.priority, 1),
        round_half_up(candidate.impact, 2),
        round_half_up(candidate.feasibility, 2),
        round_half_up(candidate.cost_fit, 2),
    )
