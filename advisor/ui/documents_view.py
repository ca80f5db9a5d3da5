"""The view of documents as HTML: its frame and its words; the page's script draws the rest (pure).

What it draws comes from the API, which asks the policy table; names and titles of files become text
there, never HTML.
"""

import json
from html import escape

from advisor.ui.documents_words import words_of
from advisor.ui.strings import LANGUAGES


def render_documents() -> str:
    """Return the frame of the view, as it stands until the list has come."""
    words = json.dumps({one: words_of(one) for one in LANGUAGES}, ensure_ascii=False)
    korean = words_of("ko")
    return (
        f'<div class="documents" data-words="{escape(words)}"><h2>{escape(korean["title"])}</h2>'
        f'<p class="lead">{escape(korean["lead"])}</p>'
        '<section class="loading" role="status"><span class="spinner" aria-hidden="true"></span>'
        f"<p>{escape(korean['loading'])}</p></section></div>"
    )
