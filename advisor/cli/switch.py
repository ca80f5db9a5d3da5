"""`advisor switch`: turns the assistant off in every serving process, and on again."""

import click

from advisor.config import Settings


@click.command(epilog='예: advisor switch off --reason "잘못된 금액을 안내해 확인 중"')
@click.argument("to", type=click.Choice(["off", "on", "status"]))
@click.option("--reason", default="", help="까닭. 감사 기록과 관리자 화면에 남습니다.")
def switch(*, to: str, reason: str) -> None:
    """AI 상담을 멈추거나(off) 다시 켭니다(on). 켜 둔 서버에 5초 안에 적용됩니다."""
    from advisor.accounts.actor import TERMINAL
    from advisor.accounts.office import Accounts  # SQLAlchemy costs 0.3 s

    assistant = Accounts.open(Settings()).switch
    state = assistant.state()
    if to != "status":
        state = assistant.put(TERMINAL, is_on=to == "on", reason=reason)
    why = f" 까닭: {state.reason}" if state.reason else ""
    click.echo(
        f"AI 상담이 켜져 있습니다.{why}" if state.is_on
        else f"AI 상담을 멈추어 두었습니다. 검색과 연락처는 그대로 쓸 수 있습니다.{why}"
    )  # fmt: skip
