"""The saved programs as HTML: what is new of them, where each stands, and the button to save."""

from collections.abc import Collection
from datetime import date
from html import escape

from advisor.conversation.shortlist import SavedLook
from advisor.domain.records import Corpus
from advisor.matching.windows import window_on
from advisor.ui.strings import Texts
from advisor.ui.support_words import say


def render_saved(look: SavedLook, corpus: Corpus, today: date, texts: Texts) -> str:
    """Return alerts and shortlist, empty where nothing is saved."""
    if not look.record_ids:
        return ""
    alerts = "".join(
        f'<li class="a-{one.kind}"><b>{escape(say("alert_" + one.kind, texts))}</b> '
        f"{escape(one.text)}</li>"
        for one in look.alerts
    )
    if alerts:
        alerts = f'<ul class="alerts" role="status">{alerts}</ul>'
    if any(one.id for one in look.alerts):
        alerts += (
            f'<button type="button" class="quiet" data-support="seen">'
            f"{escape(say('seen', texts))}</button>"
        )
    rows = "".join(_row(one, corpus, today, texts) for one in look.record_ids)
    return (
        f'<div class="block saved" id="support-saved"><h3>{escape(say("saved", texts))} '
        f'{len(look.record_ids)}</h3>{alerts}<ul class="kept">{rows}</ul></div>'
    )


def render_keeper(record_id: str, title: str, saved: Collection[str], texts: Texts) -> str:
    """Return the button that saves a program or takes it off again."""
    is_saved = record_id in saved
    name, word = ("drop", "kept") if is_saved else ("keep", "keep")
    label = f"{say(word, texts)}: {title}"
    return (
        f'<button type="button" class="quiet keep" aria-label="{escape(label)}" '
        f'data-{name}="{escape(record_id)}" aria-pressed="{str(is_saved).lower()}">'
        f"{escape(say(word, texts))}</button>"
    )


def _row(record_id: str, corpus: Corpus, today: date, texts: Texts) -> str:
    program = corpus.programs.get(record_id)
    title, badge = say("lost", texts), ""
    if program is not None:
        title, state = program.title, window_on(program.window, today).state.value
        badge = f'<span class="badge w-{state}">{escape(say("w_" + state, texts))}</span> '
    label = say("drop_label", texts, title=title)
    return (
        f"<li><span>{badge}{escape(title)}</span>"
        f'<button type="button" class="quiet" data-drop="{escape(record_id)}" '
        f'aria-label="{escape(label)}">{escape(say("drop", texts))}</button></li>'
    )
