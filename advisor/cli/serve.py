"""`advisor serve`: the page and the API in one process."""

import asyncio
import errno
import logging
import signal
import socket
from typing import TYPE_CHECKING

import click

from advisor.config import Settings
from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.home import Home

if TYPE_CHECKING:
    from advisor.assemble import Advisor

logger = logging.getLogger(__name__)


@click.command(epilog="예: advisor serve --port 7861")
@click.option("--host", help="듣는 주소. 비우면 ADVISOR_HOST(기본 127.0.0.1)입니다.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="듣는 포트. 비우면 ADVISOR_PORT(기본 7860)입니다."
)
def serve(*, host: str | None, port: int | None) -> None:
    """웹 화면과 HTTP API를 엽니다. 끝내려면 Ctrl+C를 누릅니다."""
    settings = Settings()
    host = settings.host if host is None else host
    port = settings.port if port is None else port
    # Both are told at once, in the terminal, and not on a page that then cannot answer.
    with Home(settings.home).lock():
        pass
    listener = listen(host, port)
    click.echo("제조AI 길잡이를 여는 중입니다…")
    # Told to end from outside is as clean an end as Ctrl+C: the index is let go of either way.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        asyncio.run(_serve(settings, listener, host))
    except KeyboardInterrupt:
        click.echo("서버를 마쳤습니다. 상담 기록은 그대로 남아 있습니다.")


async def _serve(settings: Settings, listener: socket.socket, host: str) -> None:
    """Serve until told to end; the page first, the Advisor behind it."""
    import uvicorn

    from advisor.accounts.office import Accounts
    from advisor.accounts.retention import purge_daily
    from advisor.cli.opening import BackgroundOpening
    from advisor.cli.web import create_app

    opening = BackgroundOpening(lambda: _build(settings))
    accounts = Accounts.open(settings)
    app = create_app(settings, opening, lambda: opening.advisor, accounts)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
            proxy_headers=bool(settings.proxy_header),
        )
    )
    try:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        while not (server.started or running.done()):
            await asyncio.sleep(0.01)
        # Only now: weights and words take all of the machine for some seconds.
        opening.begin()
        click.echo(f"{address(listener, host)} 에서 열렸습니다. 끝내려면 Ctrl+C를 누르세요.")
        if code := accounts.sign_in.new_setup_code():
            click.echo(
                f"담당자 화면을 쓰려면 {address(listener, host)}/set-up 에서 첫 관리자를 만드세요. "
                f"설정 코드: {code} ({settings.setup_code_minutes}분 동안 유효합니다)"
            )
        purging = asyncio.create_task(purge_daily(lambda: opening.advisor, accounts))
        await running
        purging.cancel()
    finally:
        opening.close()
        listener.close()


def _build(settings: Settings) -> "Advisor":
    from advisor.assemble import build_advisor

    return build_advisor(settings, serving=True)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address.

    Raises:
        BadInputError: The port is taken or not allowed, or the address is none of this machine.
    """
    try:
        family, kind, proto, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, proto)
    except OSError as error:
        raise BadInputError(_bad_host(host), detail=repr(error)) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise BadInputError(_cannot_listen(host, port, error), detail=repr(error)) from error
    return listener


def address(listener: socket.socket, host: str) -> str:
    """Return what to type into a browser on this machine."""
    name = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}:{listener.getsockname()[1]}"


def _cannot_listen(host: str, port: int, error: OSError) -> UserMessage:
    if error.errno == errno.EADDRINUSE:
        return UserMessage(
            text=f"포트 {port}을(를) 이미 다른 프로그램이 쓰고 있습니다.",
            next_step=f"그 프로그램을 끝내거나 다른 포트로 열어 주세요. 예: advisor serve --port {port + 1 if port < 65535 else 7860}",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return UserMessage(
            text=f"포트 {port}을(를) 쓸 권한이 없습니다.",
            next_step="1024보다 큰 포트로 열어 주세요. 예: advisor serve --port 7860",
        )
    return _bad_host(host)


def _bad_host(host: str) -> UserMessage:
    return UserMessage(
        text=f"이 컴퓨터에 없는 주소라 열 수 없습니다: {host}",
        next_step="--host를 127.0.0.1이나 이 컴퓨터의 주소로 고쳐 주세요.",
    )
