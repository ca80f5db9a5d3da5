"""What to do as charts: solutions by effect and feasibility, and the score as the road is walked."""

from advisor.domain.instrument import Instrument, SolutionStatus
from advisor.domain.readiness import Diagnosis
from advisor.reporting.blocks import Point, Scatter, Stair, Stairs
from advisor.reporting.material import Outlook

# Bands of cost from small to large as sizes of a dot.
SIZES = {"Z": 0.0, "S": 0.2, "M": 0.45, "L": 0.75, "XL": 1.0}
SHOWN: tuple[SolutionStatus, ...] = ("ready", "near", "check", "not_yet")


def priorities(instrument: Instrument, diagnosis: Diagnosis) -> Scatter:
    """Return the solutions that are not done yet by effect and feasibility."""
    names = instrument.solution_status
    chosen = [one for one in diagnosis.solutions if one.status in SHOWN]
    points = tuple(
        Point(
            one.id, one.feasibility, one.impact, SIZES[instrument.solution_by_id[one.id].cost],
            names[one.status],
        )
        for one in chosen
    )  # fmt: skip
    said = "; ".join(
        f"{one.id} {names[one.status]} 효과 {one.impact:.2f} 가능성 {one.feasibility:.2f} "
        f"비용 {instrument.cost_bands[instrument.solution_by_id[one.id].cost].name}"
        for one in chosen
    )
    return Scatter(
        "해결책의 효과와 가능성", f"해결책의 효과와 가능성(0~1). {said}.", points, "가능성 →",
        "효과 ↑", "점이 클수록 비용이 큽니다.", tuple(names[one] for one in SHOWN),
    )  # fmt: skip


def outlook_stairs(
    instrument: Instrument, diagnosis: Diagnosis, outlooks: tuple[Outlook, ...]
) -> Stairs | None:
    """Return the score now and after each stretch of the road map; None without a score."""
    known = [one for one in outlooks if one.overall is not None]
    if diagnosis.overall is None or not known:
        return None
    stairs = [Stair("지금", diagnosis.overall, _words(diagnosis.overall, diagnosis.level))]
    for number, one in enumerate(known, 1):
        assert one.overall is not None
        name = f"{one.horizon} 일을 마치면"
        is_end = number == len(known)
        stairs.append(Stair(name, one.overall, _words(one.overall, one.level), is_end))
    said = ", ".join(f"{one.name} {one.words}" for one in stairs)
    marks = tuple((f"L{one.level}", float(one.range[0])) for one in instrument.levels[1:])
    return Stairs("점수 미리 보기", f"로드맵을 따라가면: {said}.", tuple(stairs), 100.0, marks)


def _words(overall: float, level: int | None) -> str:
    return f"{overall:.1f}점" if level is None else f"{overall:.1f}점 L{level}"
