"""For each solution of the instrument: its catalog record, a measured case, a program (pure)."""

from collections.abc import Mapping, Sequence
from datetime import date

from advisor.domain.instrument import Instrument
from advisor.domain.instrument import Solution as Remedy
from advisor.domain.match import Match
from advisor.domain.readiness import Diagnosis
from advisor.domain.records import Corpus, Outcome
from advisor.matching.need import pains_in
from advisor.matching.recommendation import case_with, paying_for, program_for
from advisor.reporting.material import SolutionFit

RECORDS_SHOWN = 2
WITHIN_REACH = ("ready", "near")
# A project is worth a plan from this band of cost on.
COSTLY = ("M", "L", "XL")


def fit_solutions(
    instrument: Instrument,
    corpus: Corpus,
    cases: Sequence[Match],
    programs: Sequence[Match],
    *,
    today: date,
) -> dict[str, SolutionFit]:
    """Return what bears on each solution.

    Args:
        instrument: Its solutions name their records.
        corpus: The records.
        cases: All of them for this company, the most alike first.
        programs: All of them judged for this company, the best first.
        today: Day in Asia/Seoul.
    """
    measured = [one for one in cases if any(map(is_measured, corpus.cases[one.record_id].outcomes))]
    return {
        one.id: _fit(one, corpus, measured, programs, today=today) for one in instrument.solutions
    }


def choose_project(
    instrument: Instrument, result: Diagnosis, fits: Mapping[str, SolutionFit]
) -> str | None:
    """Return the solution to plan money for: the first costly one of the road map, else in reach."""
    planned = [one for ids in result.horizons.values() for one in ids]
    near = [one.id for one in result.solutions if one.status in WITHIN_REACH]
    for one in (*planned, *near):
        remedy = instrument.solution_by_id.get(one)
        if remedy is not None and remedy.cost in COSTLY and fits[one].records:
            return one
    return None


def is_measured(outcome: Outcome) -> bool:
    """Tell whether a result is a number: after something was done, or by how much it changed."""
    return outcome.after is not None or outcome.change_pct is not None


def _fit(
    remedy: Remedy,
    corpus: Corpus,
    cases: Sequence[Match],
    programs: Sequence[Match],
    *,
    today: date,
) -> SolutionFit:
    records = [corpus.solutions[one] for one in remedy.catalog_refs if one in corpus.solutions]
    same = next((found for one in records if (found := case_with(corpus, cases, one))), None)
    alike = same or next(
        (
            one
            for one in cases
            if set(pains_in(corpus.cases[one.record_id].problem)) & set(remedy.direct)
        ),
        None,
    )
    paying = (program_for(paying_for(corpus, programs, one, today=today)) for one in records)
    return SolutionFit(
        records=tuple(one.id for one in records[:RECORDS_SHOWN]),
        case=alike.record_id if alike else None,
        is_same_way=same is not None,
        program=next((one for one in paying if one is not None), None),
    )
