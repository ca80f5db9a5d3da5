"""An owner's free answer to an item: which level it stands for, and on what ground.

Curated cues and the likeness to sayings of each level decide together. Nothing here knows the
conversation: whoever asks says which item was asked about.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from advisor.diagnosis.likeness import EmbedTexts, Likeness
from advisor.diagnosis.squeeze import squeeze
from advisor.domain.readiness import AnswerStatus, Cues, Grade, Instrument, ItemAnswer, Signal

Ground = Literal["cue", "likeness", "none"]

# What a cue adds to the likeness of its level: enough to win between neighbours, not enough to
# outvote sayings that all say otherwise.
CUE_WEIGHT = 0.015
# The best level is believed without asking where it leads the next by this much.
CLEAR_LEAD = 0.02
# Closer to the item than to the median item by less than this, words without a cue are about
# something else: 99 of 100 answers reach it.
ABOUT = 0.003
# Words are taken for an answer to an item nobody asked about where that item leads all others by
# this much: then 99 of 100 are.
VOLUNTEERED_LEAD = 0.02
_CLAUSE_ENDS = re.compile(r"(?<=[.!?~\n])\s+|(?<=[가-힣])[,;]\s*|\n+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer was understood as.

    Attributes:
        status: ANSWERED with a level, UNKNOWN, NOT_APPLICABLE, or NOT_ASKED where the words did
            not answer the question (a question back, something else, nothing to go by).
        level: 0 to 4 where answered.
        grade: `doc` with a document, `detail` where numbers, systems or people are named.
        ground: Whether a cue or likeness decided.
        is_sure: Whether to go on after saying it back; otherwise ask between `level` and `other`.
        other: The next likely level, where there is one.
        about: How much closer the words are to this item than to the median item.
    """

    status: AnswerStatus
    level: int | None = None
    grade: Grade | None = None
    ground: Ground = "none"
    is_sure: bool = False
    other: int | None = None
    about: float = 0.0

    def as_answer(self, item_id: str, words: str) -> ItemAnswer:
        """Return the reading as an answer whose note are the owner's words."""
        return ItemAnswer(item_id, self.status, self.level, self.grade, words)


@dataclass(frozen=True, slots=True)
class Volunteered:
    """Something said about an item, whether asked or not; `words` is the clause that says it."""

    item: str
    words: str
    reading: Reading


class AnswerReader:
    """Reads answers with the cues and an embedding model; safe to call from many threads."""

    def __init__(
        self,
        instrument: Instrument,
        cues: Cues,
        sayings: Mapping[str, Sequence[Signal]],
        embed: EmbedTexts,
        embed_known: EmbedTexts | None = None,
    ) -> None:
        """Keep what is needed.

        Args:
            instrument: Its anchors and signals are sayings too.
            cues: Patterns for levels and kinds of answers.
            sayings: More sayings, by item.
            embed: For answers.
            embed_known: For all sayings at once, where their vectors are kept ready.
        """
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
            embed_known,
        )

    def read(
        self, item_id: str, words: str, *, has_document: bool = False, about: float = ABOUT
    ) -> Reading:
        """Read an answer to an item.

        Args:
            item_id: The item asked about.
            words: The owner's words, any length.
            has_document: Whether a photo, screen or file came with them.
            about: How close to the item the words must be to count as an answer to it.
        """
        item = self._instrument.item_by_id[item_id]
        text = squeeze(words)
        cues = self._cues
        if not text or cues.dont_know.search(text):
            return Reading(AnswerStatus.UNKNOWN if text else AnswerStatus.NOT_ASKED)
        if item.na_when is not None and cues.not_applicable.search(text):
            return Reading(AnswerStatus.NOT_APPLICABLE)
        by_cue = self._by_cue(item_id, text)
        if by_cue is None and cues.ask_others.search(text):
            return Reading(AnswerStatus.UNKNOWN)
        if by_cue is None and (cues.question.search(text) or words.rstrip().endswith("?")):
            return Reading(AnswerStatus.NOT_ASKED)
        grade = self.grade(words, has_document=has_document)
        return self._weigh(item_id, by_cue, self._likeness.by_item(words), grade, about)

    def volunteered(
        self, words: str, *, but: Collection[str] = (), about: float = VOLUNTEERED_LEAD
    ) -> list[Volunteered]:
        """Return what clauses say about items, each item once, where there is no doubt which.

        Args:
            words: A message.
            but: Items that are not wanted.
            about: By how much an item must lead all others.
        """
        found: dict[str, Volunteered] = {}
        for clause in clauses_of(words):
            text = squeeze(clause)
            if len(text) < 4 or clause.rstrip().endswith("?") or self._cues.question.search(text):
                continue
            likeness = self._likeness.by_item(clause)
            nearest = {one: max(levels.values()) for one, levels in likeness.items()}
            first, second, *_ = sorted(nearest, key=lambda one: -nearest[one])
            if first in but or nearest[first] - nearest[second] < about:
                continue
            by_cue = self._by_cue(first, text)
            reading = self._weigh(first, by_cue, likeness, self.grade(clause), 0.0)
            if reading.is_sure and first not in found:
                found[first] = Volunteered(first, clause.strip(), reading)
        return list(found.values())

    def warm(self) -> None:
        """Make the vectors of all sayings now instead of at the first answer."""
        self._likeness.by_item("준비")

    def nearness(self, words: str, items: Collection[str]) -> dict[str, float]:
        """Return how much closer the words are to each item than to the median item."""
        nearest = {
            one: max(levels.values()) for one, levels in self._likeness.by_item(words).items()
        }
        usual = median(nearest.values())
        return {one: nearest[one] - usual for one in items}

    def is_question(self, words: str) -> bool:
        """Tell whether the words ask rather than answer, by how they end."""
        return words.rstrip().endswith("?") or bool(self._cues.question.search(squeeze(words)))

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

    def _by_cue(self, item_id: str, text: str) -> int | None:
        return next((cue.level for cue in self._cues.of(item_id) if cue.fits(text)), None)

    def _weigh(
        self,
        item_id: str,
        by_cue: int | None,
        likeness: Mapping[str, Mapping[int, float]],
        grade: Grade,
        least: float,
    ) -> Reading:
        nearest = {one: max(levels.values()) for one, levels in likeness.items()}
        about = nearest[item_id] - median(nearest.values())
        if about < (least if by_cue is None else least - ABOUT):
            return Reading(AnswerStatus.NOT_ASKED, about=about)
        weighed = {
            level: value + (CUE_WEIGHT if level == by_cue else 0.0)
            for level, value in likeness[item_id].items()
        }
        # Of equals the lower: "두 수준 사이에서 망설여지면 낮은 쪽을 고른다."
        first, second, *_ = sorted(weighed, key=lambda level: (-weighed[level], level))
        is_clear = weighed[first] - weighed[second] >= CLEAR_LEAD
        # A cue that was outvoted is a reason to ask.
        is_sure = is_clear and by_cue in (None, first)
        ground: Ground = "cue" if by_cue == first else "likeness"
        return Reading(AnswerStatus.ANSWERED, first, grade, ground, is_sure, second, about)


def clauses_of(words: str) -> list[str]:
    """Return the sentences and the parts between commas, in order.

    >>> clauses_of("일보는 손으로 써요. 불량은 개수만 적고, 프로그램은 없어요")
    ['일보는 손으로 써요.', '불량은 개수만 적고', '프로그램은 없어요']
    """
    return [part.strip() for part in _CLAUSE_ENDS.split(words) if part and part.strip()]
