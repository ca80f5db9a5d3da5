"""A file on disk to a Document, whatever its name says it is."""

import hashlib
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from advisor.corpus.compose import compose
from advisor.corpus.formats.kinds import Format
from advisor.corpus.formats.reading import Reading
from advisor.corpus.formats.refusals import REMARKS, Refusal, Remark
from advisor.corpus.formats.sandbox import TIMEOUT_S, check_size, read_file, refused
from advisor.corpus.slug import slug_of
from advisor.corpus.title import notice_title, stated_title
from advisor.domain.passages import Document

# These say what they are called in a heading or in a name alone, not in the first line of a text.
_NO_FIRST_LINE = frozenset({Format.CSV, Format.EXCEL, Format.XLS, Format.TEXT, Format.HTML})


def document_id(path: Path) -> str:
    """Return the id of the document at a path: what is ASCII in its name, and a digest of the path.

    The same path keeps its id when the file changes. Hangul names differ in form between systems,
    so they are compared in NFC and do not stand in the id themselves.

    >>> document_id(Path("/data/Notice 2026 공고.pdf"))
    'notice-2026-1738bed8'
    """
    whole = unicodedata.normalize("NFC", str(path.resolve()))
    digest = hashlib.sha256(whole.encode("utf-8", errors="surrogateescape")).hexdigest()[:8]
    return f"{slug_of(path.stem)}-{digest}"


def file_digest(path: Path) -> str:
    """Return the sha256 of a file's bytes.

    Raises:
        BadInputError: The file is missing, unreadable or too large.
    """
    check_size(path)
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise refused(Refusal.MISSING, str(error)) from error


def read_document(
    path: Path,
    *,
    name: str | None = None,
    identity: str | None = None,
    timeout_s: float = TIMEOUT_S,
) -> Document:
    """Read a file by what it is, not by its name, in a child process with limits.

    Args:
        path: The file.
        name: What its owner calls it, where the path does not say (an upload).
        identity: Id of the document, where the path does not make it.
        timeout_s: Seconds after which it is given up.

    Raises:
        BadInputError: It cannot be read; the message says why and what to do instead.
    """
    digest = file_digest(path)
    read = read_file(path, timeout_s=timeout_s)
    reading = read.reading
    composed = compose(reading)
    texts = [page.text for page in composed.pages]
    if not any(char.isalnum() for text in texts for char in text):
        raise refused(Refusal.EMPTY, f"format={read.format.name} no letters")
    top = [one.title for one in composed.sections if one.level == 0]
    # What a person wrote as the title of a page counts; what a program wrote has to look like one.
    is_written = read.format in {Format.TEXT, Format.HTML}
    title = reading.title if is_written else stated_title(reading.title)
    title = title or next(iter(top), None)
    if title is None and read.format not in _NO_FIRST_LINE:
        title = notice_title(texts)
    return Document(
        id=identity or document_id(path),
        title=title or unicodedata.normalize("NFKC", Path(name or path.name).stem),
        path=name or str(path),
        media_type=read.format.value,
        digest=digest,
        pages=composed.pages,
        sections=composed.sections,
        unread=tuple(page.number for page in reading.pages if page.scanned and page.number),
        tables=composed.tables,
        remarks=tuple(REMARKS[Remark(one)] for one in reading.remarks),
        metadata=_metadata(reading),
    )


def _metadata(reading: Reading) -> Mapping[str, str | tuple[str, ...]]:
    lists = {
        "headers": reading.headers,
        "footers": reading.footers,
        "attachments": reading.attachments,
        "hidden_sheets": tuple(page.name for page in reading.pages if page.hidden),
    }
    return {**(reading.metadata or {}), **{name: found for name, found in lists.items() if found}}
