from datetime import UTC, date, datetime
from typing import Any

import pytest

from advisor.config import PROJECT_ROOT, Settings
from advisor.corpus.effective import overlay
from advisor.corpus.notices.record import record_data
from advisor.corpus.reviewing import ReviewDesk, ReviewProblemsError
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.drafts import Draft, DraftField, DraftSource
from advisor.domain.records import Corpus
from advisor.errors import BadInputError
from advisor.stores.database import open_database
from tests.builders import a_corpus, a_program

TODAY = date(2026, 11, 25)
SOURCE = DraftSource(
    "bizinfo:PBLN_7", "https://example.org/7", datetime(2026, 11, 25, tzinfo=UTC), "notice-7",
    title="시험 공고", publisher="시험부", date="2026-11-20",
)  # fmt: skip
WHOLE = {
    "name": "새 지원사업", "year": 2027, "agency": "시험부", "kind": "grant", "purpose": "시험한다.",
    "window.closes_on": "2026-12-18", "support.max_amount_krw": 50_000_000,
    "criteria.company_size": {"type": "company_size", "words": "중소기업", "allowed": ["중소기업"]},
}  # fmt: skip


@pytest.fixture
def corpus() -> Corpus:
    vocabulary = load_vocabulary(PROJECT_ROOT / "corpus")
    return a_corpus(programs=[a_program(criteria=[])], vocabulary=vocabulary)


@pytest.fixture
def desk(settings: Settings, corpus: Corpus) -> ReviewDesk:
    return ReviewDesk(open_database(settings), corpus)


def a_draft(values: dict[str, Any], changes: str | None = None) -> Draft:
    fields = tuple(DraftField(name, value, 1, "말", 0.9) for name, value in values.items())
    return Draft("program", "시험 공고", fields, SOURCE, changes)


def test_a_draft_becomes_a_record_whose_criteria_and_money_rest_on_the_notice(
    desk: ReviewDesk, corpus: Corpus
) -> None:
    made = desk.publish(desk.drafts.propose(a_draft(WHOLE)), "김담당", today=TODAY)
    answering = overlay(corpus, desk.published.current())

    assert answering.problems == ()
    record = answering.corpus.programs[made.id]
    assert (record.name, record.support.amount_year) == ("새 지원사업", 2027)
    assert record.sources[0].title == "시험 공고"
    assert record.criteria[0].source == 0
    assert record.support.subsidy_rate is None
    assert record.checked_on == TODAY


def test_what_is_not_a_record_yet_is_not_published_and_every_reason_is_told(
    desk: ReviewDesk,
) -> None:
    wrong = {**WHOLE, "eligibility.region": ["아틀란티스"], "window.opens_on": "2026-12-31"}
    one = desk.drafts.propose(a_draft({**wrong}))

    with pytest.raises(ReviewProblemsError) as refused:
        desk.publish(one, "김담당", today=TODAY)

    assert {problem.field for problem in refused.value.problems} == {
        "eligibility.region", "window.closes_on",
    }  # fmt: skip
    assert desk.published.current() == ()


def test_a_change_keeps_what_the_notice_does_not_speak_of(desk: ReviewDesk) -> None:
    values = {"window.extended_to": "2026-12-31", "support.subsidy_rate": None}
    draft = a_draft(values, changes="sample-program-2026")
    data, problems = desk.preview(draft, today=TODAY)

    assert problems == ()
    assert data["support"]["subsidy_rate"] == 0.5  # not found is not "none"
    assert data["window"]["extended_to"] == "2026-12-31"
    assert [one["title"] for one in data["sources"]] == ["공고문", "시험 공고"]


def test_a_value_that_staff_emptied_is_emptied(corpus: Corpus) -> None:
    emptied = DraftField("support.subsidy_rate", None, found_by="staff", by="김담당")
    draft = Draft("program", "시험", (emptied,), SOURCE, "sample-program-2026")
    base = corpus.programs["sample-program-2026"].model_dump(mode="json")

    assert record_data(draft, base, today=TODAY)["support"]["subsidy_rate"] is None


def test_the_history_tells_who_changed_what_and_a_rollback_gives_the_old_words_back(
    desk: ReviewDesk,
) -> None:
    record = "sample-program-2026"
    for name, by in (("둘째 이름", "김담당"), ("셋째 이름", "이담당")):
        draft = a_draft({"name": name}, changes=record)
        desk.publish(desk.drafts.propose(draft), by, today=TODAY)
    desk.rollback(record, 1, "박팀장", "잘못")

    told = [
        (one.published.version, one.published.signed_by, change.before, change.after)
        for one in desk.versions(record)
        for change in one.changes
        if change.field == "name"
    ]
    assert told == [
        (3, "박팀장", "셋째 이름", "둘째 이름"),
        (2, "이담당", "둘째 이름", "셋째 이름"),
        (1, "김담당", "시험 지원사업", "둘째 이름"),
    ]


def test_a_withdrawn_record_answers_no_more_and_an_unknown_one_cannot_be_withdrawn(
    desk: ReviewDesk, corpus: Corpus
) -> None:
    desk.withdraw("sample-program-2026", "박팀장", "사업 취소")
    assert "sample-program-2026" not in overlay(corpus, desk.published.current()).corpus

    desk.rollback("sample-program-2026", 0, "박팀장")
    assert "sample-program-2026" in overlay(corpus, desk.published.current()).corpus
    with pytest.raises(BadInputError):
        desk.withdraw("no-such-record", "박팀장")
