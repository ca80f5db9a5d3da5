"""Letters of a page that is a picture, by Debian's Tesseract where it is installed. Child only."""

import io
import shutil
import subprocess
import time
from pathlib import Path

# 300 dots an inch is what Tesseract's models were made for.
_SCALE = 300 / 72
_MOST_PIXELS = 40_000_000
# Of the 60 s that the process has, for all pages; those left over are told as unread.
_ALL_PAGES_S = 40.0
_STARTED = time.monotonic()
_LANGUAGES = Path("/usr/share/tesseract-ocr")


def is_installed() -> bool:
    """Tell whether Tesseract and its Korean data are there."""
    return bool(shutil.which("tesseract")) and any(_LANGUAGES.glob("*/tessdata/kor.traineddata"))


def recognise(path: Path, index: int) -> list[str] | None:
    """Return the lines of a page, counted from 0; None where nothing was recognised."""
    left = _ALL_PAGES_S - (time.monotonic() - _STARTED)
    if left < 1 or not is_installed():
        return None
    import pypdfium2

    with pypdfium2.PdfDocument(str(path)) as document:
        page = document[index]
        width, height = page.get_size()
        scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        picture = io.BytesIO()
        page.render(scale=scale, grayscale=True).to_pil().save(picture, format="PNG")
    # Korean data alone: it knows Latin letters too, and with English beside it dates came out wrong.
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "kor", "--psm", "4"],
            input=picture.getvalue(),
            capture_output=True,
            timeout=left,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    lines = [line for line in done.stdout.decode("utf-8", "replace").split("\n") if line.strip()]
    return lines if done.returncode == 0 and lines else None
