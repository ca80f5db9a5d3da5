"""Clients over HTTP with the real Advisor: what consultants see, write, prepare and hand over."""

import io
import secrets
from datetime import date
from typing import Any

import pypdf
import pytest
from fastapi import FastAPI
from sqlalchemy import event, select

from advisor.accounts.office import Accounts
from advisor.assemble import Advisor
from advisor.stores.client_rows import ClientNoteRow, ClientRow
from advisor.stores.clients import ClientStore
from tests.accounts.people import a_person, a_token
from tests.clients.conftest import As

API = "/api/v1"
CLIENTS = f"{API}/clients"
SAID = "안산에서 직원 30명 금속가공을 합니다. 눈으로 검사하는데 불량이 나가요."


@pytest.fixture
def tenant() -> str:
    return f"org-{secrets.token_hex(4)}"


def sign_in(app: FastAPI, office: Accounts, tenant: str, role: str = "consultant") -> As:
    login = f"{role}-{secrets.token_hex(4)}"
    return As(app, a_token(office, login, role, organisation=tenant))


def owner_shares(app: FastAPI) -> tuple[str, str]:
    """Ask as an owner and make a code; return the consultation's id and the code."""
    owner = As(app).client
    own = owner.post(f"{API}/ask", json={"text": SAID}).json()["consultation_id"]
    return own, owner.post(f"{API}/consultations/{own}/shares", json={}).json()["code"]


def a_client(kim: As, name: str = "한빛정공", **more: Any) -> str:
    made = kim.client.post(CLIENTS, json={"name": name, **more})
    assert made.status_code == 201, made.text
    client_id: str = made.json()["id"]
    return client_id


def fact(page: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in page["facts"] if one["field"] == name)
    return found


def test_a_code_brings_a_client_in_whose_facts_name_the_owners_words(
    app: FastAPI, office: Accounts, tenant: str
) -> None:
    own, code = owner_shares(app)
    kim = sign_in(app, office, tenant)

    client_id = a_client(kim, contact="박사장 031-123-4567", code=code)
    page = kim.client.get(f"{CLIENTS}/{client_id}")

    assert own not in page.text  # the owner's own id would open all of it
    heads = fact(page.json(), "employees_regular")
    assert (heads["value"], heads["quote"], heads["turn"]) == (30, "직원 30명", 0)
    assert page.json()["contact"] == "박사장 031-123-4567"
    assert page.json()["talk"] is None
    again = kim.client.post(CLIENTS, json={"name": "다시", "code": code})
    assert again.status_code == 400


def test_a_correction_needs_a_reason_and_leaves_the_owners_word(
    app: FastAPI, office: Accounts, advisor: Advisor, tenant: str
) -> None:
    own, code = owner_shares(app)
    kim = sign_in(app, office, tenant)
    client_id = a_client(kim, code=code)
    address = f"{CLIENTS}/{client_id}/facts/employees_regular"

    bare = kim.client.put(address, json={"value": "45"})
    said = kim.client.put(address, json={"value": "45", "reason": "4대보험 명부로 확인"})
    line = office.audit.newest(limit=1)[0]

    assert bare.status_code == 400
    assert "고친 까닭" in bare.json()["detail"]
    heads = fact(said.json(), "employees_regular")
    assert (heads["value"], heads["said"], heads["reason"]) == (45, 30, "4대보험 명부로 확인")
    kept = advisor.consultation(own)
    assert kept is not None
    assert kept.profile.get("employees_regular") == 30
    assert (line.action, line.details["key"]) == ("override", "employees_regular")
    assert "45" not in str(line.details)
    back = kim.client.put(address, json={"value": None}).json()
    assert fact(back, "employees_regular")["value"] == 30
    assert [one["value"] for one in back["entries"]] == [None, 45]


