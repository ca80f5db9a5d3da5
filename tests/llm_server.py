"""A model endpoint on loopback that speaks the OpenAI protocol and can be told to misbehave."""

import json
import random
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.liar import lying_answer, lying_object, obeying_answer

GOOD_ANSWER = "총사업비의 50% 이내에서 최대 2억 원까지 지원합니다 [1]."
LYING_ANSWER = "총사업비의 70% 안에서 최대 12억 원까지 지원합니다 [1]."


class Mode(StrEnum):
    """How the server answers."""

    NORMAL = "normal"
    FENCED = "fenced"  # JSON in a code fence behind a sentence, as small models write it
    PLAIN_ONLY = "plain_only"  # 400 for any response_format
    SCHEMA_BREAKS = "schema_breaks"  # 500 for json_schema, as llama-cpp-python has it
    NO_TEMPERATURE = "no_temperature"  # 400 for any temperature, as reasoning models do
    NO_STREAM = "no_stream"  # 400 for `stream`
    NO_STREAM_USAGE = "no_stream_usage"  # 400 for `stream_options`
    REPAIRED = "repaired"  # the first reply is prose, the second is right
    WRONG_SHAPE = "wrong_shape"  # JSON of another shape, always
    GARBAGE = "garbage"
    NOT_OPENAI = "not_openai"  # 200 with HTML: the wrong address
    LIES = "lies"
    OBEYS = "obeys"
    DELAY = "delay"
    DRIP = "drip"  # one byte at a time: no gap is ever longer than a time limit between bytes
    CUT = "cut"  # the connection ends in the middle of the body
    BUSY = "busy"  # 429
    BUSY_ONCE = "busy_once"  # 429 with Retry-After, then as normal
    BROKEN = "broken"  # 500
    REFUSED_KEY = "refused_key"  # 401


_STATUS = {Mode.BUSY: 429, Mode.BROKEN: 500, Mode.REFUSED_KEY: 401}


@dataclass
class ModelServer:
    """The running server: set how it answers, read what was asked from `requests`.

    Attributes:
        answer: What it writes as plain text, and as the field `answer` of an object.
        objects: Replies by name of the asked-for shape, in place of `{"answer": …}`.
        piece_chars, pause_s: How much a streamed piece holds, and the time between two.
        retry_after: Seconds that a 429 asks for.
    """

    base_url: str
    mode: Mode = Mode.NORMAL
    answer: str = GOOD_ANSWER
    objects: dict[str, Any] = field(default_factory=dict)
    piece_chars: int = 6
    pause_s: float = 0.0
    retry_after: str = "0"
    seed: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    cut_off: list[int] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def sent_text(self) -> str:
        """Everything that the last request says to the model."""
        return "\n".join(message["content"] for message in self.requests[-1]["messages"])

    def asked_for(self) -> list[str]:
        """The shape that each request asked for, `text` for none."""
        return [_shape_of(one) or "text" for one in self.requests]


