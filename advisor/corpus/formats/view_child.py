"""The process that draws a page of a PDF, or says on which page of an HWP words would be printed.

`python -I -m advisor.corpus.formats.view_child MODE FILE …` is started by `advisor.corpus.view`;
it has the limits of the reader and writes JSON. The door to hwp-ingest.
"""

import base64
import html
import io
import json
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from advisor.corpus.formats.child import limit

_SCALE = 110 / 72
_MOST_PIXELS = 4_000_000
_LEAST_CHARS = 6
_LETTERS = re.compile(r"[\W_]+")
_SVG_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_SVG_TAG = re.compile(r"<[^>]+>")


def main(arguments: Sequence[str]) -> None:
    """Write `{png, boxes}` for `picture FILE PAGE QUOTE`, `{page}` for `place FILE QUOTE`."""
    limit()
    logging.disable(logging.CRITICAL)
    mode, file, *rest = arguments
    if mode == "picture":
        outcome = picture(Path(file), int(rest[0]), rest[1])
    else:
        outcome = {"page": place(Path(file).read_bytes(), rest[0])}
    sys.stdout.buffer.write(json.dumps(outcome).encode())
    sys.stdout.buffer.flush()
    os._exit(0)


def picture(path: Path, number: int, quote: str) -> dict[str, Any]:
    """Return a page, counted from 1, as PNG in base64, and where the words of the quote stand.

    Boxes are left, top, width and height as shares of the page, one for each printed line.
    """
    import pypdfium2

    page = pypdfium2.PdfDocument(str(path))[number - 1]
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    buffer = io.BytesIO()
    page.render(scale=scale).to_pil().save(buffer, format="PNG", optimize=True)
    # On a turned page the axes of words and picture differ: it is shown without boxes.
    boxes = [] if page.get_rotation() else list(_boxes(page, quote, width, height))
    return {"png": base64.b64encode(buffer.getvalue()).decode(), "boxes": boxes}


def _boxes(page: Any, quote: str, width: float, height: float) -> Iterator[list[float]]:
    plain = page.get_textpage()
    chars = [(at, char) for at, char in enumerate(plain.get_text_range()) if char.isalnum()]
    letters = "".join(char for _, char in chars)
    for line in re.split(r"[\n\t]", quote):
        wanted = _LETTERS.sub("", line)
        found = letters.find(wanted) if len(wanted) >= _LEAST_CHARS else -1
        if found < 0:
            continue
        first, last = chars[found][0], chars[found + len(wanted) - 1][0]
        for one in range(plain.count_rects(first, last - first + 1)):
            left, bottom, right, top = plain.get_rect(one)
            shares = (
                left / width, 1 - top / height, (right - left) / width, (top - bottom) / height,
            )  # fmt: skip
            yield [round(share, 4) for share in shares]


def place(data: bytes, quote: str) -> int | None:
    """Return the printed page, from 1, that holds the beginning of the quote; None where none does.

    These formats keep no pages; a second engine lays the document out anew, which hits the page of
    Hancom's own program 87 times in 100 and misses it by more than one twice.
    """
    import hwp_ingest

    wanted = next(
        (line for part in re.split(r"[\n\t]", quote) if len(line := _LETTERS.sub("", part)) >= 12),
        "",
    )
    if not wanted:
        return None
    pages = [
        _svg_letters(page.decode("utf-8", "replace")) for page in hwp_ingest.to_svg_pages(data)
    ]
    # A sentence may go on over the page: it stands where it begins.
    found = [number for number, letters in enumerate(pages, start=1) if wanted[:24] in letters]
    return found[0] if len(found) == 1 else None


def _svg_letters(svg: str) -> str:
    return _LETTERS.sub(
        "", "".join(html.unescape(_SVG_TAG.sub("", text)) for text in _SVG_TEXT.findall(svg))
    )


if __name__ == "__main__":
    main(sys.argv[1:])
