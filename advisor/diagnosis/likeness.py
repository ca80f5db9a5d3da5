"""How alike an answer is to what others said for each item and level."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Known:
    """All sayings: rows of vectors and wordings, and the rows of each item by level."""

    vectors: NDArray[np.float32]
    wordings: list[Grams]
    rows: Mapping[str, Mapping[int, list[int]]]


class Likeness:
    """Compares answers with the sayings of all items; safe to call from many threads."""

    def __init__(
        self,
        sayings: Mapping[str, Sequence[Signal]],
        embed: EmbedTexts,
        embed_known: EmbedTexts | None = None,
    ) -> None:
        """Weigh letters by how rare they are; vectors are made at the first comparison.

        Args:
            sayings: By item.
            embed: For an answer.
            embed_known: For all sayings at once, where they are kept ready; `embed` by default.
        """
        self._sayings = sayings
        self._embed = embed
        self._embed_known = embed_known or embed
        texts = [one.say for found in sayings.values() for one in found]
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(_grams(text)))
        self._rarity = {gram: math.log(len(texts) / count) for gram, count in counts.items()}
        self._unseen = math.log(len(texts)) if texts else 1.0
        # Two threads at once only compute the same thing twice.
        self._known: _Known | None = None

    def by_item(self, words: str) -> dict[str, dict[int, float]]:
        """Return how alike the words are to each level of each item; higher is more alike."""
        known = self._known or self._prepare()
        near = (known.vectors @ self._embed([words])[0]).tolist()
        wording = self._wording(words)

        def alike(row: int) -> float:
            return float(near[row]) + WORDING_SHARE * _overlap(wording, known.wordings[row])

        return {
            item_id: {
                level: _mean(sorted(map(alike, rows))[-COUNTED:]) for level, rows in levels.items()
            }
            for item_id, levels in known.rows.items()
        }

    def _prepare(self) -> _Known:
        texts: list[str] = []
        rows: dict[str, dict[int, list[int]]] = {}
        for item_id, sayings in self._sayings.items():
            for one in sayings:
                rows.setdefault(item_id, {}).setdefault(one.value, []).append(len(texts))
                texts.append(one.say)
        self._known = _Known(self._embed_known(texts), [self._wording(one) for one in texts], rows)
        return self._known

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


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
