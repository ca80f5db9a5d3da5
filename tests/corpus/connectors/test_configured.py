"""Which sources there are, by keys and sources.yaml."""

from pathlib import Path

import pytest

from advisor.config import Settings
from advisor.corpus.connectors.bizinfo import DATAGO_URL, OWN_URL, Bizinfo
from advisor.corpus.connectors.catalog import Catalog
from advisor.corpus.connectors.configured import Configured, configured_sources
from advisor.errors import BadInputError
from tests.corpus.connectors.given import REGIONS


def configured(home: Path, text: str = "", **keys: str) -> Configured:
    (home / "sources.yaml").write_text(text, encoding="utf-8")
    return configured_sources(Settings(home=home, **keys), REGIONS)  # type: ignore[arg-type]


def test_without_keys_every_public_service_says_which_key_it_lacks(tmp_path: Path) -> None:
    found = configured(tmp_path).sources

    assert list(found) == ["bizinfo", "mss", "kstartup"]
    assert all(one.connector is None and "키" in one.lacks for one in found.values())


def test_the_door_to_bizinfo_is_the_one_there_is_a_key_for(tmp_path: Path) -> None:
    own = configured(tmp_path, bizinfo_key="k").sources["bizinfo"].connector
    other = configured(tmp_path, data_go_kr_key="k").sources["bizinfo"].connector

    assert isinstance(own, Bizinfo)
    assert isinstance(other, Bizinfo)
    assert (own.door, own.service.url, own.service.secret) == ("own", OWN_URL, ("crtfcKey", "k"))
    assert (other.door, other.service.url) == ("data.go.kr", DATAGO_URL)
    assert other.service.pace.interval_s >= 1.5


def test_feeds_and_lists_are_added_by_the_file(tmp_path: Path) -> None:
    text = """
sources:
  gtp-news: {connector: feed, url: "https://tp.example/rss", agency: 경기테크노파크, regions: [경기]}
  pool:
    connector: catalog
    path: pool.csv
    kind: expert
    columns: {key: 사업자번호, title: 기업명, regions: 소재지, details: {기술: 기술분야}}
links: {"bizinfo:PBLN_1": sample-program-2026}
"""
    found = configured(tmp_path, text)

    pool = found.sources["pool"].connector
    assert isinstance(pool, Catalog)
    assert pool.path == tmp_path / "pool.csv"
    assert pool.columns.names == {"사업자번호", "기업명", "소재지", "기술분야"}
    assert found.links == {"bizinfo:PBLN_1": "sample-program-2026"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bizinfo: {colour: red}", "모르는 칸"),
        ("sources: {Bad Name: {connector: feed, url: x}}", "영문 소문자"),
        ("sources: {a: {connector: mail, url: x}}", "feed"),
        ("sources: {a: {connector: catalog, columns: {key: a, title: b}}}", "url과 path"),
        (
            "sources: {a: {connector: catalog, url: u, columns: {key: a, title: 대표자}}}",
            "개인정보",
        ),
        (
            "sources: {a: {connector: catalog, url: u, columns: {key: a, title: b, size: c}}}",
            "size",
        ),
        ("sources: [", "YAML"),
    ],
)
def test_a_wrong_file_is_told_where_it_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInputError) as caught:
        configured(tmp_path, text)

    assert told in caught.value.user_message.text
