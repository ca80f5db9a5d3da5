"""Which level of an item an answer leans to, fitted on all of the item's sayings (pure).

The nearest sayings alone let one odd neighbour decide. Ridge regression in the kernel of the
likeness weighs every saying of the item, for and against each level, and costs one small inverse.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# How much a fit may bend for one saying: chosen with each saying read without itself.
PENALTY = 0.05


@dataclass(frozen=True, slots=True)
class Leaning:
    """The fit of one item.

    Attributes:
        rows: Its sayings among all, (sayings of the item,).
        means: Mean likeness of each of them to the others, and `mean` of all.
        weights: What each saying speaks for, (sayings of the item, levels).
        usual: The share of each level among the sayings, (levels,).
    """

    rows: NDArray[np.intp]
    means: Numbers
    mean: float
    weights: Numbers
    usual: Numbers
    levels: tuple[int, ...]

    @classmethod
    def fit(cls, among: NDArray[np.float32], by_level: Mapping[int, NDArray[np.intp]]) -> "Leaning":
        """Fit on the likeness of all sayings `among` each other, (sayings, sayings)."""
        levels = tuple(sorted(by_level))
        rows = np.concatenate([by_level[level] for level in levels])
        is_of = np.concatenate(
            [np.tile(np.eye(len(levels))[at], (len(by_level[level]), 1)) for at, level in enumerate(levels)]
        )  # fmt: skip
        kernel = among[np.ix_(rows, rows)].astype(np.float64)
        kernel = (kernel + kernel.T) / 2
        means, mean = kernel.mean(axis=0), float(kernel.mean())
        centred = kernel - means[None, :] - means[:, None] + mean
        usual = is_of.mean(axis=0)
        weights = np.linalg.solve(centred + PENALTY * np.eye(len(rows)), is_of - usual)
        return cls(rows, means, mean, weights, usual, levels)

    def towards(self, alike: NDArray[np.float32]) -> dict[int, float]:
        """Return the lean to each level, about 0 to 1, of an answer `alike` all sayings so much."""
        own = alike[self.rows].astype(np.float64)
        lean = (own - own.mean() - self.means + self.mean) @ self.weights + self.usual
        return {level: float(lean[at]) for at, level in enumerate(self.levels)}
