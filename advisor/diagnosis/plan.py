"""Scores to solutions in order, the next step of each dimension, and a road map (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from advisor.diagnosis.collect import Collected
from advisor.diagnosis.rounding import exact, round_half_up
from advisor.diagnosis.score import Scores
from advisor.domain.instrument import (
    CostBand,
    Dimension,
    Instrument,
    Solution,
    SolutionStatus,
    Step,
    Threshold,
)
from advisor.domain.profile import Profile
from advisor.domain.readiness import Gap, Ranked, RankedSolution

ONE = Fraction(1)
ZERO = Fraction(0)
# "모르는 문항이 있고 나머지가 한 수준 안", "한 수준씩 두 문항까지 모자라면": the rule of the statuses.
NEAR_LEVELS = 1
NEAR_ITEMS = 2
# The item that says how much a company can take on at once.
CAPACITY_ITEM = "PPL1"
# "PPL1이 1 이하이면 PPL의 다음 단계를 맨 앞에 둔다."
LEAD_AT_MOST = 1
# The item that stands in for the money where the profile names no amount.
MONEY_ITEM = "FIN1"
STEP_HORIZONS = 3
LATER_SOLUTIONS = 2


@dataclass(frozen=True, slots=True)
class Situation:
    """What the profile adds to the answers.

    Attributes:
        pains: Up to three codes, the worst first.
        monthly_loss_krw: None where unknown.
        own_money_krw: What the company can pay itself; None where unknown.
        solutions_done: Ids of solutions that it uses or has tried.
        support_ratio: Share of the cost that a confirmed programme pays.
        remarks: What to heed with any solution here.
    """

    pains: tuple[str, ...] = ()
    monthly_loss_krw: int | None = None
    own_money_krw: int | None = None
    solutions_done: frozenset[str] = frozenset()
    support_ratio: Fraction = ZERO
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Solutions and steps, best first, what each solution lacks, and the road map by horizon."""

    solutions: tuple[RankedSolution, ...]
    gaps: Mapping[str, tuple[Gap, ...]]
    steps: tuple[Ranked, ...]
    to_confirm: tuple[str, ...]
    horizons: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A solution or a step while it is being ranked; numbers unrounded."""

    id: str
    cost: CostBand
    impact: Fraction
    feasibility: Fraction
    cost_fit: Fraction
    priority: float


@dataclass(frozen=True, slots=True)
class _Choice:
    """A solution with what decides its place."""

    candidate: _Candidate
    solution: Solution
    match: Fraction
    status: SolutionStatus


def read_situation(
    instrument: Instrument,
    collected: Collected,
    profile: Profile,
    *,
    support_ratio: float | None = None,
) -> Situation:
    """Take from the profile what the plan depends on.

    Args:
        instrument: Codes it does not know are left out.
        collected: FIN1 stands in where the profile names no own money.
        profile: Fields as in the profile schema; an absent one is unknown.
        support_ratio: Share (0 to 1) paid by a programme whose eligibility is confirmed; the
            instrument's default where None.
    """
    rule = instrument.priority_rule
    own_money = _amount(profile, "self_fund_krw")
    if own_money is None and MONEY_ITEM in collected.values:
        own_money = instrument.fin1_capacity_krw[collected.values[MONEY_ITEM]]
    ratio = rule.support_ratio_default if support_ratio is None else support_ratio
    pains = [code for code in _texts(profile, "pain_codes") if code in instrument.pains]
    return Situation(
        pains=tuple(pains[: len(rule.rank_discount)]),
        monthly_loss_krw=_amount(profile, "monthly_loss_krw"),
        own_money_krw=own_money,
        solutions_done=frozenset(_texts(profile, "solutions_done")),
        support_ratio=exact(ratio),
        remarks=tuple(
            one.note
            for one in instrument.filters
            if any(text.startswith(one.starts_with) for text in _texts(profile, one.field))
        ),
    )


def plan(
    instrument: Instrument, collected: Collected, scores: Scores, situation: Situation
) -> Plan:
    """Rank solutions and steps by impact, feasibility and cost, and lay them out in time."""
    choices = sorted(
        (_choose(instrument, collected, situation, one) for one in instrument.solutions),
        key=lambda choice: _rank_key(instrument, choice.candidate),
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
        key=lambda candidate: _rank_key(instrument, candidate),
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
        horizons=_lay_out(instrument, collected, next_steps, choices),
    )


def find_gaps(collected: Collected, gates: Mapping[str, int]) -> tuple[Gap, ...]:
    """Return the items that fall short of their gate or are not known, in the gates' order."""
    return tuple(
        Gap(item, need, collected.values.get(item))
        for item, need in gates.items()
        if collected.applies(item) and collected.values.get(item, -1) < need
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
) -> _Choice:
    rule = instrument.priority_rule
    match = match_of(instrument, situation.pains, solution)
    loss = rule.loss_unknown
    if situation.monthly_loss_krw is not None:
        loss = _from_thresholds(rule.loss, Fraction(situation.monthly_loss_krw), loss)
    # "I = match × (0.6 + 0.4 × loss)": the two shares stand only in the formula's text.
    impact = match * (Fraction(6, 10) + Fraction(4, 10) * exact(loss))
    return _Choice(
        candidate=_weigh(
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
) -> _Candidate:
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
    return _weigh(
        instrument, collected, situation, step.id, step.cost, step.gates, min(ONE, impact)
    )


def _weigh(
    instrument: Instrument,
    collected: Collected,
    situation: Situation,
    candidate_id: str,
    cost: CostBand,
    gates: Mapping[str, int],
    impact: Fraction,
) -> _Candidate:
    feasibility = _feasibility(instrument, collected, gates)
    cost_fit = _cost_fit(instrument, situation, cost)
    power = instrument.priority_rule.exponents
    priority = (
        100.0
        * float(impact) ** power.impact
        * float(feasibility) ** power.feasibility
        * float(cost_fit) ** power.cost
    )
    return _Candidate(candidate_id, cost, impact, feasibility, cost_fit, priority)


def _feasibility(
    instrument: Instrument, collected: Collected, gates: Mapping[str, int]
) -> Fraction:
    """Mean of how far each gate is reached; far short of one gate limits the whole."""
    if not gates:
        return ONE
    rule = instrument.priority_rule
    total = ZERO
    far = False
    for item, need in gates.items():
        value = collected.values.get(item)
        if not collected.applies(item):
            total += ONE
        elif value is None:
            total += exact(rule.unknown_attain)
        else:
            total += min(ONE, Fraction(value, need)) if need else ONE
            far = far or need - value > NEAR_LEVELS
    mean = total / len(gates)
    return min(mean, exact(rule.short2_limit)) if far else mean


def _cost_fit(instrument: Instrument, situation: Situation, cost: CostBand) -> Fraction:
    rule = instrument.priority_rule
    own_share = instrument.cost_bands[cost].repr_krw * (1 - situation.support_ratio)
    if own_share <= 0:
        return ONE
    if situation.own_money_krw is None:
        return exact(rule.cost_unknown)
    ratio = situation.own_money_krw / own_share
    return exact(_from_thresholds(rule.cost, ratio, rule.cost_unknown))


def _from_thresholds(
    thresholds: Iterable[Threshold], number: Fraction, otherwise: int | float
) -> int | float:
    return next((one.value for one in thresholds if number >= exact(one.min)), otherwise)


def _rank_key(instrument: Instrument, candidate: _Candidate) -> tuple[float, int, str]:
    """Highest priority first; of equals the cheaper one, then by id."""
    # Equal products may differ in the last bit, so equality is taken at nine digits.
    return (
        -round(candidate.priority, 9),
        instrument.cost_bands[candidate.cost].repr_krw,
        candidate.id,
    )


def _shown(candidate: _Candidate) -> tuple[str, float, float, float, float]:
    return (
        candidate.id,
        round_half_up(candidate.priority, 1),
        round_half_up(candidate.impact, 2),
        round_half_up(candidate.feasibility, 2),
        round_half_up(candidate.cost_fit, 2),
    )


def _lay_out(
    instrument: Instrument,
    collected: Collected,
    steps: Sequence[_Candidate],
    choices: Sequence[_Choice],
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
    steps: Sequence[_Candidate],
    choices: Sequence[_Choice],
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


def _amount(profile: Profile, name: str) -> int | None:
    value = profile.get(name)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _texts(profile: Profile, name: str) -> tuple[str, ...]:
    value = profile.get(name)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()
