"""A real small model behind a real endpoint; off by default.

    REAL_MODEL_URL=http://127.0.0.1:8090/v1 REAL_MODEL=local pytest -m eval tests/llm/test_real_model.py

Whether such a model writes well is not asked here: only that nothing it writes gets past the checks, and
that a turn ends in an answer within its time.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from tests.engine_bounds import excess_of

pytestmark = [pytest.mark.eval, pytest.mark.timeout(1200)]

DAY = date(2026, 11, 25)
LIMIT_S = 120.0
QUESTIONS = (
    "AI 바우처는 얼마까지 지원하나요?",
    "스마트공장 정부일반형 자부담은 얼마예요?",
    "안산에서 직원 30명 금속가공 공장을 하는데 받을 수 있는 지원금 있나요?",
    "설비 예지보전 도입 사례 있나요?",
)


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    url = os.environ.get("REAL_MODEL_URL")
    if not url:
        pytest.skip("REAL_MODEL_URL names no endpoint")
    built = build_advisor(
        Settings(
            home=real_home, llm_base_url=url, llm_model=os.environ.get("REAL_MODEL", "local"),
            llm_timeout_s=LIMIT_S, llm_first_token_timeout_s=LIMIT_S, llm_turn_tokens=0,
            llm_steps=os.environ.get("REAL_MODEL_STEPS", ""),
        ),
        keep=False,
    )  # fmt: skip
    yield built
    built.index.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_a_real_model_writes_stays_within_the_engines(advisor: Advisor, question: str) -> None:
    engine = replace(advisor, tools=replace(advisor.tools, door=None)).ask(question, today=DAY)
    started = time.monotonic()

    answer = advisor.ask(question, today=DAY)

    assert time.monotonic() - started < LIMIT_S + 5
    assert answer.status == engine.status
    assert excess_of(advisor, answer, engine, question) == []
    assert answer.consultation_id is not None
    kept = advisor.consultation(answer.consultation_id)
    assert kept is not None
    trace = getattr(kept.turns[-1], "trace")  # noqa: B009
    print(answer.engine, answer.text, *trace, sep="\n")  # noqa: T201
    assert {one["step"] for one in trace} <= {one.stem for one in Path("prompts").glob("*.md")}
