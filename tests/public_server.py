"""A server on loopback that speaks as the public sources do, and fails as they fail.

Run by hand it serves until Ctrl+C: `python -m tests.public_server 9500`.
"""

import gzip
import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

KEY = "a+b/c1234=="
BIZINFO, DATAGO_BIZINFO = "/uss/rss/bizinfoApi.do", "/1421000/bizinfo/pblancBsnsService"
MSS, KSTARTUP = "/1421000/mssBizService_v2/getbizList_v2", "/B552735/announcement"
PATHS = {"own": BIZINFO, "datago": DATAGO_BIZINFO, "mss": MSS, "kstartup": KSTARTUP}


@dataclass(frozen=True)
class Reply:
    """One prepared answer."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    drip_s: float = 0.0
    cut_at: int | None = None


def fault(code: int, name: str = "FAULT", status: int = 200) -> Reply:
    """The XML fault of data.go.kr, which comes under HTTP 200 whatever was asked for."""
    body = (
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
        f"<returnAuthMsg>{name}</returnAuthMsg><returnReasonCode>{code:02d}</returnReasonCode>"
        "</cmmMsgHeader></OpenAPI_ServiceResponse>"
    )
    return Reply(status, body.encode(), {"Content-Type": "text/xml;charset=UTF-8"})


@dataclass
class PublicServer:
    """The running server.

    Attributes:
        items: Rows by service ("bizinfo", "mss", "kstartup"), as the service would send them.
        files: Answers by path: attachments, feeds, lists, pages.
        next_replies: Answers that come before the regular ones, by path, each once.
        asked: Every request as (path, raw query), in order; `times` when each came.
        total_said: What the services claim as total; None is the truth.
    """

    base_url: str
    items: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"bizinfo": [], "mss": [], "kstartup": []}
    )
    files: dict[str, Reply | Callable[[Mapping[str, str]], Reply]] = field(default_factory=dict)
    next_replies: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    total_said: int | None = None
    pages_per_call: int | None = None
    kstartup_form: str = "json"
    ignores_pages: bool = False

    def url(self, path: str) -> str:
        return self.base_url + path

    def calls(self, path: str) -> int:
        return sum(one == path for one, _ in self.asked)

    def answer(self, path: str, query: Mapping[str, list[str]]) -> Reply:
        """Answer as the service at the path does."""
        makers = {
            BIZINFO: self._bizinfo, DATAGO_BIZINFO: self._datago, MSS: self._mss,
            KSTARTUP: self._kstartup,
        }  # fmt: skip
        make = makers.get(path)
        return make(query) if make else Reply(404, b"not here")

    def _rows(self, service: str, query: Mapping[str, list[str]], page: str, rows: str) -> Any:
        number, size = int(query[page][0]), int(query[rows][0])
        size = min(size, self.pages_per_call or size)
        every = self.items[service]
        start = 0 if self.ignores_pages else (number - 1) * size
        return every[start : start + size], self._total(len(every))

    def _total(self, count: int) -> int:
        return count if self.total_said is None else self.total_said

    def _bizinfo(self, query: Mapping[str, list[str]]) -> Reply:
        if query.get("crtfcKey") != [KEY]:
            return _json({"reqErr": "인증키가 올바르지 않습니다."})
        rows, total = self._rows("bizinfo", query, "pageIndex", "pageUnit")
        sent = [{**row, "totCnt": total} for row in rows]
        # One row is an object, not a list of one.
        return _json({"jsonArray": sent[0] if len(sent) == 1 else sent})

    def _datago(self, query: Mapping[str, list[str]]) -> Reply:
        if query.get("serviceKey") != [KEY]:
            return fault(30, "SERVICE_KEY_IS_NOT_REGISTERED_ERROR")
        rows, total = self._rows("bizinfo", query, "pageNo", "numOfRows")
        items: Any = {"item": rows[0] if len(rows) == 1 else rows} if rows else ""
        body = {"items": items, "totalCount": total, "pageNo": query["pageNo"][0]}
        header = {"resultCode": "00", "resultMsg": "NORMAL SERVICE."}
        return _json({"response": {"header": header, "body": body}})

    def _mss(self, query: Mapping[str, list[str]]) -> Reply:
        if query.get("serviceKey") != [KEY]:
            return fault(30, "SERVICE_KEY_IS_NOT_REGISTERED_ERROR")
        rows, total = self._rows("mss", query, "pageNo", "numOfRows")
        inner = "".join(f"<item>{_xml_fields(row)}</item>" for row in rows)
        # It claims EUC-KR now and then, and is UTF-8 all the same.
        return Reply(
            200,
            (
                '<?xml version="1.0" encoding="EUC-KR"?><response><header><resultCode>00</resultCode>'
                f"</header><body><items>{inner}</items><totalCount>{total}</totalCount></body></response>"
            ).encode(),
            {"Content-Type": "text/xml;charset=EUC-KR"},
        )

    def _kstartup(self, query: Mapping[str, list[str]]) -> Reply:
        if query.get("serviceKey") != [KEY]:
            return Reply(401, b"Unauthorized")
        rows = self.items["kstartup"]
        if "cond[rcrt_prgs_yn::EQ]" in query:
            rows = [one for one in rows if one.get("rcrt_prgs_yn", "Y") == "Y"]
        if "cond[pbanc_sn::EQ]" in query:
            rows = [one for one in rows if str(one["pbanc_sn"]) == query["cond[pbanc_sn::EQ]"][0]]
        number, size = int(query["page"][0]), int(query["perPage"][0])
        sent = rows[(number - 1) * size : number * size]
        counts = {"currentCount": len(sent), "matchCount": len(rows), "totalCount": 25_000}
        if self.kstartup_form == "xml":
            items = "".join(
                "<item>"
                + "".join(
                    f'<col name="{name}">{escape(str(value))}</col>'
                    for name, value in one.items()
                    if value is not None
                )
                + "</item>"
                for one in sent
            )
            numbers = "".join(f"<{name}>{value}</{name}>" for name, value in counts.items())
            return Reply(200, f"<results>{numbers}<data>{items}</data></results>".encode(), {"Content-Type": "application/xml"})  # fmt: skip
        data: Any = {"data": sent} if self.kstartup_form == "nested" else sent
        return _json({**counts, "page": number, "perPage": size, "data": data})


@contextmanager
def running_public_server(port: int = 0) -> Iterator[PublicServer]:
    """Serve on a loopback port until the block ends."""
    http = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
    http.daemon_threads = True
    state = PublicServer(f"http://127.0.0.1:{http.server_port}")
    http.state = state  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def _reply(self, *, with_body: bool) -> None:
        state: PublicServer = self.server.state  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        state.asked.append((parts.path, parts.query))
        state.times.append(time.monotonic())
        sent = {name.lower(): value for name, value in self.headers.items()}
        state.headers.append(sent)
        if state.next_replies[parts.path]:
            reply = state.next_replies[parts.path].pop(0)
        elif parts.path in state.files:
            found = state.files[parts.path]
            reply = found(sent) if callable(found) else found
        else:
            reply = state.answer(parts.path, parse_qs(parts.query, keep_blank_values=True))
        time.sleep(reply.delay_s)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if with_body and reply.status != 304:
            self._write(reply)

    def _write(self, reply: Reply) -> None:
        try:
            if reply.drip_s:
                for byte in reply.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(reply.drip_s)
            else:
                self.wfile.write(reply.body[: reply.cut_at])
        except OSError:
            pass  # the other side has had enough


def bomb(megabytes: int) -> Reply:
    """A small answer that unpacks to a large one."""
    packed = gzip.compress(b"\0" * (megabytes * 1024**2))
    return Reply(200, packed, {"Content-Encoding": "gzip", "Content-Type": "application/json"})


def a_bizinfo_row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A row of 기업마당 as it is sent, odd forms and all."""
    return {
        "pblancId": f"PBLN_{number:015d}",
        "pblancNm": f"2026년 스마트제조 지원사업 {number}차 공고",
        "pblancUrl": f"https://www.bizinfo.go.kr/web/lay1/bbs/view.do?pblancId=PBLN_{number:015d}",
        "jrsdInsttNm": "중소벤처기업부",
        "excInsttNm": "스마트제조혁신추진단",
        "bsnsSumryCn": "<p>☞ 기업당 최대 5천만원 &amp; 컨설팅</p><p>문의: 홍길동 주무관 010-1234-5678</p>",
        "reqstBeginEndDe": "2026-11-02 ~ 2026-12-18",
        "trgetNm": "중소기업@소상공인",
        "pldirSportRealmLclasCodeNm": "기술",
        "hashtags": "기술,경기,충북,2026,중소벤처기업부",
        "reqstMthPapersCn": "온라인 접수",
        "rceptEngnHmpgUrl": "https://www.smart-factory.kr",
        "refrncNm": "스마트제조혁신추진단 042-123-4567",
        "printFlpthNm": None,
        "printFileNm": None,
        "flpthNm": "",
        "fileNm": "",
        "creatPnttm": "2026-11-02 09:00:00",
        "updtPnttm": "2026-11-02 09:00:00",
        "inqireCo": 100 + number,
        **changes,
    }


