"""Support for one company as HTML: what to tell, programs, chain, actions, comparison (pure)."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from advisor.conversation.shortlist import SavedLook
from advisor.domain.match import (
    CriterionResult,
    JudgedCriterion,
    Match,
    Verdict,
    WindowOnDay,
    WindowState,
)
from advisor.domain.money import format_krw
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, SupportProgram
from advisor.domain.vocabulary import ProfileField
from advisor.matching.actions import Action
from advisor.matching.compare import Comparison
from advisor.matching.outlook import Outlook
from advisor.matching.recommendation import Chain
from advisor.ui.markdown import safe_url
from advisor.ui.panel import field_name, render_unknown, show_value
from advisor.ui.strings import Texts
from advisor.ui.support_plan import render_plan
from advisor.ui.support_saved import render_keeper, render_saved
from advisor.ui.support_words import say

# What an owner can answer at once and what decides most.
FIRST_FACTS = ("factory_sido", "industry_text", "employees_regular", "pain_codes")
SHOWN, FOLDED = 4, 12
_RESULTS = {"met": ("✓", "met"), "not_met": ("✗", "not_met"), "unknown": ("?", "open_result")}
_NOT_ASKED = frozenset({"object", "list[object]", "bool"})


def render_loading(texts: Texts) -> str:
    """Return what the view shows before its first outlook."""
    return (
        '<section class="support"><p class="lead" role="status"><span class="spinner" '
        f'aria-hidden="true"></span> {escape(say("loading", texts))}</p></section>'
    )


def render_support_failed(texts: Texts, sentence: str = "") -> str:
    """Return why there is no outlook, with a way to try again."""
    return (
        f'<section class="support"><div class="block" role="alert"><p>'
        f"{escape(sentence or say('failed', texts))}</p>"
        f'<button type="button" class="quiet strong" data-support="again">'
        f"{escape(say('retry', texts))}</button></div></section>"
    )


def render_no_facts(
    fields: Sequence[ProfileField], texts: Texts, *, hint: str = "", saved: str = ""
) -> str:
    """Return what to tell first, as forms: nothing is judged of a company nothing is known of."""
    by_id = {one.id: one for one in fields}
    asked = "".join(
        render_unknown(by_id[name], texts) for name in FIRST_FACTS if name in by_id
    )  # fmt: skip
    return (
        f'<section class="support"><h2>{escape(say("title", texts))}</h2>{_hint(hint)}{saved}'
        f'<div class="block start"><h3>{escape(say("empty", texts))}</h3>'
        f"<p>{escape(say('empty_more', texts))}</p>{asked}</div></section>"
    )


def render_support(
    outlook: Outlook,
    corpus: Corpus,
    profile: Profile,
    fields: Sequence[ProfileField],
    texts: Texts,
    *,
    picked: Sequence[str] = (),
    cost: str = "",
    hint: str = "",
    saved: SavedLook | None = None,
) -> str:
    """Return the whole view.

    Args:
        outlook: What was judged and planned.
        corpus: Titles, sources and amounts of the records.
        profile: What it was judged on.
        fields: Of the profile, for their names and the form of the missing one.
        texts: Words of the page.
        picked: Ids ticked for comparison.
        cost: What stands in the cost's box, as typed.
        hint: What could not be read of the form.
        saved: The owner's shortlist and what is new of it; None is an empty one.
    """
    saved = saved or SavedLook()
    lead = say("lead", texts, day=outlook.today.isoformat())
    return (
        f'<section class="support"><h2>{escape(say("title", texts))}</h2>'
        f'<p class="lead">{escape(lead)}</p>{_hint(hint)}'
        f"{render_saved(saved, corpus, outlook.today, texts)}"
        f"{_known(profile, fields, texts)}{_ask(outlook, fields, profile, texts)}"
        f"{render_programs(outlook, corpus, texts, picked=picked, saved=saved.record_ids)}"
        f"{render_comparisons(outlook.comparisons, texts)}"
        f"{render_chain(outlook.chain, corpus, texts)}"
        f"{render_plan(outlook, corpus, texts, cost=cost, picked=picked)}"
        f"{render_actions(outlook.actions, outlook.calendar, texts)}</section>"
    )


def render_programs(
    outlook: Outlook,
    corpus: Corpus,
    texts: Texts,
    *,
    picked: Sequence[str] = (),
    saved: Sequence[str] = (),
) -> str:
    """Return the programs grouped by what the company can do with them today."""
    possible = [one for one in outlook.programs if one.verdict is not Verdict.NOT_ELIGIBLE]
    refused = [one for one in outlook.programs if one.verdict is Verdict.NOT_ELIGIBLE]
    by_state = {state: [m for m in possible if m.window.state is state] for state in WindowState}
    groups = [
        ("open", by_state[WindowState.OPEN]), ("upcoming", by_state[WindowState.UPCOMING]),
        ("unsure", by_state[WindowState.UNKNOWN]), ("closed", by_state[WindowState.CLOSED]),
        ("refused", sorted(refused, key=lambda one: not _is_near(one))),
    ]  # fmt: skip
    parts = []
    for name, rows in groups:
        if name == "open" and not rows:
            words = say("none_open", texts, day=outlook.today.isoformat())
            parts.append(f'<p class="none">{escape(words)}</p>')
        if rows:
            parts.append(
                f'<div class="group-{name}"><h4>{escape(say(name, texts))} <b>{len(rows)}</b></h4>'
                f"{_cards(rows, corpus, texts, picked, saved)}</div>"
            )
    return f'<div class="block programs"><h3>{escape(say("programs", texts))}</h3>{"".join(parts)}</div>'


def _is_near(match: Match) -> bool:
    """Whether a change that a factory can make would open a program that refuses it now."""
    is_for_makers = any(
        one.type == "supplier_company" and one.result is CriterionResult.NOT_MET
        for one in match.criteria
    )
    return not is_for_makers and any(one.verdict is Verdict.ELIGIBLE for one in match.changes)


def _cards(
    rows: Sequence[Match], corpus: Corpus, texts: Texts, picked: Sequence[str], saved: Sequence[str]
) -> str:
    cards = [
        _program(one, corpus.programs[one.record_id], texts, picked, saved)
        for one in rows[: SHOWN + FOLDED]
    ]
    html = f'<div class="cards">{"".join(cards[:SHOWN])}</div>'
    if len(cards) > SHOWN:
        left = len(rows) - len(cards)
        note = f'<p class="none">{escape(say("left", texts, count=left))}</p>' if left else ""
        html += (
            f'<details class="fold"><summary>{escape(say("more", texts, count=len(cards) - SHOWN))}'
            f'</summary><div class="cards">{"".join(cards[SHOWN:])}</div>{note}</details>'
        )
    return html


def _program(
    match: Match,
    program: SupportProgram,
    texts: Texts,
    picked: Sequence[str],
    saved: Sequence[str],
) -> str:
    verdict, window = match.verdict.value, match.window
    changes = "".join(f"<li>{escape(one.says)}</li>" for one in match.changes)
    if changes:
        changes = (
            f'<div class="change"><b>{escape(say("change", texts))}</b><ul>{changes}</ul></div>'
        )
    criteria = "".join(_criterion(one, program, texts) for one in match.criteria)
    human = "".join(f"<li>{escape(one)}</li>" for one in match.human_conditions)
    if human:
        human = f'<b>{escape(say("human", texts))}</b><ul class="human">{human}</ul>'
    links = "".join(
        _link(one.url, one.title) for one in program.sources[:2] if safe_url(one.url)
    )  # fmt: skip
    return (
        f'<article class="program"><div class="badges"><span class="badge v-{verdict}">'
        f'{escape(say(verdict, texts))}</span><span class="badge w-{window.state.value}">'
        f"{escape(say('w_' + window.state.value, texts))}</span>{_picker(match.record_id, texts, picked)}"
        f"{render_keeper(match.record_id, program.title, saved, texts)}"
        f"</div><h5>{escape(program.title)}</h5>{_window(window, texts)}"
        f'<p class="money">{escape(_money(program, texts))}</p><p class="why">{escape(match.why)}</p>'
        f"{changes}<details><summary>{escape(say('criteria', texts, count=len(match.criteria)))}"
        f'</summary><ul class="criteria">{criteria}</ul>{human}<p class="sources">{links}</p>'
        "</details></article>"
    )


def _criterion(one: JudgedCriterion, program: SupportProgram, texts: Texts) -> str:
    mark, word = _RESULTS[one.result.value]
    link = ""
    if one.source is not None and one.source < len(program.sources):
        source = program.sources[one.source]
        link = _link(source.url, say("source", texts), of=source.title)
    return (
        f'<li class="r-{one.result.value}"><span class="result"><i aria-hidden="true">{mark}</i> '
        f"{escape(say(word, texts))}</span> {escape(one.because)} {link}</li>"
    )


def _window(window: WindowOnDay, texts: Texts) -> str:
    parts = []
    closes = window.closes_on.isoformat() if window.closes_on else ""
    if window.state is WindowState.OPEN and closes:
        hour = f" {window.closes_at}" if window.closes_at else ""
        parts.append(say("until", texts, day=closes + hour))
        if window.days_left is not None:
            parts.append(say("days_left", texts, count=window.days_left))
    elif window.state is WindowState.UPCOMING and window.opens_on:
        parts.append(say("from", texts, day=window.opens_on.isoformat()))
    elif window.state is WindowState.CLOSED and closes:
        parts.append(say("ended", texts, day=closes))
    if window.expected and window.state is not WindowState.OPEN:
        parts.append(say("expected", texts, text=window.expected))
    if window.note:
        parts.append(window.note)
    return f'<p class="window">{escape(" · ".join(parts))}</p>' if parts else ""


def _money(program: SupportProgram, texts: Texts) -> str:
    support = program.support
    ceiling = say("no_amount", texts)
    if support.max_amount_krw is not None:
        ceiling = say("amount", texts, text=format_krw(support.max_amount_krw))
    parts = [ceiling]
    if support.subsidy_rate is not None:
        parts.append(say("share", texts, text=f"{support.subsidy_rate:.0%}"))
    return " · ".join([*parts, say("year", texts, year=program.year)])


def _picker(record_id: str, texts: Texts, picked: Sequence[str]) -> str:
    checked = " checked" if record_id in picked else ""
    return (
        f'<label class="tick"><input type="checkbox" data-tick="{escape(record_id)}"{checked}> '
        f"{escape(say('pick', texts))}</label>"
    )


def _link(url: str | None, words: str, *, of: str = "") -> str:
    """Return a link, heard with what it is `of` where its words alone do not tell."""
    address = safe_url(url)
    if address is None:
        return ""
    name = f' aria-label="{escape(f"{words}: {of}")}"' if of else ""
    return (
        f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer"{name}>'
        f"{escape(words)}</a>"
    )


def render_chain(chain: Chain, corpus: Corpus, texts: Texts) -> str:
    """Return gap, solution, case, program and expert as steps, each with its reason."""
    steps = []
    for link in chain.links:
        title = corpus.record(link.match.record_id).title if link.match else ""
        named = f"<b>{escape(title)}</b>" if title else ""
        closed = ""
        if link.match and link.match.kind == "program":
            closed = (
                f'<span class="badge w-{link.match.window.state.value}">'
                f"{escape(say('w_' + link.match.window.state.value, texts))}</span>"
            )
        steps.append(
            f'<li><span class="step">{escape(say(link.kind, texts))}</span>{named}{closed}'
            f"<p>{escape(link.says)}</p></li>"
        )
    return (
        f'<div class="block"><h3>{escape(say("chain", texts))}</h3>'
        f'<ol class="chain">{"".join(steps)}</ol></div>'
    )


def render_actions(actions: Sequence[Action], calendar: bytes, texts: Texts) -> str:
    """Return what to do in order, with days, and the calendar to take along."""
    rows = []
    for one in actions:
        day = (
            f'<span class="by">{escape(say("by", texts, day=one.by.isoformat()))}</span>'
            if one.by
            else ""
        )
        usual = "" if one.source_says else f'<i class="usual">{escape(say("usual", texts))}</i>'
        rows.append(f"<li><b>{escape(one.what)}</b>{day}{usual}<p>{escape(one.why)}</p></li>")
    # The file travels inside the page: a link with the consultation's id would end up in logs.
    if b"BEGIN:VEVENT" in calendar:
        data = b64encode(calendar).decode("ascii")
        take = (
            f'<a class="quiet take" download="support-windows.ics" '
            f'href="data:text/calendar;base64,{data}">{escape(say("calendar", texts))}</a>'
        )
    else:
        take = f'<p class="none">{escape(say("no_calendar", texts))}</p>'
    return (
        f'<div class="block"><h3>{escape(say("actions", texts))}</h3>'
        f'<ol class="actions">{"".join(rows)}</ol>{take}</div>'
    )


def render_comparisons(tables: Sequence[Comparison], texts: Texts) -> str:
    """Return up to four programs or solutions side by side."""
    parts = []
    for table in tables:
        heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.titles)
        rows = "".join(
            f'<tr><th scope="row">{escape(label)}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + "</tr>"
            for label, cells in table.rows
        )
        parts.append(
            f'<div class="wide" tabindex="0"><table class="compare"><thead><tr><th scope="col">'
            f"{escape(say('item', texts))}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )
    body = "".join(parts) or f'<p class="none">{escape(say("compare_hint", texts))}</p>'
    return f'<div class="block" id="support-compare"><h3>{escape(say("compare", texts))}</h3>{body}</div>'


def _known(profile: Profile, fields: Sequence[ProfileField], texts: Texts) -> str:
    facts = "".join(
        f"<li>{escape(field_name(one, texts))} "
        f"<b>{escape(show_value(profile.facts[one.id].value, one, texts))}</b></li>"
        for one in fields
        if one.id in profile
    )
    label = escape(say("known", texts))
    return f'<ul class="knowns" aria-label="{label}">{facts}</ul>'


def _ask(outlook: Outlook, fields: Sequence[ProfileField], profile: Profile, texts: Texts) -> str:
    """Return the missing fact that settles most, with its form."""
    by_id = {one.id: one for one in fields}
    for name, count in outlook.ask_next:
        field = by_id.get(name)
        if field is None or name in profile or field.type in _NOT_ASKED:
            continue
        why = say("ask_count", texts, count=count) if count else say("ask_some", texts)
        return (
            f'<div class="block ask-next"><h3>{escape(say("ask", texts))}</h3>'
            f"{render_unknown(field, texts)}<p>{escape(why)}</p></div>"
        )
    return ""


def _hint(text: str) -> str:
    return f'<p class="hint" role="alert">{escape(text)}</p>' if text else ""
