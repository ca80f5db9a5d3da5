"""What a file is, told by its bytes and never by its name."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from advisor.corpus.formats.decode import as_text


class Format(StrEnum):
    """Kinds of file that are told apart; the value is the media type."""

    EMPTY = "empty"
    PDF = "application/pdf"
    TEXT = "text/markdown"
    CSV = "text/csv"
    HTML = "text/html"
    HWP = "application/x-hwp"
    HWPX = "application/hwp+zip"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    XLS = "application/vnd.ms-excel"
    OLD = "application/x-ole-storage"
    ENCRYPTED_OFFICE = "application/x-encrypted-office"
    DRM = "application/x-drm"
    DAMAGED = "application/x-damaged"
    ARCHIVE = "application/zip"
    PICTURE = "image/*"
    UNKNOWN = "application/octet-stream"


_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|script)\b",
    re.I | re.S,
)
# A part of a page, as portals copy it; Markdown may begin so too.
_HTML_PART = re.compile(
    r"^\s*<(p|div|h[1-6]|section|article|center|ul|ol|span|font)\b[^>]*>.*</\1\s*>", re.I | re.S
)
_HWPML = re.compile(r"<HWPML\b")
_SNIFFED = 4096
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b")
# Stream names of a compound file stand in UTF-16 in its directory.
_OLE_STREAMS = (
    ("EncryptedPackage", Format.ENCRYPTED_OFFICE),
    ("FileHeader", Format.HWP),
    ("Workbook", Format.XLS),
    ("WordDocument", Format.OLD),
    ("PowerPoint Document", Format.OLD),
)
_MEMBERS = (
    ("Contents/section0.xml", Format.HWPX),
    ("word/document.xml", Format.WORD),
    ("xl/workbook.xml", Format.EXCEL),
    ("ppt/presentation.xml", Format.POWERPOINT),
)


def sniff(path: Path) -> Format:
    """Return what the bytes of a file are.

    A wrong extension is common: of 446 announcements named .hwp, 52 were HWPX inside. Only among
    plain text files, which no byte tells apart, the name decides between a table and prose.
    """
    data = path.read_bytes()
    head = data[:_SNIFFED]
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Format.EMPTY
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"SCDSA00"):
        return Format.DRM
    if head.startswith(b"HWP Document File"):
        return Format.OLD
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole_format(data)
    if head.startswith(_ARCHIVES):
        return _zip_format(path)
    if head.startswith(_PICTURES) and b"\x00" in head:
        return Format.PICTURE
    return _text_format(data, path.suffix.lower())


def _ole_format(data: bytes) -> Format:
    for name, found in _OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return found
    return Format.DAMAGED


def _zip_format(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                stated = archive.read("mimetype").strip()
                if stated == b"application/hwp+zip":
                    return Format.HWPX
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return _broken_zip_format(path.read_bytes())
    for name, found in _MEMBERS:
        if name in names:
            return found
    return Format.ARCHIVE


def _broken_zip_format(data: bytes) -> Format:
    """Return what a damaged archive was, by the names in it, so that the refusal can name it."""
    if b"application/hwp+zip" in data[:200]:
        return Format.HWPX
    for name, found in _MEMBERS:
        if name.rpartition("/")[0].encode() + b"/" in data:
            return found
    return Format.ARCHIVE


def _text_format(data: bytes, suffix: str) -> Format:
    text, _ = as_text(data)
    if text is None:
        return Format.UNKNOWN
    head = text[:_SNIFFED].lstrip("\ufeff")
    if _HWPML.search(head):
        return Format.OLD
    is_markdown = suffix in {".md", ".markdown"}
    if _HTML.match(head) or (not is_markdown and _HTML_PART.match(head)):
        return Format.HTML
    if suffix in {".csv", ".tsv"} or (not is_markdown and _is_grid(head)):
        return Format.CSV
    return Format.TEXT


def _is_grid(head: str) -> bool:
    """Tell whether lines hold the same number of tabs, or of commas, as rows of a table do."""
    lines = [line for line in head.split("\n")[:-1] if line.strip()][:40] or head.split("\n")
    if len(lines) < 3:
        return False
    for mark in ("\t", ","):
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count)
        if usual >= 2 and counts.count(usual) >= 0.9 * len(lines):
            return True
    return False
