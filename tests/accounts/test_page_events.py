"""Every event of the Gradio page asks the policy table, with the browser's own cookies."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from gradio.blocks import Blocks
from starlette.routing import Mount

from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.registry import EVENTS
from advisor.cli.web import create_app
from advisor.stores.consultations import ConsultationStore, profile_of
from tests.accounts.people import a_token
from tests.serving import served
from tests.ui.scripted_advisor import ScriptedAdvisor, ScriptedOpening

CANARY = "카나리아 9117"


class StoredAdvisor(ScriptedAdvisor):
    """Answers as the scripted one, but keeps consultations where the accounts look for them."""

    def __init__(self, store: ConsultationStore) -> None:
        super().__init__()
        self._kept = store  # type: ignore[assignment]  # the same protocol, in the database


def page_of(app: Any) -> Blocks:
    mounts = [one for one in app.routes if isinstance(one, Mount) and one.path == ""]
    blocks: Blocks = mounts[0].app.blocks  # type: ignore[attr-defined]  # Gradio's application
    return blocks


def events_of(page: Blocks) -> dict[str, int]:
    # A function without a back end only cancels others, in the browser.
    return {
        target[1]: number
        for number, fn in page.fns.items() if fn.fn is not None
        for target in fn.targets
    }  # fmt: skip


@pytest.fixture
def site(office: Accounts) -> Iterator[tuple[str, dict[str, int], StoredAdvisor]]:
    advisor = StoredAdvisor(ConsultationStore.open(office.settings))
    app = create_app(office.settings, ScriptedOpening(advisor), lambda: None, office)
    with served(app) as address:
        yield address, events_of(page_of(app)), advisor


def send(address: str, number: int, sent: dict[str, Any], *, token: str = "", session: str) -> str:
    """Send an event as the page's script does; return all that comes back."""
    headers = {"origin": address}
    if token:
        headers["cookie"] = f"{SESSION_COOKIE}={token}"
    with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
        body = {
            "data": [], "event_data": sent, "fn_index": number, "trigger_id": 1,
            "session_hash": session,
        }  # fmt: skip
        client.post("/gradio_api/queue/join", json=body).raise_for_status()
        back = []
        with client.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as stream:
            for line in stream.iter_lines():
                back.append(line)
                if line.startswith("data:") and json.loads(line[5:]).get("msg") in {
                    "process_completed", "close_stream",
                }:  # fmt: skip
                    break
    return json.dumps(
        [json.loads(one[5:]) for one in back if one.startswith("data:")], ensure_ascii=False
    )


def test_every_event_of_the_page_is_listed(
    site: tuple[str, dict[str, int], StoredAdvisor],
) -> None:
    assert set(site[1]) == set(EVENTS)


def test_no_event_shows_or_changes_what_another_holds(
    site: tuple[str, dict[str, int], StoredAdvisor], office: Accounts
) -> None:
    address, events, advisor = site
    kept = advisor._kept
    own = kept.create()
    kept.append_turn(
        own, question=CANARY, answer={"text": CANARY, "status": "answered"},
        profile=profile_of({}), state={},
    )  # fmt: skip
    link = send(address, events["open"], {"cid": own, "lang": "ko"}, session="before")
    assert CANARY in link  # its link opens it until somebody holds it
    office.sharing.claim(own, organisation_id="north")
    mine = a_token(office, "park", "consultant", organisation="north")
    tokens = {
        "anonymous": "",
        "south": a_token(office, "lee", "consultant", organisation="south"),
        "chief": a_token(office, "chief", "administrator"),
    }
    extra: dict[str, dict[str, Any]] = {
        "send": {"text": "이어서 물어봅니다"}, "save": {"field": "employees_regular", "value": ["30"]},
        "rate": {"turn": 0, "rating": 1}, "form": {"action": "open"},
        "answer": {"item": "x", "choice": "1"}, "grant": {"action": "create"},
    }  # fmt: skip

    for who, token in tokens.items():
        for name, number in events.items():
            sent = {"cid": own, "lang": "ko", **extra.get(name, {})}
            back = send(address, number, sent, token=token, session=f"{who}-{name}")
            assert CANARY not in back, (who, name)
    after = kept.load(own)
    assert after is not None
    assert [(one.question, one.rating) for one in after.turns] == [(CANARY, None)]
    assert after.profile.values() == {}
    assert office.sharing.of_consultation(own) == []

    seen = send(address, events["open"], {"cid": own, "lang": "ko"}, token=mine, session="mine")
    assert CANARY in seen


def test_sharing_from_the_page_makes_a_code_that_works(
    site: tuple[str, dict[str, int], StoredAdvisor], office: Accounts
) -> None:
    import re

    address, events, advisor = site
    own = advisor.new_consultation()

    back = send(
        address, events["grant"], {"cid": own, "lang": "ko", "action": "create"}, session="s"
    )
    code = re.search(r"<output>([A-Z0-9-]+)</output>", back)

    assert code is not None
    consultant = office.gate.who(token=a_token(office, "park", "consultant"))
    share = office.sharing.redeem(consultant, code[1], address="10.0.0.1")
    assert share.consultation_id == own
    assert [one.action for one in office.audit.newest(limit=5)].count("share") == 1
