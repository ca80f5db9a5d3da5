"""The review desk in a browser, before a small API of its own."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from advisor.config import PROJECT_ROOT
from advisor.corpus.notices.shown import draft_line, draft_sheet, version_line, versioned_line
from advisor.corpus.notices.values import read_value
from advisor.corpus.reviewing import ReviewDesk
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.drafts import Draft, DraftField, DraftSource
from advisor.stores.database import migrate, sqlite_engine
from tests.builders import a_corpus

TODAY = date(2026, 11, 25)
NOTICE = "접수는 2026. 12. 1.부터 2026. 12. 18.까지"


class SmallApi:
    """The routes of the review desk on a real desk, without a server."""

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk
        self.roles = ["anyone", "curator"]

    def answer(self, route: Route) -> None:
        path = route.request.url.split("/api/v1/")[1].split("?")[0]
        body = json.loads(route.request.post_data or "{}")
        if path.endswith("/view"):
            route.fulfill(body=f"<p>{NOTICE}</p>", content_type="text/html; charset=utf-8")
            return
        try:
            route.fulfill(json=self._plain(route.request.method, path.split("/"), body))
        except PermissionError:
            route.fulfill(status=401, json={"detail": "로그인이 필요한 화면입니다."})

    def _plain(self, method: str, path: list[str], body: dict[str, Any]) -> Any:
        if path == ["me"]:
            return {"signed_in": False, "name": "", "roles": self.roles}
        if "curator" not in self.roles:
            raise PermissionError
        match method, path:
            case "GET", ["drafts"]:
                return [draft_line(one) for one in self.desk.drafts.list()]
            case "GET", ["documents"]:
                return []
            case "GET", ["stale-records"]:
                return []
            case "GET", ["records", record, "versions"]:
                return [versioned_line(one) for one in self.desk.versions(record)]
            case "GET", ["healthz"]:  # asked where an answer is slow to come
                return {}
            case "PATCH", ["drafts", number]:
                values = {name: read_value(name, one) for name, one in body["values"].items()}
                self.desk.drafts.correct(int(number), values, body["by"])
            case "POST", ["drafts", number, "publish"]:
                made = self.desk.publish(int(number), body["by"], body["note"], today=TODAY)
                return version_line(made)
        draft = self.desk.drafts.get(int(path[1]))
        return draft_sheet(draft, *self.desk.preview(draft, today=TODAY))


@pytest.fixture
def api(tmp_path: Path) -> SmallApi:
    engine = sqlite_engine(tmp_path / "review.db")
    migrate(engine)
    desk = ReviewDesk(engine, a_corpus(vocabulary=load_vocabulary(PROJECT_ROOT / "corpus")))
    fields = (
        DraftField("name", "새 지원사업", 1, "새 지원사업 공고", 0.9),
        DraftField("agency", "시험부", 1, "시험부 공고", 0.5),
        DraftField("year", 2026, 1, "2026년", 0.9),
        DraftField("kind", "grant", 1, "새 지원사업 공고", 0.9),
        DraftField("purpose", "<b>시험</b>한다", 1, "시험한다", 0.7),
        DraftField("window.closes_on", "2026-12-18", 1, NOTICE, 0.9),
    )
    source = DraftSource("notice-1", None, datetime(2026, 11, 25, tzinfo=UTC), "notice-1")
    desk.drafts.propose(Draft("program", "새 지원사업", fields, source))
    return SmallApi(desk)


@pytest.fixture
def desk_page(visit: Callable[..., Page], api: SmallApi) -> Callable[..., Page]:
    def begin(*, phone: bool = False) -> Page:
        page = visit(phone=phone)
        page.route("**/api/v1/**", api.answer)
        page.reload()
        page.wait_for_selector(".hello")
        return page

    return begin


def test_a_draft_is_seen_beside_its_notice_corrected_published_and_its_version_told(
    desk_page: Callable[..., Page], api: SmallApi
) -> None:
    page = desk_page()
    page.click("nav [data-view=review]")
    page.click("#review [data-key=draft-1]")

    closes = page.locator("#review [data-key='field-window.closes_on']")
    expect(closes).to_have_value("2026-12-18")
    closes.focus()
    expect(page.locator("#review .beside blockquote")).to_have_text(NOTICE)
    assert "words=" in (page.get_attribute("#review .beside iframe", "src") or "")
    expect(page.locator("#review .field.doubtful .name")).to_have_text("소관 기관")
    # What a notice says is text, never markup.
    expect(page.locator("#review [data-key=field-purpose]")).to_have_value("<b>시험</b>한다")

    closes.fill("2026. 12. 19.")
    page.click("#review [data-key=publish]")
    expect(page.locator("#review .hint.bad")).to_contain_text("이름")
    assert api.desk.published.current() == ()
    page.fill("#review [data-key=signer]", "김담당")
    page.click("#review [data-key=publish]")

    expect(page.locator("#review .badge.is-published")).to_be_visible()
    (made,) = api.desk.published.current()
    assert (made.signed_by, made.data["window"]["closes_on"]) == ("김담당", "2026-12-19")
    page.click("#review [data-key=to-history]")
    expect(page.locator("#review .version .head")).to_contain_text("김담당")


def test_the_desk_is_hidden_from_who_is_no_staff_and_says_so_to_who_comes_anyway(
    desk_page: Callable[..., Page], api: SmallApi
) -> None:
    api.roles = ["anyone"]
    page = desk_page()

    expect(page.locator("nav [data-view=review]")).to_be_hidden()
    page.evaluate("location.hash = '#review'")
    page.reload()
    expect(page.locator("#review")).to_contain_text("담당자 화면입니다")
    expect(page.locator("#review a")).to_have_attribute("href", "sign-in?next=%2F%23review")


def test_a_phone_shows_the_form_without_scrolling_sideways(
    desk_page: Callable[..., Page],
) -> None:
    page = desk_page(phone=True)
    page.click("nav [data-view=review]")
    page.click("#review [data-key=draft-1]")
    page.wait_for_selector("#review .field")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#review [data-key=publish]")).to_be_in_viewport()
