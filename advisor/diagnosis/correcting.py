"""How an interview takes a correction, and an answer to a contradiction."""

from dataclasses import dataclass, replace

from advisor.diagnosis.asking import Asker
from advisor.diagnosis.collect import collect
from advisor.diagnosis.interview_state import Interview, Move, Phase
from advisor.diagnosis.negation import goes_down
from advisor.diagnosis.reading import Reader, Reading
from advisor.diagnosis.taking import Taker
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import AnswerStatus

# Words correct another item than the last where they are nearer to it by this much.
CORRECTS_FROM = 0.02


@dataclass(frozen=True)
class Corrector:
    """Takes corrections; holds nothing of any owner."""

    instrument: Instrument
    reader: Reader
    asker: Asker
    taker: Taker

    def correct(self, interview: Interview, rest: str, profile: Profile) -> Move:
        """Read the words anew for the item they are about, the last one where nothing says else.

        Args:
            interview: With at least one answer.
            rest: The message without the words that announce a correction; may be empty.
            profile: Of the company.
        """
        target = self._target(interview, rest)
        if target not in interview.answered():
            # What was never answered cannot be wrong: this is news.
            interview = replace(interview, phase=Phase.ASKING, check=None, fixing=False)
            interview, found, says = self.taker.take_others(interview, rest, but=None)
            if found:
                return self._return(interview, profile, says)
            reading = self.reader.read(target, rest)
            if reading.level is not None:
                return self.taker.record(interview, target, reading.level, rest, profile)
            return self._ask_what(interview, interview.last or interview.answers[-1].item)
        before = interview.level_of(target)
        reading = self._read(target, rest, before)
        interview = replace(interview, phase=Phase.ASKING, check=None)
        if reading.status is AnswerStatus.UNKNOWN:
            return self.taker.unknown(replace(interview, fixing=False), target, rest, profile)
        if reading.status is not AnswerStatus.ANSWERED or reading.level is None:
            return self._ask_what(interview, target)
        level = reading.level
        if level == before and reading.other is not None and not reading.is_sure:
            # What was understood is wrong, so the next likely is right.
            level = reading.other
            reading = replace(reading, level=level)
        if level == before:
            # Something is wrong about it, and the words do not say what.
            levels = sorted({level, reading.other or max(0, level - 1)})
            return self.asker.ask_among(interview, target, tuple(levels), [])
        item = self.instrument.item_by_id[target]
        interview = interview.with_answers(reading.as_answer(target, rest))
        says = [self.asker.words_of(interview).corrected(item, level, len(interview.answers))]
        interview = replace(interview, last=target, fixing=False, unknown_run=0)
        if interview.asked == target:
            interview = replace(interview, asked=None, choice=None)
        return self._return(interview, profile, says)

    def settle(self, interview: Interview, words: str, profile: Profile) -> Move:
        """Take an answer to a contradiction: it may change one of the items it is about."""
        check = next(one for one in self.instrument.consistency_checks if one.id == interview.check)
        interview = replace(interview, check=None)
        best: tuple[float, str, Reading] | None = None
        for condition in check.when:
            reading = self.reader.read(condition.item, words)
            for level in (reading.level, reading.other):
                if reading.status is not AnswerStatus.ANSWERED or level is None:
                    continue
                likely = replace(reading, level=level)
                changed = interview.with_answers(likely.as_answer(condition.item, words))
                settles = check.id not in collect(self.instrument, changed.answers).contradictions
                if settles and (best is None or reading.about > best[0]):
                    best = (reading.about, condition.item, likely)
        if best is None:
            return self.asker.go_on(interview, profile, [self.asker.words_of(interview).still_open])
        _, item_id, reading = best
        assert reading.level is not None
        interview = replace(interview.with_answers(reading.as_answer(item_id, words)), last=item_id)
        item = self.instrument.item_by_id[item_id]
        says = [
            self.asker.words_of(interview).corrected(item, reading.level, len(interview.answers))
        ]
        return self.asker.go_on(interview, profile, says)

    def is_about_last(self, interview: Interview, rest: str) -> bool:
        """Tell whether "아니요, …" denies what was understood last rather than answers."""
        last, asked = interview.last, interview.asked
        if last is None or asked is None:
            return last is not None
        near = self.reader.nearness(rest, (last, asked))
        return near[last] - near[asked] >= CORRECTS_FROM

    def _target(self, interview: Interview, rest: str) -> str:
        target = interview.last or interview.answers[-1].item
        if not rest:
            return target
        near = self.reader.nearness(rest, [one.id for one in self.instrument.items])
        nearest = max(near, key=lambda one: near[one])
        return nearest if near[nearest] - near.get(target, 0.0) >= CORRECTS_FROM else target

    def _read(self, target: str, rest: str, before: int | None) -> Reading:
        if not rest:
            return Reading(AnswerStatus.NOT_ASKED)
        down = before if before and goes_down(rest) else None
        return self.reader.read(target, rest, below=down)

    def _ask_what(self, interview: Interview, target: str) -> Move:
        """Ask what is wrong, first openly, then among the sentences of the item."""
        if interview.fixing:
            return self.asker.ask_among_all(interview, target, [])
        known = [
            (self.instrument.item_by_id[one.item], one.value)
            for one in reversed(interview.answers)
            if one.value is not None
        ]
        if not known:
            return self.asker.ask(interview, target, [self.asker.words_of(interview).once_more])
        interview = replace(interview, fixing=True, choice=None)
        return Move(interview, (), self.asker.words_of(interview).ask_what_to_fix(known))

    def _return(self, interview: Interview, profile: Profile, says: list[str]) -> Move:
        """Go back to the question that was open."""
        asked = interview.asked
        if asked is not None and asked not in interview.answered():
            return self.asker.reopen(interview, profile, says)
        return self.asker.go_on(replace(interview, choice=None), profile, says)
