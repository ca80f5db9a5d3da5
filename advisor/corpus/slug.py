"""The readable part of a document's id, made of its file name (pure)."""

import re

# An id stands in logs and addresses; a name may hold a resident number, a mobile or a card.
_NUMBERS = re.compile(r"\d{6}-?\d{7}|01\d-?\d{3,4}-?\d{4}|\d{4}(?:-?\d{4}){3}")


def slug_of(stem: str) -> str:
    """Return what is ASCII in a name, without numbers that may be a person's.

    >>> slug_of("Notice 2026 공고"), slug_of("등본 850315-2345678 copy"), slug_of("견적서")
    ('notice-2026', 'copy', 'document')
    """
    words = re.sub(r"[^a-z0-9]+", "-", stem.lower())
    return _NUMBERS.sub("", words).strip("-")[:40].strip("-") or "document"
