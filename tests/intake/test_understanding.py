"""Names, aspects, kinds of turn, follow-ups, corrections, expansions."""

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.lexicon import load_lexicon
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.passages import Kind
from advisor.domain.profile import Fact, Profile
from advisor.domain.question import Aspect, Intent
from advisor.errors import BadInputError
from advisor.intake.aspects import find_aspects
from advisor.intake.expand import expand, find_worries
from advisor.intake.form import read_values
from advisor.intake.merge import merge
from advisor.intake.names import Named, NameIndex
from advisor.intake.next_question import next_field
from advisor.intake.rephrase import Topic, rephrase
from advisor.intake.route import route

LEXICON = load_lexicon(PROJECT_ROOT / "corpus")
FIELDS = load_vocabulary(PROJECT_ROOT / "corpus").profile_fields
INDEX = NameIndex.build(
    [
        Named("voucher", Kind.PROGRAM, ("중소기업 혁신바우처", "혁신바우처")),
        Named("ai-voucher", Kind.PROGRAM, ("AI바우처(AI 통합 바우처)", "AI바우처")),
        Named("autonomous", Kind.PROGRAM, ("자율형공장 구축 지원사업",)),
        Named("mes", Kind.SOLUTION, ("MES 기초 디지털화", "MES")),
    ]
)


def test_a_name_is_found_without_its_generic_end_and_its_spaces() -> None:
    assert [hit.record_id for hit in INDEX.find("자율형 공장 그거 얼마까지 나와?")] == [
        "autonomous"
    ]


def test_a_short_latin_name_is_no_part_of_a_word() -> None:
    assert [hit.record_id for hit in INDEX.find("MES 먼저 할까요")] == ["mes"]
    assert INDEX.find("sometimes it stops") == []


def test_spaces_do_not_change_what_is_asked() -> None:
    assert Aspect.WINDOW in find_aspects("혁신바우처지금신청돼요?매출8억인데정부가몇프로대줘요")
    assert Aspect.RATE in find_aspects("혁신바우처지금신청돼요?매출8억인데정부가몇프로대줘요")


def how(text: str, *, told: bool = False, names: str | None = None) -> Intent:
    return route(
        text, speech=text, aspects=find_aspects(text), names=INDEX.find(names or text),
        told_facts=told, is_follow_up=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told", "intent"),
    [
        ("안녕하세요", False, Intent.SMALL_TALK),
        ("직원은 30명이고 금속가공 합니다", True, Intent.TELL),
        ("우리 회사 AI 할 준비가 됐나요?", False, Intent.DIAGNOSIS),
        ("혁신바우처 저희도 신청할 수 있나요?", False, Intent.ELIGIBILITY),
        ("혁신바우처는 얼마까지 지원되나요?", False, Intent.FACT),
        ("혁신바우처하고 AI바우처는 뭐가 달라요?", False, Intent.COMPARE),
        ("받을 수 있는 지원금이 있을까요?", False, Intent.RECOMMEND),
        ("프레스가 갑자기 멈춰서 환장하겠어요", False, Intent.PROBLEM),
        ("비슷한 회사가 있나요? 효과 본 데요", False, Intent.CASE),
        ("어디에 물어봐야 하나요?", False, Intent.EXPERT),
        ("정책자금 대행업체에 맡겨도 되나?", False, Intent.FACT),
    ],
)
def test_the_kind_of_turn_follows_from_the_words(text: str, told: bool, intent: Intent) -> None:
    assert how(text, told=told) is intent


TOPICS = (
    Topic(("autonomous",), (Kind.PROGRAM,), "fact", "자율형공장"),
    Topic(("mes",), (Kind.SOLUTION,), "problem", "MES"),
)
TITLES = {"autonomous": "자율형공장", "mes": "MES"}


def test_a_pronoun_points_at_the_last_topic() -> None:
    done = rephrase("그건 언제까지예요?", topics=TOPICS, names=(), titles=TITLES)

    assert done.focus[0] == "mes"
    assert done.text == "MES 그건 언제까지예요?"


