"""The documents that answers may cite: uploads with their progress, and the list."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.documents_words import WORDS
from advisor.ui.parts import part
from advisor.ui.staff_view import render_staff


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; it holds nothing of anybody, so `first` has no part of it."""
    del first
    with Column(elem_id="view-documents", elem_classes=["view"]):
        return {"documents": part("documents", render_staff("documents", WORDS))}
