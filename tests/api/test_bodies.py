"""What a body may be before anything reads it, and that no answer is kept by a cache on its way."""

import time
from collections.abc import MutableMapping
from typing import Any

import anyio
import pytest
from starlette.exceptions import HTTPException

from advisor.api import bodies
from tests.api.conftest import World

HALF = "\\ud800"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/match", f'{{"profile": {{"factory_sido": "{HALF}"}}}}'),
        ("/diagnose", f'{{"answers": [{{"item": "{HALF}", "status": "answered"}}]}}'),
        ("/ask", f'{{"text": "안녕하세요", "consultation_id": "{HALF}"}}'),
        ("/report", f'{{"format": "md", "answers": [{{"item": "STR-01", "note": "{HALF}"}}]}}'),
    ],
)
def test_half_a_letter_is_refused_in_words(world: World, path: str, body: str) -> None:
    headers = {"content-type": "application/json"}
    response = world.client.post(f"/api/v1{path}", content=body, headers=headers)

    assert response.status_code == 422
    assert response.json()["type"] == "urn:advisor:problem:bad-body"


def test_a_whole_letter_in_two_halves_is_a_letter(world: World) -> None:
    body = '{"query": "AI \\ud83c\\udfed 공장"}'
    headers = {"content-type": "application/json"}

    assert world.client.post("/api/v1/search", content=body, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        ("/api/v1/ask", False), ("/gradio_api/queue/join", False), ("/mcp", False),
        ("/api/v1/ask/documents", False), ("/api/v1/documents", True),
        ("/api/v1/consultations/x/evidence", True), ("/api/v1/clients/x/files", True),
    ],
)  # fmt: skip
def test_only_a_file_may_be_larger_than_two_megabytes(path: str, is_taken: bool) -> None:
    assert read(path, [b"x" * 1024**2] * 3) is is_taken


def test_a_body_that_stops_coming_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LONGEST_PAUSE_S", 0.05)
    began = time.monotonic()

    with pytest.raises(HTTPException) as refused:
        read("/api/v1/documents", [b"x"], is_whole=False)
    assert refused.value.status_code == 408
    assert time.monotonic() - began < 20


def read(path: str, pieces: list[bytes], *, is_whole: bool = True) -> bool:
    """Read a body as a route does; False where it is too large."""
    left = list(pieces)

    async def receive() -> MutableMapping[str, Any]:
        if not left:
            await anyio.sleep_forever()
        piece = left.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(left) or not is_whole}

    async def look() -> None:
        given = bodies.limited({"type": "http", "method": "POST", "path": path}, receive)
        while (await given()).get("more_body"):
            pass

    try:
        anyio.run(look)
    except HTTPException as error:
        if error.status_code == 413:
            return False
        raise
    return True


def test_no_cache_keeps_an_answer_of_the_api(world: World) -> None:
    for path in ("/me", "/records/autonomous-factory-2026", "/consultations/none", "/accounts"):
        assert world.send("GET", path).headers["cache-control"] == "no-store", path
