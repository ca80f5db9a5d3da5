"""The best few of each kind for one company, and the chain that links them (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from advisor.domain.match import CriterionResult, Match, Verdict
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, Solution
from advisor.matching.matches import match_records, rank_missing
from advisor.matching.need import Need, need_of
from advisor.matching.plan_grants import pays_for
from advisor.matching.solutions import Readiness
from advisor.text import squeeze, with_particle

WITHIN_REACH = 3


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What one company is shown: matches by kind, best first.

    Attributes:
        within_reach: Programs that are not open to it today, each with a proven change that
            makes it eligible.
        ask_next: Missing facts with how many verdicts each would settle, most first.
    """

    solutions: tuple[Match, ...]
    cases: tuple[Match, ...]
    programs: tuple[Match, ...]
    experts: tuple[Match, ...]
    within_reach: tuple[Match, ...]
    ask_next: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the chain: `match` None where the corpus has nothing; `says` explains it."""

    kind: str
    says: str
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """From what is missing to who helps: gap, solution, case, program, expert, each explained."""

    gap: Link
    solution: Link
    case: Link
    program: Link
    expert: Link

    @property
    def links(self) -> tuple[Link, ...]:
        return self.gap, self.solution, self.case, self.program, self.expert


def recommend(
    corpus: Corpus,
    profile: Profile,
    *,
    readiness: Readiness,
    today: date,
    worry: str = "",
    k: int = 3,
) -> Recommendation:
    """Return the best k of each kind for one company.

    Args:
        corpus: All records.
        profile: Facts stated so far.
        readiness: The readiness instrument, with the company's diagnosis where there is one.
        today: Day in Asia/Seoul.
        worry: The worry in the owner's own words.
        k: How many of each kind, at least 1.
    """
    best = {
        kind: match_records(
            corpus, profile, kind=kind, today=today, readiness=readiness, k=k, worry=worry
        )
        for kind in (Kind.SOLUTION, Kind.CASE, Kind.EXPERT)
    }
    programs = match_records(
        corpus, profile, kind=Kind.PROGRAM, today=today, readiness=readiness, k=0, worry=worry
    )
    possible = [one for one in programs if one.verdict is not Verdict.NOT_ELIGIBLE]
    near = [
        one
        for one in programs
        if one.verdict is Verdict.NOT_ELIGIBLE
        and any(change.verdict is Verdict.ELIGIBLE for change in one.changes)
        and corpus.programs[one.record_id].kind in ("grant", "voucher", "loan", "guarantee")
        and not any(c.type == "supplier_company" for c in corpus.programs[one.record_id].criteria)
    ]
    return Recommendation(
        solutions=tuple(best[Kind.SOLUTION]),
        cases=tuple(best[Kind.CASE]),
        programs=tuple(possible[:k]),
        experts=tuple(best[Kind.EXPERT]),
        within_reach=tuple(near[:WITHIN_REACH]),
        ask_next=tuple(rank_missing(possible)[:3]),
    )


def build_chain(
    corpus: Corpus,
    profile: Profile,
    *,
    readiness: Readiness,
    today: date,
    worry: str = "",
    solution_id: str | None = None,
) -> Chain:
    """Return gap → solution → case → program → expert for one company.

    Args:
        corpus: All records.
        profile: Facts stated so far.
        readiness: The readiness instrument, with the company's diagnosis where there is one.
        today: Day in Asia/Seoul.
        worry: The worry in the owner's own words.
        solution_id: To build the chain around one solution; None takes the best type.
    """
    need = need_of(profile, corpus.vocabulary, worry)
    solutions = match_records(
        corpus, profile, kind=Kind.SOLUTION, today=today, readiness=readiness, k=0, worry=worry
    )
    chosen = next(
        (
            one
            for one in solutions
            if (solution_id and one.record_id == solution_id)
            or (not solution_id and corpus.solutions[one.record_id].kind == "type")
        ),
        None,
    )
    if chosen is None:
        nothing = "이어 보여 드릴 솔루션을 찾지 못했습니다."
        gap = Link("gap", "가장 큰 고민과 하시는 일을 알려 주시면 이어서 찾아 드립니다.")
        return Chain(
            gap, *(Link(kind, nothing) for kind in ("solution", "case", "program", "expert"))
        )
    solution = corpus.solutions[chosen.record_id]
    return Chain(
        _gap(chosen, need, readiness),
        Link("solution", chosen.why, chosen),
        _case(corpus, profile, solution, readiness, today, worry),
        _program(corpus, profile, solution, readiness, today, worry),
        _expert(corpus, profile, readiness, today, worry),
    )


def _gap(chosen: Match, need: Need, readiness: Readiness) -> Link:
    gate = next((one for one in chosen.criteria if one.type == "readiness"), None)
    data = next((one for one in chosen.criteria if one.type == "data"), None)
    if gate is not None and gate.result is not CriterionResult.MET:
        return Link("gap", f"{gate.because}.")
    if data is not None and data.result is not CriterionResult.MET:
        return Link("gap", f"{data.because}.")
    if need.pains:
        name = readiness.instrument.pains.get(need.pains[0], need.pains[0])
        return Link("gap", f"가장 큰 고민은 '{name}'입니다. 시작에 필요한 자료는 갖추고 있습니다.")
    return Link(
        "gap", "시작에 필요한 자료는 갖추고 있습니다. 가장 큰 고민을 알려 주시면 더 좁혀 드립니다."
    )


def _case(
    corpus: Corpus,
    profile: Profile,
    solution: Solution,
    readiness: Readiness,
    today: date,
    worry: str,
) -> Link:
    """Return the case of this solution most like the company, an AI case where there is one."""
    cases = match_records(
        corpus, profile, kind=Kind.CASE, today=today, readiness=readiness, k=0, worry=worry
    )
    best = case_with(corpus, cases, solution)
    if best is None:
        return Link(
            "case",
            f"{with_particle(solution.name, '을', '를')} 쓴 공개 사례를 자료에서 찾지 못했습니다.",
        )
    return Link("case", f"같은 방식을 쓴 사례입니다. {best.why}", best)


def case_with(corpus: Corpus, cases: Sequence[Match], solution: Solution) -> Match | None:
    """Return the first of the cases that used a solution, one with AI before one without."""
    wanted = _technologies(solution)

    def uses(match: Match) -> bool:
        case = corpus.cases[match.record_id]
        text = squeeze(f"{' '.join(case.technology)} {case.solution}")
        return any(word in text for word in wanted)

    same = [one for one in cases if uses(one)]
    with_ai = [one for one in same if corpus.cases[one.record_id].ai_used is True]
    return next(iter(with_ai or same), None)


def _technologies(solution: Solution) -> list[str]:
    """Return words that a case of this solution carries, longest name first."""
    names = [solution.name, *solution.aliases]
    words = {squeeze(one.split("(")[0]) for one in names}
    for topic in (
        "비전",
        "예지보전",
        "이상탐지",
        "mes",
        "erp",
        "로봇",
        "디지털트윈",
        "공정최적화",
        "공구수명",
        "품질예측",
        "haccp",
        "scada",
    ):
        if any(topic in squeeze(one) for one in names):
            words.add(topic)
    return sorted((one for one in words if len(one) > 1), key=len, reverse=True)


def _program(
    corpus: Corpus,
    profile: Profile,
    solution: Solution,
    readiness: Readiness,
    today: date,
    worry: str,
) -> Link:
    programs = match_records(
        corpus, profile, kind=Kind.PROGRAM, today=today, readiness=readiness, k=0,
        worry=f"{worry} {solution.name}",
    )  # fmt: skip
    paying = paying_for(corpus, programs, solution, today=today)
    best = program_for(paying)
    if best is None:
        near = next((one for one in paying if one.changes), None)
        if near is None:
            return Link("program", "지금 이 솔루션에 쓸 수 있는 보조사업을 찾지 못했습니다.")
        return Link("program", f"지금은 대상이 아닙니다. {near.why} {near.changes[0].says}", near)
    title = corpus.programs[best.record_id].name
    note = f" {best.window.note}." if best.window.note else ""
    return Link(
        "program", f"이 솔루션의 비용에 '{title}'을(를) 볼 수 있습니다. {best.why}{note}", best
    )


def paying_for(
    corpus: Corpus, programs: Sequence[Match], solution: Solution, *, today: date
) -> list[Match]:
    """Return those of the programs that pay for a solution and are not from years ago."""
    return [
        one
        for one in programs
        if corpus.programs[one.record_id].kind in ("grant", "voucher")
        and pays_for(corpus.programs[one.record_id], solution)
        and corpus.programs[one.record_id].year >= today.year - 2
    ]


def program_for(paying: Sequence[Match]) -> Match | None:
    """Return the first program the company is eligible for, else the first it may be."""
    best = next((one for one in paying if one.verdict is Verdict.ELIGIBLE), None)
    return best or next((one for one in paying if one.verdict is Verdict.UNKNOWN), None)


def _expert(
    corpus: Corpus, profile: Profile, readiness: Readiness, today: date, worry: str
) -> Link:
    found = match_records(
        corpus, profile, kind=Kind.EXPERT, today=today, readiness=readiness, k=1, worry=worry
    )
    if not found:
        return Link("expert", "공장이 있는 시·도를 알려 주시면 가까운 기관을 찾아 드립니다.")
    name = corpus.experts[found[0].record_id].name
    return Link("expert", f"{name}에 먼저 물어보세요. {found[0].why}", found[0])
