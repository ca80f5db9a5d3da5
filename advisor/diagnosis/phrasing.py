"""What an interview says: in the owner's words, never a level's number (pure).

Whoever answers eight questions hears eight acknowledgements, so each comes in a few wordings; a
count picks one, which keeps a talk repeatable. `phrasing_english.py` says the same in English.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from advisor.domain.instrument import ConsistencyCheck, Instrument, Item

_BRACKETS = re.compile(r"\s?\([^)]*\)")
# "전부다", "기계다", "자동이다": after a noun it is "라고".
_COPULA = re.compile(r"(이|전부|기계)다$")
MARKS = "①②③④⑤"
KNOWN_SHOWN = 3
OFFER_TO_GO_ON = "진단 이어서 할까요?"
OFFER_TO_GO_ON_ENGLISH = "Shall we go on with the readiness check?"

# What is said about each level of an item, by item; see `corpus/readiness/said.yaml`.
Said = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Words:
    """The interview's sentences, in Korean."""

    instrument: Instrument
    said: Said = field(default_factory=dict)

    opening = (
        "좋습니다. AI를 맞을 준비가 얼마나 되어 있는지 몇 가지를 여쭤보고 함께 확인하겠습니다. 하나씩 편하게 말씀해 주세요. "
        "모르시면 '모르겠어요', 멈추고 싶으시면 '그만'이라고 하시면 됩니다."
    )
    go_on = "진단을 이어서 하겠습니다."
    paused = (
        "네, 진단을 여기서 쉬겠습니다. 지금까지의 답은 저장해 두었습니다. "
        "언제든 '진단 계속할게요'라고 하시면 이어서 여쭤보겠습니다."
    )
    noted_facts = "회사 정보로 적어 두었습니다."
    still_open = "두 말씀이 서로 맞지 않는 점은 적어 두고 넘어가겠습니다."
    left_open = "모르시는 부분은 비워 두겠습니다."
    skipped = "네, 이 질문은 넘어가겠습니다."
    gave_up = "제가 잘 알아듣지 못해 이 질문은 비워 두고 넘어가겠습니다."
    short_yes = "네, 그러시군요. 조금만 더 여쭤보겠습니다."
    choose_above = "위의 보기에서 번호로 고르시거나 편하게 말씀해 주세요."
    taken_up = "결과에 반영했습니다. 바뀐 결과를 보시려면 '결과 보여 줘'라고 하시면 됩니다."
    once_more = "네, 다시 여쭤보겠습니다."

    _back_to = (
        "‘{label}’ 이야기로 돌아가겠습니다.", "아까 여쭤본 ‘{label}’ 이야기를 이어 가겠습니다.",
        "다시 ‘{label}’ 차례입니다.",
    )  # fmt: skip
    _choose = (
        "이 가운데 가장 가까운 것을 골라 주세요.", "가장 가까운 것을 번호로 말씀해 주세요.",
        "어느 것에 가장 가까우세요?",
    )  # fmt: skip
    _correct = "다르면 '아니 그게 아니라'라고 하고 고쳐 주세요."
    _understood: ClassVar[tuple[str, ...]] = (
        "{said}고 이해했습니다.", "네, {said}고 적어 두었습니다.",
        "알겠습니다. {said}는 말씀이시지요.", "네, {said}고 들었습니다.",
    )  # fmt: skip
    _not_understood = (
        "제가 답을 잘 알아듣지 못했습니다.", "죄송합니다. 제가 제대로 알아듣지 못했습니다.",
    )  # fmt: skip
    _dont_mind = (
        "네, 모르셔도 괜찮습니다.", "괜찮습니다. 비워 두겠습니다.", "네, 이것도 비워 두겠습니다.",
    )  # fmt: skip
    _corrected = (
        "고쳤습니다. {label}: {said}고 이해했습니다.", "네, {label}: {said}고 고쳐 적었습니다.",
    )  # fmt: skip
    _sorry = (
        "번거롭게 해 드려 죄송합니다. 이 질문은 넘어가겠습니다. 그만하시려면 '그만'이라고 하시면 됩니다.",
        "네, 짧게 여쭤보겠습니다. 지금까지의 결과를 보시려면 '결과 보여 줘'라고 하셔도 됩니다.",
        "네, 이것도 넘어가겠습니다.",
    )  # fmt: skip

    def question(self, item: Item) -> str:
        """Return the question of an item."""
        return item.question

    def label(self, item: Item) -> str:
        """Return what an item is called."""
        return item.label

    def level(self, item: Item, level: int) -> str:
        """Return what a level means for the owner: a short sentence without its full stop."""
        said = self.said.get(item.id)
        return said[level] if said else anchor_of(item, level)

    def check(self, check: ConsistencyCheck) -> str:
        """Return the question about a contradiction."""
        return check.ask

    def ask_again(self, item: Item) -> str | None:
        """Ask about the item in other words than its question; None where there are none."""
        says = ", ".join(f"“{one.say}”" for one in item.signals)
        return f"‘{item.label}’에 대해 편하게 말씀해 주세요. 예를 들면 {says}처럼요."

    def understood(self, item: Item, level: int, turn: int, *, first: bool) -> str:
        """Say back what an answer was understood as; the first time also how to correct it."""
        said = self._fill(self._understood[turn % len(self._understood)], item, level)
        return f"{said} {self._correct}" if first else said

    def for_now(self, item: Item, level: int) -> str:
        """Say what is kept where the owner did not choose."""
        return self._fill("우선 {said}고 적어 두겠습니다. 다르면 고쳐 주세요.", item, level)

    def noted(self, item: Item, level: int) -> str:
        """Say what was taken from words about something else."""
        return f"‘{item.label}’ 이야기도 적어 두었습니다: {self.level(item, level)}."

    def changed(self, item: Item, level: int) -> str:
        """Say that a later remark replaced an earlier answer."""
        return f"앞의 답을 지금 말씀대로 바꾸었습니다. {item.label}: {self.level(item, level)}."

    def corrected(self, item: Item, level: int, turn: int) -> str:
        """Say back a correction."""
        return self._fill(self._corrected[turn % len(self._corrected)], item, level)

    def known_before(self, known: Sequence[tuple[Item, int]]) -> str:
        """Say what is taken from what the company said earlier."""
        shown = "; ".join(f"{item.label} - {self.level(item, level)}" for item, level in known)
        return f"앞서 말씀하신 것에서 이렇게 이해했습니다: {shown}. 다르면 고쳐 주세요."

    def not_understood(self, turn: int) -> str:
        """Say that the answer was not understood."""
        return self._not_understood[turn % len(self._not_understood)]

    def sorry(self, turn: int) -> str:
        """Answer impatience."""
        return self._sorry[min(turn, len(self._sorry) - 1)]

    def back_to(self, item: Item, turn: int) -> str:
        """Say where the interview goes on after something else."""
        return self._back_to[turn % len(self._back_to)].format(label=item.label)

    def ask_among(
        self, item: Item, levels: Sequence[int], turn: int, *, again: bool = False
    ) -> str:
        """Let the owner choose among levels, the lowest first."""
        options = self._options(item, levels)
        if len(options) == 2:
            lead = "둘 중에 고르신다면요?" if again else "어느 쪽에 더 가까우세요?"
            return f"{lead} {' '.join(options)}"
        return "\n".join((self._choose[turn % len(self._choose)], *options))

    def ask_what_to_fix(self, known: Sequence[tuple[Item, int]]) -> str:
        """Ask which of the last answers is wrong, the newest first."""
        shown = " / ".join(
            f"{item.label}: {self.level(item, level)}" for item, level in known[:KNOWN_SHOWN]
        )
        return f"지금까지 이렇게 적어 두었습니다. {shown}. 어느 것을 어떻게 고칠까요?"

    def dont_mind(self, turn: int) -> str:
        """Say that not knowing is fine."""
        return self._dont_mind[turn % len(self._dont_mind)]

    def ask_whom(self, item: Item, turn: int) -> str:
        """Say that not knowing is fine and, the first time, who would know."""
        if turn:
            return self.dont_mind(turn)
        return (
            f"{self.dont_mind(0)} {item.ask_who} 쪽에서 아실 수 있으니 나중에 알려 주셔도 됩니다."
        )

    def explain(self, item: Item) -> str:
        """Say why the item is asked and what would tell."""
        return f"이래서 여쭤봅니다. {item.why} {' '.join(item.probes)}".strip()

    def remaining(self, count: int) -> str:
        """Say how many questions are left at least."""
        if count <= 1:
            return "거의 다 왔습니다. 한두 가지만 더 여쭤보겠습니다."
        return (
            f"앞으로 {count}가지쯤 남았습니다. 멈추고 싶으시면 언제든 '그만'이라고 하시면 됩니다."
        )

    def not_applicable(self, item: Item) -> str:
        """Say that an item is left out."""
        return f"‘{item.label}’은(는) 이 공정에 해당이 없는 것으로 적었습니다."

    def too_much_unknown(self, items: Sequence[Item]) -> str:
        """Say what would help when three answers in a row were "do not know"."""
        papers = list(dict.fromkeys(one.evidence[0] for one in items if one.evidence))
        people = list(dict.fromkeys(one.ask_who for one in items))
        return (
            f"여기서 잠시 멈추겠습니다. {', '.join(people)} 쪽에 여쭤보시거나 {', '.join(papers)}을(를) 보시고 "
            "'진단 계속할게요'라고 해 주시면 이어서 확인하겠습니다."
        )

    def _options(self, item: Item, levels: Sequence[int]) -> list[str]:
        return [
            f"{MARKS[place]} {self.level(item, level)}"
            for place, level in enumerate(sorted(levels))
        ]

    def _fill(self, wording: str, item: Item, level: int) -> str:
        said = _COPULA.sub(r"\1라", self.level(item, level))
        return wording.format(said=said, label=item.label)


def anchor_of(item: Item, level: int) -> str:
    """Return the sentence of a level without its brackets and full stop."""
    text = next(one.text for one in item.anchors if one.value == level)
    return _BRACKETS.sub("", text).rstrip(". ")
