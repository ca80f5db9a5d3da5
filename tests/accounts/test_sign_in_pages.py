"""The pages at the door: their states, cookies, tokens and redirects; once in a real browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from advisor.accounts.actor import TERMINAL
from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.api.app import create_api
from advisor.ui.sign_in import add_sign_in
from advisor.ui.sign_in_words import WORDS
from tests.accounts.people import HERE, PASSWORD, a_person, a_token
from tests.browsing import chromium, open_page
from tests.serving import served
from tests.ui.scripted_advisor import ScriptedAdvisor, ScriptedOpening

Post = Callable[..., object]


@pytest.fixture
def client(office: Accounts) -> TestClient:
    app = create_api(lambda: None, office)
    add_sign_in(app, office)
    return TestClient(app, follow_redirects=False, headers=HERE)


def post(client: TestClient, path: str, **fields: str):  # type: ignore[no-untyped-def]
    """Open the page, then send its form, as a browser does."""
    page = "/account" if path.startswith(("/account", "/sign-out")) else path
    token = re.search(r'name="form" value="(\w+)"', client.get(page).text)
    return client.post(path, data={"form": token[1] if token else "", **fields})


def test_a_sign_in_leads_on_with_a_cookie_that_no_script_and_no_other_site_gets(
    office: Accounts, client: TestClient
) -> None:
    a_person(office, "park", "consultant")

    answer = post(client, "/sign-in", login="park", password=PASSWORD, next="/account")

    assert answer.headers["location"] == "/account"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert "이름 park" in client.get("/account").text


def test_over_https_the_cookie_never_goes_out_in_the_clear(office: Accounts) -> None:
    a_person(office, "park", "consultant")
    app = create_api(lambda: None, office)
    add_sign_in(app, office)
    client = TestClient(app, base_url="https://testserver", follow_redirects=False)

    answer = post(client, "/sign-in", login="park", password=PASSWORD)

    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/\nx", ""]
)
def test_a_sign_in_never_leads_to_another_site(
    office: Accounts, client: TestClient, path: str
) -> None:
    a_person(office, "park", "consultant")

    answer = post(client, "/sign-in", login="park", password=PASSWORD, next=path)

    assert answer.headers["location"] == "/account"


def test_a_form_without_its_token_or_from_another_site_is_not_taken(
    office: Accounts, client: TestClient
) -> None:
    a_person(office, "park", "consultant")
    fields = {"login": "park", "password": PASSWORD}
    token = re.search(r'name="form" value="(\w+)"', client.get("/sign-in").text)
    assert token

    assert client.post("/sign-in", data=fields).status_code == 400
    assert client.post("/sign-in", data={**fields, "form": "0" * 64}).status_code == 400
    other = {"origin": "https://evil.example"}
    answer = client.post("/sign-in", data={**fields, "form": token[1]}, headers=other)
    assert answer.status_code == 400
    assert SESSION_COOKIE not in client.cookies


def test_wrong_locked_and_expired_are_each_told(office: Accounts, client: TestClient) -> None:
    a_person(office, "park", "consultant")
    for _ in range(5):
        wrong = post(client, "/sign-in", login="park", password="wrong")
    locked = post(client, "/sign-in", login="park", password=PASSWORD)
    client.cookies.set(SESSION_COOKIE, "a-session-of-yesterday")
    expired = client.get("/account")

    assert (wrong.status_code, locked.status_code) == (400, 429)
    assert "아이디나 비밀번호가 맞지 않습니다" in wrong.text
    assert "1분 뒤 다시" in locked.text
    assert 'role="alert"' in locked.text
    assert expired.headers["location"] == "/sign-in?why=expired&next=/account"
    assert "로그인이 끝났습니다" in client.get(expired.headers["location"]).text
    english = client.get("/sign-in?why=expired&lang=en")
    assert "Your sign-in ended" in english.text
    assert 'html lang="en"' in english.text
    assert not re.search("[가-힣]", re.sub(r'aria-label="[^"]*"|한국어', "", english.text))


def test_a_code_sets_a_new_password_and_signs_in(office: Accounts, client: TestClient) -> None:
    person = a_person(office, "park", "consultant")
    code = office.people.reset(TERMINAL, person.id)
    fields = {"login": "park", "code": code, "password": "another sentence"}

    assert "서로 다릅니다" in post(client, "/new-password", **fields, repeat="typo").text
    answer = post(client, "/new-password", **fields, repeat="another sentence")

    assert answer.headers["location"] == "/account"
    assert office.gate.who(token=client.cookies[SESSION_COOKIE]).is_signed_in


def test_signing_out_ends_the_session_itself(office: Accounts, client: TestClient) -> None:
    token = a_token(office, "park", "consultant")
    client.cookies.set(SESSION_COOKIE, token)

    answer = post(client, "/sign-out")

    assert answer.headers["location"] == "/sign-in?why=signed_out"
    assert not office.gate.who(token=token).is_signed_in


def test_whoever_is_in_two_organisations_acts_for_one_at_a_time(
    office: Accounts, client: TestClient
) -> None:
    person = a_person(office, "park", "curator")
    office.people.add_organisation(TERMINAL, "north", "북부 기관")
    office.people.set_roles(TERMINAL, person.id, "north", ["consultant"])
    token = office.sign_in.begin(office.people.by_login("park"), way="test")
    client.cookies.set(SESSION_COOKIE, token)
    assert "북부 기관" in client.get("/account").text

    post(client, "/account/organisation", organisation="north")
    assert office.gate.who(token=token).organisation_id == "north"
    post(client, "/account/organisation", organisation="south")
    assert office.gate.who(token=token).organisation_id == "north"


def test_what_people_typed_comes_back_as_text_and_a_password_never(
    office: Accounts, client: TestClient
) -> None:
    answer = post(client, "/sign-in", login='"><script>x</script>', password="sesame open it")

    assert "<script>x" not in answer.text
    assert "sesame" not in answer.text


def test_every_label_is_there_in_both_languages() -> None:
    assert all(ko.strip() and en.strip() for ko, en in WORDS.values())


@pytest.fixture
def address(office: Accounts) -> Iterator[str]:
    from advisor.cli.web import create_app

    app = create_app(office.settings, ScriptedOpening(ScriptedAdvisor()), lambda: None, office)
    with served(app) as where:
        yield where


def test_the_first_administrator_sets_up_signs_out_and_in_by_keyboard_alone(
    office: Accounts, address: str
) -> None:
    code = office.sign_in.new_setup_code()
    with chromium() as browser:
        page = open_page(browser, f"{address}/set-up", phone=True)
        for text in (code, "경기 지원단", "김관리", "chief", PASSWORD, PASSWORD):
            page.keyboard.type(str(text))
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/account")
        assert "관리자" in page.inner_text("dl")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        page.focus("text=로그아웃 >> nth=1")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in**")
        page.keyboard.type("chief")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/account")
