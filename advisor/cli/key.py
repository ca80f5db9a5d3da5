"""`advisor key`: keys by which an organisation's programs ask, from the server's own terminal."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from advisor.config import Settings

if TYPE_CHECKING:
    from advisor.accounts.office import Accounts

SCOPES = (
    "ask", "search", "records", "match", "plan", "diagnose", "report", "consultations",
    "documents",
)  # fmt: skip


@click.group(epilog='예: advisor key create --name "민원 시스템" --scope ask --scope search')
def key() -> None:
    """다른 프로그램이 HTTP API와 MCP로 물을 때 쓰는 API 키를 만들고 회수합니다."""


def _open() -> "Accounts":
    from advisor.accounts.office import Accounts  # SQLAlchemy costs 0.3 s

    return Accounts.open(Settings())


@key.command(
    epilog='예: advisor key create --name "민원 시스템" --scope ask --scope search --days 365'
)
@click.option("--name", required=True, help="어디에 쓰는 키인지.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES),
              help="할 수 있는 일. 여러 번 적을 수 있습니다.")  # fmt: skip
@click.option(
    "--organisation", default="operator", show_default=True, help="기관의 짧은 이름(영문)."
)
@click.option("--organisation-name", help="기관 이름. 없는 기관이면 새로 만듭니다.")
@click.option(
    "--days", type=click.IntRange(1, 3650), help="며칠 동안 쓸 수 있는지. 비우면 회수할 때까지."
)
def create(
    *, name: str, scopes: Sequence[str], organisation: str, organisation_name: str | None,
    days: int | None,
) -> None:  # fmt: skip
    """키를 만들어 한 번 보여 줍니다. 저장하지 않으므로 바로 옮겨 적어 주세요."""
    from advisor.accounts.actor import TERMINAL
    from advisor.stores.accounts import OPERATOR_ID

    accounts = _open()
    known = accounts.people.store.organisation
    if organisation_name or (organisation == OPERATOR_ID and not known(OPERATOR_ID)):
        accounts.people.add_organisation(TERMINAL, organisation, organisation_name or "운영 기관")
    made = accounts.keys.create(
        TERMINAL, organisation_id=organisation, name=name, scopes=scopes, days=days
    )
    click.echo(f"API 키: {made.secret}")
    click.echo("다시 볼 수 없으니 지금 옮겨 적어 주세요. 요청에 이렇게 넣습니다.")
    click.echo(f"Authorization: Bearer {made.key.prefix}_…")


@key.command("list", epilog="예: advisor key list --json")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def list_(*, as_json: bool) -> None:
    """키를 봅니다. 키 자체는 어디에도 남아 있지 않습니다."""
    from advisor.api.keys import key_view
    from advisor.clock import now

    found = _open().keys.all()
    if as_json:
        click.echo(json.dumps([key_view(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        state = "" if one.is_good(now()) else " [회수]" if one.revoked_at else " [기한 지남]"
        until = f"{one.expires_at:%Y-%m-%d}까지" if one.expires_at else "기한 없음"
        used = f"마지막 사용 {one.last_used_on}" if one.last_used_on else "쓴 적 없음"
        click.echo(
            f"{one.prefix}{state}  {one.name}  {one.organisation}({one.organisation_id})  "
            f"{', '.join(sorted(one.scopes))}  {until}  {used}"
        )
    if not found:
        click.echo("아직 키가 없습니다. advisor key create 로 만드세요.")


@key.command(epilog="예: advisor key revoke adv_k7m2x9qa")
@click.argument("which")
def revoke(*, which: str) -> None:
    """키를 회수합니다. 앞글자(adv_…)나 번호로 가리킵니다. 다음 요청부터 통하지 않습니다."""
    from advisor.accounts.actor import TERMINAL
    from advisor.accounts.sentences import KEY_UNKNOWN
    from advisor.errors import BadInputError

    keys = _open().keys
    found = keys.named(which)
    if found is None or not keys.revoke(TERMINAL, found.id):
        raise BadInputError(KEY_UNKNOWN)
    click.echo("키를 회수했습니다.")
