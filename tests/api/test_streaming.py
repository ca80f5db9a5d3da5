"""An answer that a model writes comes sentence by checked sentence, at a pace that a page can follow."""

import itertools
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
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


def plain_lines(text: str) -> str:
    """The embedded answer as a model might repeat it."""
    return "\n".join(line for line in text.splitlines() if line.strip())
