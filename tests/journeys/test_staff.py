"""The staff at their views: what each role sees, documents, notices, and owners meanwhile."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from advisor.ui.strings import KO
from tests.journeys.conftest import DEVICES
from tests.journeys.place import STAFF, VOUCHER, Place, ask, fits, go, until

OWN = {"talk", "diagnosis", "support", "mine", "about"}
SEEN = {
    "": OWN,
    "consultant": OWN | {"clients"},
    "helpdesk": OWN | {"helpdesk", "documents", "admin"},
    "curator": OWN | {"helpdesk", "documents", "review", "admin"},
    "administrator": OWN | {"helpdesk", "clients", "documents", "review", "admin"},
}
NOTICE = (
    "# 2026년 구름시 도금 집진기 교체 지원사업 공고\n\n## 지원 내용\n"
    "구름시 도금 집진기 교체 지원사업은 기업당 최대 3,700만 원을 지원합니다.\n\n"
    "## 신청 기간\n2026. 12. 1.부터 2026. 12. 18.까지\n"
)
QUESTION = "구름시 도금 집진기 교체 지원사업은 얼마까지 지원하나요?"


def links(page: Page) -> set[str]:
    found = page.locator("nav.views a:visible")
    return {str(one.get_attribute("data-view")) for one in found.all()}


def upload(page: Page, *files: Path) -> None:
    page.set_input_files("#documents-files", [str(one) for one in files])


@pytest.mark.parametrize("phone", DEVICES)
@pytest.mark.parametrize("role", ["", *STAFF])
def test_the_header_shows_a_role_its_own_views(place: Place, role: str, phone: bool) -> None:
    page = place.tab(role, phone=phone)

    until(lambda: links(page) == SEEN[role] & set(KO.views))  # roles come a moment after the page
    assert fits(page)


@pytest.mark.parametrize("phone", DEVICES)
@pytest.mark.parametrize("view", ["documents", "review", "helpdesk", "clients"])
def test_a_stranger_at_a_staff_view_is_shown_the_door(place: Place, view: str, phone: bool) -> None:
    page = place.tab(phone=phone, path=f"/#{view}", wait=f"#view-{view}.current")

    way = page.locator(f"#view-{view} a[href^=sign-in]")

    expect(way).to_be_visible()
    assert fits(page)
    way.click()
    expect(page.locator("#login")).to_be_visible()


@pytest.mark.parametrize(
    ("role", "view"),
    [("consultant", "review"), ("helpdesk", "review"), ("curator", "clients"), ("consultant", "helpdesk")],
)  # fmt: skip
def test_a_colleague_of_another_role_reads_that_this_is_not_theirs(
    place: Place, role: str, view: str
) -> None:
    page = place.tab(role, path=f"/#{view}", wait=f"#view-{view}.current")

    expect(page.locator(f"#{view} h3, #{view} h2", has_text="화면입니다").first).to_be_visible()
    expect(page.locator(f"#{view} input:visible, #{view} select:visible")).to_have_count(0)


def test_a_file_is_uploaded_while_an_owner_waits_and_the_next_answer_knows_it(
    place: Place, tmp_path: Path
) -> None:
    owner, curator = place.tab(), place.tab("curator", path="/#documents", wait=".drop")
    notice = tmp_path / "구름시 공고.md"
    notice.write_text(NOTICE, encoding="utf-8")
    place.hold.clear()
    owner.fill("#question", VOUCHER)
    owner.press("#question", "Enter")
    owner.wait_for_selector(".pending .now")

    upload(curator, notice)
    expect(curator.locator("#documents .is-added")).to_contain_text("구름시 공고.md")
    place.hold.set()
    expect(owner.locator("#turn-0 .words")).to_contain_text("억")
    ask(owner, QUESTION, 1)

    expect(owner.locator("#turn-1 .words")).to_contain_text("3,700만 원")


def test_the_curator_reads_the_notice_where_the_answer_took_it_from(
    place: Place, tmp_path: Path
) -> None:
    page = place.tab("curator", path="/#documents", wait=".drop")
    notice = tmp_path / "구름시 공고.md"
    notice.write_text(NOTICE, encoding="utf-8")
    upload(page, notice)
    expect(page.locator("#documents .document")).to_have_count(1)
    go(page, "talk")
    ask(page, QUESTION)

    page.locator("#turn-0 .cite").first.click()
    with page.context.expect_page() as opened:
        page.locator(".source.lit a").click()

    expect(opened.value.locator("mark").first).to_contain_text("3,700만 원")


@pytest.mark.parametrize("phone", DEVICES)
def test_a_file_that_is_none_is_refused_with_a_reason(
    place: Place, tmp_path: Path, phone: bool
) -> None:
    page = place.tab("curator", phone=phone, path="/#documents", wait=".drop")
    bad = tmp_path / ("빈 전화.pdf" if phone else "빈 책상.pdf")
    bad.write_bytes(b"%PDF-1.7\n")

    upload(page, bad)

    row = page.locator("#documents .is-rejected", has_text=bad.name)
    expect(row).to_contain_text("손상")
    assert fits(page)
