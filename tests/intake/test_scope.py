"""Worries of a factory are heard without any word of the field; what is of something else is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home), keep=False)
    yield built
    built.index.close()


@pytest.mark.parametrize(
    "worry",
    [
        "칠이 자꾸 일어나서 다시 해요",
        "밤에 저 혼자 돌다가 서 있더라고요",
        "도면 찾다가 하루 다 보내",
    ],
)
def test_a_worry_in_plain_words_is_no_other_subject(advisor: Advisor, worry: str) -> None:
    assert advisor.ask(worry).status in ("answered", "asked_back")


@pytest.mark.parametrize(
    "talk",
    [
        "썸남이 답장을 안 해요",
        "오늘 저녁 뭐 먹을까",
        "비트코인 지금 사도 될까",
        "강아지가 아파요",
        "회사 때려치우고 여행이나 갈까",
    ],
)
def test_other_subjects_are_said_to_be_others(advisor: Advisor, talk: str) -> None:
    assert advisor.ask(talk).status == "out_of_scope"