def test_answers_are_judged_kept_compared_and_reported_with_their_reasons(
    app: FastAPI, office: Accounts, tenant: str
) -> None:
    kim = sign_in(app, office, tenant)
    client_id = a_client(kim)
    assert kim.client.get(f"{CLIENTS}/{client_id}/report/md").status_code == 400
    items = [one["id"] for one in kim.client.get(f"{CLIENTS}/form").json()["items"]]
    for item in items:
        body = {"status": "answered", "value": 2, "grade": "say"}
        kim.client.put(f"{CLIENTS}/{client_id}/answers/{item}", json=body)
    first = kim.client.post(f"{CLIENTS}/{client_id}/diagnoses").json()
    higher = {"status": "answered", "value": 4, "grade": "doc", "reason": "현장에서 일보를 보았음"}
    page = kim.client.put(f"{CLIENTS}/{client_id}/answers/{items[0]}", json=higher).json()
    ids = {"before": first["diagnoses"][0]["id"], "after": "now"}
    found = kim.client.get(f"{CLIENTS}/{client_id}/comparison", params=ids).json()
    report = kim.client.get(f"{CLIENTS}/{client_id}/report/md")

    assert first["now"]["overall"] == 50.0
    assert first["state"] == "diagnosed"
    assert found["overall"]["after"] > found["overall"]["before"] == 50.0
    assert [
        (one["id"], one["before"]["value"], one["after"]["value"]) for one in found["items"]
    ] == [(items[0], 2, 4)]
    assert len(page["entries"]) == len(items) + 1
    assert "현장에서 일보를 보았음" in report.text
    assert office.audit.newest(limit=1)[0].action == "export"
    gone = kim.client.get(f"{CLIENTS}/{client_id}/comparison", params={**ids, "before": "d0"})
    assert gone.status_code == 400


def test_a_visit_sheet_with_everything_on_it_fits_one_page(
    app: FastAPI, office: Accounts, advisor: Advisor, tenant: str
) -> None:
    own, code = owner_shares(app)
    advisor.ask("설비가 자꾸 멈춰서 납기를 못 맞춥니다. 어떻게 하나요?" * 3, consultation_id=own)
    listing = [one for one in advisor.corpus.programs.values() if one.documents]
    for program in sorted(listing, key=lambda one: -len(str(one.documents)))[:6]:
        advisor.shortlist.save(own, program.id, date(2026, 11, 26))
    kim = sign_in(app, office, tenant)
    client_id = a_client(kim, "긴 이름의 제조 주식회사 안산 제2공장", contact="박사장", code=code)
    for item in [one["id"] for one in kim.client.get(f"{CLIENTS}/form").json()["items"]][:16]:
        body = {"status": "answered", "value": 1, "grade": "say"}
        kim.client.put(f"{CLIENTS}/{client_id}/answers/{item}", json=body)
    for number in range(3):
        kim.client.post(
            f"{CLIENTS}/{client_id}/notes", json={"text": f"메모 {number} " + "길게 " * 90}
        )
    kim.client.patch(f"{CLIENTS}/{client_id}", json={"visit_on": "2099-12-01"})

    sheet = kim.client.get(f"{CLIENTS}/{client_id}/visit").json()
    printed = kim.client.get(f"{CLIENTS}/{client_id}/visit/pdf")

    lengths = [len(sheet[name]) for name in ("facts", "items", "proofs", "papers", "notes")]
    assert lengths == [4, 4, 4, 5, 2]
    assert sheet["left_out"] > 0
    pages = pypdf.PdfReader(io.BytesIO(printed.content)).pages
    assert len(pages) == 1
    words = pages[0].extract_text()
    assert "방문 준비서" in words
    assert sheet["papers"][0]["name"][:4] in words
    assert "AI" in words


def test_what_the_owner_ends_is_seen_no_more_and_a_new_code_goes_on(
    app: FastAPI, office: Accounts, tenant: str
) -> None:
    own, code = owner_shares(app)
    owner, kim = As(app).client, sign_in(app, office, tenant)
    client_id = a_client(kim, code=code)
    kim.client.post(f"{CLIENTS}/{client_id}/notes", json={"text": "내 메모"})
    share_id = owner.get(f"{API}/consultations/{own}/shares").json()[0]["share_id"]

    owner.delete(f"{API}/consultations/{own}/shares/{share_id}")
    ended = kim.client.get(f"{CLIENTS}/{client_id}").json()
    fresh = owner.post(f"{API}/consultations/{own}/shares", json={}).json()["code"]
    again = kim.client.post(f"{CLIENTS}/{client_id}/share", json={"code": fresh}).json()
    owner.delete(f"{API}/consultations/{own}")
    deleted = kim.client.get(f"{CLIENTS}/{client_id}").json()

    assert (ended["is_seen"], ended["facts"], ended["step"]) == (False, [], "share_ended")
    assert [one["text"] for one in ended["notes"]] == ["내 메모"]
    assert again["is_seen"]
    assert fact(again, "employees_regular")["value"] == 30
    assert (deleted["is_seen"], deleted["questions"]) == (False, [])


