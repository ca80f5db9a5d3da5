"""Administrators at their view: people, the switch that an owner meets, audit, retention, signals."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import update

from advisor.clients.desk import ClientDesk
from advisor.clients.work import ClientWork
from advisor.clock import now
from advisor.stores.consultations import ConsultationRow
from tests.accounts.people import PASSWORD, a_person, an_actor
from tests.journeys.place import VOUCHER, WORRY, Place, ask, fits, installation, until

NEW_PASSWORD = "another sentence of mine"
CODE = re.compile(r"일회용 코드 (\S+)")


@pytest.fixture(scope="module")
def served_place(
    pristine_home: Path, chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("administered") / "home"
    with installation(pristine_home, chrome, home, smtp_password="a-hidden-word") as place:
        yield place


def choose(view: Locator, name: str) -> None:
    view.locator("[data-key^=tab-]").filter(has_text=re.compile(f"^{name}$")).click()


def section(
    place: Place, name: str, role: str = "administrator", *, phone: bool = False
) -> Locator:
    """Open a section of the administration and return the view."""
    page = place.tab(role, phone=phone, path="/#admin", wait="#admin h2")
    view = page.locator("#admin")
    choose(view, name)
    return view


def row(view: Locator, login: str) -> Locator:
    return view.locator("li.person", has_text=login)


def sign_in(page: Page, login: str, password: str) -> None:
    page.fill("#login", login)
    page.fill("#password", password)
    page.click("button[type=submit]")


def set_password(page: Page, address: str, login: str, code: str) -> None:
    """Use a code at the door."""
    page.goto(f"{address}/new-password")
    page.fill("#login", login)
    page.fill("#code", code)
    page.fill("#password", NEW_PASSWORD)
    page.fill("#repeat", NEW_PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/account")


def code_in(view: Locator) -> str:
    expect(view).to_contain_text(CODE)
    found = CODE.search(view.inner_text())
    assert found
    return found[1]


def test_a_new_colleague_signs_in_with_the_code_that_was_read_out(place: Place) -> None:
    view = section(place, "사람")
    view.get_by_label("로그인 이름").fill("park")
    view.get_by_label("이름", exact=True).fill("박상담")
    adding = view.locator("form")
    adding.get_by_label("상담사").check()
    adding.get_by_role("button", name="더하기", exact=True).click()
    code = code_in(view)

    colleague = place.context(phone=True).new_page()
    set_password(colleague, place.address, "park", code)
    expect(colleague.locator("dl")).to_contain_text("상담사")
    colleague.goto(f"{place.address}/#clients")

    expect(colleague.locator("#clients")).to_contain_text("아직 담당 기업이 없습니다")
    expect(row(view, "park")).to_be_visible()
    colleague.context.close()


def test_a_reset_ends_the_old_password_and_its_code_makes_a_new_one(place: Place) -> None:
    a_person(place.office, "forgetful", "consultant")
    theirs = place.context("forgetful").new_page()
    view = section(place, "사람", phone=True)

    row(view, "forgetful").get_by_role("button", name="비밀번호 다시 정하기").click()
    row(view, "forgetful").get_by_role("button", name="정말 다시 정하기").click()
    code = code_in(view)

    theirs.goto(f"{place.address}/account")
    expect(theirs).to_have_url(re.compile("/sign-in"))  # the open session has ended
    sign_in(theirs, "forgetful", PASSWORD)
    expect(theirs.get_by_role("alert")).to_contain_text("맞지 않습니다")
    set_password(theirs, place.address, "forgetful", code)
    theirs.get_by_role("button", name="로그아웃", exact=True).click()
    sign_in(theirs, "forgetful", NEW_PASSWORD)
    theirs.wait_for_url("**/account")
    theirs.context.close()


def test_a_changed_role_changes_what_a_person_finds(place: Place) -> None:
    a_person(place.office, "mover", "curator")
    theirs = place.tab("mover")
    expect(theirs.locator("nav [data-view=review]")).to_be_visible()
    view = section(place, "사람")
    person = row(view, "mover")

    person.get_by_label("자료 담당").uncheck()
    person.get_by_label("상담사").check()
    person.get_by_role("button", name="역할 저장").click()
    expect(view).to_contain_text("역할을 저장했습니다")
    theirs.reload()

    expect(theirs.locator("nav [data-view=clients]")).to_be_visible()
    expect(theirs.locator("nav [data-view=review]")).to_be_hidden()


def test_a_closed_account_is_out_at_once_and_in_again_once_opened(place: Place) -> None:
    a_person(place.office, "leaver", "consultant")
    context = place.context("leaver")
    theirs = context.new_page()
    theirs.goto(f"{place.address}/#clients")
    expect(theirs.locator("#clients")).to_contain_text("아직 담당 기업이 없습니다")
    view = section(place, "사람")
    person = row(view, "leaver")

    person.get_by_role("button", name="계정 닫기").click()
    person.get_by_role("button", name="정말 닫기").click()
    expect(person).to_contain_text("닫힘")
    theirs.reload()
    theirs.locator("#clients").get_by_role("link", name="로그인").click()
    sign_in(theirs, "leaver", PASSWORD)
    expect(theirs.get_by_role("alert")).to_be_visible()

    person.get_by_role("button", name="다시 열기").click()
    expect(view).to_contain_text("계정을 다시 열었습니다")
    sign_in(theirs, "leaver", PASSWORD)
    expect(theirs.locator("#clients")).to_contain_text(
        "아직 담당 기업이 없습니다"
    )  # where they were
    context.close()


def test_the_switch_reaches_an_owner_with_an_open_page_and_search_stays(place: Place) -> None:
    owner = place.tab(phone=True)
    ask(owner, VOUCHER)
    view = section(place, "멈춤·보관")
    view.get_by_label("까닭").fill("틀린 금액을 답함")
    view.get_by_role("button", name="상담 멈추기").click()
    view.get_by_role("button", name="정말 멈추기").click()
    expect(view).to_contain_text("AI 상담이 멈춰 있습니다")
    switch = place.advisor.switch
    assert switch is not None
    until(lambda: not switch.is_on())

    ask(owner, VOUCHER, 1)
    expect(owner.locator("#turn-1 .words")).to_contain_text("1357")  # people to call instead
    expect(owner.locator("#turn-1 .cite")).to_have_count(0)
    desk = place.tab("helpdesk", path="/#helpdesk", wait="#helpdesk [role=tab]")
    desk.locator("#helpdesk").get_by_role("tab", name="찾기").click()
    desk.locator("#helpdesk").get_by_label("찾을 말").fill("AI 바우처")
    desk.keyboard.press("Enter")
    expect(desk.locator("#helpdesk .hits .wording").first).to_be_visible()

    view.get_by_label("까닭").fill("고쳤음")
    view.get_by_role("button", name="다시 켜기").click()
    view.get_by_role("button", name="정말 켜기").click()
    expect(view).to_contain_text("AI 상담이 켜져 있습니다")
    until(switch.is_on)
    ask(owner, VOUCHER, 2)
    expect(owner.locator("#turn-2 .words")).to_contain_text("억")


def test_the_audit_log_tells_who_did_what_and_is_whole(place: Place) -> None:
    a_person(place.office, "audited", "curator")
    view = section(place, "감사 기록")

    view.get_by_label("대상").select_option("account")
    view.get_by_label("한 일").fill("create")
    view.get_by_role("button", name="보기", exact=True).click()
    expect(view.locator("tbody tr").first).to_contain_text("create")
    expect(view.locator("tbody")).not_to_contain_text("session")
    view.get_by_role("button", name="온전한지 확인").click()

    expect(view).to_contain_text("모두 온전합니다")


def test_what_is_beyond_its_time_is_deleted_at_a_press(place: Place) -> None:
    old, young = (place.advisor.ask(VOUCHER).consultation_id or "" for _ in range(2))
    with place.office.engine.begin() as connection:
        before = now() - timedelta(days=91)
        connection.execute(
            update(ConsultationRow).where(ConsultationRow.id == old).values(updated_at=before)
        )
    view = section(place, "멈춤·보관")
    expect(view).to_contain_text("90일이 지나면 지웁니다")

    view.get_by_role("button", name="지금 지우기").click()
    view.get_by_role("button", name="정말 지우기").click()

    expect(view).to_contain_text("상담 1건을 지웠습니다")
    owner = place.tab(path=f"/#talk={old}", wait=".note")
    expect(owner.locator(".note")).to_contain_text("새로 시작합니다")
    place.tab(path=f"/#talk={young}", wait="#turn-0")


def test_settings_are_read_and_no_secret_is_shown(place: Place) -> None:
    view = section(place, "설정", phone=True)

    view.get_by_role("button", name="모두", exact=True).click()

    secret = view.locator("li", has_text="SMTP_PASSWORD")
    expect(secret).to_contain_text("정해져 있음(숨김)")
    assert "a-hidden-word" not in view.page.content()
    assert fits(view.page)


def test_signals_are_shown_once_there_are_enough_and_taken_as_a_table(place: Place) -> None:
    view = section(place, "정책 신호", role="helpdesk")
    for _ in range(12):  # groups below five stay hidden
        place.advisor.ask(WORRY)
    view.page.reload()
    choose(view, "정책 신호")
    expect(view.locator("svg").first).to_be_visible()

    with view.page.expect_download() as taken:
        view.get_by_role("link", name="CSV 받기").click()

    lines = list(csv.reader(io.StringIO(Path(taken.value.path()).read_text("utf-8-sig"))))
    assert any("10" in line for line in lines)  # twelve, rounded down to fives


def test_an_administrator_gives_a_client_on_without_reading_it(place: Place) -> None:
    owner_of_it = an_actor(place.office, "sender", "consultant", organisation="east")
    a_person(place.office, "heir", "consultant", organisation="east")
    a_person(place.office, "chief", "administrator", organisation="east")
    ClientWork(ClientDesk.of(place.advisor, place.office)).create(owner_of_it, name="동쪽정공")

    page = place.tab("chief", path="/#clients", wait="#clients table")
    view = page.locator("#clients")
    expect(view).to_contain_text("동쪽정공")
    expect(view.get_by_role("button", name="동쪽정공", exact=True)).to_have_count(0)
    view.get_by_label("동쪽정공: 다른 상담사에게 넘기기").select_option(label="이름 heir")

    expect(view).to_contain_text("이름 heir 상담사에게 넘겼습니다")
    expect(view.locator("tbody")).to_contain_text("이름 heir")
