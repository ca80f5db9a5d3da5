"""How alike an answer is to what others said for each level of an item."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from advisor.diagnosis.squeeze import squeeze
from advisor.domain.readiness import Signal

# Texts to unit vectors, float32 (texts, dimensions); vectors of two calls must be comparable.
EmbedTexts = Callable[[Sequence[str]], NDArray[np.float32]]
Grams = Mapping[str, float]

# Meaning and wording are summed: an embedding alone hardly hears "안" and "못", letters alone
# hear nothing but themselves. Chosen on sayings that are in no test set.
WORDING_SHARE = 0.2
GRAM_SIZES = (2, 3)
# One saying may be alike by chance, three of a level less so.
COUNTED = 3


class Likeness:
    """Compares answers with the sayings of each item; safe to call from many threads."""

    def __init__(self, sayings: Mapping[str, Sequence[Signal]], embed: EmbedTexts) -> None:
        """Weigh letters by how rare they are; vectors are made when an item first comes up."""
        self._sayings = sayings
        self._embed = embed
        texts = [one.say for found in sayings.values() for one in found]
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(_grams(text)))
        self._rarity = {gram: math.log(len(texts) / count) for gram, count in counts.items()}
        self._unseen = math.log(len(texts)) if texts else 1.0
        # Filled by item; two threads at once only compute the same thing twice.
        self._known: dict[str, tuple[list[int], NDArray[np.float32], list[Grams]]] = {}

    def by_level(self, item_id: str, words: str) -> dict[int, float]:
        """Return how alike the words are to each level's sayings; higher is more alike."""
        levels, vectors, wordings = self._prepared(item_id)
        meaning = (vectors @ self._embed([words])[0]).tolist()
        wording = self._wording(words)
        found: dict[int, list[float]] = {}
        for level, near, other in zip(levels, meaning, wordings, strict=True):
            found.setdefault(level, []).append(near + WORDING_SHARE * _overlap(wording, other))
        return {
            level: sum(sorted(values)[-COUNTED:]) / min(COUNTED, len(values))
            for level, values in found.items()
        }

    def _prepared(self, item_id: str) -> tuple[list[int], NDArray[np.float32], list[Grams]]:
        known = self._known.get(item_id)
        if known is None:
            sayings = self._sayings[item_id]
            known = (
                [one.value for one in sayings],
                self._embed([one.say for one in sayings]),
                [self._wording(one.say) for one in sayings],
            )
            self._known[item_id] = known
        return known

    def _wording(self, text: str) -> Grams:
        counts = Counter(_grams(text))
        weights = {
            gram: (1 + math.log(count)) * self._rarity.get(gram, self._unseen)
            for gram, count in counts.items()
        }
        length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
        return {gram: value / length for gram, value in weights.items()}


def _grams(text: str) -> list[str]:
    letters = squeeze(text)
    return [
        letters[start : start + size]
        for size in GRAM_SIZES
        for start in range(len(letters) - size + 1)
    ]


def _overlap(one: Grams, other: Grams) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other.get(gram, 0.0) for gram, value in one.items())
