"""What the routes answer, as the description tells it; the contract's shapes.

A field may be added at any time, so none of these forbids further ones.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["answered", "asked_back", "no_evidence", "out_of_scope", "blocked", "failed"]
Three = Literal["met", "not_met", "unknown"]


class Shape(BaseModel):
    """An answer of a route."""

    model_config = ConfigDict(extra="allow")


class Problem(Shape):
    """An error as RFC 9457 says it: a stable `type`, and a Korean `detail` with the next step."""

    type: str = Field(pattern="^urn:advisor:problem:[a-z-]+$")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(min_length=1)


class CitationShape(Shape):
    """Where a claim comes from; `label` is its mark in the text."""

    label: str
    record_id: str
    kind: str
    title: str
    quote: str
    url: str | None
    publisher: str | None
    date: str | None
    page: int | None
    section: str | None
    confidence: str | None


class AnswerShape(Shape):
    """One answer."""

    id: str
    status: Status
    text: str
    citations: list[CitationShape]
    matches: list[dict[str, Any]]
    next_question: str | None
    follow_ups: list[str]
    profile: dict[str, Any]
    engine: str
    consultation_id: str | None
    took_ms: float


class HitShape(Shape):
    """One hit of the index."""

    record_id: str
    kind: str
    title: str
    score: float
    text: str
    locator: dict[str, Any]


class WindowShape(Shape):
    """When one can apply, as of the day."""

    state: Literal["open", "upcoming", "closed", "unknown"]
    opens_on: str | None
    closes_on: str | None
    days_left: int | None


class CriterionShape(Shape):
    """One condition, and how this company stands to it."""

    type: str
    result: Three
    because: str


class MatchShape(Shape):
    """How a company stands to one program, solution, case or expert."""

    record_id: str
    kind: str
    score: float
    verdict: Literal["eligible", "not_eligible", "unknown"]
    window: WindowShape
    criteria: list[CriterionShape]
    missing: list[str]
    why: str
    citations: list[dict[str, Any]]


class LineShape(Shape):
    """One source of money; an amount that no source states is null."""

    record_id: str
    kind: str
    amount_krw: int | None
    basis: str
    certain: bool


class PlanShape(Shape):
    """One funding plan; grants, own money and loans add up to the cost to the won."""

    project_cost_krw: int | None
    lines: list[LineShape]
    own_cash_krw: int | None
    own_in_kind_krw: int | None
    loan_krw: int | None
    tax_credit_krw: int | None
    conflicts: list[dict[str, Any]]
    assumptions: list[str]


class DiagnosisShape(Shape):
    """The readiness result."""

    dimensions: Any
    overall: float | None
    overall_low: float | None
    overall_high: float | None
    level_raw: int | None
    level: int | None
    caps: Any
    blockers: Any
    coverage: Any
    confidence: Any
    solutions: Any
    steps: Any
    horizons: Any
    next_item: Any
    labels: Any


class RecordShape(Shape):
    """A record with all its fields."""

    id: str
    kind: str
    record_kind: str


class TurnShape(Shape):
    """One kept turn."""

    question: str
    answer: dict[str, Any]


class ConsultationShape(Shape):
    """A kept consultation, its turns oldest first."""

    id: str
    profile: dict[str, Any]
    turns: list[TurnShape]


class JobsShape(Shape):
    """The jobs of an upload, one a file."""

    jobs: list[dict[str, Any]]


class KeyShape(Shape):
    """A key; the key itself is nowhere kept."""

    id: str
    prefix: str
    name: str
    scopes: list[str]
    organisation_id: str
    organisation: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used_on: str | None


class NewKeyShape(KeyShape):
    """A fresh key, shown this once."""

    key: str


class HitsShape(Shape):
    """Hits, as a tool gives them."""

    hits: list[HitShape]


class MatchesShape(Shape):
    """Matches, as a tool gives them."""

    matches: list[MatchShape]
