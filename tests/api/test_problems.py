"""Every error of the API is a problem document in Korean, and tells nothing of the machine."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.api.app import create_api
from advisor.cli.web import create_app
from tests.api.conftest import World
from tests.ui.scripted_advisor import ScriptedOpening

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "more", "status", "kind"),
    [
        ("GET", "/nothing", {}, 404, "not-found"),
        ("GET", "/consultations/none", {}, 404, "not-found"),
        ("PUT", "/ask", {}, 405, "not-allowed"),
        ("POST", "/ask", {"content": "{}", "headers": {"content-type": "text/plain"}}, 415, "not-json"),
        ("POST", "/ask", {"content": "{", "headers": JSON}, 422, "bad-body"),
        ("POST", "/ask", {"content": b"\xff\xfe\xfd", "headers": JSON}, 400, "bad-body"),
        ("POST", "/ask", {"json": {"text": 3}}, 422, "bad-body"),
        ("POST", "/ask", {"json": {"text": "가", "consultation_id": "none"}}, 400, "bad-input"),
        ("POST", "/ask", {"content": b" " * 2_100_000, "headers": JSON}, 413, "too-large"),
        ("GET", "/documents", {}, 401, "sign-in-needed"),
    ],
)  # fmt: skip
def test_an_error_is_a_problem_document(
    world: World, method: str, path: str, more: dict[str, Any], status: int, kind: str
) -> None:
    response = world.client.request(method, f"/api/v1{path}", **more)
    body = response.json()

    assert (response.status_code, body["status"]) == (status, status)
    assert response.headers["content-type"] == "application/problem+json"
    assert body["type"] == f"urn:advisor:problem:{kind}"
    assert any("가" <= letter <= "힣" for letter in body["title"])
    assert body["detail"].endswith(("요.", "니다."))


def test_a_method_that_is_none_names_those_that_are(world: World) -> None:
    response = world.client.put("/api/v1/consultations/abc")

    assert response.headers["allow"] == "DELETE, GET"


def test_a_bug_is_told_without_a_trace_or_a_path(world: World) -> None:
    class Broken:
        def search(self, *_: object, **__: object) -> None:
            raise RuntimeError("/secret/home/advisor.db")

    app = create_api(lambda: Broken(), world.office)  # type: ignore[arg-type,return-value]
    response = TestClient(app, raise_server_exceptions=False).post(
        "/api/v1/search", json={"query": "a"}
    )

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "urn:advisor:problem:failed"
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_behind_the_page_an_unknown_address_of_the_api_is_a_problem_document_too(
    world: World,
) -> None:
    app = create_app(world.office.settings, ScriptedOpening(), lambda: None, world.office)
    response = TestClient(app).get("/api/v1/nothing-here")

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
