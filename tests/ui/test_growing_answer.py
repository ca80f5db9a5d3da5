"""An answer that a model writes is shown as it grows, and the page says where questions go."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from advisor.ui.strings import EN, KO
from tests.ui.conftest import Site
from tests.ui.test_page import ask

Visit = Callable[..., Page]


def test_checked_sentences_are_there_before_the_answer_is(site: Site, visit: Visit) -> None:
    page = visit()
    site.advisor.pieces = (
        "시험 지원사업은 **5천만 원**까지 지원합니다 [1]. ",
        "접수는 끝났습니다 [2].",
    )
    site.advisor.hold.clear()

    ask(page)

    growing = page.locator(".pending .growing")
    expect(growing).to_contain_text("5천만 원까지 지원합니다 [1]. 접수는 끝났습니다 [2].")
    expect(growing.locator("strong")).to_have_text("5천만 원")
    expect(growing).to_have_attribute("aria-busy", "true")
    site.advisor.hold.set()
    expect(page.locator("#turn-0 .words")).to_contain_text("5천만 원까지 지원합니다")
    expect(page.locator(".growing")).to_have_count(0)


def test_the_page_names_the_host_that_questions_go_to(site: Site, visit: Visit) -> None:
    site.advisor.engine_name, site.advisor.model_host = "openai:large", "api.example.org"

    notice = visit().locator(".notice")

    expect(notice).to_contain_text(KO.notice_model.format(name="large, api.example.org"))


def test_a_model_on_this_machine_is_no_outside_model(site: Site, visit: Visit) -> None:
    site.advisor.engine_name, site.advisor.model_host = "openai:local", ""

    notice = visit().locator(".notice")

    expect(notice).not_to_contain_text("외부")
    assert "outside" in EN.notice_model
