"""Every fixed Korean sentence a user can see outside an answer; errors with a next step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UserMessage:
    """What happened and what to do next, in polite 합니다체."""

    text: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.text} {self.next_step}"
