from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from advisor.corpus.notices.find import find_fields
from advisor.domain.passages import Document
from advisor.domain.vocabulary import Vocabulary

TODAY = date(2026, 11, 25)
MakeNotice = Callable[..., Document]


@pytest.fixture
def found(a_notice: MakeNotice, vocabulary: Vocabulary) -> Callable[..., dict[str, Any]]:
    def find(*blocks: str | list[list[str]]) -> dict[str, Any]:
        fields = find_fields(a_notice(*blocks), vocabulary, today=TODAY)
        return {one.name: one.value for one in fields}

    return find


def test_days_of_last_year_of_briefings_and_of_the_project_are_no_window(found: Any) -> None:
    values = found(
        "□ 사업기간 : 2027. 3. 1. ~ 2027. 11. 30.",
        "□ 사업설명회 : 2026. 12. 3.(목) 14:00",
        "□ 접수기간 : 2026. 12. 7.(월) ~ 12. 18.(금) 18:00",
        "※ 전년도 접수기간 : 2025. 11. 3. ~ 2025. 11. 21.",
    )

    assert (values["window.opens_on"], values["window.closes_on"]) == ("2026-12-07", "2026-12-18")
    assert values["window.closes_at"] == "18:00"


def test_an_extension_keeps_the_first_end_and_a_correction_does_not(found: Any) -> None:
    head = "구분", "당초", "변경"
    row = ["신청기간", "2026. 11. 2. ~ 2026. 11. 30.", "2026. 11. 2. ~ 2026. 12. 11."]
    extended = found("1. 연장 내용", [list(head), row])
    corrected = found("1. 정정 내용", [["항목", "정정 전", "정정 후"], ["접수기간", *row[1:]]])

    assert extended["window.closes_on"] == "2026-11-30"
    assert extended["window.extended_to"] == "2026-12-11"
    assert corrected["window.closes_on"] == "2026-12-11"
    assert "window.extended_to" not in corrected


def test_of_several_rounds_the_first_that_has_not_ended_is_taken_and_all_are_told(
    found: Any,
) -> None:
    values = found(
        "□ 신청기간",
        [["차수", "기간"], ["1차", "2026. 10. 5. ~ 10. 16."], ["2차", "2026. 12. 7. ~ 12. 18."]],
    )

    assert values["window.opens_on"] == "2026-12-07"
    assert values["window.typical_schedule"].startswith("1차")
    assert "2차" in values["window.typical_schedule"]


def test_the_ceiling_is_what_one_company_gets_never_the_budget_or_its_own_part(found: Any) -> None:
    values = found(
        "□ 사업예산 : 1,200백만원",
        "□ 지원금액 : 기업당 최대 60백만원 (총사업비의 70% 이내)",
        "○ 기업부담금 30% 이상, 총사업비 1억원 이상 과제만 신청 가능",
    )

    assert values["support.max_amount_krw"] == 60_000_000
    assert values["support.subsidy_rate"] == 0.7
    assert values["support.own_share"] == "기업부담금 30% 이상"


def test_tracks_of_a_table_each_have_their_ceiling_and_the_largest_is_the_programs(
    found: Any,
) -> None:
    values = found(
        "□ 지원내용",
        [
            ["유형", "지원한도", "보조율"],
            ["기초형", "5천만원", "70%"],
            ["고도화형", "2억원", "50%"],
        ],
    )

    assert values["support.max_amount_krw"] == 200_000_000
    assert values["support.detail"] == "기초형 최대 5,000만 원(70%); 고도화형 최대 2억 원(50%)"


def test_bounds_are_those_of_the_words(found: Any) -> None:
    values = found(
        "□ 신청자격",
        "○ 상시근로자 10인 이상 50인 미만인 중소기업",
        "○ 창업 7년 이내, 최근년도 매출액 120억원 이하",
        "○ 충청북도에 공장을 둔 제조업체",
    )

    assert values["criteria.employees_regular"]["at_least"] == 10
    assert values["criteria.employees_regular"]["at_most"] == 49
    assert values["criteria.business_age"]["at_most"] == 7
    assert values["criteria.revenue_krw"]["at_most"] == 12_000_000_000
    assert values["criteria.region"]["sido"] == ["충북"]
    assert values["criteria.company_size"]["allowed"] == ["중소기업"]


def test_who_is_preferred_is_not_who_may_apply(found: Any) -> None:
    values = found(
        "□ 신청자격 : 중소기업", "□ 우대사항 : 소상공인, 업력 3년 이하 기업, 부산 소재 기업"
    )

    assert values["eligibility.company_size"] == ["중소기업"]
    assert "criteria.business_age" not in values
    assert "criteria.region" not in values


def test_a_fax_number_and_a_persons_name_are_no_contact(found: Any) -> None:
    values = found(
        "□ 문의처 : 시험테크노파크 제조AI팀 홍길동 선임 (Fax 043-111-2222, ☎ 043-111-3333)"
    )

    assert values["contact.phone"] == "043-111-3333"
    assert values["contact.organization"] == "시험테크노파크 제조AI팀"


def test_what_is_not_stated_has_no_field(found: Any) -> None:
    values = found("2027년 시험 지원사업 공고", "□ 지원내용 : 평가 결과에 따라 차등 지원")

    assert values["name"] == "2027년 시험 지원사업"
    for name in ("support.max_amount_krw", "window.closes_on", "contact.phone", "documents"):
        assert name not in values
