"""Both engines on the same weights: ONNX Runtime, and the real sentence-transformers library."""

from pathlib import Path

import numpy as np
import pytest

from advisor.errors import IndexUnavailableError
from advisor.stores.bundled_weights import export_sentence_transformers
from advisor.stores.embedder import Embedder, as_langchain, load_embedder

TEXTS = [
    "AI 바우처는 최대 2억 원을 지원한다.",
    "카메라로 불량을 잡는 비전 검사",
    "경남 창원의 금속가공 공장, 직원 30명",
    "How much does the voucher pay?",
    "설비 고장을 미리 아는 예지보전. " * 20,
]


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return load_embedder("", models=tmp_path_factory.mktemp("models"), threads=2)


def test_vectors_have_length_one_and_like_texts_are_near(bundled):
    vectors = bundled.embed_passages(TEXTS)

    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    query = bundled.embed_query("사진으로 흠집을 찾고 싶다")
    assert int((vectors @ query).argmax()) == 1


@pytest.mark.parametrize("text", ["", "\x00", "ﷺ" * 500, "가" * 20_000, "\ud800"])
def test_no_text_breaks_the_engine(bundled, text):
    assert np.isfinite(bundled.embed_query(text)).all()


def test_langchain_gets_the_same_vectors(bundled):
    behind = as_langchain(bundled)

    assert behind.embed_documents(TEXTS[:2]) == bundled.embed_passages(TEXTS[:2]).tolist()
    assert behind.embed_query(TEXTS[0]) == bundled.embed_query(TEXTS[0]).tolist()


def test_sentence_transformers_gives_the_same_vectors_from_the_same_weights(
    bundled: Embedder, tmp_path: Path
) -> None:
    pytest.importorskip("torch", reason="no CPU build of torch for this Python")
    folder = tmp_path / "e5-small"
    export_sentence_transformers(folder)

    real = load_embedder(str(folder), models=tmp_path, threads=2)

    cosines = (bundled.embed_passages(TEXTS) * real.embed_passages(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.999
    assert float(bundled.embed_query(TEXTS[3]) @ real.embed_query(TEXTS[3])) >= 0.999
    assert real.model_id != bundled.model_id


def test_a_model_that_is_not_there_is_named(tmp_path):
    pytest.importorskip("torch", reason="no CPU build of torch for this Python")
    with pytest.raises(IndexUnavailableError) as caught:
        load_embedder("no-such/model", models=tmp_path, threads=1)

    assert "ADVISOR_EMBEDDING_MODEL" in caught.value.user_message.next_step
