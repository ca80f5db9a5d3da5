"""Quality and cost of retrieval, its parts ablated, beside LangChain + sentence-transformers.

    .venv/bin/python benchmarks/retrieval.py ../shared/bench/welfare ../shared/bench/korquad1
    .venv/bin/python benchmarks/retrieval.py ../shared/bench/welfare --baseline 200

A folder holds corpus.jsonl, queries.jsonl and qrels.tsv. `--baseline N` also runs N texts and up to
N queries through LangChain + sentence-transformers (torch) + Chroma, interleaved with our engine on
the same texts, and prints the ratio. Prints Markdown.
"""

import argparse
import json
import math
import resource
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from advisor.config import Settings
from advisor.evaluation.retrieval import PER_TEXT, Text, chunks_of
from advisor.retrieval.calibrate import OPEN
from advisor.retrieval.search import DENSE_WEIGHT, Searcher
from advisor.stores.bundled_weights import export_sentence_transformers
from advisor.stores.embedder import load_embedder
from advisor.stores.home import Home
from advisor.stores.ledger import searched_text
from advisor.stores.tokenizer import KiwiTokenizer
from advisor.stores.vector_store import build_folder

K = 10


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--queries", type=int, default=600, help="queries a set, evenly spread")
    parser.add_argument("--baseline", type=int, default=0, help="texts for the comparison")
    options = parser.parse_args()
    settings = Settings()
    home = Home(settings.home)
    home.create()
    embedder = load_embedder("", models=home.models, threads=settings.threads)
    tokenizer = KiwiTokenizer()
    tokenizer.terms("준비")
    print("| set | system | nDCG@10 | R@5 | s / 1,000 passages | query p50 / p95 ms |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for folder in options.folders:
        measure(folder, options.queries, embedder, tokenizer)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak resident memory of the process: {peak:.0f} MB")
    if options.baseline:
        compare(options.folders[0], options.baseline, embedder, tokenizer, home)


def measure(folder, count, embedder, tokenizer):
    """Print a row for each system, all over the same vectors and terms."""
    texts, queries, relevant = read(folder, count)
    chunks = [chunk for text in texts for chunk in chunks_of(text)]
    words = [searched_text(chunk) for chunk in chunks]
    started = time.perf_counter()
    vectors = embedder.embed_passages(words)
    terms = [tokenizer.terms(one) for one in words]
    with tempfile.TemporaryDirectory() as place:
        store = build_folder(Path(place), chunks, vectors)
        per_thousand = (time.perf_counter() - started) / len(chunks) * 1000
        systems = {
            "both": (DENSE_WEIGHT, queries),
            "dense alone": (1.0, queries),
            "BM25 alone": (0.0, queries),
            "both, queries without spaces": (
                DENSE_WEIGHT, {one: text.replace(" ", "") for one, text in queries.items()},
            ),
        }  # fmt: skip
        for name, (weight, asked) in systems.items():
            searcher = Searcher(
                chunks, vectors, terms, store=store, embedder=embedder, tokenizer=tokenizer,
                calibration=OPEN, dense_weight=weight,
            )  # fmt: skip
            run, times = ask(searcher, asked)
            ndcg, recall = score(run, relevant)
            p50, p95 = np.percentile(times, [50, 95])
            print(
                f"| {folder.name} | {name} | {ndcg:.4f} | {recall:.3f} | {per_thousand:.0f} "
                f"| {p50:.1f} / {p95:.1f} |",
                flush=True,
            )


def ask(searcher, queries):
    run, times = {}, []
    for query_id, query in queries.items():
        began = time.perf_counter()
        found = searcher.search(query, k=K * PER_TEXT).hits
        times.append((time.perf_counter() - began) * 1000)
        run[query_id] = list(dict.fromkeys(hit.chunk.source_id for hit in found))[:K]
    return run, times


def compare(folder, count, embedder, tokenizer, home):
    """Print cost beside LangChain + sentence-transformers + Chroma, batch by batch in turn."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    place = home.models / "sentence-transformers-e5-small"
    if not place.exists():
        export_sentence_transformers(place)
    model = SentenceTransformer(str(place), device="cpu")

    class Torch(Embeddings):
        def embed_documents(self, texts):
            return model.encode([f"passage: {one}" for one in texts], normalize_embeddings=True)

        def embed_query(self, text):
            return model.encode(f"query: {text}", normalize_embeddings=True).tolist()

    texts, queries, relevant = read(folder, count)
    chunks = [chunk for text in texts[:count] for chunk in chunks_of(text)]
    theirs = Chroma("baseline", Torch(), collection_configuration={"hnsw": {"space": "cosine"}})
    ours_s = theirs_s = 0.0
    parts = []
    for start in range(0, len(chunks), 16):
        part = chunks[start : start + 16]
        began = time.perf_counter()
        parts.append(embedder.embed_passages([searched_text(one) for one in part]))
        for one in part:
            tokenizer.terms(searched_text(one))
        middle = time.perf_counter()
        theirs.add_documents(
            [Document(searched_text(one), metadata={"source": one.source_id}) for one in part]
        )
        ours_s += middle - began
        theirs_s += time.perf_counter() - middle
    vectors = np.concatenate(parts)
    with tempfile.TemporaryDirectory() as folder_:
        began = time.perf_counter()
        store = build_folder(Path(folder_), chunks, vectors)
        ours_s += time.perf_counter() - began
        searcher = Searcher(
            chunks, vectors, [tokenizer.terms(searched_text(one)) for one in chunks], store=store,
            embedder=embedder, tokenizer=tokenizer, calibration=OPEN,
        )  # fmt: skip
        times = {"ours": [], "theirs": []}
        runs = {"ours": {}, "theirs": {}}
        kept = {one.source_id for one in chunks}
        asked = {one: text for one, text in queries.items() if relevant[one].keys() & kept}
        for query_id, query in list(asked.items())[:count]:
            began = time.perf_counter()
            hits = searcher.search(query, k=K * PER_TEXT).hits
            middle = time.perf_counter()
            documents = theirs.similarity_search(query, k=K * PER_TEXT)
            times["theirs"].append((time.perf_counter() - middle) * 1000)
            times["ours"].append((middle - began) * 1000)
            runs["ours"][query_id] = list(dict.fromkeys(one.chunk.source_id for one in hits))[:K]
            runs["theirs"][query_id] = list(
                dict.fromkeys(one.metadata["source"] for one in documents)
            )[:K]
    print(f"\n{folder.name}: {len(chunks)} chunks and {len(times['ours'])} queries in turn\n")
    print("| system | nDCG@10 | s / 1,000 passages | query p50 / p95 ms |")
    print("| --- | ---: | ---: | ---: |")
    for name, seconds in (("ours", ours_s), ("theirs", theirs_s)):
        label = "this product" if name == "ours" else "LangChain + sentence-transformers + Chroma"
        p50, p95 = np.percentile(times[name], [50, 95])
        ndcg, _ = score(runs[name], relevant)
        print(
            f"| {label} | {ndcg:.4f} | {seconds / len(chunks) * 1000:.0f} | {p50:.1f} / {p95:.1f} |"
        )
    print(f"\nIndexing is {theirs_s / ours_s:.1f} times as fast as theirs.")


def read(folder, count):
    texts = [
        Text(str(row["id"]), row.get("title") or "", row["text"])
        for row in map(json.loads, (folder / "corpus.jsonl").open(encoding="utf-8"))
    ]
    rows = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    step = max(1, len(rows) // count)
    queries = {str(row["id"]): row["text"] for row in rows[::step]}
    relevant = defaultdict(dict)
    lines = (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for query, text, gain in (line.split("\t") for line in lines):
        relevant[query][text] = float(gain)
    return texts, queries, relevant


def score(run, relevant):
    """Return nDCG@10 and the share of queries with a right text among the first five."""
    total, hit = 0.0, 0
    for query, ranked in run.items():
        gold = relevant[query]
        ideal = sum(1 / math.log2(at + 2) for at in range(min(K, len(gold))))
        total += sum(1 / math.log2(at + 2) for at, one in enumerate(ranked) if one in gold) / ideal
        hit += any(one in gold for one in ranked[:5])
    return total / len(run), hit / len(run)


if __name__ == "__main__":
    main()
