"""Up to four programs or solutions side by side (pure)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from advisor.domain.match import Match, Verdict, WindowState
from advisor.domain.money import format_krw
from advisor.domain.records import Corpus, Solution, SupportProgram

MAX_COLUMNS = 4
NOT_STATED = "자료에 없음"
VERDICT_WORDS = {
    Verdict.ELIGIBLE: "대상",
    Verdict.NOT_ELIGIBLE: "대상 아님",
    Verdict.UNKNOWN: "확인 필요",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table: `titles` heads the columns, each row is its label and a cell a column."""

    record_ids: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def compare(corpus: Corpus, matches: Sequence[Match]) -> Comparison:
    """Return a table of programs or of solutions; the cells say "자료에 없음" for a null.

    Args:
        corpus: The records.
        matches: One to four, all of one kind.

    Raises:
        ValueError: None, more than four, of two kinds, or of a kind that is not compared.
    """
    kinds = {one.kind for one in matches}
    if not 1 <= len(matches) <= MAX_COLUMNS or len(kinds) != 1:
        raise ValueError("one to four matches of one kind are compared")
    rows: list[tuple[str, tuple[str, ...]]] = []
    if kinds == {"program"}:
        for label, of_program in _PROGRAM_ROWS.items():
            rows.append(
                (label, tuple(of_program(corpus.programs[one.record_id], one) for one in matches))
            )
    elif kinds == {"solution"}:
        for label, of_solution in _SOLUTION_ROWS.items():
            rows.append(
                (label, tuple(of_solution(corpus.solutions[one.record_id], one) for one in matches))
            )
    else:
        raise ValueError(f"matches of kind {kinds} are not compared")
    return Comparison(
        tuple(one.record_id for one in matches),
        tuple(corpus.record(one.record_id).title for one in matches),
        tuple(rows),
    )


def _window(program: SupportProgram, match: Match) -> str:
    window = match.window
    if window.state is WindowState.OPEN and window.closes_on is not None:
        return f"접수 중, {window.closes_on.isoformat()}까지"
    if window.state is WindowState.UPCOMING and window.opens_on is not None:
        return f"{window.opens_on.isoformat()}부터 예정"
    words = "마감" if window.state is WindowState.CLOSED else "확인되지 않음"
    return f"{words}(예년: {window.expected})" if window.expected else words


def _ceiling(program: SupportProgram) -> str:
    support = program.support
    if support.max_amount_krw is None:
        return NOT_STATED
    year = f"({support.amount_year}년 기준)" if support.amount_year else ""
    return format_krw(support.max_amount_krw) + year


def _share(program: SupportProgram) -> str:
    rate = program.support.subsidy_rate
    return NOT_STATED if rate is None else f"{rate:.0%}"


_PROGRAM_ROWS: Mapping[str, Callable[[SupportProgram, Match], str]] = {
    "자격": lambda _, match: f"{VERDICT_WORDS[match.verdict]}: {match.why}",
    "접수": _window,
    "지원 한도": lambda program, _: _ceiling(program),
    "지원 비율": lambda program, _: _share(program),
    "자부담": lambda program, _: program.support.own_share or NOT_STATED,
    "사람이 확인할 조건": lambda _, match: " / ".join(match.human_conditions[:3]) or "없음",
    "신청": lambda program, _: program.how_to_apply or NOT_STATED,
    "문의": lambda program, _: program.contact.organization or program.agency,
    "기준 연도": lambda program, _: f"{program.year}년",
}
_SOLUTION_ROWS: Mapping[str, Callable[[Solution, Match], str]] = {
    "지금 시작": lambda _, match: match.why,
    "푸는 문제": lambda solution, _: solution.problem,
    "필요한 데이터": lambda solution, _: solution.required_data,
    "먼저 갖출 것": lambda solution, _: solution.prerequisites,
    "필요한 수준": lambda solution, _: solution.readiness_level or NOT_STATED,
    "비용": lambda solution, _: solution.cost_range_krw or NOT_STATED,
    "기간": lambda solution, _: solution.lead_time or NOT_STATED,
    "공급기업": lambda solution, _: solution.supplier or "특정 기업이 아닌 유형",
}
