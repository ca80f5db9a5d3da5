"""The readiness form as HTML: how to begin, the items, how far one is (pure).

The words of the items come from the sheet's instrument, which may be the English one.
"""

from collections.abc import Sequence
from html import escape

from advisor.conversation.desk import Sheet, ruled_value
from advisor.domain.diagnoses import KeptAnswer
from advisor.domain.instrument import Dimension, Instrument, Item
from advisor.domain.readiness import AnswerStatus, ItemAnswer
from advisor.messages import UserMessage
from advisor.ui.diagnosis_words import say
from advisor.ui.evidence_view import render_files
from advisor.ui.strings import Language

# What a form may choose besides a level.
UNKNOWN, NOT_APPLICABLE, TAKEN_BACK = "unknown", "na", "not_asked"


def render_intro(instrument: Instrument, language: Language = "ko") -> str:
    """Return what a consultation without a diagnosis shows: what it is, short or full."""
    quick, full = len(instrument.quick_check.items), len(instrument.items)
    names = "".join(f"<li>{escape(one.name)}</li>" for one in instrument.dimensions)
    short = say(language, "quick_size", count=quick, minutes=instrument.quick_check.minutes)
    return (
        f'<div class="readiness intro"><h2>{escape(say(language, "title"))}</h2>'
        f'<p class="lead">{escape(say(language, "lead"))}</p>'
        f'<ul class="dimensions">{names}</ul><div class="starts">'
        f"{_start('quick', short, language)}"
        f"{_start('full', say(language, 'full_size', count=full), language)}"
        f"</div>{render_notice(language)}</div>"
    )


def render_notice(language: Language) -> str:
    """Return the line that says what this is and what it is not."""
    return f'<p class="ai-notice"><span class="ai">AI</span>{escape(say(language, "notice"))}</p>'


def render_bar(sheet: Sheet, *, hint: str = "", needs: str = "", language: Language = "ko") -> str:
    """Return how far one is, what the answers settled and where they disagree.

    Args:
        sheet: The diagnosis in work.
        hint: Why the last answer was not kept.
        needs: Item whose reason field has to be filled in for it.
        language: Of the labels.
    """
    shown = [item.id for item in _items(sheet)]
    given = {one.answer.item for one in sheet.kept.answers}
    done = sum(one in given for one in shown)
    settled = [
        sheet.instrument.item_by_id[key].label
        for key, one in sheet.settled.answers.items()
        if one.status is AnswerStatus.INFERRED
    ]
    checks = {one.id: one.ask for one in sheet.instrument.consistency_checks}
    asks = "".join(f"<li>{escape(checks[one])}</li>" for one in sheet.settled.contradictions)
    mode, other = ("full", "quick") if sheet.kept.is_full else ("quick", "full")
    saved = say(language, "saved") if given and not hint else ""
    parts = [
        f'<div class="progress" data-needs="{escape(needs)}"><div class="row">'
        f"<b>{escape(say(language, mode))}</b>"
        f'<span role="status">{escape(say(language, "done", count=len(shown), done=done))}'
        f"{escape(saved)}</span>"
        f'<button type="button" class="link" data-sheet="widen" data-mode="{other}">'
        f"{escape(say(language, f'to_{other}'))}</button>{_see(language)}</div>"
        f'<progress max="{len(shown)}" value="{done}" '
        f'aria-label="{escape(say(language, "answered"))}"></progress>'
    ]
    if hint:
        parts.append(f'<p class="hint" role="alert">{escape(hint)}</p>')
    if settled:
        said = say(language, "settled", count=len(settled), names=", ".join(settled))
        parts.append(f'<p class="fine">{escape(said)}</p>')
    if asks:
        parts.append(
            f'<div class="fine asks"><b>{escape(say(language, "conflict"))}</b><ul>{asks}</ul></div>'
        )
    return "".join([*parts, "</div>"])


def render_form(sheet: Sheet, cid: str = "", language: Language = "ko") -> str:
    """Return the items of the form, grouped by dimension, with what was answered so far.

    The form carries its consultation's id: an answer never goes to another one.
    """
    items = _items(sheet)
    given = {one.answer.item: one for one in sheet.kept.answers}
    groups = []
    for dimension in sheet.instrument.dimensions:
        mine = [item for item in items if item.dimension == dimension.id]
        if mine:
            rows = "".join(_item(sheet, one, given.get(one.id), cid, language) for one in mine)
            groups.append(_group(dimension, rows))
    jumps = "".join(
        f'<button type="button" class="chip" data-jump="dimension-{one.id}">{escape(one.name)}</button>'
        for one in sheet.instrument.dimensions
    )
    return (
        f'<div class="readiness" data-cid="{escape(cid)}">'
        f'<h2 class="hidden">{escape(say(language, "title"))}</h2><nav class="jumps" '
        f'aria-label="{escape(say(language, "fields"))}">{jumps}</nav>{"".join(groups)}'
        f'<div class="finish"><p>{escape(say(language, "leave"))}</p>{_see(language)}</div>'
        f"{render_notice(language)}</div>"
    )


