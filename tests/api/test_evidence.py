"""Evidence files over HTTP before the real Advisor."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.conversation import evidence

API = "/api/v1/consultations"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n"


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home))
    yield built
    built.index.close()


@pytest.fixture(scope="module")
def client(advisor: Advisor) -> TestClient:
    return TestClient(create_api(lambda: advisor), raise_server_exceptions=False)


@pytest.fixture
def cid(advisor: Advisor) -> str:
    cid = advisor.desk.consultation("")
    advisor.desk.begin(cid, is_full=False)
    advisor.desk.save(cid, {"item": "DAT1", "status": "answered", "value": 1, "grade": "say"})
    return cid


def put(client: TestClient, cid: str, name: str, content: bytes, item: str = "DAT1") -> Any:
    return client.post(
        f"{API}/{cid}/evidence", params={"item": item, "name": name}, content=content
    )


def test_a_photo_is_kept_raises_the_ground_of_its_answer_and_opens_again(
    client: TestClient, advisor: Advisor, cid: str
) -> None:
    given = put(client, cid, "../../일보 사진.hwp", PNG)

    assert given.status_code == 201, given.text
    assert (given.json()["name"], given.json()["kind"]) == ("일보 사진.hwp", "사진")
    sheet = advisor.desk.sheet(cid)
    assert sheet is not None
    assert [one.answer.grade for one in sheet.kept.answers] == ["doc"]
    opened = client.get(f"{API}/{cid}/evidence/{given.json()['id']}")
    assert opened.content == PNG
    assert opened.headers["content-type"] == "image/png"
    assert opened.headers["content-disposition"].startswith("inline; filename*=UTF-8''%EC%9D%BC")
    assert opened.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "item", "said"),
    [
        ("a.pdf", b"", "DAT1", "내용이 없습니다"),
        ("a.pdf", b"MZ\x90\x00\x03" + bytes(range(256)), "DAT1", "받을 수 없는 형식"),
        ("a.png", b"<html><script>alert(1)</script></html>", "DAT1", "받을 수 없는 형식"),
        ("a.pdf", PDF, "XYZ9", "진단표에 없는 문항"),
    ],
)
def test_what_is_no_evidence_is_refused_in_words_and_not_kept(
    client: TestClient, cid: str, name: str, content: bytes, item: str, said: str
) -> None:
    response = put(client, cid, name, content, item)
    assert response.status_code == 400
    assert said in response.json()["detail"]
    assert client.get(f"{API}/{cid}/evidence").json() == []


def test_a_file_over_the_limit_is_refused(
    client: TestClient, cid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.api.evidence.LARGEST_BYTES", 30)
    assert "20MB보다 큽니다" in put(client, cid, "a.pdf", PDF * 2).json()["detail"]
    monkeypatch.undo()
    monkeypatch.setattr(evidence, "LARGEST_BYTES", 30)
    assert "20MB보다 큽니다" in put(client, cid, "a.pdf", PDF * 2).json()["detail"]
    assert client.get(f"{API}/{cid}/evidence").json() == []


def test_evidence_of_one_consultation_is_closed_to_another(client: TestClient, cid: str) -> None:
    file_id = put(client, cid, "a.pdf", PDF).json()["id"]
    for other in ("nobody", client.app.state.get_advisor().new_consultation()):  # type: ignore[attr-defined]
        assert client.get(f"{API}/{other}/evidence/{file_id}").status_code == 404
        assert client.delete(f"{API}/{other}/evidence/{file_id}").status_code == 404
    assert put(client, "nobody", "a.pdf", PDF).status_code == 400


def test_an_export_has_diagnoses_and_evidence_and_a_deletion_leaves_nothing(
    client: TestClient, advisor: Advisor, cid: str
) -> None:
    file_id = put(client, cid, "a.pdf", PDF).json()["id"]
    for item in advisor.desk.instrument.quick_check.items:
        advisor.desk.save(cid, {"item": item, "status": "answered", "value": 2})
    advisor.desk.finish(cid)

    exported = client.get(f"{API}/{cid}").json()
    (diagnosis,) = exported["diagnoses"]
    assert diagnosis["instrument_version"] == advisor.desk.instrument.meta.version
    assert diagnosis["result"]["overall"] == 50.0
    assert {one["item"]: one["value"] for one in diagnosis["answers"]}["DAT1"] == 2
    assert [one["name"] for one in exported["evidence"]] == ["a.pdf"]

    assert client.delete(f"{API}/{cid}").status_code == 204
    assert client.get(f"{API}/{cid}").status_code == 404
    assert client.get(f"{API}/{cid}/evidence/{file_id}").status_code == 404
    assert advisor.desk.kept(cid) == ()


def test_a_report_lists_the_evidence(client: TestClient, advisor: Advisor, cid: str) -> None:
    put(client, cid, "11월 일보.pdf", PDF)
    body = {"consultation_id": cid, "format": "md"}
    assert "첨부: 11월 일보.pdf" in client.post("/api/v1/report", json=body).text


def test_a_file_taken_away_is_gone(client: TestClient, cid: str) -> None:
    file_id = put(client, cid, "a.pdf", PDF).json()["id"]
    assert client.delete(f"{API}/{cid}/evidence/{file_id}").status_code == 204
    assert client.get(f"{API}/{cid}/evidence").json() == []
