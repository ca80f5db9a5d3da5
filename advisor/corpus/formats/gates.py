"""Checks before any parser sees a container: sizes, counts, names, DTDs, flags. Child only.

No reader survived every hostile file alone; these stop what is cheap to see beforehand.
"""

import contextlib
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.parsers import expat

from advisor.corpus.formats.refusals import Refusal, RefusedError

MOST_MEMBERS = 5_000
MOST_PART_BYTES = 64 * 1024**2
MOST_BYTES = 200 * 1024**2
MOST_RECORDS = 300_000
_MOST_RATIO = 200
_RATIO_FROM_BYTES = 10 * 1024**2
_DEEPEST_XML = 1_000
_PIECE = 256 * 1024
_ARCHIVE_NAMES = re.compile(r"\.(?:zip|7z|rar|gz|hwpx|docx|pptx)$", re.I)
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)

# What zipfile raises on an archive that is not whole.
_DAMAGE = (
    zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error,
    EOFError, struct.error,
)  # fmt: skip

_PASSWORD_FLAG = 1 << 1
_DISTRIBUTION_FLAG = 1 << 2
_DRM_FLAGS = 1 << 4 | 1 << 8 | 1 << 10
_COMPRESSED_FLAG = 1


def check_zip(path: Path) -> None:
    """Refuse an archive that is a bomb, leaves its folder, nests archives or declares a DTD.

    Bytes are counted while inflating: the directory of a hostile archive lies about sizes.

    Raises:
        RefusedError: HOSTILE, TOO_HARD, or BROKEN where the archive cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive)
    except _DAMAGE as error:
        raise RefusedError(Refusal.BROKEN, f"zip: {error!r}") from error


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise RefusedError(Refusal.HOSTILE, f"members={len(members)}")
    if any(member.flag_bits & 1 for member in members):
        raise RefusedError(Refusal.PASSWORD, "encrypted members")
    total = 0
    for member in members:
        _check_name(member.filename)
        total += _inflated(archive, member, MOST_BYTES - total)


def _check_name(name: str) -> None:
    parts = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name):
        raise RefusedError(Refusal.HOSTILE, "a member leaves the folder")


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Return the bytes a member really has, read piece by piece and thrown away."""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".hpf", ".vml"))
    limit = MOST_PART_BYTES if is_xml else left
    if member.file_size > min(limit, left) or _is_bomb(member.file_size, member.compress_size):
        raise RefusedError(Refusal.TOO_HARD, f"part of {member.file_size} bytes")
    size = 0
    with archive.open(member) as part:
        head = part.read(_PIECE)
        # A spreadsheet inside a document is common (charts); an archive of documents is not.
        if head.startswith(b"PK\x03\x04") and _ARCHIVE_NAMES.search(member.filename):
            raise RefusedError(Refusal.HOSTILE, "an archive in the archive")
        if is_xml:
            _check_no_dtd(head)
        piece = head
        while piece:
            size += len(piece)
            if size > min(limit, left) or _is_bomb(size, member.compress_size):
                raise RefusedError(Refusal.TOO_HARD, f"part of more than {size} bytes")
            piece = part.read(_PIECE)
    return size


def _is_bomb(size: int, packed: int) -> bool:
    return size > _RATIO_FROM_BYTES and size > _MOST_RATIO * max(packed, 1)


class _RootSeenError(Exception):
    """The document element has begun; a DTD can stand before it only."""


def _check_no_dtd(head: bytes) -> None:
    """Refuse a DTD in any encoding: entities are how XML grows, and how it reads local files."""

    def dtd(*_: object) -> None:
        raise RefusedError(Refusal.HOSTILE, "XML with a DTD")

    def root(*_: object) -> None:
        raise _RootSeenError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = dtd
    parser.StartElementHandler = root
    try:
        parser.Parse(head, False)
    except _RootSeenError:
        return
    except (expat.ExpatError, LookupError, ValueError):
        pass
    # Not read as XML up to its root: the words themselves must not be there either.
    if _DTD.search(head.replace(b"\x00", b"")):
        raise RefusedError(Refusal.HOSTILE, "XML with a DTD")


