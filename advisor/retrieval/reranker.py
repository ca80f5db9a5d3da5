"""Orders the best hits anew with a sentence-transformers cross-encoder, where one is configured."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from advisor.domain.passages import Hit
from advisor.errors import IndexUnavailableError
from advisor.messages import UserMessage
from advisor.retrieval.fusion import standardize

RERANKER_NOT_LOADED = UserMessage(
    text="설정한 재순위 모델을 불러오지 못했습니다.",
    next_step="ADVISOR_RERANKER_MODEL의 이름이나 폴더를 확인하거나 비워 두세요.",
)


class Reranker(Protocol):
    """What a search needs of a reranker."""

    def reorder(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the hits in a better order, their scores made comparable with it."""
        ...


class CrossEncoderReranker:
    """Reads question and chunk together; torch is imported only here."""

    def __init__(self, name: str) -> None:
        """Load a model by hub name or folder; raises IndexUnavailableError."""
        for switch in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
            os.environ.setdefault(switch, "1")  # noqa: TID251  a vendor's switch, not a setting
        from sentence_transformers import CrossEncoder

        folder = Path(name).expanduser()
        try:
            self._model: Any = CrossEncoder(str(folder) if folder.is_dir() else name, device="cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexUnavailableError(RERANKER_NOT_LOADED, detail=repr(error)) from error

    def reorder(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        if not hits:
            return []
        pairs = [(query, f"{hit.chunk.title}\n{hit.chunk.text}") for hit in hits]
        scores = np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32)
        # Half of each: a cross-encoder of another field alone would throw away what is known.
        fused = standardize(scores) + standardize(np.array([hit.score for hit in hits], np.float32))
        ranked = sorted(zip(fused.tolist(), hits, strict=True), key=lambda one: -one[0])
        return [replace(hit, score=score / 2) for score, hit in ranked]
