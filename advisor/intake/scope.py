"""Whether a message without any word of the field is of a factory or of something else."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

# Texts to unit vectors, float32 (texts, dimensions); vectors of two calls must be comparable.
EmbedTexts = Callable[[Sequence[str]], NDArray[np.float32]]
# One saying may be alike by chance, three less so.
COUNTED = 3
MESSAGE_CHARS = 200  # sayings are short; the start of a long message tells its subject
# Cosines of this model lie close together; chosen on sayings that are in no test set.
INSIDE = 0.008
INSIDE_ALONE = 0.013  # where no record speaks of it either
OUTSIDE = -0.015


class Scope:
    """Compares a message with sayings of either side; safe to call from many threads."""

    def __init__(
        self,
        inside: Sequence[str],
        outside: Sequence[str],
        embed: EmbedTexts,
        embed_known: EmbedTexts,
    ) -> None:
        """Keep the sayings; their vectors are made (`embed_known`) at the first comparison."""
        self._sayings = [*inside, *outside]
        self._border = len(inside)
        self._embed, self._embed_known = embed, embed_known
        self._known: NDArray[np.float32] | None = None

    def margin(self, message: str) -> float:
        """Return how much nearer a message is to the field than to the rest, about -0.1 to 0.1."""
        if self._known is None:
            self._known = self._embed_known(self._sayings)
        near = self._known @ self._embed([message[:MESSAGE_CHARS]])[0]
        inside, outside = near[: self._border], near[self._border :]
        return float(np.sort(inside)[-COUNTED:].mean() - np.sort(outside)[-COUNTED:].mean())
