"""`advisor eval`: scores a folder of question sets."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from advisor.config import Settings


@click.command(name="eval", epilog="예: advisor eval questions/ --today 2026-11-22 --failures")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
@click.option("--failures", is_flag=True, help="틀린 항목과 까닭도 봅니다.")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def evaluate(*, folder: Path, day: str | None, failures: bool, as_json: bool) -> None:
    """질문 묶음(gold가 있는 JSONL)을 물어보고 채점합니다."""
    from tqdm import tqdm

    from advisor.assemble import build_advisor
    from advisor.evaluation.cases import load_cases
    from advisor.evaluation.run import as_table, run_cases

    try:
        today = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise click.UsageError("--today는 2026-11-24처럼 적어 주세요.") from error
    cases = load_cases(folder)
    advisor = build_advisor(Settings(), keep=False)

    def ask(turns: Sequence[str]) -> list[Mapping[str, Any]]:
        consultation: str | None = None
        answers: list[Mapping[str, Any]] = []
        for text in turns:
            answer = advisor.ask(text, consultation_id=consultation, today=today)
            consultation = answer.consultation_id
            answers.append(answer.to_json())
        return answers

    def advance() -> None:
        bar.update()

    with tqdm(total=len(cases), disable=not sys.stderr.isatty(), unit="문항") as bar:
        result = run_cases(cases, ask, on_case=advance)
    if as_json:
        click.echo(json.dumps(result.to_json(), ensure_ascii=False, indent=1))
        return
    click.echo(as_table(result))
    timing = result.to_json()["took_ms"]
    click.echo(f"\n한 답에 걸린 시간: p50 {timing['p50']} ms, p95 {timing['p95']} ms")
    if failures:
        for name, why in result.failures.items():
            click.echo(f"{name}: {'; '.join(why)}")
