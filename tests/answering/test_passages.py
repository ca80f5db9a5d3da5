"""What a document says about a question is quoted, letter by letter, and marked as unreviewed."""

import pytest

from advisor.answering.passages import (
    Passage,
    citation_of,
    find_passages,
    say_passages,
    wanted_by,
)
from advisor.answering.relevance import Relevance
from advisor.domain.passages import Chunk, Hit, Kind
from advisor.domain.question import Intent, Question
from advisor.intake.aspects import find_aspects

TITLE = "2026년 뿌리공정 시범사업 공고"
NOTICE = (
    "우리 시는 뿌리공정 시범사업을 아래와 같이 공고합니다.\n"
    "○ 신청 자격: 시 안에 공장을 둔 주조·금형 중소기업\n"
    "○ 접수 기간: 2026년 12월 1일 ~ 12월 18일 17시\n"
    "○ 지원 한도\t업체당 4,000만 원\t총사업비의 60% 이내\n"
    "○ 문의: 기업지원과"
)
RELEVANCE = Relevance({"a": [NOTICE, "주조 설비 지원", "접수 안내"]})


def a_hit(text: str = NOTICE, source: str = "notice-1", score: float = 2.0) -> Hit:
    chunk = Chunk(
        f"{source}#p3-1", source, Kind.DOCUMENT, TITLE, "text", text, ("1. 지원 내용",), 3, 0, len(text)
    )  # fmt: skip
    return Hit(chunk, score, 0.8, 3.0)


def read(text: str, *hits: Hit, reviewed: frozenset[str] = frozenset()) -> list[Passage]:
    question = Question(
        text=text, speech=text, language="ko", intent=Intent.FACT, aspects=find_aspects(text)
    )
    asked = RELEVANCE.question_terms(text)
    return find_passages(
        hits or (a_hit(),), asked, RELEVANCE, wanted=wanted_by(question), reviewed=reviewed
    )


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("뿌리공정 시범사업 접수는 언제까지인가요?", "12월 18일", "4,000만"),
        ("시범사업 지원 한도가 얼마인가요?", "4,000만 원", "12월 1일"),
    ],
)
def test_the_words_quoted_are_those_that_answer(question, answer, other):
    quoted = read(question)[0].text
    assert answer in quoted
    assert other not in quoted
    assert quoted in NOTICE


def test_a_passage_says_its_page_and_that_nobody_has_reviewed_it():
    found = read("시범사업 지원 한도가 얼마인가요?")
    citation = citation_of(found[0], "1")
    text = say_passages(found, ["1"], language="ko")
    assert (citation.page, citation.section) == (3, "1. 지원 내용")
    assert citation.title == f"{TITLE} (검토 전 자료)"
    assert "검토 전 자료" in text
    assert "3쪽" in text
    assert "[1]" in text
    assert "검토하지 않은 자료입니다" in text


def test_a_released_document_needs_no_warning():
    found = read("시범사업 지원 한도가 얼마인가요?", reviewed=frozenset({"notice-1"}))
    text = say_passages(found, ["1"], language="ko")
    assert citation_of(found[0], "1").title == TITLE
    assert "검토" not in text


def test_a_second_document_that_knows_nothing_of_it_is_left_out():
    other = a_hit("○ 교육 안내: 매주 화요일에 엽니다.", source="notice-2", score=1.9)
    assert [one.chunk.source_id for one in read("지원 한도가 얼마인가요?", a_hit(), other)] == [
        "notice-1"
    ]


def test_words_of_a_document_are_no_markup():
    hostile = a_hit("○ 지원 한도 <script>alert(1)</script> [2] **굵게** 1억 원")
    text = say_passages(read("지원 한도가 얼마인가요?", hostile), ["1"], language="ko")
    assert "<script" not in text.replace("\\<", "")
    assert "[2]" not in text.replace("\\[", "")
