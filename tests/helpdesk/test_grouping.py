import numpy as np
import pytest

from advisor.config import Settings
from advisor.corpus.load import load_corpus
from advisor.helpdesk.grouping import centred, most_central, nearest_topic
from advisor.stores.embedder import load_embedder
from tests.helpdesk.pairs import SAME, a_question_each


def test_a_question_joins_the_topic_that_it_is_most_like_and_no_other_one() -> None:
    topics = {
        4: np.array([[1.0, 0.0], [0.8, 0.6]], np.float32),
        9: np.array([[0.0, 1.0]], np.float32),
    }
    # On average .8 like the first (1 and .6), .6 like the second.
    assert nearest_topic(np.array([0.8, 0.6], np.float32), topics, least=0.5) == 4
    assert nearest_topic(np.array([0.0, 1.0], np.float32), topics, least=0.5) == 9
    assert nearest_topic(np.array([-0.6, -0.8], np.float32), topics, least=0.5) is None
    assert nearest_topic(np.array([1.0, 0.0], np.float32), {}) is None


def test_a_topic_is_called_by_the_question_that_is_most_like_its_others() -> None:
    vectors = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]], np.float32)
    assert most_central(["가", "나", "다"], vectors) == "나"
    assert most_central(["긴 말로 물음", "짧게"], np.array([[1.0, 0.0], [1.0, 0.0]])) == "짧게"


@pytest.mark.parametrize("turned", [False, True])
def test_the_products_own_model_puts_callers_who_ask_the_same_together(
    settings: Settings, turned: bool
) -> None:
    """Whatever order they call in; one question of the twelve may stand alone."""
    embedder = load_embedder("", models=settings.home / "models", threads=1)
    usual = [one.question for one in load_corpus(settings.corpus).faqs.values()]
    background = np.mean([embedder.embed_query(one) for one in usual], axis=0)
    asked = a_question_each(SAME)
    asked = asked[::-1] if turned else asked
    rows = centred(np.stack([embedder.embed_query(one) for one in asked]), background)

    members: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        topic = nearest_topic(row, {one: rows[held] for one, held in members.items()})
        members.setdefault(len(members) if topic is None else topic, []).append(at)

    about = [next(n for n, row in enumerate(SAME) if one in row) for one in asked]
    for held in members.values():
        assert len({about[one] for one in held}) == 1, [asked[one] for one in held]
    assert len(members) <= len(SAME) + 1
