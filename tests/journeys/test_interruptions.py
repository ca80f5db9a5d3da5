"""What comes in between: input methods, tabs, back, reloads, slow and lost networks, languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DEVICES
from tests.journeys.place import VOUCHER, WORRY, Place, ask, go

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 93_750}


def begun(place: Place, page: Page, text: str) -> None:
    """Send a question whose answer waits until the journey lets it come."""
    place.hold.clear()
    page.fill("#question", text)
    page.press("#question", "Enter")
    page.wait_for_selector(".pending .now")


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

    one.click("#tabs [data-panel=company]")
    other.click("#tabs [data-panel=company]")

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


def test_a_server_that_is_only_slow_is_waited_for(place: Place) -> None:
    page = place.tab()
    page.evaluate(
        """AbortSignal.timeout = () => {  // every look whether the server is there comes too late
          window.looks = (window.looks || 0) + 1;
          return AbortSignal.abort(new DOMException("late", "TimeoutError"));
        }"""
    )
    begun(place, page, WORRY)

    page.wait_for_function("window.looks > 1")
    expect(page.locator(".composer .hint")).to_be_empty()
    expect(page.locator(".pending .asked")).to_contain_text("안산")
    place.hold.set()

    expect(page.locator("#turn-0 .words")).not_to_be_empty()


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(place: Place) -> None:
    page = place.tab()
    begun(place, page, WORRY)

    page.reload()
    expect(page.locator(".pending .asked")).to_contain_text("안산")
    place.hold.set()

    expect(page.locator("#turn-0 .words")).not_to_be_empty()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("#question")).to_have_value("")


def test_the_language_changes_in_the_middle_of_an_answer_and_the_answer_comes(
    place: Place,
) -> None:
    page = place.tab()
    begun(place, page, WORRY)
    page.fill("#question", "아직 보내지 않은 글")

    page.click("[data-language=en]")
    expect(page.locator("h1")).to_have_text("Manufacturing AI Guide")
    expect(page.locator(".pending .asked")).to_contain_text("안산")
    place.hold.set()

    expect(page.locator("#turn-0 .words")).not_to_be_empty()
    expect(page.locator("#question")).to_have_value("아직 보내지 않은 글")
    page.click("[data-language=ko]")
    expect(page.locator("h1")).to_have_text("제조AI 길잡이")
    expect(page.locator("#turn-0 .asked")).to_contain_text("안산")


def test_a_new_talk_is_not_overrun_by_the_answer_of_the_one_that_was_left(place: Place) -> None:
    page = place.tab(phone=True)
    begun(place, page, VOUCHER)
    left = page.url

    page.click("[data-fresh]")
    expect(page.locator(".hello")).to_be_visible()
    place.hold.set()
    ask(page, WORRY)

    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("#turn-0 .asked")).to_contain_text("안산")
    again = place.tab(phone=True, path="/#" + left.split("#")[1], wait="#turn-0")
    expect(again.locator("#turn-0 .asked")).to_contain_text("AI 바우처")


def test_pressing_enter_again_and_again_sends_once(place: Place) -> None:
    page = place.tab()
    page.fill("#question", VOUCHER)

    for _ in range(4):
        page.press("#question", "Enter")

    expect(page.locator("#turn-0 .words")).to_contain_text("억")
    expect(page.locator(".turn")).to_have_count(1)
