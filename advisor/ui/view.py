"""The talk as HTML: header, empty state, turns, work in progress, composer (pure).

Everything that comes from people or records is escaped here or in `markdown`; buttons carry
`data-act` and their values, which `blocks` turns into events.
"""

import time
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from advisor.domain.facade import KeptTurn
from advisor.messages import STEP_LABELS, UserMessage
from advisor.ui.downloads import render_talk_report
from advisor.ui.markdown import render_markdown
from advisor.ui.share_view import render_door
from advisor.ui.strings import Texts

MARK = (
    '<svg class="mark" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="11"/>'
    '<path d="M9 29V18l7 4.5V18l7 4.5V11h4.5l1 18z"/><circle cx="29.5" cy="9.5" r="3.5"/></svg>'
)
STATUS_ICONS = {
    "asked_back": "?",
    "no_evidence": "∅",
    "out_of_scope": "↪",
    "blocked": "!",
    "failed": "×",
}

# Owners' views first, then the staff's; a view that is not named here stands before the last.
ORDER = ("talk", "diagnosis", "support", "mine", "helpdesk", "clients", "documents", "review")


def render_top(texts: Texts) -> str:
    """Return the header; its `data-lang` also sets the language of the document."""
    other = "ko" if texts.language == "en" else "en"
    links = "".join(
        f'<a href="#{name}" data-view="{name}">{escape(label)}</a>'
        for name, label in sorted(texts.views.items(), key=lambda one: _place(one[0]))
    )
    return (
        f'<header class="top" data-lang="{texts.language}" data-title="{escape(texts.title)}">'
        f'<a class="skip" href="#" data-skip="1">{escape(texts.skip)}</a>'
        f'<div class="inner">{MARK}<div class="names"><h1>{escape(texts.title)}</h1>'
        f"<p>{escape(texts.subtitle)}</p></div>"
        f'<nav class="views" aria-label="{escape(texts.views_label)}">{links}</nav>'
        f'<button type="button" class="quiet" data-language="{other}" '
        f'lang="{other}" aria-label="{escape(texts.switch_label)}">{escape(texts.switch)}</button>'
        f'<button type="button" class="quiet strong" data-fresh="1">'
        f'<span aria-hidden="true">+</span> {escape(texts.new_talk)}</button></div></header>'
    )


def render_empty(texts: Texts, *, note: str = "") -> str:
    """Return what a new talk shows: an invitation and six real worries to tap."""
    cards = "".join(
        f'<button type="button" class="example" data-act="send" data-text="{escape(question)}">'
        f"<b>{escape(name)}</b><span>{escape(question)}</span></button>"
        for name, question in texts.examples
    )
    promises = "".join(f"<li>{escape(one)}</li>" for one in texts.promises)
    return (
        f'{render_note(note)}<section class="hello">{MARK}<h2>{escape(texts.hello)}</h2>'
        f'<p>{escape(texts.hello_more)}</p><ul class="promises">{promises}</ul>'
        f'<h3>{escape(texts.examples_title)}</h3><div class="examples">{cards}</div></section>'
    )


def render_waiting(texts: Texts, *, problem: UserMessage | None) -> str:
    """Return what the page shows until the Advisor can answer, or why it cannot."""
    if problem is None:
        return (
            '<section class="waiting" role="status"><span class="spinner" aria-hidden="true">'
            f"</span><div><h2>{escape(texts.preparing)}</h2><p>{escape(texts.preparing_more)}</p>"
            "</div></section>"
        )
    return (
        f'<section class="waiting problem" role="alert"><div><h2>{escape(problem.text)}</h2>'
        f"<p>{escape(problem.next_step)}</p>"
        f'<button type="button" class="quiet strong" data-act="retry">{escape(texts.retry)}'
        "</button></div></section>"
    )


def render_log(
    turns: Sequence[KeptTurn], texts: Texts, *, note: str = "", report: bool = False
) -> str:
    """Return all turns, oldest first; only the last one offers what to ask next.

    `report` is whether the talk holds a diagnosis, whose report may then be taken along.
    """
    if not turns:
        return render_empty(texts, note=note)
    parts = [
        render_turn(number, turn, texts, is_last=number == len(turns) - 1)
        for number, turn in enumerate(turns)
    ]
    card = render_talk_report(texts.language) if report else ""
    return render_note(note) + "".join(parts) + card


