"""Where a source card of an ingested document leads: its page, with the cited words marked."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from advisor.domain.passages import Kind

# An address has an end; the beginning of a quote finds its place as well.
_WORDS = 400


def view_link(citation: Mapping[str, Any]) -> str | None:
    """Return the address of the cited page, relative to the page; None for other sources.

    >>> view_link({"kind": "document", "record_id": "guide-1", "chunk": "guide-1#p2-1", "quote": "표"})
    'api/v1/documents/guide-1/view?chunk=guide-1%23p2-1&words=%ED%91%9C#words'
    """
    if citation.get("kind") != Kind.DOCUMENT or not citation.get("record_id"):
        return None
    asked = {
        "chunk": citation.get("chunk"),
        "page": citation.get("page") if not citation.get("chunk") else None,
        "words": str(citation.get("quote") or "")[:_WORDS],
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"api/v1/documents/{quote(str(citation['record_id']), safe='')}/view?{query}#words"
