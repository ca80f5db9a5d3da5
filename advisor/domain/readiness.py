"""Answers to the readiness instrument, and the result of a diagnosis."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from advisor.domain.instrument import Grade, SolutionStatus


class AnswerStatus(StrEnum):
    """What is known about an item; see the instrument's `status_values`."""

    ANSWERED = "answered"
    INFERRED = "inferred"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "na"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """One answer. `value` (0 to 4) and `grade` are None unless answered or inferred."""

    item: str
    status: AnswerStatus
    value: int | None = None
    grade: Grade | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """What an answers file says: the answers in its order, and the company if it names one."""

    answers: tuple[ItemAnswer, ...]
    profile: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """Score 0 to 100 to one decimal or None, share answered 0 to 1, and whether it is a guess."""

    score: float | None
    coverage: float
    estimated: bool


@dataclass(frozen=True, slots=True)
class CapHit:
    """A cap that holds. `target` is a dimension, an item or `coverage`."""

    cap: str
    target: str
    max_level: int
    below: int | float | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Priority 0 to 100 of a step, and its impact, feasibility and cost fit (0 to 1)."""

    id: str
    priority: float
    impact: float
    feasibility: float
    cost_fit: float


@dataclass(frozen=True, slots=True)
class RankedSolution(Ranked):
    """A solution's priority and whether it can be done now."""

    status: SolutionStatus


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that holds something back: what it needs and what is known (None: nothing)."""

    item: str
    need: int
    have: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the result would be once a step's `done_when` holds; None where none is given."""

    step: str
    overall: float | None
    level: int | None


@dataclass(frozen=True, slots=True)
class NextLevel:
    """The level above, the score still missing for it, and the caps that have to go first."""

    level: int
    points_needed: float
    blockers: tuple[CapHit, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The whole result, rounded as shown; judgements were made before rounding.

    Attributes:
        overall: 0 to 100, None where the rules give none; `overall_low` and `overall_high` hold
            every item not answered at 0 and at 4.
        level_raw: Level by score alone; `level` after the caps. Both None without a score.
        binding: Caps that pull `level` below `level_raw`.
        blockers: Caps that keep the company from the level above `level`.
        contradictions: Ids of the consistency checks that hold.
        smart_factory: Names of the lowest and the highest level that the answers allow.
        smart_factory_official: What a certificate says, where the profile names one.
        applied_skips: `<rule>:<item>` in the order of the rules.
        solutions: All of them, best first. `gaps` names what each one lacks.
        steps: The next step of each scored dimension that needs one, best first.
        to_confirm: Dimensions without a score, where answers are needed instead of a step.
        remarks: What to heed with any solution here (from the instrument's filters).
        next_item: Item to ask next, None when nothing is left to ask.
        may_stop: Whether enough is known for a stable level by the instrument's stop rule.
    """

    instrument_id: str
    instrument_version: str
    dimensions: Mapping[str, DimensionScore]
    overall: float | None
    overall_low: float
    overall_high: float
    level_raw: int | None
    level: int | None
    caps: tuple[CapHit, ...]
    binding: tuple[CapHit, ...]
    blockers: tuple[CapHit, ...]
    coverage: float
    evidence: float
    contradictions: tuple[str, ...]
    confidence: float
    confidence_name: str
    smart_factory: tuple[str, str]
    smart_factory_official: str | None
    applied_skips: tuple[str, ...]
    solutions: tuple[RankedSolution, ...]
    gaps: Mapping[str, tuple[Gap, ...]]
    steps: tuple[Ranked, ...]
    previews: tuple[Preview, ...]
    to_confirm: tuple[str, ...]
    horizons: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...]
    next_level: NextLevel | None
    next_item: str | None
    may_stop: bool
    answers: Mapping[str, ItemAnswer]
