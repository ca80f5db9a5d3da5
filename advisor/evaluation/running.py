"""A folder of sets through the advisor to one report: read first, then asked, then compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from advisor.clock import now
from advisor.evaluation.cases import load_cases
from advisor.evaluation.comparing import compare
from advisor.evaluation.folders import Found, find_sets
from advisor.evaluation.grounds import Grounds
from advisor.evaluation.outcome import Outcome, SetKind
from advisor.evaluation.past_runs import PastRuns, commit_here
from advisor.evaluation.plain_sets import load_attacks, load_queries, run_attacks, run_outside
from advisor.evaluation.ranking import load_retrieval, run_retrieval
from advisor.evaluation.report import Report
from advisor.evaluation.run import Ask, Judge, run_cases
from advisor.stores.embedder import Embedder
from advisor.stores.tokenizer import Tokenizer

# Name of a set and how many cases it has to what is called after each of them.
Progress = Callable[[str, int], Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What answers questions: the advisor's `ask` for the turns of a dialogue, its records."""

    ask: Ask
    grounds: Grounds
    today: date
    judge: Judge | None = None


@dataclass(frozen=True, slots=True)
class Engines:
    """How to open what a run needs; a run opens only what its sets ask for."""

    advisor: Callable[[], Asked]
    retrieval: Callable[[], tuple[Embedder, Tokenizer]]
    name: str


def run_folder(
    folder: Path,
    engines: Engines,
    past: PastRuns,
    *,
    today: date,
    most_queries: int = 0,
    progress: Progress,
) -> Report:
    """Run every set of a folder and compare it with its last run, which this run replaces.

    All sets are read before the first question is asked.

    Raises:
        BadInputError: A set cannot be read; file and line are named.
    """
    runs = [_prepare(one, engines, most_queries, progress) for one in find_sets(folder)]
    outcomes = tuple(run() for run in runs)
    before = {one.name: last for one in outcomes if (last := past.last(one.name)) is not None}
    changes = {
        one.name: compare({item.id: item.score for item in one.items}, before[one.name].scores)
        for one in outcomes
        if one.name in before
    }
    commit = commit_here()
    for one in outcomes:
        past.keep(one, commit)
    at = now().isoformat(timespec="minutes")[:16]
    return Report(outcomes, changes, before, commit, at, today.isoformat(), engines.name)


def _prepare(
    found: Found, engines: Engines, most_queries: int, progress: Progress
) -> Callable[[], Outcome]:
    """Read a set; return what runs it."""
    match found.kind:
        case SetKind.RETRIEVAL:
            given = load_retrieval(found.folder, most_queries=most_queries)

            def rank() -> Outcome:
                embedder, tokenizer = engines.retrieval()
                done = progress(found.name, len(given.queries))
                return run_retrieval(
                    found.name, given, embedder=embedder, tokenizer=tokenizer, on_case=done
                )

            return rank
        case SetKind.QUESTIONS:
            cases = load_cases(found.folder)

            def ask() -> Outcome:
                one = engines.advisor()
                return run_cases(
                    found.name, cases, one.ask, grounds=one.grounds, today=one.today,
                    judge=one.judge, on_case=progress(found.name, len(cases)),
                )  # fmt: skip

            return ask
        case SetKind.OUT_OF_SCOPE:
            queries = load_queries(found.folder)
            return lambda: run_outside(
                found.name, queries, _alone(engines), on_case=progress(found.name, len(queries))
            )
        case SetKind.INJECTION:
            rows = load_attacks(found.folder)
            return lambda: run_attacks(
                found.name, rows, _alone(engines), on_case=progress(found.name, len(rows))
            )


def _alone(engines: Engines) -> Callable[[str], Mapping[str, Any]]:
    asked = engines.advisor()

    def ask(text: str) -> Mapping[str, Any]:
        turns: Sequence[str] = (text,)
        return asked.ask(turns)[0]

    return ask
