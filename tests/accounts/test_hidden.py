"""With the real Advisor: what another tenant holds is not to be told from what was never there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.accounts.actor import TERMINAL
from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.accounts.registry import ROUTES
from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from tests.accounts.people import HERE, a_token

API = "/api/v1"
CANARY = "카나리아 금속 7241"


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home))
    yield built
    built.index.close()


@pytest.fixture(scope="module")
def office(advisor: Advisor, hasher: Hasher) -> Accounts:
    return Accounts.open(advisor.settings, hasher=hasher)


@pytest.fixture
def client(advisor: Advisor, office: Accounts) -> TestClient:
    return TestClient(
        create_api(lambda: advisor, office), raise_server_exceptions=False, headers=HERE
    )


def ask(client: TestClient, **more: Any) -> dict[str, Any]:
    body = {"text": f"{CANARY} 공장입니다. AI 바우처는 얼마인가요?", **more}
    answer: dict[str, Any] = client.post(f"{API}/ask", json=body).json()
    return answer


@pytest.mark.parametrize(
    "route", [key for key, one in ROUTES.items() if one.object.endswith("consultation_id")]
)
def test_a_held_consultation_answers_as_an_unknown_one(
    client: TestClient, office: Accounts, route: tuple[str, str]
) -> None:
    method, path = route
    held = ask(client)["consultation_id"]
    office.sharing.claim(held, organisation_id="north")

    def send(consultation_id: str) -> Any:
        address = path.replace("{consultation_id}", consultation_id)
        for name in ("share_id", "file_id"):
            address = address.replace(f"{{{name}}}", "some-id")
        address = address.replace("{way}", "json")
        body: dict[str, Any] = {}
        if "{consultation_id}" not in path:
            body = {"consultation_id": consultation_id}
            more = {"ask": {"text": "네"}, "report": {"format": "md"}}
            body |= more.get(path.rpartition("/")[2], {"turn": 0, "rating": 1})
        if path.endswith("/profile"):
            body = {"values": {"employees_regular": 30}}
        query = "?item=STR-01&name=a.pdf" if path.endswith("/evidence") and method == "POST" else ""
        content = json.dumps(body) if method not in {"GET", "DELETE"} else None
        return client.request(
            method, address + query, content=content, headers={"content-type": "application/json"}
        )

    if path.endswith("/claim"):
        client.cookies.set(SESSION_COOKIE, a_token(office, f"claim-{held}", "owner"))
    hidden, unknown = send(held), send("A" * 22)

    assert hidden.status_code in {400, 404}
    assert (hidden.status_code, hidden.content) == (unknown.status_code, unknown.content)
    assert CANARY not in hidden.text


def test_a_shared_consultation_is_read_without_its_own_id(
    client: TestClient, office: Accounts
) -> None:
    own = ask(client)["consultation_id"]
    made = client.post(f"{API}/consultations/{own}/shares", json={"recipient": "박상담"}).json()
    client.cookies.set(SESSION_COOKIE, a_token(office, "reader", "consultant", organisation="west"))

    redeemed = client.post(f"{API}/shares/redeem", json={"code": made["code"]})
    share_id = redeemed.json()["share_id"]
    seen = client.get(f"{API}/shares/{share_id}")

    assert CANARY in seen.text
    assert own not in seen.text + redeemed.text
    client.cookies.clear()
    assert client.get(f"{API}/shares/{share_id}").status_code == 401
    listed = client.get(f"{API}/consultations/{own}/shares").json()
    assert [one["organisation"] for one in listed] == ["기관 west"]

    assert client.delete(f"{API}/consultations/{own}/shares/{share_id}").status_code == 204
    client.cookies.set(SESSION_COOKIE, a_token(office, "second", "consultant", organisation="west"))
    assert client.get(f"{API}/shares/{share_id}").status_code == 404


def test_what_belongs_to_one_is_not_reached_through_another(
    client: TestClient, office: Accounts
) -> None:
    """A note, file or share under a client or consultation that the asker does hold."""

    def of(who: str, organisation: str) -> tuple[str, str, str, str]:
        client.cookies.set(
            SESSION_COOKIE, a_token(office, who, "consultant", organisation=organisation)
        )
        own = str(client.post(f"{API}/clients", json={"name": who}).json()["id"])
        noted = client.post(f"{API}/clients/{own}/notes", json={"text": CANARY}).json()
        kept = client.post(
            f"{API}/clients/{own}/files?item=DAT1&name=a.txt", content=CANARY.encode()
        ).json()
        talk = ask(client)["consultation_id"]
        shared = client.post(f"{API}/consultations/{talk}/shares", json={}).json()
        return own, noted["notes"][0]["id"], kept["id"], shared["share_id"]

    _, note, kept, share = of("keeps", "north")
    for who, organisation in (("beside", "north"), ("elsewhere", "south")):
        mine, *_ = of(who, organisation)
        talk = ask(client)["consultation_id"]
        for method, path in (
            ("DELETE", f"/clients/{mine}/notes/{{}}"), ("GET", f"/clients/{mine}/files/{{}}"),
            ("GET", f"/consultations/{talk}/evidence/{{}}"),
            ("DELETE", f"/consultations/{talk}/evidence/{{}}"),
            ("DELETE", f"/consultations/{talk}/shares/{{}}"),
        ):  # fmt: skip
            inner = note if "notes" in path else share if "shares" in path else kept
            there = client.request(method, API + path.format(inner))
            never = client.request(method, API + path.format("A" * 22))
            assert (there.status_code, there.content) == (404, never.content), (who, path)


def test_the_desk_tells_a_held_consultation_from_an_unknown_one_no_more(
    client: TestClient, office: Accounts
) -> None:
    held = ask(client)["consultation_id"]
    office.sharing.claim(held, organisation_id="north")
    client.cookies.set(SESSION_COOKIE, a_token(office, "desk", "helpdesk"))
    told = [
        client.post(f"{API}/desk/ask", json={"text": "네", "consultation_id": one})
        for one in (held, "A" * 22)
    ]

    assert told[0].status_code == 400
    assert told[0].content == told[1].content


def test_deleting_removes_everything_of_a_consultation(
    client: TestClient, advisor: Advisor, office: Accounts
) -> None:
    own = ask(client)["consultation_id"]
    client.post(f"{API}/consultations/{own}/shares", json={"recipient": CANARY})
    client.post(f"{API}/feedback", json={"consultation_id": own, "turn": 0, "rating": -1})
    advisor.desk.begin(own, is_full=False)
    attached = client.post(
        f"{API}/consultations/{own}/evidence?item=DAT-1&name=a.txt",
        content="점검표".encode(), headers={"content-type": "text/plain"},
    )  # fmt: skip
    assert attached.status_code in {201, 400}

    assert client.delete(f"{API}/consultations/{own}").status_code == 204

    with advisor.index.engine.connect() as connection:
        from sqlalchemy import MetaData, select

        metadata = MetaData()
        metadata.reflect(connection)
        for table in metadata.tables.values():
            for column in table.columns:
                if column.name in {"consultation_id", "owner"}:
                    left = connection.execute(select(column).where(column == own)).all()
                    assert left == [], table.name
    assert office.audit.newest(limit=1)[0].action == "delete"


def test_the_switch_stops_answers_in_every_process_and_leaves_search(
    client: TestClient, office: Accounts, advisor: Advisor, hasher: Hasher
) -> None:
    import time

    # As another process would: its own connections and its own memory.
    elsewhere = Accounts.open(advisor.settings, hasher=hasher)
    own = ask(client)["consultation_id"]
    elsewhere.switch.put(TERMINAL, is_on=False, reason="시험")
    try:
        time.sleep(1.1)
        stopped = ask(client, consultation_id=own)
        english = client.post(f"{API}/ask", json={"text": "How much is it?"}).json()
        found = client.post(f"{API}/search", json={"query": "AI 바우처"})
    finally:
        elsewhere.switch.put(TERMINAL, is_on=True, reason="시험 끝")
    time.sleep(1.1)

    assert stopped["status"] == "blocked"
    assert "1357" in stopped["text"]
    assert stopped["citations"] == []
    assert "1357" in english["text"]
    assert "switched off" in english["text"]
    assert found.status_code == 200
    assert found.json()
    assert ask(client, consultation_id=own)["status"] == "answered"
    actions = [one.action for one in office.audit.newest(limit=3)]
    assert {"switch_on", "switch_off"} <= set(actions)


def test_an_answer_in_work_when_the_switch_goes_off_is_not_given(
    client: TestClient, office: Accounts, advisor: Advisor
) -> None:
    steps: list[str] = []

    def turn_off(step: str) -> None:
        if not steps and advisor.switch is not None:
            office.switch.put(TERMINAL, is_on=False, reason="시험")
            advisor.switch._read_at = float("-inf")
        steps.append(step)

    try:
        answer = advisor.ask("AI 바우처는 얼마인가요?", on_step=turn_off)
    finally:
        office.switch.put(TERMINAL, is_on=True, reason="시험 끝")
        if advisor.switch is not None:
            advisor.switch._read_at = float("-inf")

    assert len(steps) > 1
    assert answer.status.value == "blocked"


def test_retention_drops_old_consultations_and_leaves_the_others(
    client: TestClient, office: Accounts, advisor: Advisor
) -> None:
    from datetime import timedelta

    from sqlalchemy import update

    from advisor.clock import now
    from advisor.stores.consultations import ConsultationRow

    old, fresh = ask(client)["consultation_id"], ask(client)["consultation_id"]
    with advisor.index.engine.begin() as connection:
        connection.execute(
            update(ConsultationRow)
            .where(ConsultationRow.id == old)
            .values(updated_at=now() - timedelta(days=91))
        )
    client.cookies.set(SESSION_COOKIE, a_token(office, "keeper", "administrator"))

    assert client.post(f"{API}/retention").json()["consultations"] >= 1
    client.cookies.clear()
    assert client.get(f"{API}/consultations/{old}").status_code == 404
    assert client.get(f"{API}/consultations/{fresh}").status_code == 200
