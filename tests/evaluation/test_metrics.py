"""A fact counts only where it stands whole, and an answer only where all of it is right."""

import pytest

from advisor.evaluation.metrics import says, score_answer, wilson


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("최대 **2억 원**", "2억"),
        ("200,000,000원", "200,000,000"),
        ("50 %", "50%"),
        ("2026년 4월 9일까지", "4월 9일"),
    ],
)
def test_a_fact_is_found_however_it_is_written(text: str, wanted: str) -> None:
    assert says(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12억 원", "2억"),
        ("1.2억", "2억"),
        ("2억 5천만 원", "2억"),
        ("11월 7일", "1월 7일"),
        ("150%", "50%"),
        ("불가능합니다", "가능합니다"),
    ],
)
def test_a_piece_of_another_number_or_word_is_no_fact(text: str, wanted: str) -> None:
    assert not says(text, wanted)


GOLD = {"status": "answered", "cite_any": ["a"], "must_contain": [["2억"]]}


def test_everything_right_is_right() -> None:
    answer = {"status": "answered", "text": "2억 원 [1]", "citations": [{"record_id": "a"}]}

    assert score_answer(GOLD, answer).right


def test_each_fault_is_named() -> None:
    answer = {"status": "no_evidence", "text": "3억 원", "citations": [{"record_id": "b"}]}

    problems = " ".join(score_answer(GOLD, answer).problems)
    assert "status" in problems
    assert "cites" in problems
    assert "lacks 2억" in problems


def test_pouring_out_everything_is_a_fault() -> None:
    answer = {
        "status": "answered", "text": "2억 원 " + "가" * 800,
        "citations": [{"record_id": name} for name in "abcdefg"],
    }  # fmt: skip

    problems = " ".join(score_answer(GOLD, answer).problems)
    assert "letters" in problems
    assert "cites 7 records" in problems


def test_the_interval_holds_the_share() -> None:
    low, high = wilson(8, 10)
    assert low < 0.8 < high
