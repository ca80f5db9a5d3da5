"""A consultant's clients as JSON: the list, one client, its time line, its visit (pure).

An owner's consultation id opens all of it: it is in none of these, but for a client's own.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from advisor.clients.company import KnownFact, standing
from advisor.clients.file import ClientFile
from advisor.clients.listing import Listing, Row
from advisor.clients.readiness import Dated, open_items
from advisor.clients.visit import VisitSheet
from advisor.conversation.export import file_json
from advisor.diagnosis.compare import Change, Comparison
from advisor.domain.clients import Entry
from advisor.domain.instrument import Instrument
from advisor.domain.match import Verdict
from advisor.domain.readiness import Diagnosis, ItemAnswer
from advisor.domain.records import Corpus
from advisor.matching.outlook import Outlook
from advisor.matching.plan_present import plan_json
from advisor.matching.preparing import papers_for
from advisor.matching.present import window_json

PROGRAMS_SHOWN, SOLUTIONS_SHOWN = 8, 12
# Filled in by a diagnosis or by code, or of a shape that one line of a form cannot take.
_NOT_IN_FORM = frozenset({"object", "list[object]", "bool"})


def listing_json(found: Listing, *, can_open: bool, me: str) -> dict[str, Any]:
    """Return the list; `can_open` is whether the asker may look into a client."""
    return {
        "rows": [_row(one, me) for one in found.rows], "total": found.total,
        "counts": {state.value: count for state, count in found.counts.items()},
        "can_open": can_open,
    }  # fmt: skip


def client_json(file: ClientFile, row: Row, me: str) -> dict[str, Any]:
    """Return one client with all that is kept of it."""
    client, instrument = file.client, file.instrument
    return {
        **_row(row, me), "contact": client.contact, "plan_for": client.plan_for,
        "plan_cost_krw": client.plan_cost_krw,
        "handed_over_by": file.names.get(client.handed_over_by or "", ""),
        # The organisation's own talk may be gone on with; an owner's may only be read.
        "talk": client.consultation_id if client.origin == "hand" else None,
        "is_seen": file.consultation is not None, "turns": len(file.turns),
        "questions": [
            {"number": number, "at": _moment(at), "text": text} for number, at, text in file.turns
        ],
        "facts": [_fact(one, file.names) for one in file.facts],
        "entries": [_entry(one, file.names) for one in reversed(file.entries)],
        "notes": [
            {
                "id": one.id, "by": file.names.get(one.account_id, ""), "at": _moment(one.at),
                "text": one.text, "is_mine": one.account_id == me,
            }
            for one in file.notes
        ],
        "files": [file_json(one) for one in file.files],
        "answers": _answers(file),
        "open_items": list(open_items(instrument, file.result)),
        "now": None if file.result is None else _result(instrument, file.result),
        "diagnoses": [_dated(instrument, one, file.names) for one in file.results],
    }  # fmt: skip


def form_json(instrument: Instrument, corpus: Corpus) -> dict[str, Any]:
    """Return what may be entered: fields of the company, items with their levels, grades."""
    return {
        "fields": [
            {
                "id": one.id, "group": one.group, "label": one.label, "type": one.type,
                "unit": one.unit, "allowed": one.allowed, "ask": one.ask,
                "in_form": one.type not in _NOT_IN_FORM,
            }
            for one in corpus.vocabulary.profile_fields.values()
        ],
        "items": [
            {
                "id": one.id, "label": one.label, "question": one.question,
                "dimension": one.dimension,
                "levels": [{"value": level.value, "text": level.text} for level in one.anchors],
                "can_be_na": one.na_when is not None,
            }
            for one in instrument.items
        ],
        "dimensions": {one.id: one.name for one in instrument.dimensions},
        "grades": {
            key: one.name for key, one in instrument.evidence_grades.items() if key != "infer"
        },
    }  # fmt: skip


def comparison_json(instrument: Instrument, found: Comparison) -> dict[str, Any]:
    """Return what changed between two results."""
    names = {one.id: one.name for one in instrument.dimensions}
    items = instrument.item_by_id
    return {
        "overall": _change(found.overall, ""), "levels": list(found.levels),
        "is_same_version": found.is_same_version,
        "dimensions": [_change(one, names.get(one.id, one.id)) for one in found.dimensions],
        "items": [
            {
                "id": before.item,
                "label": items[before.item].label if before.item in items else before.item,
                "before": _answer(before), "after": _answer(after),
            }
            for before, after in found.items
        ],
    }  # fmt: skip


def outlook_json(file: ClientFile, found: Outlook, corpus: Corpus) -> dict[str, Any]:
    """Return shortlist, programs, plan, actions and papers for one client."""
    fitting = [one for one in found.programs if one.verdict is not Verdict.NOT_ELIGIBLE]
    by_id = {one.record_id: one for one in found.programs}
    papers = papers_for(
        corpus, file.saved or [one.record_id for one in found.acted_on], today=found.today
    )
    chosen = found.chain.solution.match
    return {
        "today": found.today.isoformat(),
        "saved": [
            {
                "id": name, "title": _title(corpus, name),
                "verdict": by_id[name].verdict.value if name in by_id else "unknown",
                "window": window_json(by_id[name].window) if name in by_id else None,
            }
            for name in file.saved
        ],
        "programs": [
            {
                "id": one.record_id, "title": _title(corpus, one.record_id),
                "verdict": one.verdict.value, "window": window_json(one.window), "why": one.why,
                "missing": list(one.missing),
            }
            for one in fitting[:PROGRAMS_SHOWN]
        ],
        "programs_count": len(fitting),
        "ask_next": [{"field": name, "count": count} for name, count in found.ask_next[:6]],
        "solutions": [
            {"id": one.record_id, "title": _title(corpus, one.record_id)}
            for one in found.solutions[:SOLUTIONS_SHOWN]
        ],
        "solution": chosen.record_id if chosen else None,
        "plan": None if found.plan is None else plan_json(found.plan),
        "titles": {
            line.record_id: _title(corpus, line.record_id)
            for line in (found.plan.lines if found.plan else ()) if line.record_id
        },
        "actions": [
            {
                "what": one.what, "why": one.why, "by": one.by.isoformat() if one.by else None,
                "source_says": one.source_says,
            }
            for one in found.actions
        ],
        "papers": [
            {
                "name": one.name, "by": one.by.isoformat() if one.by else None,
                "is_usual": one.is_usual,
                "programs": [_title(corpus, name) for name in one.program_ids],
            }
            for one in papers
        ],
    }  # fmt: skip


def visit_json(sheet: VisitSheet) -> dict[str, Any]:
    """Return a visit's sheet."""
    days = {"visit_on": sheet.visit_on, "today": sheet.today}
    return {**asdict(sheet), **{key: day.isoformat() if day else None for key, day in days.items()}}


