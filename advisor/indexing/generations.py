"""Generations of an index on disk or on a Chroma server: built, checked, opened, dropped."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from advisor.config import Settings
from advisor.domain.passages import Chunk
from advisor.errors import IndexUnavailableError
from advisor.messages import UserMessage
from advisor.retrieval.calibrate import OPEN, calibrate, probes
from advisor.retrieval.reranker import CrossEncoderReranker, Reranker
from advisor.retrieval.search import Searcher
from advisor.stores import vector_store
from advisor.stores.embedder import Embedder, Vectors
from advisor.stores.home import Home, remove_folder
from advisor.stores.ledger import chunks_digest
from advisor.stores.manifest import Manifest
from advisor.stores.tokenizer import Tokenizer
from advisor.stores.vector_store import VectorStore

logger = logging.getLogger(__name__)

INDEX_NOT_SOUND = UserMessage(
    text="새로 만든 검색 색인이 점검을 통과하지 못했습니다. 이전 색인은 그대로 있습니다.",
    next_step="디스크 상태를 확인한 뒤 `advisor index --rebuild`를 다시 실행해 주세요.",
)


class Generations:
    """Makes and opens generations of one home's index. Used by one thread at a time."""

    def __init__(
        self,
        settings: Settings,
        home: Home,
        embedder: Embedder,
        tokenizer: Tokenizer,
        *,
        was_killed: bool,
    ) -> None:
        """Keep what generations are made with; `was_killed`: the process before left its mark."""
        self._settings = settings
        self._home = home
        self._embedder = embedder
        self._tokenizer = tokenizer
        self._reranker: Reranker | None = (
            CrossEncoderReranker(settings.reranker_model) if settings.reranker_model else None
        )
        self._was_killed = was_killed
        self._last_built = 0

    def fits(self, manifest: Manifest, chunks: Sequence[Chunk]) -> bool:
        """Tell whether a generation holds these chunks as today's models see them."""
        return (
            manifest.model_id == self._embedder.model_id
            and manifest.tokenizer_id == self._tokenizer.tokenizer_id
            and manifest.count == len(chunks)
            and manifest.digest == chunks_digest(chunks)
        )

    def open(
        self,
        manifest: Manifest,
        chunks: Sequence[Chunk],
        terms: Sequence[Sequence[str]],
        vectors: Vectors,
    ) -> Searcher | None:
        """Open a generation; None where it is missing or damaged."""
        store = self._open_store(manifest, chunks, vectors)
        if store is None:
            return None
        return self._searcher_of(chunks, terms, vectors, store, manifest)

    def build(
        self,
        old: Manifest | None,
        chunks: Sequence[Chunk],
        terms: Sequence[Sequence[str]],
        vectors: Vectors,
    ) -> tuple[Manifest, Searcher]:
        """Make the generation after `old` and check that each text finds itself.

        Raises:
            IndexUnavailableError: It does not; the generation before is untouched.
        """
        generation = self._next_generation(old)
        if self._settings.chroma_url:
            store = vector_store.build_on_server(
                self._settings.chroma_url, _collection(generation), chunks, vectors
            )
        else:
            folder = self._home.index / generation
            remove_folder(folder)
            store = vector_store.build_folder(folder, chunks, vectors)
        step = max(1, len(chunks) // vector_store.SAMPLE)
        sample = [(chunks[at].id, vectors[at]) for at in range(0, len(chunks), step)]
        if not vector_store.finds_itself(store, len(chunks), sample):
            raise IndexUnavailableError(INDEX_NOT_SOUND, detail=f"generation {generation}")
        fresh = Manifest(
            generation, self._embedder.model_id, self._embedder.dimensions,
            self._tokenizer.tokenizer_id, chunks_digest(chunks), len(chunks), OPEN,
        )  # fmt: skip
        measured = self._searcher_of(chunks, terms, vectors, store, fresh)
        thresholds = calibrate(measured, self._embedder, probes(chunks))
        return replace(fresh, calibration=thresholds), measured.calibrated(thresholds)

    def drop_others(self, generation: str, old: Manifest | None) -> None:
        """Remove generations that nothing points at.

        The one before stays until the next switch: questions may still be reading it.
        """
        if self._settings.chroma_url:
            if old is not None and old.generation != generation:
                vector_store.drop_on_server(self._settings.chroma_url, _collection(old.generation))
            return
        for folder in self._home.index.glob("g*/"):
            if folder.name not in {generation, old.generation if old else generation}:
                remove_folder(folder)

    def _next_generation(self, old: Manifest | None) -> str:
        """Return a name that this process has not used: Chroma keeps what it had open under a path.

        A build that failed would otherwise be followed by one into files that are gone.
        """
        self._last_built = max(self._last_built, int(old.generation[1:]) if old else 0) + 1
        return f"g{self._last_built:06d}"

    def _open_store(
        self, manifest: Manifest, chunks: Sequence[Chunk], vectors: Vectors
    ) -> VectorStore | None:
        if self._settings.chroma_url:
            store = vector_store.open_on_server(
                self._settings.chroma_url, _collection(manifest.generation),
                dimensions=manifest.dimensions,
            )  # fmt: skip
        else:
            folder = self._home.index / manifest.generation
            if not vector_store.looks_whole(folder, manifest.count):
                return None
            # A process that was killed may have left files whose opening ends this one too.
            if self._was_killed and not vector_store.check_in_child(folder, chunks, vectors):
                return None
            self._was_killed = False
            try:
                store = vector_store.open_folder(folder, dimensions=manifest.dimensions)
            except IndexUnavailableError as error:
                logger.warning("index not opened detail=%s", error.detail)
                return None
        return store if store.count() == manifest.count else None

    def _searcher_of(
        self,
        chunks: Sequence[Chunk],
        terms: Sequence[Sequence[str]],
        vectors: Vectors,
        store: VectorStore,
        manifest: Manifest,
    ) -> Searcher:
        return Searcher(
            chunks, vectors, terms, store=store, embedder=self._embedder,
            tokenizer=self._tokenizer, calibration=manifest.calibration, reranker=self._reranker,
        )  # fmt: skip


def _collection(generation: str) -> str:
    return f"advisor-{generation}"
