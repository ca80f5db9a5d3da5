"""Owners at the talk: asking, sources, what is known of the company, and ways to read it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DEVICES
from tests.journeys.place import VOUCHER, WORRY, Place, ask, fits, go


def test_a_worry_is_answered_with_sources(place: Place) -> None:
    page = place.tab(phone=True)

    ask(page, WORRY)

    expect(page.locator("#turn-0 .cite").first).to_be_visible()
    expect(page.locator("#turn-0 .asked")).to_be_in_viewport()
    expect(page.locator("#question")).to_have_value("")
    assert fits(page)


@pytest.mark.parametrize("phone", DEVICES)
def test_a_source_is_opened_and_one_comes_back_to_the_mark(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    ask(page, VOUCHER)
    mark = page.locator("#turn-0 .cite").first

    mark.click()
    card = page.locator(".source.lit")
    expect(card).to_be_in_viewport()
    expect(card.locator("a")).to_have_attribute("href", re.compile("^https?://"))
    card.locator(".back").click()

    expect(mark).to_be_focused()
    if phone:
        expect(page.locator("#panel")).not_to_be_in_viewport()


def test_a_misheard_fact_is_corrected(place: Place) -> None:
    page = place.tab(phone=True)
    ask(page, WORRY)
    page.click(".peek [data-panel=company]")
    heads = page.locator("#company .fact", has_text="상시근로자")

    heads.locator("summary").click()
    heads.locator("input").fill("45")
    heads.get_by_role("button", name="저장").click()

    expect(heads).to_contain_text("45명")
    page.reload()
    page.click(".peek [data-panel=company]")
    expect(heads).to_contain_text("45명")


def test_an_example_is_all_that_a_first_visitor_needs(place: Place) -> None:
    page = place.tab(phone=True)

    page.locator(".example").nth(1).click()

    expect(page.locator("#turn-0 .words")).not_to_be_empty()
    page.locator("#turn-0 .chip").first.click()
    expect(page.locator("#turn-1 .words")).not_to_be_empty()


def test_the_second_question_understands_the_first(place: Place) -> None:
    page = place.tab()
    ask(page, VOUCHER)

    ask(page, "그건 어디에 신청해요?", 1)

    expect(page.locator("#turn-1 .words")).to_contain_text(re.compile("바우처|신청|접수"))
    expect(page.locator("#turn-1 .badge")).to_have_count(0)


def test_what_is_no_business_of_the_advisor_is_said_so_without_sources(place: Place) -> None:
    page = place.tab()

    ask(page, "오늘 서울 날씨 어때요?")

    expect(page.locator("#turn-0 .badge")).to_contain_text("다루는 분야가 아닙니다")
    expect(page.locator("#turn-0 .cite")).to_have_count(0)


def test_a_resident_number_is_seen_nowhere_again(place: Place) -> None:
    page = place.tab()

    ask(page, "제 주민번호는 900101-1234567이고 지원금을 알고 싶어요")
    page.reload()
    page.wait_for_selector("#turn-0 .words")

    assert "1234567" not in page.content()


def test_a_thumb_down_stays_after_the_browser_was_closed(place: Place) -> None:
    page = place.tab()
    ask(page, VOUCHER)
    page.get_by_role("button", name="아쉽습니다").click()
    expect(page.locator(".thanks")).to_be_visible()

    again = place.tab(path="/#" + page.url.split("#")[1], wait="#turn-0")

    expect(again.get_by_role("button", name="아쉽습니다")).to_have_attribute("aria-pressed", "true")


def test_an_english_owner_reads_english_from_the_first_word(place: Place) -> None:
    page = place.tab()
    page.click("[data-language=en]")
    expect(page.locator(".hello h2")).to_have_text("What worries you most in your factory?")

    ask(page, "How much does the AI voucher pay?")

    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator("#turn-0 .words")).to_contain_text(re.compile("[A-Za-z]{4,}"))
    expect(page).to_have_title("Talk · Manufacturing AI Guide")


def test_a_text_beyond_the_limit_stays_in_its_box(place: Place) -> None:
    page = place.tab()
    page.fill("#question", "가" * 2001)

    page.press("#question", "Enter")

    expect(page.locator(".composer .hint")).to_contain_text("2,000자 안으로")
    expect(page.locator("#question")).to_have_value("가" * 2001)


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
