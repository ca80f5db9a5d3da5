"""An owner's way from a worry to programs, a plan and a calendar, in a real browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from advisor.assemble import Advisor, build_advisor
from advisor.cli.web import create_app
from advisor.config import Settings
from advisor.messages import UserMessage
from tests.browsing import chromium, open_page
from tests.serving import served


@dataclass
class Opened:
    """An opening that is over."""

    advisor: Advisor
    problem: UserMessage | None = None

    def retry(self) -> None:
        raise AssertionError("nothing went wrong")


@pytest.fixture
def page(real_home: Path) -> Iterator[Page]:
    settings = Settings(home=real_home)
    advisor = build_advisor(settings, keep=False)
    with (
        served(create_app(settings, Opened(advisor), lambda: advisor)) as address,
        chromium() as browser,
    ):
        page = open_page(browser, address, phone=True)
        page.set_default_timeout(30_000)
        yield page
        page.context.close()
    advisor.index.close()


def test_from_no_facts_to_a_plan_that_follows_the_facts_and_a_calendar(page: Page) -> None:
    expect.set_options(timeout=30_000)
    page.wait_for_selector(".hello")
    page.click("[data-view=support]")
    expect(page.locator("#support .start")).to_contain_text("아직 아는 회사 정보가 없습니다")
    expect(page.locator("#support .program")).to_have_count(0)

    heads = page.locator("#support form[data-field=employees_regular]")
    heads.locator("input").fill("30")
    heads.get_by_role("button").click()
    expect(page.locator("#support .knowns")).to_contain_text("30명")
    expect(page.locator("#support .program").first).to_be_visible()

    page.select_option("[name=solution]", "sol-ai-vision")
    page.fill("[name=cost]", "1억")
    page.click("form.plan-for button")
    expect(page.locator("#support-plan .total").first).to_contain_text("1억 원")
    page.fill("[name=cost]", "많이")
    page.click("form.plan-for button")
    expect(page.locator("#support .hint")).to_contain_text("사업비 '많이'을(를) 읽지 못했습니다")

    ticks = page.locator(".programs .cards [data-tick]")
    ticks.nth(0).check()
    expect(page.locator("#support-compare")).to_contain_text("두 개에서 네 개까지")
    ticks.nth(1).check()
    expect(page.locator("#support-compare thead th")).to_have_count(3)

    with page.expect_download() as taken:
        page.click("#support .take")
    assert taken.value.suggested_filename == "support-windows.ics"
    assert Path(taken.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.reload()
    expect(page.locator("#support .knowns")).to_contain_text("30명")
    expect(page).to_have_url(re.compile(r"#support=\w+"))
