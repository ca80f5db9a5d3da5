"""A client's report: the company's own, on what the consultant holds to be so, and what differs (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from advisor.clients.company import KnownFact, standing
from advisor.conversation.report import outline_of
from advisor.domain.clients import Entry
from advisor.domain.diagnoses import KeptAnswer, KeptFile
from advisor.domain.instrument import Instrument
from advisor.domain.profile import FactValue, Profile
from advisor.domain.readiness import AnswerStatus, Diagnosis
from advisor.domain.records import Corpus
from advisor.reporting.blocks import Cell, Column, Outline, Paragraph, Section, Table
from advisor.reporting.cells import day_words, seoul_day

NOTHING = "–"


def client_outline(
    instrument: Instrument,
    result: Diagnosis,
    profile: Profile,
    corpus: Corpus,
    *,
    company: str,
    own: Sequence[KeptAnswer],
    facts: Sequence[KnownFact],
    entries: Sequence[Entry],
    files: Sequence[KeptFile],
    people: Mapping[str, str],
    today: date,
) -> Outline:
    """Return the report, its last section naming all that a consultant entered and why.

    Args:
        instrument: In use.
        result: On the answers that count.
        profile: The company as it counts.
        corpus: All records.
        company: The client's name, for the title.
        own: The company's own answers.
        facts: Every fact with its source.
        entries: All entries.
        files: Evidence of the consultation.
        people: Names by account id.
        today: Day in Asia/Seoul.
    """
    outline = outline_of(instrument, result, profile, corpus, today=today, files=files)
    rows = [*_facts(facts, corpus, people), *_items(instrument, own, entries, people)]
    if rows:
        columns = (
            Column("항목", 3), Column("기업의 말", 3), Column("상담사의 판단", 3), Column("까닭", 5),
            Column("누가, 언제", 3),
        )  # fmt: skip
        block: Paragraph | Table = Table("", columns, tuple(rows))
    else:
        block = Paragraph("상담사가 고친 값이 없습니다. 모두 기업이 말하거나 적은 그대로입니다.")
    number = len(outline.sections) + 1
    section = Section(f"{number}. 상담사가 고치거나 더한 값", "상담사", (block,))
    return replace(
        outline, subtitle=f"{company}, {day_words(today)}", sections=(*outline.sections, section)
    )


def _facts(
    facts: Sequence[KnownFact], corpus: Corpus, people: Mapping[str, str]
) -> list[tuple[Cell, ...]]:
    fields = corpus.vocabulary.profile_fields
    return [
        (
            Cell(fields[one.field].label if one.field in fields else one.field),
            Cell(NOTHING if one.said is None else _plain(one.said)), Cell(_plain(one.value)),
            Cell(one.reason or NOTHING), Cell(_who(people, one.by, one)),
        )
        for one in facts
        if one.by
    ]  # fmt: skip


def _items(
    instrument: Instrument,
    own: Sequence[KeptAnswer],
    entries: Sequence[Entry],
    people: Mapping[str, str],
) -> list[tuple[Cell, ...]]:
    said = {one.answer.item: one.answer for one in own}
    rows: list[tuple[Cell, ...]] = []
    for key, one in standing(entries, "item").items():
        item = instrument.item_by_id.get(key)
        if item is None:
            continue
        before = said.get(key)
        rows.append(
            (
                Cell(f"{key} {item.label}"),
                Cell(NOTHING if before is None else _level(before.status, before.value)),
                Cell(_level(AnswerStatus(one.value["status"]), one.value.get("value"))),
                Cell(one.reason or NOTHING), Cell(_who(people, one.account_id, one)),
            )
        )  # fmt: skip
    return rows


def _level(status: AnswerStatus, value: int | None) -> str:
    if value is not None:
        return f"{value}단계"
    return "모름" if status is AnswerStatus.UNKNOWN else "해당 없음"


def _who(people: Mapping[str, str], account_id: str, dated: KnownFact | Entry) -> str:
    day = day_words(seoul_day(dated.at)) if dated.at else ""
    return " ".join(one for one in (people.get(account_id, "상담사"), day) if one)


def _plain(value: FactValue) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