def render_turn(number: int, turn: KeptTurn, texts: Texts, *, is_last: bool) -> str:
    """Return one question with its answer; `number` counts from 0."""
    answer = turn.answer
    status = str(answer.get("status", "answered"))
    if status not in STATUS_ICONS:
        status = "answered"
    labels = [str(one.get("label")) for one in answer.get("citations", ())]
    body = render_markdown(
        str(answer.get("text", "")), labels=labels, anchor=f"src-{number}-", cite=texts.cite
    )
    again = ""
    if status == "failed":
        again = (
            '<button type="button" class="quiet strong" data-act="send" '
            f'data-text="{escape(turn.question)}">{escape(texts.again)}</button>'
        )
    return (
        f'<article class="turn" id="turn-{number}">{render_question(turn.question, texts)}'
        f'<div class="answer {status}"><span class="who">{MARK}{escape(texts.advisor)}</span>'
        f'{_badge(status, texts)}<div class="words">{body}</div>{again}'
        f"{_foot(number, turn, texts, sources=len(labels))}</div>"
        f"{_next(answer, texts) if is_last else ''}</article>"
    )


def render_question(question: str, texts: Texts) -> str:
    """Return the user's own words in their bubble."""
    words = escape(question).replace("\n", "<br>")
    return f'<h2 class="asked"><span class="hidden">{escape(texts.you)}: </span>{words}</h2>'


def render_pending(question: str, steps: Sequence[str], texts: Texts, *, text: str = "") -> str:
    """Return a question in work: steps done so far, and what of the answer is checked already."""
    names = [STEP_LABELS[one][texts.language] for one in steps if one in STEP_LABELS]
    names = names or [texts.working]
    rows = "".join(f'<li class="done">{escape(one)}</li>' for one in names[:-1])
    rows += (
        f'<li class="now"><span class="spinner" aria-hidden="true"></span>{escape(names[-1])}</li>'
    )
    # A list that is still growing is read out as a whole once it is there, not letter by letter.
    words = render_markdown(text, anchor="", cite=texts.sources) if text else ""
    begun = f'<div class="words growing" aria-busy="true">{words}</div>' if words else ""
    return (
        f'<article class="turn pending">{render_question(question, texts)}'
        f'<div class="answer"><span class="who">{MARK}{escape(texts.advisor)}</span>'
        f'<ol class="steps" aria-label="{escape(texts.working)}">{rows}</ol>{begun}</div></article>'
    )


def render_failed(question: str, problem: UserMessage, texts: Texts) -> str:
    """Return a question whose answer could not even be kept, with a way to send it again."""
    return (
        f'<article class="turn">{render_question(question, texts)}<div class="answer failed">'
        f'<span class="who">{MARK}{escape(texts.advisor)}</span>{_badge("failed", texts)}'
        f'<div class="words"><p>{escape(problem.text)}</p><p>{escape(problem.next_step)}</p></div>'
        f'<button type="button" class="quiet strong" data-act="send" data-text="{escape(question)}">'
        f"{escape(texts.again)}</button></div></article>"
    )


def render_composer(texts: Texts, *, limit: int, engine: str = "") -> str:
    """Return the box to write in, with the notice that an AI answers.

    What changes from event to event (busy, hint, counts) is told by `render_state`, so that this
    part is drawn anew only with the language and never under the hands of someone who types.

    Args:
        texts: Words of the page.
        limit: Longest message in characters.
        engine: Engine's name; one that sends questions outside is named in the notice.
    """
    notice = texts.notice
    if engine.startswith("openai:"):
        notice += " " + texts.notice_model.format(name=engine.removeprefix("openai:"))
    return (
        f'<form class="composer" data-limit="{limit}" data-empty="{escape(texts.empty)}" '
        f'data-long="{escape(texts.too_long)}" data-wait="{escape(texts.busy)}" '
        f'data-lost="{escape(texts.lost)}" data-send="{escape(texts.send)}" '
        f'data-sending="{escape(texts.sending)}">'
        f'<div class="peek"><button type="button" data-panel="sources">{escape(texts.sources)} '
        '<b class="count-sources"></b></button><button type="button" data-panel="company">'
        f'{escape(texts.company)} <b class="count-facts"></b></button></div>'
        '<p class="hint" role="alert"></p><div class="box">'
        f'<textarea id="question" rows="1" aria-label="{escape(texts.question_label)}" '
        f'placeholder="{escape(texts.placeholder)}" autocomplete="off" enterkeyhint="send"></textarea>'
        '<span class="length" aria-hidden="true"></span>'
        f'<button type="button" class="send" data-send="1" aria-label="{escape(texts.send)}">'
        '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19V5m-6 6 6-6 6 6"/></svg>'
        f'</button></div><p class="notice"><span class="ai">AI</span>{escape(notice)} '
        f'<span class="keys">{escape(texts.keys)}</span></p></form>'
    )


