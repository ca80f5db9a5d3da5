"""One owner's whole visit: the real command, the real Advisor, a real browser."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from advisor.config import PROJECT_ROOT
from tests.browsing import chromium, open_page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `advisor serve`; yields its address and the process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "serve", "--port", "0"],
        env={**os.environ, "ADVISOR_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        found = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in lines)
        yield next(one.group() for one in found if one), process
    finally:
        process.kill()
        process.wait(10)


def test_a_whole_conversation_and_it_is_still_there_after_a_crash(
    browser: Browser, real_home: Path
) -> None:
    with serving(real_home) as (address, process):
        page = open_page(browser, address)
        page.wait_for_selector(".hello")

        page.fill(
            "#question", "안산에서 직원 30명 금속가공을 합니다. 불량 검사를 자동화하고 싶어요."
        )
        page.press("#question", "Enter")
        first = page.locator("#turn-0")
        expect(first.locator(".cite").first).to_be_visible()
        assert first.locator(".cite").count() >= 1
        first.locator(".cite").first.click()
        lit = page.locator(".source.lit")
        expect(lit).to_be_visible()
        expect(lit.locator("h3")).not_to_be_empty()
        expect(lit.locator("a")).to_have_attribute("href", re.compile("^https?://"))

        page.click("#tabs [data-panel=company]")
        company = page.locator("#company .facts")
        for words in ("30명", "경기", "금속가공"):
            expect(company).to_contain_text(words)

        page.click("#turn-0 ~ * .chip, #turn-0 .chip >> nth=0")
        expect(page.locator("#turn-1 .words")).not_to_be_empty()
        page.fill("#question", "AI 바우처는 얼마까지 지원하나요?")
        page.press("#question", "Enter")
        expect(page.locator("#turn-2 .words")).to_contain_text("억")
        page.fill("#question", "오늘 서울 날씨 어때요?")
        page.press("#question", "Enter")
        expect(page.locator("#turn-3 .badge")).to_contain_text("다루는 분야가 아닙니다")
        expect(page.locator("#turn-3 .cite")).to_have_count(0)
        page.click("#turn-2 .thumb >> nth=0")
        expect(page.locator("#turn-2 .thumb >> nth=0")).to_have_attribute("aria-pressed", "true")
        talk = page.url.split("#")[1]
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        page.context.close()

    with serving(real_home) as (address, process):
        page = open_page(browser, f"{address}/#{talk}")
        page.wait_for_selector("#turn-3")
        expect(page.locator("#turn-0 .asked")).to_contain_text("안산에서 직원 30명")
        expect(page.locator("#turn-2 .thumb >> nth=0")).to_have_attribute("aria-pressed", "true")
        page.context.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
