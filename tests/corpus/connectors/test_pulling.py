"""What comes of notices over several runs: drafts, followed records, closures, losses."""

import datetime as dt
import fcntl
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from advisor.config import Settings
from advisor.corpus.connectors.attached import MOST_TRIES
from advisor.corpus.connectors.bizinfo import Bizinfo
from advisor.corpus.connectors.faults import Fault
from advisor.corpus.connectors.fetch import Fetcher
from advisor.corpus.connectors.reading import Ask, SourcePage
from advisor.corpus.load import as_plain
from advisor.corpus.notices.record import record_data
from advisor.domain.drafts import DraftState
from advisor.domain.records import SupportProgram
from advisor.errors import BadInputError
from advisor.stores.database import migrate, open_database
from advisor.stores.drafts import Drafts
from advisor.stores.jobs import JobStore
from advisor.stores.published import PublishedRecords
from advisor.stores.sync_state import SyncState
from tests.builders import a_program
from tests.corpus.connectors.given import (
    POOL,
    TODAY,
    Syncing,
    a_catalog,
    connector,
    counts,
    uploads,
)
from tests.public_server import (
    BIZINFO,
    KSTARTUP,
    PublicServer,
    Reply,
    a_bizinfo_row,
    a_kstartup_row,
    an_mss_row,
    fault,
)

KEY_1 = "bizinfo:PBLN_000000000000001"


