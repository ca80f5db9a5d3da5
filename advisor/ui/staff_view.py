"""A staff view as HTML: its frame and its words; the page's scripts draw the rest (pure).

What they draw comes from the API, which asks the policy table; words of records, files and people
become text there, never HTML.
"""

import json
from html import escape

from advisor.ui.staff_words import Words, words_of
from advisor.ui.strings import LANGUAGES


def render_staff(name: str, own: Words, **data: object) -> str:
    """Return the frame of a view as it stands until its first answer has come.

    Args:
        name: The view's class in the style sheets.
        own: The view's own words; it has those of every staff view besides.
        data: What else its script reads, as JSON in an attribute of that name.
    """
    words = {one: words_of(own, one) for one in LANGUAGES}
    carried = "".join(
        f' data-{key}="{escape(json.dumps(value, ensure_ascii=False))}"'
        for key, value in {"words": words, **data}.items()
    )
    korean = words["ko"]
    return (
        f'<div class="staff {name}"{carried}><h2>{escape(korean["title"])}</h2>'
        f'<p class="lead">{escape(korean["lead"])}</p>'
        '<section class="state loading" role="status">'
        '<span class="spinner" aria-hidden="true"></span>'
        f"<p>{escape(korean['loading'])}</p></section></div>"
    )