def an_mss_row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """An item of the ministry, its personal fields as they come."""
    return {
        "itemId": str(1_000_000 + number),
        "title": f"제조AI 특화 지원 {number}차 공고",
        "dataContents": "<p>제조 중소기업을 지원합니다.</p>",
        "applicationStartDate": "2026-11-01",
        "applicationEndDate": "2026-12-11",
        "viewUrl": f"https://www.mss.go.kr/site/smba/ex/bbs/View.do?cbIdx=310&bcIdx={1_000_000 + number}",
        "writerName": "김담당",
        "writerPosition": "사무관",
        "writerPhone": "044-204-7777",
        "writerEmail": "kim@korea.kr",
        **changes,
    }


def a_kstartup_row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A row of K-Startup."""
    return {
        "pbanc_sn": 170_000 + number,
        "biz_pbanc_nm": f"제조 창업기업 사업화 {number}기 모집",
        "pbanc_ctnt": "시제품 제작을 돕습니다.",
        "pbanc_ntrp_nm": "창업진흥원",
        "sprv_inst": "중소벤처기업부",
        "supt_biz_clsfc": "사업화",
        "supt_regin": "전국",
        "aply_trgt": "일반기업",
        "aply_trgt_ctnt": "창업 7년 이내 제조기업",
        "biz_enyy": "1년미만,3년미만,7년미만",
        "pbanc_rcpt_bgng_dt": "20261101",
        "pbanc_rcpt_end_dt": "20261130",
        "rcrt_prgs_yn": "Y",
        "detl_pg_url": f"www.k-startup.go.kr/web/contents/bizpbanc-ongoing.do?pbancSn={170_000 + number}",
        "aply_mthd_onli_rcpt_istc": "K-Startup 누리집",
        "prch_cnpl_no": "1357",
        **changes,
    }


def _json(value: Any) -> Reply:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Reply(200, body, {"Content-Type": "application/json;charset=UTF-8"})


def _xml_fields(row: Mapping[str, Any]) -> str:
    parts = []
    for name, value in row.items():
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                parts.append(f"<{name}>{escape(str(one))}</{name}>")
    return "".join(parts)


if __name__ == "__main__":
    with running_public_server(int(sys.argv[1]) if len(sys.argv) > 1 else 9500) as running:
        running.items["bizinfo"] = [a_bizinfo_row(number) for number in range(1, 8)]
        running.items["mss"] = [an_mss_row(number) for number in range(1, 4)]
        running.items["kstartup"] = [a_kstartup_row(number) for number in range(1, 5)]
        sys.stdout.write(f"{running.base_url} key={KEY}\n")
        sys.stdout.flush()
        threading.Event().wait()
