"""Which solution an owner's complaint is about, by its likeness to what others said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Texts to unit vectors, float32 (texts, dimensions); vectors of two calls must be comparable.
EmbedTexts = Callable[[Sequence[str]], NDArray[np.float32]]
Numbers = NDArray[np.float64]

MESSAGE_CHARS = 200  # sayings are short; the start of a long message tells its subject
# How much the fit may bend for one saying: chosen with each saying read without itself.
PENALTY = 0.1
NO_WORRY = "none"


@dataclass(frozen=True, slots=True)
class Fit:
    """Ridge regression on the vectors of all sayings.

    Attributes:
        mean: Of all vectors, (dimensions,).
        weights: What each dimension speaks for, (dimensions, classes).
        usual: The share of each class among the sayings, (classes,).
    """

    mean: Numbers
    weights: Numbers
    usual: Numbers

    @classmethod
    def of(cls, vectors: NDArray[np.float32], is_of: Numbers) -> "Fit":
        """Fit on vectors (sayings, dimensions) and classes as ones, (sayings, classes)."""
        mean = vectors.mean(axis=0, dtype=np.float64)
        centred = vectors.astype(np.float64) - mean
        usual = is_of.mean(axis=0)
        within = centred.T @ centred + PENALTY * np.eye(centred.shape[1])
        return cls(mean, np.linalg.solve(within, centred.T @ (is_of - usual)), usual)

    def lean(self, vectors: NDArray[np.float32]) -> Numbers:
        """Return how much speaks for each class, about 0 to 1, (texts, classes)."""
        return (vectors.astype(np.float64) - self.mean) @ self.weights + self.usual


class Worries:
    """Hears which worry a message tells; safe to call from many threads."""

    def __init__(
        self,
        sayings: Mapping[str, Sequence[str]],
        embed: EmbedTexts,
        embed_known: EmbedTexts,
    ) -> None:
        """Keep the sayings; the fit is made (`embed_known`) at the first message.

        Args:
            sayings: By id of the solution that answers them; under `none` what is no complaint.
            embed: For a message.
            embed_known: For all sayings at once, where they are kept ready.
        """
        self._names = tuple(sayings)
        self._sayings = sayings
        self._embed, self._embed_known = embed, embed_known
        # Two threads at once only compute the same thing twice.
        self._fit: Fit | None = None

    def hear(self, message: str) -> dict[str, float]:
        """Return how much speaks for each solution beyond what speaks for no complaint, best first.

        About 0 to 1; a number near 0 says nothing, and solutions below 0 are left out.
        """
        if self._fit is None:
            texts = [say for found in self._sayings.values() for say in found]
            at = [number for number, name in enumerate(self._names) for _ in self._sayings[name]]
            self._fit = Fit.of(self._embed_known(texts), np.eye(len(self._names))[at])
        lean = self._fit.lean(self._embed([message[:MESSAGE_CHARS]]))[0]
        by_name = dict(zip(self._names, lean.tolist(), strict=True))
        none = max(by_name.pop(NO_WORRY, 0.0), 0.0)
        heard = {name: value - none for name, value in by_name.items() if value > none}
        return dict(sorted(heard.items(), key=lambda row: -row[1]))
