"""Weight and first paint of the page, by the browser's own timing: cold, warm, and on slow 4G.

.venv/bin/python -m benchmarks.page --runs 5 [--home HOME]      a home with an index, which is copied
"""

import argparse
import shutil
import statistics
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from advisor.assemble import build_advisor
from advisor.cli.opening import BackgroundOpening
from advisor.cli.web import create_app
from advisor.config import Settings
from tests.browsing import DESKTOP, PHONE, chromium
from tests.serving import served

# Lighthouse's "slow 4G" of phones: 1.6 Mbit/s, 150 ms, a processor a quarter as fast.
SLOW_4G = {
    "offline": False, "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8, "uploadThroughput": 750 * 1024 / 8,
}  # fmt: skip
SLOWER = 4
PAINTS = """() => new Promise((done) => {
  const got = {fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, lcp: 0};
  new PerformanceObserver((list) => { for (const one of list.getEntries()) got.lcp = one.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(got), 100));
})"""
OURS = ("/brand/", "/api/")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="loads of each kind")
    parser.add_argument("--home", type=Path, help="a home with an index; else one is made")
    asked = parser.parse_args()
    runs: int = asked.runs
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        settings = Settings(home=Path(folder) / "home", llm_base_url="")
        if asked.home:
            shutil.copytree(asked.home, settings.home)
        opening = BackgroundOpening(lambda: build_advisor(settings, serving=True))
        with served(create_app(settings, opening, lambda: opening.advisor)) as address:
            opening.begin()
            _open(browser, address)  # the server is warm, its Advisor is there
            weigh(browser, address)
            for name, phone, slow in (
                ("desktop", False, False), ("phone", True, False), ("phone, slow 4G", True, True),
            ):  # fmt: skip
                for again in (False, True):
                    kind = "second visit" if again else "first visit"
                    loads = [
                        timed(browser, address, phone=phone, slow=slow, again=again)
                        for _ in range(runs)
                    ]
                    print(f"{name}, {kind}: " + ", ".join(
                        f"{key} {statistics.median(one[key] for one in loads):.0f} ms"
                        for key in ("fcp", "lcp", "usable")
                    ))  # fmt: skip
        opening.close()


def weigh(browser: Browser, address: str) -> None:
    """Print bytes on the wire and requests of a first visit: by type, and whose they are."""
    page = browser.new_context(viewport=DESKTOP, locale="ko-KR").new_page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, tuple[str, str]] = {}
    sent: Counter[str] = Counter()
    number: Counter[str] = Counter()
    ours: Counter[str] = Counter()

    def begun(event: Any) -> None:
        kinds[event["requestId"]] = (event["type"], event["response"]["url"])

    def ended(event: Any) -> None:
        kind, url = kinds.get(event["requestId"], ("Other", ""))
        sent[kind] += int(event["encodedDataLength"])
        number[kind] += 1
        whose = "ours" if any(one in url for one in OURS) else "Gradio"
        whose = "document" if kind == "Document" else whose
        ours[whose] += int(event["encodedDataLength"])

    wire.on("Network.responseReceived", begun)
    wire.on("Network.loadingFinished", ended)
    page.goto(address)
    page.wait_for_selector(".hello")
    page.wait_for_load_state("load")
    for kind, size in sent.most_common():
        print(f"{kind}: {size / 1024:,.0f} KiB in {number[kind]} requests")
    print(f"all: {sum(sent.values()) / 1024:,.0f} KiB in {sum(number.values())} requests; "
          + ", ".join(f"{name} {size / 1024:,.0f} KiB" for name, size in ours.most_common()))  # fmt: skip
    page.context.close()


def timed(
    browser: Browser, address: str, *, phone: bool, slow: bool, again: bool
) -> dict[str, float]:
    """Load the page; return first and largest paint and when one can ask, in ms."""
    context = browser.new_context(viewport=PHONE if phone else DESKTOP, locale="ko-KR")
    page = context.new_page()
    page.set_default_timeout(180_000)
    if again:
        page.goto(address)
        page.wait_for_selector(".hello")
    wire = context.new_cdp_session(page)
    if slow:
        wire.send("Network.emulateNetworkConditions", SLOW_4G)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.wait_for_selector(".hello")
    usable = float(page.evaluate("performance.now()"))
    found: dict[str, float] = page.evaluate(PAINTS)
    context.close()
    return {**found, "usable": usable}


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_context().new_page()
    page.goto(address)
    page.wait_for_selector(".hello", timeout=300_000)
    page.context.close()
    return page


if __name__ == "__main__":
    main()
