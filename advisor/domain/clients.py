"""A consultant's client company: what is kept of it, and how far one is with it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from advisor.domain.readiness import Diagnosis

EntryKind = Literal["fact", "item"]


class ClientState(StrEnum):
    """How far one is with a client, in this order."""

    NEW = "new"
    IN_DIAGNOSIS = "in_diagnosis"
    DIAGNOSED = "diagnosed"
    PLAN_MADE = "plan_made"
    VISIT_PLANNED = "visit_planned"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Client:
    """A client as kept.

    Attributes:
        account_id: The consultant who works on it.
        origin: `hand` has a consultation of the organisation's own, `share` an owner's.
        name: Of the company; personal where a sole trader's, so never in a log.
        contact: Whom to call; empty in lists, which do not read it.
        consultation_id: What is known of it, None where the owner ended the share or deleted the
            talk. It opens everything of an owner's: never send it to anybody for `share`.
        share_id: The share it is seen through, None for a client made by hand.
        handed_over_at: When a colleague gave it to `account_id`, until that one takes it on.
    """

    id: str
    organisation_id: str
    account_id: str
    origin: Literal["hand", "share"]
    name: str = field(repr=False)
    contact: str = field(repr=False)
    next_step: str = field(repr=False)
    next_on: date | None
    visit_on: date | None
    plan_for: str | None
    plan_cost_krw: int | None
    planned_at: datetime | None
    consultation_id: str | None = field(repr=False)
    share_id: str | None = field(repr=False)
    handed_over_at: datetime | None
    handed_over_by: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the diagnosis of a client is: begun at all, and the newest result with its level."""

    is_begun: bool = False
    diagnosed_at: datetime | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a consultant wrote down of a client."""

    id: str
    account_id: str
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact or an answer as a consultant sees it; `value` None takes earlier ones back.

    The value of an `item` is `{status, value, grade}` as in an answers file.
    """

    kind: EntryKind
    key: str
    value: Any = field(repr=False)
    reason: str = field(repr=False)
    account_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """A diagnosis as a consultant saw the company on one day."""

    id: int
    account_id: str
    at: datetime
    result: Diagnosis


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of an organisation, as clients name them."""

    account_id: str
    name: str = field(repr=False)
    is_consultant: bool = True
