"""What the programs of today have for a company: any open one, and which conditions stand against it (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advisor.domain.match import CriterionResult, Verdict, WindowState
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, SupportProgram
from advisor.matching.eligibility import judge_program
from advisor.matching.recommend import RECOMMENDED


class Prospect(StrEnum):
    """The best that the programs have for a company, the best first."""

    ELIGIBLE = "eligible"
    PERHAPS = "perhaps"  # more facts would settle it
    WAITING = "waiting"  # one fits, but its window is only announced, or no source tells it
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Outlook:
    """The prospect, and the types of the conditions that are not met."""

    prospect: Prospect
    failing: frozenset[str]


def outlook_of(profile: Profile, corpus: Corpus, *, today: date) -> Outlook:
    """Judge the programs that are not closed on a day.

    Programs of another region are left out: nobody there misses them.
    """
    found, failing = {Prospect.NONE}, set()
    for program in _within_reach(profile, corpus):
        match = judge_program(program, profile, vocabulary=corpus.vocabulary, today=today)
        if match.window.state is WindowState.CLOSED:
            continue
        failing |= {one.type for one in match.criteria if one.result is CriterionResult.NOT_MET}
        is_open = match.window.state is WindowState.OPEN
        if match.verdict is Verdict.ELIGIBLE:
            found.add(Prospect.ELIGIBLE if is_open else Prospect.WAITING)
        elif match.verdict is Verdict.UNKNOWN and is_open:
            found.add(Prospect.PERHAPS)
    best = next(one for one in Prospect if one in found)
    return Outlook(best, frozenset(failing))


def _within_reach(profile: Profile, corpus: Corpus) -> Iterator[SupportProgram]:
    region = profile.get("factory_sido") or profile.get("hq_sido")
    for program in corpus.programs.values():
        is_ours = not program.sido or region in program.sido
        for_suppliers = any(one.type == "supplier_company" for one in program.criteria)
        if is_ours and not for_suppliers and program.kind in RECOMMENDED:
            yield program
