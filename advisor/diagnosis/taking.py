"""What an interview takes from an answer: a level, a choice, "do not know", and what else it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor.diagnosis.asking import Asker
from advisor.diagnosis.interview_state import Interview, Move, Phase
from advisor.diagnosis.negation import is_bare_no
from advisor.diagnosis.reading import Reader, Reading, Volunteered, clauses_of
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import AnswerStatus, ItemAnswer

UNKNOWNS_IN_A_ROW = 3
# Told something about the company, words must be this close to the item to answer it as well.
ABOUT_WITH_FACTS = 0.02
# Words are about another item for sure where it leads the open one by this much.
SURELY_OTHER = 0.03
# A later remark replaces an earlier answer only where it says something quite different.
REPLACES_FROM = 2


@dataclass(frozen=True)
class Taker:
    """Takes answers; holds nothing of any owner."""

    instrument: Instrument
    reader: Reader
    asker: Asker

    def take(
        self, interview: Interview, words: str, profile: Profile, *, told: bool, is_yes: bool
    ) -> Move:
        """Take a message as an answer to the open question and to whatever else it says.

        Args:
            interview: With an item asked about.
            words: Without what only steers.
            profile: Of the company.
            told: Whether the message told facts that are no answer to the item.
            is_yes: Whether it only says yes.
        """
        asked = interview.asked
        assert asked is not None
        if interview.choice is not None:
            level = self._chosen(interview, words)
            if level is not None:
                return self.record(interview, asked, level, words, profile)
        elif not any(one.isalpha() for one in words):
            # Whoever answers by number is given numbers to choose from.
            return self._offer_choice(interview, profile)
        if is_yes:
            return self._ask_more(interview, profile, [self.asker.words_of(interview).short_yes])
        before = interview
        interview, others, says = self.take_others(interview, words, but=asked)
        rest = without(words, others)
        if others and not rest:
            reading = self._as_answer_after_all(asked, words, others[0].item)
            if reading.status is AnswerStatus.ANSWERED:
                interview, says, rest = before, [], words
        else:
            # Whoever was given sentences to choose from and says something vague chooses none.
            # English is never as near to sayings in Korean.
            has_choice = interview.choice is not None and interview.language == "ko"
            is_strict = told or has_choice
            reading = (
                self.reader.read(asked, rest, about=ABOUT_WITH_FACTS)
                if is_strict
                else self.reader.read(asked, rest)
            )
        if reading.status is AnswerStatus.NOT_ASKED:
            return self._without_answer(interview, profile, says, told=told)
        return self._take_reading(interview, asked, reading, rest, profile, says)

    def _as_answer_after_all(self, asked: str, words: str, other: str) -> Reading:
        """Read words that sound like another item as an answer to the open one, if they may be.

        "기준서 보고 합니다" answers what was asked, though it could be about settings as well.
        """
        near = self.reader.nearness(words, (asked, other))
        if near[other] - near[asked] >= SURELY_OTHER:
            return Reading(AnswerStatus.NOT_ASKED)
        return self.reader.read(asked, words, about=ABOUT_WITH_FACTS)

    def take_others(
        self, interview: Interview, words: str, *, but: str | None
    ) -> tuple[Interview, list[Volunteered], list[str]]:
        """Take what a message says about items other than `but`, and what to say back."""
        found = self.reader.volunteered(words, but=(but,) if but else ())
        taken, says = [], []
        for one in found:
            level = one.reading.level
            before = interview.level_of(one.item)
            if level is None:
                continue
            item = self.instrument.item_by_id[one.item]
            phrases = self.asker.words_of(interview)
            if one.item not in interview.answered() or before is None:
                says.append(phrases.noted(item, level))
            elif abs(before - level) >= REPLACES_FROM:
                says.append(phrases.changed(item, level))
            else:
                continue
            taken.append(one)
            interview = interview.with_answers(one.reading.as_answer(one.item, one.words))
        return interview, taken, says

    def record(
        self,
        interview: Interview,
        item_id: str,
        level: int,
        words: str,
        profile: Profile,
        says: Sequence[str] = (),
        reading: Reading | None = None,
    ) -> Move:
        """Keep a level, say it back and go on."""
        before = interview.answered().get(item_id)
        grade = (reading.grade if reading else None) or (before.grade if before else None) or "say"
        # A choice by number says nothing by itself: the words of the answer before it stay.
        note = before.note if interview.choice and before and before.note else words
        first = interview.last is None
        interview = interview.with_answers(
            ItemAnswer(item_id, AnswerStatus.ANSWERED, level, grade, note)
        )
        interview = replace(interview, last=item_id, unknown_run=0, choice=None)
        item = self.instrument.item_by_id[item_id]
        phrases = self.asker.words_of(interview)
        back = phrases.understood(item, level, len(interview.answers) - 1, first=first)
        left = [phrases.left_open] if reading is not None and reading.leaves_open else []
        return self.asker.go_on(interview, profile, [*says, back, *left])

    def unknown(
        self,
        interview: Interview,
        item_id: str,
        words: str,
        profile: Profile,
        says: Sequence[str] = (),
    ) -> Move:
        """Keep that an item is not known; after some in a row ask for papers and stop."""
        item = self.instrument.item_by_id[item_id]
        interview = interview.with_answers(
            ItemAnswer(item_id, AnswerStatus.UNKNOWN, None, None, words)
        )
        turn = interview.unknown_run
        phrases = self.asker.words_of(interview)
        interview = replace(interview, last=item_id, choice=None, unknown_run=turn + 1)
        if interview.unknown_run >= UNKNOWNS_IN_A_ROW:
            missing = [
                self.instrument.item_by_id[one.item]
                for one in interview.answers[-UNKNOWNS_IN_A_ROW:]
            ]
            interview = replace(interview, phase=Phase.PAUSED, asked=None)
            return Move(
                interview, (*says, phrases.dont_mind(turn), phrases.too_much_unknown(missing))
            )
        return self.asker.go_on(interview, profile, [*says, phrases.ask_whom(item, turn)])

    def _take_reading(
        self,
        interview: Interview,
        asked: str,
        reading: Reading,
        words: str,
        profile: Profile,
        says: list[str],
    ) -> Move:
        if reading.status is AnswerStatus.UNKNOWN:
            if interview.choice is not None and interview.level_of(asked) is not None:
                # Between the two sentences nobody can choose: what was understood stays.
                return self._keep_lower(interview, asked, profile, says)
            return self.unknown(interview, asked, words, profile, says)
        if reading.status is AnswerStatus.NOT_APPLICABLE:
            item = self.instrument.item_by_id[asked]
            phrases = self.asker.words_of(interview)
            interview = interview.with_answers(reading.as_answer(asked, words))
            interview = replace(interview, last=asked, unknown_run=0, choice=None)
            return self.asker.go_on(interview, profile, [*says, phrases.not_applicable(item)])
        assert reading.level is not None
        if not reading.is_sure and reading.other is not None and interview.choice is None:
            interview = interview.with_answers(reading.as_answer(asked, words))
            return self.asker.ask_among(interview, asked, (reading.level, reading.other), says)
        return self.record(interview, asked, reading.level, words, profile, says, reading)

    def _without_answer(
        self, interview: Interview, profile: Profile, says: list[str], *, told: bool
    ) -> Move:
        phrases = self.asker.words_of(interview)
        if not says and told:
            says = [phrases.noted_facts]
        elif says and interview.asked:
            item = self.instrument.item_by_id[interview.asked]
            says = [*says, phrases.back_to(item, sum(interview.times.values()))]
        else:
            says = [phrases.not_understood(sum(interview.times.values()))]
        return self._ask_more(interview, profile, says, gives_up=len(says) == 1 and not told)

    def _ask_more(
        self, interview: Interview, profile: Profile, says: list[str], *, gives_up: bool = False
    ) -> Move:
        """Ask about the open item in another way; after the last one leave it."""
        asked = interview.asked
        assert asked is not None
        level = interview.level_of(asked)
        if interview.choice is not None and level is not None:
            # It was understood before, only not surely.
            return self._keep_lower(interview, asked, profile, [] if gives_up else says[:-1])
        if self.asker.can_ask(interview, asked):
            return self.asker.ask(interview, asked, says)
        gave_up = self.asker.words_of(interview).gave_up
        return self.asker.leave(interview, profile, [gave_up] if gives_up else says[:-1])

    def _keep_lower(
        self, interview: Interview, asked: str, profile: Profile, says: list[str]
    ) -> Move:
        """Keep the lower of the levels that nobody chose between, as the instrument wants it."""
        assert interview.choice is not None
        answer = replace(interview.answered()[asked], value=interview.choice[0])
        interview = replace(interview.with_answers(answer), last=asked, choice=None, unknown_run=0)
        item = self.instrument.item_by_id[asked]
        kept = self.asker.words_of(interview).for_now(item, interview.level_of(asked) or 0)
        return self.asker.go_on(interview, profile, [*says, kept])

    def _chosen(self, interview: Interview, words: str) -> int | None:
        """Return the level chosen by number or in words; a bare "no" is the lowest."""
        assert interview.choice is not None
        if is_bare_no(words):
            return interview.choice[0]
        return self.asker.chosen(interview, words)

    def _offer_choice(self, interview: Interview, profile: Profile) -> Move:
        assert interview.asked is not None
        if self.asker.can_ask(interview, interview.asked):
            return self.asker.ask_among_all(interview, interview.asked, [])
        return self.asker.leave(interview, profile, [])


def without(words: str, found: Sequence[Volunteered]) -> str:
    """Return the words that were not taken for other items."""
    taken = {one.words for one in found}
    rest = []
    for clause in clauses_of(words):
        if clause in taken:
            continue
        for part in taken:
            clause = clause.replace(part, "")
        if clause.strip():
            rest.append(clause.strip())
    return " ".join(rest)
