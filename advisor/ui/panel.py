"""The side panel as HTML: sources, and the company as understood (pure)."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from advisor.domain.facade import KeptTurn
from advisor.domain.money import format_krw
from advisor.domain.profile import Fact, FactValue, Profile
from advisor.domain.vocabulary import ProfileField
from advisor.ui.document_link import view_link
from advisor.ui.field_names import FIELDS_EN, GROUPS_EN, UNITS_EN, VALUES_EN, VALUES_KO
from advisor.ui.markdown import safe_url
from advisor.ui.strings import Texts

_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}
# Filled in by a diagnosis or by code, or of a shape that one line of a form cannot take.
_NOT_IN_FORM = frozenset({"object", "list[object]", "bool"})


def render_tabs(texts: Texts) -> str:
    """Return the switch between the panel's halves, with the way back on a phone."""
    tabs = "".join(
        f'<button type="button" role="tab" id="tab-{name}" data-panel="{name}" '
        f'aria-controls="{name}">'
        f'{escape(label)} <b class="count-{count}"></b></button>'
        for name, label, count in (
            ("sources", texts.sources, "sources"),
            ("company", texts.company, "facts"),
        )
    )
    return (
        f'<h2 class="hidden">{escape(texts.sources)} · {escape(texts.company)}</h2>'
        f'<div class="tabs"><div class="tablist" role="tablist" '
        f'aria-label="{escape(texts.sources)} · {escape(texts.company)}">{tabs}</div>'
        f'<button type="button" class="link shut" '
        f'data-back="1">{escape(texts.back)}</button></div>'
    )


def render_sources(turns: Sequence[KeptTurn], texts: Texts) -> str:
    """Return the source cards of all answers, the newest answer first and open."""
    groups: list[str] = []
    for number in range(len(turns) - 1, -1, -1):
        citations = turns[number].answer.get("citations") or ()
        if not citations:
            continue
        cards = "".join(_source(number, one, texts) for one in citations)
        groups.append(
            f'<details class="group" data-key="turn-{number}"{"" if groups else " open"}>'
            f"<summary>{escape(_short(turns[number].question))}</summary>{cards}</details>"
        )
    if groups:
        return "".join(groups)
    return (
        f'<div class="nothing"><b>{escape(texts.no_sources)}</b>'
        f"<p>{escape(texts.no_sources_more)}</p></div>"
    )


def render_company(
    profile: Profile, fields: Sequence[ProfileField], texts: Texts, *, hint: str = ""
) -> str:
    """Return what is known of the company, each fact editable, and a form for the rest."""
    by_id = {one.id: one for one in fields}
    known = [name for name in by_id if name in profile]
    rows = "".join(_fact(by_id[name], profile.facts[name], texts) for name in known)
    lead = texts.company_lead if known else texts.no_facts
    message = f'<p class="hint" role="alert">{escape(hint)}</p>' if hint else ""
    open_ = [
        one
        for one in fields
        if one.id not in profile and not one.derive and not one.extra
        and one.type not in _NOT_IN_FORM and one.group != "동의와 기록"
    ]  # fmt: skip
    groups = "".join(
        f'<details class="ask" data-key="{escape(group)}"><summary>{escape(group_name(group, texts))}</summary>'
        + "".join(render_unknown(one, texts) for one in open_ if one.group == group)
        + "</details>"
        for group in dict.fromkeys(one.group for one in open_)
    )
    more = f"<h3>{escape(texts.more_facts)}</h3>{groups}" if groups else ""
    return f'{message}<p class="lead">{escape(lead)}</p><div class="facts">{rows}</div>{more}'


def read_typed(name: str, values: Sequence[str], fields: Sequence[ProfileField]) -> object | None:
    """Return what was typed or ticked for a field in the form's terms; None forgets it."""
    given = [one.strip() for one in values if one.strip()]
    if not given:
        return None
    field = next((one for one in fields if one.id == name), None)
    if field is None or not field.type.startswith("list"):
        return given[0]
    # A list of free words comes as one line, a list of choices as one value each.
    return given if field.allowed else [one.strip() for one in given[0].split(",") if one.strip()]


def field_name(field: ProfileField, texts: Texts) -> str:
    """Return a field's label in the page's language."""
    return FIELDS_EN.get(field.id, field.label) if texts.language == "en" else field.label


def group_name(group: str, texts: Texts) -> str:
    """Return a group's name in the page's language."""
    return GROUPS_EN.get(group, group) if texts.language == "en" else group


def show_value(value: FactValue, field: ProfileField, texts: Texts) -> str:
    """Return a value as people read it: won amounts in 억 and 만, codes in words."""
    if isinstance(value, tuple):
        return ", ".join(_word(one, texts) for one in value)
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, int) and field.unit == "원":
        return f"{value:,} KRW" if texts.language == "en" else format_krw(value)
    if isinstance(value, (int, float)):
        number = f"{value:,}" if value >= 10_000 else f"{value:g}"
        unit = field.unit or ""
        if texts.language == "en":
            return f"{number} {UNITS_EN.get(unit, '')}".strip()
        return f"{number}{unit}"
    return _word(value, texts)


