"""`advisor corpus check` and `advisor corpus schema`."""

import json
import sys
from dataclasses import asdict

import click

from advisor.config import Settings
from advisor.corpus.check import CheckResult, check_corpus
from advisor.corpus.schema import write_schemas

LABELS = {
    "programs": "지원사업",
    "solutions": "솔루션",
    "cases": "도입 사례",
    "experts": "기관·전문가",
    "faqs": "문답",
    "funding_rules": "결합 규칙",
}


@click.group(epilog="예: advisor corpus check --json")
def corpus() -> None:
    """자료 파일(corpus 폴더)을 검사하고 편집기용 꼴을 만듭니다."""


@corpus.command()
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def check(*, wants_json: bool) -> None:
    """자료 파일을 모두 검사해 고칠 곳을 파일, 칸, 까닭, 고칠 방법으로 보여 줍니다."""
    result = check_corpus(Settings().corpus)
    if wants_json:
        plain = {
            "ok": not result.problems,
            "counts": dict(result.counts),
            "problems": [asdict(one) for one in result.problems],
        }
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        click.echo(show(result))
    if result.problems:
        sys.exit(2)


@corpus.command()
def schema() -> None:
    """기록의 꼴(JSON Schema)을 corpus/schema에 다시 만듭니다."""
    changed = write_schemas(Settings().corpus)
    names = ", ".join(path.name for path in changed)
    click.echo(f"바뀐 파일: {names}" if changed else "이미 최신입니다.")


def show(result: CheckResult) -> str:
    """Return the result as lines for a terminal: problems by file, then the counts."""
    lines = []
    file = None
    for one in result.problems:
        if one.file != file:
            file = one.file
            lines.append(file)
        lines.append(f"  {one.field}: {one.reason}")
        lines.append(f"    → {one.fix}")
    counted = ", ".join(f"{LABELS[name]} {count}건" for name, count in result.counts.items())
    if result.problems:
        lines.append(f"고칠 곳 {len(result.problems)}건이 있습니다. (읽은 자료: {counted})")
        lines.append("위 칸을 고친 뒤 `advisor corpus check`를 다시 실행해 주세요.")
    else:
        lines.append(f"자료에 문제가 없습니다. {counted}.")
    return "\n".join(lines)
