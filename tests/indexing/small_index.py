"""An index over real Chroma and SQLite with a small embedder, quick enough for many tests."""

import numpy as np

from advisor.config import Settings
from advisor.indexing.build import Index
from advisor.stores.database import open_database
from advisor.stores.home import Home
from advisor.stores.tokenizer import pairs


class CountingEmbedder:
    """Counts pairs of letters into 64 numbers, and how many texts it was given."""

    dimensions = 64

    def __init__(self, model_id="pairs-1"):
        self.model_id = model_id
        self.embedded = 0

    def embed_query(self, text):
        vector = np.full(64, 1e-3, np.float32)
        for one in pairs(text):
            vector[sum(one.encode()) % 64] += 1
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts, *, on_progress=None):
        self.embedded += len(texts)
        return np.stack([self.embed_query(text) for text in texts]).astype(np.float32)


class PairTokenizer:
    tokenizer_id = "pairs"

    def terms(self, text):
        return pairs(text)

    def topics(self, text):
        return list(dict.fromkeys(pairs(text)))

    def spaced(self, text):
        return text


def small_index(settings: Settings, model_id: str = "pairs-1") -> Index:
    """Open the index of a home; `close` it."""
    home = Home(settings.home)
    lock = home.acquire_lock()
    return Index(
        settings, home, open_database(settings), lock, CountingEmbedder(model_id), PairTokenizer()
    )
