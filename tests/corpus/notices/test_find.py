from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from advisor.corpus.notices.find import find_fields
from advisor.corpus.notices.shown import DOUBTFUL
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


def test_sentences_without_a_label_are_read_by_what_they_say(found: Any) -> None:
    values = found(
        "2027년 시험 바우처 참여기업을 찾습니다",
        "제조업을 하는 중소기업이면 신청할 수 있습니다. 다만 휴업한 기업은 신청할 수 없습니다.",
        "접수는 2027년 3월 8일 월요일 오전 9시부터 3월 26일 금요일 오후 6시까지 누리집에서 받습니다.",
        "비용의 80%를 최대 4,500만 원까지 지원하며, 나머지 20%는 기업이 부담합니다.",
        "신청할 때에는 사업신청서와 실증계획서를 함께 내 주시기 바랍니다.",
        "궁금한 점은 시험추진단 제조AI실로 전화(044-300-0711)해 주십시오.",
    )

    assert values["name"] == "2027년 시험 바우처"
    assert (values["window.opens_on"], values["window.closes_on"]) == ("2027-03-08", "2027-03-26")
    assert values["window.closes_at"] == "18:00"
    assert values["support.max_amount_krw"] == 45_000_000
    assert values["support.subsidy_rate"] == 0.8
    assert values["eligibility.exclusions"] == ["휴업한 기업"]
    assert values["documents"] == ["사업신청서", "실증계획서"]
    assert values["contact.organization"] == "시험추진단 제조AI실"


def test_a_bare_number_of_a_table_counts_in_the_unit_above_it(found: Any) -> None:
    values = found(
        "□ 지원내용",
        "(단위: 백만원)",
        [["유형", "지원한도", "보조율(%)"], ["기초형", "50", "70"], ["고도화형", "200", "50"]],
    )

    assert values["support.max_amount_krw"] == 200_000_000
    assert values["support.detail"] == "기초형 최대 5,000만 원(70%); 고도화형 최대 2억 원(50%)"


def test_names_and_values_may_stand_in_pairs_or_behind_groups(found: Any) -> None:
    pairs = found(
        [
            ["지원대상", "중소기업", "지원한도", "기업당 3천만원"],
            ["제출서류", "신청서, 견적서", "문의처", "시험진흥원 지원팀 032-260-0655"],
        ]
    )

    assert pairs["support.max_amount_krw"] == 30_000_000
    assert pairs["documents"] == ["신청서", "견적서"]
    assert pairs["contact.phone"] == "032-260-0655"


def test_a_day_with_the_wrong_weekday_is_not_sure(
    a_notice: MakeNotice, vocabulary: Vocabulary
) -> None:
    # 2027-02-22 is a Monday.
    notice = a_notice("□ 접수기간 : 2027. 2. 22.(화) ~ 3. 5.(금)")
    fields = {one.name: one for one in find_fields(notice, vocabulary, today=TODAY)}

    assert fields["window.opens_on"].confidence < DOUBTFUL


def test_a_day_without_a_year_has_the_year_of_its_weekday_and_the_moons_days_are_none(
    found: Any,
) -> None:
    values = found(
        "□ 접수기간 : 4월 9일(금) ~ 4월 23일(금)", "※ 설 연휴(음력 12. 29. ~ 1. 2.)에는 쉽니다."
    )

    assert (values["window.opens_on"], values["window.closes_on"]) == ("2027-04-09", "2027-04-23")


def test_money_that_has_run_out_ends_a_window_and_money_that_may_does_not(found: Any) -> None:
    over = found(
        "2027년 시험 지원사업 접수 조기 마감 안내",
        "예산이 모두 소진되어 접수를 조기 마감합니다.",
        "□ 당초 접수기간: 2027. 3. 2. ~ 4. 30.",
        "□ 마감 일시: 2027. 4. 7. 18:00",
    )
    may = found("□ 취급기한: 2027. 12. 31. (재원 소진 시 조기 종료)")

    assert over["window.closed_early_on"] == "2027-04-07"
    assert "window.until_funds_run_out" not in over
    assert may["window.closes_on"] == "2027-12-31"
    assert "window.closed_early_on" not in may
