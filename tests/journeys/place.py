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
from tests.browsing import PATIENCE_MS, KeptProfile, new_profile
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
        if not self._hold.wait(120):
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
    kept: dict[tuple[str, bool], KeptProfile] = field(default_factory=dict)
    lent: list[BrowserContext] = field(default_factory=list)

    @property
    def advisor(self) -> Advisor:
        """The Advisor, once it is there."""
        until(lambda: self.opening.inner.advisor is not None)
        assert self.opening.inner.advisor is not None
        return self.opening.inner.advisor

    @property
    def hold(self) -> threading.Event:
        """Clear it and answers wait; set it and they come."""
        return self.opening.hold

    def context(self, role: str = "", *, phone: bool = False, **options: Any) -> BrowserContext:
        """Return a new browser profile for one journey, signed in where a role is named."""
        made = self._profile(role, phone=phone, **options)
        self.lent.append(made)
        return made

    def _profile(self, role: str, *, phone: bool, **options: Any) -> BrowserContext:
        made = new_profile(self.browser, phone=phone, **options)
        if role:
            account = self.office.people.by_login(role)
            token = self.office.sign_in.begin(account, way="test")
            made.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": self.address}])
        return made

    def tab(self, role: str = "", *, phone: bool = False, path: str = "/", wait: str = "") -> Page:
        """Open a page in a new tab of the role's browser."""
        key = (role, phone)
        if key not in self.kept:
            self.kept[key] = KeptProfile(self._profile(role, phone=phone), self.address)
        page = self.kept[key].context.new_page()
        page.goto(self.address + path)
        if wait or "#" not in path:
            page.wait_for_selector(wait or ".hello")
        return page

    def shut(self) -> None:
        """Close the tabs and the own profiles of a journey; people forget the language they chose."""
        self.hold.set()
        while self.lent:
            self.lent.pop().close()
        for one in self.kept.values():
            one.shut()


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
        for one in place.kept.values():
            one.context.close()
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
