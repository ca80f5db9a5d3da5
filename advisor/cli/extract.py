"""`advisor extract`: what a file reads as, without adding it."""

import json
from pathlib import Path

import click

from advisor.corpus.documents import read_document
from advisor.corpus.extract import extracted


@click.command(epilog="예: advisor extract 공고문.hwpx --json")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def extract(*, file: Path | None, wants_json: bool) -> None:
    """파일이 어떻게 읽히는지 봅니다. 자료에 싣지는 않습니다."""
    if file is None:
        raise click.UsageError("볼 파일을 적어 주세요. 예: advisor extract 공고문.hwpx --json")
    document = read_document(file)
    if wants_json:
        click.echo(json.dumps(extracted(document), ensure_ascii=False, indent=1))
        return
    click.echo(f"# {document.title}")
    for page in document.pages:
        label = f"{page.number}쪽" if page.number is not None else page.name
        if label:
            click.echo(f"\n[{label}]")
        click.echo(page.text)
    for remark in document.remarks:
        click.echo(remark, err=True)
