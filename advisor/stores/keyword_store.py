"""BM25 over the terms of texts, in memory; gives a score for every text at once."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
K1, B = 1.2, 0.75


class KeywordStore:
    """An inverted index by bm25s, in the order in which the texts were given."""

    def __init__(self, terms: Sequence[Sequence[str]]) -> None:
        """Index texts by their terms.

        Args:
            terms: One list a text, terms repeated as they repeat; a list may be empty.
        """
        # 0.2 s of import: only where something is searched.
        import bm25s

        # It logs to the terminal on its own, at debug level.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self.size = len(terms)
        self._index = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
        # bm25s refuses a corpus without any term.
        self._is_empty = not any(terms)
        if not self._is_empty:
            self._index.index([list(one) for one in terms], show_progress=False)
        counts = Counter(term for one in terms for term in set(one))
        self._idf = {
            term: float(np.log1p((self.size - count + 0.5) / (count + 0.5)))
            for term, count in counts.items()
        }
        self.unseen_idf = float(np.log1p((self.size + 0.5) / 0.5))

    def idf(self, term: str) -> float:
        """Return how telling a term is; one that no text has is the most telling of all."""
        return self._idf.get(term, self.unseen_idf)

    def scores(self, terms: Mapping[str, float]) -> Scores:
        """Return the BM25 score of every text.

        Args:
            terms: Term to weight: how often it counts, parts of one allowed.
        """
        total = np.zeros(self.size, np.float32)
        by_weight: dict[float, list[str]] = {}
        for term, weight in terms.items():
            if term in self._idf and weight > 0:
                by_weight.setdefault(weight, []).append(term)
        for weight, group in by_weight.items():
            total += np.float32(weight) * self._index.get_scores(group)
        return total
