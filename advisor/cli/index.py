"""`advisor index`: brings the index up to date with the corpus and the ingested documents."""

import json
import sys
from typing import Any

import click

from advisor.config import Settings

STAGES = {"terms": "낱말 나누기", "vectors": "뜻 벡터 만들기"}


@click.command(epilog="예: advisor index --rebuild")
@click.option("--rebuild", is_flag=True, help="바뀐 것이 없어도 색인을 처음부터 다시 만듭니다.")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def index(*, rebuild: bool, as_json: bool) -> None:
    """바뀐 기록과 문서만 골라 색인에 반영합니다."""
    from tqdm import tqdm

    from advisor.corpus.effective import load_effective
    from advisor.indexing.build import ensure_index

    settings = Settings()
    corpus = load_effective(settings).corpus
    bars: dict[str, Any] = {}

    def advance(stage: str, done: int, total: int) -> None:
        bar = bars.get(stage)
        if bar is None:
            bar = bars[stage] = tqdm(
                total=total, desc=STAGES[stage], unit="조각", disable=not sys.stderr.isatty()
            )
        bar.update(done - bar.n)

    try:
        opened = ensure_index(settings, corpus, rebuild=rebuild, on_progress=advance)
    finally:
        for bar in bars.values():
            bar.close()
    report = opened.last_report
    assert report is not None
    opened.close()
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False))
        return
    click.echo(
        f"추가 {report.added}건, 변경 {report.changed}건, 삭제 {report.removed}건, "
        f"그대로 {report.unchanged}건 · 조각 {report.chunks:,}개 · {report.seconds}초"
    )
