"""How much a solution or a step is worth doing here: impact, feasibility, cost (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.diagnosis.collect import Collected
from advisor.diagnosis.rounding import exact
from advisor.domain.instrument import (
    CostBand,
    Instrument,
    Threshold,
)
from advisor.domain.profile import Profile
from advisor.domain.readiness import Gap

ONE = Fraction(1)
ZERO = Fraction(0)
NEAR_LEVELS = 1  # further from a gate than this is far
# The item that stands in for the money where the profile names no amount.
MONEY_ITEM = "FIN1"


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
class Candidate:
    """A solution or a step while it is being ranked; numbers unrounded."""

    id: str
    cost: CostBand
    impact: Fraction
    feasibility: Fraction
    cost_fit: Fraction
    priority: float


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


def find_gaps(collected: Collected, gates: Mapping[str, int]) -> tuple[Gap, ...]:
    """Return the items that fall short of their gate or are not known, in the gates' order."""
    return tuple(
        Gap(item, need, collected.values.get(item))
        for item, need in gates.items()
        if collected.applies(item) and collected.values.get(item, -1) < need
    )


def weigh(
    instrument: Instrument,
    collected: Collected,
    situation: Situation,
    candidate_id: str,
    cost: CostBand,
    gates: Mapping[str, int],
    impact: Fraction,
) -> Candidate:
    """Return the candidate with its priority, the product of the three to the rule's powers."""
    feasibility = _feasibility(instrument, collected, gates)
    cost_fit = _cost_fit(instrument, situation, cost)
    power = instrument.priority_rule.exponents
    priority = (
        100.0
        * float(impact) ** power.impact
        * float(feasibility) ** power.feasibility
        * float(cost_fit) ** power.cost
    )
    return Candidate(candidate_id, cost, impact, feasibility, cost_fit, priority)


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
    return exact(from_thresholds(rule.cost, ratio, rule.cost_unknown))


def from_thresholds(
    thresholds: Iterable[Threshold], number: Fraction, otherwise: int | float
) -> int | float:
    """Return the value of the first threshold that the number reaches."""
    return next((one.value for one in thresholds if number >= exact(one.min)), otherwise)


def rank_key(instrument: Instrument, candidate: Candidate) -> tuple[float, int, str]:
    """Highest priority first; of equals the cheaper one, then by id."""
    # Equal products may differ in the last bit, so equality is taken at nine digits.
    return (
        -round(candidate.priority, 9),
        instrument.cost_bands[candidate.cost].repr_krw,
        candidate.id,
    )


def _amount(profile: Profile, name: str) -> int | None:
    value = profile.get(name)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _texts(profile: Profile, name: str) -> tuple[str, ...]:
    value = profile.get(name)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()
