"""Solutions and steps in order to a road map: what goes into which stretch of time (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from advisor.diagnosis.collect import Collected
from advisor.diagnosis.rounding import exact
from advisor.diagnosis.weighing import ONE, ZERO, Candidate, find_gaps
from advisor.domain.instrument import (
    Instrument,
    Solution,
    SolutionStatus,
    Step,
)

# The item that says how much a company can take on at once.
CAPACITY_ITEM = "PPL1"
# "PPL1이 1 이하이면 PPL의 다음 단계를 맨 앞에 둔다."
LEAD_AT_MOST = 1
STEP_HORIZONS = 3
LATER_SOLUTIONS = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """A solution with what decides its place."""

    candidate: Candidate
    solution: Solution
    match: Fraction
    status: SolutionStatus


def lay_out(
    instrument: Instrument,
    collected: Collected,
    steps: Sequence[Candidate],
    choices: Sequence[Choice],
) -> dict[str, tuple[str, ...]]:
    """Place steps and solutions so that a solution and a step of the same work never both appear.

    Which solutions drop out depends on which steps find room, and the room on the solutions. It
    starts with every step's twin left out and brings back those whose step found no room, as
    long as that does not push out a step instead.
    """
    twin = {
        candidate.id: same
        for candidate in steps
        if (same := instrument.step_by_id[candidate.id].same_as) is not None
    }

    def try_without(left_out: frozenset[str]) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
        placed = _place(instrument, collected, steps, choices, left_out)
        inside = {one for key in list(placed)[:STEP_HORIZONS] for one in placed[key]}
        return placed, frozenset(same for step_id, same in twin.items() if step_id in inside)

    cautious = frozenset(twin.values())
    first, needed = try_without(cautious)
    if needed == cautious:
        return first
    second, still_needed = try_without(needed)
    return second if still_needed == needed else first


def _place(
    instrument: Instrument,
    collected: Collected,
    steps: Sequence[Candidate],
    choices: Sequence[Choice],
    left_out: frozenset[str],
) -> dict[str, tuple[str, ...]]:
    rule = instrument.priority_rule
    fitting = [
        choice
        for choice in choices
        if choice.match >= exact(rule.match_min)
        and choice.status != "done"
        and choice.solution.id not in left_out
    ]
    quick_wins = [c for c in fitting if c.status == "ready" and c.solution.cost in ("Z", "S")]
    pilots = [
        c for c in fitting if c.status in ("ready", "near") and c.solution.cost not in ("Z", "S")
    ]
    later = [c for c in fitting if c.status in ("not_yet", "check")]

    people = collected.values.get(CAPACITY_ITEM)
    room = rule.capacity_unknown if people is None else rule.capacity_by_ppl1[people]
    remaining = [instrument.step_by_id[candidate.id] for candidate in steps]

    first: list[Step | Solution] = []
    if people is not None and people <= LEAD_AT_MOST:
        own = instrument.item_by_id[CAPACITY_ITEM].dimension
        own_steps = {step.id for step in instrument.dimension_by_id[own].steps}
        first += [step for step in remaining if step.id in own_steps]
    first += [choice.solution for choice in quick_wins[:1]]

    second: list[Step | Solution] = []
    third: list[Step | Solution] = []
    if pilots:
        (second if pilots[0].status == "ready" else third).append(pilots[0].solution)
        third += [choice.solution for choice in pilots[1:2]]

    placed: list[tuple[str, ...]] = []
    for number, start in enumerate((first, second, third)):
        # "먼저 갖출 것을 못 채운 단계는 H1에 넣지 않는다": only the first stretch asks for it.
        pool = [step for step in remaining if number or not find_gaps(collected, step.gates)]
        chosen = _fill(instrument, start, pool, room)
        placed.append(tuple(one.id for one in chosen))
        taken = set(placed[-1])
        remaining = [step for step in remaining if step.id not in taken]
    placed.append(tuple(choice.solution.id for choice in later[:LATER_SOLUTIONS]))
    return dict(zip((one.id for one in instrument.horizons), placed, strict=True))


def _fill(
    instrument: Instrument,
    start: Sequence[Step | Solution],
    pool: Iterable[Step],
    room: int,
) -> list[Step | Solution]:
    """Add steps of the pool, in its order, as long as the work fits into the room."""
    rule = instrument.priority_rule

    def load(one: Step | Solution) -> Fraction:
        light = not instrument.cost_bands[one.cost].repr_krw and one.weeks <= rule.light_weeks
        return exact(rule.light_load) if light else ONE

    chosen = list(start)
    taken = {one.id for one in chosen}
    used = sum((load(one) for one in chosen), ZERO)
    for step in pool:
        if step.id not in taken and used + load(step) <= room:
            chosen.append(step)
            used += load(step)
    return chosen
