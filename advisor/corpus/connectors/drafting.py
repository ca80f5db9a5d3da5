"""A notice to a draft of a record: every field with the source's own words beside it (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from pydantic import JsonValue

from advisor.corpus.connectors.amendments import WINDOW_FIELDS, Difference
from advisor.corpus.connectors.notice import PERIOD_NAMES, Notice, PeriodKind
from advisor.domain.drafts import Draft, DraftField, DraftSource
from advisor.domain.passages import Kind
from advisor.domain.vocabulary import Vocabulary

# Longer summaries are whole notices; the rest is read in the document.
_LONGEST_PURPOSE = 600
# What the official record of a service says is as sure as the service; what we make of it less.
_STATED, _DERIVED = 0.95, 0.6
_DAYS: Mapping[str, str] = {"window.opens_on": "시작일", "window.closes_on": "마감일"}
# Field of a notice to fields of a record.
_RECORD_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("name",),
    "agency": ("agency",),
    "operator": ("operator",),
    "regions": ("eligibility.region", "sido"),
    "target": ("eligibility.company_size", "eligibility.other_requirements"),
    "how_to_apply": ("how_to_apply",),
    "summary": ("purpose",),
    "contact": ("contact.organization",),
    "details": ("notes",),
}


def new_draft(
    notice: Notice,
    vocabulary: Vocabulary,
    *,
    today_is_closed: bool,
    fetched_at: datetime,
    read: Sequence[DraftField] = (),
    document_id: str | None = None,
    earlier: Draft | None = None,
    changed: Sequence[Difference] = (),
    remarks: Sequence[str] = (),
) -> Draft:
    """Return the draft of a new record.

    Args:
        notice: As the source tells of it.
        vocabulary: Which words are company sizes.
        today_is_closed: Whether nothing is taken any more.
        fetched_at: When it was read.
        read: Fields that rules found in its 공고문; what the source states itself goes before.
        document_id: The ingested document that their quotes stand in.
        earlier: The open draft that this one takes the place of: what was read in a document that
            did not change stays, and what a person corrected where the source did not change it.
        changed: What changed since that draft.
        remarks: What else staff must know.
    """
    own = {one.name: one for one in fields_of(notice, vocabulary)}
    if earlier is not None:
        moved = {name for one in changed for name in record_fields(one.field)}
        if document_id is None:
            document_id = earlier.source.document_id
            read = [one for one in earlier.fields if one.found_by in {"rule", "model"}]
        own |= {
            one.name: one
            for one in earlier.fields
            if one.found_by == "staff" and one.name not in moved
        }
    fields = {one.name: one for one in read if one.value is not None}
    # Days, offices and regions are the service's to say; the wording of the rest is the 공고문's.
    fields |= {
        name: one
        for name, one in own.items()
        if name not in fields or one.found_by == "staff" or _is_the_services(name)
    }
    said = list(remarks)
    if notice.kind is Kind.PROGRAM and notice.period.kind is not PeriodKind.DATED:
        said.append(f"접수기간: {PERIOD_NAMES[notice.period.kind]}.")
    if today_is_closed:
        said.append("이미 접수가 끝난 공고입니다.")
    said += _contradictions(own, read)
    return Draft(
        kind=notice.kind.value, title=notice.title, fields=tuple(fields.values()),
        source=source_of(notice, fetched_at, document_id), remarks=tuple(said),
    )  # fmt: skip


def change_draft(
    notice: Notice,
    record_id: str,
    changed: Sequence[Difference],
    vocabulary: Vocabulary,
    *,
    fetched_at: datetime,
    earlier: Draft | None = None,
    remarks: Sequence[str] = (),
) -> Draft | None:
    """Return the draft that changes a record, None where nothing is left for a person.

    The window is not in it: what the official source says of it is taken over at once.

    Args:
        notice: As the source tells of it now.
        record_id: The record that follows it.
        changed: What changed since it was last seen.
        vocabulary: Which words are company sizes.
        fetched_at: When it was read.
        earlier: The change that still waits; what it has and this one has not, stays in it.
        remarks: What else staff must know.
    """
    names = {
        name
        for one in changed
        if one.field not in WINDOW_FIELDS
        for name in record_fields(one.field)
    }
    fields = {one.name: one for one in fields_of(notice, vocabulary) if one.name in names}
    said = list(remarks)
    for one in changed:
        if one.field not in WINDOW_FIELDS:
            said.append(f"{one.label}: '{_short(one.before)}' → '{_short(one.after)}'")
    if earlier is not None:
        fields = {**{one.name: one for one in earlier.fields}, **fields}
        said = [*earlier.remarks, *said]
    if not said:
        return None
    return Draft(
        kind=notice.kind.value, title=notice.title, fields=tuple(fields.values()),
        source=source_of(notice, fetched_at, None), changes=record_id,
        remarks=tuple(dict.fromkeys(said)),
    )  # fmt: skip


def _is_the_services(name: str) -> bool:
    return name.startswith("window.") or name in {
        "agency",
        "operator",
        "sido",
        "eligibility.region",
    }


def record_fields(field: str) -> tuple[str, ...]:
    """Return the fields of a record that a field of a notice fills."""
    if field in WINDOW_FIELDS:
        return tuple(
            f"window.{name}"
            for name in ("opens_on", "closes_on", "closes_at", "until_funds_run_out", "status_said")
        )
    return _RECORD_FIELDS.get(field, ())


def source_of(notice: Notice, fetched_at: datetime, document_id: str | None) -> DraftSource:
    """Return where a draft comes from."""
    return DraftSource(
        key=notice.source_key, url=notice.url, fetched_at=fetched_at, document_id=document_id,
        title=notice.title, publisher=notice.operator or notice.agency, date=notice.day,
    )  # fmt: skip


def fields_of(notice: Notice, vocabulary: Vocabulary) -> tuple[DraftField, ...]:
    """Return the fields of a record that a notice states; one that it does not is not there."""
    makers = {Kind.EXPERT: _expert, Kind.SOLUTION: _solution}
    make = makers.get(notice.kind)
    found = make(notice) if make else _program(notice, vocabulary)
    return tuple(one for one in found if one.value not in (None, [], ""))


def _program(notice: Notice, vocabulary: Vocabulary) -> Iterator[DraftField]:
    period = notice.period
    yield _field(notice, "title", "name", notice.title)
    yield _field(notice, "agency", "agency", notice.agency)
    yield _field(notice, "operator", "operator", notice.operator)
    day = period.opens_on or period.closes_on
    year = str(day.year) if day else (notice.day or "")[:4]
    if year.isdecimal():
        yield _field(notice, "period", "year", int(year), sure=_DERIVED)
    for name, value in (
        ("opens_on", period.opens_on.isoformat() if period.opens_on else None),
        ("closes_on", period.closes_on.isoformat() if period.closes_on else None),
        ("closes_at", period.closes_at),
        ("until_funds_run_out", period.kind is PeriodKind.UNTIL_FUNDS or None),
        ("status_said", _status(notice)),
    ):
        yield _field(notice, "period", f"window.{name}", value)
    yield _field(notice, "summary", "purpose", (notice.summary or "")[:_LONGEST_PURPOSE] or None)
    yield _field(notice, "regions", "sido", list(notice.regions))
    yield _field(notice, "regions", "eligibility.region", list(notice.regions))
    sizes = [
        word
        for word in (notice.target or "").replace(",", " ").split()
        if vocabulary.size_classes(word)
    ]
    yield _field(notice, "target", "eligibility.company_size", list(sizes))
    if notice.target and not sizes:
        yield _field(notice, "target", "eligibility.other_requirements", [notice.target])
    yield _field(notice, "how_to_apply", "how_to_apply", notice.how_to_apply)
    yield _field(notice, "contact", "contact.organization", notice.contact)
    yield _field(notice, "details", "notes", _details(notice))


def _expert(notice: Notice) -> Iterator[DraftField]:
    yield _field(notice, "title", "name", notice.title)
    yield _field(notice, "kind", "kind", "supplier", sure=_DERIVED)
    yield _field(notice, "regions", "sido", list(notice.regions))
    yield _field(notice, "regions", "regions", list(notice.regions))
    yield _field(notice, "summary", "services", [notice.summary] if notice.summary else None)
    yield _field(notice, "target", "for_whom", notice.target)
    yield _field(notice, "contact", "phone", notice.contact)
    host = urlsplit(notice.url).hostname if notice.url else None
    if "url" in notice.evidence:
        yield _field(notice, "url", "homepage_domain", (host or "").removeprefix("www."))
    yield _field(notice, "details", "notes", _details(notice))


def _solution(notice: Notice) -> Iterator[DraftField]:
    yield _field(notice, "title", "name", notice.title)
    yield _field(notice, "kind", "kind", "dataset", sure=_DERIVED)
    yield _field(notice, "operator", "supplier", notice.operator or notice.agency)
    yield _field(notice, "summary", "problem", notice.summary)
    yield _field(notice, "details", "notes", _details(notice))


def _field(
    notice: Notice, said: str, name: str, value: JsonValue, *, sure: float = _STATED
) -> DraftField:
    words = notice.evidence.get(said, ("", ""))[1]
    return DraftField(name, value, quote=words, confidence=sure, found_by="source")


def _status(notice: Notice) -> str | None:
    if notice.period.kind is PeriodKind.CLOSED and notice.period.closes_on is not None:
        return "closed"
    if notice.period.kind in {PeriodKind.ALWAYS, PeriodKind.UNTIL_FUNDS}:
        return "ongoing"
    return None


def _details(notice: Notice) -> str | None:
    return "\n".join(f"{label}: {said}" for label, said in notice.details.items()) or None


def _contradictions(own: Mapping[str, DraftField], read: Sequence[DraftField]) -> Iterator[str]:
    """Tell where the 공고문 has other days than the service: a person looks at both."""
    for one in read:
        known, label = own.get(one.name), _DAYS.get(one.name)
        if label and known is not None and one.value is not None and known.value != one.value:
            yield (
                f"접수 {label}이 원천({known.value})과 공고문({one.value})에서 다릅니다. "
                "어느 쪽이 맞는지 확인해 주세요."
            )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
