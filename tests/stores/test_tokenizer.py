import pytest

from advisor.stores.tokenizer import KiwiTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> KiwiTokenizer:
    return KiwiTokenizer()


def test_particles_go_and_neighbours_and_pairs_come(tokenizer):
    terms = tokenizer.terms("불량을 검사한다")

    assert {"불량", "검사", "불량_검사", "불량을"[:2]} <= set(terms)
    assert "을" not in terms


def test_what_was_typed_without_spaces_gets_them_and_the_rest_stays(tokenizer):
    assert tokenizer.spaced("우리회사는경남창원에있는자동차부품회사입니다").count(" ") >= 3
    assert tokenizer.spaced("AI 바우처는 얼마예요?") == "AI 바우처는 얼마예요?"
