"""K-Startup 사업공고 of data.go.kr: JSON in two shapes, or XML whose columns are attributes."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.corpus.connectors import datago
from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Fetched, Fetcher
from advisor.corpus.connectors.given import html_text, without_persons
from advisor.corpus.connectors.notice import Notice, Period
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

URL = "https://apis.data.go.kr/B552735/kisedKstartupService01/getAnnouncementInformation01"
_KEY = "pbanc_sn"
_REQUIRED = (_KEY, "biz_pbanc_nm", "pbanc_rcpt_end_dt", "rcrt_prgs_yn")
_WAYS = {
    "aply_mthd_onli_rcpt_istc": "온라인",
    "aply_mthd_vst_rcpt_istc": "방문",
    "aply_mthd_pssr_rcpt_istc": "우편",
    "aply_mthd_eml_rcpt_istc": "전자우편",
    "aply_mthd_fax_rcpt_istc": "팩스",
    "aply_mthd_etc_istc": "기타",
}
_DETAILS = {
    "intg_pbanc_biz_nm": "통합공고 사업명",
    "biz_enyy": "업력",
    "biz_trgt_age": "대상 연령",
    "aply_excl_trgt_ctnt": "신청 제외 대상",
    "biz_gdnc_url": "사업 안내",
    "biz_aply_url": "신청 주소",
}


@dataclass(frozen=True)
class KStartup:
    """Reads the announcements that are recruiting; the rest of 25,000 rows is history."""

    name: str
    service: Service
    regions: Regions
    is_paged: bool = True
    is_whole: bool = True

    def read_page(self, fetcher: Fetcher, ask: Ask) -> SourcePage:
        """Read one page; there is no filter by day of change, so `since` is the caller's."""
        return self._read(fetcher, {"cond[rcrt_prgs_yn::EQ]": "Y"}, ask)

    def look_up(self, fetcher: Fetcher, key: str, ask: Ask) -> Notice | None:
        """Read one announcement whatever its state; an answer about others is none."""
        page = self._read(fetcher, {f"cond[{_KEY}::EQ]": key}, ask)
        return next((one for one in page.notices if one.key == key), None)

    def _read(self, fetcher: Fetcher, condition: Mapping[str, str], ask: Ask) -> SourcePage:
        params = {
            "page": str(ask.page), "perPage": str(self.service.rows), "returnType": "json",
            **condition,
        }  # fmt: skip
        call = self.service.call(params, ask, explain=datago.fault_in)
        return fetcher.fetch(call, self._page)

    def _page(self, fetched: Fetched) -> SourcePage:
        if datago.is_xml(fetched.body):
            rows, total = _xml_rows(fetched)
        else:
            root = datago.json_of(fetched)
            if not isinstance(root, Mapping) or "data" not in root:
                raise SourceError(Fault.CHANGED, "no data", note="칸 이름: data")
            data = root["data"]
            if isinstance(data, Mapping) and "data" in data:
                data = data["data"]
            rows = rows_of(data)
            matched = count_of(root.get("matchCount"))
            total = matched if matched is not None else count_of(root.get("totalCount"))
        return read_rows(rows, required=_REQUIRED, key=_KEY, make=self._notice, total=total)

    def _notice(self, row: Row) -> Notice | None:
        key, title = row.get(_KEY), html_text(row.get("biz_pbanc_nm"))
        if key is None or title is None:
            return None
        period = _period(row.get("pbanc_rcpt_bgng_dt"), row.get("pbanc_rcpt_end_dt"))
        target = html_text(row.get("aply_trgt_ctnt")) or row.get("aply_trgt")
        summary = without_persons(html_text(row.get("pbanc_ctnt")))
        ways = {label: without_persons(html_text(row.get(name))) for name, label in _WAYS.items()}
        how = "; ".join(f"{label}: {said}" for label, said in ways.items() if said) or None
        details = {
            label: said
            for name, label in _DETAILS.items()
            if (said := without_persons(html_text(row.get(name)))) is not None
        }
        recruiting = {"Y": True, "N": False}.get((row.get("rcrt_prgs_yn") or "").upper())
        region = row.get("supt_regin")
        return Notice(
            source=self.name, key=key, title=title, period=period,
            url=_with_scheme(row.get("detl_pg_url")), agency=row.get("sprv_inst"),
            operator=row.get("pbanc_ntrp_nm"), summary=summary,
            fields=row.words("supt_biz_clsfc", ","),
            regions=self.regions.among((region or "").replace(",", " ").split()),
            target=target, how_to_apply=how, contact=without_persons(row.get("prch_cnpl_no")),
            details=details, is_recruiting=recruiting,
            evidence={
                "title": ("biz_pbanc_nm", title),
                "period": ("pbanc_rcpt_bgng_dt, pbanc_rcpt_end_dt", period.words),
                "agency": ("sprv_inst", row.get("sprv_inst") or ""),
                "operator": ("pbanc_ntrp_nm", row.get("pbanc_ntrp_nm") or ""),
                "target": ("aply_trgt_ctnt", target or ""),
                "regions": ("supt_regin", region or ""),
                "summary": ("pbanc_ctnt", summary or ""),
                "how_to_apply": ("aply_mthd_*", how or ""),
                "contact": ("prch_cnpl_no", without_persons(row.get("prch_cnpl_no")) or ""),
                "recruiting": ("rcrt_prgs_yn", row.get("rcrt_prgs_yn") or ""),
            },
        )  # fmt: skip


def _xml_rows(fetched: Fetched) -> tuple[list[Row], int | None]:
    root = datago.xml_of(fetched)
    if datago.is_no_data(fetched.body):
        return [], None
    rows = [
        Row({str(col.get("name")): col.text for col in item.iter("col")})
        for item in root.iter("item")
    ]
    if not rows and root.find(".//data") is None and root.find(".//totalCount") is None:
        raise SourceError(Fault.UNREADABLE, f"no data in {root.tag[:40]}")
    return rows, count_of(root.findtext(".//matchCount") or root.findtext(".//totalCount"))


def _period(opens: str | None, closes: str | None) -> Period:
    if opens is None and closes is None:
        return read_period(None)
    return read_period(f"{opens or ''} ~ {closes or ''}")


def _with_scheme(url: str | None) -> str | None:
    return url if url is None or "://" in url else f"https://{url.lstrip('/')}"
