"""An owner's free answer to an item: which level it stands for, and on what ground.

Curated cues and the likeness to sayings of each level decide together. Nothing here knows the conversation: whoever asks says which item was asked about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.diagnosis.likeness import EmbedTexts, Likeness
from advisor.diagnosis.squeeze import squeeze
from advisor.domain.readiness import AnswerStatus, Cues, Grade, Instrument, Item, ItemAnswer, Signal

Ground = Literal["cue", "likeness", "none"]

# What a cue adds to the likeness of its level: enough to win between neighbours, not enough to
# outvote sayings that all say otherwise.
CUE_WEIGHT = 0.015
# The best level is believed without asking where it leads the next by this much.
CLEAR_LEAD = 0.02


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

    def __init__(
        self,
        instrument: Instrument,
        cues: Cues,
        sayings: Mapping[str, Sequence[Signal]],
        embed: EmbedTexts,
    ) -> None:
        """Keep what is needed; `sayings` by item come on top of the instrument's own."""
        self._instrument = instrument
        self._cues = cues
        self._likeness = Likeness(
            {
                item.id: [
                    *(Signal(say=anchor.text, value=anchor.value) for anchor in item.anchors),
                    *item.signals,
                    *sayings.get(item.id, ()),
                ]
                for item in instrument.items
            },
            embed,
        )

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
        alike = self._likeness.by_level(item.id, words)
        weighed = {
            level: value + (CUE_WEIGHT if level == by_cue else 0.0)
            for level, value in alike.items()
        }
        # Of equals the lower: "두 수준 사이에서 망설여지면 낮은 쪽을 고른다."
        first, second, *_ = sorted(weighed, key=lambda level: (-weighed[level], level))
        is_clear = weighed[first] - weighed[second] >= CLEAR_LEAD
        # A cue that was outvoted is a reason to ask.
        is_sure = is_clear and by_cue in (None, first)
        ground: Ground = "cue" if by_cue == first else "likeness"
        return Reading(AnswerStatus.ANSWERED, first, grade, ground, is_sure, second)


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