def test_an_earlier_kind_of_thing_is_found_again() -> None:
    done = rephrase("아까 그 사업은 최대 얼마라고요?", topics=TOPICS, names=(), titles=TITLES)

    assert done.focus == ("autonomous",)


def test_a_new_topic_is_said_to_be_one() -> None:
    done = rephrase("그건 그렇고 용접 불량이 많아요", topics=TOPICS, names=(), titles=TITLES)

    assert not done.follows
    assert done.text == "용접 불량이 많아요"


def test_a_correction_replaces_and_is_told() -> None:
    before = Profile({"employees_regular": Fact(45, "직원 45명")})

    after, changes = merge(
        before, {"employees_regular": Fact(15, "직원 15명")}, "아니 직원 15명이에요"
    )

    assert after.get("employees_regular") == 15
    assert [(one.before, one.after, one.corrected) for one in changes] == [(45, 15, True)]


def test_a_new_region_forgets_the_old_district() -> None:
    before = Profile({"factory_sido": Fact("인천"), "factory_sigungu": Fact("부평구")})

    after, _ = merge(before, {"factory_sido": Fact("경기")}, "경기예요")

    assert "factory_sigungu" not in after


def test_systems_in_use_add_up() -> None:
    before = Profile({"systems_in_use": Fact(("ERP",))})

    after, changes = merge(before, {"systems_in_use": Fact(("MES",))}, "MES도 써요")

    assert after.get("systems_in_use") == ("ERP", "MES")
    assert changes == ()


def test_everyday_words_lead_to_the_words_of_the_records_and_back() -> None:
    assert "융자" in expand("돈 빌리고 싶어요", LEXICON.concepts)
    assert "AI 비전 검사" in expand("카메라로 불량을 잡고 싶어요", LEXICON.concepts)
    assert "공구 수명" in expand("공구 부러져서 골치예요", LEXICON.concepts)
    assert "돈 빌리" in expand("융자 조건", LEXICON.concepts)


def test_a_field_asked_once_is_not_asked_again() -> None:
    assert next_field(Profile(), asked_before=()) == "factory_sido"
    assert next_field(Profile(), asked_before=("factory_sido",)) == "industry_text"
    assert next_field(Profile(), missing=("sf_level_official",)) == "sf_level_official"


def test_a_profile_file_names_every_bad_value_at_once() -> None:
    with pytest.raises(BadInputError) as failure:
        read_values({"employees_regular": "많음", "factory_sido": "달나라", "x": 1}, FIELDS)

    text = failure.value.user_message.text
    assert "상시근로자" in text
    assert "달나라" in text
    assert "'x'" in text


def test_typed_amounts_are_read_as_people_write_them() -> None:
    facts = read_values({"revenue_krw_last": "12억", "employees_regular": "30명"}, FIELDS)

    assert facts["revenue_krw_last"].value == 1_200_000_000
    assert facts["employees_regular"].value == 30


def test_a_trade_is_a_worry_only_where_its_quality_is_in_question() -> None:
    def worries(text: str) -> set[str]:
        return {one.id for one in find_worries(text, LEXICON.concepts)}

    assert worries("주물 공장인데 쇳물 부을 사람이 없어요") == {"no-hands"}
    assert "casting" in worries("다이캐스팅 기포 때문에 반품이 들어와요")


def test_trouble_told_with_a_fact_is_a_problem_not_a_fact() -> None:
    speech = "도금하는데 젊은 사람이 안 들어와서 라인을 못 돌립니다"
    kind = route(
        speech, speech=speech, aspects=find_aspects(speech), names=(), told_facts=True,
        is_follow_up=False,
    )  # fmt: skip
    assert kind is Intent.PROBLEM


def test_asking_whether_it_is_still_open_asks_for_no_verdict() -> None:
    speech = "혁신바우처 아직도 신청되나요?"
    kind = route(
        speech, speech=speech, aspects=find_aspects(speech), names=INDEX.find(speech),
        told_facts=False, is_follow_up=False,
    )  # fmt: skip
    assert kind is Intent.FACT
