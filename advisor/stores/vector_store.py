"""The door to Chroma, behind LangChain's vector store interface: build, check, ask for neighbours.

A generation is built once, checked, and then only read; the ledger has everything that is in it.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from advisor.domain.passages import Chunk
from advisor.errors import IndexUnavailableError
from advisor.messages import UserMessage
from advisor.stores.ledger import searched_text

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from langchain_chroma import Chroma

logger = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
COLLECTION = "chunks"
# A batch that Chroma takes at once is 5,461 rows at most.
BATCH = 1_000
CHECK_TIMEOUT_S = 60
SAMPLE = 20
CHROMA_UNREACHABLE = UserMessage(
    text="설정한 Chroma 서버에 연결하지 못했습니다.",
    next_step="ADVISOR_CHROMA_URL의 주소와 서버가 켜져 있는지 확인해 주세요. 비워 두면 내장 저장소를 씁니다.",
)
NATIONWIDE = "전국"
INDEX_DAMAGED = UserMessage(
    text="검색 색인을 열지 못했습니다.",
    next_step="`advisor index --rebuild`로 색인을 다시 만들어 주세요. 기록과 문서는 그대로 있습니다.",
)
# Read when the library is imported; a user's shell may have set them the other way.
os.environ["ANONYMIZED_TELEMETRY"] = "False"  # noqa: TID251  a vendor's switch, not a setting


class VectorStore:
    """One generation of vectors; asking never writes, and many threads may ask."""

    def __init__(self, store: "Chroma", dimensions: int) -> None:
        """Wrap an open collection; use `build_folder`, `open_folder` or their server forms."""
        self._store = store
        self._dimensions = dimensions

    def count(self) -> int:
        """Return how many chunks it holds."""
        return int(self._store._collection.count())  # no public count there

    def nearest(
        self, vector: Vectors, count: int, *, where: dict[str, Any] | None = None
    ) -> list[tuple[str, float]]:
        """Return ids and cosines of the nearest chunks, the nearest first.

        Args:
            vector: Unit vector, float32 (dimensions,).
            count: How many at most.
            where: Chroma's filter on `kind`, `source_id`, `regions`.

        Raises:
            IndexUnavailableError: Chroma cannot read the collection at this moment.
        """
        from chromadb.errors import ChromaError

        try:
            found = self._store.similarity_search_by_vector_with_relevance_scores(
                vector.tolist(), k=count, filter=where
            )
        except ChromaError as error:
            raise IndexUnavailableError(INDEX_DAMAGED, detail=repr(error)) from error
        # Chroma gives distances, smaller is nearer; from here on larger is better.
        return [(str(document.id), 1.0 - float(distance)) for document, distance in found]


def build_folder(folder: Path, chunks: Sequence[Chunk], vectors: Vectors) -> VectorStore:
    """Make a generation in an empty folder; `vectors` float32 (chunks, dimensions), same order."""
    return _fill(_client(folder), COLLECTION, chunks, vectors)


def open_folder(folder: Path, *, dimensions: int) -> VectorStore:
    """Open a generation.

    Raises:
        IndexUnavailableError: It cannot be read.
    """
    from chromadb.errors import ChromaError

    try:
        client = _client(folder)
    except (ChromaError, ValueError) as error:
        raise IndexUnavailableError(INDEX_DAMAGED, detail=repr(error)) from error
    return _open(client, COLLECTION, dimensions)


def build_on_server(url: str, name: str, chunks: Sequence[Chunk], vectors: Vectors) -> VectorStore:
    """Make a generation as a collection of a Chroma server, in place of one of that name."""
    client = _server(url)
    drop_on_server(url, name)
    return _fill(client, name, chunks, vectors)


def open_on_server(url: str, name: str, *, dimensions: int) -> VectorStore:
    """Open a collection of a Chroma server; raises IndexUnavailableError."""
    return _open(_server(url), name, dimensions)


def drop_on_server(url: str, name: str) -> None:
    """Remove a collection of a Chroma server; one that is not there is no error."""
    from chromadb.errors import NotFoundError

    try:
        _server(url).delete_collection(name)
    except (NotFoundError, ValueError):
        logger.debug("no collection to remove name=%s", name)


def looks_whole(folder: Path, count: int) -> bool:
    """Tell from file sizes alone whether a generation may be opened.

    A kill during a write can leave a sparse link file of a terabyte, whose opening is a
    segmentation fault and no exception.
    """
    if not (folder / "chroma.sqlite3").is_file():
        return False
    return all(
        one.stat().st_size <= max(count, 1) * 1_024 * 64 for one in folder.glob("*/link_lists.bin")
    )


def check_in_child(folder: Path, chunks: Sequence[Chunk], vectors: Vectors) -> bool:
    """Open a generation in a child process and let known vectors find themselves.

    A damaged one may end the process that opens it, which must not be the service.
    """
    step = max(1, len(chunks) // SAMPLE)
    sample = [
        {"id": chunks[at].id, "vector": vectors[at].tolist()} for at in range(0, len(chunks), step)
    ]
    question = {
        "folder": str(folder), "count": len(chunks), "dimensions": int(vectors.shape[1]),
        "sample": sample,
    }  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-m", "advisor.stores.vector_check"], input=json.dumps(question),
            capture_output=True, text=True, timeout=CHECK_TIMEOUT_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        logger.warning("index check timed out")
        return False
    if done.returncode != 0:
        logger.warning("index check failed code=%s", done.returncode)
    return done.returncode == 0


def finds_itself(store: VectorStore, count: int, sample: Sequence[tuple[str, Vectors]]) -> bool:
    """Tell whether a store holds `count` chunks and each known vector finds its own chunk.

    Chunks of the same text have the same vector, so the best cosine counts, not the id alone.
    """
    if store.count() != count:
        return False
    for chunk_id, vector in sample:
        nearest = store.nearest(vector, 5)
        if not nearest:
            return False
        if chunk_id not in [one for one, _ in nearest] and nearest[0][1] < 0.999:
            return False
    return True


def _client(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(
        path=str(folder), settings=ChromaSettings(anonymized_telemetry=False)
    )


def _server(url: str) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    parts = urlsplit(url)
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https", settings=ChromaSettings(anonymized_telemetry=False),
        )  # fmt: skip
    except ValueError as error:
        raise IndexUnavailableError(CHROMA_UNREACHABLE, detail=repr(error)) from error


def _fill(client: "ClientAPI", name: str, chunks: Sequence[Chunk], vectors: Vectors) -> VectorStore:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

    class KeptVectors(Embeddings):
        """Hands LangChain the vectors that the ledger has, in the order of the chunks."""

        def __init__(self) -> None:
            self.at = 0

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            part = vectors[self.at : self.at + len(texts)]
            self.at += len(texts)
            return part.tolist()  # type: ignore[no-any-return]

        def embed_query(self, text: str) -> list[float]:
            raise NotImplementedError("questions come as vectors")

    store = Chroma(
        name, KeptVectors(), client=client,
        collection_configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
    )  # fmt: skip
    for start in range(0, len(chunks), BATCH):
        part = chunks[start : start + BATCH]
        store.add_documents(
            [
                Document(page_content=searched_text(one), metadata=_metadata(one), id=one.id)
                for one in part
            ],
            ids=[one.id for one in part],
        )
    return VectorStore(store, int(vectors.shape[1]))


def _open(client: "ClientAPI", name: str, dimensions: int) -> VectorStore:
    from chromadb.errors import ChromaError
    from langchain_chroma import Chroma

    try:
        store = Chroma(name, client=client, create_collection_if_not_exists=False)
    except (ChromaError, ValueError) as error:
        raise IndexUnavailableError(INDEX_DAMAGED, detail=repr(error)) from error
    return VectorStore(store, dimensions)


def _metadata(chunk: Chunk) -> dict[str, Any]:
    # Every key every time: Chroma merges metadata, so a missing one would keep its old value.
    return {
        "source_id": chunk.source_id,
        "kind": chunk.kind.value,
        "part": chunk.part,
        "page": chunk.page if chunk.page is not None else 0,
        "regions": list(chunk.regions) or [NATIONWIDE],
    }
