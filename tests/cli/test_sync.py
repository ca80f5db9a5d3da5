"""`advisor sync` and `advisor corpus links`: what staff read, and what an owner is told after it."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor.config import Settings
from advisor.corpus.load import as_plain
from advisor.stores.database import open_database
from advisor.stores.published import PublishedRecords
from tests.builders import a_program
from tests.cli.conftest import Done
from tests.public_server import (
    BIZINFO,
    KEY,
    PublicServer,
    Reply,
    a_bizinfo_row,
    running_public_server,
)

QUESTION = "반짝도금 스마트화 지원사업 지금 신청할 수 있나요?"
NOTICE = """2026년 스마트제조 지원사업 공고

□ 사업목적
 ○ 중소 제조기업의 스마트공장 구축을 지원
□ 지원대상
 ○ 제조 중소기업
□ 지원내용
 ○ 지원금액: 기업당 최대 5천만원
□ 신청방법
 ○ 온라인 접수(smart-factory.kr)
□ 제출서류
 ○ 사업계획서 1부
□ 문의처: 스마트제조혁신추진단 042-123-4567
"""
Run = Callable[..., Done]


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[PublicServer]:
    with running_public_server() as server:
        monkeypatch.setenv("ADVISOR_SYNC_ALLOW_LOOPBACK", "true")
        monkeypatch.setenv("ADVISOR_BIZINFO_KEY", KEY)
        yield server


@pytest.fixture
def home(pristine_home: Path, tmp_path: Path, public: PublicServer) -> Path:
    """A home with an index, whose 기업마당 is the test server."""
    copy = tmp_path / "home"
    shutil.copytree(pristine_home, copy)
    text = f'bizinfo: {{url: "{public.url(BIZINFO)}", interval_s: 0}}\n'
    text += 'links: {"bizinfo:PBLN_000000000000001": plating-smart-2026}\n'
    (copy / "sources.yaml").write_text(text, encoding="utf-8")
    return copy


def followed(home: Path) -> PublishedRecords:
    """Publish an open program that follows notice 1."""
    nothing = {
        "max_amount_krw": None,
        "amount_basis": None,
        "amount_year": None,
        "subsidy_rate": None,
    }
    program = a_program(
        id="plating-smart-2026", name="반짝도금 스마트화 지원사업", support=nothing,
        window={"opens_on": "2026-11-02", "closes_on": "2026-12-18"},
    )  # fmt: skip
    found = PublishedRecords(open_database(Settings(home=home)))
    found.publish("program", as_plain(program), "담당자")
    return found


def state_of(advisor: Run, home: Path, profile: Path) -> str:
    done = advisor("match", "--profile", str(profile), "-k", "0", "--today", "2026-11-25", "--json", home=home)  # fmt: skip
    matches = json.loads(done.out)
    found = next(one for one in matches if one["record_id"] == "plating-smart-2026")
    return str(found["window"]["state"])


def test_after_a_sync_a_closed_program_is_closed_in_answer_and_match(
    advisor: Run, public: PublicServer, home: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "company.yaml"
    profile.write_text("employees_regular: 30\nfactory_sido: 경기\n", encoding="utf-8")
    followed(home)
    public.items["bizinfo"] = [a_bizinfo_row()]
    assert advisor("sync", "bizinfo", "--today", "2026-11-25", home=home).code == 0
    assert state_of(advisor, home, profile) == "open"
    public.items["bizinfo"] = [a_bizinfo_row(reqstBeginEndDe="모집완료")]

    done = advisor("sync", "bizinfo", "--today", "2026-11-25", home=home)

    assert "바로 반영했습니다(2판)" in done.out
    assert state_of(advisor, home, profile) == "closed"
    answer = json.loads(advisor("ask", QUESTION, "--today", "2026-11-25", "--json", home=home).out)
    assert "plating-smart-2026" in [one["record_id"] for one in answer["citations"]]
    assert "지금 접수 중" not in answer["text"]
    assert "마감" in answer["text"] or "마쳤" in answer["text"]


def test_a_new_notice_waits_as_a_draft_with_what_its_document_says(
    advisor: Run, public: PublicServer, home: Path
) -> None:
    public.files["/n.txt"] = Reply(200, NOTICE.encode())
    public.items["bizinfo"] = [
        a_bizinfo_row(2, printFlpthNm=public.url("/n.txt"), printFileNm="공고문.txt")
    ]

    dry = advisor("sync", "bizinfo", "--dry-run", home=home)
    done = advisor("sync", "bizinfo", "--json", home=home)
    listed = json.loads(advisor("review", "list", "--json", home=home).out)

    assert "[새 공고]" in dry.out
    assert "아무것도 저장하지 않았습니다" in dry.out
    report = json.loads(done.out)
    assert (report["counts"]["added"], report["counts"]["files"]) == (1, 1)
    assert [one["id"] for one in listed] == [report["items"][0]["draft"]]
    sheet = json.loads(advisor("review", "show", str(listed[0]["id"]), "--json", home=home).out)
    fields = {one["name"]: one for one in sheet["fields"]}
    assert fields["support.max_amount_krw"]["value"] == 50_000_000
    assert fields["support.max_amount_krw"]["found_by"] == "rule"
    assert fields["window.closes_on"]["found_by"] == "source"
    found = json.loads(advisor("ingest", "--list", "--json", home=home).out)
    assert listed[0]["source"]["document_id"] in [one["id"] for one in found]


def test_each_way_to_fail_has_its_sentence_and_code(
    advisor: Run, public: PublicServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = advisor("sync", "nowhere", home=home)
    no_key = advisor("sync", "mss", home=home)
    no_name = advisor("sync", home=home)
    later = advisor("sync", "bizinfo", "--since", "2999-01-01", home=home)
    listed = advisor("sync", "--list", home=home)
    monkeypatch.setenv("ADVISOR_BIZINFO_KEY", "secret-but-wrong")
    wrong_key = advisor("sync", "bizinfo", home=home)
    monkeypatch.setenv("ADVISOR_SYNC_ALLOW_LOOPBACK", "false")
    inwards = advisor("sync", "bizinfo", home=home)

    codes = [one.code for one in (unknown, no_key, no_name, later, wrong_key, inwards)]
    assert codes == [2] * 6
    assert listed.code == 0
    assert "bizinfo" in unknown.err
    assert "ADVISOR_DATA_GO_KR_KEY" in no_key.err
    assert "등록되지 않은 인증키" in wrong_key.err
    assert "내부망" in inwards.err
    assert "secret-but-wrong" not in wrong_key.out + wrong_key.err


def test_a_machine_without_a_network_is_told_so_and_keeps_what_it_knew(
    advisor: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise OSError("no name server")

    monkeypatch.setattr("socket.getaddrinfo", nobody)

    done = advisor("corpus", "links", home=home)
    kept = advisor("corpus", "links", "--kept", home=home)

    assert done.code == 2
    assert "인터넷에 연결되지 않아" in done.err
    assert "아직 확인한 주소가 없습니다" in kept.out
