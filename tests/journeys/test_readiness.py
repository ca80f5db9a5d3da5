"""Owners at the readiness check: from eight questions to a level, a report and a second look."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DEVICES
from tests.journeys.place import Place, ask, fits, go

QUICK = ("STR1", "DAT1", "EQP1", "SYS1", "PRC1", "PPL1", "AIX1", "FIN1")
HEADS = {"docx": b"PK", "pdf": b"%PDF", "hwpx": b"PK", "xlsx": b"PK", "md": b"#"}


def begin(page: Page, mode: str = "quick") -> None:
    go(page, "diagnosis")
    page.click(f"[data-sheet=begin][data-mode={mode}]")
    page.wait_for_selector("#item-STR1")


def choose(page: Page, item: str, level: int) -> None:
    page.click(f"#item-{item} label.level >> nth={level}")


def answer(page: Page, *items: str, level: int = 2) -> None:
    for number, item in enumerate(items, 1):
        choose(page, item, level)
        expect(page.locator("#progress")).to_contain_text(f"{number}문항 답함")


def see(page: Page) -> None:
    page.click("#progress [data-sheet=result]")
    page.wait_for_selector(".readiness.result[data-laid]")


def test_eight_answers_make_a_level_and_a_second_look_shows_what_changed(place: Place) -> None:
    page = place.tab(phone=True)
    begin(page)
    choose(page, "STR1", 2)
    expect(page.locator("#progress")).to_contain_text("8문항 가운데 1문항 답함 · 저장됨")
    page.click("#item-DAT1 summary")
    page.fill("#item-DAT1 textarea", "일보는 종이에 씁니다")
    page.select_option("#item-DAT1 select", "doc")
    choose(page, "DAT1", 1)
    expect(page.locator("#progress")).to_contain_text("2문항 답함")

    # As after a closed browser: the address is all that is left.
    page.reload()
    expect(page.locator("#item-STR1 input:checked")).to_have_value("2")
    expect(page.locator("#item-DAT1 input:checked")).to_have_value("1")
    expect(page.locator("#item-DAT1 select")).to_have_value("doc")
    expect(page.locator("#item-DAT1 textarea")).to_have_value("일보는 종이에 씁니다")

    for item in QUICK[2:]:
        choose(page, item, 2)
    expect(page.locator("#progress")).to_contain_text("8문항 답함")
    see(page)
    # Data 25, all others 50, data weighs 20 of 100.
    expect(page.locator(".head")).to_contain_text("45.0점")
    expect(page.locator(".head h2")).to_have_text(re.compile("^L[0-4] "))
    assert fits(page)

    page.click(".head [data-sheet=begin]")
    page.wait_for_selector("form.item")
    choose(page, "DAT1", 3)
    expect(page.locator("#progress")).to_contain_text("32문항 가운데 8문항 답함 · 저장됨")
    see(page)
    expect(page.locator(".comparison tr", has_text="데이터").first).to_contain_text("+50.0")


def test_the_report_is_taken_along_in_every_format(place: Place) -> None:
    page = place.tab()
    begin(page)
    page.click("#item-STR1 summary")
    page.fill("#item-STR1 textarea", "버가 자꾸 나옵니다")
    answer(page, *QUICK[:3])
    see(page)

    taken = {}
    for kind in HEADS:
        with page.expect_download() as report:
            page.locator(f".readiness.result [data-report={kind}]").click()
        taken[kind] = Path(report.value.path()).read_bytes()

    assert {kind: data[: len(HEADS[kind])] for kind, data in taken.items()} == HEADS
    assert "버가 자꾸 나옵니다" in taken["md"].decode()


def test_evidence_is_attached_opened_again_taken_out_and_told_in_the_report(
    place: Place, tmp_path: Path
) -> None:
    photo, program = tmp_path / "작업 일보.png", tmp_path / "일보.pdf"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 2000)
    program.write_bytes(b"MZ\x90\x00" + bytes(range(256)))
    page = place.tab(phone=True)
    begin(page)
    answer(page, "DAT1", level=1)
    page.click("#item-DAT1 summary")
    page.set_input_files("#item-DAT1 input[type=file]", photo)
    expect(page.locator("#item-DAT1 .names li")).to_contain_text("작업 일보.png")
    expect(page.locator("#item-DAT1 select")).to_have_value("doc")
    page.set_input_files("#item-DAT1 input[type=file]", program)
    expect(page.locator("#item-DAT1 .files .hint")).to_contain_text("받을 수 없는 형식")
    page.set_input_files("#item-STR1 input[type=file]", photo)
    expect(page.locator("#item-STR1 .names li")).to_have_count(1)

    page.reload()
    expect(page.locator("#item-DAT1 select")).to_have_value("doc")
    link = page.locator("#item-DAT1 .names a").get_attribute("href")
    assert page.request.get(f"{place.address}/{link}").body() == photo.read_bytes()
    page.click("#item-STR1 [data-unfile]")
    expect(page.locator("#item-STR1 .names li")).to_have_count(0)

    see(page)
    with page.expect_download() as report:
        page.locator(".readiness.result [data-report=md]").click()
    assert "첨부: 작업 일보.png" in Path(report.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("phone", DEVICES)
def test_the_result_is_short_first_opens_by_keyboard_and_speaks_english(
    place: Place, phone: bool
) -> None:
    page = place.tab(phone=phone)
    begin(page)
    answer(page, *QUICK)
    see(page)
    opened = page.locator("details.part[open]")
    assert opened.count() == (0 if phone else 4)
    assert not phone or page.evaluate("document.documentElement.scrollHeight") < 4000

    part = page.locator("details.part[data-part='출처']")
    part.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(part).to_have_attribute("open", "")
    page.click("[data-folds]")
    expect(page.locator("details.part:not([open])")).to_have_count(0)
    assert fits(page)
    page.click("details[data-part='해결책'] a.ref >> nth=0")
    expect(page.locator(".references li:focus")).to_have_count(1)

    page.click("[data-language=en]")
    expect(page.locator(".readiness.result h3").first).to_have_text("Summary")
    page.click("[data-language=ko]")
    expect(page.locator(".readiness.result h3").first).to_have_text("한 쪽 요약")


def test_a_report_that_was_made_is_offered_in_the_talk(place: Place) -> None:
    page = place.tab()
    begin(page)
    answer(page, *QUICK[:3])
    see(page)

    go(page, "talk")
    ask(page, "제조업 AI 바우처는 무엇인가요?")
    with page.expect_download() as report:
        page.click(".report-card [data-report=docx]")

    assert Path(report.value.path()).read_bytes().startswith(b"PK")


def test_a_level_against_a_rule_is_kept_only_with_its_reason(place: Place) -> None:
    page = place.tab()
    begin(page, "full")
    answer(page, "SYS1", level=0)
    choose(page, "SYS2", 2)
    expect(page.locator("#progress .hint")).to_contain_text("까닭")

    page.fill("#item-SYS2 .reason input", "협력사 서버를 씁니다")
    page.press("#item-SYS2 .reason input", "Tab")

    expect(page.locator("#progress")).to_contain_text("2문항 답함 · 저장됨")


def test_a_check_is_begun_at_the_desk_and_ended_on_the_phone(place: Place) -> None:
    page = place.tab()
    begin(page)
    answer(page, *QUICK[:3])

    phone = place.tab(phone=True, path="/#" + page.url.split("#")[1], wait="#item-STR1")
    expect(phone.locator("#progress")).to_contain_text("3문항 답함")
    choose(phone, QUICK[3], 1)
    expect(phone.locator("#progress")).to_contain_text("4문항 답함")

    page.reload()
    expect(page.locator("#progress")).to_contain_text("4문항 답함")


def test_what_is_not_known_is_an_answer_and_an_answer_can_be_taken_back(place: Place) -> None:
    page = place.tab(phone=True)
    begin(page)
    answer(page, "STR1")
    page.click("#item-DAT1 label.other >> nth=0")
    expect(page.locator("#progress")).to_contain_text("2문항 답함")

    page.click("#item-STR1 summary")
    page.click("#item-STR1 [data-sheet=clear]")

    expect(page.locator("#progress")).to_contain_text("1문항 답함")
    expect(page.locator("#item-STR1 input:checked")).to_have_count(0)


def test_the_quick_check_is_widened_and_keeps_its_answers(place: Place) -> None:
    page = place.tab()
    begin(page)
    answer(page, *QUICK[:2])

    page.click("#progress [data-sheet=widen]")

    expect(page.locator("#progress")).to_contain_text("32문항 가운데 2문항 답함")
    expect(page.locator("#item-STR1 input:checked")).to_have_value("2")


def test_the_form_is_filled_with_keys_alone(place: Place) -> None:
    page = place.tab()
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
