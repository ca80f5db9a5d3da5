"""Old and new digests to what is added, changed, removed, unchanged (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Ids by what has to be done with them, each group in the order of its ids."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.added or self.changed or self.removed)


def plan_changes(kept: Mapping[str, str], wanted: Mapping[str, str]) -> Plan:
    """Compare digests by id.

    >>> plan_changes({"a": "1", "b": "1", "c": "1"}, {"b": "1", "c": "2", "d": "1"})
    Plan(added=('d',), changed=('c',), removed=('a',), unchanged=('b',))
    """
    return Plan(
        added=tuple(sorted(wanted.keys() - kept.keys())),
        changed=tuple(
            sorted(one for one in wanted.keys() & kept.keys() if wanted[one] != kept[one])
        ),
        removed=tuple(sorted(kept.keys() - wanted.keys())),
        unchanged=tuple(
            sorted(one for one in wanted.keys() & kept.keys() if wanted[one] == kept[one])
        ),
    )
