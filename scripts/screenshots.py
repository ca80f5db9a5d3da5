"""Takes the pictures of docs/images anew: every view, real data, at the desk and on the phone."""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor.config import Settings  # noqa: E402  found by the line above
from advisor.corpus.load import load_corpus  # noqa: E402
from advisor.indexing.build import ensure_index  # noqa: E402
from tests.browsing import chromium  # noqa: E402
from tests.journeys.place import Place, ask, go, installation  # noqa: E402

IMAGES = ROOT / "docs" / "images"
TALK = (
    "안산에서 직원 30명 금속가공 공장을 하는데 불량 검사를 자동화하고 싶어요. 받을 수 있는 지원금 있나요?",
    "비전 검사를 먼저 해 본 공장 사례도 알려 주세요",
)
UNANSWERED = ("도금액 재생 장치 보조금이 있나요?", "도금 폐액 처리 비용도 지원되나요?")
NOTICE = (
    "# 2026년 구름시 도금 집진기 교체 지원사업 공고\n\n## 지원 내용\n"
    "구름시 도금 집진기 교체 지원사업은 기업당 최대 3,700만 원을 지원합니다.\n\n"
    "## 신청 기간\n2026. 12. 1.부터 2026. 12. 18.까지\n"
)
QUICK = ("STR1", "DAT1", "EQP1", "SYS1", "PRC1", "PPL1", "AIX1", "FIN1")
MAX_BYTES = 100_000


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        home = Path(folder) / "home"
        ensure_index(Settings(home=home, llm_base_url=""), load_corpus(ROOT / "corpus")).close()
        with installation(home, browser, Path(folder) / "served", llm_base_url="") as place:
            _fill(place, Path(folder))
            for phone in (False, True):
                _owner(place, phone=phone)
                _staff(place, phone=phone)
                _door(place, phone=phone)
                place.shut()


def _fill(place: Place, folder: Path) -> None:
    """Bring in what the staff's views show: a document, clients, questions without an answer."""
    page = place.tab("curator", path="/#documents", wait=".drop")
    notice = folder / "구름시 집진기 공고.md"
    notice.write_text(NOTICE, encoding="utf-8")
    page.set_input_files("#documents-files", str(notice))
    page.wait_for_selector("#documents .is-added")
    api = place.context("consultant").request
    for name in ("가람정밀", "다온금속", "마루사출"):
        made = api.post(
            f"{place.address}/api/v1/clients", data={"name": name, "contact": ""},
            headers={"origin": place.address},
        )  # fmt: skip
        if not made.ok:
            sys.exit(f"no client was made: {made.status} {made.text()}")
    for number, question in enumerate(UNANSWERED):
        page = place.tab()
        ask(page, question)
        page.get_by_role("button", name="아쉽습니다").click()
        page.wait_for_selector(".thanks", state="attached")
        page.close()
        print(f"question {number + 1} asked")


def _owner(place: Place, *, phone: bool) -> None:
    page = place.tab(phone=phone)
    _take(page, "start", phone=phone)
    for number, question in enumerate(TALK):
        ask(page, question, number)
    if not phone:
        page.locator("#turn-1 .cite").first.click()
    _take(page, "chat", phone=phone)
    if phone:
        page.locator("#turn-1 .cite").first.click()
        _take(page, "sources", phone=True)
        page.locator(".source.lit .back").click()
    go(page, "support")
    page.wait_for_selector("#support .program")
    _take(page, "support", phone=phone)
    go(page, "mine")
    page.wait_for_selector("#mine .link-block")
    _take(page, "mine", phone=phone)
    go(page, "about")
    _take(page, "about", phone=phone)
    go(page, "diagnosis")
    page.click("[data-sheet=begin][data-mode=quick]")
    page.wait_for_selector("#item-STR1")
    _take(page, "diagnosis", phone=phone)
    for number, item in enumerate(QUICK, 1):
        page.click(f"#item-{item} label.level >> nth={1 + number % 2}")
        page.wait_for_selector(f"#progress :text('{number}문항 답함')")
    page.click("#progress [data-sheet=result]")
    page.wait_for_selector(".readiness.result")
    _take(page, "result", phone=phone)


def _staff(place: Place, *, phone: bool) -> None:
    for view, role, ready in (
        ("helpdesk", "helpdesk", "#helpdesk h3"),
        ("clients", "consultant", "#clients :text('가람정밀')"),
        ("documents", "curator", "#documents .document"),
        ("review", "curator", "#review [data-key=make]"),
        ("admin", "administrator", "#admin h3"),
    ):
        page = place.tab(role, phone=phone, path=f"/#{view}", wait=f"#view-{view}.current")
        page.wait_for_selector(ready)
        _take(page, view, phone=phone)


def _door(place: Place, *, phone: bool) -> None:
    page = place.tab(phone=phone)
    page.goto(f"{place.address}/sign-in")
    _take(page, "sign-in", phone=phone)


def _take(page: Page, name: str, *, phone: bool) -> None:
    page.evaluate("document.activeElement.blur()")
    _at_rest(page)
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    path = IMAGES / f"{name}{'-phone' if phone else ''}.webp"
    picture.save(path, quality=50, method=6)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size // 1024} KB")
    if size > MAX_BYTES:
        sys.exit(f"{path.name} is larger than {MAX_BYTES} bytes")


def _at_rest(page: Page) -> None:
    """Wait until nothing scrolls or loads: two looks, some frames apart, that are the same."""
    look: Callable[[], bytes] = page.screenshot
    before = look()
    for _ in range(20):
        page.wait_for_timeout(150)
        now = look()
        if now == before:
            return
        before = now


if __name__ == "__main__":
    main()
