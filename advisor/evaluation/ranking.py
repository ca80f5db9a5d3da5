"""Retrieval sets: a ranking a query to nDCG@10, recall, MRR and latency."""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.evaluation.folders import broken, rows_of
from advisor.evaluation.outcome import Item, Outcome, SetKind, Turn
from advisor.evaluation.retrieval import Text, retrieve
from advisor.stores.embedder import Embedder
from advisor.stores.tokenizer import Tokenizer

K = 10


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Texts, queries (id, text), and which texts answer a query, with their gain."""

    texts: tuple[Text, ...]
    queries: tuple[tuple[str, str], ...]
    relevant: Mapping[str, Mapping[str, float]]


def load_retrieval(folder: Path, *, most_queries: int = 0) -> RetrievalSet:
    """Read a retrieval set; `most_queries` (0 for all) are spread evenly over the file.

    Raises:
        BadInputError: A file or line cannot be read, or a judgement names what does not exist.
    """
    texts = tuple(
        Text(str(row["id"]), str(row.get("title") or ""), str(row["text"]))
        for _, row in rows_of(folder / "corpus.jsonl", "id", "text")
    )
    queries = [
        (str(row["id"]), str(row["text"]))
        for _, row in rows_of(folder / "queries.jsonl", "id", "text")
    ]
    relevant = _relevant(
        folder / "qrels.tsv", {one.id for one in texts}, {one for one, _ in queries}
    )
    judged = [one for one in queries if one[0] in relevant]
    step = max(1, len(judged) // most_queries) if most_queries else 1
    return RetrievalSet(texts, tuple(judged[::step]), relevant)


def _relevant(path: Path, texts: set[str], queries: set[str]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    advice = "질문 id, 글 id, 점수를 탭으로 나눈 한 줄로 고쳐 주세요."
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise broken(path, None, "UTF-8로 저장된 파일인지 확인해 주세요.", repr(error)) from error
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != 3 or cells[0] not in queries or cells[1] not in texts:
            raise broken(path, number, advice, "no such query or text, or not three cells")
        try:
            gain = float(cells[2])
        except ValueError as error:
            raise broken(path, number, advice, str(error)) from error
        if gain > 0:
            found[cells[0]][cells[1]] = gain
    return dict(found)


def ndcg(ranked: Sequence[str], gold: Mapping[str, float]) -> float:
    """Return nDCG at 10 with linear gains.

    >>> round(ndcg(["x", "a"], {"a": 1.0}), 3)
    0.631
    """

    def gained(gains: Sequence[float]) -> float:
        return sum(gain / math.log2(at + 2) for at, gain in enumerate(gains[:K]))

    ideal = gained(sorted(gold.values(), reverse=True))
    return gained([gold.get(one, 0.0) for one in ranked]) / ideal if ideal else 0.0


def run_retrieval(
    name: str,
    given: RetrievalSet,
    *,
    embedder: Embedder,
    tokenizer: Tokenizer,
    on_case: Callable[[], None] = lambda: None,
) -> Outcome:
    """Index the texts in a temporary folder, ask every query and score the rankings."""
    found, cost = retrieve(given.texts, given.queries, embedder=embedder, tokenizer=tokenizer, k=K)
    titles = {one.id: one.title or one.text[:60] for one in given.texts}
    items = []
    for query_id, text in given.queries:
        gold = given.relevant[query_id]
        ranked = [one for one, _ in found[query_id]]
        first = next((at for at, one in enumerate(ranked) if one in gold), None)
        extra = {f"R@{k}": len(set(ranked[:k]) & set(gold)) / len(gold) for k in (1, 5, K)}
        extra["MRR"] = 1 / (first + 1) if first is not None else 0.0
        problems = (
            ()
            if first == 0
            else (f"first right at {first + 1}" if first is not None else "not among ten",)
        )
        shown = "\n".join(f"{at}. {titles[one]}" for at, one in enumerate(ranked[:5], 1))
        wanted = ", ".join(titles[one] for one in list(gold)[:3])
        turn = Turn(text, shown, "ranked", tuple(ranked[:5]), problems, wanted)
        items.append(Item(query_id, ndcg(ranked, gold), {}, (turn,), extra))
        on_case()
    figures = {
        "p50 ms": cost.query_p50_ms, "p95 ms": cost.query_p95_ms, "index s": cost.index_seconds,
        "peak MB": cost.peak_mb, "chunks": float(cost.chunks),
    }  # fmt: skip
    return Outcome(name, SetKind.RETRIEVAL, tuple(items), figures)
