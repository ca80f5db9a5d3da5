from datetime import date
from typing import Any

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.match import CriterionResult, Match, Verdict
from advisor.domain.records import Corpus
from advisor.matching.eligibility import judge_program
from tests.builders import a_criterion, a_profile, a_program

TODAY = date(2026, 11, 24)
ELIGIBLE, NOT_ELIGIBLE, UNKNOWN = Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE, Verdict.UNKNOWN


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(PROJECT_ROOT / "corpus")


def judged(corpus: Corpus, *criteria: dict[str, Any], **facts: Any) -> Match:
    program = a_program(criteria=list(criteria))
    return judge_program(program, a_profile(**facts), vocabulary=corpus.vocabulary, today=TODAY)


def of_record(corpus: Corpus, record_id: str, **facts: Any) -> Match:
    program = corpus.programs[record_id]
    return judge_program(program, a_profile(**facts), vocabulary=corpus.vocabulary, today=TODAY)


UNDER_50 = a_criterion("employees_regular", words="50인 미만", at_most=49)
FROM_20 = a_criterion("employees_regular", words="20인 이상", at_least=20)
UNDER_10 = a_criterion("employees_regular", words="10인 미만", at_most=9)


@pytest.mark.parametrize(
    ("criterion", "employees", "verdict"),
    [
        (UNDER_50, 49, ELIGIBLE), (UNDER_50, 50, NOT_ELIGIBLE),
        (FROM_20, 19, NOT_ELIGIBLE), (FROM_20, 20, ELIGIBLE),
        (UNDER_10, 9, ELIGIBLE), (UNDER_10, 10, NOT_ELIGIBLE),
    ],
)  # fmt: skip
def test_a_head_count_is_judged_to_the_person(
    corpus: Corpus, criterion: dict[str, Any], employees: int, verdict: Verdict
) -> None:
    assert judged(corpus, criterion, employees_regular=employees).verdict is verdict


def test_the_clause_says_the_companys_number_and_the_records_words(corpus: Corpus) -> None:
    match = judged(corpus, UNDER_10, employees_regular=10)

    assert match.criteria[0].because == "상시근로자 10명은 '10인 미만' 요건을 넘습니다"
    assert match.why == "상시근로자 10명은 '10인 미만' 요건을 넘습니다."
    assert match.missing == ()


def test_an_unstated_head_count_is_unknown_and_asked_for(corpus: Corpus) -> None:
    match = judged(corpus, UNDER_50)

    assert match.verdict is UNKNOWN
    assert match.missing == ("employees_regular",)
    assert match.criteria[0].result is CriterionResult.UNKNOWN


def test_a_value_that_the_user_does_not_know_is_unknown(corpus: Corpus) -> None:
    criterion = a_criterion("research_unit")

    assert judged(corpus, criterion, research_unit="모름").verdict is UNKNOWN
    assert judged(corpus, criterion, research_unit="없음").verdict is NOT_ELIGIBLE
    assert judged(corpus, criterion, research_unit="전담부서").verdict is ELIGIBLE


def test_one_requirement_not_met_outweighs_what_is_unknown(corpus: Corpus) -> None:
    match = judged(
        corpus, UNDER_50, a_criterion("export"), a_criterion("research_unit"),
        employees_regular=80,
    )  # fmt: skip

    assert match.verdict is NOT_ELIGIBLE
    assert match.missing == ()


def test_nothing_known_is_never_eligible(corpus: Corpus) -> None:
    verdicts = {one.id: of_record(corpus, one.id).verdict for one in corpus.programs.values()}

    assert set(verdicts.values()) == {UNKNOWN}


SME = a_criterion("company_size", words="중소기업", allowed=["중소기업"])
SME_OR_MID = a_criterion(
    "company_size", words="중소기업·중견기업", allowed=["중소기업", "중견기업"]
)
MADE = a_criterion("industry", words="제조업", ksic=["C"])


