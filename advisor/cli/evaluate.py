"""`advisor eval`: scores a folder of question, retrieval, injection or other sets, or many at once."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor import clock
from advisor.config import Settings

if TYPE_CHECKING:
    from advisor.evaluation.report import Report
    from advisor.evaluation.running import Engines
    from advisor.stores.embedder import Embedder
    from advisor.stores.tokenizer import Tokenizer

EXAMPLE = "예: advisor eval 묶음_폴더 --today 2026-11-22 --failures --html 결과.html"


@click.command(name="eval", epilog=EXAMPLE)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
@click.option("--failures", is_flag=True, help="틀린 항목과 까닭, 출처가 모자란 문장도 봅니다.")
@click.option(
    "--queries", type=click.IntRange(0), default=0, help="검색 묶음마다 질문 몇 건까지. 0은 모두."
)
@click.option("--judge", is_flag=True, help="설정된 모델에게도 문장마다 근거가 있는지 묻습니다.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="읽기 좋은 HTML 한 파일로도 씁니다.",
)
@click.option(
    "--write",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Markdown 파일의 제 자리에 표를 씁니다.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def evaluate(
    *, folder: Path, day: str | None, failures: bool, queries: int, judge: bool, page: Path | None,
    table: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """폴더에 든 묶음을 알아보고 채점합니다.

    \b
    gold가 있는 JSONL                            질문과 대화
    queries.jsonl 하나                           분야 밖 질문
    corpus.jsonl, queries.jsonl, qrels.tsv       검색
    benchmark.jsonl                              주입 공격과 무해한 글
    이런 폴더들이 든 폴더                        모두

    지난 실행은 ADVISOR_HOME/evaluations에 남아 다음 실행과 견줍니다.
    """  # noqa: D301 (click reads the backspace)
    from advisor.evaluation.page import as_page
    from advisor.evaluation.past_runs import PastRuns
    from advisor.evaluation.report import as_markdown, with_section
    from advisor.evaluation.running import run_folder
    from advisor.stores.home import disk_errors

    try:
        today = date.fromisoformat(day) if day else clock.today()
    except ValueError as error:
        raise click.UsageError("--today는 2026-11-24처럼 적어 주세요.") from error
    settings = Settings()
    if judge and not settings.has_model:
        raise click.UsageError(
            "--judge에는 모델이 필요합니다. ADVISOR_LLM_BASE_URL과 ADVISOR_LLM_MODEL을 설정해 주세요."
        )
    report = run_folder(
        folder, _engines(settings, today, judge=judge), PastRuns(settings.home), today=today,
        most_queries=queries, progress=_progress,
    )  # fmt: skip
    with disk_errors():
        if page is not None:
            page.write_text(as_page(report), encoding="utf-8")
        if table is not None:
            known = table.read_text(encoding="utf-8") if table.exists() else ""
            table.write_text(with_section(known, report), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
        return
    click.echo(as_markdown(report))
    if failures:
        _tell_failures(report)


def _engines(settings: Settings, today: date, *, judge: bool) -> "Engines":
    """Return how to open the advisor and the retrieval; each is opened once, when first needed."""
    from advisor.evaluation.running import Asked, Engines

    @cache
    def advisor() -> Asked:
        from advisor.assemble import build_advisor
        from advisor.evaluation.grounds import Grounds
        from advisor.evaluation.judge import judge_answer

        opened = build_advisor(settings, keep=False)
        grounds = Grounds(opened.corpus, lambda: opened.desk.instrument)
        door = opened.tools.door

        def ask(turns: Sequence[str]) -> list[Mapping[str, Any]]:
            consultation: str | None = None
            answers: list[Mapping[str, Any]] = []
            for text in turns:
                answer = opened.ask(text, consultation_id=consultation, today=today)
                consultation = answer.consultation_id
                answers.append(answer.to_json())
            return answers

        def opinion(answer: Mapping[str, Any]) -> float | None:
            assert door is not None
            return judge_answer(door.begin, answer, grounds, today=today, prompts=settings.prompts)

        return Asked(ask, grounds, today, opinion if judge and door is not None else None)

    @cache
    def retrieval() -> "tuple[Embedder, Tokenizer]":
        from advisor.stores.embedder import load_embedder
        from advisor.stores.home import Home
        from advisor.stores.tokenizer import KiwiTokenizer

        home = Home(settings.home)
        home.create()
        model = settings.embedding_model
        return load_embedder(model, models=home.models, threads=settings.threads), KiwiTokenizer()

    return Engines(advisor, retrieval, settings.engine_name)


def _tell_failures(report: "Report") -> None:
    from advisor.evaluation.outcome import SetKind

    for outcome in report.outcomes:
        if outcome.kind is SetKind.RETRIEVAL:
            continue
        for item in outcome.items:
            for number, turn in enumerate(item.turns, 1):
                name = f"{item.id}.{number}" if len(item.turns) > 1 else item.id
                if turn.problems:
                    click.echo(f"{name}: {'; '.join(turn.problems)}")
                for one in turn.unborne:
                    click.echo(f"{name} 출처 부족: {one}")


def _progress(name: str, total: int) -> Callable[[], None]:
    from tqdm import tqdm

    bar = tqdm(total=total, desc=name, disable=not sys.stderr.isatty(), unit="건")

    def advance() -> None:
        bar.update()
        if bar.n >= total:
            bar.close()

    return advance
