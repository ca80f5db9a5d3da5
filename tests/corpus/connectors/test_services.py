"""What each service sends, in its forms and with its faults, and what is read of it."""

import dataclasses
import json
from typing import Any

import pytest

from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.feed import Feed
from advisor.corpus.connectors.fetch import Fetcher, Pace
from advisor.corpus.connectors.notice import Attachment
from advisor.corpus.connectors.reading import Ask
from advisor.domain.passages import Kind
from tests.corpus.connectors.given import POOL, REGIONS, a_catalog, connector, page
from tests.public_server import (
    DATAGO_BIZINFO,
    KSTARTUP,
    MSS,
    PATHS,
    PublicServer,
    Reply,
    a_bizinfo_row,
    a_kstartup_row,
    an_mss_row,
    fault,
)


@pytest.mark.parametrize("door", ["own", "datago"])
@pytest.mark.parametrize("rows", [0, 1, 3])
def test_both_doors_give_the_same_notices_be_there_none_one_or_many(
    public: PublicServer, fetcher: Fetcher, door: str, rows: int
) -> None:
    public.items["bizinfo"] = [a_bizinfo_row(number) for number in range(1, rows + 1)]

    found = page(public, door, fetcher)

    assert [one.key for one in found.notices] == [f"PBLN_{n:015d}" for n in range(1, rows + 1)]
    assert found.rows == rows


def test_a_row_of_bizinfo_is_read_and_cleaned(public: PublicServer, fetcher: Fetcher) -> None:
    public.items["bizinfo"] = [
        a_bizinfo_row(
            printFlpthNm="/files/n.hwpx", printFileNm="공고문.hwpx",
            flpthNm="https://files.example/a.pdf@@/files/c.zip", fileNm="신청서.pdf@@붙임.zip",
        )
    ]  # fmt: skip

    (one,) = page(public, "own", fetcher).notices

    assert one.source_key == "bizinfo:PBLN_000000000000001"
    assert (one.agency, one.operator) == ("중소벤처기업부", "스마트제조혁신추진단")
    assert (str(one.period.opens_on), str(one.period.closes_on)) == ("2026-11-02", "2026-12-18")
    assert one.regions == ("경기", "충북")
    assert one.target == "중소기업, 소상공인"
    assert one.summary == "☞ 기업당 최대 5천만원 & 컨설팅\n문의: 주무관"
    assert one.contact == "스마트제조혁신추진단 042-123-4567"
    assert one.attachments == (
        Attachment("공고문.hwpx", "https://www.bizinfo.go.kr/files/n.hwpx", is_notice=True),
        Attachment("신청서.pdf", "https://files.example/a.pdf"),
        Attachment("붙임.zip", "https://www.bizinfo.go.kr/files/c.zip"),
    )
    assert one.evidence["period"] == ("reqstBeginEndDe", "2026-11-02 ~ 2026-12-18")


def test_the_names_of_all_regions_mean_the_whole_country() -> None:
    every = list(dict.fromkeys(REGIONS.names.values()))

    assert len(every) == 17
    assert REGIONS.among(["기술", *every]) == ()
    assert REGIONS.among(["서울특별시", "강원특별자치도", "2026"]) == ("서울", "강원")


def test_views_do_not_change_a_notice_and_its_stamp_does(
    public: PublicServer, fetcher: Fetcher
) -> None:
    def digest(**changes: Any) -> str:
        public.items["bizinfo"] = [a_bizinfo_row(**changes)]
        return page(public, "own", fetcher).notices[0].digest

    first = digest()

    assert digest(inqireCo=99_999, newField="x") == first
    assert digest(updtPnttm="2026-11-24 10:00:00") != first


def test_no_person_of_the_ministry_is_read(public: PublicServer, fetcher: Fetcher) -> None:
    public.items["mss"] = [an_mss_row(dataContents="<p>담당자: 김담당 010-9999-8888</p>")]

    (one,) = page(public, "mss", fetcher).notices

    whole = json.dumps(dataclasses.asdict(one), ensure_ascii=False, default=str)
    for person in ("김담당", "사무관", "044-204-7777", "kim@korea.kr", "010-9999-8888"):
        assert person not in whole
    assert one.agency == "중소벤처기업부"


def test_xml_is_read_whatever_encoding_it_claims(public: PublicServer, fetcher: Fetcher) -> None:
    """The server says EUC-KR and sends UTF-8; others send CP949 letters that EUC-KR lacks."""
    public.items["mss"] = [an_mss_row()]
    assert page(public, "mss", fetcher).notices[0].title == "제조AI 특화 지원 1차 공고"
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><response><body><items><item><itemId>1</itemId>'
        "<title>뷁쀍 공고</title><viewUrl>https://x.kr/1</viewUrl></item></items></body></response>"
    )
    public.next_replies[MSS] = [Reply(200, text.encode("cp949"))]

    assert page(public, "mss", fetcher).notices[0].title == "뷁쀍 공고"


