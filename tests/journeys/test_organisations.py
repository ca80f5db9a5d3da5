"""Who belongs elsewhere: each role at each view, other organisations, addresses that are not theirs."""

import re

import pytest
from playwright.sync_api import Page, expect

from advisor.accounts.actor import TERMINAL
from advisor.clients.desk import ClientDesk
from advisor.clients.work import ClientWork
from advisor.ui.strings import KO
from tests.accounts.people import a_person, an_actor
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


def links(page: Page) -> set[str]:
    found = page.locator("nav.views a:visible")
    return {str(one.get_attribute("data-view")) for one in found.all()}


@pytest.mark.parametrize("role", ["", *STAFF])
def test_the_header_shows_a_role_its_own_views(place: Place, role: str) -> None:
    page = place.tab(role, phone=role in ("", "helpdesk"))

    until(lambda: links(page) == SEEN[role] & set(KO.views))  # roles come a moment after the page
    assert fits(page)


@pytest.mark.parametrize("phone", DEVICES)
def test_a_stranger_at_a_staff_view_is_shown_the_door(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone, path="/#documents")
    for view in ("documents", "review", "helpdesk", "clients", "admin"):
        page.evaluate(f"location.hash = '#{view}'")
        way = page.locator(f"#view-{view} a[href^=sign-in]")
        expect(way).to_be_visible()
        assert fits(page)

    way.click()
    expect(page.locator("#login")).to_be_visible()


@pytest.mark.parametrize(
    ("role", "views"),
    [("consultant", ("review", "helpdesk", "documents", "admin")), ("helpdesk", ("review", "clients")),
     ("curator", ("clients",))],
)  # fmt: skip
def test_a_colleague_of_another_role_reads_that_this_is_not_theirs(
    place: Place, role: str, views: tuple[str, ...]
) -> None:
    for view in views:
        page = place.tab(role, path=f"/#{view}", wait=f"#view-{view}.current")

        shown = page.locator(f"#{view}")
        expect(shown.get_by_role("heading", name="화면입니다")).to_be_visible()
        expect(shown.locator("input:visible, select:visible, a[href^=sign-in]")).to_have_count(0)


@pytest.fixture
def north(place: Place) -> str:
    """Another organisation, with a consultant, a curator and an administrator of its own."""
    if place.office.people.store.organisation("north") is None:
        for role in ("consultant", "curator", "administrator"):
            a_person(place.office, f"north-{role}", role, organisation="north")
    return "north"


def test_a_client_of_another_organisation_is_as_if_it_did_not_exist(
    place: Place, north: str
) -> None:
    mine = an_actor(place.office, "owner-of-it", "consultant")
    client = ClientWork(ClientDesk.of(place.advisor, place.office)).create(mine, name="남의정공")
    page = place.tab("north-consultant", path="/#clients", wait="#clients [data-key=add]")
    expect(page.locator("#clients")).not_to_contain_text("남의정공")

    told = []
    for one in (client, "nosuchclient"):
        for rest in ("", "/report/pdf", "/visit/pdf"):
            answer = page.goto(f"{place.address}/api/v1/clients/{one}{rest}")
            assert answer is not None
            told.append((answer.status, re.sub(one, "", answer.text())))

    assert told[0][0] == 404
    assert told[:3] == told[3:]  # existence is not disclosed


def test_a_code_that_one_organisation_used_opens_nothing_for_another(
    place: Place, north: str
) -> None:
    talk = place.advisor.ask("안산에서 직원 30명 금속가공을 합니다.").consultation_id or ""
    share = place.office.sharing.create(talk)
    assert share is not None
    add = {}
    for role in ("consultant", "north-consultant"):
        page = place.tab(role, path="/#clients", wait="#clients [data-key=add]")
        page.locator("#clients").get_by_role("button", name="기업 더하기").click()
        page.locator("#clients").get_by_label("기업 이름").fill("한빛정공")
        page.locator("#clients").get_by_label("나누기 코드").fill(share.code)
        page.keyboard.press("Enter")
        add[role] = page.locator("#clients")

        if role == "consultant":
            expect(add[role]).to_contain_text("안산에서 직원 30명")

    expect(add["north-consultant"].locator(".hint")).to_be_visible()
    expect(add["north-consultant"]).not_to_contain_text("안산에서 직원 30명")


def test_an_administrator_of_another_organisation_sees_its_own_people_alone(
    place: Place, north: str
) -> None:
    page = place.tab("north-administrator", phone=True, path="/#admin", wait="#admin li.person")
    view = page.locator("#admin")

    expect(view.locator("[data-key^=tab-]")).to_have_text(["사람"])
    expect(view.locator("li.person")).to_have_count(3)
    expect(view).to_contain_text("north-curator")
    assert fits(page)


def test_a_curator_of_another_organisation_keeps_nothing_of_this_installation(
    place: Place, north: str
) -> None:
    for view in ("documents", "review", "admin"):
        page = place.tab("north-curator", path=f"/#{view}", wait=f"#view-{view}.current")
        shown = page.locator(f"#{view}")
        expect(shown.get_by_role("heading", name="화면입니다")).to_be_visible()
        expect(shown.locator("input:visible, li:visible")).to_have_count(0)


def test_whoever_is_in_two_organisations_sees_the_clients_of_one_at_a_time(
    place: Place, north: str
) -> None:
    person = a_person(place.office, "both", "consultant")
    place.office.people.set_roles(TERMINAL, person.id, north, ["consultant"])
    there = an_actor(place.office, "north-two", "consultant", organisation=north)
    ClientWork(ClientDesk.of(place.advisor, place.office)).create(there, name="북쪽정공")
    page = place.tab("both", path="/#clients", wait="#clients [data-key=add]")
    expect(page.locator("#clients")).not_to_contain_text("북쪽정공")

    page.goto(f"{place.address}/account")
    page.get_by_role("button", name="소속 바꾸기: 기관 north").click()
    expect(page.locator("dl")).to_contain_text("기관 north")
    page.goto(f"{place.address}/#clients")

    expect(page.locator("#clients")).to_contain_text("북쪽정공")


def test_a_talk_that_an_organisation_holds_opens_for_no_stranger(place: Place, north: str) -> None:
    there = an_actor(place.office, "north-three", "consultant", organisation=north)
    desk = ClientDesk.of(place.advisor, place.office)
    talk = desk.client(ClientWork(desk).create(there, name="북쪽상사")).consultation_id
    place.advisor.ask("안산에서 직원 30명 금속가공을 합니다.", consultation_id=talk)

    for role in ("", "consultant"):
        page = place.tab(role, path=f"/#talk={talk}", wait=".note")
        expect(page.locator(".note")).to_contain_text("새로 시작합니다")
        expect(page.locator(".turn")).to_have_count(0)


def test_a_deep_link_of_each_view_opens_it_with_its_talk(place: Place) -> None:
    page = place.tab(phone=True)
    ask(page, VOUCHER)
    talk = page.url.split("=")[1]

    for view in sorted(OWN):
        other = place.tab(phone=True, path=f"/#{view}={talk}", wait=f"#view-{view}.current")
        expect(other.locator(f"nav [data-view={view}]")).to_have_attribute("aria-current", "page")
        go(other, "talk")
        expect(other.locator("#turn-0 .words")).to_contain_text("억")
        other.close()
