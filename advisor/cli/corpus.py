"""`advisor corpus check` and `advisor corpus schema`."""

import json
import sys
from dataclasses import asdict

import click

from advisor.cli.links import kept_broken, links
from advisor.cli.profile_file import day_from
from advisor.config import Settings
from advisor.corpus.check import CheckResult, check_corpus
from advisor.corpus.effective import load_effective
from advisor.corpus.notices.shown import stale_line
from advisor.corpus.schema import write_schemas
from advisor.corpus.stale import STALE_AFTER, stale_records

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


corpus.add_command(links)


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


@corpus.command(epilog="예: advisor corpus stale --days 60")
@click.option(
    "--days",
    default=STALE_AFTER,
    show_default=True,
    type=click.IntRange(min=1),
    help="확인한 지 며칠이 지나면 다시 볼지.",
)
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def stale(*, days: int, day: str | None, wants_json: bool) -> None:
    """다시 확인할 기록을 급한 것부터 보여 줍니다."""
    settings = Settings()
    effective = load_effective(settings)
    found = stale_records(
        effective.corpus, today=day_from(day), days=days, broken=kept_broken(settings, effective.corpus)
    )  # fmt: skip
    if wants_json:
        rows = [stale_line(one) for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one.id}  {one.title}")
        click.echo(f"    확인일 {one.checked_on.isoformat()} · {'; '.join(one.reasons)}")
    click.echo(f"다시 볼 기록 {len(found)}건입니다.")


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
