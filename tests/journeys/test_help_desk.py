"""The help desk: what callers asked, what they are told, and what the next caller reads."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.place import VOUCHER, Place, ask, fits, installation

QUESTION = "외국인 직원 기숙사 짓는 비용도 지원되나요?"
ANSWER = (
    "기숙사 건축비를 지원하는 사업은 확인되지 않았습니다. 하늘시 임차비 지원을 안내해 드립니다."
)


@pytest.fixture(scope="module")
def served_place(
    pristine_home: Path, chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("desk") / "home"
    with installation(pristine_home, chrome, home, refresh_s=1.0) as place:
        yield place


def desk(place: Place, *, phone: bool = False) -> Locator:
    page = place.tab("helpdesk", phone=phone, path="/#helpdesk", wait="#helpdesk [role=tab]")
    return page.locator("#helpdesk")


def tab(view: Locator, name: str) -> None:
    view.get_by_role("tab", name=name, exact=True).click()


def topic(view: Locator, words: str) -> None:
    """Open a topic of the queue."""
    tab(view, "풀 문의")
    view.locator("li", has_text=words).get_by_role("button", name="열기").click()
    expect(view.locator(".title")).to_contain_text(words)


def asked_without_answer(place: Place, question: str) -> None:
    """Let an owner ask what nothing is known of."""
    said = place.advisor.ask(question)
    place.advisor.add_feedback(said.consultation_id or "", 0, -1)


def test_what_the_desk_publishes_is_told_to_the_next_caller(place: Place) -> None:
    first = place.tab(phone=True)
    ask(first, QUESTION)
    expect(first.locator("#turn-0 .answer.no_evidence")).to_be_visible()

    view = desk(place)
    topic(view, "기숙사")
    view.get_by_role("button", name="내가 맡기").click()
    expect(view.get_by_label("맡은 사람").locator("option:checked")).to_have_text("나")
    view.get_by_label("드릴 답").fill(ANSWER)
    for label, words in (("제목", "하늘시 안내"), ("발행 기관", "하늘시"), ("날짜", "2026-03-02"),
                         ("주소", "https://haneul.example.kr/dormitory")):  # fmt: skip
        view.get_by_label(label).fill(words)
    view.get_by_role("button", name="답 저장").click()
    view.get_by_label("갈래").fill("인력")
    view.get_by_role("button", name="게시", exact=True).click()
    expect(view).to_contain_text("이제 이 답을 드립니다")

    second = place.tab()
    ask(second, QUESTION)
    expect(second.locator("#turn-0 .answer")).to_contain_text("임차비")
    expect(second.locator("#sources")).to_contain_text("하늘시")
    view.get_by_role("button", name="물어보기").click()
    expect(view.locator(".wording").first).to_contain_text("임차비")
    expect(view.locator(".said-then")).to_have_text(ANSWER)  # who called about it before


def test_a_thumb_down_reaches_the_queue_and_is_closed_with_its_reason(place: Place) -> None:
    owner = place.tab(phone=True)
    ask(owner, VOUCHER)
    thumb = owner.get_by_role("button", name="아쉽습니다")
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "true")

    view = desk(place)
    tab(view, "풀 문의")
    expect(view.locator("li", has_text="바우처")).to_contain_text("아쉽다고 하심")
    topic(view, "바우처")
    view.get_by_role("button", name="답 없이 닫기").click()
    view.get_by_role("button", name="정말 답 없이 닫기").click()
    expect(view.locator(".hint")).to_contain_text("닫는 까닭")
    view.get_by_label("닫는 까닭").fill("공고 원문으로 안내함")
    view.get_by_role("button", name="답 없이 닫기").click()
    view.get_by_role("button", name="정말 답 없이 닫기").click()

    expect(view.locator(".badge.is-closed").first).to_be_visible()
    expect(view).to_contain_text("공고 원문으로 안내함")


def test_callers_are_grouped_by_topic_without_their_numbers(place: Place) -> None:
    asked_without_answer(place, "도금 폐액 재생기 사면 보조금 있나요? 010-1234-5678로 전화 주세요")
    asked_without_answer(place, "도금 폐액 재생기를 사는 데 보조금이 나오나요?")

    view = desk(place)
    page = view.page
    topic(view, "폐액")

    expect(view).to_contain_text("문의 2건")
    assert "1234-5678" not in page.content()
    view.get_by_label("동료에게 남길 메모").fill("환경공단에 물어봄")
    view.get_by_role("button", name="메모 남기기").click()
    expect(view.locator("li", has_text="환경공단에 물어봄")).to_contain_text("이름 helpdesk")


def test_an_answer_is_copied_with_its_sources_by_keyboard_alone(place: Place) -> None:
    view = desk(place)
    page = view.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.get_by_label("걸려 온 문의").focus()
    page.keyboard.insert_text(VOUCHER)
    page.keyboard.press("Control+Enter")
    expect(view.locator(".wording").first).to_be_visible()
    copier = view.get_by_role("button", name="출처까지 복사").first
    for _ in range(8):
        page.keyboard.press("Tab")
        if copier.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(view.locator(".said").first).to_have_text("복사했습니다.")
    body, _, sources = page.evaluate("navigator.clipboard.readText()").partition("\n\n출처\n")
    assert "2억 원" in body
    assert "**" not in body + sources
    assert "[1] " in sources
    assert "https://" in sources


def test_a_search_is_narrowed_on_a_phone_until_nothing_is_left(place: Place) -> None:
    view = desk(place, phone=True)
    page = view.page
    tab(view, "찾기")
    expect(view).to_contain_text("무엇을 찾을까요")
    view.get_by_label("찾을 말").fill("스마트공장")
    page.keyboard.press("Enter")
    expect(view.locator(".wording").first).to_be_visible()

    view.get_by_label(re.compile("^종류")).select_option("faq")
    expect(view.locator(".wording > .meta").first).to_contain_text("자주 묻는 질문")
    assert fits(page)
    view.get_by_label("연도", exact=True).fill("1999")
    view.get_by_role("button", name="찾기", exact=True).click()

    expect(view).to_contain_text("찾은 것이 없습니다")
    page.click("[data-language=en]")
    expect(view.locator("h2")).to_have_text("Help desk")
    assert fits(page)


def test_what_changed_is_told_and_a_failure_can_be_tried_again(place: Place) -> None:
    view = desk(place)
    page = view.page
    page.route("**/desk/changes*", lambda route: route.abort())
    tab(view, "바뀐 것")
    expect(view).to_contain_text("다시 시도해 주세요")

    page.unroute("**/desk/changes*")
    view.get_by_role("button", name="다시 시도").click()
    days = view.get_by_label(re.compile("^기간"))
    expect(days).to_have_value("7")
    days.select_option("30")

    expect(days).to_have_value("30")
    expect(view.locator(".state.problem")).to_have_count(0)
