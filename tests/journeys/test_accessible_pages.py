"""Every page and state looked over by axe: no violation, nothing wider than the screen."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from advisor.messages import UserMessage
from advisor.ui.strings import KO
from tests.axe import violations
from tests.journeys.conftest import DEVICES
from tests.journeys.place import VOUCHER, WORRY, Place, ask, fits, go

OWN_VIEWS = ("talk", "diagnosis", "support", "mine", "about")
STAFF_VIEWS = [one for one in KO.views if one not in OWN_VIEWS]


def check(page: Page, state: str) -> None:
    """Look the page over once it has come to rest: a half-faded colour is no colour."""
    page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running' "
                           "|| one.effect.getComputedTiming().iterations === Infinity)")  # fmt: skip
    assert violations(page) == [], state
    assert fits(page), state


def settled(page: Page, view: str) -> None:
    """Wait until a view shows more than that it is loading."""
    part = page.locator(f"#view-{view}")
    expect(part.locator("h2").first).to_be_visible()
    expect(part.locator(".spinner:visible")).to_have_count(0)


def dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.reload()
    page.wait_for_selector(".view.current")


@pytest.mark.parametrize("phone", DEVICES)
def test_the_talk_in_each_of_its_states(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    check(page, "empty")
    page.press("#question", "Enter")
    check(page, "hint")
    place.hold.clear()
    page.fill("#question", WORRY)
    page.press("#question", "Enter")
    page.wait_for_selector(".pending .now")
    check(page, "in work")
    place.hold.set()
    page.wait_for_selector("#turn-0")
    check(page, "answered")
    page.locator("#turn-0 .cite").first.click()
    expect(page.locator(".source.lit")).to_be_in_viewport()
    check(page, "source open")
    page.click("#tabs [data-panel=company]")
    check(page, "company")
    page.keyboard.press("Escape")
    ask(page, "오늘 서울 날씨 어때요?", 1)
    check(page, "out of scope")


@pytest.mark.parametrize("phone", DEVICES)
def test_the_readiness_check_in_each_of_its_states(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    go(page, "diagnosis")
    page.wait_for_selector("[data-sheet=begin]")
    check(page, "begin")
    page.click("[data-sheet=begin][data-mode=quick]")
    page.wait_for_selector("#item-STR1")
    page.click("#item-STR1 label.level >> nth=2")
    expect(page.locator("#progress")).to_contain_text("1문항 답함")
    page.click("#item-STR1 summary")
    check(page, "form")
    page.click("#progress [data-sheet=result]")
    page.wait_for_selector(".readiness.result")
    check(page, "result")
    page.click("[data-folds=open]")
    check(page, "result unfolded")
    dark(page)
    page.wait_for_selector(".readiness.result")
    check(page, "result, dark")


@pytest.mark.parametrize("phone", DEVICES)
@pytest.mark.parametrize("look", ["light", "dark", "english"])
def test_the_owners_views_filled(place: Place, look: str, phone: bool) -> None:
    page = place.tab(phone=phone)
    ask(page, WORRY)
    if look == "dark":
        dark(page)
    if look == "english":
        page.click("[data-language=en]")
        expect(page.locator("h1")).to_have_text("Manufacturing AI Guide")

    for view in OWN_VIEWS:
        go(page, view)
        if view == "support":
            expect(page.locator("#support .program").first).to_be_visible()
        check(page, view)


@pytest.mark.parametrize("phone", DEVICES)
def test_the_owners_views_before_anything_was_told(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)

    for view in ("support", "mine"):
        go(page, view)
        settled(page, view)
        check(page, view)


@pytest.mark.parametrize("phone", DEVICES)
@pytest.mark.parametrize("view", STAFF_VIEWS)
def test_a_staff_view_refused_filled_failed_in_the_dark_and_in_english(
    place: Place, view: str, phone: bool
) -> None:
    stranger = place.tab(phone=phone, path=f"/#{view}", wait=f"#view-{view}.current")
    expect(stranger.locator(f"#view-{view} a[href^=sign-in]")).to_be_visible()
    check(stranger, "refused")

    role = "consultant" if view == "clients" else "administrator"
    page = place.tab(role, phone=phone, path=f"/#{view}", wait=f"#view-{view}.current")
    settled(page, view)
    check(page, "its first state")
    page.click("[data-language=en]")
    expect(page.locator("h1")).to_have_text("Manufacturing AI Guide")
    dark(page)
    settled(page, view)
    check(page, "dark and English")


@pytest.mark.parametrize("phone", DEVICES)
def test_the_pages_at_the_door(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    for path in (
        "/sign-in",
        "/sign-in?why=expired",
        "/set-up",
        "/new-password",
        "/sign-in?lang=en",
    ):
        page.goto(place.address + path)
        check(page, path)
    page.fill("#login", "nobody")
    page.fill("#password", "a wrong password")
    page.click("button[type=submit]")
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, "refused")
    page.emulate_media(color_scheme="dark")
    page.goto(place.address + "/sign-in?lang=ko")
    check(page, "dark")
    staff = place.tab("curator", phone=phone)
    staff.goto(place.address + "/account")
    check(staff, "account")


@pytest.mark.parametrize("phone", DEVICES)
def test_the_page_of_a_document_and_the_one_that_is_missing(
    place: Place, tmp_path: Path, phone: bool
) -> None:
    page = place.tab("curator", phone=phone, path="/#documents", wait=".drop")
    name = "별빛시 전화 공고.md" if phone else "별빛시 책상 공고.md"
    notice = tmp_path / name
    notice.write_text(
        f"# {name}\n\n## 지원 내용\n\n| 항목 | 금액 |\n|---|---|\n| 한도 | 100만 원 |\n",
        encoding="utf-8",
    )
    page.set_input_files("#documents-files", str(notice))
    expect(page.locator("#documents .is-added", has_text=name)).to_be_visible()
    check(page, "documents, filled")
    address = (
        page.locator("#documents .document", has_text=name[:-3]).locator("a").get_attribute("href")
    )
    page.goto(f"{place.address}/{address}")
    check(page, "document")


@pytest.mark.parametrize("phone", DEVICES)
def test_the_page_that_cannot_open_its_records(place: Place, phone: bool) -> None:
    opening, inner = place.opening, place.opening.inner
    opening.inner = Shut(UserMessage("색인이 손상되었습니다.", "다시 만들어 주세요."))  # type: ignore[assignment]
    page = place.tab(phone=phone, wait=".waiting.problem")
    check(page, "problem")

    opening.inner = Shut(None)  # type: ignore[assignment]  # what the page asks of it is there
    page.reload()
    page.wait_for_selector("#log .waiting:not(.problem)")
    check(page, "waiting")
    opening.inner = inner
    page.wait_for_selector(".hello")


class Shut:
    """An Advisor that is not there (yet)."""

    advisor = None

    def __init__(self, problem: UserMessage | None) -> None:
        self.problem = problem


def test_every_target_is_large_enough_for_a_finger(place: Place) -> None:
    page = place.tab(phone=True)
    ask(page, VOUCHER)

    small = page.evaluate(
        """() => [...document.querySelectorAll('button, a, input, select, summary')]
          .filter((one) => one.offsetParent && !one.closest('p, li, #panel, .words'))
          .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
          .filter(([, box]) => Math.min(box.width, box.height) < 24).map(([html]) => html)"""
    )

    assert small == []
