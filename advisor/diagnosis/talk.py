"""An owner's free answer to an item: which level it stands for, and on what ground.

Curated cues and the likeness to sayings of each level decide together. Nothing here knows the
conversation: whoever asks says which item was asked about.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from statistics import median

from advisor.diagnosis.likeness import EmbedTexts, Heard, Likeness
from advisor.diagnosis.negation import cue_text, goes_down, is_bare_no, without_set_aside
from advisor.diagnosis.reading import Ground, Reading, Volunteered, clauses_of
from advisor.diagnosis.squeeze import squeeze
from advisor.domain.cues import Cues
from advisor.domain.instrument import Grade, Instrument, Signal
from advisor.domain.readiness import AnswerStatus

# What a cue adds to the likeness of its level: enough to win between neighbours, not enough to
# outvote sayings that all say otherwise.
CUE_WEIGHT = 0.01
# What a level loses that the words deny along with all above it.
DENIED_WEIGHT = 0.05
# The best level is believed without asking where it leads the next by this much.
CLEAR_LEAD = 0.02
# Closer to the item than to the median item by less than this, words without a cue are about
# something else: 99 of 100 answers reach it.
ABOUT = 0.003
# Words are taken for an answer to an item nobody asked about where that item leads all others by
# this much: then 99 of 100 are.
VOLUNTEERED_LEAD = 0.02
# With a cue for it as well, this lead is as good.
CUED_LEAD = 0.012
# Nearer than this nothing else is as likely; further off the owner is asked before it is believed.
SURELY_ABOUT = 0.008
# A syllable or two say nothing without a cue.
LEAST_LENGTH = 3
# What is asked to be confirmed needs little.
LENIENT_LEAD = 0.01
CUED_LENIENT_LEAD = 0.003
# Half a clause says less: it needs a greater lead and some length.
PART_LEAD = 0.03
CUED_PART_LEAD = 0.015
LEAST_PART = 6
# "… 쓰고 …" says two things; "… 있는데 …" says one.
_JOINTS = re.compile(r"(?<=[가-힣]고요)\s+|(?<=[가-힣][고며])\s+")
# "불량이 자꾸 나요" tells; "불량이 나나요" asks.
_OCCURS = re.compile(r"(?:\s|[이가])나요\W*$")
_SAYS_NOTHING = re.compile(
    r"^(뭐|그냥|그저|음|어|아)*(그래요?|그렇(죠|지|지뭐|습니다)|그런거지뭐?|그럭저럭이?(에요|죠)?)$"
)
# "… 어디서 나는지는 잘 몰라": what is left open at the end of an answer.
_REST_UNKNOWN = re.compile(r"(모르|몰라|모릅|몰러|몰것)[가-힣]{0,6}$")


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
        self,
        item_id: str,
        words: str,
        *,
        has_document: bool = False,
        about: float = ABOUT,
        below: int | None = None,
    ) -> Reading:
        """Read an answer to an item.

        Args:
            item_id: The item asked about.
            words: The owner's words, any length.
            has_document: Whether a photo, screen or file came with them.
            about: How close to the item the words must be to count as an answer to it.
            below: Where given, only lower levels are likely.
        """
        item = self._instrument.item_by_id[item_id]
        text = squeeze(words)
        cues = self._cues
        if not text or _SAYS_NOTHING.search(text):
            return Reading(AnswerStatus.NOT_ASKED)
        if cues.dont_know.search(text):
            return Reading(AnswerStatus.UNKNOWN)
        if item.na_when is not None and cues.not_applicable.search(text):
            return Reading(AnswerStatus.NOT_APPLICABLE)
        meant = without_set_aside(words)
        by_cue = self._by_cue(item_id, cue_text(meant))
        if by_cue is None and cues.ask_others.search(text):
            return Reading(AnswerStatus.UNKNOWN)
        if by_cue is None and self.is_question(words):
            return Reading(AnswerStatus.NOT_ASKED)
        grade = self.grade(words, has_document=has_document)
        if is_bare_no(words) and not below:
            level = by_cue or 0
            return Reading(
                AnswerStatus.ANSWERED, level, grade, "cue", item.quick, level + 1, SURELY_ABOUT
            )
        if by_cue is None and len(text) < LEAST_LENGTH:
            return Reading(AnswerStatus.NOT_ASKED)
        named = self._by_cue(item_id, text) if goes_down(words) else None
        denied = named if named != by_cue else None
        heard = self._likeness.hear(meant)
        reading = self._weigh(item_id, by_cue, heard, grade, about, denied=denied, below=below)
        if not _REST_UNKNOWN.search(text):
            return reading
        if reading.status is AnswerStatus.NOT_ASKED:
            return replace(reading, status=AnswerStatus.UNKNOWN)
        return replace(reading, leaves_open=True)

    def volunteered(
        self, words: str, *, but: Collection[str] = (), is_lenient: bool = False
    ) -> list[Volunteered]:
        """Return what clauses say about items, each item once, where there is no doubt which.

        Args:
            words: A message.
            but: Items that are not wanted.
            is_lenient: Whether a small lead is enough, where the owner is to confirm it.
        """
        found: dict[str, Volunteered] = {}
        for clause, is_part in _statements(words):
            text = squeeze(clause)
            if len(text) < LEAST_LENGTH or self.is_question(clause) or self._knows_not(text):
                continue
            meant = without_set_aside(clause)
            heard = self._likeness.hear(meant)
            near = heard.near
            first, second, *_ = sorted(near, key=lambda one: -near[one])
            by_cue = self._by_cue(first, cue_text(meant))
            lead = near[first] - near[second]
            least = _least_lead(by_cue, is_part=is_part, is_lenient=is_lenient)
            if first in but or lead < least:
                continue
            reading = self._weigh(first, by_cue, heard, self.grade(clause), 0.0)
            # What is said back at once may be a level off.
            is_clear = reading.is_sure or is_lenient or lead >= PART_LEAD
            if is_clear and reading.level is not None and first not in found:
                found[first] = Volunteered(first, clause.strip(), reading)
        return list(found.values())

    def warm(self) -> None:
        """Make the vectors of all sayings now instead of at the first answer."""
        self._likeness.hear("준비")

    def nearness(self, words: str, items: Collection[str]) -> dict[str, float]:
        """Return how much closer the words are to each item than to the median item."""
        near = self._likeness.hear(without_set_aside(words)).near
        usual = median(near.values())
        return {one: near[one] - usual for one in items}

    def is_question(self, words: str) -> bool:
        """Tell whether the words ask rather than answer, by how they end."""
        if words.rstrip().endswith("?"):
            return True
        return not _OCCURS.search(words) and bool(self._cues.question.search(squeeze(words)))

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

    def _knows_not(self, text: str) -> bool:
        return bool(self._cues.dont_know.search(text) or self._cues.ask_others.search(text))

    def _by_cue(self, item_id: str, text: str) -> int | None:
        return next((cue.level for cue in self._cues.of(item_id) if cue.fits(text)), None)

    def _weigh(
        self,
        item_id: str,
        by_cue: int | None,
        heard: Heard,
        grade: Grade,
        least: float,
        *,
        denied: int | None = None,
        below: int | None = None,
    ) -> Reading:
        about = heard.near[item_id] - median(heard.near.values())
        if about < (least if by_cue is None else least - ABOUT):
            return Reading(AnswerStatus.NOT_ASKED, about=about)
        weighed = {
            level: value
            + (CUE_WEIGHT if level == by_cue else 0.0)
            # "엑셀도 안 써요" is below what Excel stands for.
            - (DENIED_WEIGHT if denied and level >= denied else 0.0)
            for level, value in heard.levels(item_id).items()
            if not below or level < below
        }
        # Of equals the lower: "두 수준 사이에서 망설여지면 낮은 쪽을 고른다."
        first, *others = sorted(weighed, key=lambda level: (-weighed[level], level))
        second = others[0] if others else None
        is_clear = second is None or weighed[first] - weighed[second] >= CLEAR_LEAD
        # A cue that was outvoted is a reason to ask, and so are words hardly about the item.
        is_sure = is_clear and by_cue in (None, first)
        is_sure = is_sure and (by_cue is not None or about >= SURELY_ABOUT)
        ground: Ground = "cue" if by_cue == first else "likeness"
        return Reading(AnswerStatus.ANSWERED, first, grade, ground, is_sure, second, about)


def _least_lead(by_cue: int | None, *, is_part: bool, is_lenient: bool) -> float:
    if is_lenient and not is_part:
        return LENIENT_LEAD if by_cue is None else CUED_LENIENT_LEAD
    if by_cue is None:
        return PART_LEAD if is_part else VOLUNTEERED_LEAD
    return CUED_PART_LEAD if is_part else CUED_LEAD


def _statements(words: str) -> list[tuple[str, bool]]:
    """Return what may be said apart, each with whether it is a part of a clause."""
    found = []
    for clause in clauses_of(words):
        parts = [one.strip() for one in _JOINTS.split(clause) if one.strip()]
        found.append((clause, False))
        if len(parts) > 1:
            found.extend((one, True) for one in parts if len(squeeze(one)) >= LEAST_PART)
    return found
