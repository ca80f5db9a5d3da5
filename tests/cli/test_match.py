import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from advisor.cli.match import match
from advisor.cli.plan import plan
from advisor.errors import BadInputError

OWNER = {
    "employees_regular": 30,
    "factory_sido": "경기",
    "industry_text": "금속가공",
    "sf_built": "없음",
}


def write(path: Path, content: Any) -> str:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return str(path)


def run(command: Any, path: Path, *arguments: str, company: Any = OWNER) -> Any:
    file = write(path / "p.yaml", company)
    return CliRunner().invoke(command, ["--profile", file, "--today", "2026-11-24", *arguments])


def test_a_match_has_the_fields_of_the_contract(tmp_path: Path) -> None:
    rows = json.loads(run(match, tmp_path, "--kind", "program", "-k", "3", "--json").stdout)

    assert len(rows) == 3
    for row in rows:
        assert set(row) >= {
            "record_id", "kind", "score", "verdict", "window", "criteria", "missing", "why", "citations",
        }  # fmt: skip
        assert set(row["window"]) >= {"state", "opens_on", "closes_on", "days_left"}
        assert all(set(one) >= {"type", "result", "because", "source"} for one in row["criteria"])
        assert row["verdict"] in ("eligible", "unknown")
        assert row["citations"][0]["url"]


def test_all_matches_hold_the_ineligible_too_and_every_kind(tmp_path: Path) -> None:
    rows = json.loads(run(match, tmp_path, "-k", "0", "--json").stdout)

    assert {one["kind"] for one in rows} == {"program", "solution", "case", "expert"}
    refused = {one["record_id"] for one in rows if one["verdict"] == "not_eligible"}
    assert {"chungbuk-small-firm-2025", "tp-busan"} <= refused


def test_the_day_decides_the_window(tmp_path: Path) -> None:
    def state(day: str) -> str:
        file = write(tmp_path / "p.yaml", OWNER)
        arguments = ["--profile", file, "--kind", "program", "-k", "0", "--json", "--today", day]
        rows = json.loads(CliRunner().invoke(match, arguments).stdout)
        return next(
            str(one["window"]["state"])
            for one in rows
            if one["record_id"] == "ministry-collab-security-2026"
        )

    assert [state(one) for one in ("2026-02-08", "2026-02-09", "2026-04-09", "2026-04-10")] == [
        "upcoming", "open", "open", "closed",
    ]  # fmt: skip


def test_a_bad_profile_is_named_field_by_field_and_nothing_is_computed(tmp_path: Path) -> None:
    bad = {
        "employees_regular": -3, "직원": 30, "factory_sido": "강남", "factory_sigungu": "없는군",
        "industry_ksic": "C99", "established_on": "2031-01-01",
    }  # fmt: skip
    for command, more in ((match, ["--json"]), (plan, ["--solution", "sol-ai-vision", "--json"])):
        result = run(command, tmp_path, *more, company=bad)

        assert isinstance(result.exception, BadInputError)
        assert result.exception.exit_code == 2
        assert result.stdout == ""
        text = result.exception.user_message.text
        for word in ("상시근로자 수", "'직원'", "공장 시·도", "없는군", "C99", "설립일"):
            assert word in text


def test_a_plan_has_the_fields_of_the_contract_and_adds_up(tmp_path: Path) -> None:
    result = run(plan, tmp_path, "--solution", "sol-ai-vision", "--cost", "200000000", "--json")
    made = json.loads(result.stdout)
    granted = sum(one["amount_krw"] for one in made["lines"] if one["kind"] in ("grant", "local"))

    assert made["project_cost_krw"] == 200_000_000
    assert (
        granted + made["own_cash_krw"] + made["own_in_kind_krw"] + made["loan_krw"] == 200_000_000
    )
    assert all(
        set(one) == {"record_id", "kind", "amount_krw", "basis", "certain"} for one in made["lines"]
    )
    assert all(set(one) >= {"between", "rule", "source"} for one in made["conflicts"])
    assert made["assumptions"]


def test_a_solution_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    result = run(plan, tmp_path, "--solution", "sol-nothing")

    assert isinstance(result.exception, BadInputError)
    assert "sol-nothing" in result.exception.user_message.text


@pytest.mark.parametrize("command", [match, plan])
def test_the_help_shows_an_example(command: Any) -> None:
    assert "예: advisor" in CliRunner().invoke(command, ["--help"]).stdout


def test_without_json_a_person_reads_verdicts_and_what_to_tell(tmp_path: Path) -> None:
    text = run(match, tmp_path, "--kind", "program", "-k", "0").stdout

    assert "[대상] 경기도형 스마트공장 종합지원" in text
    assert "→ 스마트공장 수준확인서가 있으면 대상이 됩니다." in text
    assert "알려 주시면 판정이 정해지는 것" in text
