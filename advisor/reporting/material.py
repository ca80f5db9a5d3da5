"""What a report is made from; the stages that know these things hand them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.domain.match import Match
from advisor.domain.profile import Profile
from advisor.domain.readiness import Diagnosis, Instrument
from advisor.domain.records import Corpus


@dataclass(frozen=True, slots=True)
class ProgramChoice:
    """A program worth a look: its verdict, what it pays and whether it is open, in words."""

    match: Match
    money: str
    window: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that may get into a report; nothing else can.

    Attributes:
        instrument: The version that the diagnosis was made with.
        labels: Korean names and sentences of `diagnosis.present.labels`.
        programs: Judged for this company on `today`, best first.
        cases: Adoptions in companies like this one, best first.
        experts: Offices that help a company like this one, best first.
        today: Day in Asia/Seoul.
    """

    instrument: Instrument
    diagnosis: Diagnosis
    labels: Mapping[str, Any]
    profile: Profile
    corpus: Corpus
    today: date
    programs: tuple[ProgramChoice, ...] = ()
    cases: tuple[Match, ...] = ()
    experts: tuple[Match, ...] = ()
