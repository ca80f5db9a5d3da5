"""The main task of each view by keys alone: the focus is always seen and never lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.filled import Filled
from tests.journeys.place import WORRY, Place

MOST_STEPS = 150
# Where the focus is, whether one sees it, and whether the element that has it is on the screen.
LOOK = """(wanted) => {
  const one = document.activeElement;
  if (!one || one === document.body) return 'lost';
  const rings = (part) => { const s = getComputedStyle(part); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1; };
  const shows = rings(one) || one.closest('.box:focus-within, .source.lit, .view')
    || [...one.closest('label')?.querySelectorAll('*') || []].some(rings) || (one.closest('label') && rings(one.closest('label')));
  const box = one.getBoundingClientRect();
  if (!shows) return `no ring: ${one.outerHTML.slice(0, 160)}`;
  if (box.bottom < 0 || box.top > innerHeight) return `out of sight: ${one.outerHTML.slice(0, 160)}`;
  return one.matches(wanted) ? 'there' : '';
}"""


def tab_to(page: Page, wanted: str, *, back: bool = False) -> None:
    """Press Tab until the focus is on what is wanted; past the last control it begins anew once."""
    beginnings = 0
    for _ in range(MOST_STEPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        found = page.evaluate(LOOK, wanted)
        if found == "there":
            return
        assert found in {"", "lost"}, found
        beginnings += found == "lost"
        assert beginnings <= 1, "the focus is lost"
    raise AssertionError(f"Tab never comes to {wanted}")


def enter(page: Page, wanted: str, *, back: bool = False) -> None:
    tab_to(page, wanted, back=back)
    page.keyboard.press("Enter")


def held(page: Page, place: str) -> None:
    """The focus is within a part of the page, also after that was drawn anew."""
    page.wait_for_function("(place) => document.activeElement.closest(place)", arg=place)


def test_an_owner_asks_checks_sources_and_corrects(full_place: Place) -> None:
    page = full_place.tab()
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    tab_to(page, "#question")
    page.keyboard.type(WORRY)
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn-0 .cite")

    enter(page, "#turn-0 .cite", back=True)
    held(page, ".source.lit")
    enter(page, ".source.lit .back")
    held(page, "#turn-0 .cite")
    enter(page, "[data-act=rate]")
    expect(page.locator("[data-act=rate]").first).to_have_attribute("aria-pressed", "true")
    held(page, "[data-act=rate]")
    enter(page, "#tabs [data-panel=company]")
    enter(page, "#company .edit summary")
    tab_to(page, "#company .edit[open] [name=value]")
    enter(page, "#company .edit[open] .small")
    held(page, "#company")


def test_an_owner_goes_through_the_readiness_check(full_place: Place) -> None:
    page = full_place.tab()
    enter(page, "nav [data-view=diagnosis]")
    enter(page, "[data-sheet=begin][data-mode=quick]")
    page.wait_for_selector("#item-STR1")
    held(page, "#view-diagnosis")
    tab_to(page, "#item-STR1 input[type=radio]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#progress")).to_contain_text("1문항 답함")
    enter(page, "#progress [data-sheet=result]", back=True)
    page.wait_for_selector(".readiness.result")
    held(page, "#view-diagnosis")
    enter(page, "[data-folds]")


def test_an_owner_saves_a_program_and_shares_the_talk(full_place: Place, filled: Filled) -> None:
    page = full_place.tab(path=f"/#support={filled.talk}", wait="#support .program")
    tab_to(page, "#support .program [data-keep]")
    saved = page.evaluate("document.activeElement.dataset.keep")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#support .program [data-drop='{saved}']")
    held(page, f"#support .program [data-drop='{saved}']")
    enter(page, "#support .program summary")
    enter(page, "nav [data-view=mine]", back=True)
    page.wait_for_selector("#mine .link-block")
    enter(page, "[data-mine=keep]")
    expect(page.locator("[data-mine=keep]")).to_have_attribute("aria-pressed", "true")
    tab_to(page, ".share-form input")
    page.keyboard.type("이서연")
    page.keyboard.press("Enter")
    expect(page.locator(".share-code output")).to_be_visible()
    held(page, "#shares")


@pytest.mark.parametrize(
    ("role", "view", "opened"),
    [
        ("helpdesk", "helpdesk", "topic-"), ("consultant", "clients", "client-"),
        ("administrator", "admin", ""),
    ],
)  # fmt: skip
def test_a_colleague_walks_the_tabs_and_opens_a_piece_of_work(
    full_place: Place, role: str, view: str, opened: str
) -> None:
    page = full_place.tab(role, path=f"/#{view}", wait=f"#{view} h2")
    work = f"#{view} [data-key^='{opened}']" if opened else ""
    if view == "clients":
        expect(page.locator(work).first).to_be_visible()
        enter(page, work)
    walk_tabs(page, view, stop_at={"helpdesk": "tab-queue"}.get(view, ""))
    if opened and view != "clients":
        expect(page.locator(work).first).to_be_visible()
        enter(page, work)
    if opened:
        expect(page.locator(f"#{view} [data-key=back]")).to_be_visible()
        held(page, f"#{view}")
        enter(page, f"#{view} [data-key=back]", back=True)
        expect(page.locator(work).first).to_be_visible()
        held(page, f"#{view}")


def walk_tabs(page: Page, view: str, *, stop_at: str = "") -> None:
    """Go by arrows through the tabs of a view, once round, or as far as one of them."""
    tabs = page.locator(f"#{view} [role=tab]")
    expect(tabs.first).to_be_visible()
    tab_to(page, f"#{view} [role=tab]")
    keys = tabs.evaluate_all("all => all.map((one) => one.dataset.key)")
    for key in [*keys[1:], keys[0]]:
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#{view} [data-key='{key}']")).to_have_attribute(
            "aria-selected", "true"
        )
        expect(page.locator(f"#{view} .state.loading")).to_have_count(0)
        held(page, f"#{view} [data-key='{key}']")
        if key == stop_at:
            return
