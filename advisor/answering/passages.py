"""What an ingested document says about a question: the words to quote, and the answer (pure)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.answering.relevance import Relevance, asked_units, terms
from advisor.domain.answer import Citation
from advisor.domain.passages import Chunk, Hit
from advisor.domain.question import Aspect, Question
from advisor.messages import DOCUMENT_NOT_REVIEWED

QUOTE_LETTERS = 240  # without white space: what one reads at a glance
LEAST_SHARE = 0.45  # of the question's rare letters, to call a passage an answer
WANTED = 0.25  # of the question's rare letters
UNREVIEWED = "검토 전 자료"
_DAY = re.compile(r"\d{1,2}\s?월\s?\d{1,2}\s?일|\d{4}\s?[-.]\s?\d{1,2}\s?[-.]\s?\d{1,2}|\d{1,2}시")
_SUM = re.compile(r"\d[\d,.]*\s?(?:억|조|천만|백만|만\s?원|천원|원|%|퍼센트)")
_UNIT = re.compile(r"[^\n]+?(?:[.!?。](?=\s)|다\.(?=\s)|\n|$)")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document that bear on a question.

    `text` is a piece of the chunk's text, byte for byte; `share` (0 to 1) how much of the question's
    rare letters stand in the chunk, its headings and its title, `told` how much of those that are
    not in the title stand in the text; `score` is the hit's (comparable within one search only).
    """

    chunk: Chunk
    text: str
    share: float
    told: float
    score: float
    reviewed: bool = False


def find_passages(
    hits: Sequence[Hit],
    asked: Mapping[str, float],
    relevance: Relevance,
    *,
    wanted: Sequence[re.Pattern[str]] = (),
    reviewed: frozenset[str] = frozenset(),
    most: int = 2,
) -> list[Passage]:
    """Return the passages that know most of the question, the best first, one a document.

    Args:
        hits: Chunks of documents, best first.
        asked: Weight of each term of the question.
        relevance: Weighs terms.
        wanted: What an answer must hold: a date where it is asked when, a sum where how much.
        reviewed: Ids of documents that staff have released.
        most: How many at most.
    """
    best: dict[str, Passage] = {}
    for hit in hits:
        chunk = hit.chunk
        around = f"{chunk.title} {' '.join(chunk.heading_path)}"
        share = relevance.share(asked, f"{around} {chunk.text}")
        # The document's own name stands in the question and in half of its sentences: it chooses nothing.
        named = terms(chunk.title)
        telling = {term: weight for term, weight in asked.items() if term not in named} or asked
        text = _window(chunk.text, telling, relevance, wanted)
        if not text:
            continue
        told = relevance.share(telling, text) + WANTED * _holds(text, wanted)
        found = Passage(chunk, text, share, told, hit.score, chunk.source_id in reviewed)
        known = best.get(chunk.source_id)
        if known is None or _worth(found) > _worth(known):
            best[chunk.source_id] = found
    ordered = sorted(best.values(), key=_worth, reverse=True)
    return [one for one in ordered[:most] if one is ordered[0] or _adds(one, ordered[0])]


def _worth(passage: Passage) -> tuple[float, float]:
    return passage.share + passage.told, passage.score


def _adds(one: Passage, best: Passage) -> bool:
    """Whether a second document is worth reading beside the best."""
    return one.share >= best.share - 0.1 and one.told >= max(0.4, best.told - 0.1)


def wanted_by(question: Question) -> list[re.Pattern[str]]:
    """Return what an answer to the question must hold."""
    patterns = asked_units(question.text)
    if question.aspects & {Aspect.WINDOW, Aspect.NEXT_WINDOW}:
        patterns.append(_DAY)
    if question.aspects & {Aspect.AMOUNT, Aspect.RATE, Aspect.OWN_SHARE, Aspect.COST}:
        patterns.append(_SUM)
    return patterns


def _holds(text: str, wanted: Sequence[re.Pattern[str]]) -> bool:
    return any(one.search(text) for one in wanted)


def _window(
    text: str,
    asked: Mapping[str, float],
    relevance: Relevance,
    wanted: Sequence[re.Pattern[str]],
) -> str:
    """Return the run of sentences or rows that holds most of the question in few letters."""
    units = [one.span() for one in _UNIT.finditer(text) if one[0].strip()]
    best, chosen = -1.0, ""
    for first in range(len(units)):
        for last in range(first, len(units)):
            piece = text[units[first][0] : units[last][1]]
            letters = len("".join(piece.split()))
            if letters > QUOTE_LETTERS and last > first:
                break
            worth = relevance.share(asked, piece) + WANTED * _holds(piece, wanted)
            worth -= 0.0006 * letters
            if worth > best:
                best, chosen = worth, piece.strip()
    return chosen[: 2 * QUOTE_LETTERS]


def citation_of(passage: Passage, label: str) -> Citation:
    """Return the citation of a passage; its quote stands in the document letter by letter."""
    chunk = passage.chunk
    title = chunk.title if passage.reviewed else f"{chunk.title} ({UNREVIEWED})"
    return Citation(
        label=label, record_id=chunk.source_id, kind=chunk.kind.value, title=title,
        quote=passage.text, page=chunk.page, section=" > ".join(chunk.heading_path) or None,
        chunk=chunk.id,
    )  # fmt: skip


def say_passages(passages: Sequence[Passage], labels: Sequence[str], *, language: str) -> str:
    """Return the Markdown that quotes the passages, each with its mark."""
    blocks = []
    for passage, label in zip(passages, labels, strict=True):
        lines = "\n> ".join(_shown(passage.text))
        blocks.append(f"{_opening(passage, language)} [{label}]\n\n> {lines}")
    text = "\n\n".join(blocks)
    if all(one.reviewed for one in passages):
        return text
    notice = (
        "Staff have not reviewed this document yet. Please check the official notice before you rely on it."
        if language == "en"
        else str(DOCUMENT_NOT_REVIEWED)
    )
    return f"{text}\n\n{notice}"


def _opening(passage: Passage, language: str) -> str:
    chunk = passage.chunk
    if language == "en":
        page = f", page {chunk.page}" if chunk.page else ""
        mark = "" if passage.reviewed else " (not reviewed yet)"
        return f"**{chunk.title}**{mark}{page} says:"
    page = f" {chunk.page}쪽" if chunk.page else ""
    mark = "" if passage.reviewed else f"({UNREVIEWED})"
    return f"**{chunk.title}**{mark}{page}에 이렇게 나와 있습니다."


def _shown(text: str) -> list[str]:
    """Return lines for Markdown: cells apart by bars, nothing of it read as markup."""
    lines = []
    for line in text.splitlines():
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        shown = " | ".join(cell for cell in cells if cell)
        if shown:
            lines.append(re.sub(r"([\\`*_\[\]<>#])", r"\\\1", shown))
    return lines
