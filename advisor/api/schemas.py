"""Request bodies of the HTTP API; answers are the shapes of the contract."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from advisor.domain.passages import Kind

# A number that a database gives out: no larger one is anything's, on any database.
MOST_NUMBER = 2**31 - 1
RowId = Annotated[int, Path(ge=1, le=MOST_NUMBER)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskBody(_Body):
    """One message; without a consultation a new one begins."""

    text: str = Field(max_length=20_000)
    consultation_id: str | None = None
    profile: dict[str, Any] | None = None
    today: date | None = None
    language: str | None = Field(default=None, pattern="^(ko|en)$")


class SearchBody(_Body):
    """A search of the index."""

    query: str = Field(min_length=1, max_length=2_000)
    k: int = Field(default=10, ge=1, le=100)
    kind: Kind | None = None
    region: str | None = None
    open_on: date | None = None


class MatchBody(_Body):
    """A company to judge; `k` of 0 is all, the ineligible too."""

    profile: dict[str, Any]
    kind: Literal["program", "solution", "expert", "case"] | None = None
    k: int = Field(default=5, ge=0, le=1_000)
    worry: str = Field(default="", max_length=2_000)
    today: date | None = None


class PlanBody(_Body):
    """A company and what it wants to buy; `cost` in won is what a quotation says."""

    profile: dict[str, Any]
    solution: str = Field(min_length=1, max_length=200)
    cost: int | None = Field(default=None, ge=0, le=10**13)
    today: date | None = None


class ProfileBody(_Body):
    """Profile fields to set; null forgets one."""

    values: dict[str, Any]


class FeedbackBody(_Body):
    """A thumb for a turn, counted from 0: 1 up, -1 down, 0 taken back."""

    consultation_id: str
    turn: int = Field(ge=0)
    rating: int = Field(ge=-1, le=1)
    comment: str = Field(default="", max_length=2_000)
