"""A model endpoint on loopback that speaks the OpenAI protocol and can be told to misbehave."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD_ANSWER = "총사업비의 50% 안에서 최대 2억 원까지 지원합니다 [1]."
LYING_ANSWER = "총사업비의 70% 안에서 최대 12억 원까지 지원합니다 [1]."


class Mode(StrEnum):
    """How the server answers."""

    NORMAL = "normal"
    FENCED = "fenced"  # JSON in a code fence behind a sentence, as small models write it
    PLAIN_ONLY = "plain_only"  # 400 for any response_format
    NO_TEMPERATURE = "no_temperature"  # 400 for any temperature, as reasoning models do
    REPAIRED = "repaired"  # the first reply is prose, the second is right
    GARBAGE = "garbage"
    NOT_OPENAI = "not_openai"  # 200 with HTML: the wrong address
    LIES = "lies"
    DELAY = "delay"
    DRIP = "drip"  # one byte at a time: no gap is ever longer than a time limit between bytes
    CUT = "cut"  # the connection ends in the middle of the body
    BUSY = "busy"  # 429
    BROKEN = "broken"  # 500
    REFUSED_KEY = "refused_key"  # 401


@dataclass
class ModelServer:
    """The running server: set `mode` and `answer`, read what was asked from `requests`."""

    base_url: str
    mode: Mode = Mode.NORMAL
    answer: str = GOOD_ANSWER
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def sent_text(self) -> str:
        """Everything that the last request says to the model."""
        return "\n".join(message["content"] for message in self.requests[-1]["messages"])


@contextmanager
def running_model_server() -> Iterator[ModelServer]:
    """Serve on a free loopback port until the block ends."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
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


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""

    def do_POST(self) -> None:
        state: ModelServer = self.server.state  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        state.requests.append(body)
        state.headers.append({name.lower(): value for name, value in self.headers.items()})
        answers: dict[Mode, Callable[[], None]] = {
            Mode.BUSY: lambda: self._error(429, "Rate limit reached"),
            Mode.BROKEN: lambda: self._error(500, "Internal error"),
            Mode.REFUSED_KEY: lambda: self._error(401, "Incorrect API key"),
            Mode.GARBAGE: lambda: self._say("죄송합니다. 지원금은 많습니다!"),
            Mode.NOT_OPENAI: lambda: self._send(200, b"<html>hello</html>", "text/html"),
            Mode.LIES: lambda: self._say(_as_json(LYING_ANSWER)),
            Mode.FENCED: lambda: self._say(f"네!\n```json\n{_as_json(state.answer)}\n```"),
            Mode.DELAY: lambda: self._later(state),
            Mode.DRIP: lambda: self._drip(state),
            Mode.CUT: lambda: self._cut(state),
        }
        if state.mode is Mode.PLAIN_ONLY and "response_format" in body:
            self._error(400, "response_format is not supported")
        elif state.mode is Mode.NO_TEMPERATURE and "temperature" in body:
            self._error(400, "Unsupported value: 'temperature' does not support 0.0")
        elif state.mode is Mode.REPAIRED and len(state.requests) == 1:
            self._say("지원금은 2억 원입니다.")
        else:
            answers.get(state.mode, lambda: self._say(_as_json(state.answer)))()

    def _say(self, text: str) -> None:
        self._send(200, _completion(text))

    def _later(self, state: ModelServer) -> None:
        state.stopped.wait(20)

    def _drip(self, state: ModelServer) -> None:
        data = _completion(_as_json(state.answer))
        self._head(len(data))
        for byte in data:
            if state.stopped.wait(0.1):
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def _cut(self, state: ModelServer) -> None:
        data = _completion(_as_json(state.answer))
        self._head(len(data))
        self.wfile.write(data[: len(data) // 2])
        self.close_connection = True

    def _error(self, status: int, message: str) -> None:
        error = {"error": {"message": message, "type": "error", "code": None}}
        self._send(status, json.dumps(error).encode())

    def _head(self, length: int, status: int = 200, media: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(length))
        if status == 429:
            self.send_header("Retry-After", "0")
        self.end_headers()

    def _send(self, status: int, data: bytes, media: str = "application/json") -> None:
        self._head(len(data), status, media)
        self.wfile.write(data)


def _as_json(answer: str) -> str:
    return json.dumps({"answer": answer}, ensure_ascii=False)


def _completion(text: str) -> bytes:
    completion = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "local",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }
    return json.dumps(completion, ensure_ascii=False).encode()
