"""What a turn asked of a language model, as it is kept with the turn: counts, never words."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One step that asked a model.

    Attributes:
        step: Name of the prompt file.
        model: Name at the endpoint.
        digest: First 12 digits of the sha256 of the prompt file.
        outcome: `used`, or `fallback` where the embedded engine did the step instead.
        reason: Why it fell back, empty otherwise; an English word, never words of a user.
        mode: How the shape was asked for: json_schema, json_object, text or stream.
        calls: Requests made, retries and the repair included.
        repaired: Whether the first reply had to be sent back.
        notes: Counts of what the checks did, such as `{"replaced": 2}`.
    """

    step: str
    model: str
    digest: str
    outcome: str
    reason: str = ""
    mode: str = ""
    prompt_tokens: int = 0
    reply_tokens: int = 0
    calls: int = 0
    took_ms: float = 0.0
    repaired: bool = False
    notes: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the database."""
        return {**asdict(self), "took_ms": round(self.took_ms, 1), "notes": dict(self.notes)}
