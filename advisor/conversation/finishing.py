"""What happens to a finished answer: phrased by a model where there is one, then held to its rules."""

import re
from dataclasses import replace

from advisor.answering.model_compose import compose_with_model
from advisor.conversation.ending import (
    asked_of,
    end_turn,
)
from advisor.conversation.finding import judge_for, material_of
from advisor.conversation.tools import Piece, Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import AnswerStatus, Citation
from advisor.domain.match import Verdict
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect, Intent
from advisor.messages import (
    NO_EVIDENCE,
)


def phrase(turn: Turn, tools: Tools) -> Turn:
    """Let a model word the answer where one is set; what does not hold is thrown away."""
    answer, model = turn.answer, turn.model
    if model is None or answer is None or answer.status is not AnswerStatus.ANSWERED:
        return turn
    if asked_of(turn).intent is Intent.DIAGNOSIS or not model.offers("compose_answer"):
        return turn  # levels, caps and gates stay in the words of the rules
    evidence = [Piece(one.label, one.title, _told_by(one, turn, tools)) for one in answer.citations]
    phrased = compose_with_model(
        model, question=asked_of(turn).text, evidence=evidence, embedded_text=answer.text,
        language=turn.language, names=[one.title for one in tools.corpus.programs.values()],
        verdicts=_verdicts(turn, tools), links=[one.url for one in answer.citations if one.url],
        on_text=turn.on_text, prompts=tools.prompts,
    )  # fmt: skip
    model.note("compose_answer", fell_back=phrased.reason, **phrased.counts)
    if phrased.text is None:
        return turn
    engine = answer.engine if phrased.reason else f"openai:{model.name}"
    return replace(turn, answer=replace(answer, text=phrased.text, engine=engine))


def _told_by(citation: Citation, turn: Turn, tools: Tools) -> str:
    """Return what a source says, a line each: what is quoted, then all the record has."""
    lines = citation.quote.split(" / ")
    if citation.record_id in tools.corpus:
        lines += [
            f"{one.label}: {one.text}" if one.label else one.text
            for one in material_of(turn, tools).statements(citation.record_id)
        ]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _verdicts(turn: Turn, tools: Tools) -> dict[str, str]:
    """Return the engine's verdicts by label: those of the answer, and those that facts decide."""
    assert turn.answer is not None
    told = {one["record_id"]: one["verdict"] for one in turn.answer.verdicts}
    judge = judge_for(turn, tools)
    found = {}
    for one in turn.answer.citations:
        verdict = told.get(one.record_id)
        if verdict is None and one.record_id in tools.corpus.programs:
            judged = judge(tools.corpus.programs[one.record_id]).verdict
            verdict = None if judged is Verdict.UNKNOWN else judged.value
        if verdict is not None:
            found[one.label] = verdict
    return found


def check_answer(turn: Turn, tools: Tools) -> Turn:
    """Hold the answer against its rules: a source where it answers, marks that exist."""
    answer = turn.answer
    assert answer is not None
    labels = {one.label for one in answer.citations}
    text = re.sub(
        r"\s?\[(\d+)\]", lambda found: found[0] if found[1] in labels else "", answer.text
    )
    if answer.status is AnswerStatus.ANSWERED and not answer.citations:
        return end_turn(turn, AnswerStatus.NO_EVIDENCE, str(NO_EVIDENCE))
    follow_ups = answer.follow_ups or _follow_ups(turn, tools)
    return replace(turn, answer=replace(answer, text=text, follow_ups=follow_ups))


def _follow_ups(turn: Turn, tools: Tools) -> tuple[str, ...]:
    """Up to three short questions that fit what was just shown."""
    if turn.answer is None or turn.answer.status is not AnswerStatus.ANSWERED or not turn.cited:
        return ()
    first = turn.cited[0]
    if first not in tools.corpus:
        return ()
    kind = tools.corpus.kind_of(first)
    asked = turn.question.aspects if turn.question else frozenset()
    offers: dict[Kind, tuple[tuple[Aspect, str], ...]] = {
        Kind.PROGRAM: (
            (Aspect.ELIGIBILITY, "우리 회사도 신청할 수 있나요?"), (Aspect.OWN_SHARE, "자부담은 얼마인가요?"),
            (Aspect.NEXT_WINDOW, "다음 접수는 언제인가요?"), (Aspect.CONTACT, "어디에 문의하나요?"),
        ),
        Kind.SOLUTION: (
            (Aspect.CASE, "비슷한 회사 사례를 보여 주세요"), (Aspect.COST, "비용은 얼마나 드나요?"),
            (Aspect.AMOUNT, "받을 수 있는 지원금이 있나요?"),
        ),
        Kind.CASE: (
            (Aspect.COST, "투자비는 얼마였나요?"), (Aspect.AI_OR_NOT, "AI로 한 건가요?"),
            (Aspect.AMOUNT, "어떤 지원사업을 썼나요?"),
        ),
        Kind.EXPERT: ((Aspect.CONTACT, "연락처를 알려 주세요"), (Aspect.COST, "비용이 드나요?")),
        Kind.FAQ: ((Aspect.HOW, "신청은 어떻게 하나요?"), (Aspect.CONTACT, "어디에 문의하나요?")),
    }  # fmt: skip
    shown = [text for aspect, text in offers.get(kind, ()) if aspect not in asked][:3]
    return tuple(_IN_ENGLISH[text] if turn.language == "en" else text for text in shown)


_IN_ENGLISH = {
    "우리 회사도 신청할 수 있나요?": "Can our company apply for it?",
    "자부담은 얼마인가요?": "How much is our own share?",
    "다음 접수는 언제인가요?": "When is the next call?",
    "어디에 문의하나요?": "Whom can we contact?",
    "비슷한 회사 사례를 보여 주세요": "Is there a case of a similar company?",
    "비용은 얼마나 드나요?": "How much does it cost?",
    "받을 수 있는 지원금이 있나요?": "Are there grants for it?",
    "투자비는 얼마였나요?": "How much did they invest?",
    "AI로 한 건가요?": "Was it done with AI?",
    "어떤 지원사업을 썼나요?": "Which support program did they use?",
    "연락처를 알려 주세요": "What is their contact?",
    "비용이 드나요?": "Does it cost anything?",
    "신청은 어떻게 하나요?": "How do we apply?",
}
