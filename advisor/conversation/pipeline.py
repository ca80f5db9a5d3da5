"""Runs the steps in order, times each, stops at an answer."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from advisor.conversation.assisted import choose, consult
from advisor.conversation.diagnosing import hear, offer
from advisor.conversation.finding import check_support, match, retrieve
from advisor.conversation.finishing import check_answer, phrase
from advisor.conversation.planning import attach_matches
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.conversation.understanding import screen_message, understand, update_profile
from advisor.conversation.writing import compose
from advisor.domain.answer import Answer, AnswerStatus
from advisor.messages import FAILED

logger = logging.getLogger(__name__)

OnStep = Callable[[str], None]
STEPS: tuple[tuple[str, Callable[[Turn, Tools], Turn]], ...] = (
    ("screen", screen_message),
    ("consult", consult),
    ("profile", update_profile),
    ("interview", hear),
    ("route", understand),
    ("retrieve", retrieve),
    ("choose", choose),
    ("check_support", check_support),
    ("match", match),
    ("compose", compose),
    ("phrase", phrase),
    ("check", check_answer),
    ("verdicts", attach_matches),
    ("offer", offer),
)
# These work on the answer; the others find one.
# Nothing to wait for, and nothing to show, where no model is set.
WITH_MODEL = frozenset({"consult", "choose", "phrase"})
AFTER_ANSWER = frozenset({"phrase", "check", "verdicts", "offer"})
# Without these a finished answer is poorer, not wrong.
ADORNS = frozenset({"phrase", "verdicts", "offer"})


def run(turn: Turn, tools: Tools, *, on_step: OnStep | None = None) -> Turn:
    """Run a turn to its end. Every turn ends in an answer; a failure ends in `failed`."""
    started = time.perf_counter()
    for name, step in STEPS:
        if turn.answer is not None and name not in AFTER_ANSWER:
            continue
        if on_step is not None and (turn.model is not None or name not in WITH_MODEL):
            on_step(name)
        began = time.perf_counter()
        try:
            turn = step(turn, tools)
        except Exception:
            # The user gets a sentence and can go on; the log has what happened, without the words.
            logger.exception("step failed turn=%s step=%s", turn.id, name)
            if turn.answer is None or name not in ADORNS:
                turn = replace(turn, answer=_failed(turn))
        turn = replace(turn, step_ms={**turn.step_ms, name: (time.perf_counter() - began) * 1000})
    answer = turn.answer or _failed(turn)
    took = (time.perf_counter() - started) * 1000
    logger.info("turn done turn=%s status=%s took_ms=%.1f", turn.id, answer.status.value, took)
    return replace(turn, answer=replace(answer, took_ms=took))


def _failed(turn: Turn) -> Answer:
    return Answer(
        id=turn.id, status=AnswerStatus.FAILED, text=str(FAILED), profile=turn.profile.values()
    )
