"""The state of a readiness interview, small and serialisable, and one move of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from advisor.domain.readiness import AnswerStatus, ItemAnswer


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
        choice: The levels among which the open question lets choose, lowest first.
        check: The contradiction the open question is about; `checked` were asked about.
        last: The item understood last: a correction is about it.
        fixing: Whether the open question is what to correct.
        times: How often each item was asked about: nobody hears a question twice.
        unknown_run: Items in a row that the owner did not know.
        questions: How many questions were asked so far.
        thorough: Whether to go on after the level is stable.
        language: Of the talk.
    """

    version: str
    phase: Phase = Phase.ASKING
    answers: tuple[ItemAnswer, ...] = ()
    asked: str | None = None
    choice: tuple[int, ...] | None = None
    check: str | None = None
    checked: tuple[str, ...] = ()
    last: str | None = None
    fixing: bool = False
    times: Mapping[str, int] = field(default_factory=dict)
    unknown_run: int = 0
    questions: int = 0
    thorough: bool = False
    language: str = "ko"

    @property
    def is_active(self) -> bool:
        """Tell whether the next message may be an answer."""
        return self.phase in (Phase.ASKING, Phase.ASIDE)

    def to_json(self) -> dict[str, Any]:
        """Return the state as JSON values."""
        return {
            "version": self.version, "phase": self.phase.value, "asked": self.asked,
            "choice": list(self.choice) if self.choice else None, "check": self.check,
            "checked": list(self.checked), "last": self.last, "fixing": self.fixing,
            "times": dict(self.times), "unknown_run": self.unknown_run,
            "questions": self.questions, "thorough": self.thorough, "language": self.language,
            "answers": [
                {"item": one.item, "status": one.status.value, "value": one.value, "grade": one.grade,
                 "note": one.note}
                for one in self.answers
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, state: Mapping[str, Any]) -> "Interview":
        """Return the state that `to_json` wrote; also one written before a field was added."""
        choice = state.get("choice")
        return cls(
            version=state["version"], phase=Phase(state["phase"]), asked=state.get("asked"),
            choice=tuple(choice) if choice else None, check=state.get("check"),
            checked=tuple(state.get("checked", ())), last=state.get("last"),
            fixing=state.get("fixing", False), times=dict(state.get("times", {})),
            unknown_run=state.get("unknown_run", 0), questions=state.get("questions", 0),
            thorough=state.get("thorough", False), language=state.get("language", "ko"),
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

    def level_of(self, item_id: str) -> int | None:
        """Return the level an item was answered with, if it was."""
        return next((one.value for one in self.answers if one.item == item_id), None)


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
