"""Curators: a notice on its way from a file to an answer and back out, records to look at again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from advisor import clock
from advisor.stores.sync_state import LinkCheck, SyncState
from tests.journeys.place import VOUCHER, Place, ask, fits, go, installation

NOTICE = """# 2026년 {name} 지원사업 공고

은하시장이 2026년 {name} 지원사업을 다음과 같이 공고합니다.

## 1. 사업목적

<b>도장</b> 공정의 작업 환경을 낫게 합니다.

## 2. 지원대상

은하시에 공장이 있는 중소기업

## 3. 지원내용

구입비를 기업당 최대 3,700만 원, 총사업비의 70% 이내로 지원합니다.

## 4. 접수기간

2026. 11. 1.부터 2026. 12. 18.까지

## 5. 신청방법

이메일 접수
"""
SOURCES = """sources:
  supplier-pool:
    connector: catalog
    label: 공급기업 목록
    path: {path}
    columns: {{key: 번호, title: 사업명, agency: 기관, period: 접수기간}}
"""


@pytest.fixture(scope="module")
def served_place(
    pristine_home: Path, chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("curated")
    with installation(pristine_home, chrome, folder / "home", refresh_s=1.0) as place:
        yield place


def upload(page: Page, folder: Path, name: str) -> None:
    """Add the notice of a program of this name in the view of documents."""
    notice = folder / f"{name} 공고.md"
    notice.write_text(NOTICE.format(name=name), encoding="utf-8")
    page.set_input_files("#documents-files", notice)
    expect(page.locator("#documents .is-added", has_text=notice.name)).to_be_visible()


def documents(place: Place, *, phone: bool = False) -> Page:
    return place.tab("curator", phone=phone, path="/#documents", wait="#documents-files")


def draft(page: Page, name: str) -> Locator:
    """Read an uploaded notice as a draft; return the view of the review."""
    go(page, "review")
    view = page.locator("#review")
    choice = view.get_by_label("문서", exact=True)
    choice.select_option(choice.locator("option", has_text=name).get_attribute("value"))
    view.get_by_role("button", name="읽어서 초안 만들기").click()
    expect(view.locator("h2")).to_contain_text(name)
    return view


def publish(view: Locator) -> None:
    view.get_by_label("소관 기관").fill("은하시")
    view.get_by_role("button", name="게시", exact=True).click()
    expect(view.locator("header")).to_contain_text("게시됨")


def answer(place: Place, name: str, words: str) -> Page:
    """Ask anew, as one owner after another, until the words stand in the answer."""
    page = place.tab()
    for turn in range(20):
        ask(page, f"{name} 지원사업은 얼마까지 지원하나요?", turn)
        if words in page.locator(f"#turn-{turn} .words").inner_text():
            return page
    raise AssertionError(f"never answered with {words}")


def test_a_notice_becomes_a_record_that_answers_with_what_the_curator_corrected(
    place: Place, tmp_path: Path
) -> None:
    page = documents(place)
    upload(page, tmp_path, "은하시 도장 집진기")
    view = draft(page, "은하시 도장 집진기")
    amount = view.get_by_label("지원 한도")
    expect(amount).to_have_value("37,000,000원")
    amount.focus()
    expect(view.locator("blockquote")).to_contain_text("3,700만 원")
    # What a notice says is text, never markup.
    expect(view.get_by_label("사업 목적")).to_have_value(re.compile("^<b>도장</b>"))

    amount.fill("3,900만 원")
    view.get_by_role("button", name="게시", exact=True).click()
    expect(view.locator(".hint")).to_contain_text("소관 기관: 꼭 있어야")
    publish(view)

    owner = answer(place, "은하시 도장 집진기", "3,900만 원")
    owner.locator(".turn").last.locator(".cite").first.click()
    expect(owner.locator(".source.lit")).to_contain_text("은하시 도장 집진기")


def test_a_published_record_is_taken_out_of_the_answers_again(place: Place, tmp_path: Path) -> None:
    page = documents(place)
    upload(page, tmp_path, "노을시 사출 냉각기")
    view = draft(page, "노을시 사출 냉각기")
    view.get_by_label("지원 한도").fill("4,100만 원")
    publish(view)
    answer(place, "노을시 사출 냉각기", "4,100만 원")

    view.get_by_role("button", name="판 보기").click()
    expect(view.locator(".version")).to_contain_text("이름 curator")
    view.get_by_role("button", name="처음 실린 기록으로 되돌리기").click()
    view.get_by_role("button", name="정말 되돌리기").click()

    expect(view.locator(".version").first).to_contain_text("처음 기록으로")
    answer(place, "노을시 사출 냉각기", "3,700만 원")  # what the notice itself says is left


def test_a_draft_is_turned_down_with_its_reason_and_answers_nothing(
    place: Place, tmp_path: Path
) -> None:
    page = documents(place)
    upload(page, tmp_path, "바람시 용접 흄")
    view = draft(page, "바람시 용접 흄")

    view.get_by_label("까닭").fill("작년 공고입니다")
    view.get_by_role("button", name="반려", exact=True).click()
    view.get_by_role("button", name="정말 반려").click()

    expect(view.locator("header")).to_contain_text("반려됨")
    view.get_by_role("button", name="목록으로").click()
    expect(view.locator("li", has_text="바람시 용접 흄")).to_have_count(0)
    view.get_by_role("button", name="전체", exact=True).click()
    row = view.locator("li", has_text="바람시 용접 흄")
    expect(row).to_contain_text("작년 공고입니다")
    expect(row).to_contain_text("이름 curator")
    assert not [one for one in place.advisor.corpus.programs.values() if "바람시" in one.name]


def test_a_file_answers_opens_at_its_words_and_leaves_with_its_deletion(
    place: Place, tmp_path: Path
) -> None:
    page = documents(place, phone=True)
    upload(page, tmp_path, "하늘시 도금액 재생")
    owner = answer(place, "하늘시 도금액 재생", "3,700만 원")
    owner.locator(".turn").last.locator(".cite").first.click()
    with owner.context.expect_page() as opened:
        owner.locator(".source.lit").get_by_role("link", name="원문 보기").click()
    expect(opened.value.locator("mark").first).to_contain_text("3,700만 원")
    expect(opened.value.locator("main")).to_contain_text("<b>도장</b>")

    row = page.locator("#documents .document", has_text="하늘시 도금액")
    row.get_by_role("button", name="삭제").click()
    row.get_by_role("button", name="정말 삭제").click()
    expect(row).to_have_count(0)
    assert fits(page)
    last = owner.locator(".turn").count()
    ask(owner, "하늘시 도금액 재생 지원사업은 얼마까지 지원하나요?", last)
    expect(owner.locator(f"#turn-{last} .words")).not_to_contain_text("3,700만 원")


def test_a_file_is_uploaded_while_an_owner_waits_and_the_next_answer_knows_it(
    place: Place, tmp_path: Path
) -> None:
    owner, page = place.tab(), documents(place)
    place.hold.clear()
    owner.fill("#question", VOUCHER)
    owner.press("#question", "Enter")
    owner.wait_for_selector(".pending .now")

    upload(page, tmp_path, "구름시 주물 집진")
    place.hold.set()
    expect(owner.locator("#turn-0 .words")).to_contain_text("억")
    ask(owner, "구름시 주물 집진 지원사업은 얼마까지 지원하나요?", 1)

    expect(owner.locator("#turn-1 .words")).to_contain_text("3,700만 원")


def test_a_file_that_is_none_is_refused_with_a_reason(place: Place, tmp_path: Path) -> None:
    page = documents(place, phone=True)
    bad = tmp_path / "빈 공고.pdf"
    bad.write_bytes(b"%PDF-1.7\n")

    page.set_input_files("#documents-files", bad)

    expect(page.locator("#documents .is-rejected", has_text=bad.name)).to_contain_text("손상")
    assert fits(page)


def test_a_record_whose_source_is_gone_comes_first_to_be_looked_at_again(place: Place) -> None:
    record = place.advisor.corpus.programs["ai-voucher-2026"]
    address = next(one.url for one in record.sources if one.url)
    gone = LinkCheck(address, "gone", 404, None, "", clock.now())
    SyncState(place.advisor.index.engine).keep_link(gone)
    page = place.tab("curator", path="/#admin", wait="#admin h2")
    view = page.locator("#admin")
    view.locator("[data-key=tab-corpus]").click()
    first = view.locator("ul.rows > li").first
    expect(first).to_contain_text("다시 볼 기록")
    expect(first).to_contain_text("출처 주소")

    first.get_by_role("button", name="보기").click()
    expect(view).to_contain_text("주소 사라짐")
    view.get_by_role("button", name="목록으로").click()
    view.get_by_label("이름이나 아이디로 찾기").fill(record.id)
    page.keyboard.press("Enter")

    expect(view.locator("ul.rows > li")).to_have_count(1)


def test_how_old_is_too_old_is_the_curators_choice(place: Place) -> None:
    page = place.tab("curator", phone=True, path="/#review", wait="#review [role=tab]")
    view = page.locator("#review")
    view.get_by_role("tab", name="다시 볼 기록").click()
    rows = view.locator("ul.rows > li")
    expect(view).to_contain_text("확인한 지 며칠")
    few = rows.count()

    view.get_by_label("확인한 지 며칠").fill("1")  # every record was looked at before yesterday
    page.keyboard.press("Tab")

    expect(rows.nth(few)).to_contain_text("확인일")
    assert fits(page)


def test_a_source_is_looked_at_first_and_then_brings_a_draft(place: Place, tmp_path: Path) -> None:
    offered = tmp_path / "목록.csv"
    offered.write_text(
        "번호,사업명,기관,접수기간\n1,달빛시 열처리로 교체 지원,달빛시,2026-12-01 ~ 2026-12-30\n",
        encoding="utf-8",
    )
    home = place.advisor.settings.home
    (home / "sources.yaml").write_text(SOURCES.format(path=offered), encoding="utf-8")
    page = place.tab("curator", path="/#admin", wait="#admin h2")
    source = page.locator("#admin section", has_text="공급기업 목록")

    source.get_by_role("button", name="미리 보기").click()
    expect(source).to_contain_text("저장하지 않았습니다")
    expect(source).to_contain_text("달빛시 열처리로 교체 지원")
    source.get_by_role("button", name="지금 받기").click()
    expect(source).to_contain_text(re.compile(r"초안 \d+번"))
    go(page, "review")

    expect(page.locator("#review li", has_text="달빛시 열처리로")).to_contain_text("새 기록")
