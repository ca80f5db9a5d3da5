"""The view of a consultant's clients as HTML: its frame and its words; the page's script draws the rest.

What it draws comes from the API, which asks the policy table; owners' words become text there,
never HTML.
"""

import json
from html import escape

from advisor.ui.clients_words import words_of
from advisor.ui.field_names import FIELDS_EN, UNITS_EN, VALUES_EN, VALUES_KO
from advisor.ui.strings import LANGUAGES


def render_clients() -> str:
    """Return the frame of the view, as it stands until the clients have come."""
    words = json.dumps({one: words_of(one) for one in LANGUAGES}, ensure_ascii=False)
    names = json.dumps(
        {
            "fields": {"ko": {}, "en": dict(FIELDS_EN)}, "units": {"ko": {}, "en": dict(UNITS_EN)},
            "values": {"ko": dict(VALUES_KO), "en": dict(VALUES_EN)},
        },
        ensure_ascii=False,
    )  # fmt: skip
    korean = words_of("ko")
    return (
        f'<div class="clients" data-words="{escape(words)}" data-names="{escape(names)}">'
        f'<h2>{escape(korean["title"])}</h2><p class="lead">{escape(korean["lead"])}</p>'
        '<section class="waiting" role="status"><span class="spinner" aria-hidden="true"></span>'
        f"<p>{escape(korean['loading'])}</p></section></div>"
    )
