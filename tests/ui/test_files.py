"""The page's own files as a browser gets them."""

from starlette.testclient import TestClient

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
