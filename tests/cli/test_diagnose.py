import json

import pytest
import yaml
from click.testing import CliRunner

from advisor.cli.diagnose import diagnose
from advisor.errors import BadInputError
from tests.diagnosis.given import the_cases


def write(path, content):
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return str(path)


def test_answers_and_profile_give_the_expected_result_as_json(tmp_path):
    case = the_cases()["EX-B"]
    answers = write(tmp_path / "a.yaml", {"answers": case["answers"]})
    profile = write(tmp_path / "p.yaml", case["profile"])

    run = CliRunner().invoke(diagnose, ["--answers", answers, "--profile", profile, "--json"])

    assert run.exit_code == 0
    result = json.loads(run.stdout)
    assert {key: result[key] for key in case["expected"]} == case["expected"]


def test_without_json_a_person_reads_level_scores_and_road_map(tmp_path):
    case = the_cases()["EX-C"]
    answers = write(tmp_path / "a.yaml", {"answers": case["answers"], "profile": case["profile"]})

    run = CliRunner().invoke(diagnose, ["--answers", answers])

    assert "준비 수준은 L2 '시범 준비'" in run.stdout
    assert "데이터            40.0" in run.stdout
    assert "0~3개월    사내 지식 검색" in run.stdout
    assert "AI가 한 추정" in run.stdout


def test_bad_input_is_an_error_for_exit_code_2(tmp_path):
    answers = write(tmp_path / "a.yaml", {"answers": [{"item": "DAT1", "value": 7}]})

    run = CliRunner().invoke(diagnose, ["--answers", answers])

    assert isinstance(run.exception, BadInputError)
    assert run.exception.exit_code == 2
    assert run.stdout == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answers:\n  - {item: XYZ9, value: 1}\n", "'XYZ9'"),
        ("answers:\n  - {item: DAT1, value: 7}\n", "수준 7"),
        ("answers:\n  - {item: DAT1, value: 1}\n  - {item: DAT1, value: 1}\n", "1번째 답에도 있음"),
        ("instrument_version: 9.9.9\nanswers:\n  - {item: DAT1, value: 1}\n", "9.9.9"),
        ("", "비어 있습니다"),
        ("answers: [{item: DAT1", "읽지 못했습니다"),
        ("a" * 1_000_001, "1MB보다 큽니다"),
    ],
)
def test_each_kind_of_bad_input_is_one_korean_message_and_exit_code_2(text, said, tmp_path):
    path = tmp_path / "답변.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError) as refused:
        CliRunner().invoke(diagnose, ["--answers", str(path)], catch_exceptions=False)
    assert refused.value.exit_code == 2
    assert said in refused.value.user_message.text
    assert "답변.yaml" in refused.value.user_message.text
    assert refused.value.user_message.next_step


def test_the_help_shows_an_example():
    assert "예: advisor diagnose --answers" in CliRunner().invoke(diagnose, ["--help"]).stdout