def test_another_organisation_learns_nothing_of_a_client(
    app: FastAPI, office: Accounts, tenant: str
) -> None:
    kim = sign_in(app, office, tenant)
    lee = sign_in(app, office, f"{tenant}-other")
    client_id = a_client(kim, "카나리아 금속")

    for path in ("", "/visit", "/outlook", "/report/md", "/visit/pdf"):
        hidden = lee.client.get(f"{CLIENTS}/{client_id}{path}")
        never = lee.client.get(f"{CLIENTS}/{'A' * len(client_id)}{path}")
        assert (hidden.status_code, hidden.content) == (404, never.content)
    assert lee.client.get(CLIENTS).json()["rows"] == []
    assert "카나리아" not in lee.client.get(CLIENTS, params={"q": "카나리아"}).text
    assert As(app).client.get(CLIENTS).status_code == 401
    assert sign_in(app, office, tenant, "helpdesk").client.get(CLIENTS).status_code == 403


def test_a_client_is_handed_over_within_the_organisation_only_and_taken_on(
    app: FastAPI, office: Accounts, tenant: str
) -> None:
    kim = sign_in(app, office, tenant)
    client_id = a_client(kim)
    lee = a_person(office, f"lee-{tenant}", "consultant", organisation=tenant)
    outside = a_person(office, f"out-{tenant}", "consultant", organisation=f"{tenant}-other")
    desk = a_person(office, f"desk-{tenant}", "helpdesk", organisation=tenant)
    give = f"{CLIENTS}/{client_id}/hand-over"

    for wrong in (outside.id, desk.id, "nobody"):
        assert kim.client.post(give, json={"account_id": wrong}).status_code == 400
    assert (
        kim.client.post(give, json={"account_id": lee.id, "note": "오전에 통화"}).status_code == 204
    )

    lees = As(app, office.sign_in.begin(lee, way="test"))
    row = lees.client.get(CLIENTS, params={"consultant": "me"}).json()["rows"][0]
    assert (row["state"], row["step"], row["is_mine"]) == ("handed_over", "take_over", True)
    taken = lees.client.post(f"{CLIENTS}/{client_id}/take-over").json()
    assert (taken["state"], taken["notes"][0]["text"]) == ("new", "오전에 통화")
    # Notes are their writer's own.
    note_id = taken["notes"][0]["id"]
    assert lees.client.delete(f"{CLIENTS}/{client_id}/notes/{note_id}").status_code == 404
    assert kim.client.delete(f"{CLIENTS}/{client_id}/notes/{note_id}").status_code == 204
    done = [one.action for one in office.audit.newest(limit=4)]
    assert {"hand_over", "take_over"} <= set(done)


def test_an_administrator_gives_clients_on_without_looking_into_them(
    app: FastAPI, office: Accounts, tenant: str
) -> None:
    kim = sign_in(app, office, tenant)
    client_id = a_client(kim)
    lee = a_person(office, f"lee-{tenant}", "consultant", organisation=tenant)
    boss = sign_in(app, office, tenant, "administrator")

    listed = boss.client.get(CLIENTS).json()
    assert (listed["can_open"], listed["rows"][0]["name"]) == (False, "한빛정공")
    assert boss.client.get(f"{CLIENTS}/{client_id}").status_code == 403
    given = boss.client.post(f"{CLIENTS}/{client_id}/hand-over", json={"account_id": lee.id})
    assert given.status_code == 204
    assert boss.client.delete(f"{CLIENTS}/{client_id}").status_code == 204
    assert boss.client.get(CLIENTS).json()["rows"] == []


