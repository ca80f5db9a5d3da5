"""`advisor retrieve`: retrieval alone over any corpus, as a TREC run."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from advisor.config import Settings
from advisor.errors import BadInputError
from advisor.messages import UserMessage


@click.command(
    epilog="예: advisor retrieve --corpus corpus.jsonl --queries queries.jsonl --out run.trec -k 10"
)
@click.option(
    "--corpus", "corpus_file", type=click.Path(path_type=Path), required=True,
    help='글 파일(JSONL). 한 줄에 {"id","title","text"}.',
)  # fmt: skip
@click.option(
    "--queries", "queries_file", type=click.Path(path_type=Path), required=True,
    help='질문 파일(JSONL). 한 줄에 {"id","text"}.',
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), required=True, help="결과를 쓸 파일.")
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, help="질문마다 몇 건까지.")
@click.option("--json", "as_json", is_flag=True, help="비용을 JSON으로 봅니다.")
def retrieve(
    *, corpus_file: Path, queries_file: Path, out: Path, count: int, as_json: bool
) -> None:
    """검색만 따로 재어 TREC 형식으로 씁니다."""
    texts = [
        (str(row["id"]), str(row.get("title") or ""), str(row["text"]))
        for row in rows(corpus_file, ("id", "text"))
    ]
    queries = [(str(row["id"]), str(row["text"])) for row in rows(queries_file, ("id", "text"))]
    from advisor.evaluation.retrieval import Text
    from advisor.evaluation.retrieval import retrieve as run
    from advisor.stores.embedder import load_embedder
    from advisor.stores.home import Home, disk_errors
    from advisor.stores.tokenizer import KiwiTokenizer

    settings = Settings()
    home = Home(settings.home)
    home.create()
    embedder = load_embedder(settings.embedding_model, models=home.models, threads=settings.threads)
    found, cost = run(
        [Text(*one) for one in texts], queries, embedder=embedder, tokenizer=KiwiTokenizer(),
        k=count,
    )  # fmt: skip
    lines = [
        f"{query} Q0 {text} {rank} {score:.6f} advisor\n"
        for query, ranked in found.items()
        for rank, (text, score) in enumerate(ranked, 1)
    ]
    part = out.with_name(f"{out.name}.part")
    with disk_errors():
        part.write_text("".join(lines), encoding="utf-8")
        part.replace(out)
    if as_json:
        click.echo(json.dumps(asdict(cost), ensure_ascii=False))
        return
    click.echo(
        f"글 {cost.texts:,}건(조각 {cost.chunks:,}개) 색인 {cost.index_seconds}초 · 질문 "
        f"{len(queries):,}건 p50 {cost.query_p50_ms} ms, p95 {cost.query_p95_ms} ms · "
        f"최대 메모리 {cost.peak_mb} MB"
    )


def rows(path: Path, fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file; raises BadInputError that names the line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(
            UserMessage(
                text=f"{path.name} 파일을 읽지 못했습니다.",
                next_step="경로와 UTF-8 저장 여부를 확인해 주세요.",
            ),
            detail=repr(error),
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or any(name not in row for name in fields):
            raise BadInputError(
                UserMessage(
                    text=f"{path.name}의 {number}번째 줄을 읽지 못했습니다.",
                    next_step=f"한 줄에 {', '.join(fields)} 항목이 있는 JSON 하나를 적어 주세요.",
                ),
                detail=f"line {number}",
            )
        yield row
