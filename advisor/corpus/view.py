"""What a citation opens: a PDF page with the cited words boxed, or about which page of an HWP."""

import base64
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.corpus.formats.kinds import Format
from advisor.corpus.formats.sandbox import run_child

logger = logging.getLogger(__name__)

_TIMEOUT_S = 15.0
# Enough to find a passage; an argument of a process has an end.
_QUOTE_CHARS = 2_000
_HANCOM = frozenset({Format.HWP, Format.HWPX})


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG; `boxes` are left, top, width, height of the cited lines, shares of the page."""

    png: bytes
    boxes: tuple[tuple[float, float, float, float], ...]


def page_picture(copy: Path, number: int, quote: str = "") -> PagePicture | None:
    """Draw a page of a PDF, counted from 1, in a child process.

    Args:
        copy: The kept original.
        number: Page of the citation.
        quote: The wording of the page, `page.text[chunk.start:chunk.end]`.

    Returns:
        None where the page cannot be drawn; the text view remains.
    """
    found = _view("picture", copy, str(number), quote)
    if not found:
        return None
    boxes = tuple((one[0], one[1], one[2], one[3]) for one in found["boxes"])
    return PagePicture(base64.b64decode(found["png"]), boxes)


def about_page(copy: Path, media_type: str, quote: str) -> int | None:
    """Return about which page (약 N쪽) of an HWP or HWPX would print the words; None where unknown.

    Only a page that holds the words is named, and only if it is the only one.
    """
    if media_type not in _HANCOM:
        return None
    found = _view("place", copy, quote)
    page = found.get("page") if found else None
    return page if isinstance(page, int) else None


def _view(mode: str, copy: Path, *arguments: str) -> dict[str, Any]:
    *others, quote = arguments
    given = [mode, str(copy.resolve()), *others, quote.replace("\x00", "")[:_QUOTE_CHARS]]
    output, code = run_child("advisor.corpus.formats.view_child", given, _TIMEOUT_S)
    try:
        found: dict[str, Any] = json.loads(output)
    except ValueError:
        logger.info("page not shown mode=%s code=%d", mode, code)
        return {}
    return found