def test_files_that_are_sent_several_times_are_all_kept(
    public: PublicServer, fetcher: Fetcher
) -> None:
    public.items["mss"] = [
        an_mss_row(
            fileName=["공고문.hwpx", "양식.hwp"], fileUrl=["https://x.kr/1", "https://x.kr/2"]
        )
    ]

    (one,) = page(public, "mss", fetcher).notices

    assert [file.name for file in one.attachments] == ["공고문.hwpx", "양식.hwp"]


@pytest.mark.parametrize("form", ["json", "nested", "xml"])
def test_the_three_forms_of_k_startup_say_the_same(
    public: PublicServer, fetcher: Fetcher, form: str
) -> None:
    public.kstartup_form = form
    public.items["kstartup"] = [a_kstartup_row(1), a_kstartup_row(2, rcrt_prgs_yn="N")]

    found = page(public, "kstartup", fetcher)

    (one,) = found.notices
    assert (one.key, one.is_recruiting, str(one.period.closes_on)) == ("170001", True, "2026-11-30")
    assert one.url == (
        "https://www.k-startup.go.kr/web/contents/bizpbanc-ongoing.do?pbancSn=170001"
    )
    assert one.how_to_apply == "온라인: K-Startup 누리집"
    assert one.details["업력"] == "1년미만,3년미만,7년미만"
    assert found.total == 1


@pytest.mark.parametrize(
    ("code", "expected", "tries"),
    [(1, Fault.APPLICATION, 4), (4, Fault.SERVER, 4), (5, Fault.TIMEOUT, 4),
     (20, Fault.NO_ACCESS, 1), (22, Fault.DAILY_LIMIT, 1), (23, Fault.TOO_FAST, 4),
     (30, Fault.KEY_UNKNOWN, 1), (31, Fault.KEY_EXPIRED, 1), (32, Fault.KEY_ADDRESS, 1)],
)  # fmt: skip
@pytest.mark.parametrize("name", ["datago", "mss", "kstartup"])
def test_a_fault_under_http_200_is_a_fault(
    public: PublicServer, fetcher: Fetcher, name: str, code: int, expected: Fault, tries: int
) -> None:
    path = PATHS[name]
    public.files[path] = fault(code)

    with pytest.raises(SourceError) as caught:
        page(public, name, fetcher)

    assert caught.value.fault is expected
    assert public.calls(path) == tries


@pytest.mark.parametrize(("code", "expected"), [(22, Fault.DAILY_LIMIT), (23, Fault.TOO_FAST)])
def test_a_429_means_what_its_code_says(
    public: PublicServer, fetcher: Fetcher, code: int, expected: Fault
) -> None:
    public.files[MSS] = fault(code, status=429)

    with pytest.raises(SourceError) as caught:
        page(public, "mss", fetcher)

    assert caught.value.fault is expected


def test_a_burst_that_is_answered_401_passes(public: PublicServer, fetcher: Fetcher) -> None:
    public.items["bizinfo"] = [a_bizinfo_row()]
    public.next_replies[DATAGO_BIZINFO] = [Reply(401, b"Unauthorized")] * 2

    assert len(page(public, "datago", fetcher).notices) == 1


@pytest.mark.parametrize("name", ["own", "datago", "mss", "kstartup"])
def test_a_wrong_key_is_said_to_be_one(public: PublicServer, fetcher: Fetcher, name: str) -> None:
    with pytest.raises(SourceError) as caught:
        page(public, name, fetcher, key="wrong")

    assert caught.value.fault in {Fault.KEY_UNKNOWN, Fault.REFUSED}
    assert caught.value.exit_code == 2
    assert "키" in str(caught.value.user_message)


@pytest.mark.parametrize("name", ["own", "datago", "mss", "kstartup"])
def test_half_an_answer_is_asked_for_again(
    public: PublicServer, fetcher: Fetcher, name: str
) -> None:
    service = {"own": "bizinfo", "datago": "bizinfo"}.get(name, name)
    maker = {"bizinfo": a_bizinfo_row, "mss": an_mss_row, "kstartup": a_kstartup_row}[service]
    public.items[service] = [maker(1), maker(2)]
    whole = b'{"jsonArray": [{"pblancId": "PBLN_1", "pbl'
    public.next_replies[PATHS[name]] = [
        Reply(200, whole if name != "mss" else b"<response><body><items><item><itemId>1"),
        Reply(200, b"<html>maintenance</html>"), Reply(500),
    ]  # fmt: skip

    assert len(page(public, name, fetcher).notices) == 2
    assert public.calls(PATHS[name]) == 4


def test_a_row_without_its_date_field_is_told_and_the_others_are_read(
    public: PublicServer, fetcher: Fetcher
) -> None:
    odd = a_bizinfo_row(2)
    del odd["reqstBeginEndDe"]
    public.items["bizinfo"] = [a_bizinfo_row(1), odd, a_bizinfo_row(3)]

    found = page(public, "own", fetcher)

    assert len(found.notices) == 2
    (bad,) = found.bad
    assert bad.key == "PBLN_000000000000002"
    assert "reqstBeginEndDe" in bad.reason


