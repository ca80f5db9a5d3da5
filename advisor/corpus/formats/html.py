"""HTML to one page: what a reader of the page would read. Child only, the door to selectolax."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from advisor.corpus.formats.decode import REPLACED, as_text
from advisor.corpus.formats.dochan_blocks import DEEPEST_TABLE, header_rows
from advisor.corpus.formats.reading import Block, Cell, PageRead, Paragraph, Reading, Table
from advisor.corpus.formats.refusals import Refusal, RefusedError, Remark

_NOT_READ = [
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "nav", "head",
    "form select", "button",
]  # fmt: skip
_BLOCKS = frozenset([
    "p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "li",
    "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "address", "fieldset",
    "form", "hr", "body", "html", "tr", "td", "th", "tbody", "thead", "table", "caption", "h1",
    "h2", "h3", "h4", "h5", "h6",
])  # fmt: skip
_HEADING = re.compile(r"h[1-6]$")
_MOST_SPAN = 1_000
_DEEPEST = 5_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Void, or closed by what follows without saying so.
_NEVER_OPEN = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "option",
])  # fmt: skip


def read(path: Path) -> Reading:
    """Read an HTML page; scripts are never run, nothing is fetched."""
    text, encoding = as_text(path.read_bytes())
    if text is None:
        raise RefusedError(Refusal.UNKNOWN, "no text")
    if _depth(text) > _DEEPEST:
        raise RefusedError(Refusal.TOO_HARD, "open elements")
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    named = tree.css_first("title")
    title = _squeezed(named.text()) if named is not None else ""
    tree.strip_tags(_NOT_READ)
    blocks = tuple(_blocks(tree.body, 0)) if tree.body is not None else ()
    if not blocks:
        raise RefusedError(Refusal.EMPTY, "no text")
    headings = [one.text for one in blocks if isinstance(one, Paragraph) and one.level == 1]
    return Reading(
        pages=(PageRead(None, blocks),),
        title=title or next(iter(headings), None),
        remarks=(Remark.UNDECODED.value,) if REPLACED in text else (),
        metadata={"encoding": encoding},
    )


def _depth(text: str) -> int:
    """Return how many elements are open at once; the parser's time grows with its square."""
    depth = deepest = 0
    for found in _TAG.finditer(text):
        if found[2].lower() not in _NEVER_OPEN:
            depth = max(depth - 1, 0) if found[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _blocks(root: Any, depth: int) -> Iterator[Block]:
    """Yield paragraphs and tables below a node, without recursion but for tables."""
    words: list[str] = []
    level: int | None = None
    # A node is met twice: on the way down, and (True) when all below it is done.
    stack: list[tuple[Any, bool]] = [(child, False) for child in reversed(_children(root))]
    while stack:
        node, is_done = stack.pop()
        tag = node.tag
        if tag == "-text":
            words.append(node.text_content or "")
            continue
        if tag == "br":
            words.append("\n")
            continue
        is_block = tag in _BLOCKS
        if is_block:
            yield from _paragraph(words, level)
            words = []
            level = None
        if is_done:
            continue
        if tag == "table" and depth < DEEPEST_TABLE:
            yield from _table(node, depth)
            continue
        if _HEADING.match(tag):
            level = int(tag[1])
        if is_block:
            stack.append((node, True))
        stack.extend((child, False) for child in reversed(_children(node)))
    yield from _paragraph(words, level)


def _paragraph(words: list[str], level: int | None) -> Iterator[Paragraph]:
    # Line ends of the source are blanks; those of <br> were put in as their own piece.
    lines = "".join(word if word == "\n" else re.sub(r"\s+", " ", word) for word in words).split(
        "\n"
    )
    text = "\n".join(filter(None, map(_squeezed, lines)))
    if text:
        yield Paragraph(text, level=level)


def _table(node: Any, depth: int) -> Iterator[Block]:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    heads = 0
    for row, line in enumerate(_rows(node)):
        column = 0
        parts = [child for child in _children(line) if child.tag in {"td", "th"}]
        if parts and heads == row and all(part.tag == "th" for part in parts):
            heads += 1
        for part in parts:
            while (row, column) in taken:
                column += 1
            height, width = _span(part, "rowspan"), _span(part, "colspan")
            if height * width <= _MOST_SPAN:
                taken.update(
                    (row + down, column + right) for down in range(height) for right in range(width)
                )
            cells.append(Cell(row, column, height, width, tuple(_blocks(part, depth + 1))))
            column += width
    if any(cell.blocks for cell in cells):
        yield Table(tuple(cells), header_rows=heads or header_rows(tuple(cells)))


def _rows(table: Any) -> Iterator[Any]:
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (line for line in _children(child) if line.tag == "tr")


def _span(cell: Any, name: str) -> int:
    stated = str(cell.attributes.get(name) or "1").strip()
    return min(int(stated), _MOST_SPAN) if stated.isdecimal() and int(stated) > 0 else 1


def _children(node: Any) -> list[Any]:
    return list(node.iter(include_text=True))


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\xa0\r\f\v]+", " ", text).strip()