@contextmanager
def running_model_server() -> Iterator[ModelServer]:
    """Serve on a free loopback port until the block ends."""
    http = _Server(("127.0.0.1", 0), _Handler)
    http.daemon_threads = True
    state = ModelServer(base_url=f"http://127.0.0.1:{http.server_port}/v1")
    http.state = state  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.stopped.set()
        http.shutdown()
        http.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet: a client that has waited long enough hangs up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""

    def do_POST(self) -> None:
        state: ModelServer = self.server.state  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        state.requests.append(body)
        state.headers.append({name.lower(): value for name, value in self.headers.items()})
        refusal = self._refusal(state, body)
        if refusal:
            self._error(*refusal, retry_after=state.retry_after)
        elif state.mode is Mode.DELAY:
            state.stopped.wait(20)
        elif state.mode is Mode.NOT_OPENAI:
            self._send(200, b"<html>hello</html>", "text/html")
        elif body.get("stream"):
            self._stream(state, _reply(state, body), body)
        elif state.mode is Mode.DRIP:
            self._drip(state, _completion(_reply(state, body)))
        elif state.mode is Mode.CUT:
            data = _completion(_reply(state, body))
            self._head(len(data))
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
        else:
            self._send(200, _completion(_reply(state, body)))

    @staticmethod
    def _refusal(state: ModelServer, body: dict[str, Any]) -> tuple[int, str] | None:
        mode = state.mode
        form = body.get("response_format", {}).get("type")
        if mode in _STATUS:
            return _STATUS[mode], "refused"
        if mode is Mode.BUSY_ONCE and len(state.requests) == 1:
            return 429, "Rate limit reached"
        if mode is Mode.PLAIN_ONLY and form:
            return 400, "response_format is not supported"
        if mode is Mode.SCHEMA_BREAKS and form == "json_schema":
            return 500, "Internal error"
        if mode is Mode.NO_TEMPERATURE and "temperature" in body:
            return 400, "Unsupported value: 'temperature' does not support 0.0"
        if mode is Mode.NO_STREAM and body.get("stream"):
            return 400, "stream is not supported"
        if mode is Mode.NO_STREAM_USAGE and "stream_options" in body:
            return 400, "Unrecognized request argument supplied: stream_options"
        return None

    def _stream(self, state: ModelServer, text: str, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        pieces = [text[i : i + state.piece_chars] for i in range(0, len(text), state.piece_chars)]
        if state.mode is Mode.CUT:
            pieces = pieces[: len(pieces) // 2]
        try:
            for sent, piece in enumerate(pieces):
                if state.mode is Mode.DRIP and state.stopped.wait(0.1):
                    return
                if state.pause_s:
                    time.sleep(state.pause_s)
                self._event(_chunk({"content": piece}, None))
                state.cut_off[:] = [sent + 1, len(pieces)]
            if state.mode is Mode.CUT:
                self.close_connection = True
                return
            self._event(_chunk({}, "stop"))
            if "stream_options" in body:
                self._event({**_chunk({}, None), "choices": [], "usage": _USAGE})
            self._write(b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client has heard enough

    def _event(self, data: dict[str, Any]) -> None:
        self._write(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())

    def _write(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _drip(self, state: ModelServer, data: bytes) -> None:
        self._head(len(data))
        for byte in data:
            if state.stopped.wait(0.1):
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def _error(self, status: int, message: str, *, retry_after: str) -> None:
        error = {"error": {"message": message, "type": "error", "code": None}}
        self._send(status, json.dumps(error).encode(), retry_after=retry_after)

    def _head(
        self, length: int, status: int = 200, media: str = "application/json", retry_after: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(length))
        if status == 429:
            self.send_header("Retry-After", retry_after)
        self.end_headers()

    def _send(
        self, status: int, data: bytes, media: str = "application/json", retry_after: str = ""
    ) -> None:
        self._head(len(data), status, media, retry_after)
        self.wfile.write(data)


def _shape_of(body: dict[str, Any]) -> str:
    """Return the name of the asked-for shape; without a schema it is known by its fields."""
    form = body.get("response_format", {})
    if form.get("type") == "json_schema":
        return str(form["json_schema"]["name"])
    said = body["messages"][0]["content"]
    marks = {
        '"about"': "StandaloneQuestion", '"kind"': "TurnKind", '"facts"': "StatedFacts",
        '"numbers"': "ChosenEvidence", '"sentences"': "RepairedSentences", '"quotes"': "ReplyDraft",
    }  # fmt: skip
    return next((name for mark, name in marks.items() if f"{mark}: {{" in said), "")


def _reply(state: ModelServer, body: dict[str, Any]) -> str:
    """Return what the model says."""
    prompt = body["messages"][0]["content"]
    shape = _shape_of(body)
    if state.mode is Mode.GARBAGE or (state.mode is Mode.REPAIRED and len(state.requests) == 1):
        return "죄송합니다. 지원금은 많습니다!"
    if state.mode is Mode.WRONG_SHAPE:
        return json.dumps({"mood": "good", "answer": ["a", "b"]})
    if state.mode is Mode.LIES:
        chance = random.Random(f"{state.seed} {prompt}")
        return lying_object(prompt, shape, chance) if shape else lying_answer(prompt, chance)
    if state.mode is Mode.OBEYS:
        return obeying_answer(prompt)
    if not shape and not body.get("stream") and "JSON" not in prompt:
        return state.answer
    if not shape and body.get("stream"):
        return state.answer
    said = json.dumps(state.objects.get(shape, {"answer": state.answer}), ensure_ascii=False)
    return f"네!\n```json\n{said}\n```" if state.mode is Mode.FENCED else said


_USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def _chunk(delta: dict[str, str], finish_reason: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return {
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": "local",
        "choices": [choice],
    }  # fmt: skip


def _completion(text: str) -> bytes:
    message = {"role": "assistant", "content": text}
    completion = {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "local",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}], "usage": _USAGE,
    }  # fmt: skip
    return json.dumps(completion, ensure_ascii=False).encode()
