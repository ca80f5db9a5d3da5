"""One answer, as every interface gives it."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class AnswerStatus(StrEnum):
    """The six ways a turn can end."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim comes from; `label` is the mark in the text, `date` as the source prints it.

    `chunk` is the cited piece of an ingested document, which its page view opens.
    """

    label: str
    record_id: str
    kind: str
    title: str
    quote: str
    url: str | None = None
    publisher: str | None = None
    date: str | None = None
    page: int | None = None
    section: str | None = None
    confidence: str | None = None
    chunk: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a turn; `text` is Markdown with marks such as [1] at the claims they bear."""

    id: str
    status: AnswerStatus
    text: str
    citations: tuple[Citation, ...] = ()
    matches: tuple[dict[str, Any], ...] = ()
    next_question: str | None = None
    follow_ups: tuple[str, ...] = ()
    profile: dict[str, Any] = field(default_factory=dict)
    engine: str = "embedded"
    consultation_id: str | None = None
    took_ms: float = 0.0
    verdicts: tuple[dict[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the answer in the shape of the contract."""
        return {**asdict(self), "status": self.status.value, "took_ms": round(self.took_ms, 1)}
