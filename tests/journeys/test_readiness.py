"""A consultant's visit to the readiness view: real Advisor, real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from advisor.assemble import Advisor, build_advisor
from advisor.cli.web import create_app
from advisor.config import Settings
from advisor.messages import UserMessage
from tests.browsing import chromium, open_page
from tests.serving import served


class Ready:
    """An Advisor that is there already."""

    problem: UserMessage | None = None

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor

    def retry(self) -> None:
        raise AssertionError("nothing failed")


@pytest.fixture(scope="module")
def address(real_home: Path) -> Iterator[str]:
    settings = Settings(home=real_home)
    advisor = build_advisor(settings)
    with served(create_app(settings, Ready(advisor), lambda: advisor)) as where:
        yield where
    advisor.index.close()


@pytest.fixture(params=[False, True], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    with chromium() as browser:
        opened = open_page(browser, address, phone=request.param)
        opened.wait_for_selector(".hello", timeout=30_000)
        yield opened


def choose(page: Page, item: str, level: int) -> None:
    page.click(f"#item-{item} label.level >> nth={level}")


def test_quick_check_to_result_to_report_to_a_second_diagnosis(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.click("[data-view=diagnosis]")
    page.click("[data-sheet=begin][data-mode=quick]")
    page.wait_for_selector("#item-STR1")
    choose(page, "STR1", 2)
    expect(page.locator("#progress")).to_contain_text("8문항 가운데 1문항 답함 · 저장됨")
    page.click("#item-DAT1 summary")
    page.fill("#item-DAT1 textarea", "일보는 종이에 씁니다")
    page.select_option("#item-DAT1 select", "doc")
    choose(page, "DAT1", 1)
    expect(page.locator("#progress")).to_contain_text("2문항 답함")

    # As after a closed browser: the address is all that is left.
    page.reload()
    page.wait_for_selector("#item-STR1")
    expect(page.locator("#item-STR1 input:checked")).to_have_value("2")
    expect(page.locator("#item-DAT1 input:checked")).to_have_value("1")
    expect(page.locator("#item-DAT1 select")).to_have_value("doc")
    expect(page.locator("#item-DAT1 textarea")).to_have_value("일보는 종이에 씁니다")

    for item in ("EQP1", "SYS1", "PRC1", "PPL1", "AIX1", "FIN1"):
        choose(page, item, 2)
    expect(page.locator("#progress")).to_contain_text("8문항 답함")
    page.click("#progress [data-sheet=result]")
    # Data 25, all others 50, data weighs 20 of 100.
    expect(page.locator(".head")).to_contain_text("45.0점")
    expect(page.locator(".head h2")).to_have_text(re.compile("^L[0-4] "))
    assert page.locator(".chart svg[role=img]").count() >= 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    with page.expect_download() as download:
        page.click("[data-report=md]")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "종합 45.0점" in text
    assert "일보는 종이에 씁니다" in text

    page.click(".head [data-sheet=begin]")
    page.wait_for_selector("form.item")
    choose(page, "DAT1", 3)
    expect(page.locator("#progress")).to_contain_text("32문항 가운데 8문항 답함 · 저장됨")
    page.click("#progress [data-sheet=result]")
    row = page.locator(".comparison tr", has_text="데이터").first
    expect(row).to_contain_text("+50.0")
    assert errors == []


def test_evidence_is_attached_opened_again_taken_out_and_told_in_the_report(
    page: Page, tmp_path: Path
) -> None:
    photo, program = tmp_path / "작업 일보.png", tmp_path / "일보.pdf"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 2000)
    program.write_bytes(b"MZ\x90\x00" + bytes(range(256)))
    page.click("[data-view=diagnosis]")
    page.click("[data-sheet=begin][data-mode=quick]")
    page.wait_for_selector("#item-DAT1")
    choose(page, "DAT1", 1)
    page.click("#item-DAT1 summary")
    page.set_input_files("#item-DAT1 input[type=file]", photo)
    expect(page.locator("#item-DAT1 .names li")).to_contain_text("작업 일보.png")
    expect(page.locator("#item-DAT1 select")).to_have_value("doc")
    page.set_input_files("#item-DAT1 input[type=file]", program)
    expect(page.locator("#item-DAT1 .files .hint")).to_contain_text("받을 수 없는 형식")
    page.set_input_files("#item-STR1 input[type=file]", photo)
    expect(page.locator("#item-STR1 .names li")).to_have_count(1)

    page.reload()
    page.wait_for_selector("#item-DAT1 .names li")
    expect(page.locator("#item-DAT1 select")).to_have_value("doc")
    link = page.locator("#item-DAT1 .names a")
    opened = page.request.get(f"{page.url.split('#')[0]}{link.get_attribute('href')}")
    assert opened.body() == photo.read_bytes()
    page.click("#item-STR1 [data-unfile]")
    expect(page.locator("#item-STR1 .names li")).to_have_count(0)

    page.click("#progress [data-sheet=result]")
    page.wait_for_selector(".readiness.result")
    with page.expect_download() as download:
        page.click("[data-report=md]")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "첨부: 작업 일보.png" in text


def test_the_result_is_short_first_opens_by_keyboard_and_speaks_english(page: Page) -> None:
    page.click("[data-view=diagnosis]")
    page.click("[data-sheet=begin][data-mode=quick]")
    page.wait_for_selector("#item-STR1")
    for item in ("STR1", "PRC1", "EQP1", "DAT1", "SYS1", "PPL1", "AIX1", "FIN1"):
        choose(page, item, 2)
    expect(page.locator("#progress")).to_contain_text("8문항 답함")
    page.click("#progress [data-sheet=result]")
    page.wait_for_selector(".readiness.result[data-laid]")
    is_phone = page.evaluate("innerWidth") < 640
    opened = page.locator("details.part[open]")
    assert opened.count() == (0 if is_phone else 4)
    assert not is_phone or page.evaluate("document.documentElement.scrollHeight") < 4000

    part = page.locator("details.part[data-part='출처']")
    part.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(part).to_have_attribute("open", "")
    page.click("[data-folds]")
    assert opened.count() == page.locator("details.part").count()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("details[data-part='해결책'] a.ref >> nth=0")
    expect(page.locator(".references li:focus")).to_have_count(1)

    page.click("[data-language=en]")
    expect(page.locator(".readiness.result h3").first).to_have_text("Summary")
    page.click("[data-language=ko]")
    expect(page.locator(".readiness.result h3").first).to_have_text("한 쪽 요약")

    # The owner finds the report in the talk, too.
    page.click("[data-view=talk]")
    page.fill("#question", "제조업 AI 바우처는 무엇인가요?")
    page.click(".composer .send")
    page.wait_for_selector(".report-card", timeout=20_000)
    with page.expect_download() as download:
        page.click(".report-card [data-report=docx]")
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_a_level_against_a_rule_is_kept_only_with_its_reason(page: Page) -> None:
    page.click("[data-view=diagnosis]")
    page.click("[data-sheet=begin][data-mode=full]")
    page.wait_for_selector("#item-SYS1")
    choose(page, "SYS1", 0)
    expect(page.locator("#progress")).to_contain_text("1문항 답함")
    choose(page, "SYS2", 2)
    expect(page.locator("#progress .hint")).to_contain_text("까닭")
    page.fill("#item-SYS2 .reason input", "협력사 서버를 씁니다")
    page.press("#item-SYS2 .reason input", "Tab")
    expect(page.locator("#progress")).to_contain_text("2문항 답함 · 저장됨")
