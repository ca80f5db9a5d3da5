"""What a question that the corpus bears reaches, worked out on the corpus itself."""

from collections.abc import Sequence

import numpy as np

from advisor.domain.passages import Chunk
from advisor.retrieval.search import COVERAGE_DEPTH, Searcher
from advisor.stores.embedder import Embedder
from advisor.stores.manifest import Calibration

# Keeps 95 of 100 questions that are borne; raising it turns more of them away.
KEEP = 5.0
PROBES = 64
OPEN = Calibration(min_similarity=float("-inf"), min_coverage=0.0)


def calibrate(searcher: Searcher, embedder: Embedder, questions: Sequence[str]) -> Calibration:
    """Return the thresholds for both signals.

    Args:
        searcher: Over all chunks.
        embedder: The model that made its vectors.
        questions: Titles of sources that ask or name something; each is asked while its own source
            is left out, so that other sources must bear it, as they must a user's words.
    """
    step = max(1, len(questions) // PROBES)
    similarities, coverages = [], []
    for question in questions[::step]:
        others = np.flatnonzero(
            np.fromiter((one.title != question for one in searcher.chunks), dtype=bool)
        )
        if not others.size:
            continue
        vector = embedder.embed_query(question)
        cosines = searcher.vectors[others] @ vector
        nearest = others[np.argsort(-cosines)[:COVERAGE_DEPTH]]
        similarities.append(searcher.similarity(vector, float(cosines.max())))
        coverages.append(searcher.coverage(question, [int(at) for at in nearest]))
    if not similarities:
        return OPEN
    return Calibration(
        min_similarity=float(np.percentile(similarities, KEEP)),
        min_coverage=float(np.percentile(coverages, KEEP)),
    )


def probes(chunks: Sequence[Chunk]) -> list[str]:
    """Return the questions to calibrate with: titles that ask, else all titles."""
    titles = list(dict.fromkeys(chunk.title for chunk in chunks))
    return [one for one in titles if one.endswith("?")] or titles
