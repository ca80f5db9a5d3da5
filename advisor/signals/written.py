"""Signals as plain values with charts, as CSV and as an outline for a workbook: the same numbers (pure)."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.domain.instrument import Instrument
from advisor.domain.records import Corpus
from advisor.domain.vocabulary import Vocabulary
from advisor.reporting.blocks import (
    Bars,
    Block,
    Cell,
    Column,
    Outline,
    Paragraph,
    Section,
    Spoke,
)
from advisor.reporting.blocks import Table as Sheet
from advisor.reporting.charts import draw
from advisor.signals.counting import Group, Signals, Table
from advisor.signals.hiding import SMALLEST, STEP
from advisor.signals.periods import Period
from advisor.signals.words import (
    HIDDEN,
    NOTES,
    PAINS_EN,
    TITLES,
    TOO_FEW,
    UNIT,
    criterion_name,
    name_of,
    pick,
)

_HOW = (
    f"{SMALLEST}건 미만인 집단은 숨기고, 나머지는 {STEP} 단위로 내려 적었습니다. 이름과 적은 글은 담지 않습니다.",
    f"Groups below {SMALLEST} are hidden, the others rounded down to multiples of {STEP}. No names, no text.",
)  # fmt: skip
_HEADS = (("표", "table"), ("나눈 것", "of"), ("집단", "group"), ("상담 수", "consultations"))
_ALL = ("전체", "all")


@dataclass(frozen=True)
class Names:
    """What codes are called in one language ("ko" or "en")."""

    instrument: Instrument
    vocabulary: Vocabulary
    language: str

    @classmethod
    def of(cls, corpus: Corpus, instrument: Instrument, language: str) -> "Names":
        """Take them from the closed lists."""
        return cls(instrument, corpus.vocabulary, language)

    def row(self, table: str, code: str) -> str:
        """Return what a group of a table is called."""
        if table == "failing":
            return criterion_name(code, self.language)
        if code in self.instrument.pains and table == "problems":
            return self.problem(code)
        if code.startswith("level_"):
            level = int(code.removeprefix("level_"))
            named = {one.level: one.name for one in self.instrument.levels}[level]
            return f"L{level}" if self.language == "en" else f"L{level} {named}"
        if table == "industries":
            for one in self.vocabulary.industries:
                if one.ksic == code:
                    return f"{code} {one.name_en if self.language == 'en' else one.name}"
        return name_of(code, self.language)

    def problem(self, code: str) -> str:
        """Return what a problem is called."""
        known = self.instrument.pains.get(code)
        if known is None:
            return name_of(code, self.language)
        return PAINS_EN.get(code, code) if self.language == "en" else known

    def group(self, table: str, of: str) -> str:
        """Return what a list counts: a problem, a dimension, or all consultations."""
        if not of:
            return pick(_ALL, self.language)
        if table == "dimensions":
            named = {one.id: one.name for one in self.instrument.dimensions}
            return of if self.language == "en" else named.get(of, of)
        return self.problem(of)


def as_plain(
    signals: Signals, names: Names, offered: Sequence[Period], *, with_charts: bool = True
) -> dict[str, Any]:
    """Return signals as JSON values; a chart is one SVG element with its text alternative."""
    language = names.language
    return {
        "period": {
            "id": signals.period.id, "first": signals.period.first.isoformat(),
            "last": signals.period.last.isoformat(),
        },
        "periods": [one.id for one in offered],
        "consultations": signals.consultations,
        "smallest_group": SMALLEST, "rounded_to": STEP,
        "how": pick(_HOW, language), "too_few": pick(TOO_FEW, language),
        "hidden": pick(HIDDEN, language),
        "tables": [
            {
                "id": table.id, "title": pick(TITLES[table.id], language),
                "note": pick(NOTES[table.id], language),
                "groups": [
                    {
                        "of": group.of, "name": names.group(table.id, group.of),
                        "total": group.shown.total,
                        "rows": [
                            {"id": code, "name": names.row(table.id, code), "consultations": count}
                            for code, count in _ordered(table.id, group)
                        ],
                        "chart": draw(_bars(table, group, names)) if with_charts else None,
                    }
                    for group in table.groups
                    if group.shown.groups
                ],
            }
            for table in signals.tables
        ],
    }  # fmt: skip


def as_csv(signals: Signals, names: Names) -> str:
    """Return one line a group, with a BOM so that Excel reads Korean."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([pick(one, names.language) for one in _HEADS])
    writer.writerows(_lines(signals, names))
    return "\ufeff" + out.getvalue()


def as_outline(signals: Signals, names: Names, *, today: date) -> Outline:
    """Return the workbook's outline: a sheet a table, charts beside the same numbers."""
    language = names.language
    heads = (_HEADS[1], _HEADS[2], _HEADS[3])
    sections = []
    for table in signals.tables:
        rows = tuple(
            (Cell(of), Cell(name), Cell(str(count), count, "count"))
            for _, of, name, count in _of_table(table, names)
        )
        columns = tuple(Column(pick(one, language), width, width == 1) for one, width in zip(heads, (2, 4, 1), strict=True))  # fmt: skip
        note = Paragraph(pick(NOTES[table.id], language), "note")
        blocks: tuple[Block, ...] = (note, Sheet("", columns, rows))
        if not rows:
            blocks = (note, Paragraph(pick(TOO_FEW, language)))
        sections.append(
            Section(pick(TITLES[table.id], language), _sheet_name(table, language), blocks)
        )
    if not sections:
        words = Paragraph(pick(TOO_FEW, language))
        sections = [Section(pick(("정책 신호", "Signals"), language), "signals", (words,))]
    count = "-" if signals.consultations is None else str(signals.consultations)
    return Outline(
        pick(("정책 신호", "Signals for policy"), language), signals.period.id, today,
        pick(_HOW, language), tuple(sections),
        facts=((pick(("상담 수", "Consultations"), language), count),),
    )  # fmt: skip


def _lines(signals: Signals, names: Names) -> Iterator[tuple[str, str, str, int]]:
    if signals.consultations is not None:
        everything = pick(_ALL, names.language)
        yield pick(_HEADS[3], names.language), everything, everything, signals.consultations
    for table in signals.tables:
        yield from _of_table(table, names)


def _of_table(table: Table, names: Names) -> Iterator[tuple[str, str, str, int]]:
    title = pick(TITLES[table.id], names.language)
    for group in table.groups:
        for code, count in _ordered(table.id, group):
            yield title, names.group(table.id, group.of), names.row(table.id, code), count


def _ordered(table: str, group: Group) -> list[tuple[str, int]]:
    rows = list(group.shown.groups.items())
    # Levels and bands have an order of their own; everything else comes largest first.
    return rows if table in {"levels", "dimensions"} else sorted(rows, key=lambda one: -one[1])


def _bars(table: Table, group: Group, names: Names) -> Bars:
    rows = [(names.row(table.id, code), count) for code, count in _ordered(table.id, group)]
    unit = pick(UNIT, names.language)
    title = f"{pick(TITLES[table.id], names.language)} · {names.group(table.id, group.of)}"
    alt = f"{title}: " + ", ".join(f"{name} {count}{unit}" for name, count in rows)
    top = max(count for _, count in rows)
    return Bars(title, alt, tuple(Spoke(_short(name), count) for name, count in rows), top, unit)


def _short(name: str) -> str:
    return name if len(name) <= 16 else f"{name[:15]}…"


def _sheet_name(table: Table, language: str) -> str:
    name = table.id if language == "en" else pick(TITLES[table.id], language)
    return name[:31]  # the most that a workbook takes; ? and the like stand in none of them
