import time
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from advisor.domain.prompt import ModelRole, Prompt
from advisor.errors import ModelUnavailableError
from advisor.llm.chat_model import ModelText
from advisor.llm.openai_client import EndpointError
from advisor.llm.openai_model import OpenAIChatModel
from tests.llm_server import GOOD_ANSWER, Mode, ModelServer, running_model_server

PROMPT = Prompt(name="test", text="얼마까지 되나요?", digest="", role=ModelRole.MAIN, reply="Said")


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer: str


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running_model_server() as running:
        yield running


def a_model(server: ModelServer, *, timeout_s: float = 10, api_key: str = "") -> OpenAIChatModel:
    return OpenAIChatModel(
        base_url=server.base_url, model="local", api_key=SecretStr(api_key), timeout_s=timeout_s
    )


def test_a_reply_comes_back_in_its_shape_with_its_usage(server):
    reply = a_model(server).reply(PROMPT, Said)

    assert reply.value == Said(answer=GOOD_ANSWER)
    assert (reply.usage.prompt_tokens, reply.usage.reply_tokens, reply.usage.calls) == (100, 20, 1)


def test_the_shape_is_asked_for_by_schema_and_in_words_without_tools(server):
    a_model(server).reply(PROMPT, Said)

    sent = server.requests[0]
    assert sent["response_format"]["json_schema"]["schema"]["required"] == ["answer"]
    assert '"required": ["answer"]' in server.sent_text()
    assert "tools" not in sent
    assert sent["temperature"] == 0


def test_json_in_a_code_fence_is_read(server):
    server.mode = Mode.FENCED

    assert a_model(server).reply(PROMPT, Said).value.answer == GOOD_ANSWER


def test_an_endpoint_without_response_format_is_asked_in_words_and_remembered(server):
    server.mode = Mode.PLAIN_ONLY
    model = a_model(server)

    assert model.reply(PROMPT, Said).value.answer == GOOD_ANSWER
    assert [r.get("response_format", {}).get("type") for r in server.requests] == [
        "json_schema",
        "json_object",
        None,
    ]
    model.reply(PROMPT, Said)
    assert len(server.requests) == 4


def test_a_model_that_refuses_a_temperature_is_asked_without_one(server):
    server.mode = Mode.NO_TEMPERATURE

    assert a_model(server).reply(PROMPT, Said).value.answer == GOOD_ANSWER
    assert "temperature" not in server.requests[-1]


def test_a_reply_of_the_wrong_shape_is_sent_back_once(server):
    server.mode = Mode.REPAIRED

    reply = a_model(server).reply(PROMPT, Said)

    assert reply.value.answer == GOOD_ANSWER
    assert reply.usage.calls == 2
    assert [m["role"] for m in server.requests[1]["messages"]] == ["user", "assistant", "user"]


@pytest.mark.parametrize(
    "mode",
    [
        Mode.GARBAGE,
        Mode.WRONG_SHAPE,
        Mode.NOT_OPENAI,
        Mode.CUT,
        Mode.BUSY,
        Mode.BROKEN,
        Mode.REFUSED_KEY,
    ],
)
def test_an_endpoint_that_fails_is_a_model_that_is_not_available(server, mode):
    server.mode = mode

    with pytest.raises(ModelUnavailableError):
        a_model(server).reply(PROMPT, Said)


def test_a_server_that_breaks_on_a_schema_gets_the_next_mode_at_once(server):
    server.mode = Mode.SCHEMA_BREAKS

    assert a_model(server).reply(PROMPT, Said).value.answer == GOOD_ANSWER
    assert [r["response_format"]["type"] for r in server.requests] == ["json_schema", "json_object"]


def test_a_busy_endpoint_is_asked_again_after_the_time_it_names(server):
    server.mode, server.retry_after = Mode.BUSY_ONCE, "1"
    started = time.monotonic()

    reply = a_model(server).reply(PROMPT, Said)

    assert reply.value.answer == GOOD_ANSWER
    assert reply.usage.calls == 2
    assert time.monotonic() - started >= 1


