from datetime import date
from typing import Any

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.derive import derive_facts
from tests.builders import a_profile

EOK = 100_000_000
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_corpus(PROJECT_ROOT / "corpus").vocabulary


def derived(vocabulary: Vocabulary, **facts: Any) -> dict[str, object]:
    return {one.field: one.value for one in derive_facts(a_profile(**facts), vocabulary, TODAY)}


@pytest.mark.parametrize(
    ("facts", "size"),
    [
        ({"industry_ksic": "C25", "revenue_krw_3y_avg": 120 * EOK, "employees_regular": 10}, "소기업"),
        ({"industry_ksic": "C25", "revenue_krw_3y_avg": 120 * EOK, "employees_regular": 9}, "소상공인"),
        # 12 to 14 billion: whether the ceiling of this trade was raised, no source says.
        ({"industry_ksic": "C25", "revenue_krw_3y_avg": 120 * EOK + 1, "employees_regular": 10}, None),
        ({"industry_ksic": "C25", "revenue_krw_3y_avg": 140 * EOK + 1, "employees_regular": 10}, "중기업"),
        ({"industry_ksic": "C25", "revenue_krw_3y_avg": 1000 * EOK}, "중기업"),
        ({"industry_ksic": "C25", "revenue_krw_3y_avg": 1000 * EOK + 1}, None),
        ({"industry_ksic": "C24", "revenue_krw_3y_avg": 1500 * EOK}, "중기업"),
        ({"industry_ksic": "C25", "revenue_krw_3y_avg": 10 * EOK}, None),
        ({"industry_ksic": "C25", "revenue_krw_3y_avg": 10 * EOK, "employees_regular": 30,
          "independence": "계열·관계 있음"}, None),
    ],
)  # fmt: skip
def test_a_size_class_follows_from_revenue_and_trade_only_where_it_is_sure(
    vocabulary: Vocabulary, facts: dict[str, Any], size: str | None
) -> None:
    assert derived(vocabulary, **facts).get("size_class") == size


def test_an_age_counts_full_years_and_a_year_alone_gives_none(vocabulary: Vocabulary) -> None:
    assert derived(vocabulary, established_on="2019-11-24") == {"business_age_years": 7}
    assert derived(vocabulary, established_on="2019-11-25") == {"business_age_years": 6}
    assert derived(vocabulary, established_on="2019") == {}


def test_a_derived_fact_says_from_what_it_follows(vocabulary: Vocabulary) -> None:
    facts = {"industry_ksic": "C25", "revenue_krw_3y_avg": 30 * EOK, "employees_regular": 20}
    (one,) = derive_facts(a_profile(**facts), vocabulary, TODAY)

    assert one.basis == (
        "3년 평균 매출 30억 원이 중소기업기본법 시행령 별표 3의 소기업 기준 120억 원 이하입니다"
    )
    assert one.url
