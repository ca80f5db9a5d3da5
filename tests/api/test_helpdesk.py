"""The help desk over HTTP before the real Advisor: from a question nobody answered to an FAQ."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor import clock
from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.live import Live
from tests.accounts.people import HERE, a_token

API = "/api/v1"
QUESTION = "외국인 직원 기숙사 짓는 비용도 지원되나요?"
ANSWER = "기숙사 건축비는 이 사업들로 지원하지 않습니다. 하늘시 기업지원과의 기숙사 임차비 지원을 안내합니다."
SOURCE = {
    "title": "하늘시 기숙사 임차비 지원 안내", "url": "https://haneul.example.kr/dormitory",
    "publisher": "하늘시", "date": "2026-03-02",
}  # fmt: skip


@dataclass
class Site:
    """The API with accounts before an Advisor that follows what is published."""

    client: TestClient
    office: Accounts
    advisor: Callable[[], Advisor]
    tokens: dict[str, str]

    def json(
        self, who: str, method: str, path: str, body: Any = None, status: int = 200
    ) -> Any:  # fmt: skip
        self.client.cookies.clear()
        if who:
            self.client.cookies.set(SESSION_COOKIE, self.tokens[who])
        answer = self.client.request(method, f"{API}/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def topic(self, label: str, state: str = "open") -> dict[str, Any]:
        found = self.json("kim", "GET", f"desk/topics?state={state}")["topics"]
        one: dict[str, Any] = next(one for one in found if label in one["label"])
        return one


@pytest.fixture(scope="module")
def site(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(pristine_home, home)
    settings = Settings(home=home, refresh_s=0.2)
    now = [build_advisor(settings, serving=True)]
    live = Live(now[0], lambda fresh: now.__setitem__(0, fresh))
    live.start()
    office = Accounts.open(settings, hasher=Hasher(memory_kib=64, passes=1))
    tokens = {
        "kim": a_token(office, "kim", "helpdesk"), "lee": a_token(office, "lee", "curator"),
        "boss": a_token(office, "boss", "administrator"), "con": a_token(office, "con", "consultant"),
        "owner": a_token(office, "owner", "owner"),
        "far": a_token(office, "far", "helpdesk", organisation="north"),
    }  # fmt: skip
    client = TestClient(create_api(lambda: now[0], office), headers=HERE)
    yield Site(client, office, lambda: now[0], tokens)
    client.close()
    live.close()
    now[0].index.close()


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 180
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def test_an_unanswered_question_is_taken_answered_published_and_answers_the_next_caller(
    site: Site,
) -> None:
    for asked in (QUESTION, "외국인 기숙사 짓는 비용 지원되나요"):
        assert site.json("", "POST", "ask", {"text": asked})["status"] == "no_evidence"
    line = site.topic("기숙사")
    assert (line["count"], line["reasons"]) == (2, {"no_evidence": 2})
    where = f"desk/topics/{line['id']}"

    taken = site.json("kim", "PUT", f"{where}/assignee", {"to": "me"})
    assert taken["assignee"] == {"name": "이름 kim", "is_me": True}
    assert site.json("lee", "GET", where)["assignee"]["is_me"] is False
    unsettled = {"category": "인력"}
    assert "답을 적지 않은" in site.json("kim", "POST", f"{where}/faq", unsettled, 400)["detail"]
    body = {"question": QUESTION, "answer": ANSWER, "revision": taken["revision"]}
    bare = site.json("kim", "PUT", f"{where}/answer", body)
    assert bare["state"] == "answered"
    assert "출처" in site.json("kim", "POST", f"{where}/faq", unsettled, 400)["detail"]
    body = {**body, "sources": [SOURCE, {"title": ""}], "revision": bare["revision"]}
    answered = site.json("kim", "PUT", f"{where}/answer", body)
    assert answered["sources"] == [SOURCE]
    named = {"category": "인력", "aliases": ["저는 홍길동입니다. 기숙사 되나요"]}
    assert "개인정보" in site.json("kim", "POST", f"{where}/faq", named, 400)["detail"]
    wrong = {"category": "인력", "related_programs": ["no-such-program"]}
    problems = site.json("kim", "POST", f"{where}/faq", wrong, 400)["problems"]
    assert [one["field"] for one in problems] == ["related_programs"]

    began = time.monotonic()
    made = site.json(
        "kim",
        "POST",
        f"{where}/faq",
        {"category": "인력", "aliases": ["직원 숙소를 지으면 돈이 나오나요"]},
    )
    record = made["record_id"]
    until(lambda: site.json("kim", "GET", where)["is_live"], "published answer")
    after = site.json("", "POST", "ask", {"text": QUESTION})
    assert time.monotonic() - began < 60

    assert after["status"] == "answered"
    (cited,) = [one for one in after["citations"] if one["record_id"] == record]
    assert (cited["url"], cited["publisher"]) == (SOURCE["url"], "하늘시")
    assert "임차비" in after["text"]
    (version,) = site.advisor().review.history(record)
    assert version.signed_by == "이름 kim"
    sheet = site.json("kim", "GET", where)
    assert (sheet["faq"]["category"], len(sheet["faq"]["aliases"])) == ("인력", 1)
    lines = [(one.action, one.object) for one in site.office.audit.newest(limit=20)]
    for action, kind in (("assign", "question"), ("answer", "question"), ("publish", "faq")):
        assert (action, f"{kind}:{line['id']}") in lines
    changed = site.json("lee", "GET", "desk/changes")["records"]
    assert [(one["record_id"], one["action"]) for one in changed] == [(record, "publish")]

    told = site.json("kim", "POST", "desk/ask", {"text": "직원 기숙사를 지으면 지원되나요?"})
    assert [one["answer"] for one in told["earlier"]] == [ANSWER]


def test_an_answer_comes_with_wording_that_stands_in_its_source_and_a_reply_to_send(
    site: Site,
) -> None:
    told = site.json("kim", "POST", "desk/ask", {"text": "AI 바우처는 얼마까지 지원하나요?"})

    first = told["wordings"][0]
    record = site.json("kim", "GET", f"records/{first['record_id']}")
    words = str(record)
    assert any(one["is_exact"] for one in first["lines"])
    for line in first["lines"]:
        assert not line["is_exact"] or line["text"] in words
    place = first["places"][first["lines"][0]["place"]]
    assert place["url"] in {one["url"] for one in record["sources"]}
    assert place["url"] in first["with_sources"]
    assert "[1]" not in told["plain"]
    assert "[1] " in told["with_sources"]
    assert told["reply"]["engine"] == "embedded"
    assert "안내해 드립니다" in told["reply"]["plain"]

    # The call goes on under its own id; another's id answers as one that was never there.
    cid = told["answer"]["consultation_id"]
    more = {"text": "자부담은 얼마인가요?", "consultation_id": cid}
    assert site.json("kim", "POST", "desk/ask", more)["answer"]["consultation_id"] == cid
    mine = site.advisor().new_consultation()
    site.office.sharing.store.hold(mine, organisation_id="north")
    hidden, never = (
        site.json(
            "kim", "POST", "desk/ask", {"text": "뭐라고 했나요?", "consultation_id": one}, 400
        )
        for one in (mine, "A" * len(mine))
    )
    assert hidden == never


def test_every_filter_of_the_search_keeps_out_what_does_not_fulfil_it(site: Site) -> None:
    def find(**filters: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = site.json(
            "kim", "POST", "desk/search", {"query": "스마트공장 지원", "k": 30, **filters}
        )
        return found

    assert len({one["kind"] for one in find()}) > 1
    assert {one["kind"] for one in find(kind="faq")} == {"faq"}
    assert {one["year"] for one in find(year=2026)} == {2026}
    assert all("경남" in one["region"] for one in find(region="경남") if one["region"])
    corpus = site.advisor().corpus
    day = next(
        one.window.opens_on for one in corpus.programs.values()
        if one.window.opens_on and one.window.closes_on and one.window.applicants == "company"
    )  # fmt: skip
    there = find(open_on=day.isoformat())
    assert there
    for one in there:
        window = corpus.programs[one["record_id"]].window
        assert window.opens_on <= day <= (window.extended_to or window.closes_on)  # type: ignore[operator]
    assert find(kind="faq", year=1999) == []


def test_a_document_is_found_with_its_page_and_told_as_new_and_as_gone(site: Site) -> None:
    text = (
        "하늘시 기숙사 임차비 지원 안내\n임차비는 한 사람에 월 30만 원까지 1년 동안 지원합니다.\n"
    )
    files = [("files", ("하늘시 임차비 2026.txt", text.encode()))]
    site.client.cookies.set(SESSION_COOKIE, site.tokens["lee"])
    job = site.client.post(f"{API}/documents", files=files).json()["jobs"][0]
    until(lambda: bool(site.json("lee", "GET", f"jobs/{job['id']}")["ended_at"]), "upload")
    document = job["document_id"]

    body = {"query": "기숙사 임차비 월 얼마", "kind": "document", "year": 2026}
    (found,) = site.json("kim", "POST", "desk/search", body)
    assert found["record_id"] == document
    assert "월 30만 원까지" in found["wording"]["plain"]
    assert found["wording"]["places"][0]["link"].startswith(f"api/v1/documents/{document}/view")
    new = site.json("kim", "GET", "desk/changes")["documents"]
    assert [(one["document_id"], one["action"]) for one in new] == [(document, "added")]

    assert site.client.delete(f"{API}/documents/{document}").status_code == 403  # kim's cookie
    site.client.cookies.set(SESSION_COOKIE, site.tokens["lee"])
    assert site.client.delete(f"{API}/documents/{document}").status_code == 204

    def gone() -> list[tuple[str, str]]:
        now = site.json("kim", "GET", "desk/changes")["documents"]
        return [(one["document_id"], one["action"]) for one in now]

    until(lambda: gone() == [(document, "removed")], "removal")


def test_a_sync_and_a_withdrawal_are_told_with_what_they_changed(site: Site) -> None:
    desk = site.advisor().review
    program = next(iter(site.advisor().corpus.programs.values())).model_dump(mode="json")
    program["window"] = {**program["window"], "closes_on": "2026-12-24"}
    desk.published.publish("program", program, "sync:bizinfo")
    desk.published.withdraw(program["id"], "이담당", "사업 취소")

    found = [
        one for one in site.json("kim", "GET", "desk/changes")["records"]
        if one["record_id"] == program["id"]
    ]  # fmt: skip
    assert [(one["action"], one["source"]) for one in found] == [
        ("withdraw", ""), ("publish", "bizinfo"),
    ]  # fmt: skip
    assert found[1]["fields"] == ["window.closes_on"]
    assert found[1]["labels_ko"] == ["접수 마감"]
    assert {one["title"] for one in found} == {program["name"]}
    site.advisor().review.rollback(program["id"], 0, "이담당")
    later = (clock.today() + timedelta(days=0)).isoformat()
    assert site.json("kim", "GET", "desk/changes")["until"] == later


def test_nobody_but_the_operators_desk_gets_in_and_only_it_is_given_work(site: Site) -> None:
    site.json("", "POST", "ask", {"text": "전기 지게차 충전소 설치 인허가 서류"})
    for who in ("kim", "lee", "boss"):
        site.json(who, "GET", "desk/topics")
    for who, status in (("", 401), ("owner", 403), ("con", 403), ("far", 404)):
        for method, path, body in (
            ("GET", "desk/topics", None), ("GET", "desk/changes", None),
            ("POST", "desk/ask", {"text": "AI 바우처"}), ("POST", "desk/search", {"query": "AI"}),
            ("PUT", "desk/topics/1/assignee", {"to": "me"}),
            ("POST", "desk/topics/1/faq", {"category": "인력"}),
        ):  # fmt: skip
            site.json(who, method, path, body, status)

    people = {one["name"] for one in site.json("kim", "GET", "desk/choices")["people"]}
    assert people == {"이름 kim", "이름 lee", "이름 boss"}
    topic = site.json("kim", "GET", "desk/topics?state=answered")["topics"][0]["id"]
    site.json("kim", "POST", f"desk/topics/{topic}/reopening")
    stranger = site.office.gate.who(token=site.tokens["con"]).account_id
    site.json("kim", "PUT", f"desk/topics/{topic}/assignee", {"to": stranger}, 400)
    site.json("kim", "GET", f"desk/topics/{2**31 - 1}", status=400)
    site.json("kim", "GET", f"desk/topics/{2**63}", status=422)
