"""The index of a home: brought up to date from corpus and documents, opened, and kept whole."""

import logging
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np

from advisor.chunking.records import chunk_corpus
from advisor.config import Settings
from advisor.domain.passages import Chunk, Kind, SearchResult
from advisor.domain.records import Corpus
from advisor.errors import IndexUnavailableError
from advisor.indexing.ingest import IngestResult, OnFile, ingest_paths
from advisor.indexing.plan import Plan, plan_changes
from advisor.messages import UserMessage
from advisor.retrieval.calibrate import OPEN, calibrate, probes
from advisor.retrieval.filters import Filter
from advisor.retrieval.reranker import CrossEncoderReranker, Reranker
from advisor.retrieval.search import Searcher
from advisor.stores import vector_store
from advisor.stores.database import Engine, is_usable, open_database
from advisor.stores.embedder import Embedder, Vectors, load_embedder
from advisor.stores.home import Home, remove_folder
from advisor.stores.ledger import Ledger, chunks_digest, searched_text, text_digest
from advisor.stores.manifest import Manifest, read_manifest, write_manifest
from advisor.stores.tokenizer import KiwiTokenizer, Tokenizer
from advisor.stores.vector_store import VectorStore

logger = logging.getLogger(__name__)

IN_USE = "in-use"  # there while a process has the index open; left behind by one that was killed
EMBED_STEP = 64
LOCK_PATIENCE_S = 5.0
INDEX_MISSING = UserMessage(
    text="검색할 자료가 아직 준비되지 않았거나 자료보다 오래되었습니다.",
    next_step="`advisor index`를 실행해 색인을 만들어 주세요.",
)
INDEX_NOT_SOUND = UserMessage(
    text="새로 만든 검색 색인이 점검을 통과하지 못했습니다. 이전 색인은 그대로 있습니다.",
    next_step="디스크 상태를 확인한 뒤 `advisor index --rebuild`를 다시 실행해 주세요.",
)


class OnProgress(Protocol):
    """Told how far a build is: what it does, how many of how many are done."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did, in sources; `chunks` is how many there are now."""

    added: int
    changed: int
    removed: int
    unchanged: int
    chunks: int
    rebuilt: bool
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """Return the report as the command prints it."""
        return asdict(self)


