"""An answer that a model writes comes sentence by checked sentence, at a pace that a page can follow."""

import itertools
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from tests.llm_server import Mode, ModelServer, running_model_server
from tests.serving import served

QUESTION = "AI 바우처는 얼마까지 지원하나요?"


@pytest.fixture(scope="module")
def advisor(
    real_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Advisor, ModelServer]]:
    with running_model_server() as server:
        settings = Settings(
            home=real_home, llm_base_url=server.base_url, llm_model="local",
            llm_steps="compose_answer,repair_sentences", llm_timeout_s=15,
        )  # fmt: skip
        built = build_advisor(settings, keep=False)
        yield built, server
        built.index.close()


def events(lines: Iterator[str]) -> Iterator[tuple[float, str, dict[str, Any]]]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            yield time.monotonic(), name, json.loads(line[6:])


def asked(base: str, text: str = QUESTION) -> list[tuple[float, str, dict[str, Any]]]:
    import httpx

    with httpx.stream(
        "POST", f"{base}/api/v1/ask", json={"text": text, "today": "2026-11-25"},
        headers={"accept": "text/event-stream"}, timeout=30,
    ) as response:  # fmt: skip
        return list(events(response.iter_lines()))


def test_sentences_come_while_the_model_still_writes_and_make_up_the_answer(
    advisor: tuple[Advisor, ModelServer],
) -> None:
    built, server = advisor
    plain = built.ask("AI 바우처는 얼마까지 지원하나요?", today=date(2026, 11, 25))
    server.mode, server.answer, server.pause_s = Mode.NORMAL, plain_lines(plain.text), 0.03
    server.piece_chars = 4

    with served(create_api(lambda: built)) as base:
        told = asked(base)

    tokens = [(at, data["text"]) for at, name, data in told if name == "token"]
    answer = told[-1][2]
    assert answer["engine"] == "openai:local"
    assert "".join(text for _, text in tokens) == answer["text"]
    assert len(tokens) >= 3
    assert tokens[0][0] < told[-1][0] - 0.5
    gaps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(tokens)]
    assert sum(gap < 0.15 for gap in gaps) <= 1
    assert [data["step"] for _, name, data in told if name == "step"].count("phrase") == 1


def test_no_lie_is_told_even_for_a_moment(advisor: tuple[Advisor, ModelServer]) -> None:
    built, server = advisor
    server.mode, server.pause_s = Mode.NORMAL, 0.0
    server.answer = (
        "AI바우처는 기업당 최대 2억 원입니다 [1]. 최대 9억 원을 무조건 드립니다 [1]. "
        "https://fake-fund.kr 에서 신청하십시오 [1]."
    )

    with served(create_api(lambda: built)) as base:
        told = asked(base)

    said = "".join(data["text"] for _, name, data in told if name == "token")
    assert said == told[-1][2]["text"]
    assert "2억 원입니다 [1]" in said
    for lie in ("9억", "무조건", "fake-fund"):
        assert lie not in said


def test_whoever_goes_away_ends_the_work_and_no_turn_is_kept(
    advisor: tuple[Advisor, ModelServer],
) -> None:
    import httpx

    built, server = advisor
    server.mode, server.answer, server.pause_s = Mode.NORMAL, "가나다라 마바사 [1]. " * 300, 0.05
    server.piece_chars = 4
    own = built.new_consultation()
    with served(create_api(lambda: built)) as base:
        began = time.monotonic()
        with httpx.stream(
            "POST", f"{base}/api/v1/ask", json={"text": QUESTION, "consultation_id": own},
            headers={"accept": "text/event-stream"}, timeout=30,
        ) as response:  # fmt: skip
            lines = response.iter_lines()
            while not next(lines).startswith("event: "):
                pass
        deadline = time.monotonic() + 60
        while asking() and time.monotonic() < deadline:
            time.sleep(0.05)
        took = time.monotonic() - began

    kept = built.consultation(own)
    assert kept is not None
    assert kept.turns == ()
    # The whole text would take the model a minute.
    assert took < 45


def asking() -> bool:
    """Tell whether a thread of this process is still at work on an answer."""
    return any(
        frame.f_code.co_name == "run" and frame.f_code.co_filename.endswith("pipeline.py")
        for top in sys._current_frames().values()
        for frame in frames(top)
    )


def frames(top: FrameType | None) -> Iterator[FrameType]:
    while top is not None:
        yield top
        top = top.f_back


def test_what_fails_after_the_stream_began_is_its_last_event(
    advisor: tuple[Advisor, ModelServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    built, server = advisor
    server.mode, server.answer, server.pause_s = Mode.NORMAL, "", 0.0

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(type(built.transcripts), "append_turn", broken)
    with served(create_api(lambda: built)) as base:
        told = asked(base)

    names = [name for _, name, _ in told]
    assert names[0] == "step"
    assert names[-1] == "error"
    assert names.count("answer") == 0
    assert told[-1][2]["type"] == "urn:advisor:problem:failed"
    assert "secret" not in json.dumps(told[-1][2])


def plain_lines(text: str) -> str:
    """The embedded answer as a model might repeat it."""
    return "\n".join(line for line in text.splitlines() if line.strip())
