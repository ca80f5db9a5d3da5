"""Live turns are checked after the answer is out: names of checks are kept, words never."""

import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from advisor.evaluation.grounds import Grounds
from advisor.evaluation.live import QualityWatch
from tests.builders import a_corpus, a_program
from tests.evaluation.test_citing import an_answer

TODAY = date(2026, 11, 22)


class Kept:
    def __init__(self, *, is_full: bool = False) -> None:
        self.rows: list[dict[str, Any]] = []
        self._is_full = is_full

    def keep(
        self, consultation_id: str, number: int, *, turn_id: str, status: str, checks: Sequence[str]
    ) -> None:
        if self._is_full:
            raise OSError("disk full")
        self.rows.append({"talk": consultation_id, "number": number, "turn": turn_id,
                          "status": status, "checks": list(checks)})  # fmt: skip


def watch(kept: Kept) -> QualityWatch:
    return QualityWatch(kept, Grounds(a_corpus(programs=[a_program()])))


def test_a_turn_is_kept_with_the_names_of_what_failed_and_no_word() -> None:
    kept = Kept()
    answer = an_answer("기업당 최대 6천만 원입니다. [1]")

    watch(kept).note("talk", 2, answer, said=["비밀 질문"], today=TODAY).result(60)

    assert kept.rows == [
        {"talk": "talk", "number": 2, "turn": "t", "status": "answered",
         "checks": ["unsupported_figure"]}
    ]  # fmt: skip


def test_nobody_waits_for_the_check() -> None:
    answer = an_answer("기업당 최대 6천만 원입니다. [1]\n" * 300)
    watching = watch(Kept())

    began = time.perf_counter()
    soon = watching.note("talk", 0, answer, said=[], today=TODAY)
    noted_ms = (time.perf_counter() - began) * 1000
    soon.result(30)

    assert noted_ms < (time.perf_counter() - began) * 1000 / 2


def test_a_full_disk_disturbs_no_talk() -> None:
    done = watch(Kept(is_full=True)).note("talk", 0, an_answer("끝."), said=[], today=TODAY)

    assert done.exception(5) is None


def test_new_records_are_what_later_turns_are_held_against() -> None:
    kept = Kept()
    higher = a_program(support={"max_amount_krw": 60_000_000})
    answer = an_answer("기업당 최대 6천만 원입니다. [1]")

    watch(kept).with_corpus(a_corpus(programs=[higher])).note(
        "talk", 0, answer, said=[], today=TODAY
    ).result(60)

    assert kept.rows[0]["checks"] == []
