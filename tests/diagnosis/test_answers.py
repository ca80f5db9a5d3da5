import json

import pytest

from advisor.diagnosis.answers import check_answers, read_answers, read_company, to_profile
from advisor.domain.readiness import AnswerStatus, ItemAnswer
from advisor.errors import BadInputError
from tests.diagnosis.given import the_instrument


def refusal(text, tmp_path, name="답변.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        read_answers(path, the_instrument())
    assert caught.value.exit_code == 2
    assert caught.value.user_message.next_step
    return caught.value.user_message.text


def test_an_answer_is_taken_as_it_stands(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "answers:\n- {item: DAT1, status: answered, value: 1, grade: doc, note: 종이 일보}\n"
        "- {item: DAT2, status: unknown, value: null, grade: null, note: 모름}\n",
        encoding="utf-8",
    )

    given = read_answers(path, the_instrument())

    assert given.answers == (
        ItemAnswer("DAT1", AnswerStatus.ANSWERED, 1, "doc", "종이 일보"),
        ItemAnswer("DAT2", AnswerStatus.UNKNOWN, None, None, "모름"),
    )


def test_a_json_file_with_a_byte_order_mark_is_read_too(tmp_path):
    path = tmp_path / "a.json"
    content = {"answers": [{"item": "DAT1", "value": 2}], "profile": {"employees_regular": 12}}
    path.write_text("\ufeff" + json.dumps(content), encoding="utf-8")

    given = read_answers(path, the_instrument())

    assert given.answers == (ItemAnswer("DAT1", AnswerStatus.ANSWERED, 2, "say"),)
    assert given.profile == {"employees_regular": 12}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{item: DAT9, status: answered, value: 1}", "1번째 답: 문항 'DAT9'은(는) 진단표에 없음"),
        ("{item: [DAT1], value: 1}", "진단표에 없음"),
        ("{status: answered, value: 1}", "문항(item)이 없음"),
        ("{item: DAT1, status: answered, value: 7}", "수준 7은(는) 0~4 밖임"),
        ("{item: DAT1, status: answered, value: -1}", "수준 -1은(는) 0~4 밖임"),
        ("{item: DAT1, status: answered, value: 2.5}", "정수가 아님(지금 2.5)"),
        ("{item: DAT1, status: answered, value: true}", "정수가 아님"),
        ("{item: DAT1, status: answered}", "정수가 아님(지금 빈칸)"),
        ("{item: DAT1}", "상태(status)도 수준(value)도 없음"),
        ("{item: DAT1, status: 답함, value: 1}", "상태 '답함'은(는)"),
        ("{item: DAT1, status: unknown, value: 3}", "상태가 unknown인데 수준 3이(가) 있음"),
        ("{item: DAT1, value: 1, grade: 서류}", "근거 '서류'은(는)"),
        ("{item: DAT1, value: 1, level: 2}", "모르는 칸 level"),
        ("{item: DAT1, value: 1, note: [a]}", "메모(note)가 글이 아님"),
        ("DAT1", "꼴이 아님"),
    ],
)
def test_a_bad_answer_is_named(row, words, tmp_path):
    assert words in refusal(f"answers:\n- {row}\n", tmp_path)


def test_a_doubled_item_names_both_places(tmp_path):
    text = (
        "answers:\n- {item: DAT1, value: 1}\n- {item: DAT2, value: 1}\n- {item: DAT1, value: 1}\n"
    )

    assert "3번째 답: 문항 DAT1이(가) 1번째 답에도 있음" in refusal(text, tmp_path)


def test_all_problems_are_counted_and_the_first_five_named(tmp_path):
    rows = "".join(f"- {{item: X{n}, value: 1}}\n" for n in range(8))

    text = refusal(f"answers:\n{rows}", tmp_path)

    assert "8곳" in text
    assert "외 3곳" in text


@pytest.mark.parametrize("text", ["", "  \n", "{}", "[]", "# nothing\n"])
def test_an_empty_file_is_named(text, tmp_path):
    assert "답변.yaml이(가) 비어 있습니다" in refusal(text, tmp_path)


@pytest.mark.parametrize("text", ["answers: []\n", "answers:\n", "answers: {item: DAT1}\n"])
def test_an_empty_list_is_named(text, tmp_path):
    assert "답이 하나도 없습니다" in refusal(text, tmp_path)


@pytest.mark.parametrize("text", ["- {item: DAT1}\n", "answer: []\n", "그냥 글\n"])
def test_a_file_without_answers_is_named(text, tmp_path):
    assert "answers 목록이 없습니다" in refusal(text, tmp_path)


@pytest.mark.parametrize("text", ["answers: [\n", "a: b: c\n", "[" * 3000])
def test_a_file_that_is_no_yaml_is_named(text, tmp_path):
    assert "읽지 못했습니다" in refusal(text, tmp_path)


def test_a_binary_file_and_a_missing_one_are_named(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xb0\xa1\x00\xff")
    for target, words in ((path, "읽지 못했습니다"), (tmp_path / "b.yaml", "찾지 못했습니다")):
        with pytest.raises(BadInputError) as caught:
            read_answers(target, the_instrument())
        assert words in caught.value.user_message.text


@pytest.mark.parametrize(
    "head",
    [
        "instrument_version: 0.2.0\n",
        "meta: {instrument: smar32, instrument_version: 0.2.0}\n",
        "instrument: {id: smar32, version: 0.2.0}\n",
        "instrument: smar64\n",
    ],
)
def test_another_instrument_or_version_is_named(head, tmp_path):
    text = refusal(f"{head}answers:\n- {{item: DAT1, value: 1}}\n", tmp_path)

    assert "smar32 0.1.0" in text
    assert "0.2.0" in text or "smar64" in text


def test_the_own_version_may_be_named(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "meta: {instrument: smar32, instrument_version: 0.1.0}\nanswers: [{item: DAT1, value: 1}]",
        encoding="utf-8",
    )

    assert len(read_answers(path, the_instrument()).answers) == 1


def test_nothing_is_taken_from_a_list_with_one_bad_answer():
    rows = [{"item": "DAT1", "value": 1}, {"item": "DAT2", "value": 9}]

    with pytest.raises(BadInputError) as caught:
        check_answers(rows, the_instrument(), "진단 답")
    assert "진단 답에서 고칠 곳이 1곳" in caught.value.user_message.text
    assert "아무것도 저장하지 않았습니다" in caught.value.user_message.next_step


def test_a_profile_may_hold_plain_values_or_envelopes(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(
        "pain_codes: {value: [downtime, setup], source: 말}\nself_fund_krw: null\n"
        "monthly_loss_krw: 3000000\nestablished_on: 1998-03-02\n",
        encoding="utf-8",
    )

    profile = read_company(path, the_instrument())

    assert profile.get("pain_codes") == ("downtime", "setup")
    assert "self_fund_krw" not in profile
    assert profile.get("established_on") == "1998-03-02"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"pain_codes": ["bad_luck"]}, "'bad_luck'은(는) 없는 코드"),
        ({"solutions_done": ["S99"]}, "'S99'은(는) 없는 코드"),
        ({"monthly_loss_krw": "3백만"}, "monthly_loss_krw은(는) 원 단위"),
        ({"self_fund_krw": -1}, "self_fund_krw은(는) 원 단위"),
    ],
)
def test_a_profile_value_that_the_plan_rests_on_must_be_possible(raw, words):
    with pytest.raises(BadInputError) as caught:
        to_profile(raw, the_instrument(), "회사 정보")

    assert words in caught.value.user_message.text
