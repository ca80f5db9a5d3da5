"""ChatModel over an OpenAI-compatible endpoint: modes, retries, one repair of a bad reply."""

import logging
import random
import time
from typing import Any

from pydantic import BaseModel, SecretStr

from advisor.domain.prompt import Prompt
from advisor.errors import ModelUnavailableError
from advisor.llm.chat_model import ModelReply, ModelText, OnText, Reply, Usage
from advisor.llm.openai_client import Message, OpenAIClient, RefusedError, Talk, is_finished
from advisor.llm.replies import (
    UnusableReplyError,
    json_schema,
    parse_reply,
    shape_instruction,
)
from advisor.messages import MODEL_UNAVAILABLE

logger = logging.getLogger(__name__)

# How the shape of the reply is asked for, strictest first. A server that refuses one gets the
# next: llama-cpp-python answers a schema with 500, older servers know no response_format at all.
MODES = ("json_schema", "json_object", "text")
_REFUSED = frozenset({400, 404, 415, 422, 500, 501})
# 0 is a connection that was lost or never stood.
_PASSING = frozenset({0, 408, 409, 429, 500, 502, 503, 504, 529})
_FIRST_WAIT_S = 0.3


class OpenAIChatModel:
    """Any OpenAI-compatible endpoint: OpenAI, Azure, vLLM, Ollama, llama.cpp.

    Holds the connection and what the endpoint was found to accept; safe to call from several
    threads.
    """

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: SecretStr,
        timeout_s: float,
        connect_timeout_s: float = 3.0,
        first_token_timeout_s: float | None = None,
        max_retries: int = 1,
    ) -> None:
        """Keep the settings; the vendor is imported at the first reply.

        Args:
            base_url: Address up to and with `/v1`.
            model: Name at that endpoint.
            api_key: May be empty; local servers ask for none.
            timeout_s: Seconds that one reply may take, all calls, retries and the repair included.
            connect_timeout_s: Seconds until a connection stands.
            first_token_timeout_s: Seconds until the first piece of a text; None is `timeout_s`.
            max_retries: Of one call, after a lost connection, a 429 or a 5xx.
        """
        self._timeout_s = timeout_s
        self._first_token_timeout_s = first_token_timeout_s or timeout_s
        self._max_retries = max_retries
        self._client = OpenAIClient(
            base_url=base_url, model=model, api_key=api_key, connect_timeout_s=connect_timeout_s
        )
        # What the endpoint was found to accept. A mode counts as proven by the first reply in it.
        self._mode = 0
        self._is_mode_proven = False
        self._streams = True

    @property
    def name(self) -> str:
        """The model's name at the endpoint."""
        return self._client.model

    @property
    def mode(self) -> str:
        """How the shape of a reply is asked for at present."""
        return MODES[self._mode]

    def reply(
        self, prompt: Prompt, shape: type[Reply], *, timeout_s: float | None = None
    ) -> ModelReply[Reply]:
        """Ask for JSON of the shape; a reply that does not fit is sent back once for repair.

        Raises:
            ModelUnavailableError: No valid reply in time.
        """
        started = time.monotonic()
        deadline = started + min(timeout_s or self._timeout_s, self._timeout_s)
        talk: Talk = [("human", f"{prompt.text}\n\n{shape_instruction(shape)}")]
        usage = Usage()
        for is_repair in (False, True):
            message, calls = self._ask(talk, shape, deadline=deadline, prompt_name=prompt.name)
            counted = message.usage_metadata
            usage = Usage(
                usage.prompt_tokens + (counted["input_tokens"] if counted else 0),
                usage.reply_tokens + (counted["output_tokens"] if counted else 0),
                usage.calls + calls,
                time.monotonic() - started,
                self.mode,
                is_repair,
            )
            text = message.text
            try:
                return ModelReply(parse_reply(text, shape), usage)
            except UnusableReplyError as error:
                logger.info(
                    "model reply unusable prompt=%s repair=%s chars=%d",
                    prompt.name, is_repair, len(text),
                )  # fmt: skip
                talk += [
                    ("ai", text),
                    ("human", f"방금 답은 쓸 수 없습니다. {error} {shape_instruction(shape)}"),
                ]
        raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="unusable_reply")

    def write(
        self, prompt: Prompt, on_text: OnText, *, timeout_s: float | None = None
    ) -> ModelText:
        """Ask for plain text, streamed where the endpoint can.

        Raises:
            ModelUnavailableError: Nothing came in time.
        """
        started = time.monotonic()
        deadline = started + min(timeout_s or self._timeout_s, self._timeout_s)
        talk: Talk = [("human", prompt.text)]
        calls = 0
        while self._streams:
            calls += 1
            first_by = time.monotonic() + self._first_token_timeout_s
            try:
                found = self._client.stream(talk, on_text, deadline=deadline, first_by=first_by)
            except RefusedError as refused:
                if refused.status in _PASSING and calls <= self._max_retries:
                    self._rest(refused, calls, deadline)
                elif not self._adapts(refused):
                    raise refused.as_error() from refused
                continue
            if found.text or found.is_whole is False:
                usage = Usage(
                    found.usage.prompt_tokens, found.usage.reply_tokens, calls,
                    time.monotonic() - started, "stream",
                )  # fmt: skip
                return ModelText(found.text, usage, found.is_whole)
            # A server that takes no notice of `stream` sends a body that has no events.
            self._streams = False
        message, more = self._ask(talk, None, deadline=deadline, prompt_name=prompt.name)
        on_text(message.text)
        counted = message.usage_metadata
        usage = Usage(
            counted["input_tokens"] if counted else 0, counted["output_tokens"] if counted else 0,
            calls + more, time.monotonic() - started, "text",
        )  # fmt: skip
        return ModelText(message.text, usage, is_whole=is_finished(message))

    def check(self) -> None:
        """Make the smallest request there is, to see whether the endpoint answers.

        Raises:
            ModelUnavailableError: It does not, within `timeout_s`; `detail` says why.
        """
        deadline = time.monotonic() + self._timeout_s
        try:
            self._client.call([("human", "1")], {"max_tokens": 1}, deadline=deadline)
        except RefusedError as refused:
            if refused.status != 400:  # it is there, and picky about such a small request
                raise refused.as_error() from refused

    def _ask(
        self, talk: Talk, shape: type[BaseModel] | None, *, deadline: float, prompt_name: str
    ) -> tuple[Message, int]:
        """Return a message and how many calls it took, stepping down where a mode is refused."""
        mode = self._mode if shape is not None else len(MODES) - 1
        calls = retries = 0
        while True:
            calls += 1
            try:
                message = self._client.call(talk, _options(MODES[mode], shape), deadline=deadline)
            except RefusedError as refused:
                logger.info(
                    "model call refused prompt=%s mode=%s status=%d",
                    prompt_name, MODES[mode], refused.status,
                )  # fmt: skip
                may_step_down = mode + 1 < len(MODES) and not self._is_mode_proven
                if self._adapts(refused):
                    continue
                if refused.status in _REFUSED and may_step_down:
                    mode += 1
                elif refused.status in _PASSING and retries < self._max_retries:
                    retries += 1
                    self._rest(refused, retries, deadline)
                else:
                    raise refused.as_error() from refused
            else:
                if shape is not None:
                    # Kept only now: a passing 500 must not cost the strict mode for good.
                    self._mode, self._is_mode_proven = mode, True
                return message, calls

    def _adapts(self, refused: "RefusedError") -> bool:
        """Leave out an option that the endpoint named in its refusal; tell whether one was."""
        if refused.status not in _REFUSED:
            return False
        if self._client.temperature is not None and "temperature" in refused.message:
            self._client.without_temperature()  # reasoning models take their own value only
        elif self._client.counts_streams and "stream_options" in refused.message:
            self._client.counts_streams = False
        elif self._streams and "stream" in refused.message:
            self._streams = False
        else:
            return False
        return True

    def _rest(self, refused: "RefusedError", retry: int, deadline: float) -> None:
        """Wait as long as the endpoint asks, or about twice as long each time.

        Raises:
            EndpointError: The wait would outlast the deadline.
        """
        wait = refused.retry_after_s
        if wait is None:
            wait = _FIRST_WAIT_S * 2 ** (retry - 1) * random.uniform(0.8, 1.2)
        if time.monotonic() + wait >= deadline:
            raise refused.as_error() from refused
        time.sleep(wait)


def _options(mode: str, shape: type[BaseModel] | None) -> dict[str, Any]:
    if mode == "json_schema" and shape is not None:
        schema = {"name": shape.__name__, "schema": json_schema(shape), "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    if mode == "json_object":
        return {"response_format": {"type": "json_object"}}
    return {}
