"""POST /diagnose and POST /report before the real Advisor."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from tests.diagnosis.given import the_cases

API = "/api/v1"
MARKS = {"docx": b"PK", "xlsx": b"PK", "hwpx": b"PK", "pdf": b"%PDF", "md": b"# AI"}


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home))
    yield built
    built.index.close()


@pytest.fixture(scope="module")
def client(advisor: Advisor) -> TestClient:
    return TestClient(create_api(lambda: advisor), raise_server_exceptions=False)


def company(case: dict[str, Any]) -> dict[str, Any]:
    """Return only what orders the plan; the rest of a given profile has notes of its own."""
    names = ("pain_codes", "monthly_loss_krw", "self_fund_krw", "solutions_done")
    return {name: case["profile"][name] for name in names if case["profile"].get(name) is not None}


@pytest.mark.parametrize("case_id", ["EX-A", "EX-B", "EX-C"])
def test_a_diagnosis_over_http_has_the_expected_values(client: TestClient, case_id: str) -> None:
    case = the_cases()[case_id]
    body = {"answers": case["answers"], "profile": company(case)}
    response = client.post(f"{API}/diagnose", json=body)

    assert response.status_code == 200, response.text
    found = response.json()
    expected = case["expected"]
    for name in ("overall", "overall_low", "overall_high", "level", "level_raw", "confidence"):
        assert found[name] == expected[name]
    assert {key: one["score"] for key, one in found["dimensions"].items()} == {
        key: one["score"] for key, one in expected["dimensions"].items()
    }
    assert found["labels"]["summary"]


def test_wrong_answers_are_named_all_at_once(client: TestClient) -> None:
    body = {"answers": [{"item": "XYZ9", "value": 1}, {"item": "DAT1", "value": 7}]}
    response = client.post(f"{API}/diagnose", json=body)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert "XYZ9" in response.json()["detail"]
    assert "7" in response.json()["detail"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answers": []}, "하나도 없습니다"),
        ({"answers": [{"item": "DAT1", "value": 1}, {"item": "DAT1", "value": 2}]}, "DAT1"),
        ({"instrument_version": "9.9.9"}, "9.9.9"),
        ({"answers": [{"item": "DAT1", "value": 1, "note": "가" * 10_001}]}, "10,000자보다 김"),
    ],
)
def test_bad_answers_over_http_are_named_with_a_next_step(
    client: TestClient, change: dict[str, Any], said: str
) -> None:
    body = {"answers": [{"item": "DAT1", "value": 1}], **change}
    response = client.post(f"{API}/diagnose", json=body)
    assert response.status_code == 400
    assert said in response.json()["detail"]
    assert response.json()["detail"].rstrip().endswith(".")


@pytest.mark.parametrize("report_format", MARKS)
def test_the_report_of_a_consultation_comes_in_every_format(
    client: TestClient, advisor: Advisor, report_format: str
) -> None:
    cid = advisor.desk.consultation("")
    advisor.desk.begin(cid, is_full=False)
    for item in advisor.desk.instrument.quick_check.items:
        advisor.desk.save(cid, {"item": item, "status": "answered", "value": 2})
    body = {"consultation_id": cid, "format": report_format, "today": "2026-11-25"}
    response = client.post(f"{API}/report", json=body)

    assert response.status_code == 200, response.text
    assert response.content.startswith(MARKS[report_format])
    assert response.headers["content-disposition"].endswith(
        f'"readiness-report-2026-11-25.{report_format}"'
    )
    if report_format == "md":
        assert "종합 50.0점" in response.text
    elif MARKS[report_format] == b"PK":
        assert zipfile.ZipFile(io.BytesIO(response.content)).testzip() is None


def test_answers_without_a_consultation_get_a_report_too(client: TestClient) -> None:
    body = {"answers": the_cases()["EX-A"]["answers"], "format": "md"}
    overall = the_cases()["EX-A"]["expected"]["overall"]
    assert f"종합 {overall}점" in client.post(f"{API}/report", json=body).text


def test_no_report_for_a_consultation_that_is_unknown_or_not_diagnosed(
    client: TestClient, advisor: Advisor
) -> None:
    for cid in ("nobody", advisor.new_consultation()):
        response = client.post(f"{API}/report", json={"consultation_id": cid, "format": "pdf"})
        assert response.status_code == 400
        assert response.json()["type"] == "urn:advisor:problem:bad-input"


@pytest.mark.parametrize(
    "body",
    [{"format": "pdf"}, {"format": "doc", "consultation_id": "a"},
     {"format": "md", "consultation_id": "a", "answers": []},
     {"format": "md", "consultation_id": "a", "profile": {}}],
)  # fmt: skip
def test_a_report_body_that_is_wrong_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post(f"{API}/report", json=body).status_code == 422
