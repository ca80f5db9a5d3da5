"""ChatModel that plays prepared replies: tests, and demonstrations without an endpoint."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from advisor.domain.prompt import Prompt
from advisor.errors import ModelUnavailableError
from advisor.llm.chat_model import ModelReply, ModelText, OnText, Reply, Usage
from advisor.messages import MODEL_UNAVAILABLE

Prepared = Mapping[str, Any] | str | Exception


class ScriptedModel:
    """Gives the prepared replies in order and remembers the prompts it was sent.

    A reply is the object that a shape is made of, a text to be written, or an exception to raise.
    """

    name = "scripted"

    def __init__(self, replies: Iterable[Prepared]) -> None:
        """Keep the replies; one is used up per call."""
        self._replies = list(replies)
        self.prompts: list[Prompt] = []

    def reply(
        self, prompt: Prompt, shape: type[Reply], *, timeout_s: float | None = None
    ) -> ModelReply[Reply]:
        """Return the next prepared reply.

        Raises:
            ModelUnavailableError: None is left, or it does not fit the shape.
        """
        prepared = self._next(prompt)
        try:
            value = shape.model_validate(prepared)
        except ValidationError as error:
            raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="prepared reply unfit") from error
        return ModelReply(value=value, usage=Usage(calls=1, took_s=timeout_s or 0.0))

    def write(
        self, prompt: Prompt, on_text: OnText, *, timeout_s: float | None = None
    ) -> ModelText:
        """Hand over the next prepared text in pieces of a few letters."""
        text = str(self._next(prompt))
        for start in range(0, len(text), 7):
            if not on_text(text[start : start + 7]):
                return ModelText(text[: start + 7], Usage(calls=1), is_whole=False)
        return ModelText(text, Usage(calls=1, took_s=timeout_s or 0.0))

    def _next(self, prompt: Prompt) -> Mapping[str, Any] | str:
        self.prompts.append(prompt)
        if not self._replies:
            raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="no reply left")
        prepared = self._replies.pop(0)
        if isinstance(prepared, Exception):
            raise prepared
        return prepared
