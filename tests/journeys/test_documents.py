"""A file on its way through the page: uploaded, asked about, opened at its words, deleted."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from advisor.api.app import create_api
from advisor.assemble import build_advisor
from advisor.config import Settings
from advisor.live import Live
from advisor.ui.diagnosis_handlers import DiagnosisHandlers
from advisor.ui.handlers import Handlers
from advisor.ui.jobs import Jobs
from advisor.ui.theme import mount_page
from tests.browsing import chromium, open_page
from tests.journeys.test_support import Opened
from tests.serving import served

NOTICE = (
    "# 하늘시 도금액 재생 시범사업\n\n<b>굵게</b> 쓴 안내입니다.\n\n## 지원 내용\n"
    "하늘시 도금액 재생 시범사업은 기업당 최대 4,300만 원을 지원합니다.\n"
)


@pytest.fixture
def page(pristine_home: Path, tmp_path: Path) -> Iterator[Page]:
    home = tmp_path / "home"
    shutil.copytree(pristine_home, home)
    advisor = build_advisor(Settings(home=home), keep=False, serving=True)
    live = Live(advisor, lambda _: None)
    live.start()
    # Without accounts: whoever is at this machine may do everything.
    app, jobs, opening = create_api(lambda: advisor), Jobs(), Opened(advisor)
    mount_page(app, Handlers(opening, jobs, 2000), DiagnosisHandlers(lambda: advisor.desk, jobs))
    with served(app) as address, chromium() as browser:
        page = open_page(browser, f"{address}/#documents", phone=True)
        page.set_default_timeout(60_000)
        yield page
        page.context.close()
    live.close()
    advisor.index.close()


def ask(page: Page, turn: int) -> None:
    page.click("a[data-view=talk]")
    page.fill("#question", "하늘시 도금액 재생 시범사업은 얼마까지 지원하나요?")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#turn-{turn} .answer .words")


def test_an_uploaded_file_answers_opens_at_its_words_and_leaves_with_its_deletion(page, tmp_path):
    expect.set_options(timeout=60_000)
    expect(page.locator("#documents .none")).to_contain_text("아직 실린 문서가 없습니다")
    good, bad = tmp_path / "공고 <i>.md", tmp_path / "빈.pdf"
    good.write_text(NOTICE, encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7\n")

    page.set_input_files("#documents-files", [str(good), str(bad)])
    expect(page.locator("#documents .is-added")).to_contain_text("공고 <i>.md")
    expect(page.locator("#documents .is-rejected")).to_contain_text("손상")
    expect(page.locator("#documents .document")).to_have_count(1)

    ask(page, 0)
    expect(page.locator("#turn-0 .answer")).to_contain_text("4,300만 원")
    page.click("#turn-0 .cite >> nth=0")
    with page.context.expect_page() as opened:
        page.click("#src-0-1 a")
    shown = opened.value
    expect(shown.locator("mark").first).to_be_in_viewport()
    expect(shown.locator("mark").first).to_contain_text("4,300만 원")
    expect(shown.locator("main")).to_contain_text("<b>굵게</b>")
    shown.close()
    page.go_back()

    page.click("a[data-view=documents]")
    page.locator("#documents .document .danger").click()
    page.locator("#documents .document .danger.sure").click()
    expect(page.locator("#documents .document")).to_have_count(0)
    ask(page, 1)
    expect(page.locator("#turn-1 .answer")).not_to_contain_text("4,300만 원")
