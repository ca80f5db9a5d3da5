"""`advisor search`: ranked hits of the product's own index."""

import json
from datetime import date

import click

from advisor.config import Settings
from advisor.domain.passages import Kind


@click.command(epilog='예: advisor search "불량 검사" --kind solution --region 경기 -k 5')
@click.argument("query")
@click.option("-k", "count", type=click.IntRange(1, 100), default=10, help="몇 건까지 볼지.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice([one.value for one in Kind]),
    help="찾을 종류. 여러 번 쓸 수 있습니다.",
)  # fmt: skip
@click.option("--region", help="시·도. 예: 경기, 경상남도. 전국 대상은 함께 나옵니다.")
@click.option("--open-on", "day", help="이 날 접수 중인 지원사업만(YYYY-MM-DD).")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def search(
    *,
    query: str,
    count: int,
    kinds: tuple[str, ...],
    region: str | None,
    day: str | None,
    as_json: bool,
) -> None:
    """색인에서 찾습니다."""
    if not query.strip():
        raise click.UsageError('찾을 말을 적어 주세요. 예: advisor search "불량 검사"')
    try:
        open_on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise click.UsageError("--open-on은 2026-11-24처럼 적어 주세요.") from error
    from advisor.assemble import build_advisor  # seconds of models: after the arguments are good

    advisor = build_advisor(Settings(), keep=False)
    short = None
    if region:
        found = advisor.corpus.vocabulary.find_regions(region)
        if not found:
            raise click.UsageError(
                f"'{region}'은(는) 17개 시·도에 없습니다. 경기, 경남처럼 적어 주세요."
            )
        short = found[0].sido
    hits = advisor.search(
        query, k=count, kinds=[Kind(one) for one in kinds], region=short, open_on=open_on
    )
    if as_json:
        click.echo(json.dumps(hits, ensure_ascii=False, indent=1))
        return
    if not hits:
        click.echo("찾은 것이 없습니다. 다른 말로 찾거나 조건을 줄여 보세요.")
    for number, hit in enumerate(hits, 1):
        page = f" {hit['locator']['page']}쪽" if hit["locator"]["page"] else ""
        click.echo(f"{number}. {hit['title']} [{hit['kind']}] {hit['record_id']}{page}")
        click.echo(f"   {hit['text'][:160]}")
