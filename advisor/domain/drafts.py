"""What is proposed for the corpus, and what staff published over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import JsonValue

FoundBy = Literal["rule", "model", "source", "staff"]
Action = Literal["publish", "rollback", "withdraw", "release"]


class DraftState(StrEnum):
    """How far a draft is; only an open one can be corrected, published or rejected."""

    OPEN = "open"
    PUBLISHED = "published"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"  # a newer reading of the same source stands in its place


@dataclass(frozen=True, slots=True)
class DraftField:
    """One proposed value of a record.

    Attributes:
        name: Place in the record, dotted: "window.closes_on", "support.max_amount_krw".
        value: As it would stand in the YAML; dates are ISO text.
        page: Page of the quote, from 1; None where the format has none, or nothing is quoted.
        quote: Words of the document, byte for byte; "" where there are none (a source's own field).
        confidence: 0 to 1, how sure the finder is; 1 for what staff wrote.
        found_by: The rules, a model, a field of a public source, or a person.
        was: The value before somebody corrected it; None too where nothing had been found.
        by, at: Who corrected it and when.
    """

    name: str
    value: JsonValue
    page: int | None = None
    quote: str = ""
    confidence: float = 0.5
    found_by: FoundBy = "rule"
    was: JsonValue = None
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftSource:
    """Where a draft comes from.

    Attributes:
        key: Stable name of the thing itself: `bizinfo:PBLN_…`, or a document's id.
        url: Its public page; None for a file without one.
        fetched_at: When it was read.
        document_id: The ingested document that the quotes stand in; None without one.
        digest: Of the file as it was read; a changed file is not reviewed by that.
        title, publisher: As the source prints them.
        date: Day of the notice as printed, maybe partial; None where not said.
    """

    key: str
    url: str | None = None
    fetched_at: datetime | None = None
    document_id: str | None = None
    title: str = ""
    publisher: str | None = None
    date: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed record, or a proposed change of one; nothing of it answers before publishing.

    Attributes:
        kind: Kind of record, "program" and so on.
        fields: At most one for each name.
        changes: Id of the record that it changes; None proposes a new one.
        remarks: Korean sentences for staff: what is missing, what contradicts itself.
        id: 0 until it is kept.
        revision: Counts corrections, so that two people do not overwrite each other.
        decided_by, decided_at, note: Who published or rejected it, when and why.
        record_id, version: What it became.
    """

    kind: str
    title: str
    fields: tuple[DraftField, ...]
    source: DraftSource
    changes: str | None = None
    remarks: tuple[str, ...] = ()
    id: int = 0
    state: DraftState = DraftState.OPEN
    revision: int = 0
    created_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str = ""
    record_id: str | None = None
    version: int | None = None

    def field(self, name: str) -> DraftField | None:
        """Return the field of a name, None where nothing is proposed for it."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """One version of a published record.

    Attributes:
        id, kind: Of the record; the id may be one of the shipped corpus, which it then replaces.
        data: As in the YAML file, every field by its name; dates are ISO text.
        version: From 1; every publish, rollback and withdrawal makes the next.
        signed_by, signed_at, note: Who did it, when (UTC) and why.
        withdrawn: Whether no record of this id may answer any more, the shipped one neither.
        action: What made this version; "release" gives the shipped record back.
    """

    id: str
    kind: str
    data: Mapping[str, Any] = field(hash=False)
    version: int
    signed_by: str
    signed_at: datetime
    withdrawn: bool = False
    note: str = ""
    action: Action = "publish"
