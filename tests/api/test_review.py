"""From a notice to a record that answers, over HTTP before the real Advisor."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.live import Live

API = "/api/v1"
TITLE = "2031년 하늘시 도금공정 예지보전 지원사업"
NOTICE = f"""하늘시 공고 제2030-77호
{TITLE} 참여기업 모집 공고
2030. 11. 18.
하늘시장
□ 사업목적 : 도금 공정의 설비 이상을 미리 알아내는 체계의 보급
□ 지원대상 : 상시근로자 100인 미만 중소기업
□ 지원금액 : 기업당 최대 4,300만원 (총사업비의 60% 이내)
□ 접수기간 : 2030. 11. 25. ~ 2030. 12. 20. 18:00
□ 접수방법 : 하늘시 기업지원 누리집(biz.haneul.example.kr) 온라인 접수
□ 제출서류 : 신청서, 사업자등록증
□ 문의처 : 하늘시 기업지원과 (043-111-3333)
"""
ON = "2030-11-26"


@dataclass
class Served:
    """The API before an Advisor that follows what is published."""

    client: TestClient
    advisor: Callable[[], Advisor]

    def json(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.client.request(method, f"{API}/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def answer(self, question: str) -> dict[str, Any]:
        found: dict[str, Any] = self.json("POST", "ask", {"text": question, "today": ON})
        return found


@pytest.fixture(scope="module")
def served(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("review") / "home"
    shutil.copytree(pristine_home, home)
    now = [build_advisor(Settings(home=home, refresh_s=0.2), serving=True)]
    live = Live(now[0], lambda fresh: now.__setitem__(0, fresh))
    live.start()
    client = TestClient(create_api(lambda: now[0]), raise_server_exceptions=False)
    yield Served(client, lambda: now[0])
    live.close()
    now[0].index.close()


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 180
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def added(served: Served) -> str:
    """Upload the notice; return the document's id."""
    files = [("files", ("하늘시 공고.txt", NOTICE.encode()))]
    job = served.client.post(f"{API}/documents", files=files).json()["jobs"][0]
    until(lambda: bool(served.json("GET", f"jobs/{job['id']}")["ended_at"]), "upload")
    return str(job["document_id"])


def test_a_notice_is_cited_as_not_reviewed_until_published_and_then_answers_as_a_record(
    served: Served,
) -> None:
    document = added(served)
    draft = served.json("POST", "drafts", {"document_id": document}, status=201)
    before = served.answer(f"{TITLE}은 얼마까지 지원하나요?")

    cited = next(one for one in before["citations"] if one["record_id"] == document)
    assert "검토 전 자료" in cited["title"]
    assert "검토 전 자료" in before["text"]
    judged = served.json(
        "POST", "match", {"profile": {"employees_regular": 30}, "k": 0, "today": ON}
    )
    assert TITLE not in {one.get("title") for one in judged}
    assert document not in {one["record_id"] for one in judged}

    values = {"id": "haneul-plating-2031", "support.max_amount_krw": "4,500만 원"}
    fixed = served.json(
        "PATCH", f"drafts/{draft['id']}",
        {"values": values, "by": "김담당", "revision": draft["revision"]},
    )  # fmt: skip
    assert fixed["problems"] == []
    assert fixed["record"]["support"]["max_amount_krw"] == 45_000_000
    made = served.json("POST", f"drafts/{draft['id']}/publish", {"by": "김담당", "note": "대조함"})
    assert (made["record_id"], made["version"]) == ("haneul-plating-2031", 1)
    until(lambda: "haneul-plating-2031" in served.advisor().corpus, "published record")

    after = served.answer(f"{TITLE}은 얼마까지 지원하나요?")
    assert after["citations"][0]["record_id"] == "haneul-plating-2031"
    assert "4,500만 원" in after["text"]
    assert "검토 전 자료" not in after["text"]
    judged = served.json(
        "POST", "match", {"profile": {"employees_regular": 30}, "k": 0, "today": ON}
    )
    assert "haneul-plating-2031" in {one["record_id"] for one in judged}

    served.json(
        "POST", "records/haneul-plating-2031/withdrawal", {"by": "박팀장", "note": "사업 취소"}
    )
    until(lambda: "haneul-plating-2031" not in served.advisor().corpus, "withdrawn record")
    versions = served.json("GET", "records/haneul-plating-2031/versions")
    assert [(one["version"], one["action"], one["signed_by"]) for one in versions] == [
        (2, "withdraw", "박팀장"), (1, "publish", "김담당"),
    ]  # fmt: skip


def test_a_correction_from_an_older_look_and_an_unsigned_decision_are_refused(
    served: Served,
) -> None:
    other = NOTICE.replace("하늘시", "바다시")
    files = [("files", ("바다시 공고.txt", other.encode()))]
    job = served.client.post(f"{API}/documents", files=files).json()["jobs"][0]
    until(lambda: bool(served.json("GET", f"jobs/{job['id']}")["ended_at"]), "upload")
    draft = served.json("POST", "drafts", {"document_id": job["document_id"]}, status=201)
    where = f"drafts/{draft['id']}"

    served.json("PATCH", where, {"values": {"year": "2032"}, "by": "김담당", "revision": 0})
    late = {"values": {"year": "2033"}, "by": "이담당", "revision": 0}
    assert "다른 사람" in served.json("PATCH", where, late, status=400)["detail"]
    assert "이름" in served.json("POST", f"{where}/reject", {"by": " "}, status=400)["detail"]
    bad = {"values": {"window.closes_on": "곧"}, "by": "김담당"}
    assert "접수 마감" in served.json("PATCH", where, bad, status=400)["detail"]
    assert served.json("POST", f"{where}/reject", {"by": "이담당"})["state"] == "rejected"


def test_a_draft_that_is_no_record_yet_says_what_is_missing(served: Served) -> None:
    bare = (
        "별빛시 공고 제2030-1호\n2031년 별빛시 지원사업 공고\n□ 접수기간 : 2030. 12. 1. ~ 12. 20.\n"
    )
    files = [("files", ("별빛시.txt", bare.encode()))]
    job = served.client.post(f"{API}/documents", files=files).json()["jobs"][0]
    until(lambda: bool(served.json("GET", f"jobs/{job['id']}")["ended_at"]), "upload")
    draft = served.json("POST", "drafts", {"document_id": job["document_id"]}, status=201)

    refused = served.json("POST", f"drafts/{draft['id']}/publish", {"by": "김담당"}, status=400)
    assert [one["field"] for one in refused["problems"]] == ["purpose"]


def test_what_is_stale_is_listed_most_urgent_first(served: Served) -> None:
    found = served.json("GET", "stale-records?days=1")
    assert len(found) > 100
    assert [one["urgency"] for one in found] == sorted(
        (one["urgency"] for one in found), reverse=True
    )
