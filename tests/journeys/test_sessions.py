"""Where everybody has an account: sign-ins that end while one is at work, in one tab or another."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from advisor.accounts.asking import SESSION_COOKIE
from tests.accounts.people import PASSWORD
from tests.journeys.conftest import DEVICES
from tests.journeys.place import VOUCHER, Place, ask, installation


@pytest.fixture(scope="module")
def served_place(
    pristine_home: Path, chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("members") / "home"
    with installation(pristine_home, chrome, home, access="members") as place:
        yield place


def end_session(place: Place, page: Page) -> None:
    """End the browser's session at the server, as time or an administrator does."""
    (cookie,) = [one for one in page.context.cookies() if one["name"] == SESSION_COOKIE]
    place.office.sign_in.sign_out(place.office.gate.who(token=cookie["value"]))


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.fill("#login", login)
    page.fill("#password", password)
    page.click("button[type=submit]")


def test_a_stranger_is_led_to_the_door_and_after_it_to_the_talk(place: Place) -> None:
    page = place.context(phone=True).new_page()
    page.goto(place.address)
    expect(page).to_have_url(f"{place.address}/sign-in?why=needed&next=/")

    sign_in(page, "helpdesk")

    page.wait_for_selector(".hello")
    page.context.close()


@pytest.mark.parametrize("phone", DEVICES)
def test_an_answer_under_way_comes_though_the_session_ends_and_the_next_asks_to_sign_in(
    place: Place, phone: bool
) -> None:
    context = place.context("consultant", phone=phone)
    page = context.new_page()
    page.goto(place.address)
    page.wait_for_selector(".hello")
    place.hold.clear()
    page.fill("#question", VOUCHER)
    page.press("#question", "Enter")
    page.wait_for_selector(".pending .now")

    end_session(place, page)
    place.hold.set()
    expect(page.locator("#turn-0 .words")).to_contain_text("억")
    page.fill("#question", "그건 언제까지예요?")
    page.press("#question", "Enter")

    expect(page.locator(".composer .hint")).to_contain_text("로그인이 끝났습니다")
    expect(page.locator("#question")).to_have_value("그건 언제까지예요?")
    expect(page.locator(".turn")).to_have_count(1)
    page.reload()
    expect(page).to_have_url(re.compile(r"/sign-in\?why=expired&next=/"))
    context.close()


def test_after_an_ended_session_one_signs_in_and_the_talk_and_its_draft_are_there(
    place: Place,
) -> None:
    context = place.context("consultant")
    page = context.new_page()
    page.goto(place.address)
    page.wait_for_selector(".hello")
    ask(page, VOUCHER)
    talk = page.url
    page.fill("#question", "아직 보내지 않은 글")
    end_session(place, page)
    page.reload()

    sign_in(page, "consultant")
    page.wait_for_selector(".hello, .turn")
    expect(page.locator("#question")).to_have_value("아직 보내지 않은 글")
    page.goto(talk)
    page.reload()

    expect(page.locator("#turn-0 .words")).to_contain_text("억")
    context.close()


def test_signing_out_in_one_tab_ends_the_other(place: Place) -> None:
    context = place.context("helpdesk")
    talk, account = context.new_page(), context.new_page()
    talk.goto(place.address)
    talk.wait_for_selector(".hello")
    account.goto(place.address + "/account")
    account.get_by_role("button", name="로그아웃", exact=True).click()
    account.wait_for_url("**/sign-in?why=signed_out")

    talk.fill("#question", VOUCHER)
    talk.press("#question", "Enter")

    expect(talk.locator(".composer .hint")).to_contain_text("로그인이 끝났습니다")
    expect(talk.locator(".turn")).to_have_count(0)
    context.close()


def test_everywhere_means_every_device(place: Place) -> None:
    desk, phone = place.context("curator"), place.context("curator", phone=True)
    page = desk.new_page()
    page.goto(place.address + "/account")
    page.get_by_role("button", name="모든 기기").click()
    page.wait_for_url("**/sign-in?why=signed_out_everywhere")

    other = phone.new_page()
    other.goto(place.address)

    expect(other).to_have_url(f"{place.address}/sign-in?why=expired&next=/")
    desk.close()
    phone.close()


def test_a_wrong_password_is_told_and_the_name_stays(place: Place) -> None:
    page = place.context().new_page()
    page.goto(place.address + "/sign-in")

    sign_in(page, "curator", "a wrong password")

    expect(page.get_by_role("alert")).to_contain_text("아이디나 비밀번호가 맞지 않습니다")
    expect(page.locator("#login")).to_have_value("curator")
    expect(page.locator("#password")).to_be_focused()
    page.context.close()


def test_the_door_is_passed_with_keys_alone(place: Place) -> None:
    page = place.context().new_page()
    page.goto(place.address + "/sign-in?next=/")

    expect(page.locator("#login")).to_be_focused()
    page.keyboard.type("administrator")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_selector(".hello")
    page.context.close()


def test_the_door_speaks_english(place: Place) -> None:
    page = place.context().new_page()
    page.goto(place.address + "/sign-in")
    page.get_by_role("link", name="영어").click()

    expect(page.locator("h1")).to_have_text("Sign in")
    sign_in(page, "curator", "a wrong password")
    expect(page.get_by_role("alert")).to_contain_text("password")
    page.context.close()
