"""What one turn may ask of a model: limits, rest, leaks, and the note of every call."""

import threading
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from advisor.domain.prompt import ModelRole, Prompt
from advisor.errors import ModelUnavailableError
from advisor.intake.screen import mask
from advisor.llm.breaker import Breaker
from advisor.llm.budget import Budget, MemoryLedger
from advisor.llm.chat_model import ChatModel
from advisor.llm.openai_client import EndpointError
from advisor.llm.openai_model import OpenAIChatModel
from advisor.llm.scripted_model import ScriptedModel
from advisor.llm.session import ModelDoor, TurnModel
from tests.llm_server import Mode, running_model_server

DAY = date(2026, 11, 25)


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer: str


def a_prompt(text: str = "얼마까지 되나요?", role: ModelRole = ModelRole.MAIN) -> Prompt:
    return Prompt("compose_answer", text, "d1ge57" * 6, role, "Said")


def a_turn(model: ChatModel, **changes: Any) -> TurnModel:
    settings: dict[str, Any] = {
        "models": {ModelRole.MAIN: model, ModelRole.FAST: model}, "breaker": Breaker(),
        "budget": a_budget(), "slots": threading.BoundedSemaphore(2), "turn_timeout_s": 5.0,
        "mask": lambda text: mask(text)[0],
    }  # fmt: skip
    return ModelDoor(**{**settings, **changes}).begin()


def a_budget(*, turn: int = 0, day: int = 0, ledger: MemoryLedger | None = None) -> Budget:
    return Budget(
        turn_tokens=turn, day_tokens=day, ledger=ledger or MemoryLedger(), today=lambda: DAY
    )


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_call_is_noted_with_counts_and_without_words() -> None:
    turn = a_turn(ScriptedModel([{"answer": "2억 원"}]))

    turn.reply(a_prompt(), Said)
    turn.note("compose_answer", replaced=2)

    (call,) = turn.calls
    noted = call.to_json()
    assert (noted["step"], noted["model"], noted["outcome"]) == (
        "compose_answer",
        "scripted",
        "used",
    )
    assert noted["digest"] == "d1ge57d1ge57"
    assert noted["notes"] == {"replaced": 2}
    assert "2억" not in str(noted)
    assert "얼마" not in str(noted)


def test_personal_numbers_are_masked_before_anything_is_sent() -> None:
    model = ScriptedModel([{"answer": "예"}])

    a_turn(model).reply(a_prompt("제 번호는 010-1234-5678, 주민번호 900101-1234568"), Said)

    sent = model.prompts[0].text
    assert "1234" not in sent
    assert "가림" in sent


def test_a_reply_that_gives_the_prompt_away_is_not_used() -> None:
    class Parrot(ScriptedModel):
        def reply(self, prompt: Prompt, shape: Any, *, timeout_s: float | None = None) -> Any:
            self._replies = [{"answer": prompt.text}]
            return super().reply(prompt, shape, timeout_s=timeout_s)

    turn = a_turn(Parrot([]))

    with pytest.raises(ModelUnavailableError):
        turn.reply(a_prompt(), Said)
    assert (turn.calls[0].outcome, turn.calls[0].reason) == ("fallback", "canary")


def test_a_dead_endpoint_is_asked_once_a_minute() -> None:
    clock = Clock()
    breaker = Breaker(60, clock=clock)
    dead = ScriptedModel([EndpointError("connection")] * 3)

    for _ in range(4):
        with pytest.raises(ModelUnavailableError):
            a_turn(dead, breaker=breaker).reply(a_prompt(), Said)
    assert len(dead.prompts) == 1

    clock.now = 61
    for _ in range(2):
        with pytest.raises(ModelUnavailableError):
            a_turn(dead, breaker=breaker).reply(a_prompt(), Said)
    assert len(dead.prompts) == 2


def test_an_endpoint_that_answers_again_is_used_again() -> None:
    clock = Clock()
    breaker = Breaker(60, clock=clock)
    model = ScriptedModel([EndpointError("connection"), {"answer": "예"}, {"answer": "네"}])
    with pytest.raises(ModelUnavailableError):
        a_turn(model, breaker=breaker).reply(a_prompt(), Said)

    clock.now = 61
    turn = a_turn(model, breaker=breaker)
    turn.reply(a_prompt(), Said)
    assert turn.reply(a_prompt(), Said).value.answer == "네"


def test_words_that_cannot_be_used_do_not_put_the_endpoint_to_rest() -> None:
    model = ScriptedModel([{"mood": "good"}, {"answer": "예"}])
    turn = a_turn(model)

    with pytest.raises(ModelUnavailableError):
        turn.reply(a_prompt(), Said)
    assert turn.reply(a_prompt(), Said).value.answer == "예"


@pytest.mark.parametrize(
    ("budget", "reason"),
    [(a_budget(turn=50), "turn_budget"), (a_budget(day=50), "day_budget")],
)
def test_a_call_that_would_break_the_budget_is_not_made(budget: Budget, reason: str) -> None:
    model = ScriptedModel([{"answer": "예"}])
    turn = a_turn(model, budget=budget)

    with pytest.raises(ModelUnavailableError):
        turn.reply(a_prompt("지원 " * 200), Said)
    assert turn.calls[0].reason == reason
    assert model.prompts == []


def test_the_tokens_of_a_day_are_counted_over_turns() -> None:
    ledger = MemoryLedger()
    with running_model_server() as server:
        model = OpenAIChatModel(
            base_url=server.base_url, model="local", api_key=SecretStr(""), timeout_s=5
        )
        for _ in range(2):
            a_turn(model, budget=a_budget(ledger=ledger)).reply(a_prompt(), Said)

    assert ledger.spent(DAY) == 2 * 120


def test_a_turn_ends_its_calls_with_its_time() -> None:
    with running_model_server() as server:
        server.mode = Mode.DELAY
        model = OpenAIChatModel(
            base_url=server.base_url, model="local", api_key=SecretStr(""), timeout_s=5
        )
        turn = a_turn(model, turn_timeout_s=0.5)
        for _ in range(2):
            with pytest.raises(ModelUnavailableError):
                turn.reply(a_prompt(), Said)

    assert [one.reason for one in turn.calls] == ["deadline", "turn_time"]


def test_no_more_calls_run_at_once_than_are_allowed() -> None:
    running, most = 0, 0
    lock = threading.Lock()
    go_on = threading.Event()

    class Slow(ScriptedModel):
        def reply(self, prompt: Prompt, shape: Any, *, timeout_s: float | None = None) -> Any:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            go_on.wait(0.1)
            with lock:
                running -= 1
            return super().reply(prompt, shape, timeout_s=timeout_s)

    slots = threading.BoundedSemaphore(2)
    model = Slow([{"answer": "예"}] * 6)
    turns = [a_turn(model, slots=slots) for _ in range(6)]
    threads = [threading.Thread(target=lambda t=turn: t.reply(a_prompt(), Said)) for turn in turns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 2


def test_each_role_has_its_model() -> None:
    main, fast = ScriptedModel([{"answer": "main"}]), ScriptedModel([{"answer": "fast"}])
    turn = a_turn(main, models={ModelRole.MAIN: main, ModelRole.FAST: fast})

    assert turn.reply(a_prompt(role=ModelRole.FAST), Said).value.answer == "fast"
    assert turn.reply(a_prompt(), Said).value.answer == "main"
