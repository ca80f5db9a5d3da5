"""Lets a model word what the embedded engine found, sentence by checked sentence."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from advisor.answering.checks import Checker, Ground, Problem, ProblemKind
from advisor.answering.phrasing import Phrasing
from advisor.answering.sentences import Sentence
from advisor.config import PROJECT_ROOT
from advisor.errors import BadInputError, ModelUnavailableError
from advisor.llm.chat_model import ChatModel
from advisor.prompts import load_prompt

logger = logging.getLogger(__name__)

_LANGUAGES = {"ko": "한국어 합니다체로", "en": "영어로(in plain English)"}
# A page of a notice; what bears the answer stands at the beginning, and a small model has 4,096
# tokens for everything.
_EVIDENCE_CHARS = 1200
_REASONS: Mapping[ProblemKind, str] = {
    ProblemKind.UNKNOWN_LABEL: "없는 번호를 붙였습니다",
    ProblemKind.UNSUPPORTED_FIGURE: "붙인 근거에 없는 숫자입니다",
    ProblemKind.UNCITED_FIGURE: "숫자에 근거 번호가 없습니다",
    ProblemKind.UNCITED: "근거 번호가 없습니다",
    ProblemKind.WRONG_DIRECTION: "이상·이하·미만·까지가 근거와 다릅니다",
    ProblemKind.UNSUPPORTED_NAME: "근거에 없는 이름입니다",
    ProblemKind.WRONG_QUOTE: "따옴표 안의 말이 근거의 글자와 다릅니다",
    ProblemKind.FOREIGN_LINK: "출처에 없는 주소입니다",
    ProblemKind.UNSUPPORTED_CLAIM: "자격·접수 상태·약속이 확인된 답과 다릅니다",
    ProblemKind.REVERSED: "되고 안 되고가 근거와 반대입니다",
    ProblemKind.UNSUPPORTED_WORDS: "근거에 없는 내용입니다",
    ProblemKind.WRONG_LANGUAGE: "요청한 언어가 아닙니다",
    ProblemKind.LEAVES_ROLE: "상담원의 말이 아닙니다",
}


class ComposedAnswer(BaseModel):
    """The reply to `compose_answer`: Markdown with marks such as [1]; sent as plain text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: str = Field(min_length=1, max_length=6000)


class RepairedSentence(BaseModel):
    """A sentence written anew; empty where it is better left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    text: str = Field(max_length=1000)


class RepairedSentences(BaseModel):
    """The reply to `repair_sentences`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: tuple[RepairedSentence, ...] = Field(max_length=40)


class EvidencePiece(Protocol):
    """A numbered piece of evidence; `label` is the number of its mark, such as "1"."""

    @property
    def label(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Phrased:
    """What became of a draft.

    Attributes:
        text: The answer to show; None where the embedded one stands.
        reason: Why it stands, empty otherwise.
        counts: Sentences `kept` as the model wrote them, `repaired` by it, `replaced` by the
            embedded wording, `dropped` without one, and embedded ones `added` that it left out.
        problems: How often each kind of problem was found.
    """

    text: str | None
    reason: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)


def compose_with_model(
    model: ChatModel,
    *,
    question: str,
    evidence: Sequence[EvidencePiece],
    embedded_text: str,
    language: str = "ko",
    names: Iterable[str] = (),
    verdicts: Mapping[str, str] | None = None,
    links: Iterable[str] = (),
    on_text: Callable[[str], None] | None = None,
    prompts: Path = PROJECT_ROOT / "prompts",
) -> Phrased:
    """Have a model phrase the embedded answer anew, and check every claim of what it writes.

    A sentence that fails goes back once with the reason; one that fails again is replaced by the
    embedded wording of the same source, or left out. What the engine decided, and every amount,
    rate and date that it stated, is in the answer whatever the model leaves out.

    Args:
        model: Asked once, and once more where sentences have to be repaired.
        question: The user's words, personal numbers masked already.
        evidence: The pieces that the embedded answer cites.
        embedded_text: The embedded answer with its marks; what it computed for a label (days
            left, a verdict) counts as evidence of that label.
        language: "ko" or "en": the language of the answer.
        names: Names of all records; a draft may name one only where it cites it.
        verdicts: The engine's verdict (eligible, not_eligible, unknown) by label.
        links: Addresses of the cited sources.
        on_text: Told the checked text piece by piece; the pieces make up `text`.
        prompts: Folder of the prompt files.
    """
    if not evidence:
        return Phrased(None, "no_evidence")
    ground = Ground(
        {piece.label: f"{piece.title}\n{piece.text}" for piece in evidence}, embedded_text,
        question, verdicts or {}, tuple(names), tuple(links),
    )  # fmt: skip
    phrasing = Phrasing(Checker(ground), embedded_text, language=language, on_text=on_text)
    shown = "\n\n".join(
        f"[{piece.label}] {piece.title}\n{piece.text[:_EVIDENCE_CHARS]}" for piece in evidence
    )
    tongue = _LANGUAGES.get(language, _LANGUAGES["ko"])
    try:
        prompt = load_prompt(prompts, "compose_answer").fill(
            question=question, evidence=shown, confirmed=embedded_text, language=tongue
        )
        written = model.write(prompt, phrasing.take)
    except (ModelUnavailableError, BadInputError) as error:
        logger.warning("model gave no draft reason=%s", error.detail or type(error).__name__)
        if phrasing.is_begun:
            return _finished(phrasing)
        return Phrased(None, error.detail or "prompt")
    phrasing.end(is_whole=written.is_whole)
    failing = phrasing.failing
    if failing and phrasing.is_worth_repair:
        phrasing.repair(_repaired(model, failing, shown, embedded_text, tongue, prompts))
    return _finished(phrasing)


def _repaired(
    model: ChatModel,
    failing: Sequence[tuple[int, Sentence, Sequence[Problem]]],
    shown: str,
    embedded_text: str,
    tongue: str,
    prompts: Path,
) -> dict[int, str]:
    """Ask once for the failing sentences anew; empty where nothing comes."""
    wrong = "\n".join(
        f"{number}. {' '.join(sentence.text.split())}\n   고칠 점: "
        + "; ".join(f"{_REASONS[one.kind]}({one.written})" for one in problems[:4])
        for number, sentence, problems in failing
    )
    try:
        prompt = load_prompt(prompts, "repair_sentences").fill(
            wrong=wrong, evidence=shown, confirmed=embedded_text, language=tongue
        )
        reply = model.reply(prompt, RepairedSentences)
    except (ModelUnavailableError, BadInputError) as error:
        logger.info("no repair reason=%s", error.detail or type(error).__name__)
        return {}
    return {one.number: one.text for one in reply.value.sentences}


def _finished(phrasing: Phrasing) -> Phrased:
    text = phrasing.finish()
    problems = Counter(str(problem.kind) for problem in phrasing.problems)
    counts = phrasing.counts
    logger.info("model draft checked counts=%s problems=%s", dict(counts), dict(problems))
    return Phrased(text, "" if text is not None else phrasing.reason, counts, problems)
