"""What one should know of a service that is an AI; also the way to the staff's sign-in."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.parts import part


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; `first` is what its parts show before the first event."""
    with Column(elem_id="view-about", elem_classes=["view"]):
        return {name: part(name, first[name]) for name in ("about",)}
