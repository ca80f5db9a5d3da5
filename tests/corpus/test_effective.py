"""Published records over the shipped ones, with the store that staff write to."""

from datetime import date

import pytest

from advisor.config import Settings
from advisor.corpus.effective import load_effective, overlay
from advisor.domain.records import Corpus
from advisor.stores.published import PublishedRecords
from tests.builders import a_corpus, a_faq, a_program

SHIPPED = a_faq(id="faq-loan", answer="최대 1억 원입니다.")
LOAN = a_program(id="loan-2026")


@pytest.fixture
def published(settings: Settings) -> PublishedRecords:
    return PublishedRecords.open(settings)


@pytest.fixture
def corpus() -> Corpus:
    return a_corpus(programs=[LOAN], faqs=[SHIPPED])


def as_data(record):
    return record.model_dump(mode="json")


def test_a_published_record_stands_in_place_of_the_shipped_one_of_its_id(corpus, published):
    published.publish(
        "faq", as_data(SHIPPED.model_copy(update={"answer": "2억 원입니다."})), "김담당"
    )
    published.publish("faq", as_data(a_faq(id="faq-new")), "김담당")

    found = overlay(corpus, published.current())

    assert found.problems == ()
    assert found.corpus.faqs["faq-loan"].answer == "2억 원입니다."
    assert list(found.corpus.faqs) == ["faq-loan", "faq-new"]
    assert found.corpus.programs == corpus.programs


def test_a_withdrawn_record_is_gone_and_a_released_one_is_the_shipped_again(corpus, published):
    published.withdraw("loan-2026", "김담당")
    assert overlay(corpus, published.current()).corpus.programs == {}

    published.rollback("loan-2026", 0, "김담당")
    assert overlay(corpus, published.current()).corpus == corpus


def test_a_record_that_does_not_fit_is_left_out_named_and_the_shipped_one_stays(corpus, published):
    wrong = SHIPPED.model_copy(update={"answer": "다릅니다.", "related_programs": ("no-such",)})
    published.publish("faq", as_data(wrong), "김담당")

    found = overlay(corpus, published.current())

    assert found.corpus == corpus
    assert [one.file for one in found.problems] == ["published/faq-loan"]
    assert "related_programs" in found.problems[0].field


def test_what_was_written_by_an_older_program_is_left_out_and_never_raises(corpus):
    class Old:
        id, kind, version, withdrawn = "loan-2026", "program", 1, False
        data = {"id": "loan-2026", "checked_on": date(2026, 1, 1)}  # noqa: RUF012

    found = overlay(corpus, [Old()])

    assert found.corpus == corpus
    assert {one.file for one in found.problems} == {"published/loan-2026@1"}


def test_the_command_line_reads_the_same_records_as_the_server(settings, published):
    before = load_effective(settings).corpus
    one = next(iter(before.faqs.values()))
    published.publish("faq", as_data(one.model_copy(update={"answer": "고친 답"})), "김담당")

    assert load_effective(settings).corpus.faqs[one.id].answer == "고친 답"
