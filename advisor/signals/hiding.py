"""Keeps small groups from being read, or worked out, from published counts (pure).

Three rules together:

* A group smaller than `SMALLEST` is not shown; nor is a group of nobody, so that the one cannot be
  told from the other.
* Every number that is shown is rounded down to a multiple of `STEP`. A total less the shown groups
  then leaves a range, not a number, and one more consultation tomorrow seldom moves anything.
* Where that range would still hold one value only, the next smallest group is hidden as well, with
  all that are as large. It happens when the number of groups is a multiple of five and every one of
  them is 4 above a multiple: then the total is the shown numbers plus 4 for each group.

Why nothing follows from the third rule itself: which groups are hidden depends on sizes alone, never
on names, and all groups of one size go together. Whatever was counted, the same output comes of any
exchange of sizes among the hidden groups, and these are then of at least two sizes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST = 5
STEP = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """Published counts: multiples of `STEP` by group; what is not in `groups` is hidden.

    `total` is None where the whole is smaller than `SMALLEST`, or where groups overlap so that
    there is no sum to speak of.
    """

    groups: Mapping[str, int]
    total: int | None = None


def rounded(count: int) -> int | None:
    """Return a count as it may be shown, None where it may not.

    >>> rounded(4), rounded(5), rounded(23)
    (None, 5, 20)
    """
    return None if count < SMALLEST else count - count % STEP


def show_parts(counts: Mapping[str, int]) -> Shown:
    """Publish the sizes of groups that each member of a whole is in exactly one of.

    >>> show_parts({"a": 3, "b": 22, "c": 31}).groups, show_parts({"a": 3, "b": 22, "c": 31}).total
    ({'b': 20, 'c': 30}, 55)
    """
    total = sum(counts.values())
    if total < SMALLEST:
        return Shown({})
    hidden = {name for name, count in counts.items() if count < SMALLEST}
    if any(counts[name] for name in hidden) and _follows(counts, hidden, total):
        hidden |= _next_smallest(counts, hidden)
    return Shown(_visible(counts, hidden), rounded(total))


def show_overlapping(counts: Mapping[str, int]) -> Shown:
    """Publish the sizes of groups that a member may be in several or none of: no total goes with them."""
    return Shown(_visible(counts, {name for name, count in counts.items() if count < SMALLEST}))


def _visible(counts: Mapping[str, int], hidden: set[str]) -> dict[str, int]:
    return {name: count - count % STEP for name, count in counts.items() if name not in hidden}


def _follows(counts: Mapping[str, int], hidden: set[str], total: int) -> bool:
    """Tell whether the published numbers leave one value only for a hidden group."""
    shown = sum(count - count % STEP for name, count in counts.items() if name not in hidden)
    lowest_total, most_hidden = total - total % STEP, SMALLEST - 1
    # Every other group adds at most STEP - 1 to what is shown of it: nothing, where it is hidden.
    least = lowest_total - shown - (STEP - 1) * (len(counts) - 1)
    return least >= most_hidden


def _next_smallest(counts: Mapping[str, int], hidden: set[str]) -> set[str]:
    left = {name: count for name, count in counts.items() if name not in hidden}
    smallest = min(left.values(), default=0)
    return {name for name, count in left.items() if count == smallest}
