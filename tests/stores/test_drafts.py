from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from advisor.config import Settings
from advisor.corpus.load import as_plain
from advisor.domain.drafts import Draft, DraftField, DraftSource, DraftState
from advisor.domain.passages import Document, Page
from advisor.errors import BadInputError
from advisor.stores.database import open_database
from advisor.stores.drafts import Drafts
from advisor.stores.ledger import Ledger
from advisor.stores.published import PublishedRecords
from tests.builders import a_program

SOURCE = DraftSource(
    "bizinfo:PBLN_1", "https://example.org/1", datetime(2026, 11, 25, tzinfo=UTC), "notice-1"
)


@pytest.fixture
def drafts(settings: Settings) -> Drafts:
    return Drafts.open(settings)


def a_draft(*fields: DraftField, **changes: Any) -> Draft:
    found = fields or (
        DraftField("window.closes_on", "2026-12-15", 2, "2026. 12. 15.(화)까지", 0.9, "rule"),
        DraftField("support.max_amount_krw", None),
    )
    return Draft(**{"kind": "program", "title": "시험 공고", "fields": found,
                    "source": SOURCE, **changes})  # fmt: skip


def test_a_draft_comes_back_as_it_was_proposed(drafts: Drafts) -> None:
    kept = drafts.get(drafts.propose(a_draft(remarks=("접수 시작일이 없습니다.",))))

    assert kept.fields == a_draft().fields
    assert (kept.source, kept.state, kept.revision) == (SOURCE, DraftState.OPEN, 0)
    assert kept.remarks == ("접수 시작일이 없습니다.",)


def test_the_same_proposal_is_kept_once_even_after_it_was_rejected(drafts: Drafts) -> None:
    first = drafts.propose(a_draft())
    assert drafts.propose(a_draft()) == first

    drafts.reject(first, "김담당", "이미 끝난 사업")
    assert drafts.propose(a_draft()) == first
    assert drafts.list(DraftState.OPEN) == ()


def test_a_changed_notice_takes_the_place_of_its_open_draft(drafts: Drafts) -> None:
    first = drafts.propose(a_draft())
    second = drafts.propose(a_draft(DraftField("window.closes_on", "2026-12-31")))

    assert [one.id for one in drafts.list(DraftState.OPEN)] == [second]
    assert drafts.get(first).state is DraftState.SUPERSEDED


def test_a_correction_says_who_and_what_stood_there(drafts: Drafts) -> None:
    one = drafts.propose(a_draft())
    drafts.correct(
        one, {"window.closes_on": "2026-12-16", "support.max_amount_krw": None}, "김담당"
    )
    fixed = drafts.correct(one, {"window.closes_on": "2026-12-17", "year": 2026}, "이담당")

    closes = fixed.field("window.closes_on")
    assert closes is not None
    assert (closes.value, closes.was, closes.by) == ("2026-12-17", "2026-12-15", "이담당")
    assert closes.quote == "2026. 12. 15.(화)까지"
    assert closes.found_by == "staff"
    untouched, added = fixed.field("support.max_amount_krw"), fixed.field("year")
    assert untouched is not None
    assert untouched.by is None
    assert added is not None
    assert (added.value, added.was) == (2026, None)


def test_of_two_who_correct_the_same_reading_the_second_is_told(drafts: Drafts) -> None:
    one = drafts.propose(a_draft())
    drafts.correct(one, {"year": 2026}, "김담당", revision=0)
    with pytest.raises(BadInputError):
        drafts.correct(one, {"year": 2025}, "이담당", revision=0)


def test_publishing_makes_the_record_and_closes_the_draft_or_does_neither(
    drafts: Drafts, settings: Settings
) -> None:
    published = PublishedRecords.open(settings)
    one = drafts.propose(a_draft())
    with pytest.raises(BadInputError):
        drafts.publish(one, {"id": "sample-program-2026"}, "김담당")
    assert drafts.get(one).state is DraftState.OPEN
    assert published.current() == ()
    assert drafts.reviewed_documents() == frozenset()

    made = drafts.publish(one, as_plain(a_program()), "김담당", "확인함")

    assert published.current() == (made,)
    assert drafts.reviewed_documents() == {"notice-1"}
    closed = drafts.get(one)
    assert (closed.state, closed.decided_by, closed.record_id, closed.version) == (
        DraftState.PUBLISHED, "김담당", "sample-program-2026", 1,
    )  # fmt: skip
    published.withdraw("sample-program-2026", "박팀장", "사업 취소")
    assert drafts.reviewed_documents() == frozenset()
    for again in (
        lambda: drafts.publish(one, as_plain(a_program()), "이담당"),
        lambda: drafts.reject(one, "이담당"),
        lambda: drafts.correct(one, {"year": 2027}, "이담당"),
    ):
        with pytest.raises(BadInputError):
            again()


def test_a_file_that_changed_after_it_was_published_is_not_reviewed(
    drafts: Drafts, settings: Settings
) -> None:
    ledger = Ledger(open_database(settings))
    file = Document("notice-1", "공고", "공고.md", "text/plain", "a" * 64, (Page(1, "공고"),))
    ledger.put_document(file, [])
    source = replace(SOURCE, digest="a" * 64)
    drafts.publish(drafts.propose(a_draft(source=source)), as_plain(a_program()), "김담당")
    assert drafts.reviewed_documents() == {"notice-1"}

    ledger.put_document(replace(file, digest="b" * 64), [])
    assert drafts.reviewed_documents() == frozenset()
    again = drafts.propose(a_draft(source=replace(SOURCE, digest="b" * 64)))
    assert drafts.get(again).state is DraftState.OPEN
