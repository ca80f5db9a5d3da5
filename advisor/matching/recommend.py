"""Programs for one company in the order in which an owner should look at them (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from advisor.domain.match import Match, Verdict, WindowState
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, SupportProgram

# What a company applies for itself; laws, plans and schemes for technology suppliers are read, not
# recommended.
RECOMMENDED = frozenset(
    {"grant", "voucher", "loan", "guarantee", "consulting", "training", "data", "tax", "rnd"}
)
WINDOW_VALUE = {
    WindowState.OPEN: 1.2, WindowState.UPCOMING: 1.0, WindowState.UNKNOWN: 0.3, WindowState.CLOSED: 0.0,
}  # fmt: skip
KIND_VALUE = {
    "grant": 0.5,
    "voucher": 0.4,
    "consulting": 0.1,
    "training": -0.2,
    "tax": -0.3,
    "rnd": -0.4,
}
VERDICT_VALUE = {Verdict.ELIGIBLE: 0.3, Verdict.UNKNOWN: 0.0, Verdict.NOT_ELIGIBLE: -9.0}


def rank_programs(
    corpus: Corpus,
    *,
    relevance: Mapping[str, float],
    profile: Profile,
    judge: Callable[[SupportProgram], Match],
    year: int,
) -> list[Match]:
    """Order the programs that this company may get; those it cannot get are left out.

    Args:
        corpus: All programs.
        relevance: Search score by program id for the worry at hand; absent is not relevant.
        profile: What is known of the company; its region prefers local programs.
        judge: The verdict on one program for this company, with the window on the day.
        year: The current year; older editions fall behind.
    """
    region = _region(profile)
    least = min(relevance.values(), default=0.0) - 0.5
    sells = profile.get("company_role") in ("공급기업", "둘 다")
    ranked: list[tuple[float, Match]] = []
    for program in corpus.programs.values():
        if program.kind not in RECOMMENDED or (_for_suppliers(program) and not sells):
            continue
        if program.sido and region is None:
            continue  # a local program is only offered to a company known to be there
        match = judge(program)
        if match.verdict is Verdict.NOT_ELIGIBLE:
            continue
        score = score_program(program, match, relevance.get(program.id, least), profile, year)
        ranked.append((score, replace(match, score=score)))
    ranked.sort(key=lambda row: (-row[0], row[1].record_id))
    return [match for _, match in ranked]


def score_program(
    program: SupportProgram,
    match: Match,
    relevance: float,
    profile: Profile,
    year: int,
) -> float:
    """Return how high a program stands: worry, window, verdict, kind and size of help, edition."""
    region = _region(profile)
    score = relevance
    score += WINDOW_VALUE[match.window.state] + VERDICT_VALUE[match.verdict]
    score += KIND_VALUE.get(program.kind, 0.0)
    score -= 0.45 * max(0, year - program.year)
    if program.window.status_said == "past_edition":
        score -= 0.4
    if region and region in program.sido:
        score += 0.7
    if program.confidence == "low":
        score -= 0.4
    if program.support.max_amount_krw is not None or program.support.subsidy_rate is not None:
        score += 0.3
    return round(score, 4)


def _region(profile: Profile) -> object:
    return profile.get("factory_sido") or profile.get("hq_sido")


def _for_suppliers(program: SupportProgram) -> bool:
    return any(one.type == "supplier_company" for one in program.criteria)
