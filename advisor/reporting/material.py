"""What a report is made from; the stages that know these things hand them in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.domain.diagnoses import KeptFile
from advisor.domain.instrument import Instrument
from advisor.domain.match import Match
from advisor.domain.plan import FundingPlan
from advisor.domain.profile import Profile
from advisor.domain.readiness import Diagnosis
from advisor.domain.records import Corpus


@dataclass(frozen=True, slots=True)
class ProgramChoice:
    """A program worth a look: its verdict, what it pays and whether it is open, in words."""

    match: Match
    money: str
    window: str


@dataclass(frozen=True, slots=True)
class SolutionFit:
    """What bears on one solution of the instrument.

    Attributes:
        records: Solutions of the catalog that do it, at most two.
        case: A case with a measured result, None where the corpus has none that fits.
        is_same_way: Whether that case used this very solution; else it had the same worry.
        program: A program that may pay for it, None where none does.
    """

    records: tuple[str, ...] = ()
    case: str | None = None
    is_same_way: bool = False
    program: Match | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Score and level at the end of a stretch of the road map; None where there is none."""

    horizon: str
    overall: float | None
    level: int | None


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
        fits: What bears on each solution, by the instrument's id.
        plan: How one project of the road map could be paid, None without one.
        plan_for: Name of that project.
        ranges: Lowest and highest score of each dimension that open items leave.
        outlooks: What the result becomes as the road map is walked.
        files: Evidence kept with the answers.
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
    fits: Mapping[str, SolutionFit] = field(default_factory=dict)
    plan: FundingPlan | None = None
    plan_for: str = ""
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    outlooks: tuple[Outlook, ...] = ()
    files: tuple[KeptFile, ...] = ()
