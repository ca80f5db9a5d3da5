"""Where a fact comes from."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Base of everything that is read from a corpus file: frozen, no unknown field."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """A public page or document.

    `url` is None where the text was read in an archive without an address; `date` is the day as
    printed and may be partial ("2025", "2025-10"); `supports` says which fact it bears.
    """

    url: str | None
    title: str
    publisher: str | None
    date: str | None
    supports: str | None = None
