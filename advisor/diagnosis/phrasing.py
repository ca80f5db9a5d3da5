"""What an interview says: in the owner's words, never a level's number (pure)."""

import re

from advisor.domain.readiness import Instrument, Item

_BRACKETS = re.compile(r"\s?\([^)]*\)")
OPENING = (
    "좋습니다. AI를 맞을 준비가 얼마나 되어 있는지 몇 가지를 여쭤보고 함께 확인하겠습니다. 하나씩 편하게 말씀해 주세요. "
    "모르시면 '모르겠어요', 멈추고 싶으시면 '그만'이라고 하시면 됩니다."
)
GO_ON = "진단을 이어서 하겠습니다."
OFFER_TO_GO_ON = "진단 이어서 할까요?"
PAUSED = (
    "네, 진단을 여기서 쉬겠습니다. 지금까지의 답은 저장해 두었습니다. "
    "언제든 '진단 계속할게요'라고 하시면 이어서 여쭤보겠습니다."
)
NOT_UNDERSTOOD = "제가 답을 잘 알아듣지 못했습니다. 조금만 더 자세히 말씀해 주세요."
THANKS = "말씀 고맙습니다."
DONT_MIND = "네, 모르셔도 괜찮습니다."
STILL_OPEN = "두 말씀이 서로 맞지 않는 점은 적어 두고 넘어가겠습니다."


def understood(item: Item, level: int, *, first: bool) -> str:
    """Say back what an answer was understood as; the first time also how to correct it."""
    how = " 다르면 '아니 그게 아니라'라고 하고 고쳐 주세요." if first else ""
    return f"‘{anchor_of(item, level)}’ 쪽으로 이해했습니다.{how}"


def noted(item: Item, level: int) -> str:
    """Say what was taken from words about something else."""
    return (
        f"말씀하신 내용에서 ‘{item.label}’은(는) ‘{anchor_of(item, level)}’ 쪽으로 적어 두었습니다."
    )


def known_before(instrument: Instrument, items: dict[str, int]) -> str:
    """Say what is taken from what the company said earlier."""
    shown = "; ".join(
        f"{instrument.item_by_id[item].label} - {anchor_of(instrument.item_by_id[item], level)}"
        for item, level in items.items()
    )
    return f"앞서 말씀하신 것에서 이렇게 이해했습니다: {shown}. 다르면 고쳐 주세요."


def corrected(item: Item, level: int) -> str:
    """Say back a correction."""
    return f"고쳤습니다. ‘{item.label}’은(는) ‘{anchor_of(item, level)}’ 쪽으로 이해했습니다."


def ask_between(item: Item, one: int, other: int) -> str:
    """Return a question that lets the owner choose between two levels, the lower first."""
    low, high = (anchor_of(item, level) for level in sorted((one, other)))
    return f"어느 쪽에 더 가까우세요? ① {low} ② {high}"


def ask_whom(item: Item) -> str:
    """Say who would know."""
    return f"{DONT_MIND} {item.ask_who} 쪽에서 아실 수 있으니 나중에 알려 주셔도 됩니다."


def explain(item: Item) -> str:
    """Say why the item is asked and what answers may sound like."""
    says = " / ".join(f"“{one.say}”" for one in item.signals)
    return f"여쭤보는 까닭: {item.why} 예를 들면 {says}처럼 평소 하시는 대로 말씀해 주시면 됩니다."


def not_applicable(item: Item) -> str:
    """Say that an item is left out."""
    return f"‘{item.label}’은(는) 이 공정에 해당이 없는 것으로 적었습니다."


def too_much_unknown(items: list[Item]) -> str:
    """Say what would help when three answers in a row were "do not know"."""
    papers = list(dict.fromkeys(one.evidence[0] for one in items if one.evidence))
    people = list(dict.fromkeys(one.ask_who for one in items))
    return (
        f"여기서 잠시 멈추겠습니다. {', '.join(people)} 쪽에 여쭤보시거나 {', '.join(papers)}을(를) 보시고 "
        "'진단 계속할게요'라고 해 주시면 이어서 확인하겠습니다."
    )


def anchor_of(item: Item, level: int) -> str:
    """Return the sentence of a level without its brackets and full stop."""
    text = next(one.text for one in item.anchors if one.value == level)
    return _BRACKETS.sub("", text).rstrip(". ")
