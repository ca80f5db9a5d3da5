"""A figure that somebody asks to have confirmed is held against the record."""

from advisor.answering.premise import put_right
from advisor.answering.statements import Statement
from advisor.domain.passages import Kind
from tests.builders import a_program

PROGRAM = a_program()
ROWS = [
    Statement(PROGRAM.id, Kind.PROGRAM, "money", "기업당 최대 2억 원입니다(2026년 기준)", "지원"),
    Statement(PROGRAM.id, Kind.PROGRAM, "detail", "최대 2년간 신규 30개 과제", "지원 내용"),
]


def test_a_wrong_amount_is_denied_with_the_right_one() -> None:
    found = put_right("최대 10억 준다던데 맞아요?", PROGRAM, ROWS)
    assert found is not None
    assert found.text == "말씀하신 10억이 아니라, 기업당 최대 2억 원입니다(2026년 기준)."


def test_a_wrong_duration_is_denied_with_the_right_one() -> None:
    found = put_right("5년 동안 주는 거 맞나", PROGRAM, ROWS)
    assert found is not None
    assert found.quote == "최대 2년간 신규 30개 과제"


def test_what_the_record_bears_or_does_not_speak_of_is_not_denied() -> None:
    assert put_right("최대 2억 준다던데 맞아요?", PROGRAM, ROWS) is None
    assert put_right("금리가 1%라던데 맞아요?", PROGRAM, ROWS) is None
    assert put_right("우리 사업비는 10억이에요", PROGRAM, ROWS) is None
