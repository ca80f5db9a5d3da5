"""A question to ranked chunks: neighbours and BM25 fused, and whether anything fits at all."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from advisor.domain.passages import Chunk, Hit, SearchResult
from advisor.errors import IndexUnavailableError
from advisor.retrieval.filters import Filter
from advisor.retrieval.fusion import best, fuse
from advisor.retrieval.reranker import Reranker
from advisor.stores.embedder import Embedder
from advisor.stores.keyword_store import KeywordStore
from advisor.stores.manifest import Calibration
from advisor.stores.tokenizer import Tokenizer
from advisor.stores.vector_store import NATIONWIDE, VectorStore
from advisor.text import clean

logger = logging.getLogger(__name__)

Scores = NDArray[np.float32]
QUERY_CHARS = 600  # a longer message says its subject in them; the time grows with the length
DEPTH = 100  # candidates that each of the two brings
DENSE_WEIGHT = 0.6  # .5 to .6 is a tie on questions written beside the text, .6 better on lay ones
# A synonym is a guess: it counts, but less than a word that the user wrote.
EXTRA_WEIGHT = 0.4
RERANK_DEPTH = 30
COVERAGE_DEPTH = 5


class Nearest(Protocol):
    """What a search needs of the vector store."""

    def nearest(
        self, vector: Scores, count: int, *, where: dict[str, object] | None = None
    ) -> list[tuple[str, float]]: ...


class Searcher:
    """One generation of the index, ready to be asked by many threads."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        vectors: Scores,
        terms: Sequence[Sequence[str]],
        *,
        store: VectorStore | Nearest,
        embedder: Embedder,
        tokenizer: Tokenizer,
        calibration: Calibration,
        reranker: Reranker | None = None,
        dense_weight: float = DENSE_WEIGHT,
    ) -> None:
        """Prepare a search.

        Args:
            chunks: What can be found.
            vectors: Unit vectors, float32 (chunks, dimensions), in the order of the chunks: for
                the cosine of what only BM25 found.
            terms: Search terms of each chunk, same order.
            store: Brings the nearest chunks of a vector.
            embedder: Of the very model that made the vectors.
            tokenizer: The very one that made the terms.
            calibration: What a question that is borne reaches.
            reranker: Orders the best anew where one is configured.
            dense_weight: Share of the cosine in the fused score, 0 to 1.
        """
        self.chunks = tuple(chunks)
        self.vectors = vectors
        self._positions = {chunk.id: at for at, chunk in enumerate(self.chunks)}
        self._keywords = KeywordStore(terms)
        self._has = [frozenset(one) for one in terms]
        self._store = store
        # One turn searches for the same words more than once.
        self._vector = lru_cache(maxsize=64)(embedder.embed_query)
        self._tokenizer = tokenizer
        self._calibration = calibration
        self._reranker = reranker
        self._dense_weight = dense_weight

    def calibrated(self, calibration: Calibration) -> "Searcher":
        """Return this searcher with other thresholds; nothing is indexed anew."""
        other = copy(self)
        other._calibration = calibration
        return other

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        extra_terms: tuple[str, ...] = (),
        only: Filter | None = None,
    ) -> SearchResult:
        """Return the best chunks and whether anything bears on the question.

        Args:
            query: Any text; empty finds nothing.
            k: How many hits at most.
            extra_terms: Words of the corpus for words of the question; they count less.
            only: What may be found.
        """
        query = self._tokenizer.spaced(clean(query).strip())
        if not query or not self.chunks:
            return SearchResult()
        only = only or Filter()
        mask = only.mask(self.chunks)
        if mask is not None and not mask.any():
            return SearchResult()
        vector = self._vector(query[:QUERY_CHARS])
        lexical = self._keywords.scores(self._terms(query, extra_terms))
        candidates = self._candidates(vector, lexical, mask, only)
        if not candidates.size:
            return SearchResult()
        dense = self.vectors[candidates] @ vector
        fused = fuse(dense, lexical[candidates], dense_weight=self._dense_weight)
        order = best(fused, max(k, RERANK_DEPTH if self._reranker else k, COVERAGE_DEPTH))
        hits = [
            Hit(
                self.chunks[candidates[at]], float(fused[at]), float(dense[at]),
                float(lexical[candidates[at]]),
            )
            for at in order
        ]  # fmt: skip
        similarity = self.similarity(vector, float(dense.max()))
        coverage = self.coverage(query, [int(candidates[at]) for at in order[:COVERAGE_DEPTH]])
        if self._reranker is not None:
            hits = self._reranker.reorder(query, hits)
        return SearchResult(
            hits=tuple(hits[:k]),
            similarity=similarity,
            coverage=coverage,
            supported=similarity >= self._calibration.min_similarity
            and coverage >= self._calibration.min_coverage,
        )

    def similarity(self, vector: Scores, best_cosine: float) -> float:
        """Return how far the best cosine stands out among those of the whole corpus, in deviations.

        Cosines of e5 live in a narrow cone whose place differs from question to question and from
        corpus to corpus, so only the distance to the question's own average tells anything.
        """
        every = self.vectors @ vector
        return float((best_cosine - every.mean()) / max(float(every.std()), 1e-6))

    def coverage(self, query: str, positions: Sequence[int]) -> float:
        """Return the share of the question's IDF mass in the best of some chunks, 0 to 1."""
        topics = self._tokenizer.topics(query)
        total = sum(self._keywords.idf(one) for one in topics)
        if not total:
            return 0.0
        return max(
            (
                sum(self._keywords.idf(one) for one in topics if one in self._has[at]) / total
                for at in positions
            ),
            default=0.0,
        )

    def _terms(self, query: str, extra_terms: Sequence[str]) -> Mapping[str, float]:
        weights: dict[str, float] = dict(Counter(self._tokenizer.terms(query)))
        extra = {one for words in extra_terms for one in self._tokenizer.terms(words)}
        for term in sorted(extra - weights.keys()):
            weights[term] = EXTRA_WEIGHT
        return weights

    def _candidates(
        self, vector: Scores, lexical: Scores, mask: NDArray[np.bool_] | None, only: Filter
    ) -> NDArray[np.intp]:
        try:
            near = self._store.nearest(vector, DEPTH, where=only.as_where(NATIONWIDE))
            found = [self._positions[one] for one, _ in near if one in self._positions]
        except IndexUnavailableError as error:
            # A store that fails in the middle costs milliseconds, not the answer.
            logger.warning("vector store failed, searched exactly detail=%s", error.detail)
            cosines = self.vectors @ vector
            allowed = cosines if mask is None else np.where(mask, cosines, np.float32(-2))
            found = [int(at) for at in best(allowed, DEPTH) if allowed[at] > -2]
        words = lexical if mask is None else np.where(mask, lexical, np.float32(0))
        found += [int(at) for at in best(words, DEPTH) if words[at] > 0]
        return np.asarray(sorted(set(found)), dtype=np.intp)
