"""Takes the pictures of docs/images anew: every page, filled, at the desk and on the phone.

make screenshots
.venv/bin/python scripts/screenshots.py --only chat support     some of them
.venv/bin/python scripts/screenshots.py --home FOLDER           of a home that has an index already
"""

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor.config import Settings  # noqa: E402  found by the line above
from advisor.corpus.load import load_corpus  # noqa: E402
from advisor.indexing.build import ensure_index  # noqa: E402
from advisor.stores.accounts import OPERATOR_ID  # noqa: E402
from tests.browsing import PATIENCE_MS, chromium  # noqa: E402
from tests.journeys.filled import Filled, fill  # noqa: E402
from tests.journeys.place import Place, installation  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DESK, PHONE = "desk", "phone"
SET_UP = "set-up"
BOTH = (DESK, PHONE)
MAX_TOTAL_BYTES = 4_000_000
STAFF, CLIENTS = ".view.current .staff [role=tab]", "#clients [data-key^=client-]"
CLIENT = "가람정밀"
QUESTION = "AI 바우처는 얼마까지 지원하나요?"
# Nothing loads, moves or is about to be drawn.
AT_REST = """() => document.fonts.status === 'loaded'
  && [...document.querySelectorAll('iframe')].every((one) => one.contentDocument?.readyState === 'complete'
    && one.contentDocument.URL !== 'about:blank')
  && ![...document.querySelectorAll('.spinner, [aria-busy=true]')].some((one) => one.offsetParent)
  && document.getAnimations().every((one) => one.playState !== 'running')"""
Act = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who looks at which address, what has to stand there, what is done first.

    Attributes:
        address: What follows the server's address; `{talk}` and `{document}` are filled in.
        ready: Selector of what shows that the page has come.
        act: What is done before the picture.
    """

    name: str
    address: str
    ready: str
    role: str = ""
    act: Act = field(default=lambda _: None)
    devices: tuple[str, ...] = BOTH
    is_dark: bool = False
    is_english: bool = False


def press(*keys: str) -> Act:
    """Press controls of a staff view by their keys, one after the other; a key may be a beginning."""

    def act(page: Page) -> None:
        for key in keys:
            page.locator(f".view.current [data-key^='{key}']").first.click()
            page.wait_for_function(AT_REST)

    return act


def show(selector: str) -> Act:
    """Scroll to a part of the page, below the header."""

    def act(page: Page) -> None:
        page.wait_for_selector(selector)
        page.evaluate(
            "(name) => { const one = document.querySelector(name);"
            " const below = document.querySelector('#top').offsetHeight + 12;"
            " scrollBy(0, one.getBoundingClientRect().top - below); }",
            selector,
        )

    return act


def cite(page: Page) -> None:
    """Open the source of the last answer's first mark."""
    page.locator("#turn-1 .cite").first.click()
    page.wait_for_selector(".source.lit")


def ask_desk(page: Page) -> None:
    """Ask at the help desk and look at the answer with its wording."""
    page.fill("[data-key=question-desk]", QUESTION)
    page.press("[data-key=question-desk]", "Control+Enter")
    show("#helpdesk .pair")(page)


def begin_form(page: Page) -> None:
    """Begin the short readiness check of a new talk, and answer a question."""
    page.click("[data-sheet=begin][data-mode=quick]")
    page.click("#item-STR1 label.level >> nth=2")
    page.wait_for_selector("#progress :text('1문항 답함')")
    page.evaluate("scrollTo(0, 0)")


def open_client(tab: str = "") -> Act:
    """Open the client that has the most in it, at a tab of its page."""

    def act(page: Page) -> None:
        page.get_by_role("button", name=CLIENT, exact=True).click()
        press(f"tab-{tab}" if tab else "tab-overview")(page)

    return act


