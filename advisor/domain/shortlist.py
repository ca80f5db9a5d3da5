"""What somebody saved, and what is to be told about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

AlertKind = Literal["opened", "changed", "closing", "gone"]


@dataclass(frozen=True, slots=True)
class Saved:
    """A record on a shortlist, as it stood when last looked at.

    `owner` is a consultation or an account; `digest` covers what decides (money, eligibility,
    window), `state` is the window's, empty for what has none.
    """

    owner: str
    record_id: str
    kind: str
    digest: str
    state: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell an owner; `id` 0 and `at` None before it is kept."""

    owner: str
    record_id: str
    kind: AlertKind
    text: str
    id: int = 0
    at: datetime | None = None
    is_read: bool = False
