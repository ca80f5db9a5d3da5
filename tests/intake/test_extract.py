"""Facts from talk, each with the words it rests on."""

from datetime import date

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.vocabulary import load_vocabulary
from advisor.intake.extract import extract

VOCABULARY = load_vocabulary(PROJECT_ROOT / "corpus")
TODAY = date(2026, 11, 24)


def values(text: str, asked: str | None = None) -> dict[str, object]:
    return {name: fact.value for name, fact in read(text, asked).items()}


def read(text, asked=None):
    return extract(text, VOCABULARY, today=TODAY, asked=asked)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("직원 30명 있는 공장입니다", 30),
        ("직원이 딱 스무 명이에요", 20),
        ("직원은 스물다섯 명입니더", 25),
        ("직원 여덟이 데꼬 프레스 하는데", 8),
        ("상시근로자 1,200명 규모", 1200),
        ("고용 20명, 매출 45억 원", 20),
        ("제조 상시 50인 사업장", 50),
        ("우리 직원이 서른 명쯤 됩니다", 30),
        ("저희는 직원 40명입니다", 40),
        ("우리는 사람 12명", 12),
        ("I run a 40-person shop in Daegu", 40),
    ],
)
def test_a_head_count_is_read_in_every_form(text: str, count: int) -> None:
    assert values(text)["employees_regular"] == count


@pytest.mark.parametrize(
    "text",
    [
        "20명 이상이면 되나요?",
        "10인 미만만 되나요",
        "사람 열 명도 안 되는 공장",
        "몇 명까지 되나요?",
        "직원 교육 과정 있나요",
    ],
)
def test_a_limit_that_is_asked_about_is_no_head_count(text: str) -> None:
    assert "employees_regular" not in values(text)


@pytest.mark.parametrize(
    ("text", "field", "won"),
    [
        ("매출 12억이에요", "revenue_krw_last", 1_200_000_000),
        ("작년 매출이 3억 5천만 원 정도", "revenue_krw_last", 350_000_000),
        ("3년 평균 매출은 90억이에요", "revenue_krw_3y_avg", 9_000_000_000),
        ("매출8억인데 몇프로 줘요", "revenue_krw_last", 800_000_000),
    ],
)
def test_sales_are_read_to_the_won(text: str, field: str, won: int) -> None:
    assert values(text)[field] == won


def test_a_year_of_foundation_is_read_with_two_digits() -> None:
    assert values("98년 설립한 회사입니다")["established_on"] == "1998"
    assert values("15년에 창업했어요")["established_on"] == "2015"


@pytest.mark.parametrize(
    ("text", "sido"),
    [
        ("경기도 안산에서 공장 하고 있어요", "경기"),
        ("부산 강서에서 도금하는데예, 직원은 스물다섯 명입니더", "부산"),
        ("경남 창원, 에어컨 사출부품, 상시 60명", "경남"),
        ("공장은 인천이 아니라 경기 부천이에요", "경기"),
        ("아 미안해요 울산 아니고 경주예요", "경북"),
        ("저희는 인천인데 그것도 신청할 수 있나요?", "인천"),
    ],
)
def test_the_place_of_the_own_factory_is_read(text: str, sido: str) -> None:
    assert values(text)["factory_sido"] == sido


@pytest.mark.parametrize(
    "text",
    [
        "경기도형 스마트공장은 얼마까지 되나요?",
        "충북 소기업형 지금도 신청 받나요?",
        "제천에 테스트베드가 있다던데 뭘 해 볼 수 있나요?",
        "창원 공작기계 진단 AI 실증 가능한 기관",
    ],
)
def test_a_region_in_a_name_or_of_others_is_no_place_of_the_company(text: str) -> None:
    assert "factory_sido" not in values(text)


def test_every_quote_occurs_in_the_message() -> None:
    text = "전북 김제에서 농기계 부품을 만드는데 매출 30억에 직원 12명이고 ICT는 하나도 없어요"

    facts = read(text)

    assert {"factory_sido", "employees_regular", "revenue_krw_last", "sf_level_official"} <= set(
        facts
    )
    assert all(fact.quote in text for fact in facts.values())


def test_a_bare_reply_answers_the_question_asked_last() -> None:
    assert values("서른둘이요", asked="employees_regular")["employees_regular"] == 32
    assert values("15억쯤", asked="revenue_krw_last")["revenue_krw_last"] == 1_500_000_000
    assert values("없어요", asked="sf_built")["sf_built"] == "없음"


def test_a_system_that_is_missing_is_not_one_in_use() -> None:
    assert values("회계 프로그램밖에 없어요")["systems_in_use"] == ("회계",)
    assert "systems_in_use" not in values("MES는 아직 없어요")
    assert values("MES는 작년에 깔았어요")["systems_in_use"] == ("MES",)


def test_arrears_and_second_hand_machines_are_heard() -> None:
    assert (
        values("산재보험료가 두 달 밀렸어요")["industrial_accident_insurance"] == "가입·체납 있음"
    )
    assert values("중고 프레스를 구입한 경우")["asset_condition"] == "중고"


def test_what_a_correction_denies_is_no_fact() -> None:
    assert values("아니 30명 말고 13명") == {"employees_regular": 13}
    assert values("아니 기초 아니고 중간1이에요") == {"sf_level_official": "중간1"}
    moved = values("아니 여수 아니고 광양이에요", asked="sf_built")
    assert moved == {"factory_sido": "전남", "factory_sigungu": "광양시"}


def test_the_place_is_no_part_of_the_trade() -> None:
    assert values("직원 20명, 경남 김해 사출이에요")["industry_text"] == "사출"
