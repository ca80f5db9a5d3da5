"""The page's own files as a browser gets them."""

from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from advisor.ui.document import OwnDocument
from advisor.ui.theme import create_files


def test_styles_and_scripts_go_out_small_and_are_kept() -> None:
    client = TestClient(create_files())

    for name in ("page.css", "page.js"):
        answer = client.get(f"/{name}", headers={"accept-encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < len(answer.content) / 2
        assert "immutable" in answer.headers["cache-control"]
    plain = client.get("/page.css", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_gradios_files_are_kept_too_but_no_page_and_no_failure() -> None:
    client = TestClient(OwnDocument(PlainTextResponse("")))
    failing = TestClient(OwnDocument(PlainTextResponse("", status_code=404)))

    assert "immutable" in client.get("/assets/index-DphvyggB.js").headers["cache-control"]
    assert "cache-control" not in client.get("/").headers
    assert "cache-control" not in failing.get("/assets/index-gone.js").headers