def render_message(message: UserMessage) -> str:
    """Return a sentence in place of the form."""
    return (
        f'<div class="readiness intro"><h2>{escape(message.text)}</h2>'
        f'<p class="lead">{escape(message.next_step)}</p></div>'
    )


def _items(sheet: Sheet) -> Sequence[Item]:
    if sheet.kept.is_full:
        return sheet.instrument.items
    return [sheet.instrument.item_by_id[one] for one in sheet.instrument.quick_check.items]


def _see(language: Language) -> str:
    return (
        '<button type="button" class="quiet strong" data-sheet="result">'
        f"{escape(say(language, 'see'))}</button>"
    )


def _start(mode: str, size: str, language: Language) -> str:
    return (
        f'<button type="button" class="start" data-sheet="begin" data-mode="{mode}">'
        f"<b>{escape(say(language, mode))}</b><em>{escape(size)}</em>"
        f"<span>{escape(say(language, f'{mode}_more'))}</span></button>"
    )


def _group(dimension: Dimension, rows: str) -> str:
    return (
        f'<section class="dimension" id="dimension-{dimension.id}" tabindex="-1">'
        f"<h3>{escape(dimension.name)}</h3><p class='fine'>{escape(dimension.summary)}</p>"
        f"{rows}</section>"
    )


def _item(sheet: Sheet, item: Item, kept: KeptAnswer | None, cid: str, language: Language) -> str:
    answer = kept.answer if kept else ItemAnswer(item.id, AnswerStatus.NOT_ASKED)
    chosen = str(answer.value) if answer.value is not None else answer.status.value
    choices = [(str(one.value), one.text, "level") for one in item.anchors]
    choices.append((UNKNOWN, say(language, "unknown"), "other"))
    if item.na_when is not None:
        choices.append(
            (NOT_APPLICABLE, say(language, "na", when=item.na_when.rstrip(".")), "other")
        )
    radios = "".join(
        f'<label class="{kind}"><input type="radio" name="choice" value="{value}"'
        f"{' checked' if value == chosen else ''}><span>{escape(text)}</span></label>"
        for value, text, kind in choices
    )
    ruled = ruled_value(sheet, item.id)
    note = ""
    if ruled is not None:
        rule = {one.split(":")[1]: one.split(":")[0] for one in sheet.settled.applied_skips}
        because = {one.id: one.because for one in sheet.instrument.skip_rules}
        text = next(one.text for one in item.anchors if one.value == ruled).rstrip(".")
        why = because.get(rule.get(item.id, ""), "")
        note = f'<p class="fine ruled">{escape(say(language, "ruled", text=text, because=why))}</p>'
    reason = kept.reason if kept else ""
    return (
        f'<form class="item" data-item="{item.id}" id="item-{item.id}"><fieldset>'
        f"<legend><small>{escape(item.label)}</small>{escape(item.question)}</legend>"
        f"{note}{radios}</fieldset>"
        f'<label class="reason"{"" if reason or ruled is not None else " hidden"}>'
        f"{escape(say(language, 'reason'))}"
        f'<input name="reason" maxlength="1000" value="{escape(reason)}" autocomplete="off"></label>'
        f"{_ground(sheet, item, answer, cid, language)}</form>"
    )


def _ground(sheet: Sheet, item: Item, answer: ItemAnswer, cid: str, language: Language) -> str:
    """Return the fold with grade, note, files and what would count as evidence."""
    files = [one for one in sheet.files if one.item == item.id]
    grades = "".join(
        f'<option value="{key}"{" selected" if key == (answer.grade or ("doc" if files else "say")) else ""}>'
        f"{escape(one.name)}</option>"
        for key, one in sheet.instrument.evidence_grades.items()
        if key != "infer"
    )
    hints = "".join(f"<li>{escape(one)}</li>" for one in item.evidence)
    if hints:
        hints = f'<div class="fine"><b>{escape(say(language, "hints"))}</b><ul>{hints}</ul></div>'
    count = say(language, "files_count", count=len(files)) if files else ""
    return (
        f'<details class="ground"{" open" if answer.note or files else ""}>'
        f'<summary>{escape(say(language, "ground"))}<span class="count">{escape(count)}</span></summary>'
        f'<label>{escape(say(language, "grade"))}<select name="grade">{grades}</select></label>'
        f'<label>{escape(say(language, "note"))}<textarea name="note" rows="2" maxlength="1000">'
        f"{escape(answer.note)}</textarea></label>"
        f"{render_files(files, cid, item.id, language)}{hints}"
        f'<button type="button" class="link" data-sheet="clear">{escape(say(language, "clear"))}'
        "</button></details>"
    )
