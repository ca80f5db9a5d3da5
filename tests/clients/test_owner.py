"""What an owner takes along: everything, in three ways, and nothing that opens the talk."""

import io
import json
import zipfile

from fastapi import FastAPI

from advisor.accounts.office import Accounts
from advisor.assemble import Advisor
from tests.clients.conftest import As

API = "/api/v1"


def test_an_export_holds_everything_and_not_the_talks_own_id(
    app: FastAPI, advisor: Advisor, office: Accounts
) -> None:
    owner = As(app).client
    said = "안산에서 직원 30명 <b>금속가공</b>을 합니다. AI 바우처는 얼마인가요?"
    own = owner.post(f"{API}/ask", json={"text": said}).json()["consultation_id"]
    owner.post(f"{API}/feedback", json={"consultation_id": own, "turn": 0, "rating": 1})
    owner.post(f"{API}/consultations/{own}/shares", json={"recipient": "박상담"})
    program = next(iter(advisor.corpus.programs))
    advisor.shortlist.save(own, program, advisor.outlook(own).today)
    advisor.desk.begin(own, is_full=False)
    advisor.desk.save(own, {"item": "DAT1", "status": "answered", "value": 1, "grade": "say"})
    advisor.desk.attach(own, "DAT1", "일보.txt", ["작업일보".encode()])
    made = {
        way: owner.get(f"{API}/consultations/{own}/export/{way}") for way in ("json", "html", "zip")
    }

    plain = json.loads(made["json"].content)
    assert plain["turns"][0]["question"] == said
    assert plain["turns"][0]["at"]
    assert plain["turns"][0]["rating"] == 1
    assert {one["label"]: one["value"] for one in plain["profile"]}["상시근로자 수"] == 30
    assert [one["id"] for one in plain["saved_programs"]] == [program]
    assert plain["diagnoses"][0]["answers"][0]["item"] == "DAT1"
    assert plain["evidence"][0]["name"] == "일보.txt"
    assert plain["shares"][0]["recipient"] == "박상담"
    assert "인공지능" in plain["notice"]
    page = made["html"].text
    assert "인공지능" in page
    assert "&lt;b&gt;금속가공" in page
    assert "<b>금속가공" not in page
    with zipfile.ZipFile(io.BytesIO(made["zip"].content)) as folder:
        assert folder.namelist() == ["상담.json", "상담.html", "근거/01_DAT1_일보.txt"]
        assert folder.read("근거/01_DAT1_일보.txt").decode() == "작업일보"
    for one in made.values():
        assert own.encode() not in one.content
        assert one.headers["content-disposition"].startswith("attachment")
    assert office.audit.newest(limit=1)[0].action == "export"
    assert owner.get(f"{API}/consultations/nobody/export/json").status_code == 404
    assert owner.get(f"{API}/consultations/{own}/export/exe").status_code == 404
