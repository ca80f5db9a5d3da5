"""Whether addresses of the corpus still answer, and what is said where nothing can be known."""

from pathlib import Path

import pytest

from advisor.corpus.connectors.fetch import Fetcher
from advisor.corpus.connectors.links import (
    OfflineError,
    broken_by_record,
    check_link,
    check_links,
    cited_links,
)
from advisor.stores.database import Base, sqlite_engine
from advisor.stores.sync_state import SyncState
from tests.builders import a_corpus, a_faq, a_program
from tests.public_server import PublicServer, Reply, bomb


@pytest.mark.parametrize(
    ("replies", "state", "status"),
    [
        ([Reply(200)], "ok", 200),
        ([Reply(405), Reply(200)], "ok", 200),  # knows no HEAD
        ([Reply(404), Reply(404)], "gone", 404),
        ([Reply(410)], "gone", 410),
        ([Reply(301, b"", {"Location": "/new"}), Reply(200)], "moved", 200),
        ([Reply(302, b"", {"Location": "/new"}), Reply(200)], "ok", 200),
        ([Reply(302, b"", {"Location": "/"}), Reply(200)], "moved", 200),
        ([Reply(403), Reply(403)], "unreachable", 403),
        ([Reply(500), Reply(500)], "unreachable", 500),
        ([Reply(302, b"", {"Location": "http://10.0.0.1/"})], "unreachable", None),
    ],
)
def test_an_address_is_in_the_state_in_which_it_answers(
    public: PublicServer, fetcher: Fetcher, replies: list[Reply], state: str, status: int | None
) -> None:
    for path in ("/page", "/new", "/"):
        public.next_replies[path] = replies if path == "/page" else []
        public.files[path] = replies[-1]

    found = check_link(public.url("/page"), fetcher)

    assert (found.state, found.status) == (state, status)
    assert (found.target is not None) is (state == "moved")


def test_a_large_page_is_there_without_being_read(public: PublicServer, fetcher: Fetcher) -> None:
    public.next_replies["/page"] = [Reply(405)]
    public.files["/page"] = bomb(50)

    assert check_link(public.url("/page"), fetcher).state == "ok"


def test_without_a_network_nothing_is_said_of_any_address() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError("no name server")

    urls = [f"https://host{number}.example/a" for number in range(40)]

    with pytest.raises(OfflineError):
        list(check_links(urls, Fetcher(resolver=nobody)))


def test_a_bad_address_keeps_the_day_since_which_it_is_bad_and_names_its_records(
    public: PublicServer, fetcher: Fetcher, tmp_path: Path
) -> None:
    source = {"url": public.url("/a"), "title": "공고", "publisher": None, "date": None}
    corpus = a_corpus(programs=[a_program(sources=[source])], faqs=[a_faq(sources=[source])])
    (link,) = cited_links(corpus)
    engine = sqlite_engine(tmp_path / "state.sqlite")
    Base.metadata.create_all(engine)
    state = SyncState(engine)

    first = state.keep_link(check_link(link.url, fetcher))
    again = state.keep_link(check_link(link.url, fetcher))

    assert link.record_ids == ("sample-program-2026", "faq-sample")
    assert first.bad_since == again.bad_since == first.checked_at
    said = broken_by_record(corpus, state.links())
    assert set(said) == {"sample-program-2026", "faq-sample"}
    assert "없어짐" in said["faq-sample"][0][0]
    public.files["/a"] = Reply(200)
    assert state.keep_link(check_link(link.url, fetcher)).bad_since is None
    assert broken_by_record(corpus, state.links()) == {}
