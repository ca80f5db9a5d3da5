"""The help desk's values as plain data for the API and the page (pure).

No id of a consultation but the asker's own, no word that says who asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from advisor.domain.helpdesk import Note, Topic
from advisor.domain.match import WindowOnDay
from advisor.domain.records import Corpus
from advisor.helpdesk.asking import DeskAnswer
from advisor.helpdesk.finding import Found
from advisor.helpdesk.queue import Earlier, TopicLine, TopicSheet
from advisor.helpdesk.wording import Wording

NameOf = Callable[[str], str]


def answer_json(found: DeskAnswer) -> dict[str, Any]:
    """Return an answer with its reply and wordings; `answer` has the contract's shape."""
    return {
        "answer": found.answer.to_json(), "marked": found.answer_marked,
        "plain": found.answer_plain, "with_sources": found.answer_with_sources,
        "reply": asdict(found.reply) if found.reply else None,
        "wordings": [wording_json(one) for one in found.wordings],
    }  # fmt: skip


def wording_json(one: Wording) -> dict[str, Any]:
    """Return a wording; its `lines` point at `places` by number."""
    checked = one.checked_on.isoformat() if one.checked_on else None
    return {**asdict(one), "checked_on": checked}


def found_json(one: Found) -> dict[str, Any]:
    """Return a hit of the desk's search."""
    return {
        "record_id": one.record_id, "kind": one.kind, "title": one.title, "score": one.score,
        "text": one.text, "year": one.year, "region": list(one.region),
        "window": _window(one.window), "wording": wording_json(one.wording),
    }  # fmt: skip


def line_json(one: TopicLine, *, name_of: NameOf, me: str) -> dict[str, Any]:
    """Return a topic as one row of a list."""
    moments = [asked.at for asked in one.questions]
    return {
        **_topic(one.topic, name_of=name_of, me=me),
        "count": len(one.questions), "reasons": dict(one.reasons),
        "first_at": _moment(min(moments, default=None)),
        "last_at": _moment(max(moments, default=None)),
    }  # fmt: skip


def sheet_json(sheet: TopicSheet, corpus: Corpus, *, name_of: NameOf, me: str) -> dict[str, Any]:
    """Return a topic with its questions, notes and what was settled before.

    The records that a badly rated answer cited are told, its words are not: they may repeat what
    the owner said of the company.
    """
    return {
        **line_json(sheet.line, name_of=name_of, me=me),
        "questions": [
            {
                "id": one.id, "text": one.text, "reason": one.reason, "at": _moment(one.at),
                "records": [
                    {"id": record, "title": corpus.record(record).title}
                    for record in one.records
                    if record in corpus
                ],
            }
            for one in sheet.line.questions
        ],
        "notes": [_note(one, name_of) for one in sheet.notes],
        "earlier": earlier_json(sheet.earlier),
        "is_live": (sheet.line.topic.record_id or "") in corpus,
        "faq": _faq(sheet.line.topic.record_id, corpus),
    }  # fmt: skip


def earlier_json(found: Sequence[Earlier]) -> list[dict[str, Any]]:
    """Return who called about it before: what was asked, how often, what was answered."""
    return [
        {
            "id": one.topic.id, "question": one.topic.question or one.topic.label,
            "answer": one.topic.answer, "state": one.topic.state, "asked": one.topic.asked,
            "record_id": one.topic.record_id, "settled_at": _moment(one.topic.changed_at),
            "sources": [asdict(source) for source in one.topic.sources],
            "likeness": one.likeness,
        }
        for one in found
    ]  # fmt: skip


def _topic(one: Topic, *, name_of: NameOf, me: str) -> dict[str, Any]:
    assignee = None
    if one.assignee:
        assignee = {"name": name_of(one.assignee), "is_me": one.assignee == me}
    return {
        "id": one.id, "state": one.state, "label": one.question or one.label, "asked": one.asked,
        "assignee": assignee, "question": one.question, "answer": one.answer,
        "sources": [asdict(source) for source in one.sources], "record_id": one.record_id,
        "revision": one.revision, "changed_at": _moment(one.changed_at),
    }  # fmt: skip


def _faq(record_id: str | None, corpus: Corpus) -> dict[str, Any] | None:
    """Return what was decided about the FAQ that answers now, None without one."""
    faq = corpus.faqs.get(record_id or "")
    if faq is None:
        return None
    return {"category": faq.topic, "aliases": list(faq.aliases), "confidence": faq.confidence}


def _note(one: Note, name_of: NameOf) -> dict[str, Any]:
    return {"at": _moment(one.at), "by": name_of(one.by), "act": one.act, "text": one.text}


def _window(one: WindowOnDay | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "state": one.state.value, "opens_on": one.opens_on.isoformat() if one.opens_on else None,
        "closes_on": one.closes_on.isoformat() if one.closes_on else None,
        "days_left": one.days_left,
    }  # fmt: skip


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
