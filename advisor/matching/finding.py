"""The outcome of one criterion, and the company it is judged for (pure)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.domain.match import CriterionResult
from advisor.domain.profile import Profile
from advisor.domain.records import SupportProgram
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.company import Trade
from advisor.text import with_particle

MET, NOT_MET, UNKNOWN = CriterionResult.MET, CriterionResult.NOT_MET, CriterionResult.UNKNOWN
NONE_SAID = frozenset({"없음", "해당 없음", "아니오"})


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one criterion; `stated` is whether it rests on a fact of the profile.

    `doubtful` marks an unknown that a stated fact raises ("분납 승인", an undated earlier grant): it
    decides even where the criterion is a safeguard.
    """

    result: CriterionResult
    because: str
    missing: str | None = None
    decides: bool = True
    stated: bool = True
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """The profile, read once for all criteria of a program."""

    profile: Profile
    trade: Trade
    vocabulary: Vocabulary
    program: SupportProgram | None
    today: date


def unknown(words: str, missing: str | None, what: str, *, decides: bool = True) -> Finding:
    """Say that a fact is needed: `missing` is its field, `what` its name in the sentence."""
    clause = with_particle(what, "을", "를") + f" 알아야 '{words}' 요건을 판단할 수 있습니다"
    return Finding(UNKNOWN, clause, missing, decides)


Judge = Callable[[Any, Company], Finding]
