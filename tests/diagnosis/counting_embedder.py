"""An embedder that counts the texts it was given."""

from collections.abc import Sequence

import numpy as np

from advisor.stores.embedder import OnProgress, Vectors


class CountingEmbedder:
    """Vectors of two numbers; `texts` is how many were made."""

    model_id = "counting"
    dimensions = 2

    def __init__(self) -> None:
        self.texts = 0

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: OnProgress | None = None
    ) -> Vectors:
        self.texts += len(texts)
        return np.array([[len(one), ord(one[0])] for one in texts], np.float32)

    def embed_query(self, text: str) -> Vectors:
        found: Vectors = self.embed_passages([text])[0]
        return found
