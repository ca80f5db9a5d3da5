"""How much was answered, how firm it is, and how far to trust the result (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.diagnosis.collect import Collected
from advisor.diagnosis.rounding import exact, round_half_up
from advisor.domain.instrument import Grade, Instrument

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Shares between 0 and 1, unrounded.

    `coverages` names every dimension; one without any applicable item has 0.
    """

    coverages: Mapping[str, Fraction]
    coverage: Fraction
    evidence: Fraction
    confidence: Fraction
    confidence_name: str


def measure_coverage(
    instrument: Instrument, collected: Collected
) -> tuple[dict[str, Fraction], Fraction]:
    """Return the share answered of each dimension and of the whole.

    A dimension without any applicable item has 0 and does not count in the whole.
    """
    coverages: dict[str, Fraction] = {}
    weight = 0
    answered = ZERO
    for dimension in instrument.dimensions:
        total = known = 0
        for item in instrument.items_of[dimension.id]:
            if collected.applies(item.id):
                total += item.weight
                known += item.weight if item.id in collected.values else 0
        coverages[dimension.id] = Fraction(known, total) if total else ZERO
        if total:
            weight += dimension.weight
            answered += dimension.weight * coverages[dimension.id]
    return coverages, answered / weight if weight else ZERO


def judge(instrument: Instrument, collected: Collected) -> Judgement:
    """Weigh what was answered and on what grounds.

    Every item has a share of the whole: its dimension's weight times its part of the dimension.
    Coverage is the share of the items answered, evidence the mean factor of their grades.
    """
    coverages, coverage = measure_coverage(instrument, collected)
    evidence = _mean_factor(instrument, collected)
    rule = instrument.scoring.confidence
    doubt = min(
        exact(rule.contradiction_max),
        exact(rule.contradiction_penalty) * len(collected.contradictions),
    )
    trust = coverage * (exact(rule.base) + exact(rule.evidence_share) * evidence)
    confidence = max(ZERO, trust - doubt)
    shown = round_half_up(confidence, 2)
    return Judgement(
        coverages=coverages,
        coverage=coverage,
        evidence=evidence,
        confidence=confidence,
        confidence_name=next(band.name for band in rule.bands if shown >= band.min),
    )


def _mean_factor(instrument: Instrument, collected: Collected) -> Fraction:
    """Mean evidence factor of the items with a value, each by its share of the whole."""
    # Shares are gathered by grade first: a handful of fractions instead of one per item.
    shares: dict[Grade, Fraction] = {}
    for dimension in instrument.dimensions:
        total = 0
        weights: dict[Grade, int] = {}
        for item in instrument.items_of[dimension.id]:
            if collected.applies(item.id):
                total += item.weight
                if item.id in collected.values:
                    # Someone who gives a level but no ground has only said so.
                    grade = collected.answers[item.id].grade or "say"
                    weights[grade] = weights.get(grade, 0) + item.weight
        for grade, weight in weights.items():
            share = Fraction(dimension.weight * weight, total)
            shares[grade] = shares.get(grade, ZERO) + share
    whole = sum(shares.values(), ZERO)
    firm = sum(
        (
            share * exact(instrument.evidence_grades[grade].factor)
            for grade, share in shares.items()
        ),
        ZERO,
    )
    return firm / whole if whole else ZERO
