"""What a run over a source did, item by item."""

from dataclasses import dataclass, field
from enum import StrEnum

from advisor.corpus.connectors.amendments import Difference
from advisor.corpus.connectors.faults import SourceError
from advisor.corpus.connectors.filing import Filed


class Outcome(StrEnum):
    """What became of an item."""

    ADDED = "added"
    CHANGED = "changed"
    CLOSED = "closed"
    UNCHANGED = "unchanged"
    PAST = "past"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """One item that is no more as it was."""

    outcome: Outcome
    key: str
    title: str
    url: str | None = None
    differences: tuple[Difference, ...] = ()
    filed: Filed = field(default_factory=Filed)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was lost in a run.

    `what` is "page", "item" or "attachment", or "listing" for what is odd about the whole.
    """

    what: str
    where: str
    reason: str


@dataclass
class Report:
    """What a run did.

    Attributes:
        counts: Items by outcome; "seen" are all distinct ones of the listing, "files" attachments
            that were read.
        is_complete: Whether the whole listing was met, so that absence means something.
        resumed_at: Page at which an earlier run stopped; None where it begins anew.
        fault: What ended the run early.
    """

    source: str
    counts: dict[str, int] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    is_complete: bool = False
    is_unchanged: bool = False
    resumed_at: int | None = None
    fault: SourceError | None = None
    total_said: int | None = None

    def count(self, name: str, by: int = 1) -> None:
        """Count one more."""
        self.counts[name] = self.counts.get(name, 0) + by
