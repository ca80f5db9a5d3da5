"""What an answer says of a record: direct answer first, gaps said, sources marked."""

from datetime import date

from advisor.answering.comparison import answer_comparison
from advisor.answering.draft import Candidate, Draft, Material
from advisor.answering.facts import answer_fact
from advisor.answering.relevance import Relevance
from advisor.answering.statements import statements
from advisor.answering.verdicts import answer_eligibility
from advisor.domain.match import Match
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.question import Intent, Question
from advisor.domain.records import Corpus, SupportProgram
from advisor.intake.aspects import find_aspects
from advisor.matching.eligibility import judge_program
from advisor.matching.windows import window_on
from tests.builders import a_corpus, a_criterion, a_profile, a_program

TODAY = date(2026, 11, 24)


def a_draft(
    text: str, corpus: Corpus, profile: Profile | None = None, years: tuple[int, ...] = ()
) -> Draft:
    def judge(program: SupportProgram) -> Match:
        return judge_program(
            program, profile or Profile(), vocabulary=corpus.vocabulary, today=TODAY
        )

    sentences = {
        one.id: [
            s.text
            for s in statements(one, today=TODAY, window_of=lambda p: window_on(p.window, TODAY))
        ]
        for one in corpus.records()
    }
    question = Question(
        text=text, speech=text, language="ko", intent=Intent.FACT, aspects=find_aspects(text), years=years
    )  # fmt: skip
    return Draft(
        Material(
            question=question,
            corpus=corpus,
            relevance=Relevance(sentences),
            profile=profile or Profile(),
            today=TODAY,
            window_of=lambda p: window_on(p.window, TODAY),
            judge=judge,
        )
    )


def told(text: str, program: SupportProgram, **more: object) -> str:
    draft = a_draft(text, a_corpus(programs=[program]), **more)  # type: ignore[arg-type]
    answer_fact(draft, Candidate(program.id, Kind.PROGRAM, 1.0))
    return draft.text


CLOSED = {
    "opens_on": "2026-02-09",
    "closes_on": "2026-04-09",
    "status_said": "closed",
    "typical_schedule": None,
}
MONEY = {
    "max_amount_krw": 200_000_000,
    "amount_basis": "per_company",
    "amount_year": 2025,
    "subsidy_rate": 0.5,
}


def test_the_amount_asked_for_is_the_first_line_with_its_year_and_mark() -> None:
    first = told("얼마까지 되나요?", a_program(support=MONEY, window=CLOSED)).splitlines()[0]

    assert "최대 2억 원" in first
    assert "2025년 기준" in first
    assert first.endswith("[1]")


def test_a_closed_window_is_said_also_when_only_the_amount_was_asked_for() -> None:
    assert "마감되었습니다" in told("얼마까지 되나요?", a_program(support=MONEY, window=CLOSED))


def test_an_amount_that_no_source_states_is_said_to_be_unknown() -> None:
    nothing = {
        "max_amount_krw": None,
        "amount_basis": None,
        "subsidy_rate": None,
        "detail": None,
        "own_share": None,
    }

    assert "나와 있지 않습니다" in told("얼마까지 되나요?", a_program(support=nothing))


def test_a_year_without_a_record_is_said_before_what_is_known() -> None:
    text = told(
        "2027년에는 얼마까지 되나요?", a_program(support=MONEY, window=CLOSED), years=(2027,)
    )

    assert text.startswith("2027년 내용은 확인되지 않았습니다")
    assert "2억 원" in text


def test_a_next_window_is_never_dated() -> None:
    window = {**CLOSED, "typical_schedule": "매년 1월 공고"}

    text = told("다음 모집은 언제예요?", a_program(window=window))

    assert "아직 확인되지 않았습니다" in text
    assert "매년 1월 공고" in text
    assert "2027" not in text


def test_every_mark_has_a_citation_and_every_citation_a_mark() -> None:
    program = a_program(support=MONEY, window=CLOSED)
    draft = a_draft("얼마까지 되나요?", a_corpus(programs=[program]))
    answer_fact(draft, Candidate(program.id, Kind.PROGRAM, 1.0))

    citations = draft.citations()
    assert [one.label for one in citations] == ["1"]
    assert citations[0].record_id == program.id
    assert citations[0].url == "https://example.org/notice"
    assert "2억 원" in citations[0].quote


def verdict(program: SupportProgram, profile: Profile) -> str:
    corpus = a_corpus(programs=[program])
    draft = a_draft("저희도 신청할 수 있나요?", corpus, profile)
    answer_eligibility(
        draft, program, judge_program(program, profile, vocabulary=corpus.vocabulary, today=TODAY)
    )
    return draft.text


UNDER_TEN = a_program(
    criteria=[a_criterion("employees_regular", at_most=9, words="10인 미만")], window=CLOSED
)


def test_exactly_at_the_limit_is_refused_with_the_words_of_the_notice() -> None:
    text = verdict(UNDER_TEN, a_profile(employees_regular=10))

    assert "대상이 아닙니다" in text
    assert "10인 미만" in text


def test_one_below_the_limit_fits_and_the_closed_window_is_said() -> None:
    text = verdict(UNDER_TEN, a_profile(employees_regular=9))

    assert "신청 대상에 해당합니다" in text
    assert "마감되었습니다" in text
    assert "심사로 정해지므로" in text


def test_an_unknown_head_count_is_neither_yes_nor_no() -> None:
    text = verdict(UNDER_TEN, a_profile())

    assert "판단할 수 없습니다" in text
    assert "해당합니다" not in text


def test_a_comparison_is_a_table_with_a_column_for_each() -> None:
    one, two = (
        a_program(id="one-2026", name="갑 지원", support=MONEY),
        a_program(id="two-2026", name="을 지원"),
    )
    draft = a_draft("갑과 을 비교", a_corpus(programs=[one, two]))

    answer_comparison(
        draft, [Candidate("one-2026", Kind.PROGRAM, 1.0), Candidate("two-2026", Kind.PROGRAM, 0.9)]
    )

    head = next(line for line in draft.text.splitlines() if line.startswith("| |"))
    assert "갑 지원" in head
    assert "을 지원" in head
    assert draft.used == ("one-2026", "two-2026")
