"""`advisor mcp`: the tools for a language model's client on this machine, over stdin and stdout."""

import click

from advisor.config import Settings


@click.command(
    epilog='예: MCP 클라이언트 설정에 {"command": "advisor", "args": ["mcp"]} 를 적습니다'
)
def mcp() -> None:
    """MCP 서버를 표준 입출력으로 엽니다. 켜 둔 서버에는 /mcp 주소와 API 키로 접속하세요."""
    import asyncio

    from advisor.api.mcp import serve_pipes
    from advisor.assemble import build_advisor  # seconds of models

    advisor = build_advisor(Settings())
    try:
        asyncio.run(serve_pipes(lambda: advisor))
    finally:
        advisor.index.close()
