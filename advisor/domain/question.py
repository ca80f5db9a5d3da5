"""What a message asks, after understanding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from advisor.domain.passages import Kind


class Intent(StrEnum):
    """What kind of turn this is."""

    FACT = "fact"
    PROBLEM = "problem"
    ELIGIBILITY = "eligibility"
    COMPARE = "compare"
    EXPERT = "expert"
    CASE = "case"
    RECOMMEND = "recommend"
    DIAGNOSIS = "diagnosis"
    TELL = "tell"
    SMALL_TALK = "small_talk"


class Aspect(StrEnum):
    """What is asked about a thing."""

    AMOUNT = "amount"
    RATE = "rate"
    OWN_SHARE = "own_share"
    WINDOW = "window"
    NEXT_WINDOW = "next_window"
    ELIGIBILITY = "eligibility"
    HOW = "how"
    DOCUMENTS = "documents"
    CONTACT = "contact"
    PLACE = "place"
    COUNT = "count"
    NEEDS = "needs"
    EFFECT = "effect"
    COST = "cost"
    SUPPLIER = "supplier"
    CASE = "case"
    DATASET = "dataset"
    LEVEL = "level"
    AI_OR_NOT = "ai_or_not"
    COMBINE = "combine"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class NameHit:
    """A record named in the question; `words` as matched, `strength` 0 to 1."""

    record_id: str
    kind: Kind
    words: str
    strength: float


@dataclass(frozen=True, slots=True)
class Question:
    """One message understood.

    Attributes:
        text: Stands alone: follow-ups are completed with what they point at.
        speech: The user's own words of this turn.
        regions: Short names of 시·도 that the question names, whoever they belong to.
        focus: Records that the words point back to ("그건", "아까 그 사업"), most likely first.
        focus_weight: How surely the focus is meant, 0 to 2; added to the score of its records.
        document: Id of the ingested document that the words point back to, empty without one.
        figures: Amounts and rates that the user states, to be checked against the record.
        heard: Solutions that the words sound like a complaint for, the best at 1; empty where the
            message is none.
    """

    text: str
    speech: str
    language: str
    intent: Intent
    aspects: frozenset[Aspect] = frozenset()
    names: tuple[NameHit, ...] = ()
    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    focus: tuple[str, ...] = ()
    is_follow_up: bool = False
    focus_weight: float = 0.0
    figures: tuple[str, ...] = field(default=())
    document: str = ""
    heard: Mapping[str, float] = field(default_factory=dict)
