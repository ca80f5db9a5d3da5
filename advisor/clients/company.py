"""What is known of a client company: the talk's facts, and what consultants entered over them (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.domain.clients import Entry, EntryKind
from advisor.domain.profile import Fact, FactValue, Profile

Turn = tuple[int, datetime, str]


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One fact with where it is from.

    Attributes:
        value: What counts now.
        quote: The talk's words that it rests on; empty for an entered one.
        source: Of the talk's fact (말, 서류, 계산, 입력), or 상담사 for an entered one.
        turn: Number of the question that the words stand in, counted from 0; None without one.
        at: When it was said or entered, as far as it is known.
        by: Account id of the consultant who entered it.
        reason: Why it was entered.
        said: What the talk says instead, where it was entered over.
    """

    field: str
    value: FactValue
    quote: str = ""
    source: str = ""
    turn: int | None = None
    at: datetime | None = None
    by: str = ""
    reason: str = ""
    said: FactValue | None = None


def standing(entries: Iterable[Entry], kind: EntryKind) -> dict[str, Entry]:
    """Return the entries that count, by key: the newest of each, if it was not taken back."""
    newest = {one.key: one for one in entries if one.kind == kind}
    return {key: one for key, one in newest.items() if one.value is not None}


def company_of(base: Profile, entries: Iterable[Entry]) -> Profile:
    """Return the profile that counts: what was entered stands before what was said."""
    entered = standing(entries, "fact")
    return base.with_facts(
        {key: Fact(_value(one), source="입력", quote=one.reason) for key, one in entered.items()}
    )


def known_facts(
    base: Profile, entries: Iterable[Entry], turns: Sequence[Turn] = ()
) -> tuple[KnownFact, ...]:
    """Return every fact with its source, those of the talk first and in its order."""
    entered = standing(entries, "fact")
    facts: list[KnownFact] = []
    for name, fact in base.facts.items():
        over = entered.get(name)
        if over is None:
            number, at = _where(fact.quote, turns)
            facts.append(
                KnownFact(name, fact.value, fact.quote, fact.source, number, at)
            )  # fmt: skip
        else:
            facts.append(_entered(over, fact.value))
    facts += [_entered(one, None) for name, one in entered.items() if name not in base]
    return tuple(facts)


def _entered(one: Entry, said: FactValue | None) -> KnownFact:
    return KnownFact(
        one.key, _value(one), source="상담사", at=one.at, by=one.account_id, reason=one.reason,
        said=said,
    )  # fmt: skip


def _where(quote: str, turns: Sequence[Turn]) -> tuple[int | None, datetime | None]:
    """Return the newest question that holds the words: a fact is what was said last."""
    if quote:
        for number, at, question in reversed(turns):
            if quote in question:
                return number, at
    return None, None


def _value(one: Entry) -> FactValue:
    value: FactValue = tuple(one.value) if isinstance(one.value, list) else one.value
    return value
