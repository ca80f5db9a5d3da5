"""What the company can get, how it pays, and what to do next."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.parts import part


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; `first` is what its parts show before the first event."""
    with Column(elem_id="view-support", elem_classes=["view"]):
        return {"support": part("support", first["support"])}