class Index:
    """The open index of one home. Asking is safe from many threads, and so is one update beside it."""

    def __init__(
        self,
        settings: Settings,
        home: Home,
        engine: Engine,
        lock: IO[str],
        embedder: Embedder,
        tokenizer: Tokenizer,
    ) -> None:
        """Take over what was opened; `ensure_index` and `open_index` make one."""
        self._settings = settings
        self._home = home
        self._engine = engine
        self._lock = lock
        self._embedder = embedder
        self._tokenizer = tokenizer
        self._reranker: Reranker | None = (
            CrossEncoderReranker(settings.reranker_model) if settings.reranker_model else None
        )
        self._updating = threading.Lock()
        self._searcher: Searcher | None = None
        self._was_killed = (home.index / IN_USE).exists()
        (home.index / IN_USE).write_text("", encoding="utf-8")
        self.ledger = Ledger(engine)
        self.last_report: Report | None = None

    @property
    def embedder(self) -> Embedder:
        """Return the model behind the vectors."""
        return self._embedder

    @property
    def searcher(self) -> Searcher:
        """Return the generation that answers now."""
        assert self._searcher is not None
        return self._searcher

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        extra_terms: tuple[str, ...] = (),
        only: Filter | None = None,
    ) -> SearchResult:
        """Search the generation that answers now (see `Searcher.search`)."""
        return self.searcher.search(query, k=k, extra_terms=extra_terms, only=only)

    def search_json(
        self,
        query: str,
        *,
        k: int = 10,
        kinds: Collection[Kind] | None = None,
        region: str | None = None,
        source_ids: Collection[str] | None = None,
        extra_terms: tuple[str, ...] = (),
    ) -> list[dict[str, Any]]:
        """Return ranked hits in the shape of the contract, one a record or document page."""
        only = Filter(
            kinds=frozenset(kinds) if kinds else None,
            region=region,
            source_ids=None if source_ids is None else frozenset(source_ids),
        )
        # Several texts of one record are one hit for a reader.
        found = self.search(query, k=k * 6, extra_terms=extra_terms, only=only)
        best: dict[tuple[str, int | None], dict[str, Any]] = {}
        for hit in found.hits:
            chunk = hit.chunk
            best.setdefault(
                (chunk.source_id, chunk.page),
                {
                    "record_id": chunk.source_id,
                    "kind": chunk.kind.value,
                    "title": chunk.title,
                    "score": round(hit.score, 4),
                    "text": chunk.text,
                    "locator": {
                        "part": chunk.part,
                        "page": chunk.page,
                        "section": " > ".join(chunk.heading_path) or None,
                        "start": chunk.start,
                        "end": chunk.end,
                    },
                },
            )
        return list(best.values())[:k]

    def update(
        self, corpus: Corpus, *, rebuild: bool = False, on_progress: OnProgress | None = None
    ) -> Report:
        """Bring ledger and index up to date with a corpus and the documents of the ledger.

        The generation that answers goes on answering until the new one has been checked.

        Raises:
            IndexUnavailableError: The new generation is not sound.
            HomeUnavailableError: The disk or the database cannot be written.
        """
        started = time.perf_counter()
        with self._updating:
            plan = self._update_records(corpus)
            chunks = self.ledger.chunks()
            terms = self._terms(chunks, on_progress)
            vectors = self._vectors(chunks, on_progress)
            was_built = self._serve(chunks, terms, vectors, rebuild=rebuild)
            if was_built:
                self.ledger.forget_unused()
        report = Report(
            len(plan.added), len(plan.changed), len(plan.removed), len(plan.unchanged),
            len(chunks), was_built, round(time.perf_counter() - started, 2),
        )  # fmt: skip
        logger.info(
            "index updated added=%d changed=%d removed=%d chunks=%d rebuilt=%s",
            report.added, report.changed, report.removed, report.chunks, report.rebuilt,
        )  # fmt: skip
        self.last_report = report
        return report

    def open(self) -> bool:
        """Open what the last update made; False where it is missing, stale or damaged."""
        manifest = read_manifest(self._home.index)
        chunks = self.ledger.chunks()
        if manifest is None or not self._fits(manifest, chunks):
            return False
        digests = [text_digest(chunk) for chunk in chunks]
        terms = self.ledger.terms(digests, self._tokenizer.tokenizer_id)
        vectors = self.ledger.vectors(digests, self._embedder.model_id)
        if any(one not in terms or one not in vectors for one in digests):
            return False
        rows = np.stack([vectors[one] for one in digests]) if digests else self._no_vectors()
        store = self._open_store(manifest, chunks, rows)
        if store is None:
            return False
        self._searcher = self._searcher_of(
            chunks, [terms[one] for one in digests], rows, store, manifest
        )
        return True

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        on_file: OnFile | None = None,
        names: Mapping[Path, str] | None = None,
    ) -> list[IngestResult]:
        """Read files into the ledger; `update` then makes them findable."""
        copies = self._home.root / "documents"
        return ingest_paths(paths, ledger=self.ledger, copies=copies, on_file=on_file, names=names)

    def is_usable(self) -> bool:
        """Tell whether questions can be searched."""
        return self._searcher is not None

    def is_database_usable(self) -> bool:
        """Tell whether the database answers."""
        return is_usable(self._engine)

    def close(self) -> None:
        """Let go of the home; the next process opens it without a check."""
        (self._home.index / IN_USE).unlink(missing_ok=True)
        self._lock.close()
        self._engine.dispose()

    def _update_records(self, corpus: Corpus) -> Plan:
        wanted = chunk_corpus(corpus)
        plan = plan_changes(
            self.ledger.source_digests(records=True),
            {record: chunks_digest(chunks) for record, chunks in wanted.items()},
        )
        if not plan.is_empty:
            changed = {record: wanted[record] for record in (*plan.added, *plan.changed)}
            self.ledger.put_records(changed, plan.removed)
        return plan

    def _terms(self, chunks: Sequence[Chunk], on_progress: OnProgress | None) -> list[list[str]]:
        texts = {text_digest(chunk): searched_text(chunk) for chunk in chunks}
        kept = self.ledger.terms(list(texts), self._tokenizer.tokenizer_id)
        fresh: dict[str, list[str]] = {}
        missing = [one for one in texts if one not in kept]
        for number, digest in enumerate(missing, 1):
            fresh[digest] = self._tokenizer.terms(texts[digest])
            if on_progress is not None and (number % EMBED_STEP == 0 or number == len(missing)):
                on_progress("terms", number, len(missing))
        self.ledger.put_terms(self._tokenizer.tokenizer_id, fresh)
        kept.update(fresh)
        return [kept[text_digest(chunk)] for chunk in chunks]

    def _vectors(self, chunks: Sequence[Chunk], on_progress: OnProgress | None) -> Vectors:
        texts = {text_digest(chunk): searched_text(chunk) for chunk in chunks}
        model_id = self._embedder.model_id
        kept = self.ledger.vectors(list(texts), model_id)
        missing = [one for one in texts if one not in kept]
        # Kept step by step: a build that is killed goes on where it was.
        for start in range(0, len(missing), EMBED_STEP):
            part = missing[start : start + EMBED_STEP]
            rows = self._embedder.embed_passages([texts[one] for one in part])
            fresh = dict(zip(part, rows, strict=True))
            self.ledger.put_vectors(model_id, fresh)
            kept.update(fresh)
            if on_progress is not None:
                on_progress("vectors", start + len(part), len(missing))
        if not chunks:
            return self._no_vectors()
        return np.stack([kept[text_digest(chunk)] for chunk in chunks])

    def _no_vectors(self) -> Vectors:
        return np.zeros((0, self._embedder.dimensions), np.float32)

    def _serve(
        self,
        chunks: Sequence[Chunk],
        terms: Sequence[Sequence[str]],
        vectors: Vectors,
        *,
        rebuild: bool,
    ) -> bool:
        """Open the generation in use, or make and switch to a new one; tell which."""
        manifest = read_manifest(self._home.index)
        if manifest is not None and not rebuild and self._fits(manifest, chunks):
            if self._searcher is not None:
                return False
            store = self._open_store(manifest, chunks, vectors)
            if store is not None:
                self._searcher = self._searcher_of(chunks, terms, vectors, store, manifest)
                return False
            logger.warning("index damaged, made anew generation=%s", manifest.generation)
        fresh, store = self._build(manifest, chunks, terms, vectors)
        searcher = self._searcher_of(chunks, terms, vectors, store, fresh)
        write_manifest(self._home.index, fresh)
        self._searcher = searcher
        self._drop_others(fresh.generation, manifest)
        return True

    def _build(
        self,
        old: Manifest | None,
        chunks: Sequence[Chunk],
        terms: Sequence[Sequence[str]],
        vectors: Vectors,
    ) -> tuple[Manifest, VectorStore]:
        generation = f"g{int(old.generation[1:]) + 1 if old else 1:06d}"
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
        return replace(fresh, calibration=thresholds), store

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

    def _fits(self, manifest: Manifest, chunks: Sequence[Chunk]) -> bool:
        return (
            manifest.model_id == self._embedder.model_id
            and manifest.tokenizer_id == self._tokenizer.tokenizer_id
            and manifest.count == len(chunks)
            and manifest.digest == chunks_digest(chunks)
        )

    def _drop_others(self, generation: str, old: Manifest | None) -> None:
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


