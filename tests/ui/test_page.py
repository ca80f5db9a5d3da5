"""The page in a browser: talk, sources, company, and everything that can go wrong."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from advisor.domain.answer import AnswerStatus
from advisor.messages import UserMessage
from advisor.ui.strings import EN, KO
from tests.browsing import new_profile
from tests.ui.conftest import Site

Visit = Callable[..., Page]
QUESTION = "직원 30명 공장입니다. 시험 지원사업은 얼마까지 되나요?"


def ask(page: Page, text: str = QUESTION) -> None:
    page.fill("#question", text)
    page.press("#question", "Enter")


def test_an_answer_comes_with_steps_first_and_its_text_only_at_the_end(
    site: Site, visit: Visit
) -> None:
    page = visit()
    site.advisor.hold.clear()

    ask(page)

    expect(page.locator(".pending .asked")).to_contain_text(QUESTION)
    expect(page.locator(".pending .now")).to_have_text("자료를 찾고 있습니다")
    assert "5천만 원" not in page.inner_text("body")
    site.advisor.hold.set()
    expect(page.locator("#turn-0 .words")).to_contain_text("5천만 원까지 지원합니다")
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator("#question")).to_have_value("")
    assert site.advisor.asked == [QUESTION]


def test_a_mark_opens_lights_up_and_names_its_source(visit: Visit) -> None:
    page = visit()
    ask(page)

    page.click("#turn-0 .cite >> nth=1")

    card = page.locator("#src-0-2")
    expect(card).to_have_class(re.compile(r"\blit\b"))
    expect(card).to_be_focused()
    for words in ("시험 공고문", "시험 기관", "2026-01-30", "3쪽", "낮음", "접수 2026. 2. 20.까지"):
        expect(card).to_contain_text(words)
    # Its own address is none that may be opened: a document leads to its page here, no further.
    expect(card.locator("a")).to_have_count(1)
    expect(card.locator("a")).to_have_attribute(
        "href", re.compile(r"^api/v1/documents/sample-notice/view\?page=3&words=.*#words$")
    )
    expect(page.locator("#src-0-1 a")).to_have_attribute("href", "https://example.org/notice")


def test_on_a_phone_a_source_covers_the_talk_and_leads_back(visit: Visit) -> None:
    page = visit(phone=True)
    ask(page)
    mark = page.locator("#turn-0 .cite >> nth=0")

    mark.click()
    expect(page.locator("#src-0-1")).to_be_in_viewport()
    page.click("#src-0-1 .back")
    expect(page.locator("#panel")).not_to_be_in_viewport()
    expect(mark).to_be_focused()

    mark.click()
    expect(page.locator("#src-0-1")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#panel")).not_to_be_in_viewport()
    expect(page.locator("#turn-0")).to_be_visible()


def test_nothing_is_wider_than_the_screen(visit: Visit, site: Site) -> None:
    row = "| 가나다라마바사아자차카타파하 | 5천만 원 | 미정 |\n"
    site.advisor.text = f"| 사업 | 지원 한도 | 접수 |\n|---|---|---|\n{row}" + "가" * 300
    page = visit()
    ask(page)
    page.wait_for_selector("#turn-0")

    for width in (1440, 1024, 768, 390, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for view in ("about", "talk"):
            page.click(f"[data-view={view}]")
            assert page.evaluate("document.documentElement.scrollWidth") == width
    page.click("[data-fresh]")
    page.wait_for_selector(".hello")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_company_facts_can_be_added_corrected_and_forgotten(visit: Visit) -> None:
    page = visit()
    ask(page)
    page.wait_for_selector("#turn-0")
    page.click("#tabs [data-panel=company]")
    known = page.locator("#company .fact")
    expect(known).to_have_count(1)
    expect(known).to_contain_text("30명")
    expect(known).to_contain_text("직원 30명")  # the words it rests on

    known.get_by_text(KO.edit).click()
    known.locator("input").fill("45")
    known.get_by_role("button", name=KO.save).click()
    expect(known).to_contain_text("45명")
    expect(known).to_contain_text("직접 입력")

    page.click("#company .ask summary")
    money = page.locator("form[data-field=revenue_krw_last]")
    money.locator("input").fill("12억")
    money.get_by_role("button").click()
    expect(page.locator("#company .facts")).to_contain_text("12억")

    page.locator("#company .fact", has_text="상시근로자").get_by_text(KO.forget).click()
    expect(known).to_have_count(1)
    page.reload()
    page.click("#tabs [data-panel=company]")
    expect(known).to_have_count(1)
    expect(known).to_contain_text("12억")


def test_a_value_that_is_none_of_its_field_is_refused_with_a_sentence(visit: Visit) -> None:
    page = visit()
    page.click("#tabs [data-panel=company]")
    page.click("#company .ask summary")
    heads = page.locator("form[data-field=employees_regular]")
    heads.locator("input").fill("많음")
    heads.get_by_role("button").click()

    expect(page.locator("#company .hint")).to_contain_text(
        "상시근로자 수에 '많음'을(를) 쓸 수 없습니다"
    )
    expect(page.locator("#company .fact")).to_have_count(0)


def test_an_empty_message_asks_for_a_sentence_and_sends_nothing(site: Site, visit: Visit) -> None:
    page = visit()

    for text in ("", "   \n "):
        ask(page, text)
        expect(page.locator(".composer .hint")).to_have_text(KO.empty)
    assert site.advisor.asked == []


def test_5000_characters_stay_in_the_box_with_the_limit_named(site: Site, visit: Visit) -> None:
    page = visit()

    ask(page, "가" * 5000)

    expect(page.locator(".composer .hint")).to_have_text(
        "5,000자입니다. 2,000자 안으로 줄여 주세요. 적으신 글은 그대로 두었습니다."
    )
    expect(page.locator(".composer .length")).to_have_text("5,000 / 2,000")
    assert len(page.input_value("#question")) == 5000
    assert site.advisor.asked == []


def test_enter_that_ends_a_korean_syllable_sends_nothing(site: Site, visit: Visit) -> None:
    page = visit()
    page.focus("#question")
    keyboard = page.context.new_cdp_session(page)

    keyboard.send(
        "Input.imeSetComposition", {"text": "지원그", "selectionStart": 3, "selectionEnd": 3}
    )
    page.evaluate(
        """() => document.querySelector('#question').dispatchEvent(new KeyboardEvent('keydown',
             {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    page.evaluate(
        """() => document.querySelector('#question').dispatchEvent(new KeyboardEvent('keydown',
             {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"""
    )
    keyboard.send("Input.insertText", {"text": "지원금"})
    expect(page.locator("#question")).to_have_value("지원금")
    expect(page.locator(".pending")).to_have_count(0)
    page.press("#question", "Shift+Enter")
    expect(page.locator("#question")).to_have_value("지원금\n")
    assert site.advisor.asked == []

    page.press("#question", "Enter")
    page.wait_for_selector("#turn-0")
    assert site.advisor.asked == ["지원금\n"]


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(site: Site, visit: Visit) -> None:
    page = visit()
    site.advisor.hold.clear()
    ask(page)
    page.wait_for_selector(".pending .now")

    page.reload()

    expect(page.locator(".pending .asked")).to_contain_text(QUESTION)
    site.advisor.hold.set()
    expect(page.locator("#turn-0 .words")).to_contain_text("5천만 원")
    expect(page.locator("#question")).to_have_value("")
    assert site.advisor.asked == [QUESTION]

    page.reload()
    expect(page.locator("#turn-0 .words")).to_contain_text("5천만 원")


def test_a_second_question_waits_for_the_first_answer(site: Site, visit: Visit) -> None:
    page = visit()
    site.advisor.hold.clear()
    ask(page)
    page.wait_for_selector(".pending .now")

    ask(page, "하나 더요")

    expect(page.locator(".composer .hint")).to_have_text(KO.busy)
    expect(page.locator("#question")).to_have_value("하나 더요")
    site.advisor.hold.set()
    page.wait_for_selector("#turn-0")
    page.press("#question", "Enter")
    page.wait_for_selector("#turn-1")
    assert site.advisor.asked == [QUESTION, "하나 더요"]


def test_a_new_talk_is_not_overrun_by_the_answer_of_the_old_one(site: Site, visit: Visit) -> None:
    page = visit()
    site.advisor.hold.clear()
    ask(page)
    page.wait_for_selector(".pending .now")
    old = page.url

    page.click("[data-fresh]")
    expect(page.locator(".hello")).to_be_visible()
    site.advisor.hold.set()
    page.wait_for_timeout(600)

    expect(page.locator(".hello")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "다른 이야기입니다")
    expect(page.locator("#turn-0 .asked")).to_contain_text("다른 이야기입니다")
    assert page.url != old
    page.goto(old)
    expect(page.locator("#turn-0 .asked")).to_contain_text(QUESTION)


def test_two_browsers_never_see_each_other(visit: Visit) -> None:
    one, other = visit(), visit()
    ask(one, "첫째 공장입니다")
    ask(other, "둘째 공장, 직원 30명입니다")
    one.wait_for_selector("#turn-0")
    other.wait_for_selector("#turn-0")
    ask(one, "첫째의 다음 말")
    one.wait_for_selector("#turn-1")

    assert "둘째" not in one.content()
    assert "첫째" not in other.content()
    id_one, id_other = (page.url.split("=")[1] for page in (one, other))
    assert id_one != id_other
    assert min(len(id_one), len(id_other)) >= 20
    expect(one.locator("#company .fact")).to_have_count(0)
    expect(other.locator("#company .fact")).to_have_count(1)


def test_a_back_end_that_breaks_says_so_and_lets_one_try_again(site: Site, visit: Visit) -> None:
    page = visit()
    site.advisor.fail = True
    ask(page)

    failed = page.locator(".answer.failed")
    expect(failed).to_contain_text("답을 만드는 중에 문제가 생겼습니다.")
    assert "Traceback" not in page.content()
    site.advisor.fail = False
    failed.get_by_role("button", name=KO.again).click()
    expect(page.locator("#turn-0 .words")).to_contain_text("5천만 원")
    expect(page.locator(".answer.failed")).to_have_count(0)


def test_the_page_waits_for_an_index_in_the_making_and_then_opens(site: Site, visit: Visit) -> None:
    site.opening.advisor = None
    page = visit(wait=".waiting")
    expect(page.locator(".waiting:visible")).to_contain_text(KO.preparing)
    site.opening.advisor = site.advisor
    expect(page.locator(".hello")).to_be_visible()


def test_a_question_sent_too_early_stays_in_its_box(site: Site, visit: Visit) -> None:
    site.opening.advisor = None
    page = visit(wait=".waiting")
    page.fill("#question", "미리 적어 둔 질문")
    page.press("#question", "Enter")
    expect(page.locator(".composer .hint")).to_have_text(KO.preparing)

    site.opening.advisor = site.advisor

    expect(page.locator(".hello")).to_be_visible()
    expect(page.locator("#question")).to_have_value("미리 적어 둔 질문")
    page.press("#question", "Enter")
    page.wait_for_selector("#turn-0")


def test_a_question_right_after_the_wait_is_followed_to_its_answer(
    site: Site, visit: Visit
) -> None:
    site.opening.advisor = None
    page = visit(wait=".waiting")
    for _ in range(3):  # each answer "not yet" makes the page look again in a second
        page.fill("#question", "미리 적어 둔 질문")
        page.press("#question", "Enter")
        expect(page.locator(".composer .hint")).to_have_text(KO.preparing)
        page.wait_for_timeout(250)
    site.opening.advisor = site.advisor
    expect(page.locator(".hello")).to_be_visible()

    slow: list[Route] = []
    page.route("**/queue/join*", lambda route: slow.append(route))  # a bound built-in is refused
    page.press("#question", "Enter")
    page.wait_for_timeout(1200)  # a look now would end what the page follows: the question
    for request in slow:
        request.continue_()
    page.unroute("**/queue/join*")

    page.wait_for_selector("#turn-0")
    assert len(slow) == 1


def test_an_advisor_that_cannot_open_says_why_and_is_tried_again(site: Site, visit: Visit) -> None:
    site.opening.advisor = None
    site.opening.problem = UserMessage("색인이 손상되었습니다.", "다시 만들어 주세요.")
    page = visit(wait=".waiting.problem")
    expect(page.locator(".waiting:visible")).to_contain_text("색인이 손상되었습니다.")
    expect(page.locator(".waiting:visible")).to_contain_text("다시 만들어 주세요.")

    site.opening.advisor = site.advisor
    page.get_by_role("button", name=KO.retry).click()

    expect(page.locator(".hello")).to_be_visible()
    assert site.opening.retries == 1


def test_every_outcome_but_an_answer_is_named(site: Site, visit: Visit) -> None:
    page = visit()
    others = [one for one in AnswerStatus if one is not AnswerStatus.ANSWERED]
    for number, status in enumerate(others):
        site.advisor.status = status
        ask(page)
        badge = page.locator(f"#turn-{number} .badge")
        expect(badge).to_contain_text(KO.statuses[status.value])
    assert len(others) == 5
    expect(page.locator(".count")).to_have_count(0)


def test_english_changes_every_label_and_the_language_of_the_document(visit: Visit) -> None:
    page = visit()
    ask(page)
    page.wait_for_selector("#turn-0")
    page.fill("#question", "half a thou")
    page.click("[data-language=en]")

    expect(page.locator("h1")).to_have_text(EN.title)
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator("#tabs")).to_contain_text(EN.company)
    expect(page.locator("#question")).to_have_attribute("placeholder", EN.placeholder)
    expect(page.locator("#question")).to_have_value("half a thou")
    ask(page, "How much?")
    expect(page.locator("#turn-1 .words")).to_contain_text("up to 50 million won")
    page.reload()
    expect(page.locator("h1")).to_have_text(EN.title)


def test_a_thumb_stays_pressed_and_is_kept(visit: Visit) -> None:
    page = visit()
    ask(page)
    up = page.get_by_role("button", name=KO.good)
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(up).to_have_attribute("aria-pressed", "true")

    up.click()
    expect(up).to_have_attribute("aria-pressed", "false")


def test_examples_and_follow_ups_are_sent_by_one_tap(site: Site, visit: Visit) -> None:
    page = visit()
    page.click(".example >> nth=1")
    expect(page.locator("#turn-0")).to_be_visible()
    page.click(".chip >> nth=0")
    expect(page.locator("#turn-1")).to_be_visible()

    assert site.advisor.asked == [KO.examples[1][1], "자부담은 얼마인가요?"]


def test_a_talk_is_deleted_at_the_second_press_and_its_address_is_empty(visit: Visit) -> None:
    page = visit()
    ask(page)
    page.wait_for_selector("#turn-0")
    old = page.url
    page.click("[data-view=about]")
    expect(page.locator(".about")).to_contain_text("인공지능이 답하는 서비스입니다")
    button = page.locator("[data-ask=erase]")
    button.click()
    expect(button).to_have_text(KO.erase_sure)
    button.click()

    expect(page.locator(".hello")).to_be_visible()
    expect(page.locator(".note")).to_have_text(KO.erased)
    other = visit(path="/#" + old.split("#")[1])
    expect(other.locator(".note")).to_have_text(KO.not_kept)
    expect(other.locator(".turn")).to_have_count(0)


def test_words_of_people_and_records_stay_words(site: Site, visit: Visit) -> None:
    site.advisor.text = '<img src=x onerror="window.broken=1"> ${window.broken=2} {{window}} `a`'
    page = visit()
    ask(page, "<script>window.broken=3</script> ${1+1} {{value}}")

    expect(page.locator("#turn-0 .asked")).to_contain_text(
        "<script>window.broken=3</script> ${1+1} {{value}}"
    )
    expect(page.locator("#turn-0 .words")).to_contain_text("${window.broken=2} {{window}}")
    assert page.evaluate("window.broken") is None


def test_the_page_asks_no_other_host_and_logs_no_error(browser: Any, site: Site) -> None:
    context = new_profile(browser)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(site.address)
    page.wait_for_selector(".hello")
    ask(page)
    page.click("#turn-0 .cite >> nth=0")
    page.wait_for_timeout(300)
    context.close()

    assert [one for one in asked if not one.startswith((site.address, "data:", "blob:"))] == []
    assert errors == []
    assert any("/brand/fonts/Pretendard" in one for one in asked)
