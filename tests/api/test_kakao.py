"""KakaoTalk's skill: its published request in, its published limits out, within its five seconds.

The request is the one of Kakao's guide "응답 타입별 JSON 포맷", SkillPayload, its callbackUrl that of
"AI 챗봇 콜백 개발 가이드" (https://i.kakao.com/docs/skill-response-format,
https://i.kakao.com/docs/skill-callback-dev-guide).
"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from advisor.api.app import create_api
from advisor.api.kakao import FORGET, SLOW
from advisor.api.kakao_view import GO_ON, SHOW, as_json, shown
from tests.api.conftest import SECRET, World

VOUCHER = "AI 바우처는 얼마까지 지원하나요?"
CALLBACK = "https://bot-api.kakao.com/v1/bots/5a54/callback/one-time"


def payload(text: str, user: str = "620678", **more: Any) -> dict[str, Any]:
    return {
        "intent": {"id": "5a56ec0008cc1461d75291f6", "name": "폴백 블록"},
        "userRequest": {
            "timezone": "Asia/Seoul", "params": {"ignoreMe": "true"},
            "block": {"id": "5a56ec0008cc1461d75291f6", "name": "폴백 블록"},
            "utterance": text, "lang": "kr",
            "user": {
                "id": user, "type": "botUserKey",
                "properties": {"plusfriendUserKey": "BlGTEYoiNoSh", "botUserKey": user},
            },
            **more,
        },
        "contexts": [],
        "bot": {"id": "5a548e36aea1a43fa851ecd9", "name": "길잡이"},
        "action": {
            "name": "길잡이 스킬", "clientExtra": None, "params": {}, "detailParams": {},
            "id": "5a56ebaa211ee046633e958d",
        },
    }  # fmt: skip


def sent(world: World, body: dict[str, Any], secret: str = SECRET) -> Any:
    return world.client.post("/api/v1/kakao/skill", json=body, headers={"x-advisor-secret": secret})


def check_limits(body: dict[str, Any]) -> None:
    """Hold an answer against the published limits, in words of this test."""
    assert body["version"] == "2.0"
    template = body["template"]
    assert 1 <= len(template["outputs"]) <= 3
    for output in template["outputs"]:
        ((kind, card),) = output.items()
        buttons = card.get("buttons", [])
        if kind == "simpleText":
            assert 1 <= len(card["text"]) <= 1000
        elif kind == "listCard":
            assert 1 <= len(card["header"]["title"]) <= 50
            assert 1 <= len(card["items"]) <= 5
            assert all(1 <= len(one["title"]) <= 50 for one in card["items"])
            assert len(buttons) <= 2
        else:
            assert kind == "textCard"
            assert len(card["title"]) <= 50
            assert len(card["title"]) + len(card["description"]) <= 400
            assert len(buttons) <= 3
        for button in buttons:
            assert 1 <= len(button["label"]) <= 14
            assert (button["action"], button["webLinkUrl"][:8]) == ("webLink", "https://")
    for reply in template.get("quickReplies", []):
        assert 1 <= len(reply["label"]) <= 14
        assert reply["action"] == "message"
        assert 1 <= len(reply["messageText"]) <= 1000
    assert len(template.get("quickReplies", [])) <= 10


def test_a_message_is_answered_with_its_sources_and_the_way_to_the_page(world: World) -> None:
    body = sent(world, payload(VOUCHER)).json()

    check_limits(body)
    text, sources = body["template"]["outputs"][:2]
    assert "AI가 자료를 찾아" in text["simpleText"]["text"]
    assert "2억" in text["simpleText"]["text"]
    assert "**" not in text["simpleText"]["text"]
    assert sources["listCard"]["items"][0]["title"].startswith("[1] ")
    (button,) = sources["listCard"]["buttons"]
    own = button["webLinkUrl"].removeprefix("https://advisor.example.kr/#talk=")
    assert world.advisor.consultation(own) is not None


def test_a_person_goes_on_where_they_were_and_is_kept_as_no_id(world: World) -> None:
    first = sent(world, payload("안산에서 직원 30명 금속가공 공장입니다", "user-canary-7")).json()
    second = sent(world, payload("직원이 몇 명이라고 했죠?", "user-canary-7")).json()
    with world.office.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT channel, user_index FROM channel_users").all()

    assert "AI가 자료를 찾아" in first["template"]["outputs"][0]["simpleText"]["text"]
    assert "AI가 자료를 찾아" not in second["template"]["outputs"][0]["simpleText"]["text"]
    who = world.office.audit.vault.index("kakao", "user-canary-7")
    own = world.office.channels.consultation("kakao", who)
    assert own is not None
    kept = world.advisor.consultation(own)
    assert kept is not None
    assert len(kept.turns) == 2
    assert kept.profile.values()["employees_regular"] == 30
    assert not any("canary" in str(row) for row in rows)

    sent(world, payload(FORGET, "user-canary-7"))
    assert world.advisor.consultation(own) is None


@pytest.mark.parametrize("text", ["", " \n", "가" * 300_000, "🏭" * 5_000])
def test_whatever_is_written_is_answered_with_a_balloon(world: World, text: str) -> None:
    response = sent(world, payload(text, "odd"))

    assert response.status_code == 200
    check_limits(response.json())


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_without_the_secret_nothing_is_answered(world: World, secret: str) -> None:
    response = sent(world, payload(VOUCHER), secret)

    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"


class _Slow:
    """The real Advisor whose answers wait until they are let go."""

    def __init__(self, world: World) -> None:
        self.world, self.go = world, threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.world.advisor, name)

    def ask(self, *args: Any, **more: Any) -> Any:
        assert self.go.wait(20)
        return self.world.advisor.ask(*args, **more)


@pytest.fixture
def slow(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[_Slow, World]]:
    """A door whose Advisor takes its time, and which waits for it a moment only."""
    made = _Slow(world)
    monkeypatch.setattr(world.office.settings, "kakao_wait_s", 0.2)
    with TestClient(create_api(lambda: made, world.office)) as client:  # type: ignore[arg-type,return-value]
        yield made, replace(world, client=client)


def test_a_late_answer_goes_to_the_callback_once(
    slow: tuple[_Slow, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    advisor, world = slow
    called, came = [], threading.Event()

    async def call_back(url: str, response: dict[str, Any]) -> None:
        called.append((url, response))
        came.set()

    monkeypatch.setattr("advisor.api.kakao.call_back", call_back)
    body = sent(world, payload(VOUCHER, "late", callbackUrl=CALLBACK)).json()
    advisor.go.set()

    assert body["version"] == "2.0"
    assert body["useCallback"] is True
    assert "template" not in body
    assert came.wait(20)
    ((url, response),) = called
    assert url == CALLBACK
    check_limits(response)
    assert "2억" in response["template"]["outputs"][0]["simpleText"]["text"]


@pytest.mark.parametrize("callback", [None, "http://169.254.169.254/kakao.com"])
def test_without_a_callback_of_kakaos_a_late_answer_waits_to_be_asked_for(
    slow: tuple[_Slow, World], callback: str | None
) -> None:
    advisor, world = slow
    user = f"waits-{callback}"
    more = {"callbackUrl": callback} if callback else {}
    body = sent(world, payload(VOUCHER, user, **more)).json()
    advisor.go.set()

    check_limits(body)
    assert SLOW in body["template"]["outputs"][0]["simpleText"]["text"]
    assert [one["messageText"] for one in body["template"]["quickReplies"]] == [SHOW]
    for _ in range(100):
        late = sent(world, payload(SHOW, user)).json()
        if "2억" in late["template"]["outputs"][0]["simpleText"]["text"]:
            return
    pytest.fail("the answer was not kept")


_WORDS = st.text(min_size=0, max_size=3000)


@given(
    text=_WORDS, title=_WORDS, url=st.sampled_from([None, "https://a.kr/b", "javascript:1"]),
    follow_ups=st.lists(_WORDS, max_size=12), count=st.integers(0, 9), page=st.booleans(),
)  # fmt: skip
def test_whatever_an_answer_holds_it_keeps_the_limits(
    text: str, title: str, url: str | None, follow_ups: list[str], count: int, page: bool
) -> None:
    citations = [
        {"label": str(n), "record_id": f"r{n}", "title": title, "url": url, "publisher": title}
        for n in range(count)
    ]
    answer = {"text": text, "citations": citations, "follow_ups": follow_ups}

    check_limits(as_json(shown(answer, page="https://a.kr/#talk=x" if page else "")))


def test_a_long_answer_is_cut_at_a_sentence_and_says_where_the_rest_is() -> None:
    answer = {"text": "가나다라마바사. " * 200, "citations": [], "follow_ups": []}
    outputs = as_json(shown(answer, page="https://a.kr/#talk=x"))["template"]["outputs"]

    assert outputs[0]["simpleText"]["text"].rpartition("\n\n… ")[0].endswith("사.")
    assert outputs[1]["textCard"]["buttons"][0]["label"] == GO_ON
