"""DOCX to one page of text, its headings by style. Child only."""

import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from advisor.corpus.formats.dochan_blocks import read_with_dochan
from advisor.corpus.formats.gates import check_depth, check_zip
from advisor.corpus.formats.reading import Reading

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/styles.xml", "word/document.xml")
_TITLE_STYLES = {"title", "제목"}


def read(path: Path) -> Reading:
    """Read a DOCX file; Word lays out pages anew on every machine, so it has none here."""
    check_zip(path)
    titles = _titles(path)

    def level(paragraph: Any) -> int | None:
        if paragraph.text.strip() in titles:
            return 0
        return int(paragraph.heading_level) or None

    return read_with_dochan(path, level=level)


def _titles(path: Path) -> set[str]:
    """Return the paragraphs in the style of a title, which dochan counts as level 1."""
    # The gate has refused any DTD and any part over 64 MB: nothing can grow here.
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in _PARTS if name in archive.namelist()}
    check_depth(parts.get("word/document.xml", b""))
    try:
        styles, body = (ElementTree.fromstring(parts[name]) for name in _PARTS)
    except (KeyError, ElementTree.ParseError):
        return set()
    ids = {
        style.get(f"{_W}styleId")
        for style in styles.iter(f"{_W}style")
        for name in style.findall(f"{_W}name")
        if (name.get(f"{_W}val") or "").lower() in _TITLE_STYLES
    }
    found = set()
    for paragraph in body.iter(f"{_W}p"):
        used = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if used is not None and used.get(f"{_W}val") in ids:
            found.add("".join(text.text or "" for text in paragraph.iter(f"{_W}t")).strip())
    return found - {""}
