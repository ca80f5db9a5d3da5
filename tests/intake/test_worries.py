import numpy as np
import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.lexicon import load_lexicon
from advisor.corpus.load import load_corpus
from advisor.intake.worries import NO_WORRY, Worries

SAYINGS = {
    "energy": ["전기요금이 무서워요", "요금이 또 올랐어요"],
    "hands": ["사람이 없어요", "일할 사람을 못 구해요"],
    NO_WORRY: ["직원은 30명이에요", "공장은 안산이에요"],
}
WORDS = ("요금", "사람", "직원", "공장")


def by_words(texts):
    """Vectors of which words stand in a text: a small embedder whose answers can be worked out."""
    rows = np.array([[float(word in text) for word in WORDS] for text in texts], np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def worries():
    return Worries(SAYINGS, by_words, by_words)


def test_a_complaint_leans_to_the_solution_that_others_meant(worries):
    assert next(iter(worries.hear("이번 달 요금 고지서 보고 기절했다"))) == "energy"
    assert next(iter(worries.hear("밤에 돌릴 사람 구하기가 별따기"))) == "hands"


def test_what_is_told_without_complaint_leans_to_none(worries):
    assert max(worries.hear("직원 열 명이 공장에 있습니다").values(), default=0.0) < 0.1


def test_every_saying_belongs_to_a_kind_of_solution_of_the_corpus():
    folder = PROJECT_ROOT / "corpus"
    solutions = load_corpus(folder).solutions
    sayings = load_lexicon(folder).worries

    assert {
        name for name in sayings if name != NO_WORRY and solutions[name].kind != "type"
    } == set()
    assert len(sayings[NO_WORRY]) >= 50
    everything = [say for found in sayings.values() for say in found]
    assert len(everything) == len(set(everything))
