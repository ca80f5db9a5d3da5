"""Drafts and versions as plain data: for `--json`, the API and the page (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from advisor.corpus.notices.labels import label_of
from advisor.corpus.notices.values import PROGRAM_FIELDS, write_value
from advisor.corpus.problems import Problem
from advisor.corpus.reviewing import Version
from advisor.corpus.stale import StaleRecord
from advisor.domain.drafts import Draft, DraftField, DraftState, PublishedRecord
from advisor.domain.passages import Kind

# Below this a person should look twice.
DOUBTFUL = 0.6


def draft_line(draft: Draft) -> dict[str, Any]:
    """Return a draft as one row of a list."""
    doubtful = [
        one
        for one in draft.fields
        if one.value is not None and one.confidence < DOUBTFUL and one.by is None
    ]
    return {
        "id": draft.id, "kind": draft.kind, "title": draft.title, "state": draft.state.value,
        "changes": draft.changes, "revision": draft.revision,
        "fields": sum(one.value is not None for one in draft.fields), "doubtful": len(doubtful),
        "created_at": _moment(draft.created_at), "decided_by": draft.decided_by,
        "decided_at": _moment(draft.decided_at), "note": draft.note,
        "record_id": draft.record_id, "version": draft.version,
        "source": {**asdict(draft.source), "fetched_at": _moment(draft.source.fetched_at)},
    }  # fmt: skip


def draft_sheet(
    draft: Draft, data: Mapping[str, Any], problems: Sequence[Problem]
) -> dict[str, Any]:
    """Return a draft with all that its form shows.

    Args:
        draft: Its `fields` come in the order of the form, those that nobody found with no value.
        data: The record that publishing would make.
        problems: What keeps it from being one; empty for a decided draft.
    """
    return {
        **draft_line(draft),
        "remarks": list(draft.remarks),
        "fields": [_field(one, data) for one in _in_order(draft)],
        "record": dict(data),
        "problems": [asdict(one) for one in problems] if draft.state is DraftState.OPEN else [],
    }


def version_line(one: PublishedRecord) -> dict[str, Any]:
    """Return a version without its data."""
    return {
        "record_id": one.id, "kind": one.kind, "version": one.version, "action": one.action,
        "signed_by": one.signed_by, "signed_at": one.signed_at.isoformat(), "note": one.note,
        "withdrawn": one.withdrawn,
    }  # fmt: skip


def versioned_line(one: Version) -> dict[str, Any]:
    """Return a version with what it changed."""
    changed = [
        {
            **asdict(two),
            "label": label_of(two.field),
            "label_en": label_of(two.field, "en"),
            "before_text": _flat_text(two.field, two.before),
            "after_text": _flat_text(two.field, two.after),
        }
        for two in one.changes
    ]
    return {**version_line(one.published), "changes": changed}


def _flat_text(name: str, value: Any) -> str:
    """Return a value as a cell of a table of differences; "" where there is none."""
    if isinstance(value, list):
        return "\n".join(_flat_text(name, one) for one in value)
    if isinstance(value, Mapping):
        said = value.get("title") or value.get("words")
        kind = value.get("type")
        return f"{label_of(f'criteria.{kind}')}: {said}" if kind else str(said or dict(value))
    return write_value(name, value)


def stale_line(one: StaleRecord) -> dict[str, Any]:
    """Return a record to look at again."""
    return {
        **asdict(one),
        "checked_on": one.checked_on.isoformat(),
        "next_on": one.next_on.isoformat() if one.next_on else None,
        "reasons": list(one.reasons),
        "reasons_en": list(one.reasons_en),
    }


def _in_order(draft: Draft) -> list[DraftField]:
    known = {one.name: one for one in draft.fields}
    names = PROGRAM_FIELDS if draft.kind == Kind.PROGRAM and draft.changes is None else ()
    ordered = [known.get(name) or DraftField(name, None, confidence=0.0) for name in names]
    return ordered + [one for one in draft.fields if one.name not in names]


def _field(one: DraftField, data: Mapping[str, Any]) -> dict[str, Any]:
    value = one.value
    if value is None and one.by is None and not one.name.startswith("criteria."):
        # What follows from the rest (the id, the year of the window) is shown to be looked at.
        value = _at(data, one.name)
    return {
        "name": one.name, "label": label_of(one.name), "label_en": label_of(one.name, "en"),
        "value": one.value, "text": write_value(one.name, value), "was": write_value(
            one.name, one.was
        ),
        "page": one.page, "quote": one.quote, "confidence": one.confidence,
        "found_by": one.found_by if one.value is not None or one.by else None,
        "by": one.by, "at": _moment(one.at),
    }  # fmt: skip


def _at(data: Mapping[str, Any], name: str) -> Any:
    value: Any = data
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value if value not in ("", []) else None


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
