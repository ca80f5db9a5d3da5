"""The tools, asked by the protocol's own client over HTTP and over pipes."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from advisor.accounts.scopes import Scope
from advisor.api.app import create_api
from tests.api.conftest import World
from tests.serving import served

VOUCHER = {"text": "AI 바우처는 얼마까지 지원하나요?", "today": "2026-11-25"}
COMPANY = {"employees_regular": 30, "factory_sido": "경기", "industry_ksic": "C25"}


def over_http(base: str, key: str, work: Callable[[Client], Awaitable[Any]]) -> Any:
    """Let the client do something at `/mcp` with a key."""
    import httpx2

    async def run() -> Any:
        headers = {"authorization": f"Bearer {key}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as http,
            Client(streamable_http_client(f"{base}/mcp", http_client=http)) as client,
        ):
            return await work(client)

    return asyncio.run(run())


@pytest.fixture(scope="module")
def base(world: World) -> Any:
    with served(create_api(lambda: world.advisor, world.office)) as address:
        yield address


async def tour(client: Client) -> dict[str, Any]:
    """Call every tool once with values of the contract."""
    listed = await client.list_tools()
    answer = await client.call_tool("ask", VOUCHER)
    record_id = answer.structured_content["citations"][0]["record_id"]
    return {
        "names": [one.name for one in listed.tools],
        "ask": answer,
        "search": await client.call_tool("search", {"query": "불량 검사", "k": 3}),
        "get_record": await client.call_tool("get_record", {"record_id": record_id}),
        "match_programs": await client.call_tool(
            "match_programs", {"profile": COMPANY, "kind": "program", "k": 2}
        ),
        "plan": await client.call_tool(
            "plan", {"profile": COMPANY, "solution": "sol-ai-vision", "cost": 200_000_000}
        ),
        "refused": await client.call_tool(
            "plan", {"profile": COMPANY, "solution": "no-such-solution"}
        ),
        "diagnose": await client.call_tool(
            "diagnose",
            {"answers": [{"item": "DAT1", "status": "answered", "value": 1, "grade": "say"}]},
        ),
    }


def check_tour(found: dict[str, Any]) -> None:
    assert found["names"] == ["ask", "search", "get_record", "match_programs", "plan", "diagnose"]
    for name in ("ask", "search", "get_record", "match_programs", "plan", "diagnose"):
        assert not found[name].is_error, found[name].content
    answer = found["ask"].structured_content
    assert answer["status"] == "answered"
    assert "2억" in answer["text"]
    assert answer["citations"][0]["record_id"] == found["get_record"].structured_content["id"]
    assert len(found["search"].structured_content["hits"]) == 3
    assert len(found["match_programs"].structured_content["matches"]) == 2
    # What the Advisor refuses is told to the model in its sentence, with the next step.
    assert found["plan"].structured_content["project_cost_krw"] == 200_000_000
    assert found["refused"].is_error
    assert any("가" <= letter <= "힣" for letter in found["refused"].content[0].text)


def test_every_tool_answers_over_http_in_the_contracts_shape(world: World, base: str) -> None:
    check_tour(over_http(base, world.key(*Scope), tour))


def test_every_tool_answers_over_pipes(real_home: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "advisor", "mcp"],
        env={"ADVISOR_HOME": str(real_home), "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip

    async def run() -> dict[str, Any]:
        async with Client(server) as client:
            return await tour(client)

    check_tour(asyncio.run(run()))


def test_a_key_reaches_the_tools_of_its_scopes_and_its_organisations_talks(
    world: World, base: str
) -> None:
    async def work(client: Client) -> list[Any]:
        first = await client.call_tool("ask", VOUCHER)
        own = first.structured_content["consultation_id"]
        return [
            own,
            await client.call_tool("ask", {"text": "언제까지예요?", "consultation_id": own}),
            await client.call_tool("search", {"query": "불량"}),
            await client.call_tool("ask", {"text": 3}),
            await client.call_tool("nothing", {}),
        ]

    own, again, search, wrong, unknown = over_http(base, world.key("ask"), work)
    holding = world.office.sharing.store.holding(own)

    assert holding is not None
    assert holding.organisation_id == "north"
    assert again.structured_content["consultation_id"] == own
    assert [one.is_error for one in (again, search, wrong, unknown)] == [False, True, True, True]
    assert "권한" in search.content[0].text
    assert "text" in wrong.content[0].text

    async def strange(client: Client) -> Any:
        return await client.call_tool("ask", {"text": "네", "consultation_id": own})

    other = over_http(base, world.key("ask", organisation="south"), strange)
    assert other.is_error


def test_without_a_key_there_are_no_tools(world: World) -> None:
    for headers in ({}, {"authorization": "Bearer adv_none"}):
        response = world.client.post("/mcp", json={}, headers=headers)
        assert response.status_code == 401
        assert response.headers["content-type"] == "application/problem+json"