SHOTS = (
    Shot("start", "/", ".hello"),
    Shot("chat", "/#talk={talk}", "#turn-1 .words", act=cite, devices=(DESK,)),
    Shot("chat", "/#talk={talk}", "#turn-1 .words", act=show("#turn-1"), devices=(PHONE,)),
    Shot("sources", "/#talk={talk}", "#turn-1 .words", act=cite, devices=(PHONE,)),
    Shot("company", "/#talk={talk}", "#turn-1 .words",
         act=lambda page: page.locator("[data-panel=company]:visible").first.click()),
    Shot("chat-english", "/#talk={talk}", "#turn-1 .words", act=cite, devices=(DESK,), is_english=True),
    Shot("chat-dark", "/#talk={talk}", "#turn-1 .words", act=show("#turn-1"), is_dark=True),
    Shot("diagnosis", "/#diagnosis", "[data-sheet=begin]", act=begin_form),
    Shot("result", "/#diagnosis={talk}", ".readiness.result"),
    Shot("support", "/#support={talk}", "#support .program"),
    Shot("plan", "/#support={talk}", "#support .program", act=show("#support-plan")),
    Shot("mine", "/#mine={talk}", "#mine .link-block"),
    Shot("about", "/#about", "#view-about.current"),
    Shot("helpdesk", "/#helpdesk", STAFF, "helpdesk", act=ask_desk),
    Shot("helpdesk-queue", "/#helpdesk", STAFF, "helpdesk", act=press("tab-queue")),
    Shot("helpdesk-topic", "/#helpdesk", STAFF, "helpdesk", act=press("tab-queue", "topic-")),
    Shot("helpdesk-changes", "/#helpdesk", STAFF, "helpdesk", act=press("tab-changes")),
    Shot("clients", "/#clients", CLIENTS, "consultant"),
    Shot("client", "/#clients", CLIENTS, "consultant", act=open_client()),
    Shot("client-facts", "/#clients", CLIENTS, "consultant", act=open_client("facts")),
    Shot("client-readiness", "/#clients", CLIENTS, "consultant", act=open_client("readiness")),
    Shot("client-plan", "/#clients", CLIENTS, "consultant", act=open_client("plan")),
    Shot("client-visit", "/#clients", CLIENTS, "consultant", act=open_client("visit")),
    Shot("documents", "/#documents", "#documents .document", "curator"),
    Shot("review", "/#review", STAFF, "curator"),
    Shot("draft", "/#review", STAFF, "curator", act=press("draft-")),
    Shot("admin-sources", "/#admin", STAFF, "administrator", act=press("tab-sources")),
    Shot("admin-records", "/#admin", STAFF, "administrator", act=press("tab-corpus")),
    Shot("admin-people", "/#admin", STAFF, "administrator", act=press("tab-people")),
    Shot("admin-settings", "/#admin", STAFF, "administrator", act=press("tab-settings")),
    Shot("admin-audit", "/#admin", STAFF, "administrator", act=press("tab-audit")),
    Shot("admin-switch", "/#admin", STAFF, "administrator", act=press("tab-switch")),
    Shot("signals", "/#admin", STAFF, "administrator", act=press("tab-signals")),
    Shot("document", "/api/v1/documents/{document}/view", "main"),
    Shot("sign-in", "/sign-in", "#login"),
    Shot("new-password", "/new-password", "form"),
    Shot("account", "/account", "main", "consultant"),
    Shot(SET_UP, "/set-up", "form"),  # the last: there is no administrator from then on
)  # fmt: skip


@dataclass
class Browsers:
    """Browser profiles, each made once: what one page has loaded the next one has."""

    place: Place
    made: dict[tuple[str, str, bool, bool], BrowserContext] = field(default_factory=dict)

    def of(self, shot: Shot, device: str) -> BrowserContext:
        """Return the profile of who looks in this way."""
        key = (shot.role, device, shot.is_dark, shot.is_english)
        if key not in self.made:
            context = self.place.context(
                shot.role, phone=device == PHONE, reduced_motion="reduce",
                color_scheme="dark" if shot.is_dark else "light",
            )  # fmt: skip
            context.set_default_timeout(PATIENCE_MS)
            if shot.is_english:
                context.add_init_script("localStorage.setItem('advisor.language', 'en')")
            self.made[key] = context
        return self.made[key]


def main() -> None:
    """Take the pictures; ends with an error where they are too large together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="pictures to take")
    parser.add_argument("--home", type=Path, help="a home with an index, which is copied")
    asked = parser.parse_args()
    shots = [one for one in SHOTS if not asked.only or one.name in asked.only]
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        home = Path(folder) / "home"
        if asked.home:
            shutil.copytree(asked.home, home)
        ensure_index(Settings(home=home, llm_base_url=""), load_corpus(ROOT / "corpus")).close()
        filled = fill(home)
        with installation(home, browser, Path(folder) / "served", llm_base_url="") as place:
            browsers = Browsers(place)
            missed = [one for shot in shots for one in _take(browsers, filled, shot)]
    if not asked.only:
        _forget({file_name(one, device) for one in SHOTS for device in one.devices})
    total = sum(path.stat().st_size for path in IMAGES.iterdir())
    print(f"{total / 1e6:.1f} MB in {len(list(IMAGES.iterdir()))} pictures")
    if missed or total > MAX_TOTAL_BYTES:
        sys.exit(f"not taken: {', '.join(missed)}" if missed else "the pictures are too large")


def file_name(shot: Shot, device: str) -> str:
    """Return the name of a picture's file."""
    return f"{shot.name}{'-phone' if device == PHONE else ''}.webp"


def _take(browsers: Browsers, filled: Filled, shot: Shot) -> list[str]:
    """Take a picture for each device; return the names of those that did not come about."""
    missed, place = [], browsers.place
    if shot.name == SET_UP:
        account = place.office.people.by_login("administrator")
        place.office.people.store.set_roles(account.id, OPERATOR_ID, frozenset())
    for device in shot.devices:
        page = browsers.of(shot, device).new_page()
        page.goto(place.address + shot.address.format(talk=filled.talk, document=filled.document))
        try:
            page.wait_for_selector(shot.ready)
            page.wait_for_function(AT_REST)
            shot.act(page)
            page.wait_for_function(AT_REST)
            _keep(page, file_name(shot, device))
        except Error as error:  # the others are worth having; the run fails at its end
            print(f"{file_name(shot, device)}: {error}", file=sys.stderr)
            missed.append(file_name(shot, device))
        page.close()
    return missed


def _keep(page: Page, name: str) -> None:
    page.evaluate("document.activeElement.blur()")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    picture.save(IMAGES / name, quality=55, method=6)
    print(f"{name}  {(IMAGES / name).stat().st_size // 1024} KB", flush=True)


def _forget(names: set[str]) -> None:
    """Delete the pictures that no page has any more."""
    for path in IMAGES.iterdir():
        if path.name not in names:
            path.unlink()


if __name__ == "__main__":
    main()
