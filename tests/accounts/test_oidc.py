"""Sign-in through a real local OIDC provider, in a browser's own steps."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from advisor.accounts.actor import TERMINAL
from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.accounts.policy import Role
from advisor.api.app import create_api
from advisor.config import Settings
from advisor.stores.accounts import OPERATOR_ID
from advisor.ui.sign_in import add_sign_in
from tests.accounts.people import a_person
from tests.accounts.provider import Provider
from tests.serving import served

Build = Callable[..., tuple[Accounts, TestClient]]


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    with served(made.app()) as address:
        made.issuer = address
        yield made


@pytest.fixture
def build(settings: Settings, hasher: Hasher, provider: Provider) -> Build:
    def build(**more: Any) -> tuple[Accounts, TestClient]:
        given = settings.model_copy(
            update={
                "oidc_issuer": provider.issuer, "oidc_client_id": provider.client_id,
                "oidc_client_secret": SecretStr(provider.client_secret), "oidc_name": "기관", **more,
            }
        )  # fmt: skip
        office = Accounts.open(given, hasher=hasher)
        a_person(office, "chief", "administrator")
        return office, browser(office)

    return build


def browser(office: Accounts) -> TestClient:
    app = create_api(lambda: None, office)
    add_sign_in(app, office)
    return TestClient(app, follow_redirects=False)


def callback(client: TestClient) -> str:
    """Go to the provider and return where it sends the browser back to, as a path."""
    there = client.get("/oidc").headers["location"]
    back = httpx.get(there).headers["location"]
    assert back.startswith("http://testserver/oidc-callback?")
    return back.removeprefix("http://testserver")


def through(client: TestClient) -> Any:
    return client.get(callback(client))


def test_a_known_person_comes_in_with_the_roles_that_are_kept_here(
    build: Build, provider: Provider
) -> None:
    office, client = build()
    office.people.create(
        TERMINAL, login="jung", name="정기관", roles=["consultant"],
        outside=f"{provider.issuer} person-1",
    )  # fmt: skip
    assert "기관 계정으로 로그인" in client.get("/sign-in").text

    came = through(client)

    assert came.status_code == 303
    actor = office.gate.who(token=client.cookies[SESSION_COOKIE])
    assert actor.has(Role.CONSULTANT)
    asked = provider.asked[0]
    assert asked["scope"] == "openid profile email"
    assert min(len(asked["nonce"]), len(asked["state"]), len(asked["code_challenge"])) >= 43


def test_somebody_new_is_let_in_only_where_a_role_is_set_for_them(build: Build) -> None:
    office, client = build()
    assert "아직 등록되지 않았습니다" in through(client).text
    assert SESSION_COOKIE not in client.cookies

    office, client = build_with_role(office)
    assert through(client).status_code == 303
    actor = office.gate.who(token=client.cookies[SESSION_COOKIE])
    assert actor.roles == {Role.ANYONE, Role.HELPDESK}
    assert actor.organisation_id == OPERATOR_ID


def build_with_role(office: Accounts) -> tuple[Accounts, TestClient]:
    given = office.settings.model_copy(update={"oidc_role": "helpdesk"})
    again = Accounts.open(given, hasher=office.sign_in.hasher)
    return again, browser(again)


def test_a_name_at_the_provider_takes_over_nobodys_account(build: Build) -> None:
    office, _ = build()
    own = a_person(office, "jung", "administrator")

    office, client = build_with_role(office)
    through(client)

    actor = office.gate.who(token=client.cookies[SESSION_COOKIE])
    assert actor.account_id != own.id
    assert not actor.has(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    "claims",
    [{"nonce": "another"}, {"aud": "another-client"}, {"iss": "https://evil.example"},
     {"exp": int(time.time()) - 3600}, {"azp": "another-client"}, {"nonce": None}],
)  # fmt: skip
def test_a_token_that_was_not_made_for_this_sign_in_is_refused(
    build: Build, provider: Provider, claims: dict[str, Any]
) -> None:
    office, _ = build()
    _, client = build_with_role(office)
    provider.claims = claims

    assert through(client).status_code == 400
    assert SESSION_COOKIE not in client.cookies


def test_a_token_that_another_key_signed_is_refused(build: Build, provider: Provider) -> None:
    office, _ = build()
    _, client = build_with_role(office)
    provider.signing = RSAKey.generate_key(2048, {"kid": "one"})

    assert through(client).status_code == 400


def test_a_sign_in_is_finished_once_and_only_by_the_browser_that_began_it(build: Build) -> None:
    office, _ = build()
    office, client = build_with_role(office)
    back = callback(client)

    assert browser(office).get(back).status_code == 400  # somebody else's link
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert client.get(f"/oidc-callback?state={state}&code=made-up").status_code == 400
    fresh = callback(client)
    assert client.get(fresh).status_code == 303
    assert client.get(fresh).status_code == 400


def test_a_provider_that_is_away_is_told_in_a_sentence(settings: Settings, hasher: Hasher) -> None:
    given = settings.model_copy(
        update={"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "advisor"}
    )
    answer = browser(Accounts.open(given, hasher=hasher)).get("/oidc")

    assert answer.status_code == 400
    assert "기관 계정으로 로그인하지 못했습니다" in answer.text
