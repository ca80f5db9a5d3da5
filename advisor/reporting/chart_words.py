"""What charts themselves say, in Korean and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words of charts in one language; `{…}` are filled in."""

    unknown: str
    overall: str
    no_overall: str
    range: str
    now: str
    month: str
    weeks: str
    nothing: str
    step: str
    solution: str


KO = ChartWords(
    unknown="확인 필요", overall="종합 {score:.1f}점", no_overall="종합 점수를 내지 않음",
    range="남은 문항에 따라 {low:.1f}~{high:.1f}점", now="지금", month="{month}개월",
    weeks="{name} · {weeks}주", nothing="정해진 일이 없습니다", step="기반을 다지는 일",
    solution="해결책 (막대 길이는 걸리는 기간)",
)  # fmt: skip
EN = ChartWords(
    unknown="to confirm", overall="overall {score:.1f}", no_overall="no overall score",
    range="{low:.1f} to {high:.1f}, depending on open items", now="now", month="month {month}",
    weeks="{name} · {weeks} wk", nothing="nothing planned", step="foundation",
    solution="solution (bar: duration)",
)  # fmt: skip
