"""Limits of how often one may ask: told, kept over restarts, each asker's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.accounts.actor import TERMINAL
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.api.app import create_api
from advisor.config import Settings
from advisor.stores.database import open_database

Serve = Callable[..., TestClient]


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """A server whose Advisor is never ready, on the same home each time."""
    open_database(Settings(home=tmp_path / "home")).dispose()

    def start(**settings: Any) -> TestClient:
        wanted = Settings(home=tmp_path / "home", rate_read=3, rate_key_times=2, **settings)
        office = Accounts.open(wanted, hasher=Hasher(memory_kib=64, passes=1))
        app = create_api(lambda: None, office)
        client = TestClient(app, raise_server_exceptions=False)
        client.app_state["office"] = office
        return client

    return start


def test_the_request_too_many_is_told_when_to_come_again(serve: Serve) -> None:
    client = serve()
    answers = [client.get("/api/v1/me") for _ in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert [one.headers["ratelimit"] for one in answers[:2]] == ['"read";r=2;t=0', '"read";r=1;t=0']
    assert answers[0].headers["ratelimit-policy"] == '"read";q=3;w=60'
    # Three a minute: the bucket lets the next one in after 20 seconds.
    assert 18 <= int(answers[3].headers["retry-after"]) <= 20
    problem = answers[3].json()
    assert problem["type"] == "urn:advisor:problem:too-often"
    assert f"{answers[3].headers['retry-after']}초 뒤" in problem["detail"]


def test_a_restart_forgives_nothing_and_another_process_counts_along(serve: Serve) -> None:
    first, second = serve(), serve()
    codes = [one.get("/api/v1/me").status_code for one in (first, second, first)]

    assert codes == [200, 200, 200]
    assert serve().get("/api/v1/me").status_code == 429


def test_time_gives_requests_back(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from advisor.clock import now

    client = serve()
    for _ in range(4):
        client.get("/api/v1/me")
    later = now() + timedelta(seconds=21)
    monkeypatch.setattr("advisor.accounts.rates.now", lambda: later)

    assert [client.get("/api/v1/me").status_code for _ in range(2)] == [200, 429]


def test_a_key_has_more_and_is_counted_apart(serve: Serve) -> None:
    client = serve()
    office: Accounts = client.app_state["office"]
    office.people.add_organisation(TERMINAL, "north", "북부")
    key = office.keys.create(TERMINAL, organisation_id="north", name="a", scopes=["ask"]).secret
    for _ in range(4):
        client.get("/api/v1/me")

    with_key = [
        client.get("/api/v1/me", headers={"authorization": f"Bearer {key}"}).status_code
        for _ in range(7)
    ]
    assert with_key == [200] * 6 + [429]


def test_guesses_of_keys_are_counted_by_address(serve: Serve) -> None:
    client = serve()
    guess = {"authorization": "Bearer adv_guess"}

    codes = [client.get("/api/v1/me", headers=guess).status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]


def test_a_header_tells_the_address_only_where_the_settings_name_it(serve: Serve) -> None:
    def codes(client: TestClient) -> list[int]:
        return [
            client.get("/api/v1/me", headers={"x-real-ip": f"9.9.9.9, 10.0.0.{n}"}).status_code
            for n in range(5)
        ]

    assert codes(serve(proxy_header="X-Real-IP")) == [200] * 5
    assert codes(serve()) == [200, 200, 200, 429, 429]


def test_health_is_never_refused(serve: Serve) -> None:
    client = serve()

    assert {client.get("/api/v1/healthz").status_code for _ in range(20)} == {200}
