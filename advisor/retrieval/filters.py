"""Which chunks may count: kind, region, source (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.domain.passages import Chunk, Kind


@dataclass(frozen=True, slots=True)
class Filter:
    """What a hit must fulfil; None means that anything goes.

    Attributes:
        region: Short name of a 시·도; what is for the whole country passes too.
        source_ids: Records or documents that may count, as those open on a day.
        without: Records or documents that may not, as those just deleted.
    """

    kinds: frozenset[Kind] | None = None
    region: str | None = None
    source_ids: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def allows(self, chunk: Chunk) -> bool:
        """Tell whether a chunk may count."""
        return (
            (self.kinds is None or chunk.kind in self.kinds)
            and (self.region is None or not chunk.regions or self.region in chunk.regions)
            and (self.source_ids is None or chunk.source_id in self.source_ids)
            and chunk.source_id not in self.without
        )

    def mask(self, chunks: Sequence[Chunk]) -> NDArray[np.bool_] | None:
        """Return which chunks may count, None where all may."""
        if self == Filter():
            return None
        return np.fromiter((self.allows(one) for one in chunks), dtype=bool, count=len(chunks))

    def as_where(self, nationwide: str) -> dict[str, Any] | None:
        """Return the filter in the vector store's form; None where all may count.

        `nationwide` is the word that stands for chunks without a region there.
        """
        parts: list[dict[str, Any]] = []
        if self.kinds is not None:
            parts.append({"kind": {"$in": sorted(kind.value for kind in self.kinds)}})
        if self.region is not None:
            parts.append(
                {
                    "$or": [
                        {"regions": {"$contains": self.region}},
                        {"regions": {"$contains": nationwide}},
                    ]
                }
            )
        if self.source_ids is not None:
            parts.append({"source_id": {"$in": sorted(self.source_ids)}})
        if self.without:
            parts.append({"source_id": {"$nin": sorted(self.without)}})
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else {"$and": parts}
