"""The contract's HTTP routes before the real Advisor."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.conversation.pipeline import STEPS, WITH_MODEL

API = "/api/v1"
VOUCHER = "AI 바우처는 얼마까지 지원하나요?"
# The contract's answer; a field may be added, none dropped.
ANSWER = {
    "id", "status", "text", "citations", "matches", "next_question", "follow_ups", "profile",
    "engine", "consultation_id", "took_ms",
}  # fmt: skip
CITATION = {
    "label", "record_id", "kind", "title", "quote", "url", "publisher", "date", "page", "section",
    "confidence",
}  # fmt: skip


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home))
    yield built
    built.index.close()


@pytest.fixture(scope="module")
def client(advisor: Advisor) -> TestClient:
    return TestClient(create_api(lambda: advisor), raise_server_exceptions=False)


@pytest.fixture
def waiting_client() -> TestClient:
    return TestClient(create_api(lambda: None), raise_server_exceptions=False)


def ask(client: TestClient, text: str, **more: Any) -> dict[str, Any]:
    response = client.post(f"{API}/ask", json={"text": text, "today": "2026-11-24", **more})
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def events(body: str) -> list[tuple[str, Any]]:
    """Read an event stream as a browser would."""
    found = []
    for block in body.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    """Check that a response is a problem document in Korean; return it."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["type"] == f"urn:advisor:problem:{kind}"
    assert body["status"] == status
    assert any("가" <= letter <= "힣" for letter in body["detail"])
    return body


def test_an_answer_has_the_contracts_shape(client: TestClient) -> None:
    answer = ask(client, VOUCHER)

    assert answer.keys() >= ANSWER
    assert answer["status"] == "answered"
    assert all(one.keys() >= CITATION for one in answer["citations"])
    assert f"[{answer['citations'][0]['label']}]" in answer["text"]
    assert answer["engine"] == "embedded"


def test_a_stream_tells_steps_then_text_then_the_whole_answer(client: TestClient) -> None:
    response = client.post(
        f"{API}/ask", json={"text": VOUCHER}, headers={"accept": "text/event-stream"}
    )

    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    names = [name for name, _ in told]
    assert names == sorted(names, key=["step", "token", "answer"].index)
    steps = [name for name, _ in STEPS if name not in WITH_MODEL]
    assert [data["step"] for name, data in told if name == "step"] == steps
    answer = told[-1][1]
    assert answer.keys() >= ANSWER
    assert "".join(data["text"] for name, data in told if name == "token") == answer["text"]


def test_a_stream_for_an_unknown_consultation_is_refused_before_it_begins(
    client: TestClient,
) -> None:
    body = {"text": VOUCHER, "consultation_id": "nobody"}
    for accept in ("application/json", "text/event-stream"):
        response = client.post(f"{API}/ask", json=body, headers={"accept": accept})
        problem(response, 400, "bad-input")


def test_a_consultation_goes_on_is_shown_and_is_gone_once_deleted(client: TestClient) -> None:
    first = ask(client, "안산에서 직원 30명 금속가공 공장입니다. 지원사업이 있나요?")
    own = first["consultation_id"]
    second = ask(client, "그건 언제까지예요?", consultation_id=own)

    kept = client.get(f"{API}/consultations/{own}").json()
    assert second["consultation_id"] == own
    assert [one["answer"]["id"] for one in kept["turns"]] == [first["id"], second["id"]]
    assert kept["profile"]["employees_regular"] == 30
    assert kept["profile"]["factory_sido"] == "경기"

    assert client.delete(f"{API}/consultations/{own}").status_code == 204
    problem(client.get(f"{API}/consultations/{own}"), 404, "not-found")
    problem(client.delete(f"{API}/consultations/{own}"), 404, "not-found")


def test_a_profile_that_is_sent_along_is_known_and_a_wrong_one_is_named(
    client: TestClient,
) -> None:
    answer = ask(client, "지원사업이 있나요?", profile={"factory_sido": "경남"})
    assert answer["profile"]["factory_sido"] == "경남"

    response = client.post(f"{API}/ask", json={"text": "네", "profile": {"shoe_size": 270}})
    assert "shoe_size" in problem(response, 400, "bad-input")["detail"]


