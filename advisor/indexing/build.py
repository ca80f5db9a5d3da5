"""The index of a home: brought up to date from corpus and documents, opened, and kept whole."""

import logging
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from advisor.chunking.records import chunk_corpus
from advisor.config import Settings
from advisor.domain.passages import Chunk, Document, Kind, SearchResult
from advisor.domain.records import Corpus
from advisor.errors import IndexUnavailableError
from advisor.indexing.generations import Generations
from advisor.indexing.plan import Plan, plan_changes
from advisor.indexing.prepare import OnProgress, Preparer
from advisor.messages import UserMessage
from advisor.retrieval.filters import Filter
from advisor.retrieval.search import Searcher
from advisor.stores import claims
from advisor.stores.claims import Claim
from advisor.stores.database import Engine, is_usable, open_database
from advisor.stores.embedder import Embedder, Vectors, load_embedder
from advisor.stores.home import Home
from advisor.stores.ledger import Ledger, chunks_digest
from advisor.stores.manifest import read_manifest, write_manifest
from advisor.stores.tokenizer import KiwiTokenizer, Tokenizer

logger = logging.getLogger(__name__)

IN_USE = "in-use"  # there while a process has the index open; left behind by one that was killed
LOCK_PATIENCE_S = 5.0
INDEX_MISSING = UserMessage(
    text="검색할 자료가 아직 준비되지 않았거나 자료보다 오래되었습니다.",
    next_step="`advisor index`를 실행해 색인을 만들어 주세요.",
)
DATABASE_BEING_RESTORED = UserMessage(
    text="데이터베이스를 백업에서 되살리는 중이라 지금은 열 수 없습니다.",
    next_step="`advisor restore`가 끝난 뒤 다시 실행해 주세요.",
)


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
        self._claim = Claim(engine, claims.IN_USE, is_shared=True)
        if not self._claim.take():
            raise IndexUnavailableError(DATABASE_BEING_RESTORED, detail="database is claimed")
        self._home = home
        self._engine = engine
        self._lock = lock
        self._embedder = embedder
        self._updating = threading.Lock()
        self._searcher: Searcher | None = None
        self._generations = Generations(
            settings, home, embedder, tokenizer, was_killed=(home.index / IN_USE).exists()
        )
        (home.index / IN_USE).write_text("", encoding="utf-8")
        # Documents that were deleted and still stand in the generation that answers.
        self._hidden: frozenset[str] = frozenset()
        # Those of them that were added again since.
        self._returned: frozenset[str] = frozenset()
        self._hiding = threading.Lock()
        self.ledger = Ledger(engine)
        self.preparer = Preparer(self.ledger, embedder, tokenizer)
        self.last_report: Report | None = None

    @property
    def engine(self) -> Engine:
        """Return the database behind the ledger."""
        return self._engine

    @property
    def copies(self) -> Path:
        """Return the folder of the kept originals."""
        return self._home.root / "documents"

    @property
    def uploads(self) -> Path:
        """Return the folder where uploads wait for their job."""
        return self._home.root / "uploads"

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
        if self._hidden:
            only = replace(only or Filter(), without=self._hidden)
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
            hidden, returned = self._hidden, self._returned
            chunks = self.ledger.chunks()
            terms = self.preparer.terms(chunks, on_progress)
            vectors = self.preparer.vectors(chunks, on_progress)
            was_built = self._serve(chunks, terms, vectors, rebuild=rebuild)
            self._show_again(hidden, returned, {one.source_id for one in chunks})
            if was_built and self.preparer.is_idle:
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
        if manifest is None or not self._generations.fits(manifest, chunks):
            return False
        kept = self.preparer.kept(chunks)
        if kept is None:
            return False
        self._searcher = self._generations.open(manifest, chunks, *kept)
        return self._searcher is not None

    def put_document(self, document: Document, chunks: Sequence[Chunk]) -> None:
        """Keep a document with its chunks; `update` then makes it findable.

        What the generation that answers has of an older state goes on answering until then.
        """
        with self._hiding:
            self.ledger.put_document(document, chunks)
            self._returned |= self._hidden & {document.id}

    def delete_document(self, document_id: str) -> bool:
        """Delete a document; no answer has it from this moment. False where there was none."""
        with self._hiding:
            self._hidden |= {document_id}
            self._returned -= {document_id}
            return self.ledger.delete_document(document_id)

    def has_hidden(self) -> bool:
        """Tell whether the generation that answers still holds what was deleted."""
        return bool(self._hidden)

    def is_usable(self) -> bool:
        """Tell whether questions can be searched."""
        return self._searcher is not None

    def is_database_usable(self) -> bool:
        """Tell whether the database answers."""
        return is_usable(self._engine)

    def close(self) -> None:
        """Let go of the home; the next process opens it without a check."""
        (self._home.index / IN_USE).unlink(missing_ok=True)
        self._claim.drop()
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

    def _show_again(
        self, hidden: frozenset[str], returned: frozenset[str], there: Collection[str]
    ) -> None:
        """Stop hiding what the new generation does not hold, or holds because it was added again.

        What was deleted while it was made is in it and stays hidden.
        """
        with self._hiding:
            back = returned & self._returned
            self._hidden -= {one for one in hidden if one not in there or one in back}
            self._returned -= back

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
        if manifest is not None and not rebuild and self._generations.fits(manifest, chunks):
            if self._searcher is not None:
                return False
            self._searcher = self._generations.open(manifest, chunks, terms, vectors)
            if self._searcher is not None:
                return False
            logger.warning("index damaged, made anew generation=%s", manifest.generation)
        fresh, searcher = self._generations.build(manifest, chunks, terms, vectors)
        write_manifest(self._home.index, fresh)
        self._searcher = searcher
        self._generations.drop_others(fresh.generation, manifest)
        return True


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
