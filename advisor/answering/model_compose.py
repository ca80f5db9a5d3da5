"""Lets a model word what the embedded engine found; what does not hold is thrown away."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from advisor.answering.checks import check_draft, split_by_label
from advisor.config import PROJECT_ROOT
from advisor.errors import BadInputError, ModelUnavailableError
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt

logger = logging.getLogger(__name__)

_LANGUAGES = {"ko": "한국어 합니다체로", "en": "영어로(in plain English)"}
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
# A page of a notice; what bears the answer stands at the beginning, and a small model has 4,096
# tokens for everything.
_EVIDENCE_CHARS = 1200
# How much longer than the embedded answer a draft may be, in characters: it is meant to be the
# same thing in easier words.
_LONGER_BY = 1.5
_ALWAYS_ALLOWED_CHARS = 400


class ComposedAnswer(BaseModel):
    """The reply to `compose_answer`: Markdown with marks such as [1]."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: str = Field(min_length=1, max_length=6000)


class EvidencePiece(Protocol):
    """A numbered piece of evidence; `label` is the number of its mark, such as "1"."""

    @property
    def label(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def text(self) -> str: ...


def compose_with_model(
    model: ChatModel,
    *,
    question: str,
    evidence: Sequence[EvidencePiece],
    embedded_text: str,
    language: str = "ko",
    names: Iterable[str] = (),
    prompts: Path = PROJECT_ROOT / "prompts",
) -> str | None:
    """Have a model phrase the embedded answer anew, and check every claim of what it wrote.

    Args:
        model: Asked once.
        question: The user's words, personal numbers masked already.
        evidence: The pieces that the embedded answer cites.
        embedded_text: The embedded answer with its marks; what it computed for a label (days
            left, a verdict) counts as evidence of that label.
        language: "ko" or "en": the language of the answer.
        names: Names of all records; a draft may name one only where it cites it.
        prompts: Folder of the prompt files.

    Returns:
        The checked draft, or None: use the embedded answer, because the model failed, was too
        slow, or claimed what the evidence does not bear.
    """
    if not evidence:
        return None
    computed = split_by_label(embedded_text)
    known = {
        piece.label: "\n".join([piece.title, piece.text, *computed.get(piece.label, ())])
        for piece in evidence
    }
    try:
        prompt = load_prompt(prompts, "compose_answer").fill(
            question=question,
            evidence="\n\n".join(
                f"[{piece.label}] {piece.title}\n{piece.text[:_EVIDENCE_CHARS]}"
                for piece in evidence
            ),
            confirmed=embedded_text,
            language=_LANGUAGES.get(language, _LANGUAGES["ko"]),
        )
        reply = model.reply(prompt, ComposedAnswer)
    except (ModelUnavailableError, BadInputError) as error:
        logger.warning("model gave no draft reason=%s", error.detail or type(error).__name__)
        return None
    draft = reply.value.answer.strip()
    problems = check_draft(draft, known, said=question, names=names)
    if problems:
        kinds = Counter(str(problem.kind) for problem in problems)
        logger.warning("model draft refused problems=%s", dict(kinds))
        return None
    fault = _fault_of_form(draft, embedded_text, language)
    if fault:
        logger.warning("model draft refused fault=%s chars=%d", fault, len(draft))
        return None
    logger.info(
        "model draft accepted chars=%d prompt_tokens=%d reply_tokens=%d calls=%d seconds=%.2f",
        len(draft),
        reply.usage.prompt_tokens,
        reply.usage.reply_tokens,
        reply.usage.calls,
        reply.usage.took_s,
    )
    return draft


def _fault_of_form(draft: str, embedded_text: str, language: str) -> str | None:
    """Return what is wrong with a draft besides its claims, None where nothing is."""
    labels, expected = split_by_label(draft), split_by_label(embedded_text)
    if expected and not labels:
        return "no_citation"
    if len(draft) > max(_ALWAYS_ALLOWED_CHARS, len(embedded_text) * _LONGER_BY):
        return "too_long"
    hangul, latin = len(_HANGUL.findall(draft)), len(_LATIN.findall(draft))
    if (language == "en") != (latin > hangul):
        return "wrong_language"
    return None
