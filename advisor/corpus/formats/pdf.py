"""PDF to pages: the gate, the encryption and what the file says of itself. Child only.

The door to pypdf, which survives hostile structure best. Words come from pypdfium2 (947 of 1,000
right on Korean notices against 903 of pypdf, at 3 ms a page), by place from pdfplumber where the
stored order is not that of reading.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.corpus.formats.ocr import recognise
from advisor.corpus.formats.pdf_layout import Pages, Piece, blocks_of
from advisor.corpus.formats.pdf_lines import Joiner, edge_form, edges, without_edges
from advisor.corpus.formats.reading import Heading, PageRead, Reading
from advisor.corpus.formats.refusals import Refusal, RefusedError, Remark

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 2_000
_MOST_NODES = 4_000
_DEEPEST_TREE = 200
MOST_CONTENT_BYTES = 20 * 1024**2
# A page with fewer letters is a picture of a page, or empty.
_LETTERS_OF_A_PAGE = 20
_SUSPECT_SHARE = 0.01
# These store digits and Hangul apart, so that stream order is not reading order.
_BY_PLACE = ("Print To PDF", "Quartz")


def read(path: Path) -> Reading:
    """Read a PDF; pages without letters are recognised by Tesseract where it is installed."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError, PdfReadError

    try:
        reader = PdfReader(path)
        _unlock(reader)
        count = _check(reader)
        metadata = _metadata(reader)
        outline = tuple(_outline(reader))
        attachments = tuple(str(name) for name in reader.attachments)
    except NotImplementedError as error:
        # pypdf knows Adobe's own handler; others are those of document security products.
        raise RefusedError(Refusal.DRM, str(error)) from error
    except LimitReachedError as error:
        raise RefusedError(Refusal.TOO_HARD, str(error)) from error
    except PdfReadError as error:
        raise RefusedError(Refusal.BROKEN, str(error)) from error
    by_place = any(mark in metadata.get("producer", "") for mark in _BY_PLACE)
    pages = Pages(path, by_place=by_place)
    raw = [pages.pieces(index) for index in range(count)]
    return _reading(path, pages, raw, reader, metadata, outline, attachments)


def _reading(
    path: Path,
    pages: Pages,
    raw: list[list[Piece]],
    reader: "PdfReader",
    metadata: dict[str, str],
    outline: tuple[Heading, ...],
    attachments: tuple[str, ...],
) -> Reading:
    running = [[line for piece in page for line in piece.lines] for page in raw]
    repeated = edges(running) if len(raw) > 1 else frozenset()
    joiner = Joiner.of([line for lines in running for line in lines])
    dropped = [line for lines in running for line in lines if edge_form(line) in repeated]
    labels = _labels(reader)
    remarks = []
    found = []
    letters = 0
    for index, pieces in enumerate(raw):
        kept = _without_edges(pieces, repeated)
        is_picture = _letters(kept) < _LETTERS_OF_A_PAGE and pages.has_picture(index)
        words = recognise(path, index) if is_picture else None
        if words:
            kept = [Piece(lines=tuple(words))]
            remarks.append(Remark.RECOGNISED.value)
        letters += _letters(kept)
        blocks = tuple(blocks_of(kept, joiner))
        name = labels[index] if index < len(labels) else ""
        name = "" if name == str(index + 1) else name
        scanned = is_picture and not words
        found.append(PageRead(index + 1, blocks, name=name, scanned=scanned))
    if not any(page.blocks for page in found) or (
        letters < _LETTERS_OF_A_PAGE and any(page.scanned for page in found)
    ):
        raise RefusedError(
            Refusal.SCANNED if any(page.scanned for page in found) else Refusal.EMPTY, "no letters"
        )
    if pages.was_hurried:
        remarks.append(Remark.HURRIED.value)
    if _suspect(raw) > _SUSPECT_SHARE * max(letters, 1):
        remarks.append(Remark.SUSPECT.value)
    return Reading(
        pages=tuple(found),
        title=metadata.pop("title", None),
        headers=tuple(
            dict.fromkeys(line.strip() for line in dropped if any(map(str.isalpha, line)))
        ),
        attachments=attachments,
        remarks=tuple(dict.fromkeys(remarks)),
        outline=outline,
        metadata=metadata,
    )


