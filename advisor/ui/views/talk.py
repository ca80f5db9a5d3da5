"""The talk: questions and answers, the box to write in, and the panel of sources and company."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.parts import part


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; `first` is what its parts show before the first event."""
    parts: dict[str, HTML] = {}
    with Column(elem_id="view-talk", elem_classes=["view", "current"]):
        with Column(elem_classes=["talk"]):
            for name in ("log", "pending", "composer"):
                parts[name] = part(name, first[name])
        with Column(elem_id="panel", elem_classes=["panel"]):
            for name in ("tabs", "sources", "company"):
                parts[name] = part(name, first[name])
    return parts