def ensure_index(
    settings: Settings,
    corpus: Corpus,
    *,
    serving: bool = False,
    rebuild: bool = False,
    on_progress: OnProgress | None = None,
) -> Index:
    """Open the index of the home, brought up to date first.

    Raises:
        IndexUnavailableError: Another process has it, or a model cannot be loaded.
        HomeUnavailableError: The home or the database cannot be used.
    """
    index = _take(settings, serving=serving)
    try:
        index.update(corpus, rebuild=rebuild, on_progress=on_progress)
    except BaseException:
        index.close()
        raise
    return index


def open_index(settings: Settings, corpus: Corpus, *, serving: bool = False) -> Index:
    """Open the index as it is; raises IndexUnavailableError where it has to be made first."""
    del corpus
    index = _take(settings, serving=serving)
    if not index.open():
        index.close()
        raise IndexUnavailableError(INDEX_MISSING, detail="no index that fits")
    return index


def _take(settings: Settings, *, serving: bool) -> Index:
    """Own the home: its lock, database and models."""
    home = Home(settings.home)
    # A command that is about to end is waited for; a second server is told at once.
    lock = _lock(home, patience_s=0.0 if serving else LOCK_PATIENCE_S)
    try:
        tokenizer = KiwiTokenizer()
        tokenizer.start()
        engine = open_database(settings)
        embedder = load_embedder(
            settings.embedding_model, models=home.models, threads=settings.threads
        )
        return Index(settings, home, engine, lock, embedder, tokenizer)
    except BaseException:
        lock.close()
        raise


def _lock(home: Home, *, patience_s: float) -> IO[str]:
    until = time.monotonic() + patience_s
    while True:
        try:
            return home.acquire_lock()
        except IndexUnavailableError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.1)


def _collection(generation: str) -> str:
    return f"advisor-{generation}"