@pytest.mark.parametrize(
    ("criterion", "facts", "verdict"),
    [
        (SME, {"employees_regular": 199}, ELIGIBLE),
        (SME, {"employees_regular": 200}, UNKNOWN),
        (SME, {"revenue_krw_last": 40_000_000_000}, ELIGIBLE),
        (SME, {"revenue_krw_last": 40_000_000_001}, UNKNOWN),
        (SME, {"revenue_krw_3y_avg": 180_000_000_001}, NOT_ELIGIBLE),
        (SME, {"employees_regular": 30, "independence": "계열·관계 있음"}, UNKNOWN),
        (SME, {"size_class": "소상공인"}, ELIGIBLE),
        (SME, {"size_class": "중견기업"}, NOT_ELIGIBLE),
        (SME_OR_MID, {"size_class": "중견기업"}, ELIGIBLE),
        (SME_OR_MID, {"size_class": "대기업"}, NOT_ELIGIBLE),
        (SME_OR_MID, {"employees_regular": 450}, ELIGIBLE),
        (SME_OR_MID, {"employees_regular": 1500}, UNKNOWN),
    ],
)
def test_a_size_is_taken_from_what_is_sure(
    corpus: Corpus, criterion: dict[str, Any], facts: dict[str, Any], verdict: Verdict
) -> None:
    assert judged(corpus, criterion, **facts).verdict is verdict


def test_an_unsaid_sme_or_trade_is_confirmed_later_when_the_rest_is_met(corpus: Corpus) -> None:
    here = a_criterion("region", words="충북", sido=["충북"], which="factory")
    match = judged(corpus, SME, MADE, here, factory_sido="충북")

    assert match.verdict is ELIGIBLE
    assert [one.decides for one in match.criteria] == [False, False, True]
    assert len(match.human_conditions) == 2


def test_a_trade_that_is_no_manufacturing_is_refused(corpus: Corpus) -> None:
    assert judged(corpus, MADE, industry_ksic="J62", employees_regular=5).verdict is NOT_ELIGIBLE


FOOD = a_criterion("industry", words="식품 가공업", ksic=["C10", "C11"], terms=["식품"])


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"industry_text": "두부 공장"}, ELIGIBLE),
        ({"industry_ksic": "10799"}, ELIGIBLE),
        ({"industry_ksic": "C25"}, NOT_ELIGIBLE),
        ({"main_processes": ["용접"]}, NOT_ELIGIBLE),
        ({"industry_text": "제조업"}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_particular_trade_is_met_refused_or_asked_for(
    corpus: Corpus, facts: dict[str, Any], verdict: Verdict
) -> None:
    assert judged(corpus, FOOD, **facts).verdict is verdict


def test_a_process_does_not_rule_out_a_trade_that_uses_it(corpus: Corpus) -> None:
    cars = a_criterion("industry", words="자동차부품", ksic=["C30"], terms=["자동차부품"])

    # intake writes the code of the process word; the pressed part may still be for cars.
    match = judged(corpus, cars, industry_text="프레스 공장", industry_ksic="C25")

    assert match.verdict is UNKNOWN
    assert judged(corpus, cars, industry_text="자동차 부품 프레스").verdict is ELIGIBLE


def test_a_list_that_ends_with_etc_refuses_nobody(corpus: Corpus) -> None:
    open_list = a_criterion("industry", words="기계 등", ksic=["C29"], exhaustive=False)

    assert judged(corpus, open_list, industry_ksic="C10").verdict is UNKNOWN


@pytest.mark.parametrize(
    ("which", "facts", "verdict"),
    [
        ("factory", {"factory_sido": "충북"}, ELIGIBLE),
        ("factory", {"factory_sido": "경기", "hq_sido": "충북"}, NOT_ELIGIBLE),
        ("factory", {"hq_sido": "충북"}, UNKNOWN),
        ("any", {"factory_sido": "경기", "hq_sido": "충북"}, ELIGIBLE),
        ("any", {"hq_sido": "충북"}, ELIGIBLE),
        ("any", {"hq_sido": "서울"}, UNKNOWN),
        ("any", {"factory_sido": "경기"}, NOT_ELIGIBLE),
        ("hq", {"factory_sido": "충북"}, UNKNOWN),
    ],
)
def test_a_region_looks_at_the_place_that_counts(
    corpus: Corpus, which: str, facts: dict[str, Any], verdict: Verdict
) -> None:
    criterion = a_criterion("region", words="충북", sido=["충북"], which=which)

    assert judged(corpus, criterion, **facts).verdict is verdict


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("있음", NOT_ELIGIBLE),
        ("있음(분납·유예 승인)", ELIGIBLE),
        ("없음", ELIGIBLE),
        (None, ELIGIBLE),
    ],
)
def test_a_safeguard_refuses_but_an_unsaid_one_only_asks_for_paper(
    corpus: Corpus, value: str | None, verdict: Verdict
) -> None:
    facts = {} if value is None else {"tax_arrears": value}
    match = judged(
        corpus,
        UNDER_50,
        a_criterion("tax_arrears", words="국세 체납"),
        employees_regular=30,
        **facts,
    )

    assert match.verdict is verdict
    if value is None:
        assert match.human_conditions == ("'국세 체납' 항목을 서류로 확인해 주세요",)


