"""`advisor account`: people, their roles and passwords, from the server's own terminal."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from advisor.config import Settings

if TYPE_CHECKING:
    from advisor.accounts.office import Accounts
    from advisor.stores.accounts import Account

ROLES = ("owner", "consultant", "helpdesk", "curator", "administrator")


@click.group(epilog="예: advisor account create park --name 박상담 --role consultant")
def account() -> None:
    """담당자 계정을 만들고 관리합니다. 이 컴퓨터의 터미널에서만 쓸 수 있습니다."""


def _open() -> "Accounts":
    from advisor.accounts.office import Accounts  # SQLAlchemy costs 0.3 s

    return Accounts.open(Settings())


@account.command(epilog="예: advisor account setup-code")
def setup_code() -> None:
    """첫 관리자를 만들 설정 코드를 새로 냅니다. 앞서 낸 코드는 못 쓰게 됩니다."""
    accounts = _open()
    code = accounts.sign_in.new_setup_code()
    if code is None:
        click.echo("관리자가 이미 있습니다. 비밀번호를 잊었다면 advisor account reset 을 쓰세요.")
        return
    minutes = accounts.settings.setup_code_minutes
    click.echo(
        f"설정 코드: {code} ({minutes}분 동안 유효합니다). 웹 화면의 /set-up 에 넣어 주세요."
    )


@account.command(epilog="예: advisor account create park --name 박상담 --role consultant")
@click.argument("login")
@click.option("--name", required=True, help="화면에 나올 이름. 암호화해 저장합니다.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES),
              help="역할. 여러 번 적을 수 있습니다.")  # fmt: skip
@click.option(
    "--organisation", default="operator", show_default=True, help="기관의 짧은 이름(영문)."
)
@click.option("--organisation-name", help="기관 이름. 없는 기관이면 새로 만듭니다.")
@click.option("--email", default="", help="메일 주소. 암호화해 저장합니다.")
@click.option("--phone", default="", help="전화번호. 암호화해 저장합니다.")
@click.option(
    "--oidc-subject", help="기관 계정(OIDC)의 사용자 번호(sub). 코드 없이 그 계정으로 들어옵니다."
)
def create(
    *, login: str, name: str, roles: Sequence[str], organisation: str,
    organisation_name: str | None, email: str, phone: str, oidc_subject: str | None,
) -> None:  # fmt: skip
    """계정을 만들고, 비밀번호를 정할 일회용 코드를 냅니다."""
    from advisor.accounts.actor import TERMINAL
    from advisor.stores.accounts import OPERATOR_ID

    accounts = _open()
    store = accounts.people.store
    if organisation_name or (organisation == OPERATOR_ID and not store.organisation(OPERATOR_ID)):
        accounts.people.add_organisation(TERMINAL, organisation, organisation_name or "운영 기관")
    outside = None
    if oidc_subject:
        outside = f"{accounts.settings.oidc_issuer} {oidc_subject}"
    made = accounts.people.create(
        TERMINAL, login=login, name=name, roles=roles, organisation_id=organisation, email=email,
        phone=phone, outside=outside,
    )  # fmt: skip
    click.echo("계정을 만들었습니다.")
    if outside is None:
        _tell_code(accounts.people.reset(TERMINAL, made.id))


@account.command("list", epilog="예: advisor account list --json")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def list_(*, as_json: bool) -> None:
    """계정을 봅니다. 이름과 연락처는 빼고 보여 줍니다."""
    found = _open().people.store.everybody()
    if as_json:
        click.echo(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        belongs = "; ".join(
            f"{member.organisation.name}({member.organisation.id}): {', '.join(sorted(member.roles))}"
            for member in one.memberships
        )
        closed = " [닫힘]" if one.is_disabled else ""
        click.echo(f"{one.login}{closed}  {belongs or '소속 없음'}")
    if not found:
        click.echo("아직 계정이 없습니다. advisor account setup-code 로 첫 관리자를 만드세요.")


@account.command(epilog="예: advisor account reset park")
@click.argument("login")
def reset(*, login: str) -> None:
    """비밀번호를 지우고 로그인을 모두 끝낸 뒤, 새로 정할 일회용 코드를 냅니다."""
    from advisor.accounts.actor import TERMINAL

    people = _open().people
    _tell_code(people.reset(TERMINAL, people.by_login(login).id))


@account.command(epilog="예: advisor account disable park   (다시 열기: --enable)")
@click.argument("login")
@click.option("--enable", is_flag=True, help="닫은 계정을 다시 엽니다.")
def disable(*, login: str, enable: bool) -> None:
    """계정을 닫고 로그인을 모두 끝냅니다."""
    from advisor.accounts.actor import TERMINAL

    people = _open().people
    people.disable(TERMINAL, people.by_login(login).id, is_disabled=not enable)
    click.echo("계정을 다시 열었습니다." if enable else "계정을 닫았습니다.")


@account.command(epilog="예: advisor account role park --role curator --role helpdesk")
@click.argument("login")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES),
              help="역할. 적지 않으면 그 기관에서 뺍니다.")  # fmt: skip
@click.option(
    "--organisation", default="operator", show_default=True, help="기관의 짧은 이름(영문)."
)
def role(*, login: str, roles: Sequence[str], organisation: str) -> None:
    """어느 기관에서 어떤 역할인지 새로 정합니다."""
    from advisor.accounts.actor import TERMINAL

    people = _open().people
    people.set_roles(TERMINAL, people.by_login(login).id, organisation, roles)
    click.echo("역할을 바꾸었습니다. 이미 로그인한 화면에도 바로 적용됩니다.")


@account.command(epilog="예: advisor account rotate-keys   (끝난 뒤 옛 키도 버리기: --drop-old)")
@click.option(
    "--drop-old", is_flag=True, help="옛 키를 버립니다. 다른 서버가 아직 쓰면 붙이지 마세요."
)
def rotate_keys(*, drop_old: bool) -> None:
    """이름·연락처를 암호화하는 키를 새로 만들고 모두 새 키로 다시 적습니다."""
    from advisor.accounts.actor import TERMINAL
    from advisor.errors import BadInputError
    from advisor.messages import UserMessage
    from advisor.stores.encryption import add_key, drop_old_keys

    settings = Settings()
    if settings.encryption_keys.get_secret_value():
        raise BadInputError(
            UserMessage(
                text="키가 설정(ADVISOR_ENCRYPTION_KEYS)에 있어 이 명령으로 바꿀 수 없습니다.",
                next_step="설정의 맨 앞에 새 키를 더한 뒤 서버를 다시 켜 주세요.",
            )
        )
    add_key(settings)
    count = _open().people.encrypt_anew(TERMINAL)
    if drop_old:
        drop_old_keys(settings)
    click.echo(f"새 키로 {count}건을 다시 적었습니다. 켜 둔 서버는 다시 켜 주세요.")


def _tell_code(code: str) -> None:
    click.echo(
        f"일회용 코드: {code} (24시간 유효). 웹 화면의 /new-password 에서 비밀번호를 정합니다."
    )


def _row(one: "Account") -> dict[str, object]:
    return {
        "id": one.id, "login": one.login, "is_disabled": one.is_disabled,
        "memberships": [
            {"organisation_id": member.organisation.id, "roles": sorted(member.roles)}
            for member in one.memberships
        ],
    }  # fmt: skip
