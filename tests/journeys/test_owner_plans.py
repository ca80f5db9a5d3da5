"""Owners beyond the talk: readiness, support and plan, their own data, by mouse, thumb and keys."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DEVICES
from tests.journeys.place import WORRY, Place, ask, fits, go

QUICK = ("STR1", "DAT1", "EQP1", "SYS1", "PRC1", "PPL1", "AIX1", "FIN1")


def begin(page: Page) -> None:
    go(page, "diagnosis")
    page.click("[data-sheet=begin][data-mode=quick]")
    page.wait_for_selector("#item-STR1")


def answer(page: Page, *items: str, level: int = 2) -> None:
    for number, item in enumerate(items, 1):
        page.click(f"#item-{item} label.level >> nth={level}")
        expect(page.locator("#progress")).to_contain_text(f"{number}문항 답함")


def see(page: Page) -> None:
    page.click("#progress [data-sheet=result]")
    page.wait_for_selector(".readiness.result")


@pytest.mark.parametrize("phone", DEVICES)
def test_eight_answers_make_a_level(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    begin(page)

    answer(page, *QUICK)
    see(page)

    expect(page.locator(".head h2")).to_have_text(re.compile("^L2 "))
    expect(page.locator(".head")).to_contain_text("50.0점")  # each answer is 2 of 4
    assert fits(page)


def test_a_readiness_check_is_begun_at_the_desk_and_ended_on_the_phone(place: Place) -> None:
    page = place.tab()
    begin(page)
    answer(page, *QUICK[:3])

    phone = place.tab(phone=True, path="/#" + page.url.split("#")[1], wait="#item-STR1")
    expect(phone.locator("#progress")).to_contain_text("3문항 답함")
    phone.click(f"#item-{QUICK[3]} label.level >> nth=1")
    expect(phone.locator("#progress")).to_contain_text("4문항 답함")

    page.reload()
    expect(page.locator("#progress")).to_contain_text("4문항 답함")


def test_an_answer_that_was_taken_back_counts_no_more(place: Place) -> None:
    page = place.tab()
    begin(page)
    answer(page, "STR1", "DAT1")

    page.click("#item-DAT1 summary")
    page.click("#item-DAT1 [data-sheet=clear]")

    expect(page.locator("#progress")).to_contain_text("1문항 답함")
    expect(page.locator("#item-DAT1 input:checked")).to_have_count(0)


def test_what_is_not_known_is_an_answer_too(place: Place) -> None:
    page = place.tab()
    begin(page)

    page.click("#item-STR1 label.other >> nth=0")

    expect(page.locator("#progress")).to_contain_text("1문항 답함")


def test_the_quick_check_is_widened_and_keeps_its_answers(place: Place) -> None:
    page = place.tab()
    begin(page)
    answer(page, *QUICK[:2])

    page.click("#progress [data-sheet=widen]")

    expect(page.locator("#progress")).to_contain_text("32문항 가운데 2문항 답함")
    expect(page.locator("#item-STR1 input:checked")).to_have_value("2")


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_report_is_taken_along(place: Place, kind: str) -> None:
    page = place.tab()
    begin(page)
    answer(page, *QUICK)
    see(page)

    with page.expect_download() as taken:
        page.click(f"[data-report={kind}]")

    head = Path(taken.value.path()).read_bytes()[:4]
    assert head == {"pdf": b"%PDF", "docx": b"PK\x03\x04"}[kind]


@pytest.mark.parametrize("phone", DEVICES)
def test_the_readiness_form_is_filled_with_keys_alone(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    go(page, "diagnosis")
    page.locator("[data-sheet=begin][data-mode=quick]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#item-STR1")

    page.locator("#progress [data-sheet=result]").focus()
    for _ in range(30):  # past the jumps to the first item
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "choice":
            break
    page.keyboard.press("ArrowDown")

    expect(page.locator("#progress")).to_contain_text("1문항 답함")
    assert page.evaluate("document.activeElement.checked") is True
    label = page.locator("#item-STR1 label:has(:focus-visible)")
    assert label.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


@pytest.mark.parametrize("phone", DEVICES)
def test_what_was_told_in_the_talk_judges_the_programs(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    ask(page, WORRY)

    go(page, "support")

    expect(page.locator("#support .knowns")).to_contain_text("30명")
    expect(page.locator("#support .program").first).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("phone", DEVICES)
def test_a_saved_program_is_there_the_next_day(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    ask(page, WORRY)
    go(page, "support")
    card = page.locator("#support .programs .program").first
    title = card.locator("h5, h4, h3").first.inner_text()

    card.locator("[data-keep]").click()
    expect(page.locator("#support-saved")).to_contain_text(title)

    again = place.tab(phone=phone, path="/#" + page.url.split("#")[1], wait="#support-saved")
    expect(again.locator("#support-saved")).to_contain_text(title)


def test_two_programs_stand_side_by_side(place: Place) -> None:
    page = place.tab()
    ask(page, WORRY)
    go(page, "support")
    ticks = page.locator(".programs .cards [data-tick]")

    ticks.nth(0).check()
    ticks.nth(1).check()

    expect(page.locator("#support-compare thead th")).to_have_count(3)


@pytest.mark.parametrize("phone", DEVICES)
def test_a_cost_becomes_a_plan_of_who_pays_what(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    ask(page, WORRY)
    go(page, "support")

    page.select_option("[name=solution]", "sol-ai-vision")
    page.fill("[name=cost]", "1억")
    page.click("form.plan-for button")

    expect(page.locator("#support-plan .total").first).to_contain_text("1억 원")
    assert fits(page)


def test_a_fact_that_the_talk_did_not_bring_is_told_where_it_is_asked_for(place: Place) -> None:
    page = place.tab(phone=True)
    go(page, "support")
    expect(page.locator("#support .start")).to_contain_text("아직 아는 회사 정보가 없습니다")

    heads = page.locator("#support form[data-field=employees_regular]")
    heads.locator("input").fill("30")
    heads.get_by_role("button").click()

    expect(page.locator("#support .knowns")).to_contain_text("30명")


def test_an_owner_lets_a_consultant_in_and_out_again(place: Place) -> None:
    page = place.tab()
    ask(page, WORRY)
    go(page, "mine")
    page.fill("form.share-form [name=recipient]", "박상담")
    page.click("form.share-form button")
    code = page.locator("#shares output").inner_text()

    staff = place.context("consultant")
    taken = staff.request.post(
        place.address + "/api/v1/shares/redeem", data={"code": code},
        headers={"origin": place.address},
    )  # fmt: skip
    assert taken.ok, taken.text()
    shared = f"{place.address}/api/v1/shares/{taken.json()['share_id']}"
    assert "안산" in staff.request.get(shared).text()
    page.click("#shares [data-revoke]")
    expect(page.locator("#shares")).to_contain_text("더는 볼 수 없게 했습니다")

    assert staff.request.get(shared).status == 404
    staff.close()


def test_at_twice_the_size_nothing_is_lost_and_nothing_scrolls_sideways(place: Place) -> None:
    page = place.tab()
    # What a zoom of 200 % leaves of 1440 x 900.
    page.set_viewport_size({"width": 720, "height": 450})

    ask(page, WORRY)
    assert fits(page)
    page.locator("#turn-0 .cite").first.click()
    expect(page.locator(".source.lit")).to_be_in_viewport()
    page.locator(".source.lit .back").click()
    for view in ("diagnosis", "support", "mine", "about"):
        go(page, view)
        expect(page.locator(f"#view-{view} h2").first).to_be_visible()
        assert fits(page), view


def test_whoever_wants_no_motion_sees_none(place: Place) -> None:
    page = place.tab()
    page.emulate_media(reduced_motion="reduce")
    place.hold.clear()
    page.fill("#question", WORRY)
    page.press("#question", "Enter")
    spinner = page.locator(".pending .spinner")

    longest = spinner.evaluate("one => getComputedStyle(one).animationDuration")
    repeats = spinner.evaluate("one => getComputedStyle(one).animationIterationCount")
    place.hold.set()

    assert (longest, repeats) == ("0.01s", "1")
    expect(page.locator("#turn-0")).to_be_visible()


def test_a_screen_reader_is_told_each_step_and_the_answer_once(place: Place) -> None:
    page = place.tab()
    place.hold.clear()
    page.fill("#question", WORRY)
    page.press("#question", "Enter")
    spoken = page.locator("#spoken")
    expect(spoken).to_have_text(re.compile("있습니다|중"))

    place.hold.set()

    expect(page.locator("#turn-0 .words")).not_to_be_empty()
    first = page.locator("#turn-0 .words strong").first.inner_text()
    expect(spoken).to_contain_text(first)
    expect(page.locator("#log [aria-live], #log[aria-live]")).to_have_count(0)


def test_keys_alone_ask_open_a_source_and_come_back(place: Place) -> None:
    page = place.tab()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#question").focus()
    page.keyboard.type("AI 바우처는 얼마까지 지원하나요?")
    page.keyboard.press("Enter")
    mark = page.locator("#turn-0 .cite").first
    expect(mark).to_be_visible()

    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement === document.querySelector('#turn-0 .cite')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".source.lit")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.source.lit .back')"):
            break
    page.keyboard.press("Enter")

    expect(mark).to_be_focused()
