"""Search over records and documents with filters; each hit with wording to paste."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.answering.statements import statements
from advisor.assemble import Advisor
from advisor.domain.match import WindowOnDay
from advisor.domain.passages import Kind
from advisor.domain.records import (
    AnyRecord,
    CaseStudy,
    Faq,
    FundingRule,
    SupportProgram,
)
from advisor.helpdesk.wording import (
    Wording,
    best_statements,
    wording_of_passage,
    wording_of_record,
)
from advisor.intake.expand import expand
from advisor.matching.windows import window_on

_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be found; None means that anything goes.

    Attributes:
        region: Short name of a 시·도; what is for the whole country passes too.
        open_on: Day on which a program takes applications; nothing but programs passes then.
        year: Of the program's edition, the FAQ, the rule, the case, or the document's own name.
    """

    kind: Kind | None = None
    region: str | None = None
    open_on: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with its wording; `window` is how applications stand on the day, for programs."""

    record_id: str
    kind: str
    title: str
    score: float
    text: str
    year: int | None
    region: tuple[str, ...]
    window: WindowOnDay | None
    wording: Wording


def find(
    advisor: Advisor, query: str, filters: Filters, *, today: date, most: int = 10
) -> list[Found]:
    """Return the best hits, best first.

    Args:
        advisor: Whose index and records are searched.
        query: Any text; empty finds nothing.
        filters: What may be found.
        today: Day in Asia/Seoul, for the state of windows.
        most: How many at most.
    """
    hits = advisor.index.search_json(
        query, k=most, kinds={filters.kind} if filters.kind else None, region=filters.region,
        source_ids=_allowed(advisor, filters),
        extra_terms=expand(query, advisor.tools.lexicon.concepts),
    )  # fmt: skip
    return [found for hit in hits if (found := _found(advisor, query, hit, today)) is not None]


def _allowed(advisor: Advisor, filters: Filters) -> set[str] | None:
    if filters.open_on is None and filters.year is None:
        return None
    records: list[AnyRecord] = list(advisor.corpus.records())
    if filters.open_on is not None:
        day = filters.open_on
        records = [
            one
            for one in advisor.corpus.programs.values()
            if window_on(one.window, day).state == "open"
        ]
    allowed = {one.id for one in records}
    if filters.year is None:
        return allowed
    allowed = {one.id for one in records if filters.year in years_of(one)}
    if filters.open_on is None:
        allowed |= {
            one.id for one in advisor.library.documents() if filters.year == _year_in(one.title)
        }
    return allowed


def years_of(record: AnyRecord) -> tuple[int, ...]:
    """Return the years that a record is of, none where it says none.

    >>> from types import SimpleNamespace
    >>> years_of(SimpleNamespace())
    ()
    """
    if isinstance(record, SupportProgram):
        return (record.year,)
    if isinstance(record, Faq):
        return (record.as_of_year,)
    if isinstance(record, FundingRule):
        return record.years
    if isinstance(record, CaseStudy) and record.year:
        return (record.year,)
    return ()


def _year_in(title: str) -> int | None:
    found = _YEAR.search(title)
    return int(found[0]) if found else None


def _found(advisor: Advisor, query: str, hit: dict[str, Any], today: date) -> Found | None:
    record_id, where = hit["record_id"], hit["locator"]
    window = None
    if record_id in advisor.corpus:
        record = advisor.corpus.record(record_id)
        said = statements(
            record, today=today, window_of=lambda program: window_on(program.window, today)
        )
        wording = wording_of_record(
            record, advisor.corpus.kind_of(record_id),
            best_statements(said, query, advisor.tools.relevance),
        )  # fmt: skip
        years, region, title = years_of(record), record.sido, record.title
        if isinstance(record, SupportProgram):
            window = window_on(record.window, today)
    elif hit["kind"] == Kind.DOCUMENT:
        wording = wording_of_passage(
            record_id, hit["title"], hit["text"], page=where["page"], section=where["section"]
        )
        year = _year_in(hit["title"])
        years, region, title = (year,) if year else (), (), hit["title"]
    else:
        return None  # withdrawn since the index was made
    return Found(
        record_id, hit["kind"], title, hit["score"], hit["text"], max(years, default=None),
        region, window, wording,
    )  # fmt: skip
