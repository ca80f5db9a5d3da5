"""Which papers to get ready, each once, with the day by which they should be together."""

from datetime import date

from advisor.matching.preparing import papers_for
from tests.builders import a_corpus, a_program

TODAY = date(2026, 3, 1)


def test_a_paper_of_two_programs_stands_once_with_the_earlier_day() -> None:
    early = a_program(
        id="early", documents=["사업계획서", "재무제표"],
        window={"opens_on": "2026-02-20", "closes_on": "2026-03-25"},
    )  # fmt: skip
    late = a_program(
        id="late", documents=["재무제표"],
        window={"opens_on": "2026-04-01", "closes_on": "2026-04-30"},
    )  # fmt: skip
    past = a_program(
        id="past",
        documents=["옛 서류"],
        window={"opens_on": "2026-01-01", "closes_on": "2026-01-31"},
    )

    papers = papers_for(
        a_corpus(programs=[early, late, past]), ["late", "early", "past", "none"], today=TODAY
    )

    found = {one.name: (one.program_ids, one.by) for one in papers}
    # Two weeks before the last day, as papers take that long.
    assert found["재무제표"] == (("late", "early"), date(2026, 3, 11))
    assert found["사업계획서"] == (("early",), date(2026, 3, 11))
    assert found["옛 서류"] == (("past",), None)
    assert papers[-1].name == "옛 서류"
    assert not any(one.is_usual for one in papers)


def test_a_notice_that_lists_no_papers_gets_the_usual_ones_and_says_so() -> None:
    silent = a_program(id="silent")
    named = a_program(id="named", documents=["사업자등록증"])

    papers = papers_for(a_corpus(programs=[silent, named]), ["silent", "named"], today=TODAY)

    usual = {one.name: one.is_usual for one in papers}
    assert usual == {
        "사업자등록증": False, "중소기업(소상공인)확인서": True, "국세·지방세 완납증명서": True,
    }  # fmt: skip
