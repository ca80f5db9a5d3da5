"""A claim counts as borne only where what it cites says it."""

from datetime import date

import pytest

from advisor.evaluation.citing import Cited, check_citing
from advisor.evaluation.grounds import Grounds
from advisor.evaluation.live import failed_checks
from tests.builders import a_corpus, a_program

TODAY = date(2026, 11, 22)
# The record says: up to 50 million won and half of the cost, as of 2026, in 시험 지원사업.
GROUNDS = Grounds(a_corpus(programs=[a_program()]))


def an_answer(text: str, **more: object) -> dict[str, object]:
    cited = {
        "label": "1",
        "record_id": "sample-program-2026",
        "title": "시험 지원사업",
        "quote": "",
    }
    return {"id": "t", "status": "answered", "text": text, "citations": [cited], **more}


def check(text: str, *said: str, **more: object) -> Cited:
    return check_citing(an_answer(text, **more), GROUNDS, today=TODAY, said=said)


def test_an_answer_in_the_words_of_its_record_is_borne() -> None:
    cited = check(
        "**시험 지원사업**: 기업당 최대 5천만 원입니다(2026년 기준). [1]\n\n어느 지역이신가요?"
    )

    assert cited.claims == (1, 1)
    assert cited.marks == (1, 1)
    assert cited.violations == ()


@pytest.mark.parametrize(
    ("text", "violation"),
    [
        ("기업당 최대 6천만 원입니다. [1]", "6천만 원"),
        ("지원 비율은 총사업비의 70%입니다. [1]", "70%"),
        ("접수는 2026년 3월 2일까지 진행되는 지원입니다. [1]", "2026년 3월 2일"),
    ],
)
def test_an_amount_rate_or_date_that_the_record_lacks_is_a_violation(
    text: str, violation: str
) -> None:
    cited = check(text)

    assert cited.violations == (violation,)
    assert cited.claims == (0, 1)
    assert cited.marks == (0, 1)


def test_a_true_amount_without_a_mark_is_not_borne() -> None:
    assert check("기업당 최대 5천만 원입니다.").claims == (0, 1)


def test_each_cell_of_a_table_needs_its_own_mark() -> None:
    rows = "| | A [1] | B |\n| --- | --- | --- |\n| 지원 | 최대 5천만 원 [1] | 최대 5천만 원 |"

    borne, claims = check(rows).claims
    assert claims - borne == 1


def test_a_verdict_needs_the_engines_verdict() -> None:
    said = "사장님 회사는 신청하실 수 있습니다. [1]"
    verdict = [{"record_id": "sample-program-2026", "verdict": "eligible"}]

    assert check(said).claims == (0, 1)
    assert check(said, verdicts=verdict).claims == (1, 1)


def test_an_amount_that_the_person_said_is_no_source() -> None:
    assert check("기업당 최대 10억 원을 지원합니다. [1]", "10억 준다던데요?").violations == (
        "10억 원",
    )


def test_questions_offers_and_what_was_heard_claim_nothing() -> None:
    heard = "이렇게 이해했습니다: 상시근로자 수 30명.\n\n사업비를 알려 주시면 나누어 드립니다.\n\n몇 명이 일하시나요?"

    assert check(heard).claims == (0, 0)


def test_a_refusal_claims_nothing_but_its_figures() -> None:
    fixed = "개인의 연락처는 알려 드릴 수 없고 부정행위가 될 수 있습니다."

    assert check(fixed, status="blocked").claims == (0, 0)
    assert check("벌금은 3천만 원입니다.", status="blocked").violations == ("3천만 원",)


def test_checks_of_a_live_turn_are_named_without_words() -> None:
    answer = an_answer("기업당 최대 6천만 원입니다. [1]\n" + "가" * 800)

    names = failed_checks(answer, GROUNDS, today=TODAY, said=("얼마예요?",))

    assert "unsupported_figure" in names
    assert "too_long" in names
    assert not any("6천만" in one for one in names)
