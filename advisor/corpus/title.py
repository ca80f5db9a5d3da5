"""What a document is called, by its own words (pure)."""

import re
import unicodedata
from collections.abc import Iterable

_NUMBER_OF_NOTICE = re.compile(r"(?:공고|고시|훈령)\s?제?\s?[\d\s–-]+호")
_NAME_OF_NOTICE = re.compile(
    r"(?:공고|공모|안내|계획|지침|요령|모집|매뉴얼|규정)(?:문|서)?\s?(?:\([^()]*\))?$"
)
_LONGEST = 90
_NO_TITLE = re.compile(
    r"untitled|microsoft|powerpoint|\.(?:hwpx?|docx?|pptx?|xlsx?|pdf)$|^[\W\d_]+$", re.I
)


def stated_title(words: str | None) -> str | None:
    """Return a title of the metadata where it is one, None where it is a file name or garbled."""
    stated = unicodedata.normalize("NFKC", words or "").strip()
    # Titles in a wrong code page come out as Latin letters with accents: "2025D 3( tõ—|".
    readable = sum(char.isascii() or "가" <= char <= "힣" for char in stated)
    is_title = len(stated) >= 4 and readable >= 0.9 * len(stated) and not _NO_TITLE.search(stated)
    return stated if is_title else None


def notice_title(pages: Iterable[str]) -> str | None:
    r"""Return the line that names a document, None where there is none: "… 시행계획 공고".

    >>> notice_title(["예시부 공고 제2026-1호\n2026년 예시 지원사업 공고\n1. 개요"])
    '2026년 예시 지원사업 공고'
    """
    first = [unicodedata.normalize("NFKC", page) for page in list(pages)[:2]]
    lines = [line for page in first for line in page.split("\n")[:12] if len(line.strip()) >= 6]
    lines = [" ".join(line.split()) for line in lines]
    # "○○부 공고 제2025-3호" is the number of a notice; its name follows, on one line or two.
    named = [line for line in lines if not _NUMBER_OF_NOTICE.search(line)]
    for before, line in zip(["", *named], named, strict=False):
        if _NAME_OF_NOTICE.search(line) and len(line) <= _LONGEST:
            both = f"{before} {line}".strip()
            is_second_half = len(line) < 25 and not re.match(r"\W*(?:19|20)\d\d", line)
            return both if is_second_half and len(both) <= _LONGEST else line
    found = next(iter(named or lines), None)
    return found[:_LONGEST] if found else None
