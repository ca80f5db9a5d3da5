"""Owners and what is kept of them: the address, this device, papers, taking along, deleting."""

import io
import json
import zipfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.place import VOUCHER, WORRY, Place, ask, fits, go


def mine(place: Place, *, phone: bool = False) -> tuple[Page, Locator]:
    """Tell a worry and turn to the owner's own view."""
    page = place.tab(phone=phone)
    ask(page, WORRY)
    go(page, "mine")
    view = page.locator("#view-mine")
    expect(view).to_contain_text("90일 동안 보관")
    return page, view


def test_everything_that_is_kept_is_taken_along_in_each_form(place: Place) -> None:
    page, view = mine(place, phone=True)

    taken = {}
    for kind in ("json", "html", "zip"):
        with page.expect_download() as download:
            view.locator(f"[data-export={kind}]").click()
        taken[kind] = Path(download.value.path()).read_bytes()

    assert "안산" in json.dumps(json.loads(taken["json"]), ensure_ascii=False)
    assert "안산" in taken["html"].decode()
    inside = zipfile.ZipFile(io.BytesIO(taken["zip"])).namelist()
    assert any(name.endswith(".json") for name in inside)
    assert fits(page)


def test_the_address_is_copied_and_opens_the_talk_in_another_browser(place: Place) -> None:
    page, view = mine(place)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    view.get_by_role("button", name="주소 복사").click()
    expect(view).to_contain_text("복사했습니다")
    address = page.evaluate("navigator.clipboard.readText()")

    phone = place.tab(phone=True, path=address.removeprefix(place.address), wait="#turn-0")
    expect(phone.locator("#turn-0 .asked")).to_contain_text("안산")


def test_a_talk_is_remembered_on_the_device_until_it_is_deleted(place: Place) -> None:
    page, view = mine(place, phone=True)
    view.get_by_role("button", name="이 기기에 기억하기").click()

    later = place.tab(phone=True)
    later.locator(".hello").get_by_role("link", name="안산에서").click()
    expect(later.locator("#turn-0 .asked")).to_contain_text("안산")

    view.get_by_role("button", name="모두 지우기").click()
    view.get_by_role("button", name="한 번 더 누르면 지웁니다").click()
    expect(page.locator(".hello")).to_be_visible()
    expect(page.locator(".hello .mine-kept")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('advisor.kept')") == "[]"


def test_papers_that_are_ready_stay_ticked(place: Place) -> None:
    page, view = mine(place)
    first = view.locator(".papers").get_by_role("checkbox").first

    first.check()
    page.reload()

    expect(first).to_be_checked()


def test_a_deleted_talk_is_gone_for_every_browser(place: Place) -> None:
    page = place.tab(phone=True)
    ask(page, VOUCHER)
    where = "/#" + page.url.split("#")[1]
    go(page, "about")

    button = page.locator("#view-about [data-ask=erase]")
    button.click()
    expect(button).to_have_text("한 번 더 누르면 지웁니다")
    button.click()

    expect(page.locator(".note")).to_contain_text("모두 지웠습니다")
    other = place.tab(path=where, wait=".note")
    expect(other.locator(".turn")).to_have_count(0)


def test_an_address_that_was_never_given_opens_an_empty_talk_and_says_so(place: Place) -> None:
    page = place.tab(path="/#talk=AAAAAAAAAAAAAAAAAAAAAAAA", wait=".note")

    expect(page.locator(".note")).to_contain_text("새로 시작합니다")
    expect(page.locator(".turn")).to_have_count(0)
