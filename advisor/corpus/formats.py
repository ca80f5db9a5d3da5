"""What a file is, told by its first bytes and never by its name; and its text, decoded (pure)."""

import re
import unicodedata
from enum import StrEnum


class Format(StrEnum):
    """Kinds of file that are told apart; `PDF` and `TEXT` can be read so far."""

    EMPTY = "empty"
    PDF = "application/pdf"
    TEXT = "text/markdown"
    HTML = "text/html"
    HWP = "application/x-hwp"
    HWPX = "application/hwp+zip"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    OLE = "application/x-ole-storage"
    PROTECTED = "application/x-drm"
    UNKNOWN = "application/octet-stream"


_HTML = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.I)
_SNIFFED = 4096
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})


def sniff(data: bytes) -> Format:
    """Return what the bytes of a file are.

    A wrong extension is common: of 446 announcements named .hwp, 52 were HWPX inside.
    """
    head = data[:_SNIFFED]
    if not data.strip(b"\x00 \t\r\n"):
        return Format.EMPTY
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"SCDSA00"):
        return Format.PROTECTED
    if head.startswith(b"HWP Document File"):
        return Format.HWP
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        # OLE stores its stream names in UTF-16.
        return Format.HWP if "FileHeader".encode("utf-16-le") in data else Format.OLE
    if head.startswith(b"PK"):
        return _zip_format(data)
    if decode(data) is None:
        return Format.UNKNOWN
    return Format.HTML if _HTML.match(head.lstrip(b"\xef\xbb\xbf")) else Format.TEXT


def _zip_format(data: bytes) -> Format:
    for mark, found in (
        (b"application/hwp+zip", Format.HWPX),
        (b"word/document", Format.WORD),
        (b"xl/workbook", Format.EXCEL),
        (b"ppt/presentation", Format.POWERPOINT),
    ):
        if mark in data:
            return found
    return Format.UNKNOWN


def decode(data: bytes) -> str | None:
    """Return the text of a text file, None where the bytes are no text.

    Tried in turn: a byte order mark, UTF-8, CP949 (which has letters that EUC-KR lacks).
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding)
    text = _decoded(data, "utf-8")
    if text is not None:
        return text if _controls(text) <= max(8, len(text) // 20) else None
    text = _decoded(data, "cp949")
    # CP949 takes many binary files without complaint; control characters give them away.
    return text if text is not None and _controls(text) <= len(text) // 1000 else None


def _controls(text: str) -> int:
    return sum(char < " " and char not in "\t\n\r\f\v" for char in text)


def visible(text: str) -> str:
    r"""Return the text in NFKC without characters that show nothing.

    Control codes, direction overrides and zero-width characters hide words from the person who
    checks a document, and split them for the search. Line breaks and tabs stay.

    >>> visible("지원\u200b금\u202e ２억")
    '지원금 2억'
    """
    normal = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        char for char in normal if char in "\n\t" or unicodedata.category(char) not in _INVISIBLE
    )


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
