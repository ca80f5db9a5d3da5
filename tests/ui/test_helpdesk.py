"""The help desk in a browser, before the real Advisor with accounts."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.assemble import build_advisor
from advisor.cli.opening import BackgroundOpening
from advisor.cli.web import create_app
from advisor.config import Settings
from tests.accounts.people import a_token
from tests.browsing import new_profile
from tests.serving import served

QUESTION = "외국인 직원 기숙사 짓는 비용도 지원되나요?"
ANSWER = (
    "기숙사 건축비를 지원하는 사업은 확인되지 않았습니다. 하늘시 임차비 지원을 안내해 드립니다."
)
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def place(
    pristine_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, str]]]:
    home = tmp_path_factory.mktemp("helpdesk") / "home"
    shutil.copytree(pristine_home, home)
    settings = Settings(home=home, refresh_s=1.0)
    office = Accounts.open(settings, hasher=Hasher(memory_kib=64, passes=1))
    tokens = {one: a_token(office, one, one) for one in ("helpdesk", "consultant")}
    opening = BackgroundOpening(lambda: build_advisor(settings, serving=True))
    with served(create_app(settings, opening, lambda: opening.advisor, office)) as address:
        opening.begin()
        yield address, tokens
    opening.close()


@pytest.fixture
def as_(place: tuple[str, dict[str, str]], browser: Browser) -> Iterator[Visit]:
    """Open the page as somebody of a role, or as nobody in particular."""
    address, tokens = place
    opened: list[Page] = []

    def visit(role: str = "", *, phone: bool = False, view: str = "") -> Page:
        context = new_profile(browser, phone=phone)
        if role:
            cookie = {"name": SESSION_COOKIE, "value": tokens[role], "url": address}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie as Playwright has it
        page = context.new_page()
        opened.append(page)
        page.goto(f"{address}/{view}")
        page.wait_for_selector(".hello", state="attached")
        return page

    yield visit
    for page in opened:
        page.context.close()


def ask(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.press("#question", "Enter")


def test_what_the_desk_answers_and_publishes_is_told_to_the_next_caller_within_a_minute(
    as_: Visit,
) -> None:
    first = as_()
    ask(first, QUESTION)
    expect(first.locator("#turn-0 .answer.no_evidence")).to_be_visible()

    desk = as_("helpdesk", view="#helpdesk")
    view = desk.locator("#helpdesk")
    view.locator("[data-key=tab-queue]").click()
    view.locator(".rows li", has_text="기숙사").locator("button").click()
    expect(view.locator(".title")).to_have_text(QUESTION)
    view.locator("[data-key=take]").click()
    expect(view.locator("[data-key=assignee] option:checked")).to_have_text("나")
    view.locator("[data-key=settle-answer]").fill(ANSWER)
    for name, words in (("title", "하늘시 안내"), ("publisher", "하늘시"), ("date", "2026-03-02"),
                        ("url", "https://haneul.example.kr/dormitory")):  # fmt: skip
        view.locator(f"[data-key=source-0-{name}]").fill(words)
    view.locator("[data-key=save]").click()
    view.locator("[data-key=category]").fill("인력")
    began = time.monotonic()
    view.locator("[data-key=publish]").click()
    expect(view.locator(".hint.good")).to_contain_text(QUESTION)

    second = as_()
    ask(second, QUESTION)
    expect(second.locator("#turn-0 .answer")).to_contain_text("임차비")
    assert time.monotonic() - began < 60
    expect(second.locator("#sources")).to_contain_text("하늘시")

    view.locator("[data-key=try]").click()
    expect(view.locator(".wording").first).to_contain_text("임차비")
    expect(view.locator(".said-then")).to_have_text(ANSWER)


def test_an_answer_is_copied_with_its_sources_by_keyboard_alone(as_: Visit) -> None:
    page = as_("helpdesk", view="#helpdesk")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    box = page.locator("#helpdesk [data-key=question-desk]")
    box.focus()
    page.keyboard.insert_text("AI 바우처는 얼마까지 지원하나요?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#helpdesk .wording").first).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.key") == "answer-cited":
            break
    page.keyboard.press("Enter")

    expect(page.locator("#helpdesk .said").first).to_have_text("복사했습니다.")
    copied = page.evaluate("navigator.clipboard.readText()")
    body, _, sources = copied.partition("\n\n출처\n")
    assert "2억 원" in body
    assert "**" not in copied
    assert "[1] " in sources
    assert "https://" in sources


@pytest.mark.parametrize("phone", [False, True])
def test_search_filters_and_changes_fit_the_screen(as_: Visit, phone: bool) -> None:
    page = as_("helpdesk", phone=phone, view="#helpdesk")
    view = page.locator("#helpdesk")
    view.locator("[data-key=tab-search]").click()
    expect(view.locator(".none")).to_contain_text("무엇을 찾을까요")
    view.locator("[data-key=search_words]").fill("스마트공장")
    view.locator("[data-key=find]").click()
    expect(view.locator(".hits .wording").first).to_be_visible()
    view.locator("[data-key=kind]").select_option("faq")
    expect(view.locator(".hits .wording > .meta").first).to_contain_text("자주 묻는 질문")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    view.locator("[data-key=year]").fill("1999")
    view.locator("[data-key=find]").click()
    expect(view.locator(".none")).to_contain_text("찾은 것이 없습니다")
    view.locator("[data-key=tab-changes]").click()
    expect(view.locator("[data-key=days]")).to_be_visible()
    page.click("[data-language=en]")
    expect(view.locator("h2")).to_have_text("Help desk")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_view_is_the_desks_alone_and_says_so_to_others(as_: Visit) -> None:
    desk = as_("helpdesk")
    expect(desk.locator("nav [data-view=helpdesk]")).to_be_visible()
    consultant = as_("consultant", view="#helpdesk")
    expect(consultant.locator("nav [data-view=helpdesk]")).to_be_hidden()
    expect(consultant.locator("#helpdesk")).to_contain_text("창구 담당자 화면입니다")
    expect(consultant.locator("#helpdesk [data-key=tab-queue]")).to_have_count(0)
    anyone = as_(view="#helpdesk")
    expect(anyone.locator("#helpdesk a")).to_have_attribute("href", "sign-in?next=%2F%23helpdesk")


def test_a_server_that_fails_is_told_with_a_way_to_try_again(as_: Visit) -> None:
    page = as_("helpdesk", view="#helpdesk")
    page.route("**/desk/changes*", lambda route: route.abort())
    page.click("#helpdesk [data-key=tab-changes]")
    expect(page.locator("#helpdesk .problem")).to_contain_text("다시 시도해 주세요")
    page.unroute("**/desk/changes*")
    page.click("#helpdesk [data-key=retry]")
    expect(page.locator("#helpdesk [data-key=days]")).to_be_visible()
