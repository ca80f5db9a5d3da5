"""Documents over HTTP before the real Advisor: uploaded, followed, cited, opened, deleted."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from advisor.api import documents
from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.live import Live
from advisor.ui.document_link import view_link

API = "/api/v1"
NOTICE = (
    "# 하늘시 도금액 재생 시범사업\n\n## 지원 내용\n하늘시 도금액 재생 시범사업은 기업당 최대 4,300만 원을 지원합니다.\n\n"
    "## 접수\n접수는 2026년 12월 18일까지 하늘시청 기업지원과에서 받습니다.\n"
)
QUESTION = "하늘시 도금액 재생 시범사업은 얼마까지 지원하나요?"


@pytest.fixture(scope="module")
def advisor(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Advisor]:
    import shutil

    home = tmp_path_factory.mktemp("documents") / "home"
    shutil.copytree(pristine_home, home)
    built = build_advisor(Settings(home=home), serving=True)
    live = Live(built, lambda _: None)
    live.start()
    yield built
    live.close()
    built.index.close()


@pytest.fixture(scope="module")
def client(advisor: Advisor) -> TestClient:
    return TestClient(create_api(lambda: advisor), raise_server_exceptions=False)


def upload(client: TestClient, *files: tuple[str, bytes]) -> list[dict[str, Any]]:
    """Send files and wait for the ends of their jobs."""
    sent = client.post(f"{API}/documents", files=[("files", one) for one in files])
    assert sent.status_code == 202, sent.text
    jobs = sent.json()["jobs"]
    deadline = time.monotonic() + 180
    while True:
        found = [client.get(f"{API}/jobs/{one['id']}").json() for one in jobs]
        if all(one["ended_at"] for one in found):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.2)


def ask(client: TestClient) -> dict[str, Any]:
    body: dict[str, Any] = client.post(f"{API}/ask", json={"text": QUESTION}).json()
    return body


def test_an_upload_is_answered_from_opened_at_its_words_and_gone_when_deleted(client):
    job = upload(client, ("하늘시 공고.md", NOTICE.encode()))[0]
    assert (job["status"], job["path"], job["progress"]) == ("added", "하늘시 공고.md", 1.0)
    assert job["document_id"] in [one["id"] for one in client.get(f"{API}/documents").json()]

    citation = ask(client)["citations"][0]
    assert citation["record_id"] == job["document_id"]
    link = view_link(citation)
    assert link is not None
    page = client.get(f"/{link}")
    assert page.status_code == 200
    assert '<mark id="words">' in page.text
    assert "4,300만 원" in page.text[page.text.index("<mark") : page.text.index("</mark>")]

    # Asked while the index still holds it: the very next answer is without it.
    assert client.delete(f"{API}/documents/{job['document_id']}").status_code == 204
    assert job["document_id"] not in {one["record_id"] for one in ask(client)["citations"]}
    assert client.get(f"/{link}").status_code == 404
    assert client.delete(f"{API}/documents/{job['document_id']}").status_code == 404


def test_the_same_name_again_is_unchanged_or_takes_the_place_of_the_old(client):
    first, again = (upload(client, ("단가표.md", NOTICE.encode()))[0] for _ in range(2))
    changed = upload(client, ("단가표.md", NOTICE.replace("4,300", "5,100").encode()))[0]

    assert [one["status"] for one in (first, again, changed)] == ["added", "unchanged", "changed"]
    assert len({one["document_id"] for one in (first, again, changed)}) == 1
    text = client.get(f"{API}/documents/{first['document_id']}").json()["pages"][0]["text"]
    assert "5,100만 원" in text
    assert "4,300" not in text


def test_each_file_has_its_own_outcome_whatever_its_name_says(client):
    jobs = upload(
        client,
        ("../../etc/공고.pdf", NOTICE.encode()),
        ("그림.hwp", b"\x89PNG\r\n\x1a\n" + b"0" * 200),
        ("빈.md", b""),
    )

    assert [one["status"] for one in jobs] == ["added", "rejected", "rejected"]
    assert jobs[0]["path"] == "공고.pdf"
    assert all(one["message"].endswith(("요.", "다.")) for one in jobs[1:])


def test_a_request_without_a_file_or_with_too_much_is_a_problem_document(client, monkeypatch):
    empty = client.post(f"{API}/documents", json={"file": "a"})
    monkeypatch.setattr(documents, "MOST_BYTES", 1000)
    large = client.post(f"{API}/documents", files=[("files", ("a.md", b"x" * 5000))])

    assert [one.status_code for one in (empty, large)] == [400, 413]
    for one in (empty, large):
        assert one.headers["content-type"] == "application/problem+json"
        assert "주세요" in one.json()["detail"]


def test_hostile_words_and_names_stay_text_in_the_view(client):
    job = upload(
        client, ("<img src=x onerror=alert(1)>.md", b"# <script>alert(1)</script>\nkind words here")
    )[0]

    page = client.get(
        f"{API}/documents/{job['document_id']}/view", params={"words": "kind words here"}
    )

    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "<mark" in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy


def test_a_cited_page_of_a_pdf_is_a_picture_with_boxes_over_the_words(client, tmp_path):
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 800))
    for page in ("첫째 쪽의 글은 이것뿐입니다", "둘째 쪽은 도금액 교환 주기를 다룹니다"):
        canvas.setFont("HYSMyeongJo-Medium", 16)
        canvas.drawString(40, 600, page)
        canvas.showPage()
    canvas.save()
    job = upload(client, ("주기.pdf", (tmp_path / "a.pdf").read_bytes()))[0]

    words = {"words": "도금액 교환 주기를 다룹니다"}
    page = client.get(f"{API}/documents/{job['document_id']}/view", params=words)

    assert "2쪽 (모두 2쪽)" in page.text
    assert "data:image/png;base64," in page.text
    assert '<i id=words style="left:' in page.text


def test_unknown_documents_and_jobs_are_problem_documents(client):
    for method, path in (
        ("GET", "documents/none"), ("DELETE", "documents/none"), ("GET", "jobs/none"), ("DELETE", "jobs/none"),
    ):  # fmt: skip
        response = client.request(method, f"{API}/{path}")
        assert response.status_code == 404
        assert response.json()["type"] == "urn:advisor:problem:not-found"
