"""ChatModel over langchain-openai: one time limit, one repair of a bad reply, no tools needed."""

import logging
import os
import threading
import time
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr

from advisor.domain.prompt import Prompt
from advisor.errors import ModelUnavailableError
from advisor.llm.chat_model import ModelReply, Reply, Usage
from advisor.llm.replies import (
    UnusableReplyError,
    json_schema,
    parse_reply,
    shape_instruction,
)
from advisor.messages import MODEL_UNAVAILABLE

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

logger = logging.getLogger(__name__)

# How the shape of the reply is asked for, strictest first. A server that refuses one gets the
# next: llama-cpp-python answers a schema with 500, older servers know no response_format at all.
_MODES = ("json_schema", "json_object", "text")


class OpenAIChatModel:
    """Any OpenAI-compatible endpoint: OpenAI, Azure, vLLM, Ollama, llama.cpp.

    Holds the connection and the strictest mode that the endpoint has accepted so far; safe to
    call from several threads.
    """

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: SecretStr,
        timeout_s: float,
        max_retries: int = 1,
    ) -> None:
        """Keep the settings; the vendor is imported at the first reply.

        Args:
            base_url: Address up to and with `/v1`.
            model: Name at that endpoint.
            api_key: May be empty; local servers ask for none.
            timeout_s: Seconds that one reply may take, all calls, retries and the repair included.
            max_retries: Of one call, after a lost connection, a 429 or a 5xx.
        """
        self._base_url = base_url
        self._model = model
        self._api_key = api_key
        self._timeout_s = timeout_s
        self._max_retries = max_retries
        self._mode = 0
        self._temperature: float | None = 0.0

    @property
    def name(self) -> str:
        """The model's name at the endpoint."""
        return self._model

    def reply(self, prompt: Prompt, shape: type[Reply]) -> ModelReply[Reply]:
        """Ask for JSON of the shape; a reply that does not fit is sent back once for repair.

        Raises:
            ModelUnavailableError: No valid reply within `timeout_s`.
        """
        started = time.monotonic()
        deadline = started + self._timeout_s
        talk: list[tuple[str, str]] = [("human", f"{prompt.text}\n\n{shape_instruction(shape)}")]
        usage = Usage()
        for is_repair in (False, True):
            message = self._call(talk, shape, deadline=deadline, prompt_name=prompt.name)
            usage = _add_usage(usage, message, took_s=time.monotonic() - started)
            text = message.text
            try:
                value = parse_reply(text, shape)
            except UnusableReplyError as error:
                logger.info(
                    "model reply unusable prompt=%s repair=%s chars=%d",
                    prompt.name,
                    is_repair,
                    len(text),
                )
                talk += [
                    ("ai", text),
                    ("human", f"방금 답은 쓸 수 없습니다. {error} {shape_instruction(shape)}"),
                ]
                continue
            return ModelReply(value=value, usage=usage)
        raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="reply unusable after one repair")

    def check(self) -> None:
        """Make the smallest request there is, to see whether the endpoint answers.

        Raises:
            ModelUnavailableError: It does not, within `timeout_s`; `detail` says why.
        """
        import openai  # half a second, only where a model is configured

        deadline = time.monotonic() + self._timeout_s
        try:
            self._run([("human", "1")], {"max_tokens": 1}, deadline=deadline)
        except openai.APIStatusError as error:
            if error.status_code != 400:  # it is there, and picky about such a small request
                detail = f"status={error.status_code}"
                raise ModelUnavailableError(MODEL_UNAVAILABLE, detail=detail) from error

    def _call(
        self,
        talk: list[tuple[str, str]],
        shape: type[BaseModel],
        *,
        deadline: float,
        prompt_name: str,
    ) -> "AIMessage":
        """Make one call, stepping down to a less strict mode where the endpoint refuses."""
        import openai  # half a second, only where a model is configured

        mode = self._mode
        while True:
            try:
                message = self._run(talk, _options(_MODES[mode], shape), deadline=deadline)
            except openai.APIStatusError as error:
                logger.info(
                    "model call refused prompt=%s mode=%s status=%d",
                    prompt_name,
                    _MODES[mode],
                    error.status_code,
                )
                if self._temperature is not None and "temperature" in error.message:
                    self._temperature = None  # reasoning models take their own value only
                elif error.status_code in {400, 422, 500, 501} and mode + 1 < len(_MODES):
                    mode += 1
                else:
                    raise ModelUnavailableError(
                        MODEL_UNAVAILABLE, detail=f"status={error.status_code}"
                    ) from error
            else:
                # Kept only now: a passing 500 must not cost the strict mode for good.
                self._mode = mode
                return message

    def _run(
        self, talk: list[tuple[str, str]], options: dict[str, Any], *, deadline: float
    ) -> "AIMessage":
        """Make one call in a thread of its own and wait for it until the deadline.

        The vendor's time limit is one between two bytes and starts anew with each retry, so a
        server that drips would hold a turn for ever. A thread left behind ends with its socket.
        """
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="deadline passed")
        outcome: list[AIMessage | Exception] = []

        def work() -> None:
            try:
                client = self._client(timeout_s=remaining)
                outcome.append(client.invoke(talk, config={"callbacks": []}, **options))
            except Exception as error:  # noqa: BLE001  raised again in the calling thread
                outcome.append(error)

        thread = threading.Thread(target=work, name="chat-model", daemon=True)
        thread.start()
        thread.join(remaining)
        if not outcome:
            raise ModelUnavailableError(MODEL_UNAVAILABLE, detail="deadline passed while waiting")
        result = outcome[0]
        if isinstance(result, Exception):
            raise self._named(result)
        return result

    def _client(self, *, timeout_s: float) -> "ChatOpenAI":
        # A user's shell may have tracing on; it would send every prompt to the vendor. Read at
        # import, so it is switched off before; see docs/decisions for the list of switches.
        os.environ["LANGSMITH_TRACING"] = "false"  # noqa: TID251
        os.environ["LANGCHAIN_TRACING_V2"] = "false"  # noqa: TID251
        from langchain_openai import ChatOpenAI  # 1.3 s, only where configured

        return ChatOpenAI(
            base_url=self._base_url,
            model=self._model,
            # Without an explicit key the vendor would take OPENAI_API_KEY of the user's shell and
            # send it to this endpoint.
            api_key=SecretStr(self._api_key.get_secret_value() or "none"),
            timeout=timeout_s,
            max_retries=self._max_retries,
            temperature=self._temperature,
            use_responses_api=False,  # compatible servers speak chat completions
        )

    @staticmethod
    def _named(error: Exception) -> Exception:
        """Return a refusal with a status as it is, anything else as a model that is not there."""
        import openai  # half a second, only where a model is configured

        if isinstance(error, openai.APIStatusError):
            return error
        # No connection, a time-out, a connection cut in the middle, an envelope that is no JSON.
        return ModelUnavailableError(MODEL_UNAVAILABLE, detail=type(error).__name__)


def _options(mode: str, shape: type[BaseModel]) -> dict[str, Any]:
    if mode == "json_schema":
        schema = {"name": shape.__name__, "schema": json_schema(shape), "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    if mode == "json_object":
        return {"response_format": {"type": "json_object"}}
    return {}


def _add_usage(usage: Usage, message: "AIMessage", *, took_s: float) -> Usage:
    counted = message.usage_metadata
    return Usage(
        prompt_tokens=usage.prompt_tokens + (counted["input_tokens"] if counted else 0),
        reply_tokens=usage.reply_tokens + (counted["output_tokens"] if counted else 0),
        calls=usage.calls + 1,
        took_s=took_s,
    )
