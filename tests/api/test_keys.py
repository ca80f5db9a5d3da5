"""A key acts as its organisation, with its scopes, until it is revoked; it is kept nowhere."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.accounts.actor import TERMINAL
from advisor.api.app import create_api
from advisor.clock import today
from advisor.stores.database import Engine
from tests.accounts.people import HERE, a_token
from tests.api.conftest import World

QUESTION = {"text": "AI 바우처는 얼마까지 지원하나요?", "today": "2026-11-25"}


def asked(world: World, key: str, **more: Any) -> Any:
    return world.send("POST", "/ask", key, json={**QUESTION, **more})


def test_a_key_is_shown_once_and_stands_nowhere_in_the_database(world: World) -> None:
    key = world.key("search")
    engine: Engine = world.office.engine
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM api_keys").all()

    assert any(key[:12] == cell for row in rows for cell in row)
    assert not any(key in str(row) or key.rpartition("_")[2] in str(row) for row in rows)
    assert world.send("POST", "/search", key, json={"query": "불량 검사"}).status_code == 200
    used = world.office.keys.named(key[:12])
    assert used is not None
    assert used.last_used_on == today()


def test_a_scope_opens_its_route_and_no_other(world: World) -> None:
    key = world.key("search")

    assert world.send("POST", "/search", key, json={"query": "불량"}).status_code == 200
    for method, path in (("POST", "/ask"), ("POST", "/match"), ("GET", "/documents")):
        refused = world.send(method, path, key, json={})
        assert (refused.status_code, refused.json()["type"]) == (
            403 if method == "GET" else refused.status_code, "urn:advisor:problem:forbidden",
        )  # fmt: skip


@pytest.mark.parametrize("way", ["revoked", "too old", "unknown", "nothing"])
def test_a_key_that_is_good_no_more_is_refused_and_not_taken_for_nobody(
    world: World, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = world.key("search", days=1)
    kept = world.office.keys.named(key[:12])
    assert kept is not None
    if way == "revoked":
        assert world.office.keys.revoke(TERMINAL, kept.id)
    elif way == "too old":
        from datetime import timedelta

        later = kept.created_at + timedelta(days=1, seconds=1)
        monkeypatch.setattr("advisor.accounts.keys.now", lambda: later)
    else:
        key = "adv_aaaaaaaa_nothing" if way == "unknown" else "x"

    response = world.send("POST", "/search", key, json={"query": "불량"})

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "API 키" in response.json()["detail"]


def test_what_a_key_begins_belongs_to_its_organisation(world: World) -> None:
    key = world.key("ask", "consultations")
    other = world.key("ask", "consultations", organisation="south")
    own = asked(world, key).json()["consultation_id"]

    assert asked(world, key, consultation_id=own).json()["consultation_id"] == own
    assert len(world.send("GET", f"/consultations/{own}", key).json()["turns"]) == 2
    for stranger in (other, ""):
        hidden = asked(world, stranger, consultation_id=own)
        never = asked(world, stranger, consultation_id="A" * len(own))
        assert (hidden.status_code, hidden.content) == (400, never.content)
        assert world.send("GET", f"/consultations/{own}", stranger).status_code == 404
    assert world.send("DELETE", f"/consultations/{own}", key).status_code == 204


def test_a_key_does_not_open_what_an_anonymous_owner_began(world: World) -> None:
    own = asked(world, "").json()["consultation_id"]

    assert world.send("GET", f"/consultations/{own}").status_code == 200
    key = world.key("ask", "consultations")
    assert world.send("GET", f"/consultations/{own}", key).status_code == 404


def test_an_administrator_makes_lists_and_revokes_keys_and_each_leaves_a_line(
    world: World,
) -> None:
    client = TestClient(create_api(lambda: world.advisor, world.office), headers=HERE)
    world.key("search", organisation="east")
    client.cookies.set(
        "advisor_session", a_token(world.office, "east-chief", "administrator", organisation="east")
    )
    body = {"name": "민원 시스템", "scopes": ["ask", "search"], "days": 30}
    made = client.post("/api/v1/keys", json=body).json()

    listed = client.get("/api/v1/keys").json()
    assert {one["organisation_id"] for one in listed} == {"east"}
    assert made["key"].startswith(made["prefix"])
    assert "key" not in listed[-1]
    wrong = client.post("/api/v1/keys", json={**body, "organisation_id": "north"})
    assert wrong.status_code == 400
    assert client.delete(f"/api/v1/keys/{made['id']}").status_code == 204
    assert client.delete(f"/api/v1/keys/{made['id']}").status_code == 404
    lines = [(one.action, one.object) for one in world.office.audit.newest(limit=5)]
    for action in ("revoke", "create"):
        assert (action, f"key:{made['id']}") in lines
    assert world.send("POST", "/search", made["key"], json={"query": "a"}).status_code == 401
