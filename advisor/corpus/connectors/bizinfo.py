"""기업마당: the same notices through its own door or that of data.go.kr."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin

from advisor.corpus.connectors import datago
from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Fetched, Fetcher
from advisor.corpus.connectors.given import html_text, without_persons
from advisor.corpus.connectors.notice import Attachment, Notice
from advisor.corpus.connectors.periods import read_period
from advisor.corpus.connectors.reading import (
    Ask,
    Row,
    Service,
    SourcePage,
    count_of,
    read_rows,
    rows_of,
)
from advisor.corpus.connectors.regions import Regions

OWN_URL = "https://www.bizinfo.go.kr/uss/rss/bizinfoApi.do"
DATAGO_URL = "https://apis.data.go.kr/1421000/bizinfo/pblancBsnsService"
SITE = "https://www.bizinfo.go.kr/"
# Every row has these, empty or not.
_REQUIRED = ("pblancId", "pblancNm", "reqstBeginEndDe")
# Older rows join several by "@".
_MARK = "@"


@dataclass(frozen=True)
class Bizinfo:
    """Reads 기업마당; `door` says whose service `service` is."""

    name: str
    service: Service
    door: Literal["own", "data.go.kr"]
    regions: Regions
    is_paged: bool = True
    is_whole: bool = True

    def read_page(self, fetcher: Fetcher, ask: Ask) -> SourcePage:
        """Read one page; there is no filter by day, so `since` is the caller's."""
        if self.door == "own":
            params = {
                "dataType": "json", "searchCnt": str(self.service.rows),
                "pageUnit": str(self.service.rows), "pageIndex": str(ask.page),
            }  # fmt: skip
            return fetcher.fetch(self.service.call(params, ask), self._own_page)
        params = {
            "dataType": "json", "pageNo": str(ask.page), "numOfRows": str(self.service.rows),
        }  # fmt: skip
        call = self.service.call(params, ask, explain=datago.fault_in)
        return fetcher.fetch(call, self._datago_page)

    def look_up(self, fetcher: Fetcher, key: str, ask: Ask) -> Notice | None:
        """The service has no way to ask for one notice."""
        return None

    def _own_page(self, fetched: Fetched) -> SourcePage:
        root = datago.json_of(fetched)
        if not isinstance(root, Mapping):
            raise SourceError(Fault.UNREADABLE, "root is no object")
        if "reqErr" in root:
            # Its text is not passed on: it may repeat what was sent.
            raise SourceError(Fault.KEY_UNKNOWN, "reqErr")
        if "jsonArray" not in root:
            raise SourceError(Fault.CHANGED, "no jsonArray", note="칸 이름: jsonArray")
        rows = rows_of(root["jsonArray"])
        total = count_of(rows[0].get("totCnt")) if rows else None
        return self._page(rows, total)

    def _datago_page(self, fetched: Fetched) -> SourcePage:
        root = datago.json_of(fetched)
        response = root.get("response") if isinstance(root, Mapping) else None
        body = response.get("body") if isinstance(response, Mapping) else None
        if not isinstance(body, Mapping):
            if datago.is_no_data(fetched.body):
                return SourcePage()
            raise SourceError(Fault.UNREADABLE, "no response body")
        items = body.get("items")
        # One row, no row and many rows have three shapes.
        rows = rows_of(items["item"] if isinstance(items, Mapping) and "item" in items else items)
        return self._page([row for row in rows if row], count_of(body.get("totalCount")))

    def _page(self, rows: list[Row], total: int | None) -> SourcePage:
        return read_rows(
            rows, required=_REQUIRED, key="pblancId", make=self._notice, total=total
        )  # fmt: skip

    def _notice(self, row: Row) -> Notice | None:
        key, title = row.get("pblancId"), html_text(row.get("pblancNm"))
        if key is None or title is None:
            return None
        tags = row.words("hashtags", ",")
        period = read_period(row.get("reqstBeginEndDe"))
        target = ", ".join(row.words("trgetNm", _MARK)) or None
        how = " ".join(
            filter(None, [html_text(row.get("reqstMthPapersCn")), row.get("rceptEngnHmpgUrl")])
        )
        evidence = {
            "title": ("pblancNm", title),
            "period": ("reqstBeginEndDe", period.words),
            "agency": ("jrsdInsttNm", row.get("jrsdInsttNm") or ""),
            "operator": ("excInsttNm", row.get("excInsttNm") or ""),
            "target": ("trgetNm", target or ""),
            "regions": ("hashtags", ", ".join(tags)),
            "summary": ("bsnsSumryCn", without_persons(html_text(row.get("bsnsSumryCn"))) or ""),
            "how_to_apply": ("reqstMthPapersCn", without_persons(how) or ""),
            "contact": ("refrncNm", without_persons(html_text(row.get("refrncNm"))) or ""),
        }
        return Notice(
            source=self.name, key=key, title=title, period=period,
            url=_address(row.get("pblancUrl")), agency=row.get("jrsdInsttNm"),
            operator=row.get("excInsttNm"), summary=evidence["summary"][1] or None,
            fields=row.words("pldirSportRealmLclasCodeNm", _MARK), regions=self.regions.among(tags),
            target=target, how_to_apply=evidence["how_to_apply"][1] or None,
            contact=evidence["contact"][1] or None, attachments=_attachments(row),
            created=row.get("creatPnttm"), updated=row.get("updtPnttm"),
            evidence=evidence,
        )  # fmt: skip


def _attachments(row: Row) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    for urls, names, is_notice in (
        ("printFlpthNm", "printFileNm", True),
        ("flpthNm", "fileNm", False),
    ):
        # Counted by place: an empty part keeps the names in step.
        named = (row.get(names) or "").split(_MARK)
        for place, part in enumerate((row.get(urls) or "").split(_MARK)):
            url = _address(part.strip() or None)
            if url is not None and url not in found:
                name = named[place].strip() if place < len(named) else ""
                found[url] = Attachment(name or f"첨부 {len(found) + 1}", url, is_notice)
    return tuple(found.values())


def _address(value: str | None) -> str | None:
    return urljoin(SITE, value) if value else None
