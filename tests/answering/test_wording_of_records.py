"""What records say is told politely, and what their editors noted for themselves is not told."""

import re

import pytest

from advisor.answering.polite import polite
from advisor.answering.remarks import for_readers
from advisor.answering.statements import statements
from advisor.clock import today
from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.matching.windows import window_on


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("보증료를 깎아 준다. [1]", "보증료를 깎아 줍니다. [1]"),
        ("제조업만 받는다", "제조업만 받습니다"),
        ("조건이 다르다", "조건이 다릅니다"),
        ("의무가 아니다 | 없다 |", "의무가 아닙니다 | 없습니다 |"),
        ("해마다 공고합니다", "해마다 공고합니다"),
        ("2026. 2. 9.부터 받는다고 한다", "2026. 2. 9.부터 받는다고 합니다"),
        ("금액은 해마다", "금액은 해마다"),
    ],
)
def test_only_the_last_word_of_a_sentence_turns_polite(written: str, spoken: str) -> None:
    assert polite(written) == spoken
    assert polite(spoken) == spoken


def test_no_sentence_of_the_corpus_shows_a_remark_for_its_editors() -> None:
    day = today()
    remark = re.compile(
        r"[a-z]+_[a-z_]+\b(?!\.)|\bnull\b|시드|이번 조사|발췌에서|자료 읽는 법|안내할 것"
    )
    shown = [
        (record.id, one.text)
        for record in load_corpus(PROJECT_ROOT / "corpus").records()
        for one in statements(
            record, today=day, window_of=lambda program: window_on(program.window, day)
        )
        if one.part not in ("homepage", "how", "contact") and remark.search(one.text)
    ]

    assert shown == []


def test_a_caveat_for_readers_stays() -> None:
    caveat = "2026년 한도는 공고 원문으로 재확인 필요"

    assert for_readers(caveat) == caveat
