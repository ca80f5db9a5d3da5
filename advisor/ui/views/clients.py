"""A consultant's client companies: the list, and one client with all that is done for it."""

from collections.abc import Mapping

from gradio import HTML, Column

from advisor.ui.clients_words import WORDS
from advisor.ui.field_names import FIELDS_EN, UNITS_EN, VALUES_EN, VALUES_KO
from advisor.ui.parts import part
from advisor.ui.staff_view import render_staff

# The fields, units and values of the clients' facts as people read them.
NAMES = {
    "fields": {"ko": {}, "en": dict(FIELDS_EN)},
    "units": {"ko": {}, "en": dict(UNITS_EN)},
    "values": {"ko": dict(VALUES_KO), "en": dict(VALUES_EN)},
}


def build(first: Mapping[str, str]) -> dict[str, HTML]:
    """Lay the view out; it holds nothing of anybody, so `first` has no part of it."""
    del first
    with Column(elem_id="view-clients", elem_classes=["view"]):
        return {"clients": part("clients", render_staff("clients", WORDS, names=NAMES))}
