"""A hundred owners at once, each with words and numbers of their own: none crosses over."""

import asyncio
import json
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from playwright.sync_api import expect

from tests.journeys.place import Place, ask

MANY = 100


class Owner:
    """One browser's side of the page's queue, spoken over HTTP."""

    def __init__(self, number: int, address: str, events: dict[str, int]) -> None:
        self.canary = f"카나리아{number:03d}흰털"
        self.heads = 101 + number
        self.cid = ""
        self.seen: list[str] = []
        self._session = f"owner{number:03d}"
        self._events = events
        self._client = httpx.AsyncClient(
            base_url=address, headers={"origin": address}, timeout=170, trust_env=False
        )

    async def visit(self) -> None:
        """Ask twice in one talk, then open it anew, as a reload does."""
        words = f"{self.canary} 공장입니다. 직원 {self.heads}명이고 불량 검사를 자동화하고 싶어요."
        await self._send("send", text=words)
        await self._send("send", text="받을 수 있는 지원금 있나요?")
        await self._send("open")
        await self._client.aclose()

    async def _send(self, event: str, **more: Any) -> None:
        body = {
            "data": [], "event_data": {"cid": self.cid, "lang": "ko", **more},
            "fn_index": self._events[event], "trigger_id": 1, "session_hash": self._session,
        }  # fmt: skip
        (await self._client.post("/gradio_api/queue/join", json=body)).raise_for_status()
        where = f"/gradio_api/queue/data?session_hash={self._session}"
        async with self._client.stream("GET", where) as stream:
            async for line in stream.aiter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line[5:])
                self.seen.append(json.dumps(message, ensure_ascii=False))
                if message.get("msg") == "process_completed":
                    break
        found = re.findall(r'data-cid=\\"([^\\"]+)\\"', "".join(self.seen))
        self.cid = found[-1] if found else self.cid


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run in a thread of its own: Playwright's loop keeps this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def events_of(address: str) -> dict[str, int]:
    """Which of the page's functions is which event, as the page itself is told."""
    config = httpx.get(f"{address}/config", timeout=30, trust_env=False).json()
    return {
        target[1]: one["id"]
        for one in config["dependencies"] if one["backend_fn"]
        for target in one["targets"]
    }  # fmt: skip


def test_a_hundred_talks_at_once_never_show_each_others_words(place: Place) -> None:
    place.tab()  # the Advisor is there
    events = events_of(place.address)
    owners = [Owner(number, place.address, events) for number in range(MANY)]

    async def all_at_once() -> None:
        await asyncio.gather(*(one.visit() for one in owners))

    run(all_at_once())

    assert len({one.cid for one in owners}) == MANY
    for one in owners:
        seen = "".join(one.seen)
        assert set(re.findall(r"카나리아\d{3}흰털", seen)) == {one.canary}
        kept = place.advisor.consultation(one.cid)
        assert kept is not None
        assert len(kept.turns) == 2
        assert one.canary in kept.turns[0].question
        assert kept.profile.facts["employees_regular"].value == one.heads
        assert set(re.findall(r"카나리아\d{3}흰털", json.dumps(
            [turn.answer for turn in kept.turns], ensure_ascii=False
        ))) <= {one.canary}  # fmt: skip


def test_five_browsers_ask_at_the_same_moment_and_each_reads_its_own(place: Place) -> None:
    contexts = [place.context() for _ in range(5)]
    pages = [one.new_page() for one in contexts]
    for page in pages:
        page.goto(place.address)
        page.wait_for_selector(".hello")
    place.hold.clear()
    for number, page in enumerate(pages):
        page.fill(
            "#question", f"브라우저{number}번 공장, 직원 {30 + number}명입니다. 지원금 있나요?"
        )
        page.press("#question", "Enter")
        page.wait_for_selector(".pending .now")

    place.hold.set()

    for number, page in enumerate(pages):
        page.wait_for_selector("#turn-0 .words")
        page.click("#tabs [data-panel=company]")
        expect(page.locator("#company .facts")).to_contain_text(f"{30 + number}명")
        assert set(re.findall(r"브라우저(\d)번", page.inner_text("body"))) == {str(number)}
    for one in contexts:
        one.close()


def test_an_owner_asks_on_while_a_hundred_lines_are_open(place: Place) -> None:
    events = events_of(place.address)
    page = place.tab()

    async def crowd() -> list[str]:
        owners = [Owner(500 + number, place.address, events) for number in range(MANY)]
        await asyncio.gather(*(one._send("open") for one in owners))
        return [one.cid for one in owners]

    opened = run(crowd())
    ask(page, "AI 바우처는 얼마까지 지원하나요?")

    assert opened == [""] * MANY  # looking alone begins no talk
    expect(page.locator("#turn-0 .words")).to_contain_text("억")