def check_depth(xml: bytes) -> None:
    """Refuse XML that is nested deeper than any writer nests: tables 5,000 deep.

    Raises:
        RefusedError: HOSTILE. XML that is not well-formed is the reader's to find.
    """
    depth = 0

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST_XML:
            raise RefusedError(Refusal.HOSTILE, "XML depth")

    def closed(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    with contextlib.suppress(expat.ExpatError):
        parser.Parse(xml, True)


def check_hwp(path: Path) -> bool:
    """Refuse an HWP 5 file that is locked or a bomb; return whether it is a distribution copy.

    The inflated streams are measured here, since the reader itself caps zeros but not 128 MiB of
    real paragraphs.

    Raises:
        RefusedError: PASSWORD, DRM, TOO_HARD, or BROKEN where there is no HWP in the container.
    """
    from dochan import cfb

    try:
        ole: Any = cfb.OleFileIO(str(path))
    except Exception as error:
        raise RefusedError(Refusal.BROKEN, f"ole: {error!r}") from error
    try:
        flags = _hwp_flags(ole)
        if flags & _PASSWORD_FLAG:
            raise RefusedError(Refusal.PASSWORD, "flag")
        if flags & _DRM_FLAGS:
            raise RefusedError(Refusal.DRM, "flag")
        is_distribution = bool(flags & _DISTRIBUTION_FLAG)
        left = MOST_BYTES
        records = MOST_RECORDS
        for entry in ole.listdir(streams=True, storages=False):
            name = "/".join(entry) if isinstance(entry, list | tuple) else str(entry)
            is_body = name.startswith("BodyText/")
            # ViewText of a distribution copy is encrypted: the reader's own caps hold there.
            if not is_body and name != "DocInfo":
                continue
            data = _stream(ole, entry)
            if flags & _COMPRESSED_FLAG:
                data = _deflated(data, min(MOST_PART_BYTES, left))
            left -= len(data)
            if is_body:
                records -= _records(data, records)
        return is_distribution
    finally:
        ole.close()


def _hwp_flags(ole: Any) -> int:
    try:
        header: bytes = ole.openstream("FileHeader").read(256)
    except Exception as error:
        raise RefusedError(Refusal.BROKEN, f"ole: {error!r}") from error
    if not header.startswith(b"HWP Document File") or len(header) < 40:
        raise RefusedError(Refusal.BROKEN, "no HWP header")
    return int(struct.unpack_from("<I", header, 36)[0])


def _stream(ole: Any, entry: Any) -> bytes:
    try:
        data: bytes = ole.openstream(entry).read(MOST_PART_BYTES + 1)
    except Exception as error:
        raise RefusedError(Refusal.BROKEN, f"ole: {error!r}") from error
    if len(data) > MOST_PART_BYTES:
        raise RefusedError(Refusal.TOO_HARD, "stream")
    return data


def _deflated(data: bytes, limit: int) -> bytes:
    try:
        inflated = zlib.decompressobj(-15).decompress(data, limit + 1)
    except zlib.error:
        return b""  # what is left of a damaged stream is the reader's to find
    if len(inflated) > limit:
        raise RefusedError(Refusal.TOO_HARD, f"stream inflates over {limit} bytes")
    return inflated


def _records(data: bytes, limit: int) -> int:
    """Return how many records a stream has; each has 4 bytes of head, 8 where it is long."""
    at = found = 0
    while at + 4 <= len(data):
        size = int.from_bytes(data[at : at + 4], "little") >> 20
        at += 4
        if size == 0xFFF:
            size = int.from_bytes(data[at : at + 4], "little")
            at += 4
        at += size
        found += 1
        if found > limit:
            raise RefusedError(Refusal.TOO_HARD, f"more than {limit} records")
    return found
