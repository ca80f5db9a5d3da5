"""The administration over HTTP: sources, records, settings, people, retention, signals."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor.accounts.actor import TERMINAL
from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.api.app import create_api
from advisor.assemble import build_advisor
from advisor.config import Settings
from advisor.domain.profile import Fact, Profile
from advisor.stores.consultations import ConsultationStore
from advisor.stores.drafts import Drafts
from tests.accounts.people import HERE, a_token
from tests.public_server import BIZINFO, KEY, PublicServer, a_bizinfo_row, running_public_server

API = "/api/v1"


@dataclass
class Desk:
    """The API before a real Advisor, asked by an administrator of the operator."""

    client: TestClient
    office: Accounts
    public: PublicServer

    def json(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.client.request(method, f"{API}/{path}", json=body, headers=HERE)
        assert answer.status_code == status, answer.text
        return answer.json()

    def run(self, **body: Any) -> dict[str, Any]:
        """Run over 기업마당 and wait for its end."""
        self.json("POST", "sources/bizinfo/runs", body, status=202)
        deadline = time.monotonic() + 180
        while True:
            run: dict[str, Any] = self.source("bizinfo")["run"]
            if run["state"] != "running":
                return run
            assert time.monotonic() < deadline, "the run does not end"
            time.sleep(0.05)

    def source(self, name: str) -> dict[str, Any]:
        return next(one for one in self.json("GET", "sources") if one["name"] == name)

    def actions(self) -> list[str]:
        return [one["action"] for one in self.json("GET", "audit?limit=5")]


@pytest.fixture(scope="module")
def desk(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("administration") / "home"
    shutil.copytree(pristine_home, home)
    with running_public_server() as public:
        text = f'bizinfo: {{url: "{public.url(BIZINFO)}", interval_s: 0, daily_calls: 900}}\n'
        (home / "sources.yaml").write_text(text, encoding="utf-8")
        settings = Settings(
            home=home, bizinfo_key=KEY, sync_allow_loopback=True, rate_heavy=0, rate_read=0,
        )  # fmt: skip
        office = Accounts.open(settings, hasher=Hasher(memory_kib=64, passes=1))
        advisor = build_advisor(settings)
        client = TestClient(create_api(lambda: advisor, office), raise_server_exceptions=False)
        office.people.add_organisation(TERMINAL, "operator", "운영 기관")
        client.cookies.set(SESSION_COOKIE, a_token(office, "chief", "administrator"))
        yield Desk(client, office, public)
        advisor.index.close()


def test_a_dry_run_tells_the_difference_and_keeps_nothing(desk: Desk) -> None:
    desk.public.items["bizinfo"] = [a_bizinfo_row(7)]

    run = desk.run(dry_run=True)

    assert run["state"] == "done"
    assert [one["outcome"] for one in run["report"]["items"]] == ["added"]
    assert desk.source("bizinfo")["last_run"] is None
    assert not Drafts(desk.office.engine).list()


def test_a_run_makes_drafts_and_shows_its_counts_calls_and_errors(desk: Desk) -> None:
    desk.public.items["bizinfo"] = [a_bizinfo_row(8)]

    run = desk.run()
    after = desk.source("bizinfo")

    assert run["report"]["counts"]["added"] == 1
    assert len(Drafts(desk.office.engine).list()) == 1
    assert (after["last_run"]["state"], after["last_run"]["counts"]["seen"]) == ("done", 1)
    assert after["calls_today"] >= 1
    assert after["daily_calls"] == 900
    assert desk.source("mss")["lacks"]
    assert "sync" in desk.actions()


def test_a_source_that_lacks_its_key_or_is_unknown_is_refused_in_a_sentence(desk: Desk) -> None:
    assert "쓸 수 없습니다" in desk.json("POST", "sources/mss/runs", {}, status=400)["detail"]
    assert "원천이 없습니다" in desk.json("POST", "sources/nowhere/runs", {}, status=400)["detail"]
    later = {"since": "2999-01-01"}
    assert "뒤입니다" in desk.json("POST", "sources/bizinfo/runs", later, status=400)["detail"]


def test_records_are_found_by_kind_and_words_the_stale_ones_first(desk: Desk) -> None:
    everything = desk.json("GET", "corpus?days=1")
    programs = desk.json("GET", "corpus?kind=program&q=바우처")
    urgencies = [one["urgency"] for one in everything["records"]]

    assert everything["count"] == sum(everything["counts"].values())
    assert urgencies == sorted(urgencies, reverse=True)
    assert urgencies[0] > 0
    assert everything["records"][0]["reasons"]
    assert programs["records"]
    assert {one["kind"] for one in programs["records"]} == {"program"}
    assert all("바우처" in one["title"] for one in programs["records"][:1])


def test_a_records_page_has_fields_sources_and_versions(desk: Desk) -> None:
    sheet = desk.json("GET", "corpus/ai-voucher-2026")

    assert sheet["kind"] == "program"
    assert "window" in {one["name"] for one in sheet["fields"]}
    assert sheet["sources"][0]["title"]
    assert sheet["versions"] == []
    assert desk.json("GET", "corpus/none-such", status=404)["type"]


def test_settings_say_where_they_were_set_and_never_a_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISOR_RATE_ASK", "60")

    answer = desk.client.get(f"{API}/settings")
    found = {one["name"]: one for one in answer.json()}

    assert KEY not in answer.text
    assert (found["ADVISOR_BIZINFO_KEY"]["is_set"], found["ADVISOR_BIZINFO_KEY"]["value"]) == (
        True,
        "",
    )
    assert found["ADVISOR_RATE_ASK"]["origin"] == "environment"
    assert found["ADVISOR_SMTP_HOST"]["origin"] == "default"
    assert found["ADVISOR_RETENTION_DAYS"]["value"] == "90"


def test_an_address_with_a_login_is_shown_without_it() -> None:
    from advisor.api.admin import setting_view

    shown = setting_view(
        Settings(database_url="postgresql://user:canary@db.example/x?sslkey=canary"),
        "database_url", "file",
    )  # fmt: skip

    assert shown["value"] == "postgresql://***@db.example/x?***"


def test_retention_tells_when_it_ran_and_when_it_will(desk: Desk) -> None:
    assert desk.json("GET", "retention")["last_at"] is None

    done = desk.json("POST", "retention")
    after = desk.json("GET", "retention")

    assert done == {"consultations": 0, "clients": 0}
    assert after["days"] == 90
    assert after["next_at"] > after["last_at"]


def test_the_audit_log_is_filtered_by_what_was_done_and_to_what(desk: Desk) -> None:
    desk.json("PUT", "switch", {"is_on": False, "reason": "시험"})
    desk.json("PUT", "switch", {"is_on": True, "reason": "시험"})

    switched = desk.json("GET", "audit?kind=switch")
    off = desk.json("GET", "audit?action=switch_off")

    assert [one["action"] for one in switched] == ["switch_on", "switch_off"]
    assert [one["action"] for one in off] == ["switch_off"]
    assert off[0]["actor_name"] == "이름 chief"


def test_signals_of_a_period_come_as_json_and_files_and_exports_are_logged(desk: Desk) -> None:
    store = ConsultationStore(desk.office.engine)
    for _ in range(6):
        store.append_turn(
            store.create(), question="canary", answer={"id": "a", "status": "answered"},
            profile=Profile({"pain_codes": Fact(("energy",)), "factory_sido": Fact("경기")}),
            state={},
        )  # fmt: skip

    found = desk.json("GET", "signals")
    problems = next(one for one in found["tables"] if one["id"] == "problems")
    rows = problems["groups"][0]["rows"]
    files = [
        desk.client.get(f"{API}/signals/export/{one}", headers=HERE) for one in ("csv", "xlsx")
    ]

    assert [(one["id"], one["consultations"]) for one in rows] == [("energy", 5)]
    assert "canary" not in str(found)
    assert [one.status_code for one in files] == [200, 200]
    assert "어떤 문제를 먼저 말했나,전체,에너지 비용,5" in files[0].text
    assert desk.actions()[:2] == ["export", "export"]
    assert desk.json("GET", "signals?period=2026-1", status=400)["detail"]
    assert desk.json("GET", "signals?period=2020-01")["tables"] == []
