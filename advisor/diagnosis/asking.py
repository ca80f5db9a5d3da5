"""What an interview asks next and how, so that nobody hears the same question twice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.diagnosis.collect import Collected, collect
from advisor.diagnosis.diagnose import diagnose
from advisor.diagnosis.interview_state import Interview, Move, Phase
from advisor.diagnosis.known import with_worry
from advisor.diagnosis.phrasing import Words
from advisor.diagnosis.reading import Reader
from advisor.diagnosis.squeeze import squeeze
from advisor.diagnosis.stable import is_stable
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import AnswerStatus, Diagnosis, ItemAnswer

# Nobody answers more in one sitting; the result then shows how far the level may still move.
MOST_QUESTIONS = 16
# Asked to choose between two sentences this often, an owner has no preference.
MOST_CHOICES = 4
_PLACES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"^(?:{mark}|{digit}(?:번.*|이?요|이에요|예요)?$|{spoken})")
    for mark, digit, spoken in (
        ("①", "1", "일번|첫(번|째)|전자|앞(쪽|에|의|거|것|$)"),
        ("②", "2", "이번(이|에|요|$)|두번째|둘째|후자|뒤(쪽|에|의|거|것|$)"),
        ("③", "3", "삼번|세번째|셋째"),
        ("④", "4", "사번|네번째|넷째"),
        ("⑤", "5", "오번|다섯(번|째)|마지막"),
    )
)
_CHOICE_LENGTH = 12


@dataclass(frozen=True)
class Asker:
    """Puts questions; holds nothing of any owner."""

    instrument: Instrument
    reader: Reader
    words: Mapping[str, Words]

    def words_of(self, interview: Interview) -> Words:
        """Return the sentences in the language of the talk."""
        return self.words[interview.language]

    def diagnose(self, interview: Interview, profile: Profile) -> Diagnosis:
        """Diagnose what is known so far; the worst problem orders the plan."""
        worst = interview.answered().get(self.instrument.quick_check.items[0])
        profile = with_worry(profile, worst.note if worst else "")
        return diagnose(self.instrument, interview.answers, profile)

    def go_on(self, interview: Interview, profile: Profile, says: list[str]) -> Move:
        """Ask about a contradiction, else the next item, else finish."""
        collected = collect(self.instrument, interview.answers)
        for check in self.instrument.consistency_checks:
            if check.id in collected.contradictions and check.id not in interview.checked:
                interview = replace(
                    interview, check=check.id, checked=(*interview.checked, check.id), choice=None,
                    asked=None, fixing=False, questions=interview.questions + 1,
                )  # fmt: skip
                return Move(interview, tuple(says), self.words_of(interview).check(check))
        result = self.diagnose(interview, profile)
        if result.next_item is None or self._is_enough(interview, collected, result):
            return self.finish(interview, says)
        return self.ask(interview, result.next_item, says)

    def _is_enough(self, interview: Interview, collected: Collected, result: Diagnosis) -> bool:
        if interview.thorough:
            return result.may_stop
        if interview.questions >= MOST_QUESTIONS:
            return True
        return is_stable(self.instrument, collected, result.level)

    def ask(self, interview: Interview, item_id: str, says: list[str]) -> Move:
        """Ask about an item: openly, then by its probes, then among its sentences."""
        item = self.instrument.item_by_id[item_id]
        words = self.words_of(interview)
        time = interview.times.get(item_id, 0)
        is_new = interview.asked != item_id or not time
        interview = replace(
            interview, asked=item_id, choice=None, check=None, fixing=False,
            questions=interview.questions + is_new, times={**interview.times, item_id: time + 1},
        )  # fmt: skip
        if time == 0:
            return Move(interview, tuple(says), words.question(item))
        again = words.ask_again(item)
        if time == 1 and again:
            return Move(interview, tuple(says), again)
        return self.ask_among_all(interview, item_id, says)

    def ask_among_all(self, interview: Interview, item_id: str, says: list[str]) -> Move:
        """Let the owner choose among all sentences of an item; there is no way after that."""
        item = self.instrument.item_by_id[item_id]
        levels = tuple(one.value for one in item.anchors)
        interview = replace(
            interview, asked=item_id, choice=levels, check=None, fixing=False,
            times={**interview.times, item_id: MOST_CHOICES},
        )  # fmt: skip
        question = self.words_of(interview).ask_among(item, levels, len(interview.times))
        return Move(interview, tuple(says), question)

    def can_ask(self, interview: Interview, item_id: str) -> bool:
        """Tell whether there is still a way left to ask about an item."""
        return interview.times.get(item_id, 0) < MOST_CHOICES

    def ask_among(
        self, interview: Interview, item_id: str, levels: tuple[int, ...], says: list[str]
    ) -> Move:
        """Let the owner choose among likely levels of an item."""
        item = self.instrument.item_by_id[item_id]
        levels = tuple(range(min(levels), max(levels) + 1))
        again = interview.choice == levels and interview.asked == item_id
        interview = replace(
            interview, asked=item_id, choice=levels, check=None, fixing=False,
            questions=interview.questions + (not again),
            times={**interview.times, item_id: MOST_CHOICES if again else MOST_CHOICES - 1},
        )  # fmt: skip
        question = self.words_of(interview).ask_among(
            item, levels, len(interview.times), again=again
        )
        return Move(interview, tuple(says), question)

    def reopen(
        self, interview: Interview, profile: Profile, says: list[str], *, stays: bool = False
    ) -> Move:
        """Come back to the question left open, else to the next one.

        Args:
            interview: The state so far.
            profile: Of the company.
            says: What is said before.
            stays: Whether the question still stands above, so that it need not be asked anew.
        """
        asked = interview.asked
        words = self.words_of(interview)
        interview = replace(interview, phase=Phase.ASKING)
        if asked is None or (interview.choice is None and asked in interview.answered()):
            return self.go_on(interview, profile, says or [words.go_on])
        if not self.can_ask(interview, asked):
            if stays:
                return Move(interview, tuple(says), words.choose_above)
            return self.leave(interview, profile, says or [words.go_on])
        if not stays:
            says = [
                *says,
                words.back_to(self.instrument.item_by_id[asked], sum(interview.times.values())),
            ]
        if interview.choice is not None:
            return self.ask_among(interview, asked, interview.choice, says)
        return self.ask(interview, asked, says)

    def leave(self, interview: Interview, profile: Profile, says: list[str]) -> Move:
        """Leave the open question: what was half understood stays, else it is unknown."""
        asked = interview.asked
        if asked is not None and asked not in interview.answered():
            unknown = ItemAnswer(asked, AnswerStatus.UNKNOWN)
            interview = interview.with_answers(unknown)
        return self.go_on(replace(interview, choice=None, fixing=False), profile, says)

    def finish(self, interview: Interview, says: list[str]) -> Move:
        """End the interview and show the result."""
        interview = replace(
            interview, phase=Phase.DONE, asked=None, choice=None, check=None, fixing=False
        )
        return Move(interview, tuple(says), None, shows_result=True)

    def remaining(self, interview: Interview) -> int:
        """Return how many questions are left at least: those of the quick check, or one."""
        collected = collect(self.instrument, interview.answers)
        quick = [one for one in self.instrument.quick_check.items if collected.is_open(one)]
        return max(1, len(quick))

    def chosen(self, interview: Interview, words: str) -> int | None:
        """Return which of the levels is chosen, by place or by words; None for none of them."""
        assert interview.choice is not None
        assert interview.asked is not None
        text = squeeze(words)
        if len(text) <= _CHOICE_LENGTH:
            for place, pattern in enumerate(_PLACES[: len(interview.choice)]):
                if pattern.search(text):
                    return interview.choice[place]
        reading = self.reader.read(interview.asked, words)
        if reading.status is not AnswerStatus.ANSWERED or not (
            reading.is_sure or reading.ground == "cue"
        ):
            return None
        return reading.level if reading.level in interview.choice else None