def test_deleting_a_client_takes_its_own_talk_along_and_an_owners_not(
    app: FastAPI, office: Accounts, advisor: Advisor, tenant: str
) -> None:
    own, code = owner_shares(app)
    kim = sign_in(app, office, tenant)
    shared, made = a_client(kim, code=code), a_client(kim, "손으로")
    talk = kim.client.get(f"{CLIENTS}/{made}").json()["talk"]
    body = "점검표".encode()
    attached = kim.client.post(
        f"{CLIENTS}/{made}/files", params={"item": "DAT1", "name": "a.txt"}, content=body
    )
    file_id = attached.json()["id"]
    opened = kim.client.get(f"{CLIENTS}/{made}/files/{file_id}")
    assert (attached.status_code, opened.content) == (201, body)

    for one in (shared, made):
        assert kim.client.delete(f"{CLIENTS}/{one}").status_code == 204

    assert advisor.consultation(talk) is None
    assert advisor.consultation(own) is not None
    assert As(app).client.get(f"{API}/consultations/{own}/shares").json() == []
    with office.engine.connect() as connection:
        left = connection.execute(select(ClientNoteRow.id).where(ClientNoteRow.client_id == made))
        assert left.all() == []


def test_a_plan_is_settled_and_shown_again(app: FastAPI, office: Accounts, tenant: str) -> None:
    kim = sign_in(app, office, tenant)
    client_id = a_client(kim)
    for field, value in (
        ("factory_sido", "경기"),
        ("industry_text", "금속가공"),
        ("employees_regular", 30),
    ):
        kim.client.put(f"{CLIENTS}/{client_id}/facts/{field}", json={"value": value})
    plan = {"solution": "sol-ai-vision", "cost": 123_456_789}

    settled = kim.client.put(f"{CLIENTS}/{client_id}/plan", json=plan).json()
    shown = kim.client.get(f"{CLIENTS}/{client_id}/outlook").json()["plan"]
    undone = kim.client.put(f"{CLIENTS}/{client_id}/plan", json={}).json()

    assert (settled["state"], settled["plan_for"]) == ("plan_made", "sol-ai-vision")
    assert shown["project_cost_krw"] == 123_456_789
    assert (undone["state"], undone["plan_for"]) == ("new", None)
    wrong = kim.client.put(f"{CLIENTS}/{client_id}/plan", json={"solution": "sol-nothing"})
    assert wrong.status_code == 400


def test_the_list_asks_the_database_as_often_for_many_clients_as_for_one(
    app: FastAPI, office: Accounts, tenant: str
) -> None:
    kim = sign_in(app, office, tenant)
    a_client(kim)
    asked: list[str] = []

    def count(*given: Any) -> None:
        asked.append(given[2])

    def queries() -> int:
        asked.clear()
        assert kim.client.get(CLIENTS, params={"q": "기업"}).status_code == 200
        return len(asked)

    event.listen(office.engine, "before_cursor_execute", count)
    try:
        one = queries()
        for number in range(30):
            ClientStore(office.engine).create(
                f"{tenant}-{number}",
                organisation_id=tenant,
                account_id="kim",
                name=f"기업 {number}",
            )
        many = queries()
    finally:
        event.remove(office.engine, "before_cursor_execute", count)

    assert one == many
    assert many <= 14


def test_names_contacts_and_notes_are_unreadable_in_the_database_and_follow_new_keys(
    app: FastAPI, office: Accounts, tenant: str
) -> None:
    kim = sign_in(app, office, tenant)
    client_id = a_client(kim, "카나리아 정밀", contact="010-7777-1234")
    kim.client.post(
        f"{CLIENTS}/{client_id}/notes", json={"text": "주민번호 900101-1234568 카나리아"}
    )
    tables = (ClientRow.__tablename__, ClientNoteRow.__tablename__)

    def raw() -> str:
        with office.engine.connect() as connection:
            return "".join(
                str(connection.exec_driver_sql(f"SELECT * FROM {one}").all()) for one in tables
            )

    before = raw()
    assert "카나리아" not in before
    assert "7777" not in before
    assert office.people.store.encrypt_anew() > 1
    assert raw() != before
    page = kim.client.get(f"{CLIENTS}/{client_id}").json()
    assert (page["name"], page["contact"]) == ("카나리아 정밀", "010-7777-1234")
    assert "900101" not in page["notes"][0]["text"]
