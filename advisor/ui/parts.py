"""A part of the page: an HTML component that handlers fill and the page's script watches."""

from gradio import HTML

# Called by Gradio in the browser once the part is drawn.
_ON_LOAD = """
watch('value', () => window.advisorPage.changed('{name}'));
window.advisorPage.changed('{name}');
"""


def part(name: str, value: str) -> HTML:
    """Return the component of a part, drawn as `value`; its element has the part's name as id."""
    return HTML(
        value,
        elem_id=name,
        elem_classes=["part"],
        apply_default_css=False,
        js_on_load=_ON_LOAD.format(name=name),
    )
