"""The nouns of the help desk: turns that need a person, topics of them, what staff did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

TopicState = Literal["open", "answered", "closed"]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A kept turn that may need a person.

    Attributes:
        consultation_id: Opens the consultation: never shown, never logged.
        question: Masked, as kept.
        status: How the turn ended.
        is_rated_bad: Whether whoever asked put a thumb down.
        records: Ids of what its answer cited.
    """

    consultation_id: str
    number: int
    question: str
    status: str
    is_rated_bad: bool
    at: datetime
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a topic as staff see it: nothing says whose it is.

    `reason` is no_evidence, failed, out_of_scope, rated_bad or low_quality.
    """

    id: int
    text: str
    reason: str
    at: datetime
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicSource:
    """Where an answer of the desk comes from; `date` as printed, maybe partial."""

    title: str
    url: str | None = None
    publisher: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions that ask the same, and what the desk answered.

    Attributes:
        id: Never changes and is never given to another topic.
        label: The most central of its questions.
        asked: How many questions came in all, those that have been deleted since too.
        assignee: Account of who works on it.
        question, answer, sources: In the desk's own words; empty until it is answered.
        record_id: The FAQ that the answer became.
        revision: Counts changes, so that two people do not overwrite each other.
    """

    id: int
    state: TopicState
    label: str
    asked: int
    assignee: str | None
    question: str
    answer: str
    sources: tuple[TopicSource, ...]
    record_id: str | None
    revision: int
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody did about a topic; `by` is an account's id, `act` a word of ours."""

    at: datetime
    by: str
    act: str
    text: str = ""
