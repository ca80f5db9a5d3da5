"""The files of one item in the form: their names, a way to open, take out and add (pure)."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from advisor.domain.diagnoses import KeptFile
from advisor.reporting.cells import size_words
from advisor.ui.diagnosis_words import say
from advisor.ui.strings import Language

ACCEPT = "image/*,.pdf,.hwp,.hwpx,.docx,.xlsx,.xls,.pptx,.csv,.txt,.md"


def render_files(files: Sequence[KeptFile], cid: str, item: str, language: Language) -> str:
    """Return the files of an item with the button that adds one."""
    rows = "".join(render_file(one, cid, language) for one in files)
    told = "".join(
        f' data-{name.replace("_", "-")}="{escape(say(language, name, name="{name}"))}"'
        for name in ("attaching", "attached", "attach_failed", "removed", "take_out", "remove")
    )
    return (
        f'<div class="files" data-item="{escape(item)}"{told}><ul class="names">{rows}</ul>'
        f'<label class="attach"><span aria-hidden="true">+</span> {escape(say(language, "attach"))}'
        f'<input type="file" class="hidden" accept="{ACCEPT}" multiple></label> '
        f"<small>{escape(say(language, 'attach_more'))}</small>"
        '<p class="hint" role="status"></p></div>'
    )


def render_file(one: KeptFile, cid: str, language: Language) -> str:
    """Return one file."""
    kind = f"{one.kind}, " if language == "ko" else ""
    address = f"api/v1/consultations/{quote(cid, safe='')}/evidence/{quote(one.id, safe='')}"
    return (
        f'<li><a href="{address}" target="_blank" rel="noopener">{escape(one.name)}</a> '
        f"<small>{escape(kind)}{size_words(one.size)}</small> "
        f'<button type="button" class="link" data-unfile="{escape(one.id)}" '
        f'aria-label="{escape(say(language, "remove", name=one.name))}">'
        f"{escape(say(language, 'take_out'))}</button></li>"
    )
