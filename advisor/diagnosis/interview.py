"""The readiness interview as a state machine: a state and an owner's words to the next state.

Nothing here knows the chat: the state is small and serialisable, the reader of answers is given,
and a move says what to tell the owner and whether the interview is over.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from advisor.diagnosis import phrasing
from advisor.diagnosis.collect import collect
from advisor.diagnosis.controls import (
    Control,
    asks_yes_or_no,
    control_of,
    doubts,
    requests,
    without_lead,
)
from advisor.diagnosis.diagnose import diagnose
from advisor.diagnosis.known import known_answers, with_worry
from advisor.diagnosis.stable import is_stable
from advisor.diagnosis.talk import Reading, Volunteered, clauses_of
from advisor.domain.profile import Profile
from advisor.domain.readiness import AnswerStatus, Diagnosis, Instrument, ItemAnswer

UNKNOWNS_IN_A_ROW = 3
TRIES = 2
# Nobody answers more in one sitting; the result then shows how far the level may still move.
MOST_QUESTIONS = 16
# With fewer answers the first steps would be the same for everybody.
ENOUGH_FOR_STEPS = 3
# Told something about the company, words must be this close to the item to answer it as well.
ABOUT_WITH_FACTS = 0.02
# A weak "아니요" corrects the last answer where the rest is nearer to it than to the open question.
CORRECTS_FROM = 0.02
CHOICES: Mapping[str, int] = {
    "①": 0, "1": 0, "일번": 0, "첫": 0, "앞": 0, "전자": 0, "아래": 0,
    "②": 1, "2": 1, "이번": 1, "둘째": 1, "두번": 1, "뒤": 1, "후자": 1,
}  # fmt: skip


class Reader(Protocol):
    """What an interview needs to understand answers; `advisor.diagnosis.talk` has the real one."""

    def read(self, item_id: str, words: str, *, about: float = ...) -> Reading: ...

    def volunteered(self, words: str, *, but: Collection[str] = ()) -> list[Volunteered]: ...

    def nearness(self, words: str, items: Collection[str]) -> dict[str, float]: ...

    def is_question(self, words: str) -> bool: ...

    def warm(self) -> None: ...


class Phase(StrEnum):
    """Where an interview stands."""

    ASKING = "asking"
    ASIDE = "aside"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Interview:
    """What is known and what was asked.

    Attributes:
        version: Of the instrument that the answers are given to.
        answers: One per item that was answered, in the order they came.
        asked: The item the open question is about.
        choice: The two levels between which the open question lets choose.
        check: The contradiction the open question is about; `checked` were asked about.
        last: The item understood last: a correction is about it.
        tries: How often the open item was asked without an answer.
        unknown_run: Items in a row that the owner did not know.
        questions: How many questions were asked so far.
        thorough: Whether to go on after the level is stable.
    """

    version: str
    phase: Phase = Phase.ASKING
    answers: tuple[ItemAnswer, ...] = ()
    asked: str | None = None
    choice: tuple[int, int] | None = None
    check: str | None = None
    checked: tuple[str, ...] = ()
    last: str | None = None
    tries: int = 0
    unknown_run: int = 0
    questions: int = 0
    thorough: bool = False

    @property
    def is_active(self) -> bool:
        """Tell whether the next message may be an answer."""
        return self.phase in (Phase.ASKING, Phase.ASIDE)

    def to_json(self) -> dict[str, Any]:
        """Return the state as JSON values."""
        return {
            "version": self.version, "phase": self.phase.value, "asked": self.asked,
            "choice": list(self.choice) if self.choice else None, "check": self.check,
            "checked": list(self.checked), "last": self.last, "tries": self.tries,
            "unknown_run": self.unknown_run, "questions": self.questions, "thorough": self.thorough,
            "answers": [
                {"item": one.item, "status": one.status.value, "value": one.value, "grade": one.grade,
                 "note": one.note}
                for one in self.answers
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, state: Mapping[str, Any]) -> "Interview":
        """Return the state that `to_json` wrote."""
        choice = state.get("choice")
        return cls(
            version=state["version"], phase=Phase(state["phase"]), asked=state.get("asked"),
            choice=(choice[0], choice[1]) if choice else None, check=state.get("check"),
            checked=tuple(state.get("checked", ())), last=state.get("last"),
            tries=state.get("tries", 0), unknown_run=state.get("unknown_run", 0),
            questions=state.get("questions", 0), thorough=state.get("thorough", False),
            answers=tuple(
                ItemAnswer(one["item"], AnswerStatus(one["status"]), one["value"], one["grade"],
                           one["note"])
                for one in state.get("answers", ())
            ),
        )  # fmt: skip

    def with_answers(self, *new: ItemAnswer) -> "Interview":
        """Return the state in which `new` stand for their items."""
        gone = {one.item for one in new}
        kept = tuple(one for one in self.answers if one.item not in gone)
        return replace(self, answers=(*kept, *new))

    def answered(self) -> dict[str, ItemAnswer]:
        """Return the answers by item."""
        return {one.item: one for one in self.answers}


@dataclass(frozen=True, slots=True)
class Move:
    """What the interview does next.

    Attributes:
        interview: The state after it.
        says: Sentences before the question, in order.
        question: What is asked; None where nothing is.
        shows_result: Whether the result is to be shown now; with a question it is a first look.
        shows_plan: Whether the first steps are to be shown, whatever is known so far.
        passes: Whether the message asks about something else and is for others to answer.
    """

    interview: Interview
    says: tuple[str, ...] = ()
    question: str | None = None
    shows_result: bool = False
    shows_plan: bool = False
    passes: bool = False


@dataclass(frozen=True)
class Interviewer:
    """Moves interviews on; holds nothing of any owner."""

    instrument: Instrument
    reader: Reader

    def begin(self, profile: Profile, earlier: Sequence[str] = ()) -> Move:
        """Begin with what the profile and earlier messages (oldest first) already say."""
        interview = Interview(self.instrument.meta.version)
        said = [
            one.reading.as_answer(one.item, one.words)
            for words in earlier
            for one in self.reader.volunteered(words)
        ]
        interview = interview.with_answers(*known_answers(self.instrument, profile))
        interview = interview.with_answers(*{one.item: one for one in said}.values())
        known = {one.item: one.value for one in interview.answers if one.value is not None}
        says = [phrasing.OPENING]
        if known:
            says.append(phrasing.known_before(self.instrument, known))
        return self._go_on(interview, profile, says)

    def resume(self, interview: Interview, profile: Profile) -> Move:
        """Go on where the interview stopped; after a result it asks for what is still open."""
        thorough = interview.thorough or interview.phase is Phase.DONE
        interview = replace(interview, phase=Phase.ASKING, unknown_run=0, thorough=thorough)
        if interview.asked and (interview.choice or interview.check is None):
            question = self._question(interview)
            return Move(interview, (phrasing.GO_ON,), question)
        return self._go_on(interview, profile, [phrasing.GO_ON])

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
            told: Whether the message told facts for the profile.
            spoke_last: Whether the interview said the last thing; else "그게 아니라" is about
                something else.
        """
        control = control_of(words)
        if control is Control.CORRECT and not spoke_last:
            return Move(interview, passes=True)
        steered = self._steer(interview, words, profile, control)
        if steered is not None and steered.passes and spoke_last:
            # After a result an owner often adds what was forgotten.
            more, says = self._take_in(interview, self._part(words)[0])
            return self._go_on(more, profile, says) if says else steered
        if steered is not None:
            return steered
        statements, asks = self._part(words)
        if control is Control.RESULT:
            interview, says = self._take_in(interview, statements)
            return replace(self._go_on(interview, profile, says), shows_result=True)
        if control is Control.EXPLAIN and interview.asked:
            item = self.instrument.item_by_id[interview.asked]
            interview = replace(interview, phase=Phase.ASKING)
            return Move(interview, (phrasing.explain(item),), self._question(interview))
        if asks:
            interview, _ = self._take_in(interview, statements)
            return Move(replace(interview, phase=Phase.ASIDE), passes=True)
        if interview.phase is Phase.ASIDE and not self._answers_open(interview, words):
            return Move(interview, passes=True)
        return self._answer(replace(interview, phase=Phase.ASKING), words, profile, control, told)

    def _steer(
        self, interview: Interview, words: str, profile: Profile, control: Control | None
    ) -> Move | None:
        """Follow words that steer; None where the message has to be read for what it says."""
        if control is Control.RESTART:
            return self.begin(profile)
        if control is Control.RESUME:
            return self.resume(interview, profile)
        if control is Control.CORRECT and interview.answers:
            return self._correct(interview, without_lead(words), profile)
        if control is Control.NEXT and len(interview.answers) >= ENOUGH_FOR_STEPS:
            question = self._question(interview) if interview.is_active else None
            return Move(interview, question=question, shows_plan=True)
        if not interview.is_active and control is Control.STOP:
            return Move(interview, (phrasing.PAUSED,))
        if not interview.is_active:
            shows = control is Control.RESULT and bool(interview.answers)
            return Move(interview, shows_result=shows, passes=not shows)
        if control is Control.PAUSE:
            return Move(replace(interview, phase=Phase.PAUSED), (phrasing.PAUSED,))
        if control is Control.STOP:
            return self._finish(interview, [])
        if control is Control.AGREE and interview.phase is Phase.ASIDE:
            return self.resume(interview, profile)
        return None

    def diagnose(self, interview: Interview, profile: Profile) -> Diagnosis:
        """Diagnose what is known so far; the worst problem orders the plan."""
        worst = interview.answered().get(self.instrument.quick_check.items[0])
        profile = with_worry(profile, worst.note if worst else "")
        return diagnose(self.instrument, interview.answers, profile)

    def _answers_open(self, interview: Interview, words: str) -> bool:
        """Tell whether words after a change of subject surely answer the question left open."""
        if interview.check is not None or interview.asked is None:
            return False
        reading = self.reader.read(interview.asked, words, about=ABOUT_WITH_FACTS)
        return reading.is_sure

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
        told: bool,
    ) -> Move:
        if interview.check is not None:
            return self._settle_check(interview, words, profile)
        asked = interview.asked
        if asked is None:
            return self._go_on(interview, profile, [])
        item = self.instrument.item_by_id[asked]
        if interview.choice is not None:
            level = self._chosen(interview, words)
            if level is not None:
                return self._record(interview, asked, level, words, profile)
        if control is Control.DENY:
            rest = without_lead(words)
            if not rest and not asks_yes_or_no(item.question) and interview.last:
                return self._correct(interview, "", profile)
            if rest and interview.last and self._is_about_last(interview, rest):
                return self._correct(interview, rest, profile)
            words = rest or "아니요, 없어요"
        others = self.reader.volunteered(words, but=(asked, *interview.answered()))
        rest = _without(words, others)
        about = {"about": ABOUT_WITH_FACTS} if told else {}
        reading = (
            Reading(AnswerStatus.NOT_ASKED)
            if control is Control.AGREE or (others and not rest)
            else self.reader.read(asked, rest, **about)
        )
        interview = interview.with_answers(
            *(one.reading.as_answer(one.item, one.words) for one in others)
        )
        says = [
            phrasing.noted(self.instrument.item_by_id[one.item], one.reading.level or 0)
            for one in others
        ]
        return self._take(interview, asked, reading, rest, profile, says, told=told)

    def _take(
        self,
        interview: Interview,
        asked: str,
        reading: Reading,
        words: str,
        profile: Profile,
        says: list[str],
        *,
        told: bool,
    ) -> Move:
        item = self.instrument.item_by_id[asked]
        if reading.status is AnswerStatus.NOT_ASKED:
            if says or told:
                # Something else was said; that does not use up a try.
                return Move(interview, (*says, *(() if says else (phrasing.THANKS,))),
                            self._question(interview))  # fmt: skip
            if interview.tries + 1 >= TRIES:
                return self._unknown(interview, asked, words, profile, says)
            interview = replace(interview, tries=interview.tries + 1)
            question = " ".join(item.probes) or item.question
            return Move(interview, (phrasing.NOT_UNDERSTOOD,), question)
        if reading.status is AnswerStatus.UNKNOWN:
            return self._unknown(interview, asked, words, profile, says)
        if reading.status is AnswerStatus.NOT_APPLICABLE:
            interview = interview.with_answers(reading.as_answer(asked, words))
            interview = replace(interview, last=asked, unknown_run=0)
            return self._go_on(interview, profile, [*says, phrasing.not_applicable(item)])
        assert reading.level is not None
        unsure = not reading.is_sure and reading.other is not None and interview.choice is None
        if unsure and reading.other is not None:
            low, high = sorted((reading.level, reading.other))
            interview = replace(
                interview, choice=(low, high), questions=interview.questions + 1,
            ).with_answers(reading.as_answer(asked, words))  # fmt: skip
            return Move(interview, tuple(says), phrasing.ask_between(item, low, high))
        return self._record(interview, asked, reading.level, words, profile, says, grade_of=reading)

    def _record(
        self,
        interview: Interview,
        item_id: str,
        level: int,
        words: str,
        profile: Profile,
        says: Iterable[str] = (),
        grade_of: Reading | None = None,
    ) -> Move:
        before = interview.answered().get(item_id)
        grade = (
            (grade_of.grade if grade_of else None) or (before.grade if before else None) or "say"
        )
        # A choice by number says nothing by itself: the words of the answer before it stay.
        note = before.note if interview.choice and before and before.note else words
        first = interview.last is None
        interview = interview.with_answers(
            ItemAnswer(item_id, AnswerStatus.ANSWERED, level, grade, note)
        )
        interview = replace(interview, last=item_id, unknown_run=0, choice=None)
        item = self.instrument.item_by_id[item_id]
        return self._go_on(
            interview, profile, [*says, phrasing.understood(item, level, first=first)]
        )

    def _unknown(
        self, interview: Interview, asked: str, words: str, profile: Profile, says: list[str]
    ) -> Move:
        item = self.instrument.item_by_id[asked]
        interview = interview.with_answers(
            ItemAnswer(asked, AnswerStatus.UNKNOWN, None, None, words)
        )
        interview = replace(
            interview, last=asked, choice=None, unknown_run=interview.unknown_run + 1
        )
        if interview.unknown_run >= UNKNOWNS_IN_A_ROW:
            missing = [
                self.instrument.item_by_id[one.item]
                for one in interview.answers[-UNKNOWNS_IN_A_ROW:]
            ]
            interview = replace(interview, phase=Phase.PAUSED, asked=None)
            return Move(interview, (*says, phrasing.DONT_MIND, phrasing.too_much_unknown(missing)))
        return self._go_on(interview, profile, [*says, phrasing.ask_whom(item)])

    def _correct(self, interview: Interview, rest: str, profile: Profile) -> Move:
        """Read the words anew for the item they are about, the last one where nothing says else."""
        target = interview.last or interview.answers[-1].item
        if rest:
            known = [*interview.answered()]
            near = self.reader.nearness(rest, known)
            nearest = max(known, key=lambda one: near[one], default=target)
            if near.get(nearest, 0.0) - near.get(target, 0.0) >= CORRECTS_FROM:
                target = nearest
        item = self.instrument.item_by_id[target]
        reading = self.reader.read(target, rest) if rest else Reading(AnswerStatus.NOT_ASKED)
        interview = replace(interview, phase=Phase.ASKING, choice=None, check=None)
        if reading.status is AnswerStatus.ANSWERED and reading.level is not None:
            interview = replace(
                interview.with_answers(reading.as_answer(target, rest)), last=target
            )
            says = [phrasing.corrected(item, reading.level)]
            if (
                interview.asked not in (None, target)
                and interview.asked not in interview.answered()
            ):
                return Move(interview, tuple(says), self._question(interview))
            return self._go_on(interview, profile, says)
        if reading.status is AnswerStatus.UNKNOWN:
            return self._unknown(interview, target, rest, profile, [])
        interview = replace(interview, asked=target, last=None, tries=0)
        return Move(interview, ("네, 다시 여쭤보겠습니다.",), self._question(interview))

    def _settle_check(self, interview: Interview, words: str, profile: Profile) -> Move:
        """Take an answer to a contradiction: it may change one of the items it is about."""
        check = next(one for one in self.instrument.consistency_checks if one.id == interview.check)
        interview = replace(interview, check=None)
        best: tuple[float, str, Reading] | None = None
        for condition in check.when:
            reading = self.reader.read(condition.item, words)
            if reading.status is not AnswerStatus.ANSWERED:
                continue
            changed = interview.with_answers(reading.as_answer(condition.item, words))
            settles = check.id not in collect(self.instrument, changed.answers).contradictions
            if settles and (best is None or reading.about > best[0]):
                best = (reading.about, condition.item, reading)
        if best is None:
            return self._go_on(interview, profile, [phrasing.STILL_OPEN])
        _, item_id, reading = best
        assert reading.level is not None
        interview = replace(interview.with_answers(reading.as_answer(item_id, words)), last=item_id)
        item = self.instrument.item_by_id[item_id]
        return self._go_on(interview, profile, [phrasing.corrected(item, reading.level)])

    def _take_in(self, interview: Interview, statements: str) -> tuple[Interview, list[str]]:
        """Take what a message states beside its question."""
        if not statements:
            return interview, []
        found = self.reader.volunteered(statements, but=tuple(interview.answered()))
        answers = [one.reading.as_answer(one.item, one.words) for one in found]
        rest = _without(statements, found)
        asked = interview.asked
        if asked and rest and asked not in {one.item for one in found} and not interview.check:
            reading = self.reader.read(asked, rest, about=ABOUT_WITH_FACTS)
            if reading.is_sure:
                answers.append(reading.as_answer(asked, rest))
        says = [
            phrasing.noted(self.instrument.item_by_id[one.item], one.value)
            for one in answers
            if one.value is not None
        ]
        if answers:
            interview = replace(interview.with_answers(*answers), last=answers[-1].item)
        return interview, says

    def _go_on(self, interview: Interview, profile: Profile, says: list[str]) -> Move:
        """Ask about a contradiction, else the next item, else finish."""
        collected = collect(self.instrument, interview.answers)
        for check in self.instrument.consistency_checks:
            if check.id in collected.contradictions and check.id not in interview.checked:
                interview = replace(
                    interview, check=check.id, checked=(*interview.checked, check.id), choice=None,
                    asked=None, questions=interview.questions + 1,
                )  # fmt: skip
                return Move(interview, tuple(says), check.ask)
        result = self.diagnose(interview, profile)
        if interview.thorough:
            enough = result.may_stop
        else:
            enough = interview.questions >= MOST_QUESTIONS or is_stable(
                self.instrument, collected, result.level
            )
        if result.next_item is None or enough:
            return self._finish(interview, says)
        interview = replace(
            interview, asked=result.next_item, choice=None, check=None, tries=0,
            questions=interview.questions + 1,
        )  # fmt: skip
        return Move(interview, tuple(says), self._question(interview))

    def _finish(self, interview: Interview, says: list[str]) -> Move:
        interview = replace(interview, phase=Phase.DONE, asked=None, choice=None, check=None)
        return Move(interview, tuple(says), None, shows_result=True)

    def _question(self, interview: Interview) -> str | None:
        if interview.check is not None:
            return next(
                one.ask for one in self.instrument.consistency_checks if one.id == interview.check
            )
        if interview.asked is None:
            return None
        item = self.instrument.item_by_id[interview.asked]
        if interview.choice is not None:
            return phrasing.ask_between(item, *interview.choice)
        return item.question

    def _chosen(self, interview: Interview, words: str) -> int | None:
        """Return which of the two levels is chosen, by number or by words; None for neither."""
        assert interview.choice is not None
        assert interview.asked is not None
        text = words.replace(" ", "")
        if len(text) <= 12:
            for mark, place in CHOICES.items():
                if text.startswith(mark):
                    return interview.choice[place]
        reading = self.reader.read(interview.asked, words)
        return reading.level if reading.level in interview.choice else None

    def _is_about_last(self, interview: Interview, rest: str) -> bool:
        last, asked = interview.last, interview.asked
        if last is None or asked is None:
            return last is not None
        near = self.reader.nearness(rest, (last, asked))
        return near[last] - near[asked] >= CORRECTS_FROM


def _without(words: str, found: Sequence[Volunteered]) -> str:
    """Return the clauses that were not taken for other items."""
    taken = {one.words for one in found}
    return " ".join(one for one in clauses_of(words) if one not in taken)
