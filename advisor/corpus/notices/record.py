"""A draft to the whole record that publishing makes of it (pure)."""

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any
from zlib import crc32

from pydantic import JsonValue

from advisor.domain.drafts import Draft, DraftField
from advisor.domain.passages import Kind

CRITERIA = "criteria."
# What a record cannot do without.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    Kind.PROGRAM: ("name", "year", "agency", "kind", "purpose"),
    Kind.EXPERT: ("name", "kind", "services"),
    Kind.SOLUTION: ("name", "kind", "problem"),
}
_YEAR = re.compile(r"20\d\d")


def record_data(draft: Draft, base: Mapping[str, Any] | None, *, today: date) -> dict[str, Any]:
    """Return the record as in its YAML file.

    Args:
        draft: A field without a value leaves what the base has; one that staff emptied empties it.
        base: The record that the draft changes; None makes a new one, null where nothing is known.
        today: Becomes `checked_on`.
    """
    data = deepcopy(dict(base)) if base is not None else _empty(draft)
    sources = [dict(one) for one in data.get("sources", ())]
    at = _add_source(sources, draft, today)
    criteria = [dict(one) for one in data.get("criteria", ())]
    for field in draft.fields:
        if field.value is None and field.found_by != "staff":
            continue
        if field.name.startswith(CRITERIA):
            _put_criterion(criteria, field, at)
        else:
            _put(data, field.name.split("."), field.value)
    data["sources"] = sources
    if criteria or "criteria" in data:
        data["criteria"] = criteria
    data["checked_on"] = today.isoformat()
    _complete(data, draft, today)
    return data


def missing_fields(draft: Draft, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a new record cannot do without and the draft does not have."""
    return tuple(name for name in _NEEDED.get(draft.kind, ()) if data.get(name) in (None, ""))


def new_id(draft: Draft) -> str:
    """Return an id for a new record: ASCII words of its source, and its year.

    Hangul has no place in an id; staff may set a better one before the record is published.
    """
    words = re.sub(r"[^a-z0-9]+", "-", draft.source.key.lower()).strip("-")
    year = draft.field("year")
    parts = [words[:60].strip("-") or f"notice-{crc32(draft.source.key.encode()):08x}"]
    if year is not None and year.value and str(year.value) not in words:
        parts.append(str(year.value))
    return "-".join(parts)


def _empty(draft: Draft) -> dict[str, Any]:
    """Return a record in which no source has said anything yet."""
    common: dict[str, Any] = {
        "id": new_id(draft), "aliases": [], "sources": [], "confidence": "high",
    }  # fmt: skip
    if draft.kind == Kind.EXPERT:
        return {
            **common, "name": "", "name_en": "", "kind": None, "regions": [], "sido": [],
            "services": [], "for_whom": "",
            **dict.fromkeys(("cost", "homepage_domain", "phone", "address", "notes")),
        }  # fmt: skip
    if draft.kind == Kind.SOLUTION:
        return {
            **common, "name": "", "name_en": "", "kind": None, "problem": None,
            "industries_processes": [], "outcomes_claimed": [], "required_data": "",
            "prerequisites": "",
            **dict.fromkeys(
                ("supplier", "readiness_level", "cost_range_krw", "lead_time", "deployment", "notes")
            ),
        }  # fmt: skip
    if draft.kind != Kind.PROGRAM:
        return common
    return {
        **common,
        "name": "", "name_en": "", "year": None, "agency": None, "operator": None, "kind": None,
        "purpose": None,
        "support": dict.fromkeys(
            ("max_amount_krw", "amount_basis", "amount_year", "subsidy_rate", "own_share",
             "loan_rate", "loan_term", "detail")
        ),
        "eligibility": {
            **dict.fromkeys(
                ("company_size", "industry", "smart_factory_level", "years_in_business",
                 "revenue_limit", "employee_limit", "consortium", "other_requirements",
                 "exclusions")
            ),
            "region": [],
        },
        "sido": [], "criteria": [], "human_conditions": [],
        "window": {
            **dict.fromkeys(
                ("opens_on", "closes_on", "typical_schedule", "closes_at", "extended_to",
                 "closed_early_on")
            ),
            "status_said": "unknown", "applicants": "company", "until_funds_run_out": False,
        },
        "how_to_apply": None, "documents": None,
        "contact": {"organization": None, "phone": None, "web": None, "web_basis": None},
        "stages": None, "notes": None,
    }  # fmt: skip


def _put(data: dict[str, Any], path: list[str], value: JsonValue) -> None:
    *outer, last = path
    for name in outer:
        inner = data.get(name)
        data[name] = dict(inner) if isinstance(inner, Mapping) else {}
        data = data[name]
    data[last] = value


def _put_criterion(criteria: list[dict[str, Any]], field: DraftField, at: int) -> None:
    kind = field.name.removeprefix(CRITERIA)
    rest = [one for one in criteria if one.get("type") != kind]
    if isinstance(field.value, Mapping):
        rest.append({**field.value, "type": kind, "source": at})
    criteria[:] = rest


def _add_source(sources: list[dict[str, Any]], draft: Draft, today: date) -> int:
    """Add the notice to the sources, once; return its place."""
    source = draft.source
    title = source.title or draft.title
    for at, known in enumerate(sources):
        if known.get("title") == title and known.get("url") == source.url:
            return at
    day = source.date if source.date and source.date <= today.isoformat() else None
    sources.append(
        {
            "url": source.url if (source.url or "").startswith("http") else None,
            "title": title,
            "publisher": source.publisher,
            "date": day,
            "supports": "공고문",
        }
    )
    return len(sources) - 1


def _complete(data: dict[str, Any], draft: Draft, today: date) -> None:
    """Fill what follows from the rest, never what a source would have to say."""
    if "name_en" in data and not data["name_en"]:
        data["name_en"] = data.get("name") or ""
    if draft.kind != Kind.PROGRAM:
        return
    window, support = data["window"], data["support"]
    days = [window.get(one) for one in ("extended_to", "closes_on", "opens_on")]
    said = next((one for one in days if one), None)
    if data.get("year") is None and said:
        data["year"] = int(said[:4])
    if support.get("max_amount_krw") is not None:
        support["amount_year"] = support.get("amount_year") or data.get("year")
        support["amount_basis"] = support.get("amount_basis") or "per_company"
    last = window.get("extended_to") or window.get("closes_on")
    if last and last < today.isoformat():
        window["status_said"] = "closed"
    elif last and window.get("status_said") in {"closed", "past_edition"}:
        window["status_said"] = "unknown"
    elif not last and window.get("until_funds_run_out"):
        window["status_said"] = "ongoing"
    contact = data["contact"]
    if contact.get("web") and not contact.get("web_basis"):
        contact["web_basis"] = "source"