def test_an_endpoint_that_wants_a_longer_rest_than_the_turn_has_fails_at_once(server):
    server.mode, server.retry_after = Mode.BUSY, "30"
    started = time.monotonic()

    with pytest.raises(EndpointError) as caught:
        a_model(server, timeout_s=5).reply(PROMPT, Said)

    assert time.monotonic() - started < 25  # it was told to come back in 30
    assert (caught.value.detail, caught.value.rest_s) == ("status_429", 30)


def written(server: ModelServer, *, timeout_s: float = 10) -> tuple[list[str], ModelText]:
    pieces: list[str] = []

    def take(piece: str) -> bool:
        pieces.append(piece)
        return True

    text = a_model(server, timeout_s=timeout_s).write(PROMPT, take)
    return pieces, text


def test_a_text_comes_in_pieces_with_its_usage(server):
    pieces, text = written(server)

    assert len(pieces) > 3
    assert "".join(pieces) == text.text == GOOD_ANSWER
    assert text.is_whole
    assert (text.usage.prompt_tokens, text.usage.reply_tokens) == (100, 20)


@pytest.mark.parametrize("mode", [Mode.NO_STREAM, Mode.NO_STREAM_USAGE, Mode.NO_TEMPERATURE])
def test_an_endpoint_that_cannot_stream_or_count_is_asked_as_it_can(server, mode):
    server.mode = mode

    pieces, text = written(server)

    assert "".join(pieces) == text.text == GOOD_ANSWER


def test_a_text_cut_off_in_the_middle_says_so(server):
    server.mode = Mode.CUT

    pieces, text = written(server)

    assert not text.is_whole
    assert GOOD_ANSWER.startswith(text.text)
    assert text.text == "".join(pieces)


def test_a_text_that_has_been_enough_is_not_paid_for_to_its_end(server):
    server.answer, server.pause_s = GOOD_ANSWER * 20, 0.01

    a_model(server).write(PROMPT, lambda _: False)

    def sent() -> list[int]:
        return list(server.cut_off)

    deadline = time.monotonic() + 60
    before: list[int] = []
    while time.monotonic() < deadline and (not before or sent() != before):
        before = sent()
        time.sleep(0.5)  # fifty pieces long: a stream that goes on has moved
    assert server.cut_off[0] < server.cut_off[1]


def test_a_text_that_does_not_begin_in_time_is_given_up(server):
    server.mode = Mode.DELAY
    started = time.monotonic()
    model = OpenAIChatModel(
        base_url=server.base_url, model="local", api_key=SecretStr(""), timeout_s=10,
        first_token_timeout_s=0.5,
    )  # fmt: skip

    with pytest.raises(EndpointError, match="first_token"):
        model.write(PROMPT, lambda _: True)
    assert time.monotonic() - started < 15  # the server is silent for 20


def test_a_passing_failure_does_not_cost_the_schema_for_good(server):
    server.mode = Mode.BROKEN
    model = a_model(server)
    with pytest.raises(ModelUnavailableError):
        model.reply(PROMPT, Said)
    server.mode = Mode.NORMAL

    model.reply(PROMPT, Said)

    assert server.requests[-1]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("mode", [Mode.DELAY, Mode.DRIP])
def test_no_server_holds_a_turn_longer_than_the_time_limit(server, mode):
    server.mode = mode
    started = time.monotonic()

    with pytest.raises(ModelUnavailableError):
        a_model(server, timeout_s=1.5).reply(PROMPT, Said)

    assert time.monotonic() - started < 15  # the server takes 20 and more


def test_a_key_of_the_shell_never_reaches_the_endpoint(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-shell")
    monkeypatch.setenv("LANGSMITH_TRACING", "true")

    a_model(server).reply(PROMPT, Said)
    a_model(server, api_key="given").reply(PROMPT, Said)

    assert [h["authorization"] for h in server.headers] == ["Bearer none", "Bearer given"]


def test_nothing_listening_is_a_model_that_is_not_available():
    model = OpenAIChatModel(
        base_url="http://127.0.0.1:9/v1", model="local", api_key=SecretStr(""), timeout_s=5
    )

    with pytest.raises(ModelUnavailableError):
        model.check()
