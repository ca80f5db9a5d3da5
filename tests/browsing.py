"""Headless Chromium for tests that look at the page as people do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

# Without these Chromium asks its maker's hosts for this and that, in vain.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE_MS = 40_000  # on a busy machine; on two quiet cores nothing takes a tenth of it
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


def open_page(browser: Browser, address: str, *, phone: bool = False, **options: Any) -> Page:
    """Open an address in a browser of its own, as another person would."""
    context = browser.new_context(
        viewport=PHONE if phone else DESKTOP, locale="ko-KR", has_touch=phone, **options
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page.goto(address)
    return page
