"""The buttons that fetch the report, on the result and below the talk (pure)."""

from html import escape

from advisor.ui.diagnosis_words import say
from advisor.ui.strings import Language

FORMATS = ("docx", "pdf", "hwpx", "xlsx", "md")


def render_downloads(language: Language) -> str:
    """Return the card of the result view."""
    return (
        f'<section class="card downloads"><h3>{escape(say(language, "download"))}</h3>'
        f'<p class="fine">{escape(say(language, "download_more"))}</p>{_buttons(language)}</section>'
    )


def render_talk_report(language: Language) -> str:
    """Return the card below a talk that holds a diagnosis: its report, and the way to the result."""
    return (
        f'<section class="report-card downloads" aria-label="{escape(say(language, "talk_report"))}">'
        f"<h3>{escape(say(language, 'talk_report'))}</h3>"
        f"<p>{escape(say(language, 'talk_report_more'))}</p>{_buttons(language)}"
        f'<a href="#diagnosis" class="link" data-view="diagnosis">'
        f"{escape(say(language, 'talk_open'))}</a></section>"
    )


def _buttons(language: Language) -> str:
    buttons = "".join(
        f'<button type="button" class="quiet" data-report="{key}">{escape(say(language, key))}</button>'
        for key in FORMATS
    )
    states = "".join(
        f' data-{name}="{escape(say(language, name))}"' for name in ("making", "made", "failed")
    )
    return f'<div class="row">{buttons}</div><p class="hint" role="status"{states}></p>'
