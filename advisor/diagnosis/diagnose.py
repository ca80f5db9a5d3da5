"""Answers and a profile to a whole diagnosis (pure)."""

from collections.abc import Iterable
from fractions import Fraction

from advisor.diagnosis.collect import Collected, collect
from advisor.diagnosis.foresight import lift
from advisor.diagnosis.judge import judge
from advisor.diagnosis.next_item import choose_next_item, is_enough
from advisor.diagnosis.plan import plan
from advisor.diagnosis.rounding import exact, round_half_up
from advisor.diagnosis.score import Scores, estimate_smart_factory, score, score_range
from advisor.diagnosis.weighing import read_situation
from advisor.domain.instrument import Instrument, Step
from advisor.domain.profile import Profile
from advisor.domain.readiness import Diagnosis, DimensionScore, ItemAnswer, NextLevel, Preview


def diagnose(
    instrument: Instrument,
    answers: Iterable[ItemAnswer],
    profile: Profile | None = None,
    *,
    support_ratio: float | None = None,
) -> Diagnosis:
    """Diagnose a company.

    Args:
        instrument: The version that the answers were given to.
        answers: At most one per item, of known items, values 0 to 4; any order.
        profile: Pains, loss, own money and what has been done decide the order of the plan; the
            level does not depend on it.
        support_ratio: Share (0 to 1) of a project's cost that a programme pays whose eligibility
            is confirmed; none by default.
    """
    profile = profile or Profile()
    collected = collect(instrument, answers)
    judgement = judge(instrument, collected)
    scores = score(instrument, collected, judgement.coverages, judgement.coverage)
    low, high = score_range(instrument, collected, scores.overall)
    smart_factory = estimate_smart_factory(instrument, collected)
    situation = read_situation(instrument, collected, profile, support_ratio=support_ratio)
    planned = plan(instrument, collected, scores, situation)
    least = exact(instrument.scoring.dimension_min_coverage)
    sure = exact(instrument.scoring.estimate_flag_below)
    return Diagnosis(
        instrument_id=instrument.meta.id,
        instrument_version=instrument.meta.version,
        dimensions={
            key: DimensionScore(
                score=_shown(value),
                coverage=round_half_up(judgement.coverages[key], 2),
                estimated=value is not None and least <= judgement.coverages[key] < sure,
            )
            for key, value in scores.dimensions.items()
        },
        overall=_shown(scores.overall),
        overall_low=round_half_up(low, 1),
        overall_high=round_half_up(high, 1),
        level_raw=scores.level_raw,
        level=scores.level,
        caps=scores.caps,
        binding=scores.binding,
        blockers=scores.blockers,
        coverage=round_half_up(judgement.coverage, 2),
        evidence=round_half_up(judgement.evidence, 2),
        contradictions=collected.contradictions,
        confidence=round_half_up(judgement.confidence, 2),
        confidence_name=judgement.confidence_name,
        smart_factory=smart_factory,
        smart_factory_official=_official_level(instrument, profile),
        applied_skips=collected.applied_skips,
        solutions=planned.solutions,
        gaps=planned.gaps,
        steps=planned.steps,
        previews=tuple(
            _preview(instrument, collected, instrument.step_by_id[step.id])
            for step in planned.steps
        ),
        to_confirm=planned.to_confirm,
        horizons=planned.horizons,
        remarks=situation.remarks,
        next_level=_next_level(instrument, scores),
        next_item=choose_next_item(
            instrument, collected, scores, smart_factory[0], situation.pains
        ),
        may_stop=is_enough(instrument, collected, judgement, scores),
        answers=collected.answers,
    )


def _preview(instrument: Instrument, collected: Collected, step: Step) -> Preview:
    """Score again as if the step were done."""
    scores = lift(instrument, collected.answers, collected.applied_skips, step.done_when)
    return Preview(step.id, _shown(scores.overall), scores.level)


def _next_level(instrument: Instrument, scores: Scores) -> NextLevel | None:
    if scores.overall is None or scores.level is None:
        return None
    above = next((one for one in instrument.levels if one.level == scores.level + 1), None)
    if above is None:
        return None
    needed = max(Fraction(0), exact(above.range[0]) - scores.overall)
    return NextLevel(above.level, round_half_up(needed, 1), scores.blockers)


def _official_level(instrument: Instrument, profile: Profile) -> str | None:
    level = profile.get("sf_level_official")
    known = instrument.smart_factory_estimate.levels
    return level if isinstance(level, str) and level in known else None


def _shown(value: Fraction | None) -> float | None:
    return None if value is None else round_half_up(value, 1)
