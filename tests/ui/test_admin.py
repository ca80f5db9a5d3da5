"""The administration in a browser, before a small API of its own."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

SOURCE = {
    "name": "bizinfo", "label": "기업마당", "usable": True, "lacks": None, "daily_calls": None,
    "last_run": None, "calls_today": 0, "run": None,
}  # fmt: skip


class SmallApi:
    """Answers what the sections ask, and remembers what was changed."""

    def __init__(self) -> None:
        self.me: dict[str, Any] = {"signed_in": True, "name": "김관리", "organisation_id": "operator", "roles": ["anyone", "administrator"]}  # fmt: skip
        self.is_on, self.broken = True, False
        self.sent: list[tuple[str, str, Any]] = []

    def answer(self, route: Route) -> None:
        request = route.request
        path = request.url.split("/api/v1/")[1].split("?")[0]
        if path == "me":
            route.fulfill(json=self.me)
            return
        if self.broken:
            route.fulfill(status=500, json={"detail": "서버에 문제가 있습니다."})
            return
        if request.method != "GET":
            self.sent.append((request.method, path, request.post_data_json))
            self.is_on = (request.post_data_json or {}).get("is_on", self.is_on)
        answers: dict[str, Any] = {
            "sources": [SOURCE], "organisations": [{"id": "north", "name": "북부센터"}],
            "accounts": [] if request.method == "GET" else {"code": "AB12-CD34"},
            "switch": {"is_on": self.is_on, "reason": "시험", "actor": "x", "at": None},
            "retention": {"days": 90, "last_at": None, "last_deleted": None, "next_at": None},
        }  # fmt: skip
        route.fulfill(json=answers.get(path, {}))


@pytest.fixture
def api() -> SmallApi:
    return SmallApi()


@pytest.fixture
def admin(visit: Callable[..., Page], api: SmallApi) -> Callable[..., Page]:
    def show(*, phone: bool = False) -> Page:
        page = visit(phone=phone)
        page.route("**/api/v1/**", api.answer)
        page.reload()
        page.wait_for_selector(".hello")
        page.locator('a[data-view="admin"]').click()
        return page

    return show


def test_the_switch_asks_for_a_reason_and_once_more_before_it_turns_off(
    admin: Callable[..., Page], api: SmallApi
) -> None:
    page = admin()
    page.get_by_role("tab", name="멈춤·보관").press("Enter")
    page.get_by_role("button", name="상담 멈추기").press("Enter")
    page.get_by_role("button", name="정말 멈추기").press("Enter")
    expect(page.locator("#admin .hint.bad")).to_have_text("까닭을 적어 주세요.")
    assert api.sent == []

    page.get_by_label("까닭").fill("틀린 금액을 답함")
    page.get_by_role("button", name="상담 멈추기").press("Enter")
    page.get_by_role("button", name="정말 멈추기").press("Enter")

    expect(page.locator("#admin .switch")).to_have_text("AI 상담이 멈춰 있습니다")
    assert api.sent == [("PUT", "switch", {"is_on": False, "reason": "틀린 금액을 답함"})]


def test_an_administrator_of_another_organisation_sees_people_only_and_gets_the_code_once(
    admin: Callable[..., Page], api: SmallApi
) -> None:
    api.me["organisation_id"] = "north"
    page = admin(phone=True)

    expect(page.locator("#admin .sections [role=tab]")).to_have_text(["사람"])
    expect(page.locator("#admin")).to_contain_text("아직 계정이 없습니다")
    page.get_by_label("로그인 이름").fill("park")
    page.get_by_label("이름", exact=True).fill("박상담")
    page.get_by_role("checkbox", name="상담사").check()
    page.get_by_role("button", name="더하기", exact=True).click()

    expect(page.locator("#admin .hint")).to_contain_text("AB12-CD34")
    assert api.sent[0][2]["roles"] == ["consultant"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_failure_is_said_and_tried_again_and_who_may_not_is_led_to_the_sign_in(
    admin: Callable[..., Page], api: SmallApi
) -> None:
    api.broken = True
    page = admin()
    expect(page.locator("#admin .problem")).to_contain_text("서버에 문제가 있습니다.")
    api.broken = False
    page.get_by_role("button", name="다시 시도").click()
    expect(page.locator("#admin h3").first).to_have_text(re.compile("기업마당"))

    api.me.update(signed_in=False, roles=["anyone"])
    page.get_by_role("button", name="미리 보기").click()

    expect(page.get_by_role("link", name="로그인").last).to_be_visible()
    expect(page.locator("#admin h3")).to_have_text("관리자 화면입니다")