def _word(value: str, texts: Texts) -> str:
    words = VALUES_EN if texts.language == "en" else VALUES_KO
    return words.get(value, value)


def _fact(field: ProfileField, fact: Fact, texts: Texts) -> str:
    origin = texts.origin.get(fact.source, fact.source)
    quote = f"<q>{escape(fact.quote)}</q>" if fact.quote else ""
    edit = "" if field.type in _NOT_IN_FORM else _form(field, fact.value, texts)
    gone = f"{texts.forget}: {field_name(field, texts)}"
    return (
        f'<div class="fact"><div class="line"><span class="name">{escape(field_name(field, texts))}'
        f"</span><b>{escape(show_value(fact.value, field, texts))}</b></div>"
        f'<div class="because">{quote}<span class="origin">{escape(origin)}</span></div>'
        f'<div class="do">{edit}<button type="button" class="link" data-forget="1" '
        f'data-field="{escape(field.id)}" aria-label="{escape(gone)}">'
        f"{escape(texts.forget)}</button></div></div>"
    )


def _form(field: ProfileField, value: FactValue, texts: Texts) -> str:
    name = f"{texts.edit}: {field_name(field, texts)}"
    return (
        f'<details class="edit"><summary class="link" aria-label="{escape(name)}">'
        f"{escape(texts.edit)}</summary>"
        f"{_inputs(field, value, texts)}</details>"
    )


def render_unknown(field: ProfileField, texts: Texts) -> str:
    """Return the question for a fact that is not known, with its form."""
    why = field.ask if field.ask and texts.language == "ko" else texts.unknown
    return (
        f'<div class="open"><span class="name">{escape(field_name(field, texts))}</span>'
        f'<span class="why">{escape(why)}</span>{_inputs(field, None, texts)}</div>'
    )


def _inputs(field: ProfileField, value: FactValue | None, texts: Texts) -> str:
    """Return the form of one field: choices where the schema lists them, else one line."""
    label = f'aria-label="{escape(field_name(field, texts))}"'
    chosen = value if isinstance(value, tuple) else () if value is None else (str(value),)
    if field.allowed and field.type.startswith("list"):
        control = "".join(
            f'<label class="pick"><input type="checkbox" name="value" value="{escape(one)}"'
            f"{' checked' if one in chosen else ''}>{escape(_word(one, texts))}</label>"
            for one in field.allowed
        )
        control = f'<div class="picks" role="group" {label}>{control}</div>'
    elif field.allowed:
        options = "".join(
            f'<option value="{escape(one)}"{" selected" if one in chosen else ""}>'
            f"{escape(_word(one, texts))}</option>"
            for one in field.allowed
        )
        control = f'<select name="value" {label}><option value=""></option>{options}</select>'
    else:
        hint = texts.list_hint if field.type.startswith("list") else _unit(field, texts)
        shown = ", ".join(chosen)
        control = (
            f'<input name="value" {label} value="{escape(shown)}" placeholder="{escape(hint)}" '
            'maxlength="200" autocomplete="off">'
        )
    return (
        f'<form class="set" data-field="{escape(field.id)}">{control}'
        f'<button type="submit" class="small">{escape(texts.save)}</button></form>'
    )


def _unit(field: ProfileField, texts: Texts) -> str:
    unit = field.unit or ""
    return UNITS_EN.get(unit, unit) if texts.language == "en" else unit


def _source(number: int, citation: Mapping[str, Any], texts: Texts) -> str:
    label = str(citation.get("label", ""))
    kind = texts.kinds.get(str(citation.get("kind")), "")
    facts = [str(one) for one in (citation.get("publisher"), citation.get("date")) if one]
    if citation.get("page") is not None:
        facts.append(texts.page.format(page=citation["page"]))
    if citation.get("section"):
        facts.append(str(citation["section"]))
    level = _CONFIDENCE.get(str(citation.get("confidence")))
    confidence = (
        f'<span class="sure level-{level}">{escape(texts.confidence)} '
        f"<b>{escape(texts.confidences[level])}</b></span>"
        if level is not None
        else ""
    )
    url = safe_url(citation.get("url"))
    address, link = view_link(citation) or url, ""
    if address:
        # Heard alone, out of its card, the link still says which source it opens.
        name = f"{texts.open_source} ({label} {citation.get('title', '')})"
        link = (
            f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer" '
            f'aria-label="{escape(name)}">{escape(texts.open_source)} '
            '<span aria-hidden="true">↗</span></a>'
        )
    quote = str(citation.get("quote") or "")
    return (
        f'<section class="source" id="src-{number}-{escape(label)}" tabindex="-1">'
        f'<div class="head"><span class="label">{escape(label)}</span>'
        f'<span class="kind">{escape(kind)}</span>{confidence}</div>'
        f"<h3>{escape(str(citation.get('title', '')))}</h3>"
        f'<p class="facts">{escape(" · ".join(facts))}</p>'
        + (f"<blockquote>{escape(quote)}</blockquote>" if quote else "")
        + f'<div class="do">{link}<button type="button" class="link back" data-back="1">↩ '
        f"{escape(texts.back)}</button></div></section>"
    )


def _short(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
