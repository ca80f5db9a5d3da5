"""What a model may add to a turn before the answer: proposals that the rules take up or leave."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from advisor.answering.model_choose import ask_which, near_ties, reorder
from advisor.conversation.diagnosing import is_asking
from advisor.conversation.ending import asked_of
from advisor.conversation.proposals import Proposals, Summary
from advisor.conversation.summary import history_of, is_due, summarise
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.question import Intent
from advisor.errors import BadInputError, ModelUnavailableError
from advisor.intake.extract import SELF
from advisor.intake.model_extract import StatedFacts, ask_for_facts
from advisor.intake.model_rephrase import Shown, StandaloneQuestion, ask_for_question
from advisor.intake.model_route import TurnKind, ask_for_kind
from advisor.intake.route import SMALL_TALK
from advisor.llm.session import TurnModel

logger = logging.getLogger(__name__)

T = TypeVar("T")
# Of the turn's time, for what comes before the answer: the answer itself needs the most.
_SHARE = 1 / 3
_SHOWN = 6


def consult(turn: Turn, tools: Tools) -> Turn:
    """Ask the model what a message means, all at once; without a model nothing happens."""
    model = turn.model
    if model is None or is_asking(turn.interview) or SMALL_TALK.match(turn.speech):
        return turn
    shown = shown_before(turn, tools)
    history = history_of(turn, tools.titles)
    asks: dict[str, Callable[[float], object]] = {}
    if shown:
        asks["rephrase_question"] = lambda limit: ask_for_question(
            model, message=turn.speech, history=history, shown=shown, prompts=tools.prompts,
            timeout_s=limit,
        )  # fmt: skip
    if not tools.names.find(turn.speech):
        asks["route_question"] = lambda limit: ask_for_kind(
            model, message=turn.speech, prompts=tools.prompts, timeout_s=limit
        )
    if SELF.search(turn.speech) or turn.asked or any(char.isdigit() for char in turn.speech):
        asks["extract_facts"] = lambda limit: ask_for_facts(
            model, message=turn.speech, vocabulary=tools.corpus.vocabulary, prompts=tools.prompts,
            timeout_s=limit,
        )  # fmt: skip
    if is_due(turn):
        asks["summarize_history"] = lambda limit: summarise(
            model, turn, history, prompts=tools.prompts, timeout_s=limit
        )
    found = _all_at_once(model, asks)
    return replace(
        turn,
        summary=_of(found, "summarize_history", Summary) or turn.summary,
        proposals=Proposals(
            question=_of(found, "rephrase_question", StandaloneQuestion),
            kind=_of(found, "route_question", TurnKind),
            facts=_of(found, "extract_facts", StatedFacts),
            shown=shown, history=history,
        ),
    )  # fmt: skip


def choose(turn: Turn, tools: Tools) -> Turn:
    """Let the model break ties among what was found; it can neither add nor drop a record."""
    model = turn.model
    if model is None or not model.offers("choose_evidence"):
        return turn
    if asked_of(turn).intent not in (Intent.FACT, Intent.CASE, Intent.EXPERT):
        return turn
    ties = near_ties(turn.candidates)
    if not ties:
        return turn
    shown = [
        (tools.titles.get(one.record_id, ""), tools.relevance.text(one.record_id)) for one in ties
    ]
    try:
        chosen = ask_which(
            model, question=asked_of(turn).text, shown=shown, prompts=tools.prompts,
            timeout_s=model.time_left_s() * _SHARE,
        )  # fmt: skip
    except (ModelUnavailableError, BadInputError):
        return turn
    return replace(turn, candidates=reorder(turn.candidates, ties, chosen))


def shown_before(turn: Turn, tools: Tools) -> tuple[Shown, ...]:
    """Return the records that the last turns showed, newest first."""
    ids = [one for topic in reversed(turn.topics[-4:]) for one in topic.records[:2]]
    known = [one for one in dict.fromkeys(ids) if one in tools.titles]
    return tuple(Shown(one, tools.titles[one]) for one in known[:_SHOWN])


def _all_at_once(model: TurnModel, asks: dict[str, Callable[[float], object]]) -> dict[str, object]:
    offered = {step: ask for step, ask in asks.items() if model.offers(step)}
    if not offered:
        return {}
    limit = model.time_left_s() * _SHARE

    def answer(step: str) -> object:
        try:
            return offered[step](limit)
        except (ModelUnavailableError, BadInputError):
            return None  # noted by the model; the rules go on alone

    # One thread a step: an endpoint that answers in parallel costs a turn the slowest of them.
    with ThreadPoolExecutor(len(offered), thread_name_prefix="consult") as pool:
        return dict(zip(offered, pool.map(answer, offered), strict=True))


def _of(found: dict[str, object], step: str, shape: type[T]) -> T | None:
    value = found.get(step)
    return value if isinstance(value, shape) else None
