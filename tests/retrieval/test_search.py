from zlib import crc32

import numpy as np
import pytest

from advisor.domain.passages import Chunk, Kind
from advisor.errors import IndexUnavailableError
from advisor.messages import UserMessage
from advisor.retrieval.calibrate import OPEN, calibrate
from advisor.retrieval.filters import Filter
from advisor.retrieval.search import Searcher
from advisor.stores.manifest import Calibration
from advisor.stores.tokenizer import pairs

TEXTS = {
    "vision": (Kind.SOLUTION, "카메라로 불량을 잡는 비전 검사", ()),
    "loan": (Kind.PROGRAM, "설비를 살 때 쓰는 융자 정책자금", ()),
    "gyeonggi": (Kind.PROGRAM, "경기 공장의 불량 검사 보조금", ("경기",)),
    "chungbuk": (Kind.PROGRAM, "충북 공장의 불량 검사 보조금", ("충북",)),
}


class PairTokenizer:
    """Syllable pairs alone."""

    tokenizer_id = "pairs"

    def terms(self, text):
        return pairs(text)

    def topics(self, text):
        return list(dict.fromkeys(pairs(text)))

    def spaced(self, text):
        return text


class PairEmbedder:
    """A vector counts the pairs of a text by a digest of each: overlap becomes cosine."""

    model_id, dimensions = "pairs", 512

    def embed_query(self, text):
        vector = np.zeros(512, np.float32)
        for one in pairs(text):
            vector[crc32(one.encode()) % 512] += 1
        return vector / max(float(np.linalg.norm(vector)), 1e-6)

    def embed_passages(self, texts, *, on_progress=None):
        return np.stack([self.embed_query(text) for text in texts])


class ExactNeighbours:
    """The nearest of a few vectors, all compared."""

    def __init__(self, chunks, vectors):
        self.chunks, self.vectors = chunks, vectors

    def nearest(self, vector, count, *, where=None):
        order = np.argsort(-(self.vectors @ vector))[:count]
        return [(self.chunks[at].id, float(self.vectors[at] @ vector)) for at in order]


class FailingNeighbours:
    """A vector store whose disk went away."""

    def nearest(self, vector, count, *, where=None):
        raise IndexUnavailableError(UserMessage("색인을 열지 못했습니다.", "다시 해 주세요."))


def a_searcher(calibration=OPEN, store=None):
    chunks = [
        Chunk(f"{name}#what", name, kind, name, "what", text, regions=regions)
        for name, (kind, text, regions) in TEXTS.items()
    ]
    embedder, tokenizer = PairEmbedder(), PairTokenizer()
    vectors = embedder.embed_passages([one.text for one in chunks])
    return Searcher(
        chunks, vectors, [tokenizer.terms(one.text) for one in chunks],
        store=store or ExactNeighbours(chunks, vectors), embedder=embedder, tokenizer=tokenizer,
        calibration=calibration,
    )  # fmt: skip


def found(result):
    return [hit.chunk.source_id for hit in result.hits]


def test_what_shares_most_words_comes_first():
    assert found(a_searcher().search("설비 융자"))[0] == "loan"


def test_a_store_that_fails_costs_no_answer():
    sound, failing = a_searcher(), a_searcher(store=FailingNeighbours())

    assert found(failing.search("불량 검사")) == found(sound.search("불량 검사"))
    nearby = found(failing.search("공장의 불량 검사 보조금", only=Filter(region="충북")))
    assert nearby[0] == "chungbuk"
    assert "gyeonggi" not in nearby


def test_an_extra_word_finds_what_the_question_does_not_name():
    searcher = a_searcher()

    assert found(searcher.search("기계 값", extra_terms=("정책자금",)))[0] == "loan"


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (Filter(kinds=frozenset({Kind.SOLUTION})), {"vision"}),
        (Filter(region="경기"), {"vision", "loan", "gyeonggi"}),
        (Filter(source_ids=frozenset({"chungbuk"})), {"chungbuk"}),
        (Filter(kinds=frozenset({Kind.PROGRAM}), region="충북"), {"loan", "chungbuk"}),
    ],
)
def test_only_what_the_filter_allows_is_found_by_words(only, expected):
    allowed = {one.source_id for one in a_searcher().chunks if only.allows(one)}

    assert allowed == expected


@pytest.mark.parametrize("query", ["", "   ", "\x00"])
def test_an_empty_question_finds_nothing_and_is_not_borne(query):
    result = a_searcher(Calibration(0.0, 0.0)).search(query)

    assert result.hits == ()
    assert not result.supported


def test_a_question_is_borne_only_where_both_signals_say_so():
    query = "불량 검사"
    reached = a_searcher().search(query)
    near, covered = reached.similarity - 0.01, reached.coverage - 0.01

    assert a_searcher(Calibration(near, covered)).search(query).supported
    assert not a_searcher(Calibration(near + 1, covered)).search(query).supported
    assert not a_searcher(Calibration(near, covered + 1)).search(query).supported


def test_thresholds_come_from_what_other_sources_reach():
    searcher = a_searcher()

    few = calibrate(searcher, PairEmbedder(), ["경기 공장의 불량 검사 보조금"])

    # The question's own source is not left out here (its title is another), so it is fully borne.
    assert few.min_coverage == pytest.approx(1.0)
    assert few.min_similarity > 1.0
