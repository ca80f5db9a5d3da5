"""For who runs the installation: sources, records, people, settings, audit log, switch, signals."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.admin_words import WORDS
from advisor.ui.parts import part
from advisor.ui.settings_words import MEANINGS
from advisor.ui.staff_view import render_staff


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; it holds nothing of anybody, so `first` has no part of it."""
    del first
    with Column(elem_id="view-admin", elem_classes=["view"]):
        return {"admin": part("admin", render_staff("admin", WORDS, settings=dict(MEANINGS)))}