def _row(row: Row, me: str) -> dict[str, Any]:
    one, step = row.client, row.step
    return {
        "id": one.id, "name": one.name, "state": row.state.value, "level": row.level,
        "step": step.step, "step_on": step.on.isoformat() if step.on else None,
        "step_text": step.text, "next_step": one.next_step,
        "next_on": one.next_on.isoformat() if one.next_on else None,
        "visit_on": one.visit_on.isoformat() if one.visit_on else None,
        "consultant": row.consultant.name, "consultant_id": one.account_id,
        "is_mine": one.account_id == me, "origin": one.origin,
        "updated_at": _moment(one.updated_at),
    }  # fmt: skip


def _fact(one: KnownFact, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "field": one.field, "value": _plain(one.value), "quote": one.quote, "source": one.source,
        "turn": one.turn, "at": _moment(one.at), "by": names.get(one.by, ""),
        "is_entered": bool(one.by), "reason": one.reason,
        "said": None if one.said is None else _plain(one.said),
    }  # fmt: skip


def _entry(one: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": one.kind, "key": one.key, "value": one.value, "reason": one.reason,
        "by": names.get(one.account_id, ""), "at": _moment(one.at),
    }  # fmt: skip


def _answers(file: ClientFile) -> list[dict[str, Any]]:
    """Return every item with its answer, and what the company says where it was overridden."""
    own = {one.answer.item: one.answer for one in file.own_answers}
    entered = standing(file.entries, "item")
    counted = {one.item: one for one in file.answers}
    rows = []
    for item in file.instrument.items:
        if item.id not in counted:
            continue
        over, said = entered.get(item.id), own.get(item.id)
        rows.append(
            {
                **_answer(counted[item.id]),
                "is_entered": over is not None,
                "note": "" if over else counted[item.id].note,
                "reason": over.reason if over else "",
                "by": file.names.get(over.account_id, "") if over else "",
                "at": _moment(over.at) if over else None,
                "said": _answer(said) if over and said else None,
            }
        )
    return rows


def _answer(one: ItemAnswer) -> dict[str, Any]:
    return {"item": one.item, "status": one.status.value, "value": one.value, "grade": one.grade}


def _dated(instrument: Instrument, one: Dated, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": one.id, "at": _moment(one.at), "by": names.get(one.by, ""),
        **_result(instrument, one.result),
    }  # fmt: skip


def _result(instrument: Instrument, one: Diagnosis) -> dict[str, Any]:
    return {
        "level": one.level,
        "level_name": next((each.name for each in instrument.levels if each.level == one.level), ""),
        "overall": one.overall, "confidence": one.confidence, "coverage": one.coverage,
        "version": one.instrument_version, "contradictions": len(one.contradictions),
    }  # fmt: skip


def _change(one: Change, name: str) -> dict[str, Any]:
    return {
        "id": one.id, "name": name, "before": one.before, "after": one.after,
        "difference": one.difference,
    }  # fmt: skip


def _title(corpus: Corpus, record_id: str) -> str:
    return corpus.record(record_id).title if record_id in corpus else record_id


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
