"""ChatModel: a Prompt in, a validated reply or a text in pieces and its usage out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from advisor.domain.prompt import Prompt

Reply = TypeVar("Reply", bound=BaseModel)
# Takes a piece of a text as it comes; False ends the text there.
OnText = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply cost: tokens as the endpoint counts them (0 where it does not), calls, time.

    `mode` is how the shape was asked for, `repaired` whether the first reply was sent back.
    """

    prompt_tokens: int = 0
    reply_tokens: int = 0
    calls: int = 0
    took_s: float = 0.0
    mode: str = ""
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class ModelReply(Generic[Reply]):
    """A reply that fits the asked-for shape."""

    value: Reply
    usage: Usage


@dataclass(frozen=True, slots=True)
class ModelText:
    """A text; `is_whole` is false where it ended before the model had done."""

    text: str
    usage: Usage
    is_whole: bool = True


class ChatModel(Protocol):
    """A language model behind two methods; both may be called from several threads."""

    @property
    def name(self) -> str:
        """The model's name, shown to the user as the engine `openai:<name>`."""
        ...

    def reply(
        self, prompt: Prompt, shape: type[Reply], *, timeout_s: float | None = None
    ) -> ModelReply[Reply]:
        """Ask once and return a reply of the given shape.

        Args:
            prompt: What is asked.
            shape: Checked against the reply.
            timeout_s: Less time than the model's own limit; None leaves it.

        Raises:
            ModelUnavailableError: No valid reply in time, for whatever reason.
        """
        ...

    def write(
        self, prompt: Prompt, on_text: OnText, *, timeout_s: float | None = None
    ) -> ModelText:
        """Ask for plain text and hand over its pieces, in this thread, as they come.

        Raises:
            ModelUnavailableError: Nothing came in time. Where the text breaks off later it is
                returned as far as it goes.
        """
        ...
