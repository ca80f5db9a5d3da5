import time
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from advisor.domain.prompt import ModelRole, Prompt
from advisor.errors import ModelUnavailableError
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
    "mode", [Mode.GARBAGE, Mode.NOT_OPENAI, Mode.CUT, Mode.BUSY, Mode.BROKEN, Mode.REFUSED_KEY]
)
def test_an_endpoint_that_fails_is_a_model_that_is_not_available(server, mode):
    server.mode = mode

    with pytest.raises(ModelUnavailableError):
        a_model(server).reply(PROMPT, Said)


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

    assert time.monotonic() - started < 2.5


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
