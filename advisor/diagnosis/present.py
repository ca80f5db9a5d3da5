"""A diagnosis as JSON for the contract, with the Korean names that a page shows (pure)."""

from typing import Any

from advisor.domain.instrument import Instrument, ItemCap
from advisor.domain.readiness import CapHit, Diagnosis, Ranked, RankedSolution

NO_ESTIMATE = "아직 알 수 없음"
NOTICE = (
    "대화와 답변을 바탕으로 AI가 한 추정입니다. "
    "공식 스마트공장 수준확인이나 지원사업 선정 판단을 대신하지 않습니다."
)


def as_json(instrument: Instrument, diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the result in the shape of the contract, JSON values only."""
    return {
        "instrument": diagnosis.instrument_id,
        "instrument_version": diagnosis.instrument_version,
        "dimensions": {
            key: {"score": one.score, "coverage": one.coverage, "estimated": one.estimated}
            for key, one in diagnosis.dimensions.items()
        },
        "overall": diagnosis.overall,
        "overall_low": diagnosis.overall_low,
        "overall_high": diagnosis.overall_high,
        "level_raw": diagnosis.level_raw,
        "level": diagnosis.level,
        "caps": [_cap(one) for one in diagnosis.caps],
        "binding": [_cap(one) for one in diagnosis.binding],
        "blockers": [_cap(one) for one in diagnosis.blockers],
        "coverage": diagnosis.coverage,
        "evidence": diagnosis.evidence,
        "contradictions": list(diagnosis.contradictions),
        "confidence": diagnosis.confidence,
        "confidence_name": diagnosis.confidence_name,
        "smart_factory": {
            "low": diagnosis.smart_factory[0],
            "high": diagnosis.smart_factory[1],
        },
        "smart_factory_official": diagnosis.smart_factory_official,
        "applied_skips": list(diagnosis.applied_skips),
        "solutions": [_ranked(one) for one in diagnosis.solutions],
        "steps": [_ranked(one) for one in diagnosis.steps],
        "horizons": {key: list(ids) for key, ids in diagnosis.horizons.items()},
        "gaps": {
            key: [{"item": gap.item, "need": gap.need, "have": gap.have} for gap in gaps]
            for key, gaps in diagnosis.gaps.items()
        },
        "previews": [
            {"step": one.step, "overall": one.overall, "level": one.level}
            for one in diagnosis.previews
        ],
        "to_confirm": list(diagnosis.to_confirm),
        "remarks": list(diagnosis.remarks),
        "next_level": (
            {
                "level": diagnosis.next_level.level,
                "points_needed": diagnosis.next_level.points_needed,
                "blockers": [_cap(one) for one in diagnosis.next_level.blockers],
            }
            if diagnosis.next_level
            else None
        ),
        "next_item": diagnosis.next_item,
        "may_stop": diagnosis.may_stop,
        "answers": [
            {
                "item": one.item,
                "status": one.status.value,
                "value": one.value,
                "grade": one.grade,
                "note": one.note,
            }
            for one in diagnosis.answers.values()
        ],
        "labels": labels(instrument, diagnosis),
    }


def labels(instrument: Instrument, diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the Korean names and sentences for everything the result names by id."""
    level = next((one for one in instrument.levels if one.level == diagnosis.level), None)
    checks = {check.id: check.ask for check in instrument.consistency_checks}
    asked = instrument.item_by_id.get(diagnosis.next_item or "")
    return {
        "level": level.name if level else None,
        "level_meaning": level.meaning if level else None,
        "level_next": level.next if level else None,
        "levels": {str(one.level): one.name for one in instrument.levels},
        "summary": summarize(instrument, diagnosis),
        "dimensions": {one.id: one.name for one in instrument.dimensions},
        "items": {one.id: one.label for one in instrument.items},
        "grades": {key: one.name for key, one in instrument.evidence_grades.items()},
        "statuses": dict(instrument.status_values),
        "caps": [explain_cap(instrument, diagnosis, one) for one in diagnosis.caps],
        "binding": [explain_binding(instrument, diagnosis, one) for one in diagnosis.binding],
        "blockers": [explain_cap(instrument, diagnosis, one) for one in diagnosis.blockers],
        "contradictions": {one: checks[one] for one in diagnosis.contradictions},
        "smart_factory": name_smart_factory(instrument, diagnosis),
        "smart_factory_caution": instrument.smart_factory_estimate.caution,
        "solutions": {one.id: one.name for one in instrument.solutions},
        "solution_status": dict(instrument.solution_status),
        "steps": {key: one.title for key, one in instrument.step_by_id.items()},
        "horizons": {one.id: one.name for one in instrument.horizons},
        "next_question": asked.question if asked else None,
        "notice": NOTICE,
    }


def summarize(instrument: Instrument, diagnosis: Diagnosis) -> str:
    """Return one sentence: the level and why, or what is missing for one."""
    if diagnosis.level is None or diagnosis.overall is None:
        names = ", ".join(instrument.dimension_by_id[one].name for one in diagnosis.to_confirm)
        return (
            "아직 답이 모자라 종합 점수와 수준을 내지 않았습니다. "
            f"{names} 문항에 더 답해 주시면 수준을 보여 드립니다."
        )
    name = next(one.name for one in instrument.levels if one.level == diagnosis.level)
    text = f"종합 {diagnosis.overall}점, 준비 수준은 L{diagnosis.level} '{name}'입니다."
    strictest = min(diagnosis.binding, key=lambda cap: cap.max_level, default=None)
    if strictest is not None:
        text += f" {explain_binding(instrument, diagnosis, strictest)}"
    return text


def explain_binding(instrument: Instrument, diagnosis: Diagnosis, cap: CapHit) -> str:
    """Say why the level is below what the score alone gives, and what would lift it."""
    subject, cure = _subject_and_cure(instrument, diagnosis, cap)
    return f"점수로는 L{diagnosis.level_raw}이지만 {subject} L{cap.max_level}까지로 봅니다. {cure}."


def explain_cap(instrument: Instrument, diagnosis: Diagnosis, cap: CapHit) -> str:
    """Say what a cap rests on, how far it lets the level go, and what would lift it."""
    subject, cure = _subject_and_cure(instrument, diagnosis, cap)
    return f"{subject} L{cap.max_level}까지로 봅니다. {cure}."


def name_smart_factory(instrument: Instrument, diagnosis: Diagnosis) -> str:
    """Return the estimated smart-factory level, or the range it lies in, in words."""
    low, high = diagnosis.smart_factory
    levels = instrument.smart_factory_estimate.levels
    if low == high:
        return low
    if (low, high) == (levels[0], levels[-1]):
        return NO_ESTIMATE
    return f"{low}~{high} 사이"


def _subject_and_cure(instrument: Instrument, diagnosis: Diagnosis, cap: CapHit) -> tuple[str, str]:
    if cap.target in instrument.item_by_id:
        item = instrument.item_by_id[cap.target]
        rule = next(one for one in instrument.caps if one.id == cap.cap)
        assert isinstance(rule, ItemCap)
        value = diagnosis.answers[item.id].value
        now = next(one.text for one in item.anchors if one.value == value).rstrip(".")
        better = next(one.text for one in item.anchors if one.value == rule.at_most + 1)
        return (
            f"‘{item.label}’이(가) 아직 '{now}' 단계여서",
            f"‘{better.rstrip('.')}’가 되면 풀립니다",
        )
    if cap.target in instrument.dimension_by_id:
        dimension = instrument.dimension_by_id[cap.target]
        if cap.below is None:
            return (
                f"‘{dimension.name}’ 점수를 아직 확인하지 못해",
                f"‘{dimension.name}’ 문항에 답하시면 풀립니다",
            )
        shown = diagnosis.dimensions[cap.target].score
        return (
            f"‘{dimension.name}’ {shown}점이 {cap.below}점에 못 미쳐",
            f"‘{dimension.name}’ {cap.below}점이면 풀립니다",
        )
    return (
        f"답한 비중이 {diagnosis.coverage:.0%}로 모자라",
        "문항에 더 답하시면 풀립니다",
    )


def _cap(cap: CapHit) -> dict[str, Any]:
    shape: dict[str, Any] = {"cap": cap.cap, "target": cap.target, "max_level": cap.max_level}
    if cap.below is not None:
        shape["below"] = cap.below
    return shape


def _ranked(one: Ranked) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": one.id,
        "P": one.priority,
        "I": one.impact,
        "F": one.feasibility,
        "C": one.cost_fit,
    }
    if isinstance(one, RankedSolution):
        shape["status"] = one.status
    return shape
