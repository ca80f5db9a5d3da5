"""Retrieval alone over any corpus: texts in, a ranking per query out, and what it cost."""

import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from advisor.chunking.documents import chunk_document
from advisor.domain.passages import Chunk, Document, Kind, Page
from advisor.retrieval.calibrate import OPEN
from advisor.retrieval.search import Searcher
from advisor.stores.embedder import Embedder
from advisor.stores.ledger import searched_text
from advisor.stores.tokenizer import Tokenizer
from advisor.stores.vector_store import build_folder
from advisor.text import clean

# Several chunks of one text are one result: ask for that many more.
PER_TEXT = 4
# Up to here a text is one chunk: e5 reads 512 tokens, about 930 Korean characters.
WHOLE_CHARS = 900


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost; milliseconds per query, MB at the peak of the process."""

    texts: int
    chunks: int
    index_seconds: float
    query_p50_ms: float
    query_p95_ms: float
    peak_mb: float


def retrieve(
    texts: Sequence[Text],
    queries: Sequence[tuple[str, str]],
    *,
    embedder: Embedder,
    tokenizer: Tokenizer,
    k: int,
) -> tuple[dict[str, list[tuple[str, float]]], Cost]:
    """Index texts in a temporary folder and ask every query.

    Returns:
        Text ids and scores by query id, best first, at most `k`; and the cost.
    """
    started = time.perf_counter()
    chunks = [chunk for text in texts for chunk in chunks_of(text)]
    words = [searched_text(chunk) for chunk in chunks]
    vectors = embedder.embed_passages(words)
    terms = [tokenizer.terms(one) for one in words]
    with tempfile.TemporaryDirectory() as folder:
        store = build_folder(Path(folder), chunks, vectors)
        searcher = Searcher(
            chunks, vectors, terms, store=store, embedder=embedder, tokenizer=tokenizer,
            calibration=OPEN,
        )  # fmt: skip
        index_seconds = time.perf_counter() - started
        found: dict[str, list[tuple[str, float]]] = {}
        times: list[float] = []
        for query_id, query in queries:
            began = time.perf_counter()
            hits = searcher.search(query, k=k * PER_TEXT).hits
            best: dict[str, float] = {}
            for hit in hits:
                best.setdefault(hit.chunk.source_id, hit.score)
            found[query_id] = list(best.items())[:k]
            times.append((time.perf_counter() - began) * 1000)
    p50, p95 = np.percentile(times, [50, 95]) if times else (0.0, 0.0)
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cost = Cost(
        len(texts), len(chunks), round(index_seconds, 2), round(float(p50), 2),
        round(float(p95), 2), round(peak_kb / 1024, 1),
    )  # fmt: skip
    return found, cost


def chunks_of(text: Text) -> Iterator[Chunk]:
    """Yield a text as chunks; one that the model can read at once stays whole."""
    body = clean(text.text)
    page = Page(None, body)
    document = Document(text.id, clean(text.title), "", "text/plain", "", (page,))
    chunks = chunk_document(document)
    if len(body) <= WHOLE_CHARS or not chunks:
        yield Chunk(
            f"{text.id}#0", text.id, Kind.DOCUMENT, document.title, "text", body or document.title,
            end=len(body),
        )  # fmt: skip
        return
    yield from chunks
