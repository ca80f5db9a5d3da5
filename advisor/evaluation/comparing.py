"""Two runs of one set: what changed, and whether it lies outside noise (pure)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

_DRAWS = 2000
_SEED = 20261125
SURE = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """How a set differs from its last run, over the items that both have.

    `difference` is new minus old mean score; `p` the chance of one as large without any cause
    (exact McNemar test for rights and wrongs, else paired bootstrap).
    """

    shared: int
    difference: float
    p: float
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the difference lies outside noise."""
        return self.p < SURE


def compare(new: Mapping[str, float], old: Mapping[str, float]) -> Change | None:
    """Compare scores by item id; None where no item stands in both."""
    shared = [one for one in new if one in old]
    if not shared:
        return None
    better = tuple(one for one in shared if new[one] > old[one])
    worse = tuple(one for one in shared if new[one] < old[one])
    differences = [new[one] - old[one] for one in shared]
    mean = sum(differences) / len(shared)
    binary = all(one in (0.0, 1.0) for name in shared for one in (new[name], old[name]))
    p = mcnemar(len(better), len(worse)) if binary else bootstrap(differences)
    return Change(len(shared), mean, p, better, worse)


def mcnemar(better: int, worse: int) -> float:
    """Return the exact two-sided p of so uneven a split of the items that changed.

    >>> mcnemar(0, 5), mcnemar(0, 6), mcnemar(3, 3)
    (0.0625, 0.03125, 1.0)
    """
    changed = better + worse
    tail = sum(math.comb(changed, one) for one in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**changed))


def bootstrap(differences: list[float]) -> float:
    """Return the two-sided p that the mean of paired differences is no other than zero.

    >>> bootstrap([0.1] * 20) < 0.05, bootstrap([0.1, -0.1] * 20) > 0.5
    (True, True)
    """
    values = np.asarray(differences)
    if not values.any():
        return 1.0
    draws = np.random.default_rng(_SEED).integers(0, len(values), (_DRAWS, len(values)))
    means = values[draws].mean(axis=1)
    side = min(float((means <= 0).mean()), float((means >= 0).mean()))
    return min(1.0, max(2 * side, 1 / _DRAWS))
