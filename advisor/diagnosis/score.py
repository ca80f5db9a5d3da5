"""Answers to scores, caps, a level and a smart-factory estimate (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.diagnosis.collect import Collected
from advisor.diagnosis.rounding import exact
from advisor.domain.instrument import CoverageCap, DimensionCap, Instrument, ItemCap, UnscoredCap
from advisor.domain.readiness import CapHit

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores 0 to 100, unrounded; None where too little is known.

    `binding` are the caps that pull `level` below `level_raw`, `blockers` those that keep it
    from the level above.
    """

    dimensions: Mapping[str, Fraction | None]
    overall: Fraction | None
    level_raw: int | None
    level: int | None
    caps: tuple[CapHit, ...]
    binding: tuple[CapHit, ...]
    blockers: tuple[CapHit, ...]


def score(
    instrument: Instrument,
    collected: Collected,
    coverages: Mapping[str, Fraction],
    coverage: Fraction,
) -> Scores:
    """Compute the scores, find the caps that hold and the level that they leave.

    Args:
        instrument: The rules.
        collected: What is known.
        coverages: Share answered by dimension, as measured for `collected`.
        coverage: Share answered of the whole.
    """
    least = exact(instrument.scoring.dimension_min_coverage)
    dimensions = {
        dimension.id: (
            _dimension_score(instrument, collected, dimension.id)
            if coverages[dimension.id] >= least
            else None
        )
        for dimension in instrument.dimensions
    }
    overall = _overall(instrument, dimensions)
    caps = tuple(_caps(instrument, collected, coverage, dimensions))
    if overall is None:
        return Scores(dimensions, None, None, None, caps, (), ())
    level_raw = max(step.level for step in instrument.levels if overall >= exact(step.range[0]))
    level = min([level_raw, *(cap.max_level for cap in caps)])
    top = instrument.levels[-1].level
    return Scores(
        dimensions,
        overall,
        level_raw,
        level,
        caps,
        binding=tuple(cap for cap in caps if cap.max_level < level_raw),
        blockers=tuple(cap for cap in caps if cap.max_level <= level < top),
    )


def score_range(
    instrument: Instrument, collected: Collected, overall: Fraction | None
) -> tuple[Fraction, Fraction]:
    """Return the overall score with every item not answered at the lowest and at the highest.

    The range takes in `overall`, which leaves weakly answered dimensions out.
    """
    low = _overall_if_open_items_were(instrument, collected, instrument.scale.min)
    high = _overall_if_open_items_were(instrument, collected, instrument.scale.max)
    if overall is not None:
        return min(low, overall), max(high, overall)
    return low, high


def estimate_smart_factory(instrument: Instrument, collected: Collected) -> tuple[str, str]:
    """Return the lowest and the highest smart-factory level that the answers allow.

    An item without an answer counts as failed for the lowest and as met for the highest; one
    that does not apply is left out.
    """
    rule = instrument.smart_factory_estimate

    def reach(*, when_unknown: bool) -> str:
        reached = rule.levels[0]
        for step in rule.rules:
            for need in step.requires:
                if not collected.applies(need.item):
                    continue
                value = collected.values.get(need.item)
                if not (when_unknown if value is None else value >= need.min):
                    return reached
            reached = step.level
        return reached

    return reach(when_unknown=False), reach(when_unknown=True)


def _dimension_score(
    instrument: Instrument,
    collected: Collected,
    dimension_id: str,
    otherwise: int | None = None,
) -> Fraction | None:
    """Weighted mean of the items as a share of the highest level.

    `otherwise` is the level of applicable items without a value; None leaves them out.
    """
    weight = points = 0
    for item in instrument.items_of[dimension_id]:
        value = collected.values.get(item.id)
        if value is None and collected.applies(item.id):
            value = otherwise
        if value is not None:
            weight += item.weight
            points += item.weight * value
    # In whole numbers up to here: one fraction a dimension keeps a diagnosis quick.
    return Fraction(100 * points, instrument.scale.max * weight) if weight else None


def _overall(instrument: Instrument, dimensions: Mapping[str, Fraction | None]) -> Fraction | None:
    """Weighted mean of the scored dimensions; None where the rules want more of them."""
    rule = instrument.scoring
    scored = {key: value for key, value in dimensions.items() if value is not None}
    weight = sum(instrument.dimension_by_id[key].weight for key in scored)
    if weight < exact(rule.overall_min_weight) or any(
        needed not in scored for needed in rule.overall_requires
    ):
        return None
    return _weighted_mean(instrument, scored)


def _overall_if_open_items_were(
    instrument: Instrument, collected: Collected, level: int
) -> Fraction:
    scores = {
        dimension.id: _dimension_score(instrument, collected, dimension.id, level)
        for dimension in instrument.dimensions
    }
    return _weighted_mean(instrument, {k: v for k, v in scores.items() if v is not None})


def _weighted_mean(instrument: Instrument, scores: Mapping[str, Fraction]) -> Fraction:
    weight = sum(instrument.dimension_by_id[key].weight for key in scores)
    total = sum((instrument.dimension_by_id[key].weight * v for key, v in scores.items()), ZERO)
    return total / weight if weight else ZERO


def _caps(
    instrument: Instrument,
    collected: Collected,
    coverage: Fraction,
    dimensions: Mapping[str, Fraction | None],
) -> Iterator[CapHit]:
    for rule in instrument.caps:
        if isinstance(rule, DimensionCap):
            yield from _dimension_caps(rule, dimensions)
        elif isinstance(rule, ItemCap):
            value = collected.values.get(rule.item)
            if value is not None and value <= rule.at_most:
                yield CapHit(rule.id, rule.item, rule.max_level)
        elif isinstance(rule, UnscoredCap):
            for dimension_id in rule.dims:
                if dimensions[dimension_id] is None:
                    yield CapHit(rule.id, dimension_id, rule.max_level)
        elif isinstance(rule, CoverageCap) and coverage < exact(rule.below):
            yield CapHit(rule.id, "coverage", rule.max_level)


def _dimension_caps(
    rule: DimensionCap, dimensions: Mapping[str, Fraction | None]
) -> Iterator[CapHit]:
    for dimension_id in rule.dims:
        value = dimensions[dimension_id]
        if value is None:
            continue
        under = [step for step in rule.steps if value < exact(step.below)]
        if under:
            lowest = min(under, key=lambda step: step.below)
            yield CapHit(rule.id, dimension_id, lowest.max_level, lowest.below)
