"""The page before a scripted Advisor, in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from advisor.cli.web import create_app
from advisor.config import Settings
from tests.browsing import KeptProfile, chromium, new_profile
from tests.serving import served
from tests.ui.scripted_advisor import ScriptedAdvisor, ScriptedOpening


@dataclass
class Site:
    """A served page with the Advisor behind it."""

    address: str
    advisor: ScriptedAdvisor
    opening: ScriptedOpening


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Not for the whole session: Playwright keeps an event loop in the main thread meanwhile.
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def served_page() -> Iterator[tuple[str, ScriptedOpening]]:
    opening = ScriptedOpening()
    with served(create_app(Settings(), opening, lambda: None)) as address:
        yield address, opening


@pytest.fixture
def site(served_page: tuple[str, ScriptedOpening]) -> Site:
    """One server for all tests, an Advisor of its own for each."""
    address, opening = served_page
    opening.advisor, opening.problem, opening.retries = ScriptedAdvisor(), None, 0
    return Site(address, opening.advisor, opening)


@pytest.fixture(scope="module")
def profiles() -> dict[bool, list[KeptProfile]]:
    """The browser profiles that no test uses now, by whether they are a phone's."""
    return {False: [], True: []}


@pytest.fixture
def visit(
    browser: Browser, site: Site, profiles: dict[bool, list[KeptProfile]]
) -> Iterator[Callable[..., Page]]:
    """Open the page, each time as another person would: in an empty profile."""
    used: list[tuple[bool, KeptProfile]] = []

    def visit(*, path: str = "/", phone: bool = False, wait: str = ".hello") -> Page:
        idle = profiles[phone]
        one = idle.pop() if idle else KeptProfile(new_profile(browser, phone=phone), site.address)
        used.append((phone, one))
        page = one.context.new_page()
        page.goto(site.address + path)
        page.wait_for_selector(wait)
        return page

    yield visit
    for phone, one in used:
        one.shut()
        one.context.clear_cookies()
        one.context.clear_permissions()
        profiles[phone].append(one)
