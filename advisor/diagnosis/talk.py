"""An owner's free answer to an item: which level it stands for, and on what ground.

Curated cues decide where one fits; otherwise the level whose anchors and sample sayings are most
alike. Nothing here knows the conversation: whoever asks says which item was asked about.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from advisor.domain.readiness import AnswerStatus, Cues, Grade, Instrument, Item, ItemAnswer

# Texts to unit vectors, float32 (texts, dimensions); vectors of two calls must be comparable.
EmbedTexts = Callable[[Sequence[str]], NDArray[np.float32]]
Ground = Literal["cue", "likeness", "none"]

# Likeness alone is believed where the best level leads the next by this much cosine: below it
# about one answer in three was a level off on the sample sayings.
CLEAR_LEAD = 0.02
_MARKS = re.compile(r"[\s.,!?~…·'\"‘’“”()]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer was understood as.

    Attributes:
        status: ANSWERED with a level, UNKNOWN, NOT_APPLICABLE, or NOT_ASKED where the words did
            not answer the question (a question back, nothing to go by).
        level: 0 to 4 where answered.
        grade: `doc` with a document, `detail` where numbers, systems or people are named.
        ground: Whether a cue or likeness decided.
        is_sure: Whether to go on after saying it back; otherwise ask between `level` and `other`.
        other: The next likely level, where there is one.
    """

    status: AnswerStatus
    level: int | None = None
    grade: Grade | None = None
    ground: Ground = "none"
    is_sure: bool = False
    other: int | None = None

    def as_answer(self, item_id: str, words: str) -> ItemAnswer:
        """Return the reading as an answer whose note are the owner's words."""
        return ItemAnswer(item_id, self.status, self.level, self.grade, words)


class AnswerReader:
    """Reads answers with the cues and an embedding model; safe to call from many threads."""

    def __init__(self, instrument: Instrument, cues: Cues, embed: EmbedTexts) -> None:
        """Keep what is needed; an item's sayings are embedded when it is first asked about."""
        self._instrument = instrument
        self._cues = cues
        self._embed = embed
        # Filled by item; two threads at once only compute the same thing twice.
        self._known: dict[str, tuple[list[int], NDArray[np.float32]]] = {}

    def read(self, item_id: str, words: str, *, has_document: bool = False) -> Reading:
        """Read an answer to an item.

        Args:
            item_id: The item asked about.
            words: The owner's words, any length.
            has_document: Whether a photo, screen or file came with them.
        """
        item = self._instrument.item_by_id[item_id]
        text = squeeze(words)
        cues = self._cues
        if not text or cues.dont_know.search(text):
            return Reading(AnswerStatus.UNKNOWN if text else AnswerStatus.NOT_ASKED)
        if item.na_when is not None and cues.not_applicable.search(text):
            return Reading(AnswerStatus.NOT_APPLICABLE)
        by_cue = next((cue.level for cue in cues.of(item_id) if cue.fits(text)), None)
        if by_cue is None and cues.ask_others.search(text):
            return Reading(AnswerStatus.UNKNOWN)
        if by_cue is None and (cues.question.search(text) or words.rstrip().endswith("?")):
            return Reading(AnswerStatus.NOT_ASKED)
        return self._weigh(item, words, by_cue, self.grade(words, has_document=has_document))

    def grade(self, words: str, *, has_document: bool = False) -> Grade:
        """Judge how firm the words are: shown, told in detail, or only said."""
        if has_document:
            return "doc"
        text = squeeze(words)
        cues = self._cues
        named = sum(
            bool(pattern.search(text)) for pattern in (cues.system_name, cues.person, cues.counted)
        )
        return "detail" if named > bool(cues.hedged.search(text)) else "say"

    def _weigh(self, item: Item, words: str, by_cue: int | None, grade: Grade) -> Reading:
        levels, vectors = self._sayings(item)
        likeness = vectors @ self._embed([words])[0]
        best: dict[int, float] = {}
        for level, value in zip(levels, likeness.tolist(), strict=True):
            best[level] = max(best.get(level, -1.0), value)
        # Of equals the lower: "두 수준 사이에서 망설여지면 낮은 쪽을 고른다."
        order = sorted(best, key=lambda level: (-best[level], level))
        if by_cue is not None:
            other = next(level for level in order if level != by_cue)
            agrees = abs(order[0] - by_cue) <= 1
            return Reading(AnswerStatus.ANSWERED, by_cue, grade, "cue", agrees, other)
        is_clear = best[order[0]] - best[order[1]] >= CLEAR_LEAD
        return Reading(AnswerStatus.ANSWERED, order[0], grade, "likeness", is_clear, order[1])

    def _sayings(self, item: Item) -> tuple[list[int], NDArray[np.float32]]:
        known = self._known.get(item.id)
        if known is None:
            pairs = [(anchor.value, anchor.text) for anchor in item.anchors]
            pairs += [(signal.value, signal.say) for signal in item.signals]
            known = [level for level, _ in pairs], self._embed([text for _, text in pairs])
            self._known[item.id] = known
        return known


def squeeze(words: str) -> str:
    """Return the words without spaces, marks and capitals, as cues are written.

    Owners space freely, so "안 적어요" and "안적어요" have to look the same.

    >>> squeeze("MES는, 안 써요!")
    'mes는안써요'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", words).lower())


def say_back(instrument: Instrument, item_id: str, level: int) -> str:
    """Return what was understood as a sentence to be confirmed; never the number."""
    item = instrument.item_by_id[item_id]
    anchor = next(one for one in item.anchors if one.value == level)
    return f"‘{anchor.text.rstrip('.')}’ 쪽으로 이해했습니다. 맞으세요? 다르면 편하게 고쳐 주세요."


def ask_between(instrument: Instrument, item_id: str, one: int, other: int) -> str:
    """Return a question that lets the owner choose between two levels, the lower first."""
    item = instrument.item_by_id[item_id]
    low, high = (
        next(anchor.text.rstrip(".") for anchor in item.anchors if anchor.value == level)
        for level in sorted((one, other))
    )
    return f"어느 쪽에 더 가까우세요? ① {low} ② {high}"
