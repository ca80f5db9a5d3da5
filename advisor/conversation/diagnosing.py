"""The readiness interview inside the chat: it hears a message first and leaves it where it asks."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.answering.draft import Draft
from advisor.conversation.diagnosed import (
    LEVEL_CHECK,
    tell_level,
    tell_no_level,
    tell_notice,
    tell_plan,
)
from advisor.conversation.diagnosed_english import tell_in_english
from advisor.conversation.ending import end_turn
from advisor.conversation.finding import material_of
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.diagnosis.interview import ENOUGH_FOR_STEPS, Interviewer
from advisor.diagnosis.interview_state import Interview, Move, Phase
from advisor.diagnosis.phrasing import OFFER_TO_GO_ON, OFFER_TO_GO_ON_ENGLISH
from advisor.diagnosis.present import NOTICE
from advisor.domain.answer import AnswerStatus
from advisor.domain.question import Intent, Question
from advisor.domain.readiness import ItemAnswer

# So many words without a Korean letter are a sentence, not the name of a system.
WORDS_OF_ENGLISH = 5


def hear(turn: Turn, tools: Tools) -> Turn:
    """Let an interview that was begun take the message, unless it is about something else."""
    if tools.interviewer is None or not turn.interview:
        return turn
    interviewer = tools.interviewer()
    interview = restore(turn.interview, interviewer)
    if interview is None:
        return replace(turn, interview={})
    interview = _in_language_of(turn, interview, interviewer)
    move = interviewer.hear(
        interview, turn.speech, turn.profile, told=_tells_facts(turn, interview, interviewer),
        spoke_last=turn.last_intent == Intent.DIAGNOSIS,
    )  # fmt: skip
    turn = replace(turn, interview=keep(move.interview, interviewer))
    if move.passes:
        return turn
    turn = replace(turn, language=interview.language)
    return end_with(_as_diagnosis(turn), tools, move)


def _in_language_of(turn: Turn, interview: Interview, interviewer: Interviewer) -> Interview:
    """Follow an owner who changes the language; a name such as "SAP ERP" alone is no change."""
    language = interview.language
    if re.search("[가-힣]", turn.speech) and turn.chosen_language != "en":
        language = "ko"
    elif turn.language == "en" and len(turn.speech.split()) >= WORDS_OF_ENGLISH:
        language = "en"
    if language == interview.language or not interviewer.speaks(language):
        return interview
    return replace(interview, language=language)


def _tells_facts(turn: Turn, interview: Interview, interviewer: Interviewer) -> bool:
    """Tell whether the message told of the company what does not bear on the open question."""
    item = interviewer.instrument.item_by_id.get(interview.asked or "")
    return bool(set(turn.told.facts) - set(item.profile_fields if item else ()))


def is_asking(kept: Mapping[str, Any]) -> bool:
    """Tell whether the interview that was kept waits for an answer."""
    return bool(kept.get("interview", {}).get("phase") == Phase.ASKING)


def begin(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    """Begin the interview, or show how far one that was begun has come."""
    assert tools.interviewer is not None
    interviewer = tools.interviewer()
    interview = restore(turn.interview, interviewer) if turn.interview else None
    if interview is not None and interview.answers:
        move = replace(interviewer.resume(interview, turn.profile), shows_result=True)
    else:
        move = interviewer.begin(turn.profile, (*turn.earlier, turn.speech), language=turn.language)
    return end_with(replace(turn, interview=keep(move.interview, interviewer)), tools, move, draft)


def offer(turn: Turn, tools: Tools) -> Turn:
    """After an answer to something else offer to go on with the interview."""
    answer = turn.answer
    if answer is None or turn.interview.get("interview", {}).get("phase") != Phase.ASIDE:
        return turn
    if answer.status in (AnswerStatus.FAILED, AnswerStatus.BLOCKED, AnswerStatus.ASKED_BACK):
        return turn
    ask = OFFER_TO_GO_ON_ENGLISH if turn.language == "en" else OFFER_TO_GO_ON
    text = f"{answer.text}\n\n{ask}"
    answer = replace(answer, text=text, next_question=answer.next_question or ask)
    return replace(turn, answer=answer)


def end_with(turn: Turn, tools: Tools, move: Move, draft: Draft | None = None) -> Turn:
    """End a turn with what the interview does next."""
    assert tools.interviewer is not None
    interviewer = tools.interviewer()
    draft = draft or Draft(material_of(turn, tools))
    for line in move.says:
        draft.say(line)
    if move.interview.language == "en" and (move.shows_plan or move.shows_result):
        return _end_in_english(turn, tools, move, draft)
    is_over = move.question is None
    if move.shows_plan:
        result = interviewer.diagnose(move.interview, turn.profile)
        tell_plan(draft, interviewer.instrument, result, turn.profile)
        draft.gap()
        draft.say(NOTICE)
        if move.question is not None:
            draft.gap()
            draft.say(f"수준까지 보시려면 이어서 답해 주세요. {move.question}")
        return end_turn(
            turn, AnswerStatus.ANSWERED, draft.text, draft.citations(),
            next_question=move.question, used=_used(draft),
        )  # fmt: skip
    if move.shows_result:
        result = interviewer.diagnose(move.interview, turn.profile)
        draft.gap()
        if result.level is None:
            left = interviewer.asker.remaining(move.interview)
            tell_no_level(draft, result, left)
        else:
            tell_level(draft, interviewer.instrument, result)
        if is_over:
            known = sum(one.value is not None for one in move.interview.answers)
            if known >= ENOUGH_FOR_STEPS or result.level is not None:
                tell_plan(draft, interviewer.instrument, result, turn.profile)
                tell_notice(draft)
            # Without a level nothing was concluded: it says what to answer to get one.
            status = AnswerStatus.ANSWERED if result.level is not None else AnswerStatus.ASKED_BACK
            ask = None if result.level is not None else "진단을 이어서 할까요?"
            return end_turn(
                turn, status, draft.text, draft.citations(), next_question=ask, used=_used(draft)
            )
    if move.question is not None:
        draft.gap()
        draft.say(move.question)
    return end_turn(
        turn, AnswerStatus.ASKED_BACK, draft.text, draft.citations(),
        next_question=move.question, used=_used(draft),
    )  # fmt: skip


def _end_in_english(turn: Turn, tools: Tools, move: Move, draft: Draft) -> Turn:
    """End a turn with a result, or the first steps, in English."""
    assert tools.interviewer is not None
    interviewer = tools.interviewer()
    assert interviewer.english is not None
    result = interviewer.diagnose(move.interview, turn.profile)
    draft.gap()
    tell_in_english(draft, interviewer.english, interviewer.instrument, result)
    ask = move.question
    if result.level is None:
        ask = ask or OFFER_TO_GO_ON_ENGLISH
    if ask is not None:
        draft.gap()
        draft.say(ask)
    status = AnswerStatus.ANSWERED if ask is None else AnswerStatus.ASKED_BACK
    return end_turn(
        turn, status, draft.text, draft.citations(), next_question=ask, used=_used(draft)
    )


def keep(interview: Interview, interviewer: Interviewer) -> dict[str, Any]:
    """Return what a consultation keeps: the answers in the shape of an answers file, and the rest."""
    state = interview.to_json()
    return {
        "instrument": interviewer.instrument.meta.id,
        "instrument_version": interview.version,
        "answers": state.pop("answers"),
        "interview": state,
    }


def restore(kept: Mapping[str, Any], interviewer: Interviewer) -> Interview | None:
    """Return the interview that was kept; None for another version of the instrument."""
    state = kept.get("interview")
    if not state or kept.get("instrument_version") != interviewer.instrument.meta.version:
        return None
    return Interview.from_json({**state, "answers": kept["answers"]})


def is_concluded(kept: Mapping[str, Any]) -> bool:
    """Tell whether the interview that was kept has come to its end."""
    return bool(kept.get("interview", {}).get("phase") == Phase.DONE)


def answers_kept(kept: Mapping[str, Any]) -> tuple[ItemAnswer, ...]:
    """Return the answers of a kept interview."""
    state = {**kept["interview"], "answers": kept["answers"]}
    return Interview.from_json(state).answers


def _used(draft: Draft) -> tuple[str, ...]:
    """What "그건" may point at afterwards: not the official check, which every result mentions."""
    return tuple(one for one in draft.used if one != LEVEL_CHECK)


def _as_diagnosis(turn: Turn) -> Turn:
    """Give the turn the question it is: an answer in an interview needs no routing."""
    question = Question(
        text=turn.speech, speech=turn.speech, language=turn.language, intent=Intent.DIAGNOSIS
    )
    return replace(turn, question=question)
