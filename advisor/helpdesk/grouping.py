"""Questions that ask the same to one topic, by their vectors (pure)."""

from collections.abc import Mapping, Sequence

import numpy as np

from advisor.stores.embedder import Vectors, unit

# Mean cosine to the questions of a topic, from which a question joins it; measured on 36 questions
# of 12 topics that are in no test set: 96 of 100 pairs put together belong so, 79 of 100 are found.
# Rather two topics of one thing than one of two: a wrong answer would be sent to both.
JOINS = 0.34
# An earlier topic is only shown to a person, who sees whether it fits.
RESEMBLES = 0.3


def centred(vectors: Vectors, background: Vectors) -> Vectors:
    """Return unit vectors from the middle of what is asked here.

    Cosines of e5 lie in a narrow cone; what all questions share is taken off first.

    Args:
        vectors: float32 (texts, dimensions).
        background: Mean vector of usual questions, float32 (dimensions,).
    """
    return unit(vectors - background)


def nearest_topic(
    vector: Vectors, topics: Mapping[int, Vectors], *, least: float = JOINS
) -> int | None:
    """Return the topic whose questions a question is most like on average, None where none is.

    Args:
        vector: Centred, float32 (dimensions,).
        topics: Centred vectors of the questions of each topic, float32 (questions, dimensions).
        least: Least mean cosine.

    >>> import numpy as np
    >>> nearest_topic(np.array([1.0, 0.0]), {3: np.array([[0.0, 1.0]]), 7: np.array([[0.8, 0.6]])})
    7
    """
    found = likenesses(vector, topics)
    best = max(found, key=lambda one: (found[one], -one), default=None)
    return best if best is not None and found[best] >= least else None


def likenesses(vector: Vectors, topics: Mapping[int, Vectors]) -> dict[int, float]:
    """Return the mean cosine of a question to the questions of each topic."""
    return {
        topic: float((vectors @ vector).mean()) for topic, vectors in topics.items() if len(vectors)
    }


def most_central(texts: Sequence[str], vectors: Vectors) -> str:
    """Return the question that is most like all others of its topic, the shorter of two alike.

    Args:
        texts: At least one.
        vectors: Centred, float32 (texts, dimensions), same order.
    """
    central = (vectors @ vectors.T).mean(axis=1)
    order = np.lexsort(([len(one) for one in texts], -np.round(central, 4)))
    return texts[int(order[0])]
