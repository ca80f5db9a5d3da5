"""The help desk: ask with wording to paste, search, the queue by topic, what changed."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.helpdesk_words import WORDS
from advisor.ui.parts import part
from advisor.ui.staff_view import render_staff


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; it holds nothing of anybody, so `first` has no part of it."""
    del first
    with Column(elem_id="view-helpdesk", elem_classes=["view"]):
        return {"helpdesk": part("helpdesk", render_staff("desk", WORDS))}
