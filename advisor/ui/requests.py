"""What the browser sends with an event."""

from pydantic import BaseModel, ConfigDict, Field

from advisor.ui.strings import Language

MAX_SENT_CHARS = 100_000  # a whole pasted document still gets its sentence, not a dead page


class Sent(BaseModel):
    """What every event carries: whose talk it is, and in which language the page speaks.

    The consultation's id is the browser's only hold on its talk; the server keeps none per page.
    """

    model_config = ConfigDict(extra="forbid")

    cid: str = Field(default="", max_length=100)
    lang: Language = "ko"


class SentText(Sent):
    """A question."""

    text: str = Field(max_length=MAX_SENT_CHARS)


class SentFact(Sent):
    """A fact typed into the form; no value forgets it."""

    field: str = Field(max_length=100)
    value: list[str] = Field(default_factory=list, max_length=100)


class SentRating(Sent):
    """A thumb for a turn, counted from 0: 1 up, -1 down, 0 taken back."""

    turn: int = Field(ge=0)
    rating: int = Field(ge=-1, le=1)
