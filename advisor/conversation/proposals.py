"""What a model proposes for a turn, and the summary that a long consultation keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.intake.model_extract import StatedFacts
from advisor.intake.model_rephrase import Shown, StandaloneQuestion
from advisor.intake.model_route import TurnKind


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of the first `turns` turns; empty where none was made."""

    text: str = ""
    turns: int = 0

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> "Summary":
        """Return what a consultation's state keeps, an empty one for none."""
        kept = state.get("summary") or {}
        return cls(str(kept.get("text", "")), int(kept.get("turns", 0)))

    def to_json(self) -> dict[str, Any]:
        """Return what the consultation's state keeps."""
        return {"text": self.text, "turns": self.turns}


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a model read in a message; None where it was not asked or did not answer.

    `shown` are the records that its numbers stand for, `history` the talk as it was told.
    """

    question: StandaloneQuestion | None = None
    kind: TurnKind | None = None
    facts: StatedFacts | None = None
    shown: tuple[Shown, ...] = ()
    history: str = ""
