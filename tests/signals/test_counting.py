"""From marks to tables, worked out by hand, and what the whole output gives away."""

import csv
import io
from collections import Counter
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from advisor.config import PROJECT_ROOT
from advisor.corpus.readiness import load_instrument
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Fact, Profile
from advisor.domain.records import Corpus
from advisor.reporting.xlsx import write_xlsx
from advisor.signals.counting import Signals, count_signals
from advisor.signals.periods import read_period
from advisor.signals.written import Names, as_csv, as_outline, as_plain
from advisor.stores.signals import Marks
from tests.builders import a_corpus, a_criterion, a_program

TODAY = date(2026, 11, 25)
MONTH = read_period("2026-11")
OPEN = {"opens_on": "2026-11-01", "closes_on": "2026-12-31"}


@cache
def instrument() -> Instrument:
    return load_instrument(PROJECT_ROOT / "corpus")


@cache
def corpus() -> Corpus:
    """One open program, for firms with at most 49 employees."""
    program = a_program(window=OPEN, criteria=[a_criterion("employees_regular", at_most=49)])
    return a_corpus(programs=[program], vocabulary=load_vocabulary(PROJECT_ROOT / "corpus"))


def a_mark(
    problem: str = "", sido: str = "", trade: str = "", people: int = 0, **more: object
) -> Marks:
    facts: dict[str, Fact] = {}
    if problem:
        facts["pain_codes"] = Fact((problem,))
    if sido:
        facts["factory_sido"] = Fact(sido)
    if trade:
        facts["industry_ksic"] = Fact(trade)
    if people:
        facts["employees_regular"] = Fact(people)
    return Marks(Profile(facts), **more)  # type: ignore[arg-type]


def counted(marks: list[Marks]) -> Signals:
    return count_signals(marks, corpus(), instrument(), MONTH, today=TODAY)


def shown(signals: Signals, table: str, of: str = "") -> dict[str, int]:
    found = next(one for one in signals.tables if one.id == table)
    return {
        code: count
        for one in found.groups
        if one.of == of
        for code, count in one.shown.groups.items()
    }


@pytest.fixture(scope="module")
def some() -> Signals:
    """23 with defects (12 in 경기, 8 in 경남, 3 in 서울; 11 too large), 7 with energy, 2 silent."""
    marks = [
        a_mark("quality_defect", "경기" if at < 12 else "경남" if at < 20 else "서울", "C25", 80 if at < 11 else 20,
               intents=frozenset({"recommend"}), statuses=frozenset({"answered"}))
        for at in range(23)
    ]  # fmt: skip
    marks += [a_mark("energy", level=1, dimensions={"DAT": 30.0}) for _ in range(7)]
    return counted([*marks, a_mark(), a_mark(aspects=frozenset({"amount"}))])


def test_counts_are_those_worked_out_by_hand(some: Signals) -> None:
    assert some.consultations == 30
    assert shown(some, "problems") == {"quality_defect": 20, "energy": 5}
    assert shown(some, "regions", "quality_defect") == {"경기": 10, "경남": 5}
    assert shown(some, "industries", "quality_defect") == {"C25": 20}
    assert shown(some, "needs", "quality_defect") == {"eligible": 10, "none": 10}
    assert shown(some, "failing") == {"employees_regular": 10}
    assert shown(some, "wants") == {"recommend": 20}
    assert shown(some, "topics") == {}
    assert shown(some, "levels") == {"level_1": 5, "undiagnosed": 25}
    assert shown(some, "dimensions", "DAT") == {"low": 5, "undiagnosed": 25}
    assert shown(some, "statuses") == {"answered": 20}


def test_four_consultations_are_no_signal() -> None:
    few = counted([a_mark("energy", "경기") for _ in range(4)])

    assert few.consultations is None
    assert few.tables == ()


def test_csv_workbook_and_page_hold_the_same_numbers(some: Signals) -> None:
    names = Names.of(corpus(), instrument(), "ko")

    page = {
        (table["title"], group["name"], row["name"], row["consultations"])
        for table in as_plain(some, names, [])["tables"]
        for group in table["groups"]
        for row in group["rows"]
    }
    lines = list(csv.reader(io.StringIO(as_csv(some, names).removeprefix("\ufeff"))))[1:]
    file = {(title, of, name, int(count)) for title, of, name, count in lines}
    book = load_workbook(io.BytesIO(write_xlsx(as_outline(some, names, today=TODAY))))
    cells = {
        (sheet.title, row[0], row[1], int(row[2]))
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        if isinstance(row[2], int | float)
    }

    assert ("어떤 문제를 먼저 말했나", "전체", "불량·클레임", 20) in page
    assert page == cells
    assert page == file - {("상담 수", "전체", "전체", 30)}


def test_a_chart_says_in_words_what_it_shows(some: Signals) -> None:
    plain = as_plain(some, Names.of(corpus(), instrument(), "ko"), [])
    problems = next(one for one in plain["tables"] if one["id"] == "problems")

    assert (
        'aria-label="어떤 문제를 먼저 말했나 · 전체: 불량·클레임 20건, 에너지 비용 5건"'
        in problems["groups"][0]["chart"]
    )


a_company = st.builds(
    a_mark,
    problem=st.sampled_from(["", "quality_defect", "energy", "cost"]),
    sido=st.sampled_from(["", "경기", "경남", "서울"]),
    trade=st.sampled_from(["", "C25", "C10"]),
    people=st.sampled_from([0, 20, 80]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(a_company, max_size=60))
def test_every_part_of_every_table_is_a_group_of_five_or_more_rounded_down(
    marks: list[Marks],
) -> None:
    """With `test_hiding`, which tries all that one such list may stand for, nothing smaller follows."""
    fields = {"problems": "pain_codes", "regions": "factory_sido", "industries": "industry_ksic"}
    signals = counted(marks)
    for table in signals.tables:
        for group in table.groups if table.id in {*fields, "needs"} else ():
            members = [
                one for one in marks if not group.of or one.profile.get("pain_codes") == (group.of,)
            ]
            assert len(members) >= 5
            assert group.shown.total == len(members) // 5 * 5
            if table.id not in fields:
                continue
            said = [one.profile.get(fields[table.id]) or "unsaid" for one in members]
            sizes = Counter(one[0] if isinstance(one, tuple) else one for one in said)
            large = {name: size // 5 * 5 for name, size in sizes.items() if size >= 5}
            assert group.shown.groups.items() <= large.items()
    assert bool(signals.tables) == (len(marks) >= 5)
