"""Turns with a model: it lies, it dies, the process dies; the answer stays the engine's."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor import clock
from advisor.assemble import Advisor, build_advisor
from advisor.config import PROJECT_ROOT, Settings
from advisor.conversation.door import open_door
from advisor.conversation.transcripts import MemoryTranscripts
from advisor.intake.screen import mask
from advisor.stores.consultations import ConsultationStore
from advisor.stores.model_usage import ModelUsageStore
from tests.engine_bounds import excess_of
from tests.llm_server import Mode, ModelServer, running_model_server
from tests.lying_model import LyingModel, a_door

DAY = date(2026, 11, 25)
READING = frozenset({"rephrase_question", "route_question", "extract_facts", "choose_evidence"})
TALKS = (
    ("AI 바우처는 얼마까지 지원하나요?", "그건 언제까지예요?", "우리도 받을 수 있나요?"),
    ("안산에서 직원 30명 금속가공 공장을 하는데 받을 수 있는 지원금 있나요?", "자부담은요?"),
    ("스마트공장 정부일반형 지금 신청되나요?",),
    ("저희는 부산에서 직원 12명 도금업을 합니다. 클린사업장 지원 대상이 되나요?",),
    ("설비 예지보전 도입 사례 있나요?", "비용은 얼마나 들었어요?"),
    ("경남에서 도와줄 기관이 있나요?",),
    ("혁신바우처와 AI 바우처는 뭐가 달라요?",),
    ("연구개발비로 9억 원을 준다는데 맞나요?",),
)


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home), keep=False)
    yield built
    built.index.close()


def over(advisor: Advisor, model: LyingModel, steps: frozenset[str] | None = None) -> Advisor:
    tools = replace(advisor.tools, door=a_door(model, steps=steps))
    return replace(advisor, tools=tools, transcripts=MemoryTranscripts())


@pytest.mark.parametrize("obeys", [False, True])
def test_whatever_a_model_says_the_answer_says_no_more_than_the_engine(
    advisor: Advisor, obeys: bool
) -> None:
    phrased = 0
    for seed in range(2):
        model = LyingModel(seed, obeys=obeys)
        engine, lying = over(advisor, model, READING), over(advisor, model)
        for talk in TALKS:
            ids = engine.new_consultation(), lying.new_consultation()
            for text in talk:
                true = engine.ask(text, consultation_id=ids[0], today=DAY)
                told = lying.ask(text, consultation_id=ids[1], today=DAY)
                assert excess_of(lying, told, true, text) == [], (seed, text, told.text)
                assert told.profile == true.profile
                phrased += told.engine != "embedded"
    # Else nothing was tried: a liar says a true sentence now and then.
    assert obeys or phrased >= 3


def with_endpoint(advisor: Advisor, settings: Settings) -> Advisor:
    """The same advisor with an endpoint, and with consultations and counts of its own on disk."""
    door = open_door(
        settings, ledger=ModelUsageStore.open(settings), mask=lambda text: mask(text)[0]
    )
    return replace(
        advisor,
        tools=replace(advisor.tools, door=door),
        transcripts=ConsultationStore.open(settings),
    )


def test_a_dead_model_leaves_the_turn_to_the_embedded_engine_and_says_so(
    advisor: Advisor, tmp_path: Path
) -> None:
    gone = Settings(home=tmp_path / "own", llm_base_url="http://127.0.0.1:9/v1", llm_model="gone")
    dead = with_endpoint(advisor, gone)

    answer = dead.ask(TALKS[0][0], today=DAY)

    assert answer.engine == "embedded"
    assert answer.text == advisor.ask(TALKS[0][0], today=DAY).text
    started = time.monotonic()
    dead.ask(TALKS[2][0], today=DAY)
    assert time.monotonic() - started < 20


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running_model_server() as running:
        yield running


def test_the_trace_of_a_turn_is_kept_with_it_and_the_days_tokens_are_counted(
    advisor: Advisor, server: ModelServer, tmp_path: Path
) -> None:
    settings = Settings(
        home=tmp_path / "own", llm_base_url=server.base_url, llm_model="local",
        llm_steps="compose_answer,repair_sentences",
    )  # fmt: skip
    server.answer = "AI바우처는 기업당 최대 2억 원입니다 [1]."

    answer = with_endpoint(advisor, settings).ask(TALKS[0][0], today=DAY)

    assert answer.engine == "openai:local"
    assert answer.consultation_id is not None
    again = ConsultationStore.open(settings).load(answer.consultation_id)
    assert again is not None
    (call,) = again.turns[0].trace
    assert (call["step"], call["model"], call["outcome"]) == ("compose_answer", "local", "used")
    assert (call["prompt_tokens"], call["reply_tokens"], call["notes"]["kept"]) == (100, 20, 1)
    assert len(call["digest"]) == 12
    assert "바우처" not in str(call)
    assert ModelUsageStore.open(settings).spent(clock.today()) == 120


MIDDLE_OF_A_TURN = """
import sys
from datetime import date
from advisor import clock
from advisor.assemble import build_advisor
from advisor.config import Settings
built = build_advisor(Settings())
cid = built.new_consultation()
built.ask("직원 30명이고 안산에서 금속가공을 합니다", consultation_id=cid, today=date(2026, 11, 25))
print(cid, flush=True)
built.ask("AI 바우처는 얼마까지 지원하나요?", consultation_id=cid, today=date(2026, 11, 25))
print("too far", flush=True)
"""


def test_a_talk_goes_on_after_the_process_died_in_the_middle_of_a_models_turn(
    server: ModelServer, pristine_home: Path, tmp_path: Path
) -> None:
    server.mode = Mode.DELAY
    home = tmp_path / "home"
    shutil.copytree(pristine_home, home)
    own = {
        "ADVISOR_HOME": str(home), "ADVISOR_LLM_BASE_URL": server.base_url, "ADVISOR_LLM_MODEL": "local",
        "ADVISOR_LLM_STEPS": "compose_answer", "ADVISOR_LLM_TIMEOUT_S": "30",
        "ADVISOR_LLM_FIRST_TOKEN_TIMEOUT_S": "30",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(MIDDLE_OF_A_TURN)], cwd=PROJECT_ROOT, text=True,
        env={**os.environ, **own}, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    cid = process.stdout.readline().strip()
    deadline = time.monotonic() + 120
    while not server.requests and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.requests, "the model was not asked"
    process.send_signal(signal.SIGKILL)
    assert "too far" not in process.communicate()[0]

    built = build_advisor(Settings(home=home))
    kept = built.consultation(cid)
    assert kept is not None
    assert [one.question for one in kept.turns] == ["직원 30명이고 안산에서 금속가공을 합니다"]
    answer = built.ask("AI 바우처는 얼마까지 지원하나요?", consultation_id=cid, today=DAY)

    assert "2억 원" in answer.text
    assert answer.profile["employees_regular"] == 30
    built.index.close()
