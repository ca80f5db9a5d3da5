import json

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


def test_the_help_shows_an_example():
    assert "예: advisor diagnose --answers" in CliRunner().invoke(diagnose, ["--help"]).stdout
