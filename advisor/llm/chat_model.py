"""ChatModel: a Prompt in, a validated reply and its usage out."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from advisor.domain.prompt import Prompt

Reply = TypeVar("Reply", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply cost: tokens as the endpoint counts them (0 where it does not), calls, time."""

    prompt_tokens: int = 0
    reply_tokens: int = 0
    calls: int = 0
    took_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelReply(Generic[Reply]):
    """A reply that fits the asked-for shape."""

    value: Reply
    usage: Usage


class ChatModel(Protocol):
    """A language model behind one method."""

    @property
    def name(self) -> str:
        """The model's name, shown to the user as the engine `openai:<name>`."""
        ...

    def reply(self, prompt: Prompt, shape: type[Reply]) -> ModelReply[Reply]:
        """Ask once and return a reply of the given shape.

        Raises:
            ModelUnavailableError: No valid reply within the model's time, for whatever reason.
        """
        ...
