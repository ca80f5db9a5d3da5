"""A file on disk to a Document, whatever its name says it is."""

import hashlib
import re
import unicodedata
from pathlib import Path

from advisor.corpus.formats import Format, decode, sniff
from advisor.corpus.markdown import read_markdown
from advisor.corpus.outline import markdown_headings, notice_headings
from advisor.corpus.pdf import read_pdf
from advisor.domain.passages import Document, Page, Section
from advisor.errors import BadInputError
from advisor.messages import UserMessage

LARGEST_BYTES = 50 * 1024**2

_TEXT_OR_PDF = "PDF나 Markdown·텍스트 파일로 저장해 올려 주세요."
MISSING = UserMessage(
    text="파일을 찾을 수 없거나 읽을 권한이 없습니다.",
    next_step="경로와 파일 권한을 확인한 뒤 다시 실행해 주세요.",
)
TOO_LARGE = UserMessage(
    text="파일이 50MB를 넘어 읽지 않았습니다.",
    next_step="필요한 부분만 따로 저장하거나 나누어 올려 주세요.",
)
EMPTY = UserMessage(
    text="내용이 비어 있는 파일입니다.", next_step="내용이 있는 파일인지 열어 확인해 주세요."
)
_REJECTED: dict[Format, UserMessage] = {
    Format.EMPTY: EMPTY,
    Format.HWP: UserMessage(text="한글(HWP) 문서는 아직 읽지 못합니다.", next_step=_TEXT_OR_PDF),
    Format.HWPX: UserMessage(text="한글(HWPX) 문서는 아직 읽지 못합니다.", next_step=_TEXT_OR_PDF),
    Format.WORD: UserMessage(text="Word(DOCX) 문서는 아직 읽지 못합니다.", next_step=_TEXT_OR_PDF),
    Format.EXCEL: UserMessage(
        text="Excel(XLSX) 파일은 아직 읽지 못합니다.", next_step=_TEXT_OR_PDF
    ),
    Format.POWERPOINT: UserMessage(
        text="PowerPoint(PPTX) 파일은 아직 읽지 못합니다.", next_step=_TEXT_OR_PDF
    ),
    Format.HTML: UserMessage(
        text="웹 페이지(HTML) 파일은 아직 읽지 못합니다.", next_step=_TEXT_OR_PDF
    ),
    Format.OLE: UserMessage(
        text="예전 형식이거나 암호가 걸린 Office 파일이라 읽지 못했습니다.", next_step=_TEXT_OR_PDF
    ),
    Format.PROTECTED: UserMessage(
        text="문서보안(DRM)이 걸린 파일이라 읽지 못했습니다.",
        next_step="보안을 해제한 사본을 올려 주세요.",
    ),
    Format.UNKNOWN: UserMessage(
        text="문서가 아니거나 알 수 없는 형식의 파일입니다.", next_step=_TEXT_OR_PDF
    ),
}


def document_id(path: Path) -> str:
    """Return the id of the document at a path: what is ASCII in its name, and a digest of the path.

    The same path keeps its id when the file changes. Hangul names differ in form between systems,
    so they are compared in NFC and do not stand in the id themselves.

    >>> document_id(Path("/data/Notice 2026 공고.pdf"))
    'notice-2026-1738bed8'
    """
    whole = unicodedata.normalize("NFC", str(path.resolve()))
    digest = hashlib.sha256(whole.encode("utf-8", errors="surrogateescape")).hexdigest()[:8]
    words = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40].strip("-")
    return f"{words or 'document'}-{digest}"


def file_digest(path: Path) -> str:
    """Return the sha256 of a file's bytes.

    Raises:
        BadInputError: The file is missing, unreadable or too large.
    """
    return hashlib.sha256(_bytes_of(path)).hexdigest()


def read_document(path: Path) -> Document:
    """Read a file by what it is, not by its name.

    Raises:
        BadInputError: It cannot be read; the message says why and what to do instead.
    """
    data = _bytes_of(path)
    found = sniff(data)
    if found in _REJECTED:
        raise BadInputError(_REJECTED[found], detail=f"format={found.name}")
    unread: tuple[int, ...] = ()
    if found is Format.PDF:
        pdf = read_pdf(path)
        title, unread = pdf.title, pdf.unread
        pages = tuple(Page(number, text) for number, text in enumerate(pdf.pages, start=1))
    else:
        title, text = read_markdown(decode(data) or "")
        if not text:
            raise BadInputError(EMPTY, detail="no text")
        pages = (Page(None, text),)
    return Document(
        id=document_id(path),
        title=title or unicodedata.normalize("NFKC", path.stem),
        path=str(path),
        media_type=found.value,
        digest=hashlib.sha256(data).hexdigest(),
        pages=pages,
        sections=_sections(pages, is_markdown=found is Format.TEXT),
        unread=unread,
    )


def _sections(pages: tuple[Page, ...], *, is_markdown: bool) -> tuple[Section, ...]:
    """Return the headings of all pages; a text file without `#` may be outlined like a notice."""
    found: list[Section] = []
    for index, page in enumerate(pages):
        headings = markdown_headings(page.text) if is_markdown else ()
        found += [
            Section(heading.title, heading.level, index, heading.start)
            for heading in headings or notice_headings(page.text)
        ]
    return tuple(found)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadInputError(TOO_LARGE, detail=f"bytes={path.stat().st_size}")
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(MISSING, detail=str(error)) from error
