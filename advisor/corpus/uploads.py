"""Files that come over the web: a cap while they stream in, a safe place, the name as text only."""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from advisor.corpus.formats.refusals import Refusal
from advisor.corpus.formats.sandbox import LARGEST_BYTES, refused
from advisor.corpus.slug import slug_of
from advisor.stores.home import disk_errors

_LONGEST_NAME = 200
_NO_NAME = "이름 없는 파일"
# Only among plain text files does the ending say anything; any other is told by its bytes.
_SUFFIXES = frozenset({".csv", ".tsv", ".md", ".txt"})


def shown_name(given: str) -> str:
    r"""Return a given file name as it may be shown and stored as text; never a path.

    >>> shown_name("../../etc/passwd.hwp"), shown_name("공고문\u202egpj.hwp")
    ('passwd.hwp', '공고문gpj.hwp')
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    normal = unicodedata.normalize("NFC", last)
    kept = "".join(char for char in normal if not unicodedata.category(char).startswith("C"))
    name = " ".join(kept.split())
    if len(name) > _LONGEST_NAME:
        stem, dot, suffix = name.rpartition(".")
        end = f"{dot}{suffix}" if stem and len(suffix) <= 10 else ""
        name = name[: _LONGEST_NAME - len(end)] + end
    return name or _NO_NAME


def upload_id(given: str) -> str:
    r"""Return the id of the document that an upload makes: the same name again is the same one.

    >>> upload_id("Notice 2026 공고.pdf") == upload_id("C:\\temp\\Notice 2026 공고.pdf")
    True
    """
    name = shown_name(given)
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return f"{slug_of(Path(name).stem)}-{digest}"


def keep_upload(parts: Iterable[bytes], given: str, folder: Path) -> Path:
    """Write an upload below a folder and return where it is.

    Every upload has a place of its own, so that two at once do not mix; nothing of what a stranger
    typed becomes part of a path.

    Args:
        parts: The bytes as they come in.
        given: The name that the browser sent.
        folder: Made where it is not there.

    Raises:
        BadInputError: Over 50 MB; what had come in is removed.
        HomeUnavailableError: The disk is full or cannot be written.
    """
    suffix = Path(shown_name(given)).suffix.lower()
    target = folder / f"{secrets.token_hex(12)}{suffix if suffix in _SUFFIXES else ''}"
    part = target.with_name(f"{target.name}.part")
    size = 0
    with disk_errors():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                for piece in parts:
                    size += len(piece)
                    if size > LARGEST_BYTES:
                        raise refused(Refusal.TOO_LARGE, f"bytes>{LARGEST_BYTES}")
                    file.write(piece)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return target
