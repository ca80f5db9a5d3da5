"""What the programs of today have for a company: any open one, and which conditions stand against it (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advisor.domain.match import CriterionResult, Verdict, WindowState
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, SupportProgram
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.eligibility import judge_program
from advisor.matching.recommend import RECOMMENDED
from advisor.matching.windows import window_on

Judged = tuple[SupportProgram, bool]


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


def judged_programs(corpus: Corpus, today: date) -> tuple[Judged, ...]:
    """Return the programs that are not closed on a day, each with whether it is open.

    None that is for suppliers, and none of a kind that nobody applies for.
    """
    found = []
    for program in corpus.programs.values():
        for_suppliers = any(one.type == "supplier_company" for one in program.criteria)
        state = window_on(program.window, today).state
        if state is not WindowState.CLOSED and not for_suppliers and program.kind in RECOMMENDED:
            found.append((program, state is WindowState.OPEN))
    return tuple(found)


def outlook_of(
    profile: Profile, programs: Iterable[Judged], vocabulary: Vocabulary, *, today: date
) -> Outlook:
    """Judge the programs of a day.

    Programs of another region are left out: nobody there misses them.
    """
    found, failing = {Prospect.NONE}, set()
    region = profile.get("factory_sido") or profile.get("hq_sido")
    for program, is_open in programs:
        if program.sido and region not in program.sido:
            continue
        match = judge_program(program, profile, vocabulary=vocabulary, today=today)
        failing |= {one.type for one in match.criteria if one.result is CriterionResult.NOT_MET}
        if match.verdict is Verdict.ELIGIBLE:
            found.add(Prospect.ELIGIBLE if is_open else Prospect.WAITING)
        elif match.verdict is Verdict.UNKNOWN and is_open:
            found.add(Prospect.PERHAPS)
    best = next(one for one in Prospect if one in found)
    return Outlook(best, frozenset(failing))
