"""A question of the help desk: the answer, a reply to send, the official wording, who asked before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.answering.help_reply import draft_reply
from advisor.answering.statements import statements
from advisor.assemble import Advisor
from advisor.conversation.tools import Piece
from advisor.domain.answer import Answer, Citation
from advisor.domain.passages import Kind
from advisor.helpdesk.wording import (
    Wording,
    citation_lines,
    cited,
    plain_text,
    wording_of_passage,
    wording_of_record,
)
from advisor.matching.windows import window_on

STEP = "draft_reply"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to read, change and send; `engine` is who worded it."""

    plain: str
    with_sources: str
    engine: str


@dataclass(frozen=True, slots=True)
class DeskAnswer:
    """An answer with what the desk needs beside it; `answer_marked` keeps its marks."""

    answer: Answer
    wordings: tuple[Wording, ...]
    answer_marked: str
    answer_plain: str
    answer_with_sources: str
    reply: Reply | None


def ask(
    advisor: Advisor,
    text: str,
    *,
    consultation_id: str | None = None,
    today: date,
    language: str | None = None,
) -> DeskAnswer:
    """Answer a question that came to the desk.

    Args:
        advisor: Who answers.
        text: In the caller's words.
        consultation_id: Of this very call, to go on with; None begins one.
        today: Day in Asia/Seoul.
        language: "ko" or "en"; None follows the message.

    Raises:
        BadInputError: The consultation is unknown.
    """
    answer = advisor.ask(text, consultation_id=consultation_id, today=today, language=language)
    wordings = tuple(_wording(advisor, one) for one in answer.citations)
    plain = plain_text(answer.text)
    reply = _reply(advisor, text, answer, wordings, today) if wordings else None
    marked = plain_text(answer.text, with_marks=True)
    return DeskAnswer(answer, wordings, marked, plain, cited(plain, wordings), reply)


def _reply(
    advisor: Advisor, text: str, answer: Answer, wordings: tuple[Wording, ...], today: date
) -> Reply:
    pieces = [
        Piece(one.label, one.title, _evidence(advisor, one, today)) for one in answer.citations
    ]
    door = advisor.tools.door
    model = door.begin() if door else None
    if model is not None and not model.offers(STEP):
        model = None
    # What was asked stands masked in the kept turn; the door masks once more before it sends.
    draft = draft_reply(text, pieces, model=model, prompts=advisor.settings.prompts)
    plain = plain_text(draft.text)
    return Reply(plain, cited(plain, wordings), draft.engine)


def _evidence(advisor: Advisor, citation: Citation, today: date) -> str:
    """Return what a source says, a line each: what is quoted, then all the record has."""
    if citation.record_id not in advisor.corpus:
        return citation.quote
    lines = [text for _, text in citation_lines(_plain(citation))]
    lines += [
        one.text
        for one in statements(
            advisor.corpus.record(citation.record_id), today=today,
            window_of=lambda program: window_on(program.window, today),
        )
    ]  # fmt: skip
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _wording(advisor: Advisor, citation: Citation) -> Wording:
    corpus = advisor.corpus
    if citation.record_id in corpus:
        record = corpus.record(citation.record_id)
        said = citation_lines(_plain(citation))
        return wording_of_record(
            record, corpus.kind_of(citation.record_id), said, label=citation.label
        )
    if citation.kind == Kind.DOCUMENT:
        return wording_of_passage(
            citation.record_id, citation.title, citation.quote, label=citation.label,
            page=citation.page, section=citation.section, chunk=citation.chunk,
            publisher=citation.publisher, published=citation.date,
        )  # fmt: skip
    raise KeyError(citation.record_id)


def _plain(citation: Citation) -> Mapping[str, Any]:
    return {"quote": citation.quote}