def test_finding_a_supplier_is_a_step_and_does_not_decide(corpus: Corpus) -> None:
    step = a_criterion("consortium", words="공급기업과 함께", partner="supplier", required=True)
    match = judged(corpus, UNDER_50, step, employees_regular=30)

    assert match.verdict is ELIGIBLE
    assert match.human_conditions == ("함께 신청할 공급기업을 찾아야 합니다(공급기업과 함께)",)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"employees_regular": 49}, ELIGIBLE),
        ({"employees_regular": 60}, UNKNOWN),
        ({"employees_regular": 60, "size_class": "소기업"}, ELIGIBLE),
        ({"employees_regular": 60, "size_class": "중기업"}, NOT_ELIGIBLE),
        ({"employees_regular": 60, "revenue_krw_3y_avg": 15_000_000_000}, NOT_ELIGIBLE),
    ],
)
def test_one_of_several_ways_in_is_enough(
    corpus: Corpus, facts: dict[str, Any], verdict: Verdict
) -> None:
    match = of_record(corpus, "smart-safety-equipment", industry_text="금속가공", **facts)

    assert match.verdict is verdict


@pytest.mark.parametrize(
    ("record_id", "facts", "verdict"),
    [
        ("autonomous-factory-2026", {"sf_level_official": "중간1", "employees_regular": 60,
                                     "industry_text": "렌즈"}, ELIGIBLE),
        ("autonomous-factory-2026", {"sf_level_official": "기초", "employees_regular": 60}, NOT_ELIGIBLE),
        ("autonomous-factory-2026", {"sf_built": "없음", "employees_regular": 60}, NOT_ELIGIBLE),
        ("autonomous-factory-2026", {"sf_built": "정부 지원으로 구축"}, UNKNOWN),
        ("manufacturing-ai-specialized-factory-2026", {"sf_built": "정부 지원으로 구축",
                                                       "employees_regular": 30}, ELIGIBLE),
        ("manufacturing-ai-specialized-factory-2026", {"sf_built": "없음"}, NOT_ELIGIBLE),
        ("manufacturing-ai-specialized-factory-2026", {"sf_built": "자체 구축"}, UNKNOWN),
        ("manufacturing-ai-specialized-factory-2026",
         {"sf_built": "자체 구축", "sf_level_official": "기초"}, ELIGIBLE),
        ("kosha-clean-workplace-2026", {"employees_regular": 50}, NOT_ELIGIBLE),
        ("kosha-clean-workplace-2026", {"employees_regular": 49}, ELIGIBLE),
        ("workplace-innovation-consulting-2025", {"employees_regular": 20}, ELIGIBLE),
        ("micro-manufacturer-smart", {"employees_regular": 10}, NOT_ELIGIBLE),
        ("micro-manufacturer-smart", {"employees_regular": 9, "industry_text": "봉제"}, ELIGIBLE),
        ("gyeonggi-smart-factory-2026", {"factory_sido": "충남"}, NOT_ELIGIBLE),
        ("chungbuk-small-firm-2025", {"factory_sido": "충북", "employees_regular": 9}, ELIGIBLE),
        ("chungbuk-small-firm-2025", {"factory_sido": "충북", "employees_regular": 9,
                                      "recent_support": ["충북 소기업형 2024"]}, NOT_ELIGIBLE),
        ("innovation-voucher-2026", {"revenue_krw_3y_avg": 14_000_000_000,
                                     "industry_text": "사출"}, ELIGIBLE),
        ("innovation-voucher-2026", {"revenue_krw_3y_avg": 14_000_000_001}, NOT_ELIGIBLE),
        ("innovation-voucher-2026", {"revenue_krw_last": 10_000_000_000}, UNKNOWN),
        ("innovation-voucher-2026", {"revenue_krw_last": 1_200_000_000}, ELIGIBLE),
        ("jeonbuk-smart-innovation", {"factory_sido": "전북", "employees_regular": 30,
                                      "sf_level_official": "기초"}, UNKNOWN),
        ("jeonbuk-rnd-2025", {"factory_sido": "전북", "research_unit": "없음"}, NOT_ELIGIBLE),
        ("mfg-data-processing-2026", {"collects_data": "수집 중", "industry_text": "사출"}, ELIGIBLE),
        ("mfg-data-processing-2026", {"systems_in_use": ["엑셀만"], "industry_text": "사출"}, UNKNOWN),
        ("supplier-capability-diagnosis-2025", {"industry_text": "도금"}, NOT_ELIGIBLE),
        ("supplier-capability-diagnosis-2025", {"industry_text": "자동화 장비"}, UNKNOWN),
        ("supplier-capability-diagnosis-2025", {"company_role": "공급기업"}, ELIGIBLE),
        ("regional-ai-transformation", {"factory_sido": "경기"}, NOT_ELIGIBLE),
        ("regional-ai-transformation", {"factory_sido": "충남"}, UNKNOWN),
        ("busan-manucorn-2026", {"factory_sido": "부산", "employees_regular": 100}, UNKNOWN),
        ("emergency-export-voucher-2026", {"export": "없음"}, NOT_ELIGIBLE),
        ("industrial-voucher-2026", {"export": "준비 중"}, UNKNOWN),
        ("ministry-collab-industrial-complex-2026", {"industrial_complex": "해당 없음"}, NOT_ELIGIBLE),
        ("ministry-collab-industrial-complex-2026", {"industrial_complex": "반월공단",
                                                     "industry_text": "도금"}, ELIGIBLE),
        ("kosha-facility-loan", {"industrial_accident_insurance": "가입·체납 있음"}, NOT_ELIGIBLE),
        ("smart-mfg-innovation-act", {"employees_regular": 30}, UNKNOWN),
        ("ai-national-strategic-tax", {"employees_regular": 30, "industry_text": "사출"}, UNKNOWN),
    ],
)  # fmt: skip
def test_programs_of_the_corpus_are_judged_by_their_words(
    corpus: Corpus, record_id: str, facts: dict[str, Any], verdict: Verdict
) -> None:
    assert of_record(corpus, record_id, **facts).verdict is verdict


def test_every_criterion_of_the_corpus_gives_a_clause_and_keeps_its_order(corpus: Corpus) -> None:
    for program in corpus.programs.values():
        match = of_record(corpus, program.id, employees_regular=30, factory_sido="경기")

        assert [one.type for one in match.criteria] == [one.type for one in program.criteria]
        assert all(one.because and not one.because.endswith(".") for one in match.criteria)
        assert all(one.words in program.model_dump_json() or one.words for one in match.criteria)
        assert set(match.missing) <= set(corpus.vocabulary.profile_fields)
