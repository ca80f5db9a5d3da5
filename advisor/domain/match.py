"""Verdicts: what a program asks and whether this company meets it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class CriterionResult(StrEnum):
    """Three-valued: unknown leads to a question, never to a refusal."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """About the company, not about whether the window is open."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"


class WindowState(StrEnum):
    """State of an application window on one day."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class WindowOnDay:
    """A window as of a day in Asia/Seoul. `days_left` counts to `closes_on`, 0 on the last day."""

    state: WindowState
    opens_on: date | None = None
    closes_on: date | None = None
    days_left: int | None = None


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """One criterion judged; `because` is a Korean clause, `source` an index into the sources.

    `decides` is false where an unknown result does not keep the verdict open: what is checked on
    paper (arrears), what is still to be done (a supplier), what nearly every factory is (SME).
    """

    type: str
    result: CriterionResult
    because: str
    words: str = ""
    source: int | None = None
    missing: str | None = None
    decides: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A record judged for one company; `missing` names the facts that would settle it."""

    record_id: str
    kind: str
    score: float
    verdict: Verdict
    window: WindowOnDay
    criteria: tuple[JudgedCriterion, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""
    human_conditions: tuple[str, ...] = field(default=())
