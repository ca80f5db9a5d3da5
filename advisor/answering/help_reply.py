"""A draft of the reply that the help desk sends, with the official wording that bears it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from advisor.answering.checks import Checker, Ground
from advisor.answering.model_compose import EvidencePiece
from advisor.answering.relevance import terms
from advisor.answering.sentences import Sentence, labels_of, split_sentences
from advisor.config import PROJECT_ROOT
from advisor.errors import BadInputError, ModelUnavailableError
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt

logger = logging.getLogger(__name__)

_EVIDENCE_CHARS = 1500
_MOST_QUOTES = 4
_LONGEST_QUOTE = 400
_OPENING = "문의하신 내용을 확인된 자료에서 찾아 안내해 드립니다."
_CLOSING = "정확한 조건과 일정은 신청 전에 해당 공고와 수행기관에 다시 확인해 주세요."
_NOTHING = "문의하신 내용은 가진 자료에서 근거를 찾지 못했습니다. 담당 기관에 확인한 뒤 다시 안내해 드리겠습니다."


class OfficialWords(BaseModel):
    """Words of a source as a model quotes them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str = Field(max_length=10)
    words: str = Field(max_length=1000)


class ReplyDraft(BaseModel):
    """The reply to `draft_reply`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1, max_length=4000)
    quotes: tuple[OfficialWords, ...] = Field(default=(), max_length=20)


@dataclass(frozen=True, slots=True)
class Quote:
    """Official wording; `words` stand in the piece with this label byte for byte."""

    label: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class DraftReply:
    """A draft for a person to read, change and send.

    Attributes:
        text: Markdown with marks such as [1]; every claim stands in what it cites.
        quotes: The official wording, in the order of the marks.
        engine: `embedded` or `openai:<model>`.
        left_out: Sentences of a model that its evidence did not bear.
    """

    text: str
    quotes: tuple[Quote, ...]
    engine: str = "embedded"
    left_out: int = 0


def draft_reply(
    question: str,
    evidence: Sequence[EvidencePiece],
    *,
    model: ChatModel | None = None,
    prompts: Path = PROJECT_ROOT / "prompts",
) -> DraftReply:
    """Draft a reply to a question that came to the help desk.

    Args:
        question: What was asked, personal numbers masked already.
        evidence: Numbered pieces; their texts are the official wording.
        model: Words the reply where there is one; None, or one that fails, leaves the embedded one.
        prompts: Folder of the prompt files.
    """
    embedded = _embedded(question, evidence)
    if model is None or not evidence:
        return embedded
    try:
        prompt = load_prompt(prompts, "draft_reply").fill(
            question=question,
            evidence="\n\n".join(
                f"[{one.label}] {one.title}\n{one.text[:_EVIDENCE_CHARS]}" for one in evidence
            ),
        )
        written = model.reply(prompt, ReplyDraft).value
    except (ModelUnavailableError, BadInputError) as error:
        logger.info("no draft reply reason=%s", error.detail or type(error).__name__)
        return embedded
    return _checked(written, question, evidence, embedded, engine=f"openai:{model.name}")


def _checked(
    written: ReplyDraft,
    question: str,
    evidence: Sequence[EvidencePiece],
    embedded: DraftReply,
    *,
    engine: str,
) -> DraftReply:
    known = {one.label: f"{one.title}\n{one.text}" for one in evidence}
    # The evidence itself, cited, is what the engine says here: no verdict was made.
    spoken = "\n".join(
        f"{sentence.text} [{one.label}]"
        for one in evidence
        for sentence in split_sentences(one.text)
    )
    checker = Checker(Ground(known, spoken, question))
    sentences = split_sentences(written.text)
    kept = [one for one in sentences if not checker.check(one)]
    if not any(one.labels for one in kept):
        return embedded
    text = "".join(one.text + (one.gap or " ") for one in kept).strip()
    by_label = {one.label: one for one in evidence}
    quotes = [
        Quote(one.label, by_label[one.label].title, one.words)
        for one in written.quotes
        if one.label in by_label and one.words.strip() and one.words in by_label[one.label].text
    ]
    cited = {label for one in kept for label in one.labels}
    have = {one.label for one in quotes}
    quotes += [one for one in embedded.quotes if one.label in cited - have]
    return DraftReply(
        f"{text}\n\n{_CLOSING}", tuple(quotes[:_MOST_QUOTES]), engine, len(sentences) - len(kept)
    )


def _embedded(question: str, evidence: Sequence[EvidencePiece]) -> DraftReply:
    """Quote of each piece the sentences that share most with the question."""
    wanted = terms(question)
    quotes = []
    for piece in evidence[:_MOST_QUOTES]:
        best = max(
            (one for one in split_sentences(piece.text) if not labels_of(one.text)),
            key=lambda one: _shared(one, wanted),
            default=None,
        )
        if best is not None and _shared(best, wanted) > 0:
            quotes.append(Quote(piece.label, piece.title, best.text[:_LONGEST_QUOTE]))
    if not quotes:
        return DraftReply(_NOTHING, ())
    rows = "\n".join(f"- {one.title}: “{one.words}” [{one.label}]" for one in quotes)
    return DraftReply(f"{_OPENING}\n\n{rows}\n\n{_CLOSING}", tuple(quotes))


def _shared(sentence: Sentence, wanted: frozenset[str]) -> int:
    return len(terms(sentence.bare) & wanted)
