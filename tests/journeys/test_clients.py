"""An owner's talk on a phone, shared by a code, and a consultant's way with it to a visit and a report."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.assemble import build_advisor
from advisor.cli.web import create_app
from advisor.config import Settings
from tests.accounts.people import a_person, a_token
from tests.browsing import DESKTOP, chromium, open_page
from tests.journeys.test_support import Opened
from tests.serving import served

QUESTION = "안산에서 직원 30명 금속가공을 합니다. 눈으로 검사하는데 불량이 나가요."


@pytest.fixture
def site(real_home: Path) -> Iterator[tuple[str, Browser, Accounts]]:
    settings = Settings(home=real_home)
    advisor = build_advisor(settings)
    office = Accounts.open(settings, hasher=Hasher(memory_kib=64, passes=1))
    with (
        served(create_app(settings, Opened(advisor), lambda: advisor, office)) as address,
        chromium() as browser,
    ):
        yield address, browser, office
    advisor.index.close()


def consultant(address: str, browser: Browser, office: Accounts) -> Page:
    token = a_token(office, "journey-kim", "consultant", organisation="journey")
    a_person(office, "journey-lee", "consultant", organisation="journey")
    context = browser.new_context(viewport=DESKTOP, locale="ko-KR")
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/#clients")
    return page


def test_an_owner_shares_and_a_consultant_corrects_prepares_reports_until_it_is_ended(
    site: tuple[str, Browser, Accounts],
) -> None:
    address, browser, office = site
    expect.set_options(timeout=30_000)

    # The owner, on a phone and without an account.
    owner = open_page(browser, address, phone=True)
    owner.set_default_timeout(30_000)
    owner.wait_for_selector(".hello")
    expect(owner.locator("[data-view=clients]")).to_be_hidden()
    owner.click("[data-view=mine]")
    expect(owner.locator("#mine")).to_contain_text("아직 상담이 없습니다")
    owner.click("[data-view=talk]")
    owner.fill("#question", QUESTION)
    owner.click(".composer .send")
    expect(owner.locator(".turn .foot")).to_be_visible()
    owner.click("[data-view=mine]")
    expect(owner.locator("#mine .until")).to_contain_text("90일 동안 보관")
    expect(owner.locator(".mine-link")).to_have_value(re.compile(r"#talk=[\w-]{22}"))
    owner.click("[data-mine=keep]")
    expect(owner.locator("[data-mine=keep]")).to_have_attribute("aria-pressed", "true")
    expect(owner.locator("#mine .papers li").first).to_be_visible()
    with owner.expect_download() as taken:
        owner.click("[data-export=json]")
    assert "직원 30명" in Path(taken.value.path()).read_text(encoding="utf-8")
    owner.fill(".share-form input", "박상담")
    owner.click(".share-form button")
    code = owner.locator(".share-code output").inner_text()
    assert owner.evaluate("document.documentElement.scrollWidth") == 390

    # The consultant, by keyboard where it matters.
    kim = consultant(address, browser, office)
    kim.set_default_timeout(30_000)
    expect(kim.locator("#clients")).to_contain_text("아직 담당 기업이 없습니다")
    kim.click("[data-key=add]")
    kim.keyboard.type("한빛정공")
    kim.fill("[data-key=new-contact]", "박사장 031-123-4567")
    kim.fill("[data-key=new-code]", code)
    kim.keyboard.press("Enter")
    expect(kim.locator("#clients h2")).to_have_text("한빛정공")
    expect(kim.locator("#clients")).to_contain_text(QUESTION)
    kim.fill("[data-key=note]", "반품 비용을 여쭐 것")
    kim.click("[data-key=note-save]")
    expect(kim.locator("#clients .rows .words")).to_have_text("반품 비용을 여쭐 것")

    kim.focus("[data-key=tab-overview]")
    kim.keyboard.press("ArrowRight")
    # Its line among the facts; the record of changes below has the words too, without this class.
    heads = kim.locator("#clients .rows > li", has=kim.locator(".name", has_text="상시근로자 수"))
    expect(heads).to_contain_text("30명")
    expect(heads).to_contain_text("직원 30명")
    kim.click("[data-key=edit-employees_regular]")
    kim.fill("[data-key=value-employees_regular]", "45")
    kim.click("[data-key=keep-employees_regular]")
    expect(kim.locator("#clients .hint")).to_contain_text("고친 까닭")
    kim.fill("[data-key=value-employees_regular]", "45")
    kim.fill("[data-key=reason-employees_regular]", "명부로 확인")
    kim.click("[data-key=keep-employees_regular]")
    expect(heads).to_contain_text("45명")
    expect(heads).to_contain_text("기업의 말: 30명")

    kim.click("[data-key=tab-readiness]")
    kim.click("#clients .fold summary")
    kim.click("[data-key=edit-DAT1]")
    kim.select_option("[data-key=level-DAT1]", "2")
    kim.click("[data-key=judge-DAT1]")
    expect(kim.locator("#clients .rows > li.entered", has_text="DAT1")).to_contain_text("2단계")

    kim.click("[data-key=tab-visit]")
    expect(kim.locator("#clients .ticks li").first).to_be_visible()
    with kim.expect_download() as sheet:
        kim.click("[data-key=visit-pdf]")
    assert Path(sheet.value.path()).read_bytes().startswith(b"%PDF")
    kim.click("[data-key=tab-overview]")
    with kim.expect_download() as report:
        kim.click("[data-key=report-md]")
    assert "명부로 확인" in Path(report.value.path()).read_text(encoding="utf-8")

    # Back and forth, and a reload on the client.
    kim.go_back()
    expect(kim.locator("#clients .list")).to_contain_text("한빛정공")
    kim.go_forward()
    expect(kim.locator("#clients h2")).to_have_text("한빛정공")
    kim.reload()
    expect(kim.locator("#clients h2")).to_have_text("한빛정공")

    # The owner ends it, and the consultant keeps only what is the consultant's.
    owner.locator("[data-revoke]").click()
    expect(owner.locator("#shares")).to_contain_text("더는 볼 수 없게 했습니다")
    kim.reload()
    expect(kim.locator("#clients .notice")).to_contain_text("나누기를 그만두었거나")
    expect(kim.locator("#clients .rows .words")).to_have_text("반품 비용을 여쭐 것")
    expect(kim.locator("#clients")).not_to_contain_text(QUESTION)

    # Deleting forgets the talk on this device too.
    owner.locator("#taking [data-ask=erase]").click()
    owner.locator("#taking [data-ask=erase]").click()
    expect(owner.locator(".hello")).to_be_visible()
    expect(owner.locator(".hello .mine-kept")).to_have_count(0)
    assert owner.evaluate("localStorage.getItem('advisor.kept')") == "[]"


def test_an_english_reader_hands_a_client_made_by_hand_over(
    site: tuple[str, Browser, Accounts],
) -> None:
    address, browser, office = site
    token = a_token(office, "english-kim", "consultant", organisation="english")
    a_person(office, "english-lee", "consultant", organisation="english")
    context = browser.new_context(viewport=DESKTOP, locale="ko-KR")
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": address}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{address}/#clients")
    page.wait_for_selector("#clients [data-key=add]")
    page.click("[data-language=en]")
    expect(page.locator("#clients h2")).to_have_text("Clients", timeout=30_000)
    page.click("[data-key=add]")
    page.fill("[data-key=new-name]", "Daesung Press")
    page.keyboard.press("Enter")
    expect(page.locator("#clients h2")).to_have_text("Daesung Press", timeout=30_000)
    page.click("[data-key=tab-facts]")
    page.select_option("[data-key=more-fact]", "employees_regular")
    page.fill("[data-key=value-employees_regular]", "30")
    page.click("[data-key=keep-employees_regular]")
    expect(page.locator("#clients .rows > li.entered")).to_contain_text("30 people", timeout=30_000)
    page.click("[data-key=tab-overview]")
    page.click("#clients .fold summary")
    page.fill("[data-key=hand-note]", "Call in the morning")
    page.click("[data-key=hand]")
    expect(page.locator("#clients .notice")).to_contain_text("Handed over by", timeout=30_000)
    page.click("[data-key=back]")
    expect(page.locator("#clients .list")).to_contain_text("Handed over", timeout=30_000)
    page.click("[data-key=state-new]")
    expect(page.locator("#clients .none")).to_contain_text("Nothing found", timeout=30_000)
    assert page.locator("#clients").inner_text().count("undefined") == 0
