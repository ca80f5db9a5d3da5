"""What staff review: drafts of notices beside their pages, versions of records, what is stale."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.parts import part
from advisor.ui.review_words import WORDS
from advisor.ui.staff_view import render_staff


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; it holds nothing of anybody, so `first` has no part of it."""
    del first
    with Column(elem_id="view-review", elem_classes=["view"]):
        return {"review": part("review", render_staff("review", WORDS))}