@pytest.fixture
def syncing(public: PublicServer, fetcher: Fetcher, tmp_path: Path, database: str) -> Syncing:
    """A home of its own; the shipped words without the shipped records, which take a second."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "vocabulary").symlink_to(Settings().corpus / "vocabulary")
    return Syncing(
        public, fetcher, Settings(home=tmp_path / "home", corpus=corpus, database_url=database)
    )


def drafts(syncing: Syncing) -> Drafts:
    return Drafts(open_database(syncing.settings))


def published(syncing: Syncing) -> PublishedRecords:
    return PublishedRecords(open_database(syncing.settings))


def a_record(record_id: str, **changes: Any) -> SupportProgram:
    """A record that states no figure, so that any source bears it."""
    nothing = {
        "max_amount_krw": None,
        "amount_basis": None,
        "amount_year": None,
        "subsidy_rate": None,
    }
    return a_program(id=record_id, support=nothing, **changes)


def publish(syncing: Syncing, **changes: Any) -> str:
    program = a_record(
        "sample-followed-2026",
        window={"opens_on": "2026-11-02", "closes_on": "2026-12-18"},
        **changes,
    )
    published(syncing).publish("program", as_plain(program), "담당자")
    return program.id


def window_of(syncing: Syncing, record_id: str) -> dict[str, object]:
    return dict(published(syncing).history(record_id)[0].data["window"])


def test_a_new_notice_becomes_a_draft_with_the_words_of_its_source(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row()]

    report = syncing.run()

    (draft,) = drafts(syncing).list()
    fields = {one.name: (one.value, one.quote, one.found_by) for one in draft.fields}
    assert counts(report) == {"added": 1}
    assert draft.source.key == KEY_1
    assert fields["window.closes_on"] == ("2026-12-18", "2026-11-02 ~ 2026-12-18", "source")
    assert fields["agency"] == ("중소벤처기업부", "중소벤처기업부", "source")
    assert fields["sido"][0] == ["경기", "충북"]
    assert fields["eligibility.company_size"][0] == ["중소기업", "소상공인"]
    assert published(syncing).current() == ()


def test_what_has_not_changed_is_left_alone(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(1), a_bizinfo_row(2)]
    syncing.run()
    syncing.public.items["bizinfo"][0]["inqireCo"] = 5_000

    assert counts(syncing.run()) == {"unchanged": 2}
    assert len(drafts(syncing).list()) == 2


def test_a_dry_run_tells_the_difference_and_writes_nothing(syncing: Syncing) -> None:
    record_id = publish(syncing)
    syncing.links = {KEY_1: record_id}
    syncing.public.items["bizinfo"] = [
        a_bizinfo_row(1, reqstBeginEndDe="모집완료", printFlpthNm=syncing.public.url("/n.txt"), printFileNm="n.txt"),
        a_bizinfo_row(2),
    ]  # fmt: skip

    report = syncing.run(writes=False)

    assert counts(report) == {"added": 1, "closed": 1}
    (closed,) = [one for one in report.items if one.outcome == "closed"]
    assert closed.filed.window is not None
    assert closed.filed.window[1].closed_early_on == TODAY
    assert drafts(syncing).list() == ()
    assert len(published(syncing).history(record_id)) == 1
    assert SyncState(open_database(syncing.settings)).last_runs() == {}
    assert syncing.public.calls("/n.txt") == 0
    assert uploads(syncing.settings.home) == []


def test_a_closed_notice_closes_the_record_that_follows_it_signed_by_the_source(
    syncing: Syncing,
) -> None:
    record_id = publish(syncing)
    syncing.links = {KEY_1: record_id}
    syncing.public.items["bizinfo"] = [a_bizinfo_row()]
    syncing.run()
    syncing.public.items["bizinfo"] = [
        a_bizinfo_row(reqstBeginEndDe="모집완료", updtPnttm="2026-11-25 08:00:00")
    ]

    report = syncing.run()

    newest, first = published(syncing).history(record_id)
    assert counts(report) == {"closed": 1}
    assert (newest.version, newest.signed_by) == (2, "sync:bizinfo")
    assert newest.data["window"] == {
        **first.data["window"], "closed_early_on": "2026-11-25", "status_said": "closed",
    }  # fmt: skip
    changed = {name for name, value in newest.data.items() if first.data[name] != value}
    assert changed == {"window", "sources"}
    assert newest.data["sources"][-1]["supports"] == "접수기간"


def test_any_other_change_of_a_followed_notice_waits_for_a_person(syncing: Syncing) -> None:
    record_id = publish(syncing)
    syncing.links = {KEY_1: record_id}
    syncing.public.items["bizinfo"] = [a_bizinfo_row()]
    syncing.run()
    syncing.public.items["bizinfo"] = [
        a_bizinfo_row(excInsttNm="한국생산성본부", reqstBeginEndDe="2026-11-02 ~ 2026-12-31")
    ]
    syncing.run()
    syncing.public.items["bizinfo"][0]["reqstMthPapersCn"] = "방문 접수"

    syncing.run()

    newest = published(syncing).history(record_id)[0]
    assert newest.data["window"]["extended_to"] == "2026-12-31"
    assert newest.data["operator"] is None
    (draft,) = drafts(syncing).list(DraftState.OPEN)
    assert draft.changes == record_id
    # The second change does not push the first out of the draft.
    values = {one.name: one.value for one in draft.fields}
    assert values["operator"] == "한국생산성본부"
    assert str(values["how_to_apply"]).startswith("방문 접수")


def test_a_record_follows_the_notice_whose_page_it_cites(syncing: Syncing) -> None:
    page = a_bizinfo_row()["pblancUrl"].replace("https://www.", "http://")
    source = {"url": page, "title": "공고", "publisher": "기업마당", "date": "2026-11-02"}
    record_id = publish(syncing, sources=[source])
    syncing.public.items["bizinfo"] = [a_bizinfo_row(reqstBeginEndDe="2026-11-02 ~ 2026-12-04")]

    syncing.run()

    assert window_of(syncing, record_id)["closes_on"] == "2026-12-04"
    assert drafts(syncing).list() == ()


def test_the_notice_of_another_year_or_of_several_records_moves_none(syncing: Syncing) -> None:
    source = {"url": a_bizinfo_row()["pblancUrl"], "title": "공고", "publisher": None, "date": None}
    record_id = publish(syncing, sources=[source], year=2025)
    syncing.public.items["bizinfo"] = [a_bizinfo_row(reqstBeginEndDe="2026-11-02 ~ 2026-12-04")]

    syncing.run()

    (draft,) = drafts(syncing).list()
    assert len(published(syncing).history(record_id)) == 1
    assert any("2025년판" in one for one in draft.remarks)
    other = a_record("sample-second-2026", sources=[source])
    published(syncing).publish("program", as_plain(other), "담당자")
    syncing.public.items["bizinfo"][0]["reqstBeginEndDe"] = "2026-11-02 ~ 2026-12-05"
    syncing.run()
    newest = drafts(syncing).list(DraftState.OPEN)[0]
    assert any("여럿" in one for one in newest.remarks)
    assert len(published(syncing).history("sample-second-2026")) == 1


def test_a_draft_that_was_published_is_followed_from_then_on(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row()]
    syncing.run()
    waiting = drafts(syncing).list()[0]
    program = a_record("sample-new-2026", window={"opens_on": "2026-11-02", "closes_on": "2026-12-18"})  # fmt: skip
    drafts(syncing).publish(waiting.id, as_plain(program), "담당자")
    syncing.public.items["bizinfo"] = [a_bizinfo_row(reqstBeginEndDe="2026-11-02 ~ 2026-12-24")]

    syncing.run()

    assert window_of(syncing, "sample-new-2026")["extended_to"] == "2026-12-24"
    assert drafts(syncing).list(DraftState.OPEN) == ()


def test_what_a_person_set_otherwise_when_publishing_stays_until_the_notice_changes(
    syncing: Syncing,
) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row()]
    syncing.run()
    program = a_record(
        "sample-new-2026", window={"opens_on": "2026-11-02", "closes_on": "2026-12-11"}
    )
    drafts(syncing).publish(drafts(syncing).list()[0].id, as_plain(program), "담당자")

    syncing.run()
    assert window_of(syncing, "sample-new-2026")["closes_on"] == "2026-12-11"

    syncing.public.items["bizinfo"][0]["reqstBeginEndDe"] = "2026-11-02 ~ 2026-12-04"
    syncing.run()
    assert window_of(syncing, "sample-new-2026")["closes_on"] == "2026-12-04"


def test_a_notice_with_the_name_of_a_record_is_proposed_as_its_change(syncing: Syncing) -> None:
    record_id = publish(syncing, name="스마트제조 지원사업")
    syncing.public.items["bizinfo"] = [a_bizinfo_row(pblancNm="2026년 스마트제조 지원사업")]

    syncing.run()

    (draft,) = drafts(syncing).list()
    assert draft.changes == record_id
    assert record_id in draft.remarks[0]


def test_a_link_to_a_record_that_does_not_answer_is_told(syncing: Syncing) -> None:
    syncing.links = {KEY_1: "no-such-record"}
    syncing.public.items["bizinfo"] = [a_bizinfo_row()]

    (item,) = syncing.run().items

    assert "no-such-record" in item.note
    assert drafts(syncing).list() == ()


def test_what_was_over_before_anybody_met_it_is_no_draft(syncing: Syncing) -> None:
    syncing.public.items["mss"] = [
        an_mss_row(1), an_mss_row(2, applicationStartDate="2026-06-01", applicationEndDate="2026-06-30"),
    ]  # fmt: skip

    assert counts(syncing.run("mss")) == {"added": 1, "past": 1}
    assert len(drafts(syncing).list()) == 1
    # Extended into the future it is news after all.
    syncing.public.items["mss"][1]["applicationEndDate"] = "2026-12-30"
    assert counts(syncing.run("mss")) == {"unchanged": 1, "changed": 1}
    assert len(drafts(syncing).list()) == 2


def test_an_item_that_comes_twice_counts_once(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(1), a_bizinfo_row(2), a_bizinfo_row(1)]

    assert counts(syncing.run(rows=2)) == {"added": 2}


@pytest.mark.parametrize("said", [1, 5, 500])
def test_all_rows_come_whatever_total_is_claimed(syncing: Syncing, said: int) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(number) for number in range(1, 6)]
    syncing.public.total_said = said
    # The service gives two rows a page although a hundred were asked for.
    syncing.public.pages_per_call = 2

    report = syncing.run()

    assert counts(report) == {"added": 5}
    # Where more is claimed than came, nothing is taken for gone.
    assert report.is_complete is (said <= 5)


def test_a_service_that_gives_the_same_page_for_ever_ends(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(1), a_bizinfo_row(2)]
    syncing.public.ignores_pages = True

    assert counts(syncing.run(rows=2)) == {"added": 2}
    assert syncing.public.calls(BIZINFO) == 2


def test_a_run_that_was_killed_goes_on_where_it_stopped(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(number) for number in range(1, 10)]

    class KilledError(BaseException):
        """As a kill: nothing of the run is tidied up."""

    found = connector(syncing.public, "own", rows=2)
    assert isinstance(found, Bizinfo)

    class Stopping(Bizinfo):
        def read_page(self, fetcher: Fetcher, ask: Ask) -> SourcePage:
            if ask.page == 4:
                raise KilledError
            return super().read_page(fetcher, ask)

    with pytest.raises(KilledError):
        syncing.over(Stopping(found.name, found.service, found.door, found.regions))
    assert len(drafts(syncing).list()) == 6
    asked = len(syncing.public.asked)

    report = syncing.run(rows=2)

    assert report.resumed_at == 4
    assert "pageIndex=4" in syncing.public.asked[asked][1]
    assert len(drafts(syncing).list()) == 9
    assert counts(report) == {"added": 9}
    # Rows may have moved up meanwhile: what was not met is not taken for gone.
    assert not report.is_complete
    assert counts(syncing.run(rows=2)) == {"unchanged": 9}


def test_one_bad_page_loses_no_other(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(number) for number in range(1, 7)]
    known = list(syncing.public.items["bizinfo"])
    syncing.run(rows=2)
    syncing.public.items["bizinfo"] = [{**one, "excInsttNm": "새 기관"} for one in known]
    pages = [Reply(200, b'{"jsonArray": [{"pbl')] * 4
    # The first page passes, all four tries of the second are cut.
    first = syncing.public.answer(
        BIZINFO, {"crtfcKey": ["a+b/c1234=="], "pageIndex": ["1"], "pageUnit": ["2"]}
    )
    syncing.public.next_replies[BIZINFO] = [first, *pages]

    report = syncing.run(rows=2)

    assert counts(report) == {"changed": 4, "failed": 1}
    assert report.troubles[0].what == "page"
    assert not report.is_complete
    # It is said, and the next run goes on at the page that was lost.
    assert report.fault is not None
    again = syncing.run(rows=2)
    assert again.resumed_at == 2
    assert counts(again) == {"changed": 4, "unchanged": 2}
    assert {
        one.data["operator"]
        for one in SyncState(open_database(syncing.settings))
        .known("bizinfo", [one["pblancId"] for one in known])
        .values()
    } == {"새 기관"}


def test_the_days_calls_are_not_gone_beyond_and_the_rest_comes_the_next_day(
    syncing: Syncing,
) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(number) for number in range(1, 8)]
    syncing.daily_calls = 2

    today = syncing.run(rows=2)
    again = syncing.run(rows=2)

    assert today.fault is not None
    assert today.fault.fault is Fault.BUDGET
    assert again.counts["added"] == 4
    assert len(syncing.public.asked) == 2
    syncing.today = TODAY + dt.timedelta(days=1)
    syncing.daily_calls = 100
    assert counts(syncing.run(rows=2))["added"] == 7


def test_a_daily_limit_told_by_the_service_ends_the_run_and_keeps_what_came(
    syncing: Syncing,
) -> None:
    syncing.public.items["mss"] = [an_mss_row(number) for number in range(1, 5)]
    path = "/1421000/mssBizService_v2/getbizList_v2"
    first = syncing.public.answer(
        path, {"serviceKey": ["a+b/c1234=="], "pageNo": ["1"], "numOfRows": ["2"]}
    )
    syncing.public.next_replies[path] = [first, fault(22, status=429)]

    report = syncing.run("mss", rows=2)

    assert report.fault is not None
    assert report.fault.fault is Fault.DAILY_LIMIT
    assert counts(report) == {"added": 2, "failed": 1}
    assert len(syncing.public.asked) == 2


def test_what_left_k_startups_list_is_looked_up_and_closed_where_the_service_says_so(
    syncing: Syncing,
) -> None:
    record_id = publish(syncing)
    syncing.links = {"kstartup:170001": record_id}
    rows = [a_kstartup_row(1, pbanc_rcpt_end_dt="20261218"), a_kstartup_row(2), a_kstartup_row(3)]
    syncing.public.items["kstartup"] = rows
    syncing.run("kstartup")
    rows[0]["rcrt_prgs_yn"] = "N"
    del rows[1]

    report = syncing.run("kstartup")

    assert counts(report) == {"closed": 1, "missing": 1, "unchanged": 1}
    assert window_of(syncing, record_id)["closed_early_on"] == "2026-11-25"
    # Gone is told once.
    assert counts(syncing.run("kstartup")) == {"unchanged": 1}
    assert syncing.public.calls(KSTARTUP) > 3


def test_a_followed_notice_that_disappears_is_asked_about_and_not_closed(syncing: Syncing) -> None:
    record_id = publish(syncing)
    syncing.links = {KEY_1: record_id}
    syncing.public.items["bizinfo"] = [a_bizinfo_row(1), a_bizinfo_row(2)]
    syncing.run()
    del syncing.public.items["bizinfo"][0]

    report = syncing.run()

    assert counts(report) == {"missing": 1, "unchanged": 1}
    assert len(published(syncing).history(record_id)) == 1
    assert drafts(syncing).list(DraftState.OPEN)[0].changes == record_id
    # It comes back: nothing was lost.
    syncing.public.items["bizinfo"].append(a_bizinfo_row(1))
    assert counts(syncing.run()) == {"changed": 1, "unchanged": 1}


def test_a_list_that_suddenly_is_nearly_empty_closes_nothing(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(number) for number in range(1, 41)]
    syncing.run()
    syncing.public.items["bizinfo"] = syncing.public.items["bizinfo"][:3]

    report = syncing.run()

    assert counts(report) == {"unchanged": 3}
    assert "한꺼번에" in report.troubles[0].reason


def test_a_person_is_nowhere_in_the_database(syncing: Syncing) -> None:
    syncing.public.items["mss"] = [an_mss_row()]
    syncing.public.items["bizinfo"] = [a_bizinfo_row()]
    syncing.run("mss")
    syncing.run()

    whole = b"".join(path.read_bytes() for path in syncing.settings.home.glob("advisor.sqlite3*"))
    for person in ("김담당", "kim@korea.kr", "044-204-7777", "홍길동", "010-1234-5678"):
        assert person.encode() not in whole
        assert person.encode("unicode_escape") not in whole


NOTICE = "2026년 스마트제조 지원사업 공고\n\n□ 지원내용\n○ 기업당 최대 5천만원을 지원합니다.\n"


def test_files_of_a_notice_wait_for_their_job_and_a_bad_one_is_told(syncing: Syncing) -> None:
    public = syncing.public
    public.files["/n.txt"] = Reply(200, NOTICE.encode(), {"ETag": '"1"'})
    public.files["/login.hwp"] = Reply(200, b"<html><body><p>login please</p></body></html>")
    public.items["bizinfo"] = [
        a_bizinfo_row(
            printFlpthNm=public.url("/n.txt"), printFileNm="공고문.txt",
            flpthNm="@".join(public.url(f"/{one}") for one in ("login.hwp", "gone.pdf")),
            fileNm="양식.hwp@붙임.pdf",
        ),
        a_bizinfo_row(2),
    ]  # fmt: skip

    report = syncing.run()

    assert counts(report) == {"added": 2}
    reasons = {one.where.split()[-1]: one.reason for one in report.troubles}
    assert "웹 페이지" in reasons["양식.hwp"]
    assert "자료가 없습니다" in reasons["붙임.pdf"]
    (job,) = JobStore(open_database(syncing.settings)).open()
    assert job.name == "공고문.txt"
    assert Path(job.place).read_bytes() == NOTICE.encode()
    draft = next(one for one in drafts(syncing).list() if one.source.key == KEY_1)
    assert draft.source.document_id == job.document_id
    assert sum("첨부를 읽지 못했습니다" in one for one in draft.remarks) == 2
    assert len(uploads(syncing.settings.home)) == 1


def test_a_file_that_failed_is_tried_again_a_few_times_and_a_known_one_is_not(
    syncing: Syncing,
) -> None:
    public = syncing.public
    public.files["/n.txt"] = lambda sent: (
        Reply(304) if sent.get("if-none-match") == '"1"' else Reply(200, NOTICE.encode(), {"ETag": '"1"'})
    )  # fmt: skip
    public.files["/later.txt"] = Reply(500)
    public.items["bizinfo"] = [
        a_bizinfo_row(
            printFlpthNm=public.url("/n.txt"), printFileNm="공고문.txt",
            flpthNm=public.url("/later.txt"), fileNm="붙임.txt",
        )
    ]  # fmt: skip
    for _ in range(MOST_TRIES + 2):
        syncing.run()

    # Each run tries a failing address twice.
    assert public.calls("/later.txt") == 2 * MOST_TRIES
    assert len(JobStore(open_database(syncing.settings)).open()) == 1
    assert len(drafts(syncing).list()) == 1


def test_what_a_person_corrected_in_a_waiting_draft_stays_when_the_notice_changes(
    syncing: Syncing,
) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row()]
    syncing.run()
    waiting = drafts(syncing).list()[0]
    drafts(syncing).correct(
        waiting.id, {"name": "스마트제조 지원", "operator": "직접 고친 기관"}, "담당자"
    )
    syncing.public.items["bizinfo"] = [a_bizinfo_row(excInsttNm="새 수행기관")]

    syncing.run()

    (draft,) = drafts(syncing).list(DraftState.OPEN)
    values = {one.name: one.value for one in draft.fields}
    assert values["name"] == "스마트제조 지원"
    assert values["operator"] == "새 수행기관"


def test_a_row_of_a_supplier_list_becomes_a_draft_that_can_be_published(syncing: Syncing) -> None:
    syncing.public.files["/pool"] = Reply(200, POOL.encode("cp949"))

    report = syncing.over(a_catalog(syncing.public))

    assert counts(report) == {"added": 1, "failed": 1}
    (draft,) = drafts(syncing).list()
    data = record_data(draft, None, today=TODAY)
    made = drafts(syncing).publish(draft.id, data, "담당자")
    assert (made.kind, made.data["name"], made.data["sido"]) == ("expert", "(주)뷁비전", ["경기"])
    assert made.data["phone"] == "031-400-1000"
    assert made.data["notes"] == "기술분야: 머신비전"


def test_only_what_changed_since_a_day_is_taken(syncing: Syncing) -> None:
    syncing.public.items["bizinfo"] = [
        a_bizinfo_row(1), a_bizinfo_row(2, updtPnttm="2026-11-24 10:00:00"),
        a_bizinfo_row(3, updtPnttm=None, creatPnttm=None),
    ]  # fmt: skip

    report = syncing.run(since=dt.date(2026, 11, 20))

    # One without a day may be new: it is taken.
    assert counts(report) == {"added": 2}
    syncing.run("mss", since=dt.date(2026, 11, 20))
    assert "startDate=2026-11-20" in syncing.public.asked[-1][1]


def test_one_item_that_breaks_loses_no_other(
    syncing: Syncing, monkeypatch: pytest.MonkeyPatch
) -> None:
    syncing.public.items["bizinfo"] = [a_bizinfo_row(number) for number in (1, 2, 3)]
    real = Drafts.propose

    def breaking(self, draft):
        if draft.source.key.endswith("2"):
            raise ZeroDivisionError
        return real(self, draft)

    with monkeypatch.context() as patch:
        patch.setattr(Drafts, "propose", breaking)
        report = syncing.run()

    assert counts(report) == {"added": 2, "failed": 1}
    assert report.troubles[0].where == "PBLN_000000000000002"
    assert counts(syncing.run()) == {"added": 1, "unchanged": 2}


def test_two_runs_over_one_source_exclude_each_other(syncing: Syncing) -> None:
    folder = syncing.settings.home / "sync"
    folder.mkdir(parents=True)
    with (folder / "bizinfo.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(BadInputError) as caught:
            syncing.run()
    assert "받아오고 있습니다" in caught.value.user_message.text
    assert syncing.public.asked == []


def test_the_state_goes_down_and_up_with_its_tables(syncing: Syncing) -> None:
    engine = open_database(syncing.settings)
    migrate(engine, to="0007_accounts")
    assert "sync_notices" not in inspect(engine).get_table_names()
    migrate(engine)
    assert {"sync_notices", "sync_runs", "link_checks"} <= set(inspect(engine).get_table_names())
