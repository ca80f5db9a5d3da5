"""Connectors on the test server, and a session over one, for tests of what comes of notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from advisor.config import Settings
from advisor.corpus.connectors.bizinfo import Bizinfo
from advisor.corpus.connectors.catalog import Catalog, Columns
from advisor.corpus.connectors.configured import Configured, ConfiguredSource
from advisor.corpus.connectors.fetch import Fetcher, Pace
from advisor.corpus.connectors.kstartup import KStartup
from advisor.corpus.connectors.mss import MssNotices
from advisor.corpus.connectors.reading import Ask, Connector, Service, SourcePage
from advisor.corpus.connectors.regions import Regions
from advisor.corpus.connectors.report import Report
from advisor.corpus.connectors.session import Session
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.passages import Kind
from tests.public_server import KEY, PATHS, PublicServer

TODAY = date(2026, 11, 25)
REGIONS = Regions.of(load_vocabulary(Settings().corpus))


def connector(public: PublicServer, name: str, *, rows: int = 100, key: str = KEY) -> Connector:
    """A connector of one service: "own", "datago", "mss" or "kstartup"."""
    secret = ("crtfcKey" if name == "own" else "serviceKey", key)
    service = Service(public.url(PATHS[name]), Pace(name, 0), rows, secret)
    if name == "mss":
        return MssNotices("mss", service, REGIONS)
    if name == "kstartup":
        return KStartup("kstartup", service, REGIONS)
    return Bizinfo("bizinfo", service, "own" if name == "own" else "data.go.kr", REGIONS)


def page(public: PublicServer, name: str, fetcher: Fetcher, **options: Any) -> SourcePage:
    """Read the first page of a service."""
    return connector(public, name, **options).read_page(fetcher, Ask(1))


@dataclass
class Syncing:
    """Runs over one source of the test server, in one home."""

    public: PublicServer
    fetcher: Fetcher
    settings: Settings
    links: Mapping[str, str] = field(default_factory=dict)
    today: date = TODAY
    daily_calls: int | None = None

    def run(
        self, name: str = "own", *, writes: bool = True, since: date | None = None, rows: int = 100
    ) -> Report:
        found = connector(self.public, name, rows=rows)
        return self.over(found, writes=writes, since=since)

    def over(self, found: Connector, *, writes: bool = True, since: date | None = None) -> Report:
        source = ConfiguredSource(found.name, found.name, found, daily_calls=self.daily_calls)
        session = Session(
            self.settings, Configured({found.name: source}, self.links), today=self.today,
            writes=writes, fetcher=self.fetcher,
        )  # fmt: skip
        try:
            return session.pull(source, since=since)
        finally:
            session.close()


def counts(report: Report) -> dict[str, int]:
    """Return what is not zero of a report's counts of items."""
    names = ("added", "changed", "closed", "unchanged", "past", "missing", "failed")
    return {name: report.counts[name] for name in names if report.counts.get(name)}


def uploads(home: Path) -> list[Path]:
    return sorted((home / "uploads").glob("*")) if (home / "uploads").exists() else []


def a_catalog(public: PublicServer) -> Catalog:
    columns = Columns(
        ("사업자번호",), "기업명", {"regions": "소재지", "summary": "주요 제품", "contact": "대표 전화"},
        {"기술분야": "기술분야"},
    )  # fmt: skip
    return Catalog("pool", Kind.EXPERT, columns, REGIONS, Pace("pool", 0), url=public.url("/pool"))


POOL = (
    "공급기업 목록(2026년 10월 기준),,,,,,\r\n"
    "번호,사업자번호,기업명,대표자,소재지,주요 제품,대표 전화,기술분야\r\n"
    '1,123-45-67890,(주)뷁비전,홍길동,경기도 안산시,"비전 검사, 조명",031-400-1000,머신비전\r\n'
    "2,,이름만,김철수,서울,MES,02-1-1,MES\r\n"
)
