"""Search terms and vectors of chunks, computed once a text and kept in the ledger."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import numpy as np

from advisor.domain.passages import Chunk
from advisor.stores.embedder import Embedder, Vectors
from advisor.stores.ledger import Ledger, searched_text, text_digest
from advisor.stores.tokenizer import Tokenizer

# Kept step by step: a build that is killed goes on where it was, and a question that comes
# meanwhile waits for one step at most.
EMBED_STEP = 32


class OnProgress(Protocol):
    """Told how far a build is: what it does, how many of how many are done; may raise to stop."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


class Preparer:
    """Computes what the ledger does not have yet."""

    def __init__(self, ledger: Ledger, embedder: Embedder, tokenizer: Tokenizer) -> None:
        self._ledger = ledger
        self._embedder = embedder
        self._tokenizer = tokenizer
        self._count = 0
        self._lock = threading.Lock()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Say that texts are prepared whose chunks are not in the ledger yet."""
        with self._lock:
            self._count += 1
        try:
            yield
        finally:
            with self._lock:
                self._count -= 1

    @property
    def is_idle(self) -> bool:
        """Whether what no chunk uses may be dropped from the ledger."""
        return self._count == 0

    def terms(
        self, chunks: Sequence[Chunk], on_progress: OnProgress | None = None
    ) -> list[list[str]]:
        """Return the search terms of each chunk."""
        texts = {text_digest(chunk): searched_text(chunk) for chunk in chunks}
        kept = self._ledger.terms(list(texts), self._tokenizer.tokenizer_id)
        missing = [one for one in texts if one not in kept]
        for start in range(0, len(missing), EMBED_STEP):
            part = missing[start : start + EMBED_STEP]
            fresh = {one: self._tokenizer.terms(texts[one]) for one in part}
            self._ledger.put_terms(self._tokenizer.tokenizer_id, fresh)
            kept.update(fresh)
            if on_progress is not None:
                on_progress("terms", start + len(part), len(missing))
        return [kept[text_digest(chunk)] for chunk in chunks]

    def vectors(self, chunks: Sequence[Chunk], on_progress: OnProgress | None = None) -> Vectors:
        """Return the vectors, float32 (chunks, dimensions)."""
        texts = {text_digest(chunk): searched_text(chunk) for chunk in chunks}
        model_id = self._embedder.model_id
        kept = self._ledger.vectors(list(texts), model_id)
        missing = [one for one in texts if one not in kept]
        for start in range(0, len(missing), EMBED_STEP):
            part = missing[start : start + EMBED_STEP]
            rows = self._embedder.embed_passages([texts[one] for one in part])
            fresh = dict(zip(part, rows, strict=True))
            self._ledger.put_vectors(model_id, fresh)
            kept.update(fresh)
            if on_progress is not None:
                on_progress("vectors", start + len(part), len(missing))
        return self.stacked([kept[text_digest(chunk)] for chunk in chunks])

    def kept(self, chunks: Sequence[Chunk]) -> tuple[list[list[str]], Vectors] | None:
        """Return terms and vectors that the ledger has already; None where one is missing."""
        digests = [text_digest(chunk) for chunk in chunks]
        terms = self._ledger.terms(digests, self._tokenizer.tokenizer_id)
        vectors = self._ledger.vectors(digests, self._embedder.model_id)
        if any(one not in terms or one not in vectors for one in digests):
            return None
        return [terms[one] for one in digests], self.stacked([vectors[one] for one in digests])

    def stacked(self, rows: Sequence[Vectors]) -> Vectors:
        """Return rows as one array, float32 (rows, dimensions), also where there is none."""
        return np.stack(rows) if rows else np.zeros((0, self._embedder.dimensions), np.float32)
