"""Takes the pictures of docs/images anew: a real talk with the real Advisor."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor.assemble import build_advisor  # noqa: E402  found by the line above
from advisor.cli.opening import BackgroundOpening  # noqa: E402
from advisor.cli.web import create_app  # noqa: E402
from advisor.config import Settings  # noqa: E402
from tests.browsing import chromium, open_page  # noqa: E402
from tests.serving import served  # noqa: E402

IMAGES = ROOT / "docs" / "images"
TALK = (
    "안산에서 직원 30명 금속가공 공장을 하는데 불량 검사를 자동화하고 싶어요. 받을 수 있는 지원금 있나요?",
    "비전 검사를 먼저 해 본 공장 사례도 알려 주세요",
)
MAX_BYTES = 400_000


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        _page(Path(folder)) as address,
        chromium() as browser,
    ):
        _take(browser, address, IMAGES / "chat.png", phone=False)
        _take(browser, address, IMAGES / "chat-phone.png", phone=True)


@contextmanager
def _page(home: Path) -> Iterator[str]:
    settings = Settings(home=home, llm_base_url="")
    opening = BackgroundOpening(lambda: build_advisor(settings, serving=True))
    opening.begin()
    with served(create_app(settings, opening, lambda: opening.advisor)) as address:
        yield address
    opening.close()


def _take(browser: Browser, address: str, path: Path, *, phone: bool) -> None:
    page = open_page(browser, address, phone=phone)
    page.wait_for_selector(".hello", timeout=300_000)
    for number, question in enumerate(TALK):
        page.fill("#question", question)
        page.press("#question", "Enter")
        page.wait_for_selector(f"#turn-{number}")
    last = len(TALK) - 1
    if not phone:
        page.click(f"#turn-{last} .cite >> nth=0")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(2500)  # smooth scrolling and the glow of the card come to rest
    page.screenshot(path=path)
    page.context.close()
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size // 1024} KB")
    if size > MAX_BYTES:
        sys.exit(f"{path.name} is larger than {MAX_BYTES} bytes")


if __name__ == "__main__":
    main()
