import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(PROJECT_ROOT / "corpus")


def test_there_are_seventeen_sido_and_all_their_districts(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.sido_names) == 17
    assert len({(one.sido, one.official) for one in vocabulary.places}) >= 229


@pytest.mark.parametrize(
    ("text", "sido", "sigungu", "words"),
    [
        ("안산에서 직원 30명 금속가공", "경기", "안산시", "안산"),
        ("경남 창원에 있는 주물공장", "경남", "창원시", "경남 창원"),
        ("양산에서 사출 합니다", "경남", "양산시", "양산"),
        ("예산군 소재 식품공장", "충남", "예산군", "예산군"),
        ("부산 중구", "부산", "중구", "부산 중구"),
        ("강원도 고성에서", "강원", "고성군", "강원도 고성"),
        ("경기 광주에서", "경기", "광주시", "경기 광주"),
        ("광주에서", "광주", None, "광주"),
        ("전라북도 익산", "전북", "익산시", "전라북도 익산"),
        ("a plating shop in Ansan", "경기", "안산시", "Ansan"),
        ("저희는창원에서용접합니다", "경남", "창원시", "창원"),
        ("인천 남동공단에서", "인천", "남동구", "인천 남동공단"),
        ("마산이요", "경남", "창원시", "마산"),
        ("강원특별자치도 춘천시", "강원", "춘천시", "강원특별자치도 춘천시"),
    ],
)
def test_a_place_is_found_with_its_sido(
    vocabulary: Vocabulary, text: str, sido: str, sigungu: str | None, words: str
) -> None:
    found = vocabulary.find_regions(text)

    assert [(one.sido, one.sigungu, one.words) for one in found] == [(sido, sigungu, words)]
    assert text[found[0].start :].startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "양산 라인에서 불량이 납니다", "예산이 부족해요", "중구 공장", "고성군에서", "경기가 안 좋아서",
        "이천만 원", "대구경 베어링", "부산물 처리", "기아산업", "음성 인식", "구리 가공", "동아산업",
        "상주 인력이 필요", "경기침체", "공주님", "진도가 느려요", "영양 성분",
    ],
)  # fmt: skip
def test_an_everyday_word_is_no_place(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.find_regions(text) == []


def test_several_regions_come_in_the_order_of_the_text(vocabulary: Vocabulary) -> None:
    found = vocabulary.find_regions("본사는 서울 금천구, 공장은 경북 포항과 울산")

    assert [(one.sido, one.sigungu) for one in found] == [
        ("서울", "금천구"), ("경북", "포항시"), ("울산", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ksic", "process"),
    [
        ("도금 업체입니다", "C25", "표면처리·도금"),
        ("플라스틱 사출", "C22", None),
        ("두부 공장", "C10", None),
        ("빵을 만드는 회사", "C10", None),
        ("주물공장", "C24", "주조"),
        ("모터 제조업체", "C28", None),
        ("injection molding shop", "C22", "사출"),
    ],
)
def test_a_trade_is_found_by_everyday_words(
    vocabulary: Vocabulary, text: str, ksic: str, process: str | None
) -> None:
    first = vocabulary.find_industries(text)[0]

    assert (first.ksic, first.process) == (ksic, process)


@pytest.mark.parametrize(
    "text", ["모터가 자꾸 서요", "센서를 달고 싶어요", "유리한 조건", "빵 먹고 싶다"]
)
def test_a_product_that_is_not_made_is_no_trade(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.find_industries(text) == []


def test_a_small_company_is_also_an_sme(vocabulary: Vocabulary) -> None:
    assert vocabulary.size_classes("소기업") == {"소기업", "중소기업"}
    assert vocabulary.size_classes("소공인") == {"소상공인", "소기업", "중소기업"}
    assert vocabulary.size_classes("없는 말") == frozenset()


def test_everyday_words_of_a_division_can_be_listed(vocabulary: Vocabulary) -> None:
    assert "두부" in vocabulary.industry_words("C10")
    found = vocabulary.industry("C25924")

    assert found is not None
    assert found.ksic == "C25"


def test_profile_fields_carry_the_question_to_ask(vocabulary: Vocabulary) -> None:
    field = vocabulary.profile_fields["employees_regular"]

    assert field.ask == "상시근로자는 몇 분이세요? 대표님과 일용직은 빼고요."
    assert not field.extra
    assert vocabulary.profile_fields["company_role"].extra
