"""Answers from the documents that staff added: quoted, marked as not reviewed until they are."""

from dataclasses import replace

from advisor.answering.passages import (
    LEAST_SHARE,
    Passage,
    citation_of,
    find_passages,
    say_passages,
    wanted_by,
)
from advisor.answering.role import leaves_role
from advisor.conversation.ending import asked_of, end_turn
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import AnswerStatus
from advisor.domain.passages import Kind
from advisor.domain.question import Intent
from advisor.intake.disguise import plain
from advisor.intake.guard import without_orders
from advisor.intake.rephrase import content_words
from advisor.intake.screen import mask
from advisor.messages import ALSO_IN_DOCUMENT, DOCUMENT_UNTITLED

# Money, verdicts and levels come from records alone; a document is quoted for what is asked of it.
_READS = frozenset({Intent.FACT, Intent.ELIGIBILITY, Intent.PROBLEM, Intent.CASE, Intent.EXPERT})
MARGIN = 0.08  # of the question's rare letters: a record that knows nearly as much goes first
NEAR = 0.3  # standard deviations of one search
POINTED_SHARE = 0.2  # enough where the question points back at the document itself
MOST_SOURCES = 5
MOST_LETTERS = 560


def passages_for(turn: Turn, tools: Tools) -> list[Passage]:
    """Return what the documents found say about the question, best first, orders taken out."""
    question = asked_of(turn)
    if question.intent not in _READS or turn.found is None:
        return []
    hits = [one for one in turn.found.hits if one.chunk.kind is Kind.DOCUMENT]
    if not hits:
        return []
    asked = tools.relevance.question_terms(content_words(question.text))
    found = find_passages(
        hits, asked, tools.relevance, wanted=wanted_by(question), reviewed=tools.reviewed()
    )
    if question.document:
        found.sort(key=lambda one: one.chunk.source_id != question.document)
    kept = [
        replace(
            one, text=_harmless(one.text, tools),
            chunk=replace(one.chunk, title=_shown_title(one.chunk.title, tools)),
        )
        for one in found
    ]  # fmt: skip
    least = POINTED_SHARE if question.document else LEAST_SHARE
    return [one for one in kept if one.text and one.share >= least]


def _harmless(text: str, tools: Tools) -> str:
    """Return the words without personal numbers; nothing where they give orders to the reader."""
    policies = tools.lexicon.policies
    if any(not without_orders(line, policies) for line in text.splitlines() if line.strip()):
        return ""
    return mask(text)[0]


def _shown_title(title: str, tools: Tools) -> str:
    """Return a title, which may be a file name, unless it speaks to whoever reads it."""
    if leaves_role(plain(title), engine_text="") or not _harmless(title, tools):
        return DOCUMENT_UNTITLED
    return mask(title)[0]


def leads(turn: Turn, tools: Tools, passages: list[Passage]) -> bool:
    """Whether a document knows more of the question than any record."""
    if not passages:
        return False
    question = asked_of(turn)
    best = passages[0]
    if question.document == best.chunk.source_id:
        return True
    if not turn.candidates:
        return True
    asked = tools.relevance.question_terms(content_words(question.text))
    first = turn.candidates[0]
    in_title = tools.relevance.share(asked, best.chunk.title)
    if (
        first.named >= 0.5
        and tools.relevance.share(asked, tools.titles[first.record_id]) >= in_title
    ):
        return False
    known = max(tools.relevance.coverage(asked, one.record_id) for one in turn.candidates[:5])
    hit = max((one.hit.score for one in turn.candidates if one.hit), default=best.score)
    return best.share >= known + MARGIN and best.score >= hit - NEAR


def end_read(turn: Turn, passages: list[Passage]) -> Turn:
    """End the turn with the words of the documents."""
    labels = [str(number) for number in range(1, len(passages) + 1)]
    citations = tuple(citation_of(one, label) for one, label in zip(passages, labels, strict=True))
    text = say_passages(passages, labels, language=turn.language)
    used = tuple(one.chunk.source_id for one in passages)
    return end_turn(turn, AnswerStatus.ANSWERED, text, citations, used=used)


def also_read(turn: Turn, passages: list[Passage]) -> Turn:
    """Add to an answer from records where a document speaks of the same, or answer from it alone."""
    answer = turn.answer
    if answer is None or not passages:
        return turn
    if answer.status is AnswerStatus.NO_EVIDENCE:
        return end_read(turn, passages)
    room = len(answer.citations) < MOST_SOURCES and len("".join(answer.text.split())) < MOST_LETTERS
    if answer.status is not AnswerStatus.ANSWERED or not room or turn.language != "ko":
        return turn
    label = str(len(answer.citations) + 1)
    citation = citation_of(passages[0], label)
    line = ALSO_IN_DOCUMENT.format(title=citation.title)
    return replace(
        turn,
        answer=replace(
            answer, text=f"{answer.text}\n\n{line} [{label}]",
            citations=(*answer.citations, citation),
        ),
    )  # fmt: skip
