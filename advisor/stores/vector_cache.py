"""Vectors of texts that never change, computed once a model and kept beside the index."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from advisor.stores.embedder import Embedder, Vectors

logger = logging.getLogger(__name__)


def kept_vectors(embedder: Embedder, folder: Path) -> Callable[[Sequence[str]], Vectors]:
    """Return a function that embeds texts and keeps the result in `folder` for the next process.

    A folder that cannot be written only costs the seconds again.
    """

    def vectors_of(texts: Sequence[str]) -> Vectors:
        digest = hashlib.sha256("\n".join([embedder.model_id, *texts]).encode()).hexdigest()[:32]
        path = folder / f"vectors-{digest}.npy"
        try:
            kept: Vectors = np.load(path)
            if kept.shape == (len(texts), embedder.dimensions):
                return kept
        except (OSError, ValueError):
            pass
        made = embedder.embed_passages(texts)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f"{path.stem}.part.npy")
            np.save(partial, made)
            partial.replace(path)
        except OSError as error:
            logger.warning("vectors not kept error=%s", error)
        return made

    return vectors_of
