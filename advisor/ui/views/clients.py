"""A consultant's client companies: the list, and one client with all that is done for it."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.clients_view import render_clients
from advisor.ui.parts import part


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; it holds nothing of anybody, so `first` has no part of it."""
    del first
    with Column(elem_id="view-clients", elem_classes=["view"]):
        return {"clients": part("clients", render_clients())}