def _unlock(reader: "PdfReader") -> None:
    encryption: Any = reader.trailer.get("/Encrypt")
    if encryption is None:
        return
    if encryption.get_object().get("/Filter") != "/Standard":
        raise RefusedError(Refusal.DRM, "security handler")
    # An owner's password only forbids printing or copying; the user's password is empty then.
    try:
        is_open = bool(reader.decrypt(""))
    except Exception as error:
        raise RefusedError(Refusal.PASSWORD, f"decrypt: {error!r}") from error
    if not is_open:
        raise RefusedError(Refusal.PASSWORD, "user password")


def _check(reader: "PdfReader") -> int:
    """Return the number of pages, after a look at the tree and the length of each page's content.

    Raises:
        RefusedError: More than 2,000 pages, a page of more than 20 MB, or a tree without an end.
    """
    count = 0
    root: Any = reader.trailer["/Root"].get_object()
    for page in _walk(root["/Pages"]):
        count += 1
        if count > MOST_PAGES:
            raise RefusedError(Refusal.TOO_HARD, f"more than {MOST_PAGES} pages")
        contents = page.get("/Contents")
        contents = contents.get_object() if contents is not None else None
        parts = contents if isinstance(contents, list) else [contents]
        size = 0
        for part in parts:
            stream = part.get_object() if part is not None else None
            if stream is not None and hasattr(stream, "get_data"):
                size += len(stream.get_data())
            if size > MOST_CONTENT_BYTES:
                raise RefusedError(Refusal.TOO_HARD, "page content")
    if not count:
        raise RefusedError(Refusal.BROKEN, "no pages")
    return count


def _walk(root: Any) -> Iterator[Any]:
    stack = [(root, 0)]
    seen: set[tuple[int, int]] = set()
    nodes = 0
    while stack:
        reference, depth = stack.pop()
        nodes += 1
        if nodes > _MOST_NODES or depth > _DEEPEST_TREE:
            raise RefusedError(Refusal.TOO_HARD, "page tree")
        node = reference.get_object()
        kids = node.get("/Kids") if node is not None else None
        if kids is None:
            if node is not None:
                yield node
            continue
        key = (getattr(reference, "idnum", id(node)), depth and -1)
        if key in seen:
            continue
        seen.add(key)
        stack.extend((kid, depth + 1) for kid in reversed(kids.get_object()[: _MOST_NODES + 1]))


def _metadata(reader: "PdfReader") -> dict[str, str]:
    found = {}
    for name, key in (("title", "/Title"), ("author", "/Author"), ("producer", "/Producer")):
        value = reader.metadata.get(key) if reader.metadata else None
        if value is not None:
            found[name] = str(value)[:500]
    return found


def _outline(reader: "PdfReader") -> Iterator[Heading]:
    """Yield the bookmarks as headings; a bookmark that leads nowhere is left out."""
    stack: list[tuple[Any, int]] = [(one, 1) for one in reversed(reader.outline)]
    while stack:
        entry, level = stack.pop()
        if isinstance(entry, list):
            stack.extend((one, level + 1) for one in reversed(entry))
            continue
        page = None
        with contextlib.suppress(Exception):
            page = reader.get_destination_page_number(entry)
        if page is not None and page >= 0 and entry.title:
            yield Heading(str(entry.title), min(level, 9), int(page) + 1)


def _labels(reader: "PdfReader") -> list[str]:
    with contextlib.suppress(Exception):
        return [str(label) for label in reader.page_labels]
    return []


def _without_edges(pieces: list[Piece], repeated: frozenset[str]) -> list[Piece]:
    """Return the pieces of a page without its number and its repeated lines.

    A page that begins or ends with a table has none there.
    """
    kept = list(pieces)
    if kept and all(not piece.table for piece in kept):
        lines = [line for piece in kept for line in piece.lines]
        return [Piece(lines=tuple(without_edges(lines, repeated)))]
    for at in (0, -1):
        if kept and not kept[at].table:
            kept[at] = Piece(lines=tuple(without_edges(kept[at].lines, repeated)))
    return [piece for piece in kept if piece.lines or piece.table]


def _letters(pieces: list[Piece]) -> int:
    return sum(char.isalpha() for text in _texts(pieces) for char in text)


def _suspect(pages: list[list[Piece]]) -> int:
    return sum(
        char == "\ufffd" or "\ue000" <= char <= "\uf8ff"
        for page in pages
        for text in _texts(page)
        for char in text
    )


def _texts(pieces: list[Piece]) -> Iterator[str]:
    for piece in pieces:
        yield from piece.lines
        for _, lines in piece.table:
            yield from lines
