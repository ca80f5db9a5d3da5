"""A turn ends in an answer whatever fails, and a finished answer is not lost to what adorns it."""

from dataclasses import replace
from datetime import date
from typing import cast

from advisor.conversation import pipeline
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import Answer, AnswerStatus

ANSWER = Answer(id="t", status=AnswerStatus.ANSWERED, text="최대 2억 원입니다 [1]")


def broken(_turn: Turn, _tools: object) -> Turn:
    raise RuntimeError("broken on purpose")


def finds(turn: Turn, _tools: object) -> Turn:
    return replace(turn, answer=ANSWER)


def run(monkeypatch, *steps):
    monkeypatch.setattr(pipeline, "STEPS", steps)
    turn = Turn(id="t", raw="자율형공장 얼마예요", today=date(2026, 11, 24))
    answer = pipeline.run(turn, cast("Tools", None)).answer
    assert answer is not None
    return answer


def test_a_broken_step_ends_in_a_failed_answer_with_a_next_step(monkeypatch):
    answer = run(monkeypatch, ("compose", broken))
    assert answer.status is AnswerStatus.FAILED
    assert "다시" in answer.text


def test_a_finished_answer_outlives_what_only_adorns_it(monkeypatch):
    for step in ("phrase", "verdicts", "offer"):
        assert run(monkeypatch, ("compose", finds), (step, broken)).text == ANSWER.text


def test_an_answer_that_could_not_be_checked_is_not_given(monkeypatch):
    answer = run(monkeypatch, ("compose", finds), ("check", broken))
    assert answer.status is AnswerStatus.FAILED
