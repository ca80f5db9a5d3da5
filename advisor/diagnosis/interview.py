"""The readiness interview as a state machine: a state and an owner's words to the next state.

Nothing here knows the chat: the state is small and serialisable, the reader of answers is given,
and a move says what to tell the owner and whether the interview is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from advisor.diagnosis.asking import Asker
from advisor.diagnosis.controls import (
    Control,
    asks_yes_or_no,
    control_of,
    doubts,
    requests,
    without_lead,
    without_oaths,
)
from advisor.diagnosis.controls_english import (
    control_of_english,
    is_unknown_english,
    without_lead_english,
)
from advisor.diagnosis.correcting import Corrector
from advisor.diagnosis.interview_state import Interview, Move, Phase
from advisor.diagnosis.known import known_answers
from advisor.diagnosis.phrasing import Said, Words
from advisor.diagnosis.phrasing_english import EnglishWords
from advisor.diagnosis.reading import Reader, clauses_of
from advisor.diagnosis.taking import ABOUT_WITH_FACTS, Taker, without
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import AnswerStatus, Diagnosis, ItemAnswer
from advisor.domain.readiness_english import English

# With fewer answers the first steps would be the same for everybody.
ENOUGH_FOR_STEPS = 3
# The note of an item that was left out of impatience.
IMPATIENT = "-"


@dataclass(frozen=True)
class Interviewer:
    """Moves interviews on; holds nothing of any owner."""

    instrument: Instrument
    reader: Reader
    said: Said = field(default_factory=dict)
    english: English | None = None

    @cached_property
    def asker(self) -> Asker:
        """What puts the questions."""
        words: dict[str, Words] = {"ko": Words(self.instrument, self.said)}
        if self.english is not None:
            words["en"] = EnglishWords(self.instrument, english=self.english)
        return Asker(self.instrument, self.reader, words)

    @cached_property
    def taker(self) -> Taker:
        """What takes the answers."""
        return Taker(self.instrument, self.reader, self.asker)

    @cached_property
    def corrector(self) -> Corrector:
        """What takes corrections."""
        return Corrector(self.instrument, self.reader, self.asker, self.taker)

    def diagnose(self, interview: Interview, profile: Profile) -> Diagnosis:
        """Diagnose what is known so far; the worst problem orders the plan."""
        return self.asker.diagnose(interview, profile)

    def speaks(self, language: str) -> bool:
        """Tell whether an interview can be led in a language."""
        return language in self.asker.words

    def begin(self, profile: Profile, earlier: Sequence[str] = (), *, language: str = "ko") -> Move:
        """Begin with what the profile and earlier messages (oldest first) already say."""
        interview = Interview(self.instrument.meta.version, language=language)
        said = [
            one.reading.as_answer(one.item, one.words)
            for words in earlier
            for one in self.reader.volunteered(self._part(words)[0], is_lenient=True)
        ]
        interview = interview.with_answers(*known_answers(self.instrument, profile))
        interview = interview.with_answers(*{one.item: one for one in said}.values())
        known = [
            (self.instrument.item_by_id[one.item], one.value)
            for one in interview.answers
            if one.value is not None
        ]
        words_of = self.asker.words_of(interview)
        says = [words_of.opening]
        if known:
            says.append(words_of.known_before(known))
            interview = replace(interview, last=interview.answers[-1].item)
        return self.asker.go_on(interview, profile, says)

    def resume(self, interview: Interview, profile: Profile) -> Move:
        """Go on where the interview stopped; after a result it asks for what is still open."""
        thorough = interview.thorough or interview.phase is Phase.DONE
        interview = replace(interview, phase=Phase.ASKING, unknown_run=0, thorough=thorough)
        return self.asker.reopen(interview, profile, [])

    def hear(
        self,
        interview: Interview,
        words: str,
        profile: Profile,
        *,
        told: bool,
        spoke_last: bool = True,
    ) -> Move:
        """Take a message.

        Args:
            interview: The state so far.
            words: The owner's message, masked.
            profile: What is known of the company, this message included.
            told: Whether the message told facts for the profile that answer nothing asked.
            spoke_last: Whether the interview said the last thing; else "그게 아니라" is about
                something else.
        """
        if interview.language == "en":
            control = control_of_english(words)
            if is_unknown_english(words):
                words = "모르겠어요"  # as the reader knows it
        else:
            control = control_of(words)
        if control is Control.CORRECT and not spoke_last:
            return Move(interview, passes=True)
        steered = self._steer(interview, words, profile, control)
        if steered is not None and steered.passes and spoke_last:
            # After a result an owner often adds what was forgotten.
            more, says = self._take_in(interview, self._part(words)[0])
            taken = self.asker.words_of(more).taken_up
            return Move(more, (*says, taken)) if says else steered
        if steered is not None:
            return steered
        statements, asks = self._part(words)
        if control is Control.RESULT:
            interview, says = self._take_in(interview, statements)
            shown = self.asker.reopen(interview, profile, says, stays=True)
            return replace(shown, says=tuple(says), shows_result=True)
        if asks and not interview.fixing:
            interview, _ = self._take_in(interview, statements)
            return Move(replace(interview, phase=Phase.ASIDE), passes=True)
        if interview.phase is Phase.ASIDE and not self._answers_open(interview, words):
            return Move(interview, passes=True)
        interview = replace(interview, phase=Phase.ASKING)
        return self._answer(interview, words, profile, control, told=told)

    def _steer(
        self, interview: Interview, words: str, profile: Profile, control: Control | None
    ) -> Move | None:
        """Follow words that steer; None where the message has to be read for what it says."""
        if control is Control.RESTART:
            return self.begin(profile, language=interview.language)
        if control is Control.RESUME:
            return self.resume(interview, profile)
        if control is Control.CORRECT and interview.answers:
            return self.corrector.correct(interview, _without_lead(interview, words), profile)
        if control is Control.NEXT and len(interview.answers) >= ENOUGH_FOR_STEPS:
            if not interview.is_active:
                return Move(interview, shows_plan=True)
            return replace(self.asker.reopen(interview, profile, []), says=(), shows_plan=True)
        if not interview.is_active:
            if control is Control.STOP:
                return Move(interview, (self.asker.words_of(interview).paused,))
            shows = control is Control.RESULT and bool(interview.answers)
            return Move(interview, shows_result=shows, passes=not shows)
        return self._steer_active(interview, words, profile, control)

    def _steer_active(
        self, interview: Interview, words: str, profile: Profile, control: Control | None
    ) -> Move | None:
        """Follow words that steer an interview that is going on."""
        if control is Control.PAUSE:
            return Move(
                replace(interview, phase=Phase.PAUSED), (self.asker.words_of(interview).paused,)
            )
        if control is Control.STOP:
            return self.asker.finish(interview, [])
        if control is Control.AGREE and interview.phase is Phase.ASIDE:
            return self.resume(interview, profile)
        return self._steer_question(interview, words, profile, control)

    def _steer_question(
        self, interview: Interview, words: str, profile: Profile, control: Control | None
    ) -> Move | None:
        """Follow words about the open question."""
        phrases = self.asker.words_of(interview)
        if control is Control.HOW_LONG:
            left = phrases.remaining(self.asker.remaining(interview))
            return self.asker.reopen(interview, profile, [left], stays=True)
        if interview.asked is None:
            return None
        if control is Control.EXPLAIN:
            why = phrases.explain(self.instrument.item_by_id[interview.asked])
            return self.asker.reopen(interview, profile, [why], stays=True)
        if control is Control.SKIP:
            return self.asker.leave(interview, profile, [phrases.skipped])
        if control is Control.IMPATIENT or not without_oaths(words):
            annoyed = sum(one.note == IMPATIENT for one in interview.answers)
            if interview.asked not in interview.answered():
                unknown = ItemAnswer(interview.asked, AnswerStatus.UNKNOWN, note=IMPATIENT)
                interview = interview.with_answers(unknown)
            return self.asker.leave(interview, profile, [phrases.sorry(annoyed)])
        return None

    def _answers_open(self, interview: Interview, words: str) -> bool:
        """Tell whether words after a change of subject surely answer the question left open."""
        if interview.check is not None or interview.asked is None:
            return False
        return self.reader.read(interview.asked, words, about=ABOUT_WITH_FACTS).is_sure

    def _part(self, words: str) -> tuple[str, bool]:
        """Split a message into what it states and whether it ends by asking for something."""
        parts = clauses_of(words)
        asking = [
            (self.reader.is_question(part) and not doubts(part)) or requests(part) for part in parts
        ]
        statements = " ".join(part for part, asks in zip(parts, asking, strict=True) if not asks)
        return statements, bool(asking) and asking[-1]

    def _answer(
        self,
        interview: Interview,
        words: str,
        profile: Profile,
        control: Control | None,
        *,
        told: bool,
    ) -> Move:
        words = without_oaths(words)
        if interview.check is not None:
            return self.corrector.settle(interview, words, profile)
        if interview.fixing and interview.answers:
            return self.corrector.correct(interview, _without_lead(interview, words), profile)
        asked = interview.asked
        if asked is None:
            return self.asker.go_on(interview, profile, [])
        if control is Control.DENY:
            rest = _without_lead(interview, words)
            yes_or_no = asks_yes_or_no(self.instrument.item_by_id[asked].question)
            if not rest and not yes_or_no and interview.last:
                return self.corrector.correct(interview, "", profile)
            if rest and interview.last and self.corrector.is_about_last(interview, rest):
                return self.corrector.correct(interview, rest, profile)
            words = rest or "아니요, 없어요"
        is_yes = control is Control.AGREE
        return self.taker.take(interview, words, profile, told=told, is_yes=is_yes)

    def _take_in(self, interview: Interview, statements: str) -> tuple[Interview, list[str]]:
        """Take what a message states beside its question."""
        if not statements:
            return interview, []
        interview, found, says = self.taker.take_others(interview, statements, but=None)
        rest = without(statements, found)
        asked = interview.asked
        if asked and rest and asked not in interview.answered() and not interview.check:
            reading = self.reader.read(asked, rest, about=ABOUT_WITH_FACTS)
            if reading.is_sure and reading.level is not None:
                interview = interview.with_answers(reading.as_answer(asked, rest))
                phrases = self.asker.words_of(interview)
                says.append(phrases.noted(self.instrument.item_by_id[asked], reading.level))
        if says:
            interview = replace(interview, last=interview.answers[-1].item)
        return interview, says


def _without_lead(interview: Interview, words: str) -> str:
    strip = without_lead_english if interview.language == "en" else without_lead
    return strip(words)
