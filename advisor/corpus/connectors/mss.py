"""중소벤처기업부 사업공고 of data.go.kr: XML only; its personal fields are never read."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from advisor.corpus.connectors import datago
from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Fetched, Fetcher
from advisor.corpus.connectors.given import html_text, without_persons
from advisor.corpus.connectors.notice import Attachment, Notice
from advisor.corpus.connectors.periods import read_period
from advisor.corpus.connectors.reading import Ask, Row, Service, SourcePage, count_of, read_rows
from advisor.corpus.connectors.regions import Regions

URL = "https://apis.data.go.kr/1421000/mssBizService_v2/getbizList_v2"
AGENCY = "중소벤처기업부"
# What is read of an item; writerName, writerPosition, writerPhone and writerEmail are persons.
_READ = frozenset({
    "itemId", "title", "dataContents", "viewUrl", "applicationStartDate", "applicationEndDate",
    "fileName", "fileUrl",
})  # fmt: skip


@dataclass(frozen=True)
class MssNotices:
    """Reads the notices of the ministry, newest first as the service sorts them."""

    name: str
    service: Service
    regions: Regions
    is_paged: bool = True
    # The listing goes back for years and holds closed ones too.
    is_whole: bool = False

    def read_page(self, fetcher: Fetcher, ask: Ask) -> SourcePage:
        """Read one page; `since` is the day of registration."""
        params = {"pageNo": str(ask.page), "numOfRows": str(self.service.rows)}
        if ask.since is not None:
            params["startDate"] = ask.since.isoformat()
        return fetcher.fetch(
            self.service.call(params, ask, explain=datago.fault_in), self._page
        )  # fmt: skip

    def look_up(self, fetcher: Fetcher, key: str, ask: Ask) -> Notice | None:
        """The service has no way to ask for one notice."""
        return None

    def _page(self, fetched: Fetched) -> SourcePage:
        root = datago.xml_of(fetched)
        body = root.find(".//body")
        if body is None:
            if datago.is_no_data(fetched.body):
                return SourcePage()
            raise SourceError(Fault.UNREADABLE, f"no body in {root.tag[:40]}")
        rows = [Row(_fields(item)) for item in body.iter("item")]
        total = count_of(body.findtext("totalCount"))
        return read_rows(
            rows, required=("itemId", "title", "viewUrl"), key="itemId", make=self._notice,
            total=total,
        )  # fmt: skip

    def _notice(self, row: Row) -> Notice | None:
        key, title = row.get("itemId"), html_text(row.get("title"))
        if key is None or title is None:
            return None
        opens, closes = row.get("applicationStartDate"), row.get("applicationEndDate")
        period = read_period(f"{opens or ''} ~ {closes or ''}" if opens or closes else None)
        summary = without_persons(html_text(row.get("dataContents")))
        names = row.all_of("fileName")
        files = tuple(
            Attachment(names[at] if at < len(names) else f"첨부 {at + 1}", url)
            for at, url in enumerate(row.all_of("fileUrl"))
        )
        return Notice(
            source=self.name, key=key, title=title, period=period, url=row.get("viewUrl"),
            agency=AGENCY, summary=summary, attachments=files,
            evidence={
                "title": ("title", title),
                "period": ("applicationStartDate, applicationEndDate", period.words),
                "summary": ("dataContents", summary or ""),
            },
        )  # fmt: skip


def _fields(item: Element) -> Mapping[str, object]:
    found: dict[str, list[str | None]] = {}
    for child in item:
        if child.tag in _READ:
            found.setdefault(child.tag, []).append(child.text)
    # A name and its address may be sent several times, all else once.
    several = {"fileName", "fileUrl"}
    return {name: values if name in several else values[0] for name, values in found.items()}
