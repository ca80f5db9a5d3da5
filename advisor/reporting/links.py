"""Sources and addresses in words (pure)."""

from urllib.parse import unquote, urlsplit

from advisor.domain.source import Source

NO_DATE = "날짜 미상"


def source_words(source: Source) -> str:
    """Name a source: title, publisher, day as printed."""
    return ", ".join(
        part for part in (source.title, source.publisher, source.date or NO_DATE) if part
    )


def readable_address(url: str) -> str:
    """Return a web address as people read it, empty where it is none that may be linked.

    >>> readable_address("https://example.org/%EA%B3%B5%EC%9E%A5/?a=1")
    'example.org/공장/?a=1'
    >>> readable_address("javascript:alert(1)")
    ''
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return unquote(url.split("://", 1)[1]).rstrip("/")
