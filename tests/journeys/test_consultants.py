"""Consultants and their clients: a shared talk, facts, readiness, plan, visit, reports, hand-over."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from advisor.accounts.actor import Actor
from advisor.clients.desk import ClientDesk
from advisor.clients.work import ClientWork
from tests.accounts.people import a_person, an_actor
from tests.journeys.place import Place, ask, fits, go

QUESTION = "안산에서 직원 30명 금속가공을 합니다. 눈으로 검사하는데 불량이 나가요."
HEADS = {"docx": b"PK", "pdf": b"%PDF", "hwpx": b"PK", "xlsx": b"PK", "md": b"#"}


@pytest.fixture
def kim(place: Place) -> Actor:
    """The consultant of whom these journeys tell, as the server knows them."""
    token = place.office.sign_in.begin(place.office.people.by_login("consultant"), way="test")
    return place.office.gate.who(token=token)


def work(place: Place) -> ClientWork:
    return ClientWork(ClientDesk.of(place.advisor, place.office))


def code_of_an_owner(place: Place) -> str:
    """Let an owner ask and share, without a browser."""
    talk = place.advisor.ask(QUESTION).consultation_id or ""
    share = place.office.sharing.create(talk)
    assert share is not None
    return share.code


def clients(place: Place, role: str = "consultant", *, phone: bool = False) -> Page:
    return place.tab(role, phone=phone, path="/#clients", wait="#clients [data-key=add]")


def view(page: Page) -> Locator:
    return page.locator("#clients")


def add(page: Page, name: str, code: str = "") -> None:
    view(page).get_by_role("button", name="기업 더하기").click()
    view(page).get_by_label("기업 이름").fill(name)
    view(page).get_by_label("나누기 코드").fill(code)
    page.keyboard.press("Enter")
    expect(view(page).locator("h2")).to_have_text(name)


def opened(place: Place, kim: Actor, name: str) -> Page:
    """Open the page of a client that was made by hand."""
    work(place).create(kim, name=name)
    page = clients(place)
    view(page).get_by_role("button", name=name, exact=True).click()
    expect(view(page).locator("h2")).to_have_text(name)
    return page


def part(page: Page, name: str) -> None:
    tab = view(page).get_by_role("tab", name=name, exact=True)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")


def press(page: Page, name: str) -> None:
    view(page).get_by_role("button", name=name, exact=True).click()


def test_an_owners_code_shows_the_owners_words_until_the_owner_takes_it_back(place: Place) -> None:
    owner = place.tab(phone=True)
    ask(owner, QUESTION)
    go(owner, "mine")
    owner.get_by_label("받을 사람").fill("박상담")
    owner.get_by_role("button", name="나누기 코드 만들기").click()
    code = owner.locator(".share-code output").inner_text()
    assert fits(owner)

    page = clients(place)
    add(page, "한빛정공", code)
    expect(view(page)).to_contain_text(QUESTION)
    view(page).get_by_label("새 메모").fill("반품 비용을 여쭐 것")
    press(page, "메모 저장")
    expect(view(page)).to_contain_text("저장했습니다")

    owner.get_by_role("button", name="그만 나누기").click()
    expect(owner.locator("#shares")).to_contain_text("더는 볼 수 없게 했습니다")
    page.reload()
    expect(view(page)).to_contain_text("나누기를 그만두었거나")
    expect(view(page)).to_contain_text("반품 비용을 여쭐 것")  # the consultant's own words stay
    expect(view(page)).not_to_contain_text(QUESTION)


def test_a_fact_is_corrected_with_its_reason_and_the_owners_word_stays_beside_it(
    place: Place,
) -> None:
    page = clients(place)
    add(page, "고친정공", code_of_an_owner(place))
    view(page).get_by_role("tab", name="한눈에").focus()
    page.keyboard.press("ArrowRight")
    row = view(page).locator("li", has=page.locator(".name", has_text="상시근로자 수"))
    expect(row).to_contain_text("직원 30명")

    row.get_by_role("button", name="고치기").click()
    row.get_by_label("값").fill("45")
    row.get_by_role("button", name="저장").click()
    expect(view(page).locator(".hint")).to_contain_text("고친 까닭")
    row.get_by_label("값").fill("45")
    row.get_by_label("고친 까닭").fill("명부로 확인")
    row.get_by_role("button", name="저장").click()

    expect(row).to_contain_text("45명")
    expect(row).to_contain_text("기업의 말: 30명")
    expect(row).to_contain_text("명부로 확인")


def test_two_results_of_a_client_are_compared(place: Place, kim: Actor) -> None:
    client = work(place).create(kim, name="견줌정공")
    told = {"status": "answered", "value": 1, "grade": "detail"}
    work(place).enter_answer(kim, client, "DAT1", told)
    work(place).keep_diagnosis(kim, client)
    page = clients(place)
    press(page, "견줌정공")
    part(page, "진단")
    row = view(page).locator("li.entered", has_text="DAT1")

    row.get_by_role("button", name="고치기").click()
    row.get_by_label("수준").select_option("3")
    row.get_by_role("button", name="저장", exact=True).click()

    expect(row).to_contain_text("3단계")
    expect(view(page).locator(".compare")).to_contain_text("1단계 → 3단계")
    press(page, "지금 진단을 기록으로 남기기")
    expect(view(page)).to_contain_text("진단 기록에 남겼습니다")


def test_a_plan_is_settled_and_moves_the_client_on(place: Place, kim: Actor) -> None:
    page = opened(place, kim, "계획정공")
    part(page, "지원·계획")
    view(page).get_by_label("무엇을 들이나요").select_option("sol-ai-vision")
    view(page).get_by_label("사업비(원)").fill("100000000")

    press(page, "이 계획으로 정하기")

    expect(view(page)).to_contain_text("계획을 정했습니다")
    expect(view(page).locator(".total")).to_contain_text("1억 원")
    expect(view(page).locator("header")).to_contain_text("계획 세움")


def test_a_visit_is_dated_and_its_sheet_taken_along(place: Place, kim: Actor) -> None:
    page = opened(place, kim, "방문정공")
    view(page).get_by_label("방문일").fill("2030-03-04")
    press(page, "저장")
    expect(view(page).locator("header")).to_contain_text("방문 예정")

    part(page, "방문 준비")
    expect(view(page)).to_contain_text("여쭐 회사 정보")
    expect(view(page)).to_contain_text("여쭐 진단 문항")
    for name, head in (("인쇄용 PDF", b"%PDF"), ("HWPX", b"PK")):
        with page.expect_download() as sheet:
            press(page, name)
        assert Path(sheet.value.path()).read_bytes().startswith(head)


def test_a_report_comes_in_every_format_with_what_was_corrected(place: Place, kim: Actor) -> None:
    client = work(place).create(kim, name="보고정공")
    work(place).enter_fact(kim, client, "employees_regular", 45, reason="명부로 확인")
    work(place).enter_answer(
        kim, client, "DAT1", {"status": "answered", "value": 1, "grade": "detail"}
    )
    page = clients(place)
    press(page, "보고정공")

    taken = {}
    for kind in HEADS:
        with page.expect_download() as report:
            press(page, kind.upper())
        taken[kind] = Path(report.value.path()).read_bytes()

    assert {kind: data[: len(HEADS[kind])] for kind, data in taken.items()} == HEADS
    assert "명부로 확인" in taken["md"].decode()


def test_a_paper_seen_at_the_visit_is_filed_and_opened_again(
    place: Place, kim: Actor, tmp_path: Path
) -> None:
    paper = tmp_path / "작업 일보.png"
    paper.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 2000)
    page = opened(place, kim, "서류정공")
    part(page, "파일")
    expect(view(page)).to_contain_text("근거 파일이 없습니다")

    view(page).locator("input[type=file]").set_input_files(paper)

    row = view(page).locator("li", has_text="작업 일보.png")
    expect(row).to_be_visible()
    address = row.get_by_role("link", name="열기").get_attribute("href")
    assert page.request.get(f"{place.address}/{address}").body() == paper.read_bytes()


def test_one_of_two_hundred_is_found_on_a_phone(place: Place) -> None:
    many = an_actor(place.office, "many", "consultant", organisation="many")
    for number in range(200):
        work(place).create(many, name=f"{number:03d}번 정공")
    page = clients(place, "many", phone=True)
    expect(view(page)).to_contain_text("200곳")
    assert fits(page)

    view(page).get_by_label("기업, 담당자, 할 일 찾기").fill("137번")

    expect(view(page).get_by_text("1곳", exact=True)).to_be_visible()
    press(page, "137번 정공")
    expect(view(page).locator("h2")).to_have_text("137번 정공")
    assert fits(page)


def test_back_forward_and_a_reload_keep_the_client(place: Place, kim: Actor) -> None:
    page = opened(place, kim, "앞뒤정공")
    title = view(page).locator("h2")

    page.go_back()
    expect(view(page).get_by_role("button", name="앞뒤정공")).to_be_visible()
    page.go_forward()
    expect(title).to_have_text("앞뒤정공")
    page.reload()

    expect(title).to_have_text("앞뒤정공")


def test_a_client_is_handed_over_in_english_and_taken_on(place: Place) -> None:
    mine = an_actor(place.office, "giver", "consultant", organisation="pair")
    a_person(place.office, "taker", "consultant", organisation="pair")
    work(place).create(mine, name="Daesung Press")
    page = clients(place, "giver")
    page.click("[data-language=en]")
    expect(view(page).locator("h2")).to_have_text("Clients")
    press(page, "Daesung Press")
    view(page).locator("summary", has_text="Hand over").click()
    view(page).get_by_label("What to know").fill("Call in the morning")
    press(page, "Hand over")
    expect(view(page)).to_contain_text("Handed over by")
    assert "undefined" not in view(page).inner_text()

    colleague = clients(place, "taker")
    press(colleague, "Daesung Press")
    expect(view(colleague)).to_contain_text("Call in the morning")
    press(colleague, "맡기")
    expect(view(colleague).get_by_role("button", name="맡기", exact=True)).to_have_count(0)
    expect(view(colleague).locator("header")).to_contain_text("이름 taker")


def test_a_deleted_client_is_gone_from_the_list(place: Place, kim: Actor) -> None:
    page = opened(place, kim, "지움정공")
    view(page).locator("summary", has_text="넘기기·지우기").click()

    press(page, "기업 지우기")
    press(page, "한 번 더 누르면 지웁니다")

    expect(view(page).locator("h2")).to_have_text("담당 기업")
    expect(view(page).get_by_role("button", name="지움정공")).to_have_count(0)
