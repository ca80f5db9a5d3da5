"""The view of the administration as HTML: its frame and its words; the page's scripts draw the rest.

What they draw comes from the API, which asks the policy table; words of records, sources and people
become text there, never HTML.
"""

import json
from html import escape

from advisor.ui.admin_words import words_of
from advisor.ui.strings import LANGUAGES


def render_admin() -> str:
    """Return the frame of the view, as it stands until the first answer has come."""
    words = json.dumps({one: words_of(one) for one in LANGUAGES}, ensure_ascii=False)
    korean = words_of("ko")
    return (
        f'<div class="admin" data-words="{escape(words)}"><h2>{escape(korean["title"])}</h2>'
        f'<p class="lead">{escape(korean["lead"])}</p>'
        '<section class="waiting" role="status"><span class="spinner" aria-hidden="true"></span>'
        f"<p>{escape(korean['loading'])}</p></section></div>"
    )
