"""Owners at the talk: asking, sources, company, and everything that can come in between."""

import re

import pytest
from playwright.sync_api import Page, expect

from advisor.accounts.actor import TERMINAL
from tests.journeys.conftest import DEVICES
from tests.journeys.place import VOUCHER, WORRY, Place, ask, fits, go, until

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 93_750}


def company(page: Page, *, phone: bool) -> None:
    page.click(".peek [data-panel=company]" if phone else "#tabs [data-panel=company]")


@pytest.mark.parametrize("phone", DEVICES)
def test_a_worry_is_answered_with_sources(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)

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


@pytest.mark.parametrize("phone", DEVICES)
def test_a_misheard_fact_is_corrected(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    ask(page, WORRY)
    company(page, phone=phone)
    heads = page.locator("#company .fact", has_text="상시근로자")

    heads.locator("summary").click()
    heads.locator("input").fill("45")
    heads.get_by_role("button", name="저장").click()

    expect(heads).to_contain_text("45명")
    page.reload()
    company(page, phone=phone)
    expect(heads).to_contain_text("45명")


@pytest.mark.parametrize("phone", DEVICES)
def test_an_example_is_all_that_a_first_visitor_needs(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)

    page.locator(".example").nth(1).click()

    expect(page.locator("#turn-0 .words")).not_to_be_empty()
    page.locator("#turn-0 .chip").first.click()
    expect(page.locator("#turn-1 .words")).not_to_be_empty()


@pytest.mark.parametrize("phone", DEVICES)
def test_syllables_composed_by_an_input_method_are_sent_once_and_whole(
    place: Place, phone: bool
) -> None:
    page = place.tab(phone=phone)
    page.focus("#question")
    keyboard = page.context.new_cdp_session(page)

    for text in ("ㅈ", "지", "징", "지우"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    # The Enter that ends a syllable: Chromium says so by `isComposing`, Safari by the code 229.
    for more in ("isComposing: true", "keyCode: 229"):
        page.evaluate(
            "() => document.querySelector('#question').dispatchEvent(new KeyboardEvent('keydown', "
            f"{{key: 'Enter', {more}, bubbles: true, cancelable: true}}))"
        )
    expect(page.locator(".pending")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "지원금"})
    expect(page.locator("#question")).to_have_value("지원금")
    page.press("#question", "Enter")

    expect(page.locator("#turn-0 .asked")).to_contain_text("지원금")
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize("phone", DEVICES)
def test_the_back_button_walks_the_views_and_keeps_the_talk(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
    ask(page, VOUCHER)
    go(page, "support")
    go(page, "about")

    page.go_back()
    expect(page.locator("#view-support")).to_be_visible()
    page.go_back()
    expect(page.locator("#turn-0 .words")).to_be_visible()
    page.go_forward()
    expect(page.locator("#view-support")).to_be_visible()
    expect(page.locator("nav [data-view=support]")).to_have_attribute("aria-current", "page")


def test_on_a_phone_the_back_button_closes_the_sheet_and_not_the_talk(place: Place) -> None:
    page = place.tab(phone=True)
    ask(page, VOUCHER)
    page.locator("#turn-0 .cite").first.click()
    expect(page.locator(".source.lit")).to_be_in_viewport()

    page.go_back()

    expect(page.locator("#panel")).not_to_be_in_viewport()
    expect(page.locator("#turn-0")).to_be_visible()


def test_the_back_button_after_a_new_talk_leads_to_the_old_one(place: Place) -> None:
    page = place.tab()
    ask(page, VOUCHER)
    page.click("[data-fresh]")
    expect(page.locator(".hello")).to_be_visible()

    page.go_back()

    expect(page.locator("#turn-0 .asked")).to_contain_text("AI 바우처")


def test_two_tabs_hold_two_talks(place: Place) -> None:
    one, other = place.tab(), place.tab()
    ask(one, "부산에서 직원 12명 도금 공장을 합니다.")
    ask(other, WORRY)

    company(one, phone=False)
    company(other, phone=False)

    expect(one.locator("#company .facts")).to_contain_text("12명")
    expect(other.locator("#company .facts")).to_contain_text("30명")
    assert "도금" not in other.inner_text("#view-talk")
    assert "안산" not in one.inner_text("#view-talk")


def test_two_tabs_of_one_talk_lose_no_question_of_either(place: Place) -> None:
    one = place.tab()
    ask(one, VOUCHER)
    other = place.tab(path="/#" + one.url.split("#")[1], wait="#turn-0")
    ask(other, "그건 언제까지예요?", 1)

    ask(one, "자부담은 얼마인가요?", 2)

    asked = one.locator(".asked")
    expect(asked).to_have_count(3)
    expect(asked.nth(1)).to_contain_text("언제까지")
    other.reload()
    expect(other.locator(".asked")).to_have_count(3)


def test_a_slow_network_shows_the_question_at_once_and_then_the_answer(place: Place) -> None:
    page = place.tab()
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)

    page.fill("#question", WORRY)
    page.press("#question", "Enter")

    expect(page.locator(".composer.busy")).to_be_visible()
    expect(page.locator("#turn-0 .cite").first).to_be_visible()


def test_a_slow_network_opens_the_page_in_the_end(place: Place) -> None:
    context = place.context()
    page = context.new_page()
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)

    page.goto(place.address, wait_until="commit")

    page.wait_for_selector(".hello")
    expect(page.locator("#question")).to_be_editable()
    context.close()


