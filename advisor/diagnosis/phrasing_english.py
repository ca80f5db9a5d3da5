"""What an interview says in English (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.diagnosis.phrasing import KNOWN_SHOWN, Words
from advisor.domain.instrument import ConsistencyCheck, Item
from advisor.domain.readiness_english import English, EnglishItem


@dataclass(frozen=True)
class EnglishWords(Words):
    """The interview's sentences, in English."""

    english: English | None = None

    opening = (
        "Good. I will ask a few things, one at a time, to see how ready the company is for AI. "
        'Say "I don\'t know" where you don\'t, and "stop" when you want to stop.'
    )
    go_on = "Let us go on with the readiness check."
    paused = (
        'We pause here. Your answers are kept; say "continue the check" whenever you want to go on.'
    )
    noted_facts = "I noted that about the company."
    still_open = "The two answers do not fit together; I noted that and go on."
    left_open = "I leave open what is not known."
    skipped = "All right, we skip this one."
    gave_up = "I could not follow, so I leave this one open and go on."
    short_yes = "I see. Could you tell me a little more?"
    choose_above = "Please pick a number above, or say it in your own words."
    taken_up = 'I took that into the result. Say "show the result" to see it.'
    once_more = "Let me ask that again."

    _back_to = ("Back to {label}.", "We were at {label}.", "Once more about {label}.")
    _choose = ("Which of these fits best?", "Please pick the closest one.", "Which comes closest?")
    _correct = 'If that is wrong, say "no, actually …".'
    _understood = ("I understood: {said}.", "Noted: {said}.", "All right: {said}.")
    _not_understood = ("I did not quite follow that.", "Sorry, I did not get that.")
    _dont_mind = ("That is fine.", "No problem, I leave it open.", "I leave this one open too.")
    _corrected = ("Corrected. {label}: {said}.", "I changed {label}: {said}.")
    _sorry = (
        'Sorry for the trouble. We skip this one; say "stop" to end here.',
        'I will be brief. Say "show the result" to see what is known so far.',
        "We skip this one too.",
    )

    def question(self, item: Item) -> str:
        return self._of(item).question

    def label(self, item: Item) -> str:
        return self._of(item).label

    def level(self, item: Item, level: int) -> str:
        text = self._of(item).anchors[level].rstrip(". ")
        return text if text[:2].isupper() else text[:1].lower() + text[1:]

    def check(self, check: ConsistencyCheck) -> str:
        assert self.english is not None
        return self.english.rules.checks[check.id]

    def ask_again(self, item: Item) -> str | None:
        return None

    def for_now(self, item: Item, level: int) -> str:
        return f"For now I keep: {self.level(item, level)}. Correct me where that is wrong."

    def noted(self, item: Item, level: int) -> str:
        return f"I also noted, about {self.label(item).lower()}: {self.level(item, level)}."

    def changed(self, item: Item, level: int) -> str:
        return f"I changed the earlier answer. {self.label(item)}: {self.level(item, level)}."

    def known_before(self, known: Sequence[tuple[Item, int]]) -> str:
        shown = "; ".join(
            f"{self.label(item)} - {self.level(item, level)}" for item, level in known
        )
        return f"From what you said before I understood: {shown}. Correct me where that is wrong."

    def back_to(self, item: Item, turn: int) -> str:
        return self._back_to[turn % len(self._back_to)].format(label=self.label(item).lower())

    def ask_among(
        self, item: Item, levels: Sequence[int], turn: int, *, again: bool = False
    ) -> str:
        lead = "If you had to choose?" if again else self._choose[turn % len(self._choose)]
        return "\n".join((lead, *self._options(item, levels)))

    def ask_what_to_fix(self, known: Sequence[tuple[Item, int]]) -> str:
        shown = " / ".join(
            f"{self.label(item)}: {self.level(item, level)}" for item, level in known[:KNOWN_SHOWN]
        )
        return f"This is what I noted. {shown}. Which is wrong, and what is right?"

    def ask_whom(self, item: Item, turn: int) -> str:
        return self.dont_mind(turn)

    def explain(self, item: Item) -> str:
        return f"I ask because it is one of the things AI depends on: {self.label(item).lower()}."

    def remaining(self, count: int) -> str:
        if count <= 1:
            return "We are nearly done; one or two more."
        return f'About {count} more. You can say "stop" at any time.'

    def not_applicable(self, item: Item) -> str:
        return f"I noted that {self.label(item).lower()} does not apply."

    def too_much_unknown(self, items: Sequence[Item]) -> str:
        about = ", ".join(self.label(one).lower() for one in items)
        return (
            f"Let us pause here. Somebody else in the company may know about {about}; "
            'say "continue the check" once you do.'
        )

    def _fill(self, wording: str, item: Item, level: int) -> str:
        return wording.format(said=self.level(item, level), label=self.label(item))

    def _of(self, item: Item) -> EnglishItem:
        assert self.english is not None
        return self.english.dimensions[item.dimension].items[item.id]
