"""All that the page shows one company of support: programs, chain, plan, actions (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from advisor.domain.match import Match, Verdict, WindowState
from advisor.domain.passages import Kind
from advisor.domain.plan import FundingPlan
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus
from advisor.matching.actions import Action, list_actions
from advisor.matching.calendar_file import windows_ics
from advisor.matching.compare import MAX_COLUMNS, Comparison, compare
from advisor.matching.matches import match_records, rank_missing
from advisor.matching.plan import make_plan
from advisor.matching.recommendation import Chain, build_chain
from advisor.matching.solutions import Readiness

MAX_SOLUTIONS = 12
# What is acted on without a choice of the owner's: the best three it may get.
MAX_ACTED_ON = 3


@dataclass(frozen=True, slots=True)
class Outlook:
    """Support for one company on one day.

    Attributes:
        today: Day in Asia/Seoul that all of it is as of.
        programs: All of them, best first within what it may get; the refused ones after.
        ask_next: Missing facts with how many verdicts each would settle alone, most first.
        solutions: What can be planned for, the most fitting first.
        plan: For the chosen solution, None where the corpus has none.
        comparisons: One for each kind that was picked, up to four columns each.
        acted_on: Programs of the action list and the calendar.
        calendar: The same windows as an .ics file.
    """

    today: date
    programs: tuple[Match, ...]
    ask_next: tuple[tuple[str, int], ...]
    solutions: tuple[Match, ...]
    chain: Chain
    plan: FundingPlan | None
    actions: tuple[Action, ...]
    comparisons: tuple[Comparison, ...]
    acted_on: tuple[Match, ...]
    calendar: bytes


def build_outlook(
    corpus: Corpus,
    profile: Profile,
    *,
    readiness: Readiness,
    today: date,
    made_at: datetime,
    worry: str = "",
    solution_id: str = "",
    cost_krw: int | None = None,
    picked: Sequence[str] = (),
) -> Outlook:
    """Judge, link and plan for one company.

    Args:
        corpus: All records.
        profile: Facts stated so far.
        readiness: The readiness instrument, with the company's diagnosis where there is one.
        today: Day in Asia/Seoul.
        made_at: Moment with its zone, for the calendar's stamp.
        worry: The worry in the owner's words.
        solution_id: Plan and chain are for this one; an unknown id counts as none chosen.
        cost_krw: What a quotation says.
        picked: Ids of programs and solutions to compare; those of programs are acted on too.
    """
    programs = match_records(
        corpus, profile, kind=Kind.PROGRAM, today=today, readiness=readiness, k=0, worry=worry
    )
    solutions = match_records(
        corpus, profile, kind=Kind.SOLUTION, today=today, readiness=readiness, k=0, worry=worry
    )
    chosen = solution_id if solution_id in corpus.solutions else None
    chain = build_chain(
        corpus, profile, readiness=readiness, today=today, worry=worry, solution_id=chosen
    )
    if chosen is None and chain.solution.match is not None:
        chosen = chain.solution.match.record_id
    plan = None
    if chosen is not None:
        plan = make_plan(
            corpus, profile, corpus.solutions[chosen], cost_krw=cost_krw, today=today
        )  # fmt: skip
    acted_on = _acted_on(programs, plan, chain, picked)
    helpers = [one.match for one in (chain.solution, chain.expert) if one.match is not None]
    return Outlook(
        today=today,
        programs=tuple(programs),
        ask_next=tuple(rank_missing(programs)),
        solutions=_plannable(corpus, solutions, chosen),
        chain=chain,
        plan=plan,
        actions=list_actions(corpus, [*acted_on, *helpers], today=today),
        comparisons=_comparisons(corpus, [*programs, *solutions], picked),
        acted_on=acted_on,
        calendar=windows_ics(corpus, acted_on, today=today, made_at=made_at),
    )


def _acted_on(
    programs: Sequence[Match], plan: FundingPlan | None, chain: Chain, picked: Sequence[str]
) -> tuple[Match, ...]:
    """Return the programs to act on: those picked, else those of the plan and the open ones."""
    possible = {one.record_id: one for one in programs if one.verdict is not Verdict.NOT_ELIGIBLE}
    wanted = [one for one in picked if one in possible]
    if not wanted:
        granted = [one.record_id for one in plan.lines if one.kind == "grant"] if plan else []
        linked = [chain.program.match.record_id] if chain.program.match else []
        coming = [
            name
            for name, one in possible.items()
            if one.window.state in (WindowState.OPEN, WindowState.UPCOMING)
        ]
        wanted = [*granted, *linked, *coming, *possible]
        wanted = [one for one in dict.fromkeys(wanted) if one in possible][:MAX_ACTED_ON]
    return tuple(possible[one] for one in wanted)


def _plannable(corpus: Corpus, solutions: Sequence[Match], chosen: str | None) -> tuple[Match, ...]:
    """Return kinds of solution and products, best first, the chosen one always among them."""
    rows = [one for one in solutions if corpus.solutions[one.record_id].kind in ("type", "product")]
    shown = rows[:MAX_SOLUTIONS]
    shown += [one for one in solutions if one.record_id == chosen and one not in shown]
    return tuple(shown)


def _comparisons(
    corpus: Corpus, matches: Sequence[Match], picked: Sequence[str]
) -> tuple[Comparison, ...]:
    by_id = {one.record_id: one for one in matches}
    rows = [by_id[one] for one in dict.fromkeys(picked) if one in by_id]
    tables = []
    for kind in (Kind.PROGRAM.value, Kind.SOLUTION.value):
        chosen = [one for one in rows if one.kind == kind][:MAX_COLUMNS]
        if len(chosen) > 1:
            tables.append(compare(corpus, chosen))
    return tuple(tables)