def test_a_service_that_renamed_a_field_changes_nothing(
    public: PublicServer, fetcher: Fetcher
) -> None:
    rows = [a_bizinfo_row(number) for number in range(1, 5)]
    public.items["bizinfo"] = [
        {
            ("reqstPeriod" if name == "reqstBeginEndDe" else name): value
            for name, value in row.items()
        }
        for row in rows
    ]

    with pytest.raises(SourceError) as caught:
        page(public, "own", fetcher)

    assert caught.value.fault is Fault.CHANGED
    assert "reqstBeginEndDe" in caught.value.user_message.text


def test_a_look_up_that_is_answered_with_others_finds_nothing(
    public: PublicServer, fetcher: Fetcher
) -> None:
    public.items["kstartup"] = [a_kstartup_row(1, rcrt_prgs_yn="N")]
    found = connector(public, "kstartup")

    known = found.look_up(fetcher, "170001", Ask(1))
    others = Reply(200, json.dumps({"data": [a_kstartup_row(9)], "totalCount": 1}).encode())
    public.next_replies[KSTARTUP] = [others]

    assert known is not None
    assert known.is_recruiting is False
    assert found.look_up(fetcher, "170001", Ask(1)) is None


RSS = """<?xml version="1.0" encoding="euc-kr"?><rss version="2.0"><channel><title>경기TP</title>
<item><title>R&amp;D 장비 지원</title><link>/notice/1</link><guid>n1</guid>
<description>&lt;p&gt;접수기간: 2026.11.10 ~ 2026.12.04&lt;/p&gt;</description>
<pubDate>Tue, 10 Nov 2026 09:00:00 +0900</pubDate></item>
<item><title>AT&T 데이터 & 실증</title><link>https://tp.example/2</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>부처</title><entry><title>공고 하나</title>
<id>tag:1</id><link href="https://m.example/1"/><updated>2026-11-12T01:00:00Z</updated></entry></feed>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_feed_is_read_with_its_slips_and_its_wrong_encoding(
    public: PublicServer, fetcher: Fetcher, encoding: str
) -> None:
    public.files["/rss"] = Reply(200, RSS.encode(encoding), {"ETag": '"1"'})

    found = Feed("tp", public.url("/rss"), Pace("tp", 0)).read_page(fetcher, Ask(1))

    first, second = found.notices
    assert (first.title, first.agency, first.key) == ("R&D 장비 지원", "경기TP", "n1")
    assert first.url == public.url("/notice/1")
    assert str(first.period.closes_on) == "2026-12-04"
    assert second.title == "AT&T 데이터 & 실증"
    assert second.period.kind == "not_given"
    assert found.validators == ('"1"', "")


def test_atom_is_a_feed_too_and_half_a_feed_is_none(public: PublicServer, fetcher: Fetcher) -> None:
    feed = Feed("m", public.url("/atom"), Pace("m", 0))
    public.files["/atom"] = Reply(200, ATOM.encode())
    assert [one.key for one in feed.read_page(fetcher, Ask(1)).notices] == ["tag:1"]

    public.files["/atom"] = Reply(200, ATOM.encode()[:200])
    with pytest.raises(SourceError) as caught:
        feed.read_page(fetcher, Ask(1))
    assert caught.value.fault is Fault.UNREADABLE


def test_a_feed_with_entities_of_its_own_is_refused(public: PublicServer, fetcher: Fetcher) -> None:
    lol = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + RSS
    public.files["/rss"] = Reply(200, lol.encode())
    public.files[MSS] = Reply(
        200, b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
    )

    for read in (
        lambda: Feed("tp", public.url("/rss"), Pace("tp", 0)).read_page(fetcher, Ask(1)),
        lambda: page(public, "mss", fetcher),
    ):
        with pytest.raises(SourceError) as caught:
            read()
        assert caught.value.fault is Fault.UNREADABLE


def test_a_list_in_cp949_is_read_by_its_column_map(public: PublicServer, fetcher: Fetcher) -> None:
    public.files["/pool"] = Reply(
        200, POOL.encode("cp949"), {"Content-Type": "text/csv;charset=utf-8"}
    )

    found = a_catalog(public).read_page(fetcher, Ask(1))

    (one,) = found.notices
    assert (one.kind, one.title, one.regions) == (Kind.EXPERT, "(주)뷁비전", ("경기",))
    assert one.summary == "비전 검사, 조명"
    assert one.details == {"기술분야": "머신비전"}
    assert len(found.bad) == 1
    # A person and a business number stand in a column nobody mapped, and in the key.
    whole = json.dumps(dataclasses.asdict(one), ensure_ascii=False, default=str)
    assert "홍길동" not in whole
    assert "123-45" not in whole


def test_a_list_whose_columns_changed_is_not_read(public: PublicServer, fetcher: Fetcher) -> None:
    public.files["/pool"] = Reply(200, POOL.replace("기업명", "업체명").encode())

    with pytest.raises(SourceError) as caught:
        a_catalog(public).read_page(fetcher, Ask(1))

    assert caught.value.fault is Fault.CHANGED
    assert "기업명" in caught.value.user_message.text
