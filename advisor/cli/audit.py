"""`advisor audit`: the log of who did what, and whether it is whole."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from advisor.clock import SEOUL
from advisor.config import Settings

if TYPE_CHECKING:
    from advisor.accounts.audit import AuditLog


@click.group(epilog="예: advisor audit verify")
def audit() -> None:
    """감사 기록을 보고, 고치거나 지운 흔적이 있는지 확인합니다."""


def _open() -> "AuditLog":
    from advisor.accounts.office import Accounts  # SQLAlchemy costs 0.3 s

    return Accounts.open(Settings()).audit


@audit.command(epilog="예: advisor audit verify --json")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def verify(*, as_json: bool) -> None:
    """기록을 처음부터 끝까지 맞춰 봅니다. 어긋나면 2로 끝납니다."""
    found = _open().verify()
    if as_json:
        click.echo(json.dumps(asdict(found)))
    elif found.is_whole:
        click.echo(f"감사 기록 {found.lines}줄이 모두 온전합니다.")
    else:
        click.echo(
            f"감사 기록이 {found.broken_at}번째 줄에서 어긋납니다. "
            "백업의 데이터베이스와 견주어 보고, 서버에 들어온 사람을 확인해 주세요.",
            err=True,
        )
    if not found.is_whole:
        raise click.exceptions.Exit(2)


@audit.command("list", epilog="예: advisor audit list -n 20")
@click.option("-n", "count", default=50, show_default=True, type=click.IntRange(1, 10_000),
              help="새것부터 보일 줄 수.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def list_(*, count: int, as_json: bool) -> None:
    """새로운 것부터 봅니다."""
    lines = _open().newest(limit=count)
    if as_json:
        rows = [{**asdict(one), "at": one.at.isoformat()} for one in lines]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for one in lines:
        when = one.at.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M:%S")
        more = " ".join(f"{name}={value}" for name, value in one.details.items())
        click.echo(
            f"{one.number}  {when}  {one.actor}  {one.action}  {one.object}  {more}".rstrip()
        )
    if not lines:
        click.echo("아직 기록이 없습니다.")
