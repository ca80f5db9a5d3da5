"""Own companies with reasoned verdicts, all of which have to come out."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.records import Corpus
from advisor.intake.company import read_company
from advisor.matching.eligibility import judge_program

TODAY = date(2026, 11, 24)
COMPANIES = yaml.safe_load(
    (Path(__file__).parent.parent / "data" / "companies.yaml").read_text(encoding="utf-8")
)["companies"]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(PROJECT_ROOT / "corpus")


@pytest.mark.parametrize("company", COMPANIES, ids=[one["who"] for one in COMPANIES])
def test_a_company_gets_the_verdicts_that_the_words_of_the_programs_give(
    corpus: Corpus, company: dict[str, Any]
) -> None:
    profile = read_company(company["facts"], corpus.vocabulary, TODAY)
    found = {
        one["program"]: judge_program(
            corpus.programs[one["program"]], profile, vocabulary=corpus.vocabulary, today=TODAY
        ).verdict.value
        for one in company["expect"]
    }

    assert found == {one["program"]: one["verdict"] for one in company["expect"]}


def test_there_are_at_least_forty_companies_each_verdict_with_its_reason() -> None:
    assert len(COMPANIES) >= 40
    assert all(one["because"] for company in COMPANIES for one in company["expect"])
