"""Verdicts: what a program asks and whether this company meets it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from advisor.domain.answer import Citation


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
    """A window as of a day in Asia/Seoul. `days_left` counts to `closes_on`, 0 on the last day.

    `closes_on` is the day that counts after an extension, `closes_at` the hour on it ("18:00",
    "24:00"). `expected` is the usual schedule of a yearly program where the next dates are not
    published, `expected_months` the months (1 to 12) it names; both are a ground to look again,
    never a window. `note` says what else to know, such as an end when the money runs out.
    """

    state: WindowState
    opens_on: date | None = None
    closes_on: date | None = None
    days_left: int | None = None
    closes_at: str | None = None
    expected: str | None = None
    expected_months: tuple[int, ...] = ()
    note: str | None = None


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
class Derived:
    """A fact worked out from others: `basis` says from what and by which rule."""

    field: str
    value: str | int
    basis: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What would change a verdict, found by judging again with `facts` changed.

    `says` is the sentence for the owner, `verdict` what the changed company gets.
    """

    facts: Mapping[str, object]
    verdict: Verdict
    says: str


@dataclass(frozen=True, slots=True)
class Match:
    """A record judged for one company; `missing` names the facts that would settle it.

    `why_not_next` says why the next in the list stands behind this one.
    """

    record_id: str
    kind: str
    score: float
    verdict: Verdict
    window: WindowOnDay
    criteria: tuple[JudgedCriterion, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""
    human_conditions: tuple[str, ...] = field(default=())
    citations: tuple[Citation, ...] = ()
    changes: tuple[Change, ...] = ()
    why_not_next: str = ""