def test_a_lost_connection_is_told_and_what_was_typed_is_still_there(place: Place) -> None:
    page = place.context().new_page()
    page.goto(place.address)
    page.wait_for_selector(".hello")
    page.fill("#question", "오프라인에서 적은 질문")
    page.context.set_offline(True)
    page.press("#question", "Enter")
    expect(page.locator(".composer .hint")).to_contain_text("연결이 끊겼습니다")

    with page.expect_event("load"):  # it opens itself anew
        page.context.set_offline(False)

    page.wait_for_selector(".hello")
    expect(page.locator("#question")).to_have_value("오프라인에서 적은 질문")
    ask(page, VOUCHER)
    page.context.close()


def test_a_reload_right_after_sending_loses_nothing(place: Place) -> None:
    page = place.tab()
    page.fill("#question", WORRY)
    page.press("#question", "Enter")
    page.wait_for_url("**/#talk=*")

    page.reload()

    expect(page.locator("#turn-0 .asked")).to_contain_text("안산")
    expect(page.locator("#turn-0 .words")).not_to_be_empty()
    expect(page.locator(".turn")).to_have_count(1)


def test_pressing_enter_again_and_again_sends_once(place: Place) -> None:
    page = place.tab()
    page.fill("#question", VOUCHER)

    for _ in range(4):
        page.press("#question", "Enter")

    expect(page.locator("#turn-0 .words")).to_contain_text("억")
    expect(page.locator(".turn")).to_have_count(1)


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


def test_a_talk_opens_by_its_address_in_another_browser(place: Place) -> None:
    page = place.tab()
    ask(page, VOUCHER)

    phone = place.tab(phone=True, path="/#" + page.url.split("#")[1], wait="#turn-0")

    expect(phone.locator("#turn-0 .words")).to_contain_text("억")


def test_an_address_that_was_never_given_opens_an_empty_talk_and_says_so(place: Place) -> None:
    page = place.tab(path="/#talk=AAAAAAAAAAAAAAAAAAAAAAAA", wait=".note")

    expect(page.locator(".note")).to_contain_text("새로 시작합니다")
    expect(page.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize("phone", DEVICES)
def test_a_deleted_talk_is_gone_for_every_browser(place: Place, phone: bool) -> None:
    page = place.tab(phone=phone)
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


def test_a_stopped_assistant_names_people_to_ask_and_answers_again_once_it_is_on(
    place: Place,
) -> None:
    page = place.tab()
    switch = place.advisor.switch
    assert switch is not None
    place.office.switch.put(TERMINAL, is_on=False, reason="점검")
    until(lambda: not switch.is_on())

    ask(page, VOUCHER)
    expect(page.locator("#turn-0 .words")).to_contain_text("1357")
    place.office.switch.put(TERMINAL, is_on=True, reason="끝")
    until(switch.is_on)

    ask(page, VOUCHER, 1)
    expect(page.locator("#turn-1 .words")).to_contain_text("억")
