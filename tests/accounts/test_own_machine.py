"""Before the first administrator a program of the machine itself may use staff routes, nobody else."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.accounts.office import Accounts
from advisor.accounts.policy import Role
from advisor.api.app import create_api
from tests.accounts.people import an_actor

LIST = "/api/v1/documents"


def answer(
    office: Accounts, host: str = "127.0.0.1", *, name: str = "127.0.0.1:7860", **headers: str
) -> int:
    # The Advisor is never ready here: 503 is what a request meets that was let in.
    app = create_api(lambda: None, office)
    client = TestClient(
        app, base_url=f"http://{name}", raise_server_exceptions=False, client=(host, 50000)
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(LIST, headers=named).status_code


def test_a_program_of_this_machine_is_let_in(office: Accounts) -> None:
    assert answer(office) == 503
    assert answer(office, "::1", name="[::1]:7860") == 503
    assert answer(office, name="localhost:7860") == 503


def test_a_page_whose_name_was_turned_to_this_machine_is_not(office: Accounts) -> None:
    # Its requests look like a program's: to a site without https browsers add no Sec-Fetch-Site.
    assert answer(office, name="rebound.example:7860") == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"}, {"sec_fetch_site": "cross-site"},
        {"referer": "http://127.0.0.1:7860/"}, {"x_forwarded_for": "203.0.113.9"},
        {"forwarded": "for=203.0.113.9"}, {"cookie": "a=b"},
    ],
)  # fmt: skip
def test_a_browser_or_a_proxy_is_not(office: Accounts, headers: dict[str, Any]) -> None:
    assert answer(office, **headers) == 401


def test_another_machine_is_not(office: Accounts) -> None:
    assert answer(office, "192.0.2.7") == 401


def test_a_server_that_listens_to_others_lets_nobody_in(office: Accounts) -> None:
    object.__setattr__(office, "settings", office.settings.model_copy(update={"host": "0.0.0.0"}))
    assert answer(office) == 401


def test_with_an_administrator_everybody_signs_in(office: Accounts) -> None:
    an_actor(office, "kim", Role.ADMINISTRATOR)
    assert answer(office) == 401
