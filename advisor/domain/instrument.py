"""The readiness instrument as data: the shapes of `corpus/readiness/**`, so they refuse unknown keys."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt

Level = Annotated[StrictInt, Field(ge=0, le=4)]
Amount = Annotated[StrictInt, Field(ge=0)]
# YAML writes a share as 1.0 or 0.35 and a limit as 60; both are numbers here.
Number = int | float
Share = Annotated[Number, Field(ge=0, le=1)]
Grade = Literal["doc", "detail", "say", "infer"]
CostBand = Literal["Z", "S", "M", "L", "XL"]
SolutionStatus = Literal["done", "ready", "near", "check", "not_yet"]


class Part(BaseModel):
    """A piece of the instrument: cannot be changed, refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Meta(Part):
    """What the instrument is, its version, and what it is not for."""

    id: str
    name: str
    version: str
    status: str
    date: str
    language: str
    unit: str
    use: tuple[str, ...]
    not_use: tuple[str, ...]
    authorship: str
    design_values: str


class Scale(Part):
    """The five levels of an item and how to choose among them."""

    min: Level
    max: Level
    names: dict[Level, str]
    rule: str
    scope_rule: str
    confirm_rule: str


class EvidenceGrade(Part):
    """How sure an answer is; `factor` (0 to 1) goes into the confidence."""

    name: str
    factor: Share


class MappingNotes(Part):
    """What the comparison columns of the items mean."""

    smart_factory_hint: str
    ks_module: str
    siri: str
    dma: str


class Anchor(Part):
    """The sentence that describes one level of one item."""

    value: Level
    text: str


class Signal(Part):
    """Something an owner says, and the level it stands for."""

    say: str
    value: Level


class Item(Part):
    """One question of the instrument.

    `weight` is 2 for the item that stands for its dimension in the quick check, else 1. `order`
    breaks ties when choosing what to ask next. `na_when` says when the item does not apply.
    `smart_factory_hint`, `ks_module`, `siri` and `dma` are for comparison only.
    """

    id: str
    dimension: str
    label: str
    quick: bool
    weight: Annotated[StrictInt, Field(ge=1)]
    order: Annotated[StrictInt, Field(ge=1)]
    ask_who: str
    question: str
    probes: tuple[str, ...]
    why: str
    anchors: tuple[Anchor, ...]
    evidence: tuple[str, ...]
    profile_fields: tuple[str, ...]
    na_when: str | None
    smart_factory_hint: tuple[str | None, ...] | None
    ks_module: str | None
    siri: str
    dma: str
    gates_for: tuple[str, ...]
    signals: tuple[Signal, ...]


class Step(Part):
    """One foundation step of a dimension; `gates` and `done_when` are items to least levels."""

    id: str
    band: Level
    title: str
    do: str
    gates: dict[str, Level]
    cost: CostBand
    weeks: Annotated[StrictInt, Field(ge=1)]
    done_when: dict[str, Level]
    same_as: str | None


class Dimension(Part):
    """One of the eight dimensions with its weight (they sum to 100) and steps in order."""

    id: str
    name: str
    weight: Annotated[StrictInt, Field(ge=1)]
    role: str
    core: str
    summary: str
    steps: tuple[Step, ...]


class Solution(Part):
    """A kind of solution: which pains it meets, which levels it needs, what it costs."""

    id: str
    name: str
    cost: CostBand
    weeks: Annotated[StrictInt, Field(ge=1)]
    direct: tuple[str, ...]
    indirect: tuple[str, ...]
    gates: dict[str, Level]
    done_if: dict[str, Level] | None
    first_step: str
    watch: str
    catalog_refs: tuple[str, ...]


class QuickCheck(Part):
    """The short form: one item a dimension."""

    items: tuple[str, ...]
    minutes: str
    note: str


class NextQuestion(Part):
    """How the next item is chosen, in words."""

    default: str
    adaptive: str
    stop: tuple[str, ...]


class Condition(Part):
    """A test on the level of an item."""

    item: str
    op: Literal["==", "<=", ">="]
    value: Level


class ItemValue(Part):
    """An item and the level it is set to."""

    item: str
    value: Level


class SkipRule(Part):
    """When all conditions hold, items not asked yet take these levels."""

    id: str
    when: tuple[Condition, ...]
    set: tuple[ItemValue, ...]
    because: str


class ConsistencyCheck(Part):
    """Answers that do not fit together, and how to ask about it."""

    id: str
    when: tuple[Condition, ...]
    ask: str


class ItemWeights(Part):
    """Weights of the items within their dimension."""

    quick: int
    other: int


class ConfidenceBand(Part):
    """A name for confidences from `min` on."""

    min: Share
    name: str


class ConfidenceRule(Part):
    """Constants of the confidence formula; the bands are ordered from high to low."""

    base: Share
    evidence_share: Share
    contradiction_penalty: Share
    contradiction_max: Share
    bands: tuple[ConfidenceBand, ...]
    band_on: str


class Scoring(Part):
    """Constants of the scores; the formulas stand beside them in words."""

    item_weights: ItemWeights
    dimension_score: str
    dimension_min_coverage: Share
    estimate_flag_below: Share
    overall: str
    overall_min_weight: Number
    overall_requires: tuple[str, ...]
    rounding: str
    confidence: ConfidenceRule


class DimensionBand(Part):
    """A band of dimension scores, from `range[0]` up to but without `range[1]`."""

    band: Level
    range: tuple[Number, Number]


