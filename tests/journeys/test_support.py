"""Owners on the way from what is known of the company to programs, a plan and a calendar."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.place import WORRY, Place, ask, fits, go


def support(place: Place, *, phone: bool = False) -> tuple[Page, Locator]:
    """Tell a worry and turn to the view of support."""
    page = place.tab(phone=phone)
    ask(page, WORRY)
    go(page, "support")
    view = page.locator("#support")
    expect(view.locator(".program").first).to_be_visible()
    return page, view


def test_what_was_told_in_the_talk_judges_the_programs(place: Place) -> None:
    page, view = support(place)

    expect(view.locator(".knowns")).to_contain_text("30명")
    expect(view.locator(".knowns")).to_contain_text("경기")
    assert fits(page)


def test_a_fact_that_the_talk_did_not_bring_is_told_where_it_is_asked_for(place: Place) -> None:
    page = place.tab(phone=True, path="/#support", wait="#support .start")
    view = page.locator("#support")
    expect(view.locator(".start")).to_contain_text("아직 아는 회사 정보가 없습니다")
    expect(view.locator(".program")).to_have_count(0)

    heads = view.locator("form[data-field=employees_regular]")
    heads.get_by_role("textbox").fill("30")
    heads.get_by_role("button").click()

    expect(view.locator(".knowns")).to_contain_text("30명")
    expect(view.locator(".program").first).to_be_visible()
    page.reload()
    expect(view.locator(".knowns")).to_contain_text("30명")
    assert fits(page)


def test_a_saved_program_is_there_the_next_day(place: Place) -> None:
    page, view = support(place, phone=True)
    card = view.locator(".programs .program").first
    title = card.locator("h5, h4, h3").first.inner_text()

    card.locator("[data-keep]").click()
    expect(view.locator("#support-saved")).to_contain_text(title)

    again = place.tab(phone=True, path="/#" + page.url.split("#")[1], wait="#support-saved")
    expect(again.locator("#support-saved")).to_contain_text(title)


def test_two_programs_stand_side_by_side(place: Place) -> None:
    page, view = support(place)
    ticks = view.locator(".programs .cards [data-tick]")

    ticks.nth(0).check()
    expect(view.locator("#support-compare")).to_contain_text("두 개에서 네 개까지")
    ticks.nth(1).check()

    expect(view.locator("#support-compare thead th")).to_have_count(3)
    assert fits(page)


def test_a_cost_becomes_a_plan_of_who_pays_what(place: Place) -> None:
    page, view = support(place, phone=True)

    page.select_option("[name=solution]", "sol-ai-vision")
    page.fill("[name=cost]", "1억")
    page.click("form.plan-for button")
    expect(view.locator("#support-plan .total").first).to_contain_text("1억 원")
    page.fill("[name=cost]", "많이")
    page.click("form.plan-for button")

    expect(view.locator(".hint")).to_contain_text("사업비 '많이'을(를) 읽지 못했습니다")
    assert fits(page)


def test_the_windows_are_taken_into_a_calendar(place: Place) -> None:
    page, view = support(place)

    with page.expect_download() as taken:
        view.locator(".take").click()

    assert taken.value.suggested_filename == "support-windows.ics"
    assert Path(taken.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")
