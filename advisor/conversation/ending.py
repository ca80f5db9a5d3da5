"""How a turn ends: its answer, and what it asks for next (pure)."""

from dataclasses import replace

from advisor.answering.draft import Draft
from advisor.answering.english import in_english
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import Answer, AnswerStatus, Citation
from advisor.domain.match import Match
from advisor.domain.question import Intent, Question
from advisor.domain.records import SupportProgram
from advisor.intake.next_question import next_field, question_for
from advisor.messages import ENGLISH_FIXED, ENGLISH_QUESTIONS, NO_EVIDENCE


def end_turn(
    turn: Turn,
    status: AnswerStatus,
    text: str,
    citations: tuple[Citation, ...] = (),
    *,
    next_question: str | None = None,
    used: tuple[str, ...] = (),
) -> Turn:
    """End a turn with an answer of this status; `used` are the records it leans on."""
    if turn.language == "en":
        text = ENGLISH_FIXED.get(text, text)
    answer = Answer(
        id=turn.id, status=status, text=text, citations=citations, next_question=next_question,
        profile=turn.profile.values(),
    )  # fmt: skip
    return replace(turn, answer=answer, cited=used)


def end_answered(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    """End a turn with the draft as its answer; without any source it is no answer."""
    citations = draft.citations()
    if not citations:
        return end_turn(turn, AnswerStatus.NO_EVIDENCE, str(NO_EVIDENCE))
    name = next_field(turn.profile, asked_before=turn.asked_before)
    ask = None
    if asked_of(turn).intent in (Intent.RECOMMEND, Intent.PROBLEM, Intent.ELIGIBILITY):
        ask = question_for(name, tools.corpus.vocabulary.profile_fields)
    turn = replace(turn, asks_for=name if ask else None)
    if turn.language == "en":
        return end_turn(
            turn, AnswerStatus.ANSWERED, in_english(draft), citations[:4], used=draft.used
        )
    return end_turn(
        turn, AnswerStatus.ANSWERED, draft.text, citations, next_question=ask, used=draft.used
    )


def ask_back(
    turn: Turn,
    tools: Tools,
    draft: Draft,
    *,
    diagnosis: bool = False,
    missing: tuple[str, ...] = (),
    opening: str = "",
    verdict: tuple[SupportProgram, Match] | None = None,
) -> Turn:
    """End a turn with the draft (or `opening`) and the question that settles most.

    `verdict` is what an English answer opens with; a Korean draft has it in its own words.
    """
    if opening and turn.language != "en":
        draft.say(opening)
    name = next_field(
        turn.profile, missing=missing, diagnosis=diagnosis, asked_before=turn.asked_before
    )
    ask = question_for(name, tools.corpus.vocabulary.profile_fields)
    ask = ask or "어떤 점이 가장 고민이신가요? 어느 제품, 어느 공정인지 함께 말씀해 주세요."
    if turn.language == "en":
        ask = ENGLISH_QUESTIONS.get(name or "", ENGLISH_QUESTIONS[""])
        text = "\n\n".join(
            part for part in (in_english(draft, verdict=verdict), f"Thank you. {ask}") if part
        )
        turn = replace(turn, asks_for=name)
        return end_turn(
            turn,
            AnswerStatus.ASKED_BACK,
            text,
            draft.citations(),
            next_question=ask,
            used=draft.used,
        )
    draft.gap()
    draft.say(ask)
    turn = replace(turn, asks_for=name)
    return end_turn(
        turn,
        AnswerStatus.ASKED_BACK,
        draft.text,
        draft.citations(),
        next_question=ask,
        used=draft.used,
    )


def with_verdicts(turn: Turn, *, verdicts: tuple[dict[str, str], ...]) -> Turn:
    """Add the verdicts that the answer rests on."""
    assert turn.answer is not None
    return replace(turn, answer=replace(turn.answer, verdicts=verdicts))


def asked_of(turn: Turn) -> Question:
    """Return the understood question of a turn; only steps after understanding may ask."""
    assert turn.question is not None
    return turn.question