class ReadinessLevel(Part):
    """A readiness level: scores from `range[0]` up to but without `range[1]` (the last with)."""

    level: Level
    name: str
    range: tuple[Number, Number]
    meaning: str
    next: str


class CapStep(Part):
    """Scores below `below` allow at most `max_level`."""

    below: Number
    max_level: Level


class DimensionCap(Part):
    """Limits the level while a dimension scores too low; of the steps the lowest counts."""

    id: str
    type: Literal["dim_below"]
    dims: tuple[str, ...]
    steps: tuple[CapStep, ...]
    reason: str


class ItemCap(Part):
    """Limits the level while an item is at most at `at_most`."""

    id: str
    type: Literal["item_at_most"]
    item: str
    at_most: Level
    max_level: Level
    reason: str


class UnscoredCap(Part):
    """Limits the level while a dimension has no score."""

    id: str
    type: Literal["dim_unscored"]
    dims: tuple[str, ...]
    max_level: Level
    reason: str


class CoverageCap(Part):
    """Limits the level while less than `below` of the weight is answered."""

    id: str
    type: Literal["coverage_below"]
    below: Share
    max_level: Level
    reason: str


CapRule = Annotated[DimensionCap | ItemCap | UnscoredCap | CoverageCap, Field(discriminator="type")]


class Requirement(Part):
    """An item and the least level it must have."""

    item: str
    min: Level


class SmartFactoryRule(Part):
    """What a smart-factory level asks for beyond the level below it."""

    level: str
    requires: tuple[Requirement, ...]


class SmartFactoryEstimate(Part):
    """How the smart-factory level is estimated; `levels` from low to high."""

    levels: tuple[str, ...]
    rules: tuple[SmartFactoryRule, ...]
    how: str
    scope: str
    caution: str


class CostInfo(Part):
    """Name of a cost band and the amount it is counted with."""

    name: str
    repr_krw: Amount


class Exponents(Part):
    """Exponents of impact, feasibility and cost in the priority."""

    impact: Share
    feasibility: Share
    cost: Share


class MatchWeights(Part):
    """How well a solution meets a pain."""

    direct: Share
    indirect: Share
    none: Share


class Threshold(Part):
    """From `min` on, `value` holds; lists of them go from high to low."""

    min: Number
    value: Share


class PriorityRule(Part):
    """Constants of the priority and of the placement in time, formulas beside them in words."""

    formula: str
    exponents: Exponents
    solution_impact: str
    step_impact: str
    feasibility: str
    cost_fit: str
    match: MatchWeights
    rank_discount: tuple[Share, ...]
    loss: tuple[Threshold, ...]
    loss_unknown: Share
    cost: tuple[Threshold, ...]
    cost_unknown: Share
    step_base: Share
    blocker_bonus: Share
    unlock_unit: Share
    unlock_max: Annotated[StrictInt, Field(ge=0)]
    gap_weight: Share
    match_min: Share
    capacity_by_ppl1: dict[Level, Annotated[StrictInt, Field(ge=1)]]
    capacity_unknown: Annotated[StrictInt, Field(ge=1)]
    light_load: Share
    light_weeks: Annotated[StrictInt, Field(ge=0)]
    dim_skip_from: Number
    unknown_attain: Share
    short2_limit: Share
    support_ratio_default: Share


class Horizon(Part):
    """A stretch of the road map."""

    id: str
    name: str


class FilterRule(Part):
    """A profile value that adds a remark to solutions without changing their order."""

    field: str
    starts_with: str
    note: str


class Instrument(Part):
    """The whole instrument of one version.

    `items` are ordered by dimension, then id; `solutions` by id.
    """

    meta: Meta
    scale: Scale
    status_values: dict[str, str]
    evidence_grades: dict[Grade, EvidenceGrade]
    mapping_notes: MappingNotes
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    quick_check: QuickCheck
    deep_order: tuple[str, ...]
    next_question: NextQuestion
    skip_rules: tuple[SkipRule, ...]
    consistency_checks: tuple[ConsistencyCheck, ...]
    scoring: Scoring
    dimension_bands: tuple[DimensionBand, ...]
    levels: tuple[ReadinessLevel, ...]
    caps: tuple[CapRule, ...]
    smart_factory_estimate: SmartFactoryEstimate
    pains: dict[str, str]
    cost_bands: dict[CostBand, CostInfo]
    fin1_capacity_krw: dict[Level, Amount]
    solutions: tuple[Solution, ...]
    solution_status: dict[SolutionStatus, str]
    priority_rule: PriorityRule
    horizons: tuple[Horizon, ...]
    horizon_rule: tuple[str, ...]
    filters: tuple[FilterRule, ...]

    @cached_property
    def item_by_id(self) -> dict[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def dimension_by_id(self) -> dict[str, Dimension]:
        """Dimensions by id."""
        return {dimension.id: dimension for dimension in self.dimensions}

    @cached_property
    def solution_by_id(self) -> dict[str, Solution]:
        """Solutions by id."""
        return {solution.id: solution for solution in self.solutions}

    @cached_property
    def step_by_id(self) -> dict[str, Step]:
        """Steps of all dimensions by id."""
        return {step.id: step for dimension in self.dimensions for step in dimension.steps}

    @cached_property
    def items_of(self) -> dict[str, tuple[Item, ...]]:
        """Items by the dimension they belong to."""
        return {
            dimension.id: tuple(item for item in self.items if item.dimension == dimension.id)
            for dimension in self.dimensions
        }
