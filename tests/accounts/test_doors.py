"""Every route of the running application × every role × every organisation × every object.

Who may is worked out here once more, by hand and apart from the policy table.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi.testclient import TestClient

from advisor.accounts.actor import TERMINAL, Actor
from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.accounts.policy import MEMBER_ROLES, Action, Kind, Role
from advisor.accounts.registry import API, FRAME, MOUNTS, ROUTES, Entry
from advisor.accounts.scopes import Scope
from advisor.cli.web import create_app
from advisor.config import Settings
from advisor.messages import CONSULTATION_UNKNOWN
from advisor.stores.accounts import OPERATOR_ID
from advisor.stores.clients import ClientStore
from tests.accounts.people import HERE, a_consultation, a_person, a_token
from tests.accounts.routes import walk
from tests.ui.scripted_advisor import ScriptedOpening

ORGANISATIONS = (OPERATOR_ID, "north", "south")
STAFF = {Role.HELPDESK, Role.CURATOR, Role.ADMINISTRATOR}
KEEPERS = {Role.CURATOR, Role.ADMINISTRATOR}
# What a key with every scope may be used for, by what its route does; nothing else.
OF_KEYS = {
    Kind.CONSULTATION: {Action.READ, Action.WRITE, Action.DELETE, Action.EXPORT},
    Kind.DOCUMENT: {Action.LIST, Action.READ, Action.CREATE, Action.DELETE},
    Kind.JOB: {Action.LIST, Action.READ, Action.DELETE},
}
OWNERS_OWN = {Action.READ, Action.WRITE, Action.DELETE, Action.EXPORT, Action.SHARE}


@dataclass(frozen=True)
class Thing:
    """An object of a request: its id, and whose it is ("" where it is whoever's has the link)."""

    name: str
    id: str
    tenant: str = ""
    account: str = ""


@dataclass(frozen=True)
class World:
    """A served application whose Advisor is never ready: whoever is let in is told 503."""

    office: Accounts
    client: TestClient
    actors: Mapping[str, tuple[str, Actor]]
    shares: Mapping[str, str]
    accounts: Mapping[str, str]
    clients: Mapping[str, str]


@pytest.fixture(scope="module")
def world(
    migrated: Path, hasher: Hasher, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    home = tmp_path_factory.mktemp("world") / "home"
    shutil.copytree(migrated, home)
    office = Accounts.open(Settings(home=home), hasher=hasher)
    app = create_app(office.settings, ScriptedOpening(), lambda: None, office)
    actors: dict[str, tuple[str, Actor]] = {"anonymous": ("", office.gate.who())}
    for tenant in ORGANISATIONS:
        office.people.add_organisation(TERMINAL, tenant, f"기관 {tenant}")
    for name, tenant, scopes in (
        ("key@operator", OPERATOR_ID, list(Scope)), ("key@north", "north", list(Scope)),
        ("key@south", "south", list(Scope)), ("searching@north", "north", [Scope.SEARCH]),
    ):  # fmt: skip
        made = office.keys.create(TERMINAL, organisation_id=tenant, name=name, scopes=scopes)
        actors[name] = (made.secret, office.gate.who(key=made.secret))
    for tenant in ORGANISATIONS:
        for role in MEMBER_ROLES:
            name = f"{role.value}@{tenant}"
            token = a_token(office, name, role, organisation=tenant)
            actors[name] = (token, office.gate.who(token=token))
    shares, accounts = {}, {}
    for tenant in ORGANISATIONS:
        share = office.sharing.create(a_consultation(office))
        assert share is not None
        consultant = actors[f"consultant@{tenant}"][1]
        shares[tenant] = office.sharing.redeem(consultant, share.code, address=tenant).id
        accounts[tenant] = a_person(office, f"target@{tenant}", "owner", organisation=tenant).id
    both = a_person(office, "target@both", "owner", organisation="north").id
    office.people.set_roles(TERMINAL, both, "south", ["owner"])
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False, headers=HERE)
    clients = {tenant: f"client-of-{tenant}" for tenant in ORGANISATIONS}
    for tenant, client_id in clients.items():
        ClientStore(office.engine).create(
            client_id, organisation_id=tenant, account_id=accounts[tenant], name="시험 기업"
        )
    # One event loop for the thousands of requests; entering the client would start the Advisor.
    with start_blocking_portal() as client.portal:
        yield World(office, client, actors, shares, {**accounts, "both": both}, clients)
    client.close()


def may_with_consultation(actor: Actor, action: Action, thing: Thing | None) -> bool:
    if thing is None:
        return action is not Action.CLAIM
    if thing.account:
        return thing.account == actor.account_id and action in OWNERS_OWN
    if thing.tenant:
        mine = thing.tenant == actor.organisation_id and Role.CONSULTANT in actor.roles
        return mine and action in {Action.READ, Action.WRITE, Action.EXPORT}
    return actor.is_signed_in if action is Action.CLAIM else action in OWNERS_OWN


def may(actor: Actor, kind: Kind, action: Action, thing: Thing | None) -> bool:
    """Say who may, in words of its own; a kind that is not here fails the test of its route."""
    if actor.key_id:
        return key_may(actor, kind, action, thing)
    roles, tenant = actor.roles, actor.organisation_id
    runs_it = tenant == OPERATOR_ID
    if kind in {Kind.PUBLIC, Kind.ADVICE}:
        return True
    if kind is Kind.SESSION:
        return actor.is_signed_in
    if kind is Kind.CONSULTATION:
        return may_with_consultation(actor, action, thing)
    if kind is Kind.CLIENT and action in {Action.LIST, Action.HAND_OVER, Action.DELETE}:
        of_ours = thing is None or thing.tenant == tenant
        return of_ours and not {Role.CONSULTANT, Role.ADMINISTRATOR}.isdisjoint(roles)
    if kind in {Kind.SHARE, Kind.CLIENT}:
        return Role.CONSULTANT in roles and (thing is None or thing.tenant == tenant)
    if kind is Kind.TOOLS:
        return False
    if kind in {Kind.ACCOUNT, Kind.KEY}:
        if Role.ADMINISTRATOR not in roles:
            return False
        return thing is None or runs_it or thing.tenant == tenant
    needed = {
        (Kind.DOCUMENT, Action.LIST): STAFF, (Kind.DOCUMENT, Action.READ): STAFF,
        (Kind.DOCUMENT, Action.CREATE): KEEPERS, (Kind.DOCUMENT, Action.WRITE): KEEPERS,
        (Kind.DOCUMENT, Action.DELETE): KEEPERS,
        (Kind.SWITCH, Action.READ): STAFF,
    }  # fmt: skip
    by_kind = {
        Kind.QUESTION: STAFF, Kind.FAQ: STAFF, Kind.SIGNAL: STAFF, Kind.DRAFT: KEEPERS,
        Kind.JOB: KEEPERS, Kind.SOURCE: KEEPERS, Kind.AUDIT: {Role.ADMINISTRATOR},
        Kind.SWITCH: {Role.ADMINISTRATOR}, Kind.SETTING: {Role.ADMINISTRATOR},
    }  # fmt: skip
    allowed = needed.get((kind, action)) or by_kind[kind]
    return runs_it and not allowed.isdisjoint(roles)


def key_may(actor: Actor, kind: Kind, action: Action, thing: Thing | None) -> bool:
    """Say what a key may whose scopes reach; which scope a route needs is asked apart."""
    if kind in {Kind.PUBLIC, Kind.TOOLS, Kind.ADVICE}:
        return True
    if action not in OF_KEYS.get(kind, set()):
        return False
    if kind is Kind.CONSULTATION:
        return thing is None or thing.tenant == actor.organisation_id
    return actor.organisation_id == OPERATOR_ID


def reaches(actor: Actor, method: str, path: str, kind: Kind) -> bool:
    """Tell whether the scopes of a key reach a route, by the word that its address begins with."""
    if not actor.key_id or kind in {Kind.PUBLIC, Kind.TOOLS}:
        return True
    word = path.removeprefix(f"{API}/").partition("/")[0]
    word = {"feedback": "ask", "jobs": "documents"}.get(word, word)
    if path.endswith("/view"):
        word = "records"
    if "/shares" in path or path.endswith(("/claim", "/versions", "/withdrawal")):
        return False
    return word in {one.value for one in actor.scopes or ()}


def things(world: World, entry: Entry) -> list[Callable[[], Thing | None]]:
    """Return what makes the objects that a route is tried on, fresh for each request."""
    if not entry.object:
        return [lambda: None]
    if entry.kind is Kind.CONSULTATION:
        owner = world.actors["owner@north"][1].account_id

        def held(name: str, **whose: str) -> Callable[[], Thing]:
            def make() -> Thing:
                own = a_consultation(world.office)
                world.office.sharing.store.hold(own, **whose)
                return Thing(
                    name, own, whose.get("organisation_id", ""), whose.get("account_id", "")
                )

            return make

        found: list[Callable[[], Thing | None]] = [
            lambda: Thing("link", a_consultation(world.office)),
            held("north's", organisation_id="north"),
            held("an owner's", account_id=owner),
        ]
        return [*found, lambda: None] if entry.object.startswith("body:") else found
    if entry.kind is Kind.SHARE:
        return [
            lambda tenant=tenant, id_=id_: Thing(f"share of {tenant}", id_, tenant)  # type: ignore[misc]
            for tenant, id_ in world.shares.items()
        ]
    if entry.kind is Kind.CLIENT:
        return [
            lambda tenant=tenant, id_=id_: Thing(f"client of {tenant}", id_, tenant)  # type: ignore[misc]
            for tenant, id_ in world.clients.items()
        ]
    if entry.kind is Kind.ACCOUNT:
        return [
            lambda tenant=tenant, id_=id_: Thing(f"account of {tenant}", id_, tenant)  # type: ignore[misc]
            for tenant, id_ in world.accounts.items()
        ]
    if entry.kind is Kind.KEY:

        def a_key(tenant: str) -> Thing:
            made = world.office.keys.create(
                TERMINAL, organisation_id=tenant, name="a", scopes=["ask"]
            )
            return Thing(f"key of {tenant}", made.key.id, tenant)

        return [lambda tenant=tenant: a_key(tenant) for tenant in ORGANISATIONS]  # type: ignore[misc]
    return [lambda: Thing("some", "7", "nobody's")]


def send(world: World, method: str, path: str, entry: Entry, thing: Thing | None) -> Any:
    """Send a real request; bodies are such that nothing is changed but what a test can spare."""
    where, _, name = entry.object.partition(":")
    body: dict[str, Any] = {}
    if path.endswith("/ask"):
        body = {"text": "안녕하세요"}
    elif path.endswith("/report"):
        body = {"format": "md"} | ({"answers": []} if thing is None else {})
    elif path.endswith("/feedback"):
        body = {"turn": 0, "rating": 1}
    if where == "body" and thing is not None:
        body[name] = thing.id
    address = path.replace(f"{{{name}}}", thing.id) if thing else path
    if "{share_id}" in address and thing is not None:
        made = world.office.sharing.create(thing.id)
        address = address.replace("{share_id}", made.share.id if made else "none")
    for parameter in (
        "record_id", "document_id", "file_id", "job_id", "draft_id", "way", "note_id", "field",
        "item", "report_format",
    ):  # fmt: skip
        address = address.replace(f"{{{parameter}}}", "7")
    json = None if method in {"GET", "DELETE"} else body
    return world.client.request(method, address, json=json)


def sign_as(world: World, name: str) -> None:
    """Send the next requests as an actor."""
    world.client.cookies.clear()
    token = world.actors[name][0]
    world.client.headers.pop("authorization", None)
    if world.actors[name][1].key_id:
        world.client.headers["authorization"] = f"Bearer {token}"
    elif token:
        world.client.cookies.set(SESSION_COOKIE, token)


def was_let_in(response: Any) -> bool:
    """Tell whether the policy table let a request pass, whatever came of it then."""
    if response.status_code in {401, 403, 404}:
        return False
    if response.status_code == 303:
        where = response.headers["location"]
        return not where.startswith(("/sign-in?why=needed", "/sign-in?why=expired"))
    is_problem = response.headers.get("content-type", "") == "application/problem+json"
    return not (is_problem and response.json()["detail"] == str(CONSULTATION_UNKNOWN))


def test_every_route_and_mount_of_the_running_application_is_listed(world: World) -> None:
    found = set(walk(world.client.app))  # type: ignore[arg-type]  # a FastAPI
    routes = {one for one in found if one[0] != "MOUNT"}
    described = world.client.app.openapi()["paths"]  # type: ignore[attr-defined]

    assert routes - set(ROUTES) == set()
    assert len(routes) > 60
    assert {path for method, path in found if method == "MOUNT"} <= MOUNTS
    assert set(described) <= {path for _, path in routes}


def test_a_program_without_a_key_is_told_so_and_not_led_to_a_page(world: World) -> None:
    sign_as(world, "anonymous")
    response = world.client.post("/mcp", json={})

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


def test_of_the_pages_frame_only_the_listed_addresses_are_served(world: World) -> None:
    framework = next(one for one in world.client.app.routes if getattr(one, "path", None) == "")  # type: ignore[attr-defined]
    found = set(walk(framework.app)) | {("HEAD", "/")}
    frame = {(method, path.replace(":path}", "}")) for method, path in FRAME}
    sign_as(world, "administrator@operator")
    open_ones = {
        (method, path) for method, path in found - frame
        if world.client.request(method, path.replace("{", "").replace("}", "")).status_code != 404
    }  # fmt: skip

    assert len(found) > 50
    assert found >= frame
    assert open_ones == set()
    upload = world.client.post("/gradio_api/upload", files={"files": ("a.html", b"<b>")})
    assert upload.status_code == 404
    assert 'lang="ko"' in upload.text


def test_no_route_lets_anybody_in_who_may_not_and_keeps_nobody_out_who_may(world: World) -> None:
    wrong, asked = [], 0
    for method, path in sorted(set(walk(world.client.app)) & set(ROUTES)):  # type: ignore[arg-type]
        entry = ROUTES[method, path]
        for make in things(world, entry):
            thing = make()
            for name, (_, actor) in world.actors.items():
                if entry.action is Action.CLAIM or entry.kind is Kind.KEY:
                    thing = make()  # a request uses these up
                sign_as(world, name)
                response = send(world, method, path, entry, thing)
                asked += 1
                expected = may(actor, entry.kind, entry.action, thing) and reaches(
                    actor, method, path, entry.kind
                )
                if was_let_in(response) != expected:
                    what = thing.name if thing else "-"
                    wrong.append((method, path, name, what, response.status_code))

    assert asked > 1000
    assert wrong == []


def test_another_tenants_share_or_account_answers_as_one_that_was_never_there(
    world: World,
) -> None:
    south = {
        Kind.SHARE: "consultant@south", Kind.ACCOUNT: "administrator@south",
        Kind.KEY: "administrator@south", Kind.CLIENT: "consultant@south",
    }  # fmt: skip
    tried = 0
    for (method, path), entry in ROUTES.items():
        if entry.kind not in south or not entry.object:
            continue
        sign_as(world, south[entry.kind])
        for make in things(world, entry):
            hidden = make()
            if hidden is None or hidden.tenant == "south":
                continue
            unknown = Thing("none", "A" * len(hidden.id))
            there = send(world, method, path, entry, hidden)
            never = send(world, method, path, entry, unknown)
            tried += 1
            assert (there.status_code, there.content) == (404, never.content), (path, hidden.name)
    assert tried >= 11


def test_a_route_that_nobody_listed_is_closed(office: Accounts) -> None:
    from fastapi import APIRouter

    from advisor.api.app import create_api

    app = create_api(lambda: None, office)
    extra = APIRouter()

    @extra.get("/api/v1/fresh")
    async def fresh() -> dict[str, str]:
        return {"secret": "canary"}

    app.include_router(extra)
    response = TestClient(app).get("/api/v1/fresh")

    assert response.status_code == 404
    assert "canary" not in response.text


def test_the_terminals_code_opens_the_staffs_routes_before_there_is_an_administrator(
    office: Accounts,
) -> None:
    from advisor.api.app import create_api

    client = TestClient(create_api(lambda: None, office))
    code = office.sign_in.new_setup_code()

    assert client.get("/api/v1/documents").status_code == 401
    header = {"authorization": f"Setup {code}"}
    assert client.get("/api/v1/documents", headers=header).status_code == 503
    a_person(office, "chief", "administrator")
    assert client.get("/api/v1/documents", headers=header).status_code == 401


def test_with_accounts_for_all_a_visitor_gets_no_further_than_the_door(office: Accounts) -> None:
    settings = office.settings.model_copy(update={"access": "members"})
    closed = Accounts.open(settings, hasher=office.sign_in.hasher)
    client = TestClient(
        create_app(settings, ScriptedOpening(), lambda: None, closed), follow_redirects=False
    )

    assert client.post("/api/v1/ask", json={"text": "안녕하세요"}).status_code == 401
    assert client.post("/api/v1/search", json={"query": "AI"}).status_code == 401
    assert client.get("/").headers["location"].startswith("/sign-in")
    assert client.get("/api/v1/healthz").status_code == 200
    client.cookies.set(SESSION_COOKIE, a_token(closed, "park", "owner"))
    assert client.post("/api/v1/ask", json={"text": "안녕"}, headers=HERE).status_code == 503
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (HERE, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({}, 403),
    ],
)
def test_a_change_from_another_sites_page_is_refused(
    office: Accounts, headers: dict[str, str], status: int
) -> None:
    from advisor.api.app import create_api

    client = TestClient(create_api(lambda: None, office))
    client.cookies.set(SESSION_COOKIE, a_token(office, "chief", "administrator"))
    body = {"is_on": False, "reason": "시험"}

    assert client.put("/api/v1/switch", json=body, headers=headers).status_code == status
    assert office.switch.store.state("assistant").is_on is (status == 403)
