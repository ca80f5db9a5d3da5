from datetime import date

from advisor.domain.passages import Kind
from advisor.helpdesk.changes import windows_moved
from advisor.helpdesk.nameless import nameless
from advisor.helpdesk.wording import cited, plain_text, wording_of_passage, wording_of_record
from tests.builders import a_faq, a_program

TODAY = date(2026, 11, 25)


def test_wording_of_a_record_quotes_only_what_stands_in_it_and_names_the_source_that_bears_it() -> (
    None
):
    faq = a_faq(
        answer="최대 5천만 원입니다. 자부담은 20%입니다.",
        sources=[
            {"url": "https://example.org/1", "title": "모집 공고", "publisher": "시험 기관",
             "date": "2026-01-02", "supports": "접수 기간"},
            {"url": "https://example.org/2", "title": "설명 자료", "publisher": None,
             "date": None, "supports": "자부담 비율 20%"},
        ],
    )  # fmt: skip
    made = wording_of_record(
        faq, Kind.FAQ, [("", "자부담은 20%입니다"), ("접수", "오늘은 접수하지 않습니다")], label="2"
    )

    assert [(one.is_exact, one.place) for one in made.lines] == [(True, 1), (False, 0)]
    assert "- “자부담은 20%입니다”" in made.plain
    assert "- 접수: 오늘은 접수하지 않습니다" in made.plain
    assert "출처" not in made.plain
    assert "[2] 모집 공고, 시험 기관, 2026-01-02, https://example.org/1" in made.with_sources
    assert "[2] 설명 자료, https://example.org/2" in made.with_sources


def test_wording_of_a_document_gives_its_page_and_opens_it_there() -> None:
    made = wording_of_passage("guide-1", "사업 안내서", "최대 2억 원", page=3, chunk="guide-1#p3-1")

    assert made.plain.startswith(
        "'사업 안내서' 3쪽에는 다음과 같이 나와 있습니다.\n- “최대 2억 원”"
    )
    assert "사업 안내서, 3쪽" in made.with_sources
    link = made.places[0].link
    assert link is not None
    assert link.startswith("api/v1/documents/guide-1/view?chunk=guide-1%23p3-1&words=")


def test_an_answer_is_copied_without_marks_of_markdown_and_with_its_sources_once() -> None:
    one = wording_of_record(a_faq(), Kind.FAQ, [("", "5천만 원입니다.")], label="1")
    text = "**5천만 원**까지입니다 [1].\n\n> 인용 \\[가\\]\n\n[누리집](https://example.org)"

    assert plain_text(text) == "5천만 원까지입니다.\n\n인용 [가]\n\n누리집(https://example.org)"
    assert "[1]" in plain_text(text, with_marks=True)
    assert cited("답", [one, one]).count("[1] ") == 1
    assert cited("답", []) == "답"


def test_names_of_who_asked_go_and_words_that_look_alike_stay() -> None:
    assert nameless("우리 회사는 대한테크라고 합니다") == "우리 회사는 (회사 이름)라고 합니다"
    assert nameless("한빛정밀(주)입니다 접수 언제죠") == "(회사 이름)입니다 접수 언제죠"
    assert nameless("김철수 대표인데 지원되나요") == "(이름) 대표인데 지원되나요"
    for kept in (
        "저희 회사는 스마트공장 1단계인데 지원되나요", "소기업 대표입니다", "회사는 안산입니다",
        "주조업 사장인데 문의합니다", "중소기업만 신청하나요",
    ):  # fmt: skip
        assert nameless(kept) == kept


def test_windows_are_told_by_the_day_they_move_and_only_where_a_source_states_it() -> None:
    def program(id_: str, **window: object) -> object:
        base = {
            "opens_on": None, "closes_on": None, "typical_schedule": None, "status_said": "unknown",
        }  # fmt: skip
        return a_program(id=id_, window={**base, **window})

    programs = [
        program("soon", opens_on="2026-11-01", closes_on="2026-11-30"),
        program("fresh", opens_on="2026-11-20", closes_on="2026-12-30"),
        program("next", opens_on="2026-12-02", closes_on="2026-12-30"),
        program("over", opens_on="2026-10-01", closes_on="2026-11-18"),
        program("far", opens_on="2026-10-01", closes_on="2026-12-30"),
        program("long-over", opens_on="2026-10-01", closes_on="2026-11-17"),
        program("silent", status_said="ongoing"),
    ]
    found = windows_moved(programs, today=TODAY, days=7)  # type: ignore[arg-type]

    assert [(one.record_id, one.state, one.days_left) for one in found] == [
        ("soon", "closes_soon", 5), ("fresh", "opened", -5), ("next", "opens_soon", 7),
        ("over", "closed", -7),
    ]  # fmt: skip
