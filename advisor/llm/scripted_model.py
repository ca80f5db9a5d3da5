"""ChatModel that plays prepared replies: tests, and demonstrations without an endpoint."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from advisor.domain.prompt import Prompt
from advisor.errors import ModelUnavailableError
from advisor.llm.chat_model import ModelReply, Reply, Usage
from advisor.messages import MODEL_UNAVAILABLE


class ScriptedModel:
    """Gives the prepared replies in order and remembers the prompts it was sent.

    A reply is the object that the shape is made of, or an exception to raise.
    """

    name = "scripted"

    def __init__(self, replies: Iterable[Mapping[str, Any] | Exception]) -> None:
        """Keep the replies; one is used up per call."""
        self._replies = list(replies)
        self.prompts: list[Prompt] = []

    def reply(self, prompt: Prompt, shape: type[Reply]) -> ModelReply[Reply]:
        """Return the next prepared reply.

        Raises:
            ModelUnavailableError: None is left, or it does not fit the shape.
        """
        self.prompts.append(prompt)
        if not self._replies:
            raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="no reply left")
        prepared = self._replies.pop(0)
        if isinstance(prepared, Exception):
            raise prepared
        try:
            value = shape.model_validate(dict(prepared))
        except ValidationError as error:
            raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="prepared reply unfit") from error
        return ModelReply(value=value, usage=Usage(calls=1))
