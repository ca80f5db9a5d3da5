"""How alike an answer is to what others said for each item and level."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from advisor.diagnosis.leaning import Leaning
from advisor.diagnosis.squeeze import squeeze
from advisor.domain.instrument import Signal

# Texts to unit vectors, float32 (texts, dimensions); vectors of two calls must be comparable.
EmbedTexts = Callable[[Sequence[str]], NDArray[np.float32]]
Grams = Mapping[str, float]
Rows = NDArray[np.intp]

# Meaning and wording are summed: an embedding alone hardly hears "안" and "못", letters alone
# hear nothing but themselves. Chosen on sayings that are in no test set, each read without itself.
WORDING_SHARE = 0.2
GRAM_SIZES = (2, 3)
# One saying may be alike by chance, three of a level less so.
COUNTED = 3
# What the fitted lean towards a level (0 to 1) adds to the likeness of its nearest sayings.
LEAN_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class _Known:
    """All sayings: vectors, where each gram occurs and how heavily, and each item's rows by level."""

    vectors: NDArray[np.float32]
    grams: Mapping[str, tuple[Rows, NDArray[np.float32]]]
    rows: Mapping[str, Mapping[int, Rows]]
    leanings: Mapping[str, Leaning]


@dataclass(frozen=True)
class Heard:
    """How alike one answer is to every saying; float32 (sayings,)."""

    known: _Known
    alike: NDArray[np.float32]

    @cached_property
    def near(self) -> dict[str, float]:
        """How near the answer is to each item: to the sayings of its nearest level."""
        return {item: max(self._nearest(item).values()) for item in self.known.rows}

    def levels(self, item_id: str) -> dict[int, float]:
        """Return how much speaks for each level of an item; higher is more."""
        lean = self.known.leanings[item_id].towards(self.alike)
        return {
            level: value + LEAN_SHARE * lean[level]
            for level, value in self._nearest(item_id).items()
        }

    def _nearest(self, item_id: str) -> dict[int, float]:
        return {
            level: float(np.sort(self.alike[rows])[-COUNTED:].mean())
            for level, rows in self.known.rows[item_id].items()
        }


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

    def hear(self, words: str) -> Heard:
        """Compare an answer with all sayings."""
        known = self._known or self._prepare()
        vector = self._embed([words])[0]
        alike = known.vectors @ vector
        _add_wording(alike, self._wording(words), known.grams)
        return Heard(known, alike)

    def _prepare(self) -> _Known:
        texts: list[str] = []
        rows: dict[str, dict[int, list[int]]] = {}
        where: dict[str, tuple[list[int], list[float]]] = {}
        wordings: list[Grams] = []
        for item_id, sayings in self._sayings.items():
            for one in sayings:
                rows.setdefault(item_id, {}).setdefault(one.value, []).append(len(texts))
                wordings.append(self._wording(one.say))
                for gram, weight in wordings[-1].items():
                    found, weights = where.setdefault(gram, ([], []))
                    found.append(len(texts))
                    weights.append(weight)
                texts.append(one.say)
        vectors = self._embed_known(texts)
        grams = {
            gram: (np.array(found, np.intp), np.array(weights, np.float32))
            for gram, (found, weights) in where.items()
        }
        among = vectors @ vectors.T
        for alike, wording in zip(among, wordings, strict=True):
            _add_wording(alike, wording, grams)
        by_level = {
            item: {level: np.array(found, np.intp) for level, found in levels.items()}
            for item, levels in rows.items()
        }
        leanings = {item: Leaning.fit(among, levels) for item, levels in by_level.items()}
        self._known = _Known(vectors, grams, by_level, leanings)
        return self._known

    def _wording(self, text: str) -> Grams:
        counts = Counter(_grams(text))
        weights = {
            gram: (1 + math.log(count)) * self._rarity.get(gram, self._unseen)
            for gram, count in counts.items()
        }
        length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
        return {gram: value / length for gram, value in weights.items()}


def _add_wording(
    alike: NDArray[np.float32],
    wording: Grams,
    grams: Mapping[str, tuple[Rows, NDArray[np.float32]]],
) -> None:
    """Add to each saying's likeness, in place, how far its letters are those of an answer."""
    for gram, weight in wording.items():
        if gram in grams:
            rows, weights = grams[gram]
            alike[rows] += np.float32(WORDING_SHARE * weight) * weights


def _grams(text: str) -> list[str]:
    letters = squeeze(text)
    return [
        letters[start : start + size]
        for size in GRAM_SIZES
        for start in range(len(letters) - size + 1)
    ]