def test_facts_are_set_and_forgotten(client: TestClient) -> None:
    own = ask(client, "안녕하세요")["consultation_id"]
    address = f"{API}/consultations/{own}/profile"

    assert client.patch(address, json={"values": {"employees_regular": 45}}).json() == {
        "employees_regular": 45
    }
    assert client.patch(address, json={"values": {"employees_regular": None}}).json() == {}


def test_feedback_is_kept_for_a_turn_that_exists(client: TestClient, advisor: Advisor) -> None:
    own = ask(client, VOUCHER)["consultation_id"]
    body = {"consultation_id": own, "turn": 0, "rating": 1, "comment": "010-1234-5678 좋아요"}

    assert client.post(f"{API}/feedback", json=body).status_code == 204
    kept = advisor.consultation(own)
    assert kept is not None
    assert kept.turns[0].rating == 1
    problem(client.post(f"{API}/feedback", json={**body, "turn": 7}), 400, "bad-input")
    problem(client.post(f"{API}/feedback", json={**body, "rating": 5}), 422, "bad-body")


def test_search_gives_ranked_hits_of_the_kind_asked_for(client: TestClient) -> None:
    body = {"query": "카메라로 불량 검사", "k": 5, "kind": "solution"}
    hits = client.post(f"{API}/search", json=body).json()

    assert 1 <= len(hits) <= 5
    assert all(
        hit.keys() >= {"record_id", "kind", "title", "score", "text", "locator"} for hit in hits
    )
    assert {hit["kind"] for hit in hits} == {"solution"}
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_record_comes_with_its_sources(client: TestClient) -> None:
    cited = ask(client, VOUCHER)["citations"][0]
    record = client.get(f"{API}/records/{cited['record_id']}").json()

    assert record["id"] == cited["record_id"]
    assert record["record_kind"] == cited["kind"]
    assert record["sources"]
    problem(client.get(f"{API}/records/no-such-record"), 404, "not-found")


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "text"), ({"text": "a", "colour": "red"}, "colour"), ({"text": "가" * 20_001}, "text"),
     ({"text": "a", "today": "31.12.2026"}, "today"), ({"text": "a", "language": "fr"}, "language")],
)  # fmt: skip
def test_a_body_that_is_wrong_names_the_field(
    client: TestClient, body: dict[str, Any], field: str
) -> None:
    assert problem(client.post(f"{API}/ask", json=body), 422, "bad-body")["fields"] == [field]


def test_what_is_no_json_no_route_or_no_method_is_a_problem_document_too(
    client: TestClient,
) -> None:
    json_ = {"content-type": "application/json"}
    problem(client.post(f"{API}/ask", content=b"{", headers=json_), 422, "bad-body")
    problem(client.post(f"{API}/ask", content=b"{"), 415, "not-json")
    problem(client.get(f"{API}/nothing-here"), 404, "not-found")
    problem(client.get(f"{API}/ask"), 405, "not-allowed")


def test_a_message_of_5000_characters_gets_a_sentence_and_not_an_error(client: TestClient) -> None:
    answer = ask(client, "가" * 5000)

    assert answer["status"] == "asked_back"
    assert "2,000자" in answer["text"]


def test_an_advisor_in_the_making_is_alive_but_not_ready(
    client: TestClient, waiting_client: TestClient
) -> None:
    assert client.get(f"{API}/healthz").status_code == 200
    assert client.get(f"{API}/readyz").json() == {"corpus": True, "index": True, "database": True}
    assert waiting_client.get(f"{API}/healthz").status_code == 200
    assert waiting_client.get(f"{API}/readyz").status_code == 503
    problem(waiting_client.post(f"{API}/ask", json={"text": "안녕하세요"}), 503, "not-ready")


def test_the_description_lists_the_contracts_routes(client: TestClient) -> None:
    paths = client.get(f"{API}/openapi.json").json()["paths"]

    assert {
        f"{API}/{name}"
        for name in ("ask", "search", "feedback", "records/{record_id}", "healthz", "readyz")
    } <= paths.keys()
    assert paths[f"{API}/consultations/{{consultation_id}}"].keys() >= {"get", "delete"}
