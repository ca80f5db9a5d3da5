"""Verdicts, funding plan and calendar over HTTP, before the real Advisor."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings

API = "/api/v1"
OWNER = {
    "employees_regular": 30, "factory_sido": "경기", "industry_text": "금속가공", "sf_built": "없음",
    "self_fund_krw": 30_000_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home), keep=False)
    yield built
    built.index.close()


@pytest.fixture(scope="module")
def client(advisor: Advisor) -> TestClient:
    return TestClient(create_api(lambda: advisor), raise_server_exceptions=False)


def post(client: TestClient, name: str, **body: Any) -> Any:
    return client.post(f"{API}/{name}", json={"today": "2026-11-24", **body})


def test_matches_come_in_the_contracts_shape_and_only_of_the_kind(client: TestClient) -> None:
    rows = post(client, "match", profile=OWNER, kind="program", k=3).json()

    assert len(rows) == 3
    for row in rows:
        assert row.keys() >= {
            "record_id", "kind", "score", "verdict", "window", "criteria", "missing", "why", "citations",
        }  # fmt: skip
        assert row["kind"] == "program"
        assert row["verdict"] in ("eligible", "unknown")
        assert row["window"].keys() >= {"state", "opens_on", "closes_on", "days_left"}


def test_the_day_asked_for_decides_whether_a_window_is_open(client: TestClient) -> None:
    def state(day: str) -> str:
        rows = post(client, "match", profile=OWNER, kind="program", k=0, today=day).json()
        wanted = "ministry-collab-security-2026"
        return next(str(one["window"]["state"]) for one in rows if one["record_id"] == wanted)

    # The notice: 2026-02-09 to 2026-04-09.
    assert [state(day) for day in ("2026-04-09", "2026-04-10")] == ["open", "closed"]


def test_a_plan_adds_up_to_the_cost_to_the_won(client: TestClient) -> None:
    made = post(
        client, "plan", profile=OWNER, solution="sol-ai-vision", cost=123_456_789
    ).json()  # fmt: skip

    granted = sum(one["amount_krw"] for one in made["lines"] if one["kind"] in ("grant", "local"))
    paid = granted + made["own_cash_krw"] + made["own_in_kind_krw"] + made["loan_krw"]
    assert made["project_cost_krw"] == 123_456_789
    assert paid == 123_456_789
    assert made["own_cash_krw"] == 30_000_000


@pytest.mark.parametrize("name", ["match", "plan"])
def test_a_bad_profile_is_a_problem_document_that_names_every_field(
    client: TestClient, name: str
) -> None:
    more = {"solution": "sol-ai-vision"} if name == "plan" else {}
    bad = {"employees_regular": -3, "직원": 30, "factory_sido": "강남"}
    response = post(client, name, profile=bad, **more)

    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["type"] == "urn:advisor:problem:bad-input"
    for word in ("상시근로자 수", "'직원'", "공장 시·도"):
        assert word in body["detail"]


def test_a_solution_that_is_not_there_and_a_field_too_many_are_named(client: TestClient) -> None:
    missing = post(client, "plan", profile=OWNER, solution="sol-nothing")
    assert missing.status_code == 400
    assert "sol-nothing" in missing.json()["detail"]
    assert post(client, "plan", profile=OWNER, solution="x", cost=-1).json()["fields"] == ["cost"]
    assert post(client, "match", profile=OWNER, sort="x").json()["fields"] == ["sort"]


def test_the_calendar_holds_the_windows_of_the_action_list(
    client: TestClient, advisor: Advisor
) -> None:
    own = advisor.new_consultation()
    advisor.set_profile(own, OWNER)
    response = client.get(f"{API}/consultations/{own}/calendar.ics")

    assert response.headers["content-type"].startswith("text/calendar")
    assert response.text.startswith("BEGIN:VCALENDAR")
    shown = advisor.outlook(own).acted_on
    assert shown
    dated = [one for one in shown if one.window.expected_months]
    assert response.text.count("BEGIN:VEVENT") >= len(dated) > 0
    gone = client.get(f"{API}/consultations/nobody/calendar.ics")
    assert gone.status_code == 404
    assert gone.headers["content-type"] == "application/problem+json"
