import json

from advisor.diagnosis.diagnose import diagnose
from advisor.diagnosis.present import as_json, labels, name_smart_factory
from tests.diagnosis.given import all_at, diagnose_case, said, the_cases, the_instrument


def test_the_reason_for_a_lower_level_says_why_and_what_would_lift_it():
    names = labels(the_instrument(), diagnose_case("EX-C"))

    assert names["binding"] == [
        "점수로는 L3이지만 ‘데이터’ 40.0점이 45점에 못 미쳐 L2까지로 봅니다. "
        "‘데이터’ 45점이면 풀립니다."
    ]
    assert names["level"] == "시범 준비"


def test_every_kind_of_cap_has_its_sentence():
    paper = labels(the_instrument(), diagnose_case("ED-12"))
    unscored = labels(the_instrument(), diagnose_case("ED-3"))
    quick = labels(the_instrument(), diagnose_case("ED-15"))

    assert "기록 방식" in paper["binding"][0]
    assert "엑셀" in paper["binding"][0]
    assert "‘시스템과 보안’ 점수를 아직 확인하지 못해" in unscored["binding"][0]
    assert "답한 비중이 40%로 모자라" in quick["binding"][0]


def test_without_a_level_the_summary_says_what_to_answer():
    names = labels(the_instrument(), diagnose_case("ED-2"))

    assert names["level"] is None
    assert "데이터 문항에 더 답해 주시면" in names["summary"]


def test_the_smart_factory_estimate_is_named_as_a_level_a_span_or_unknown():
    instrument = the_instrument()

    assert name_smart_factory(instrument, diagnose_case("EX-C")) == "중간1"
    assert name_smart_factory(instrument, diagnose_case("ED-1")) == "ICT 미적용~기초 사이"
    assert name_smart_factory(instrument, diagnose_case("ED-14")) == "아직 알 수 없음"


def test_the_result_is_json_and_names_everything_that_it_mentions():
    for case_id in the_cases():
        result = as_json(the_instrument(), diagnose_case(case_id))
        names = result["labels"]

        assert json.loads(json.dumps(result, ensure_ascii=False)) == result
        for ids in result["horizons"].values():
            assert all(one in names["steps"] or one in names["solutions"] for one in ids)
        assert set(result["contradictions"]) == set(names["contradictions"])
        assert all(one["status"] in names["solution_status"] for one in result["solutions"])


def test_the_question_to_ask_next_is_given_in_words():
    result = as_json(the_instrument(), diagnose(the_instrument(), said(STR1=2)))

    assert result["next_item"] == "DAT1"
    assert result["labels"]["next_question"].startswith("생산 실적과 검사 결과는")


def test_nothing_left_to_ask_has_no_question():
    result = as_json(the_instrument(), diagnose(the_instrument(), all_at(2)))

    assert result["next_item"] is None
    assert result["labels"]["next_question"] is None
