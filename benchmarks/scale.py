"""The lexical half as every worker builds it: time and memory by number of chunks.

    python benchmarks/scale.py --chunks 25000 50000 100000

Texts are made of the shipped records' own terms (as many a chunk as there), in a seeded order.
"""

import argparse
import gc
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from advisor.chunking.records import chunk_corpus
from advisor.config import Settings
from advisor.corpus.load import load_corpus
from advisor.stores.keyword_store import KeywordStore
from advisor.stores.ledger import searched_text
from advisor.stores.tokenizer import KiwiTokenizer

SEED = 20261125


def main() -> None:
    """Measure each size in a process of its own, so that memory is that size's alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, nargs="+", default=[25_000, 50_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        measure(given.one)
        return
    print("chunks  terms  build_s  kept_mb  peak_mb  query_ms", flush=True)
    for count in given.chunks:
        subprocess.run([sys.executable, __file__, "--one", str(count)], check=True)


def measure(count: int) -> None:
    """Print one line for a number of chunks."""
    texts = some_terms()
    rng = random.Random(SEED)
    before = resident_mb()
    terms = [rng.choice(texts)[:] for _ in range(count)]
    for one in terms:  # no two the same, as long as the original
        one[rng.randrange(len(one))] = f"w{rng.randrange(count)}"
    began = time.perf_counter()
    store = KeywordStore(terms)
    took = time.perf_counter() - began
    average = sum(map(len, terms)) / count
    del terms
    gc.collect()
    memory = resident_mb() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    asked = [rng.sample(rng.choice(texts), 4) for _ in range(20)]
    began = time.perf_counter()
    for one in asked:
        store.scores(dict.fromkeys(one, 1.0))
    query_ms = (time.perf_counter() - began) / len(asked) * 1000
    print(
        f"{count}  {average:.0f}  {took:.1f}  {memory:.0f}  {peak:.0f}  {query_ms:.1f}", flush=True
    )


def some_terms() -> list[list[str]]:
    """Return the terms of the shipped records' chunks."""
    tokenizer = KiwiTokenizer()
    chunks = [one for some in chunk_corpus(load_corpus(Settings().corpus)).values() for one in some]
    rng = random.Random(SEED)
    return [
        terms
        for one in rng.sample(chunks, 400)
        if len(terms := tokenizer.terms(searched_text(one))) > 4
    ]


def resident_mb() -> float:
    """Return the resident memory now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