def render_state(
    *,
    cid: str = "",
    turns: int = 0,
    pending: bool = False,
    waiting: bool = False,
    taken: bool = False,
    hint: str = "",
    facts: int | None = None,
    sources: int | None = None,
) -> str:
    """Return what the browser acts on after an event; nothing of it is shown as such.

    Args:
        cid: The talk's id, kept by the browser in its address; empty before the first question.
        turns: Answers kept so far.
        pending: Whether an answer is in work.
        waiting: Whether the Advisor is still being put together: the browser asks again.
        taken: Whether a question was taken, so that its box may be emptied.
        hint: Why a message was not taken.
        facts: Facts known of the company; None where they did not change.
        sources: Sources of the newest answer; None where they did not change.
    """
    numbers = "".join(
        f' data-{name}="{number}"'
        for name, number in (("facts", facts), ("sources", sources))
        if number is not None
    )
    # A new moment each time: the browser is told even if nothing else differs from before.
    return (
        f'<i id="state" hidden data-at="{time.monotonic_ns()}" data-cid="{escape(cid)}" '
        f'data-turns="{turns}" data-pending="{int(pending)}" data-waiting="{int(waiting)}" '
        f'data-taken="{int(taken)}" data-hint="{escape(hint)}"{numbers}></i>'
    )


def render_about(texts: Texts, *, engine: str = "") -> str:
    """Return what one should know of a service that is an AI, and how to delete a talk."""
    points = list(texts.about_points)
    if engine.startswith("openai:"):
        points.append((texts.about_model, texts.notice_model.format(name=engine[7:])))
    rows = "".join(
        f"<section><h3>{escape(head)}</h3><p>{escape(body)}</p></section>" for head, body in points
    )
    return (
        f'<div class="about"><h2>{escape(texts.about_title)}</h2><p class="lead">'
        f'{escape(texts.about_lead)}</p><div class="points">{rows}</div>'
        f'<section class="erase"><h3>{escape(texts.erase_title)}</h3>'
        f"<p>{escape(texts.erase_lead)}</p>"
        f'<button type="button" class="quiet danger" data-ask="erase" '
        f'data-sure="{escape(texts.erase_sure)}">{escape(texts.erase)}</button></section>'
        f"{render_door(texts)}</div>"
    )


def render_note(text: str) -> str:
    """Return a line above the talk; nothing where there is nothing to say."""
    return f'<p class="note" role="status">{escape(text)}</p>' if text else ""


def _place(view: str) -> int:
    if view == "about":
        return len(ORDER) + 1
    return ORDER.index(view) if view in ORDER else len(ORDER)


def _badge(status: str, texts: Texts) -> str:
    if status not in STATUS_ICONS:
        return ""
    return (
        f'<p class="badge"><span aria-hidden="true">{STATUS_ICONS[status]}</span>'
        f"{escape(texts.statuses[status])}</p>"
    )


def _foot(number: int, turn: KeptTurn, texts: Texts, *, sources: int) -> str:
    engine = str(turn.answer.get("engine", ""))
    model = engine.removeprefix("openai:")
    name = texts.engine_embedded if engine in {"", "embedded"} else texts.engine_model
    count = (
        f'<button type="button" class="count" data-cite="src-{number}-'
        f'{escape(str(turn.answer["citations"][0].get("label")))}">'
        f"{escape(texts.source_count.format(count=sources))}</button>"
        if sources
        else ""
    )
    thumbs = "".join(
        f'<button type="button" class="thumb" data-act="rate" data-turn="{number}" '
        f'data-rating="{0 if turn.rating == rating else rating}" '
        f'aria-pressed="{str(turn.rating == rating).lower()}" aria-label="{escape(label)}" '
        f'title="{escape(label)}">{icon}</button>'
        for rating, label, icon in ((1, texts.good, _THUMB), (-1, texts.bad, _THUMB_DOWN))
    )
    thanks = f'<span class="thanks">{escape(texts.thanks)}</span>' if turn.rating else ""
    return (
        f'<footer class="foot">{count}<span class="engine">{escape(name.format(name=model))}</span>'
        f'<span class="thumbs">{thanks}{thumbs}</span></footer>'
    )


def _next(answer: Mapping[str, Any], texts: Texts) -> str:
    """Return the question back and the follow-ups; a tap on a follow-up sends it."""
    parts = []
    question = answer.get("next_question")
    if question and str(question) not in str(answer.get("text", "")):
        parts.append(
            f'<p class="next"><b>{escape(texts.next_question)}</b>'
            f'<button type="button" class="reply" data-focus="1">{escape(str(question))}</button></p>'
        )
    chips = "".join(
        f'<button type="button" class="chip" data-act="send" data-text="{escape(str(one))}">'
        f"{escape(str(one))}</button>"
        for one in answer.get("follow_ups") or ()
    )
    if chips:
        label = escape(texts.follow_ups)
        parts.append(f'<div class="chips" role="group" aria-label="{label}">{chips}</div>')
    return "".join(parts)


_THUMB = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 21V10l4-7a2.2 2.2 0 0 1 2.2 2.6L12.6 9H19'
    'a2 2 0 0 1 2 2.4l-1.5 7.6a2.5 2.5 0 0 1-2.5 2zM7 21H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1h3"/></svg>'
)
_THUMB_DOWN = _THUMB.replace("<svg ", '<svg class="down" ')
