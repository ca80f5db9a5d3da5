"""A whole installation for journeys: the real server and index, people of every role, browsers."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.assemble import Advisor, build_advisor
from advisor.cli.opening import BackgroundOpening
from advisor.cli.web import create_app
from advisor.config import Settings
from advisor.messages import UserMessage
from tests.accounts.people import a_person
from tests.browsing import DESKTOP, PATIENCE_MS, PHONE
from tests.serving import served

STAFF = ("consultant", "helpdesk", "curator", "administrator")
WORRY = "안산에서 직원 30명 금속가공을 합니다. 불량 검사를 자동화하고 싶어요."
VOUCHER = "AI 바우처는 얼마까지 지원하나요?"


class HeldAdvisor:
    """The real Advisor, whose answers wait while a journey holds them."""

    def __init__(self, advisor: Advisor, hold: threading.Event) -> None:
        self._advisor, self._hold = advisor, hold

    def __getattr__(self, name: str) -> Any:
        return getattr(self._advisor, name)

    def ask(self, text: str, **more: Any) -> Any:
        if not self._hold.wait(60):
            raise TimeoutError
        return self._advisor.ask(text, **more)


@dataclass
class Opening:
    """What the page asks for its Advisor."""

    inner: BackgroundOpening
    hold: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.hold.set()

    @property
    def advisor(self) -> Any:
        return HeldAdvisor(self.inner.advisor, self.hold) if self.inner.advisor else None

    @property
    def problem(self) -> UserMessage | None:
        return self.inner.problem

    def retry(self) -> None:
        self.inner.retry()


@dataclass
class Place:
    """A served installation. Browser profiles are kept between journeys, tabs are not.

    A profile stands for a person at a device; what a journey must not find of the one before
    (tabs, drafts, language) is left out, what only costs time (the browser's cache) is kept.
    """

    address: str
    opening: Opening
    office: Accounts
    browser: Browser
    kept: dict[tuple[str, bool], BrowserContext] = field(default_factory=dict)

    @property
    def advisor(self) -> Advisor:
        """The Advisor, once it is there."""
        assert self.opening.inner.advisor is not None
        return self.opening.inner.advisor

    @property
    def hold(self) -> threading.Event:
        """Clear it and answers wait; set it and they come."""
        return self.opening.hold

    def context(self, role: str = "", *, phone: bool = False, **options: Any) -> BrowserContext:
        """Return a new browser profile, signed in where a role is named."""
        made = self.browser.new_context(
            viewport=PHONE if phone else DESKTOP, locale="ko-KR", has_touch=phone, **options
        )
        made.set_default_timeout(PATIENCE_MS)
        if role:
            account = self.office.people.by_login(role)
            token = self.office.sign_in.begin(account, way="test")
            made.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": self.address}])
        return made

    def tab(self, role: str = "", *, phone: bool = False, path: str = "/", wait: str = "") -> Page:
        """Open a page in a new tab of the role's browser."""
        key = (role, phone)
        if key not in self.kept:
            self.kept[key] = self.context(role, phone=phone)
        page = self.kept[key].new_page()
        page.goto(self.address + path)
        if wait or "#" not in path:
            page.wait_for_selector(wait or ".hello")
        return page

    def shut(self) -> None:
        """Close the tabs of a journey; the people forget the language that they chose."""
        self.hold.set()
        for context in self.kept.values():
            for page in context.pages:
                if page.url.startswith(self.address):
                    page.evaluate("localStorage.clear()")
                page.close()


@contextmanager
def installation(home: Path, browser: Browser, target: Path, **settings: Any) -> Iterator[Place]:
    """Serve a copy of a home, with one person of each role whose login is the role's name.

    A home that has them (`filled.py`) keeps its own.
    """
    expect.set_options(timeout=PATIENCE_MS)
    shutil.copytree(home, target)
    configured = Settings(home=target, **settings)
    office = Accounts.open(configured, hasher=Hasher(memory_kib=64, passes=1))
    for role in STAFF:
        if office.people.store.by_login(role) is None:
            a_person(office, role, role)
    inner = BackgroundOpening(lambda: build_advisor(configured, serving=True))
    opening = Opening(inner)
    with served(create_app(configured, opening, lambda: inner.advisor, office)) as address:
        inner.begin()
        place = Place(address, opening, office, browser)
        yield place
        for context in place.kept.values():
            context.close()
    inner.close()


def until(is_so: Callable[[], bool]) -> None:
    """Wait for a state of the server."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not is_so():
        assert time.monotonic() < deadline, "it does not come about"
        time.sleep(0.05)


def ask(page: Page, text: str, turn: int = 0) -> None:
    """Send a question and wait until its answer stands there."""
    page.fill("#question", text)
    page.press("#question", "Enter")
    page.wait_for_selector(f"#turn-{turn} .answer .words")


def go(page: Page, view: str) -> None:
    """Turn to another view by the header's link."""
    page.click(f"nav [data-view={view}]")
    page.wait_for_selector(f"#view-{view}.current")


def fits(page: Page) -> bool:
    """Tell whether nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
