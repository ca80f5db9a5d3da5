"""Headless Chromium for tests that look at the page as people do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

# Without these Chromium asks its maker's hosts for this and that, in vain.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE_MS = 60_000  # on a busy machine; on two quiet cores nothing takes a tenth of it
DESKTOP = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium; where there is none the test is skipped, in CI it fails."""
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        # What CI does not see in a browser nobody has seen.
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def new_profile(browser: Browser, *, phone: bool = False, **options: Any) -> BrowserContext:
    """Return a browser profile of its own: the cookies and stores of one person at one device."""
    expect.set_options(timeout=PATIENCE_MS)
    made = browser.new_context(
        viewport=PHONE if phone else DESKTOP, locale="ko-KR", has_touch=phone, **options
    )
    made.set_default_timeout(PATIENCE_MS)
    return made


def open_page(browser: Browser, address: str, *, phone: bool = False, **options: Any) -> Page:
    """Open an address in a browser of its own, as another person would."""
    page = new_profile(browser, phone=phone, **options).new_page()
    page.goto(address)
    return page


class KeptProfile:
    """A profile that outlasts a test, so that the next opens the page in half the time.

    A first tab stays, on a picture of the same host: while it is there Chromium goes on using the
    process that has read and compiled the page's scripts. Each test has tabs of its own.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Open the tab that stays; `address` is the host's, without a slash at the end."""
        self.context = context
        self._stays = context.new_page()
        self._stays.goto(f"{address}/brand/icon.svg")

    def shut(self) -> None:
        """Close the tabs of a test and forget what they kept; cookies stay."""
        for page in self.context.pages:
            if page is not self._stays:
                page.close()
        self._stays.evaluate("localStorage.clear()")  # a tab's sessionStorage went with it
