"""The door to an OpenAI-compatible endpoint: one call, whole or streamed, within a deadline."""

import os
import queue
import threading
import time
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import SecretStr

from advisor.errors import ModelUnavailableError
from advisor.llm.chat_model import ModelText, OnText, Usage
from advisor.messages import MODEL_UNAVAILABLE

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessageChunk
    from langchain_openai import ChatOpenAI

Talk = list[tuple[str, str]]
Message: TypeAlias = "AIMessage"


class EndpointError(ModelUnavailableError):
    """The endpoint itself failed, not its words; `rest_s` is how long it asked to be left alone."""

    def __init__(self, detail: str, *, rest_s: float = 0.0) -> None:
        """Keep the reason for the log."""
        super().__init__(MODEL_UNAVAILABLE, detail=detail)
        self.rest_s = rest_s


class RefusedError(Exception):
    """The endpoint answered with a status that is no success, or was not there (status 0)."""

    def __init__(self, status: int, message: str, retry_after_s: float | None = None) -> None:
        """Keep the status, what the endpoint says, and how long it asks to be left alone."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.retry_after_s = retry_after_s

    def as_error(self) -> EndpointError:
        """Return what ends the step."""
        rest = self.retry_after_s or 0.0
        return EndpointError(f"status_{self.status}" if self.status else self.message, rest_s=rest)


class OpenAIClient:
    """One model at one endpoint; `temperature` None leaves it to the model."""

    def __init__(
        self, *, base_url: str, model: str, api_key: SecretStr, connect_timeout_s: float
    ) -> None:
        """Keep the settings; the vendor is imported at the first call."""
        self.model = model
        self._base_url = base_url
        self._api_key = api_key
        self._connect_timeout_s = connect_timeout_s
        self._lock = threading.Lock()
        self._client: ChatOpenAI | None = None
        self.temperature: float | None = 0.0
        self.counts_streams = True

    def without_temperature(self) -> None:
        """Leave the temperature to the model from now on."""
        with self._lock:
            self.temperature, self._client = None, None

    def call(self, talk: Talk, options: dict[str, Any], *, deadline: float) -> "AIMessage":
        """Make one call in a thread of its own and wait for it until the deadline.

        The vendor's time limit is one between two bytes and starts anew with each retry, so a
        server that drips would hold a turn for ever. A thread left behind ends with its socket.
        """
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise EndpointError("deadline")
        outcome: list[AIMessage | Exception] = []

        def work() -> None:
            try:
                client = self._opened()
                outcome.append(
                    client.invoke(
                        talk, config={"callbacks": []}, timeout=self.limits(remaining), **options
                    )
                )
            except Exception as error:  # noqa: BLE001  raised again in the calling thread
                outcome.append(error)

        thread = threading.Thread(target=work, name="chat-model", daemon=True)
        thread.start()
        thread.join(remaining)
        if not outcome:
            raise EndpointError("deadline")
        result = outcome[0]
        if isinstance(result, Exception):
            raise _named(result) from result
        return result

    def limits(self, remaining_s: float) -> Any:
        import openai  # half a second, only where a model is configured

        return openai.Timeout(remaining_s, connect=min(self._connect_timeout_s, remaining_s))

    def stream(self, talk: Talk, on_text: OnText, *, deadline: float, first_by: float) -> ModelText:
        """Hand over the pieces of a text until it, the time or the caller's wish ends it.

        Raises:
            RefusedError: The endpoint refused before the first piece.
            EndpointError: Nothing came in time.
        """
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise EndpointError("deadline")
        pieces: _Pieces = queue.SimpleQueue()
        stopped = threading.Event()
        thread = threading.Thread(
            target=self._read, args=(talk, remaining, pieces, stopped), name="chat-stream",
            daemon=True,
        )  # fmt: skip
        thread.start()
        taken = _Taken()
        try:
            while taken.goes_on:
                taken.take(
                    _next_of(pieces, deadline if taken.text else min(first_by, deadline)), on_text
                )
        finally:
            stopped.set()
        return taken.as_text()

    def _read(
        self, talk: Talk, remaining_s: float, pieces: "_Pieces", stopped: threading.Event
    ) -> None:
        try:
            stream = self._opened().stream(
                talk, config={"callbacks": []}, timeout=self.limits(remaining_s),
                stream_usage=self.counts_streams,
            )  # fmt: skip
            for piece in stream:
                pieces.put(piece)
                if stopped.is_set():
                    # Closing the connection is what tells a server to stop writing.
                    stream.close()  # type: ignore[attr-defined]  # a generator
                    return
            pieces.put(None)
        except Exception as error:  # noqa: BLE001  raised again in the calling thread
            pieces.put(error)

    def _opened(self) -> "ChatOpenAI":
        with self._lock:
            if self._client is None:
                self._client = self._new_client()
            return self._client

    def _new_client(self) -> "ChatOpenAI":
        # A user's shell may have tracing on; it would send every prompt to the vendor. Read at
        # import, so it is switched off before; see docs/decisions for the list of switches.
        os.environ["LANGSMITH_TRACING"] = "false"  # noqa: TID251
        os.environ["LANGCHAIN_TRACING_V2"] = "false"  # noqa: TID251
        from langchain_openai import ChatOpenAI  # 1.3 s, only where configured

        return ChatOpenAI(
            base_url=self._base_url,
            model=self.model,
            # Without an explicit key the vendor would take OPENAI_API_KEY of the user's shell and
            # send it to this endpoint.
            api_key=SecretStr(self._api_key.get_secret_value() or "none"),
            max_retries=0,  # our own, which know the deadline
            temperature=self.temperature,
            use_responses_api=False,  # compatible servers speak chat completions
        )


_Pieces = queue.SimpleQueue["BaseMessageChunk | Exception | None"]


class _Taken:
    """What has come of a stream so far."""

    def __init__(self) -> None:
        self.text = ""
        self.goes_on = True
        self._usage = Usage()
        self._is_finished = False

    def take(self, piece: "BaseMessageChunk | Exception | None", on_text: OnText) -> None:
        if piece is None or isinstance(piece, Exception):
            if isinstance(piece, Exception) and not self.text:
                raise _named(piece) from piece
            self.goes_on = False  # what came before it broke off is checked and may be used
            return
        counted = getattr(piece, "usage_metadata", None)
        if counted:
            self._usage = Usage(
                self._usage.prompt_tokens + counted["input_tokens"],
                self._usage.reply_tokens + counted["output_tokens"],
            )
        self._is_finished = self._is_finished or is_finished(piece)
        if piece.text:
            self.text += piece.text
            self.goes_on = on_text(piece.text)

    def as_text(self) -> ModelText:
        return ModelText(self.text, self._usage, self._is_finished or not self.text)


def _next_of(pieces: _Pieces, limit: float) -> "BaseMessageChunk | Exception | None":
    try:
        return pieces.get(timeout=max(limit - time.monotonic(), 0.001))
    except queue.Empty:
        return EndpointError("first_token")


def is_finished(message: "BaseMessageChunk | AIMessage") -> bool:
    """Tell whether the endpoint said that the model had done, not that room ran out."""
    reason = message.response_metadata.get("finish_reason")
    return reason is not None and reason not in ("length", "content_filter")


def _named(error: Exception) -> Exception:
    """Return a vendor's error as a refusal, anything unforeseen as an endpoint that failed."""
    import openai  # half a second, only where a model is configured

    if isinstance(error, EndpointError):
        return error
    if isinstance(error, openai.APIStatusError):
        return RefusedError(error.status_code, error.message, _retry_after(error))
    if isinstance(error, openai.APITimeoutError):
        return EndpointError("timeout")
    if isinstance(error, openai.APIConnectionError):
        return RefusedError(0, "connection")
    # A connection cut in the middle, an envelope that is no JSON.
    return EndpointError(type(error).__name__)


def _retry_after(error: Any) -> float | None:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None
