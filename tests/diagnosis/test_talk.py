"""Reading free answers with the real embedder, on utterances kept apart from what is shipped."""

from pathlib import Path

import pytest
import yaml

from advisor.corpus.readiness_talk import load_cues, load_sayings
from advisor.diagnosis.talk import AnswerReader
from advisor.domain.readiness import AnswerStatus
from advisor.stores.embedder import load_embedder
from advisor.stores.home import Home
from tests.diagnosis.given import DATA, ROOT, the_instrument

CORPUS = ROOT / "corpus"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> AnswerReader:
    home = Home(tmp_path_factory.mktemp("models") / "home")
    home.create()
    embedder = load_embedder("", models=home.models, threads=2)
    instrument = the_instrument()
    return AnswerReader(
        instrument, load_cues(CORPUS, instrument), load_sayings(CORPUS, instrument),
        embedder.embed_passages,
    )  # fmt: skip


def utterances(name: str) -> list[tuple[str, int, str]]:
    text = (DATA / "readiness_utterances.yaml").read_text(encoding="utf-8")
    sets = yaml.load(text, Loader=yaml.CSafeLoader)
    return [(item, level, words) for item, pairs in sets[name].items() for level, words in pairs]


@pytest.mark.parametrize("name", ["b", "d", "e", "f", "g", "h", "i", "n"])
def test_four_of_five_answers_are_read_right_and_nearly_all_within_one_level(reader, name):
    said = utterances(name)
    distances = [
        5 if (level := reader.read(item, words).level) is None else abs(level - truth)
        for item, truth, words in said
    ]

    assert sum(one == 0 for one in distances) / len(said) >= 0.8
    assert sum(one <= 1 for one in distances) / len(said) >= 0.97


def test_no_utterance_of_the_test_sets_is_shipped():
    shipped = {
        one.say for found in load_sayings(CORPUS, the_instrument()).values() for one in found
    }
    sets = yaml.safe_load((DATA / "readiness_utterances.yaml").read_text(encoding="utf-8"))

    assert not shipped & {words for name in sets for _, _, words in utterances(name)}


def test_at_least_150_utterances_of_our_own_are_kept_apart():
    sets = yaml.safe_load((DATA / "readiness_utterances.yaml").read_text(encoding="utf-8"))

    assert len({words for name in sets for _, _, words in utterances(name)}) >= 150


@pytest.mark.parametrize(
    ("item", "words", "at_most"),
    [
        ("DAT1", "엑셀도 안 써요", 1),
        ("SYS1", "MES도 안 쓰고요", 1),
        ("SYS4", "USB에도 안 옮겨요", 1),
    ],
)
def test_what_is_denied_is_not_heard_as_said(reader, item, words, at_most):
    assert reader.read(item, words).level <= at_most


def test_below_an_earlier_answer_nothing_above_is_heard(reader):
    assert reader.read("DAT1", "엑셀도 안 써요", below=2).level < 2


def test_what_is_set_aside_does_not_count(reader):
    assert reader.read("DAT1", "종이 말고 태블릿으로 찍어요").level == 3
    assert reader.read("DAT1", "태블릿 말고 종이에 적어요").level == 1


def test_an_answer_that_ends_in_not_knowing_still_answers(reader):
    reading = reader.read("STR1", "불량이 좀 많아요 어디서 나는지는 잘 몰라")

    assert (reading.level, reading.leaves_open) == (1, True)


def test_what_occurs_is_told_and_not_asked(reader):
    assert not reader.is_question("기포 불량이 자꾸 나요")
    assert reader.is_question("지원금이 나오나요")


def test_numbers_alone_and_filler_answer_nothing(reader):
    for words in ("3", "그냥 그래요"):
        assert reader.read("DAT1", words).status is AnswerStatus.NOT_ASKED


def test_an_answer_in_english_is_read_by_meaning(reader):
    assert reader.read("SYS1", "We bought an MES but nobody uses it").level == 1


@pytest.mark.parametrize("words", ["모르겠어요", "그건 잘 모르겠네요", "그건 경리가 알아요"])
def test_not_knowing_is_heard(reader, words):
    assert reader.read("STR2", words).status is AnswerStatus.UNKNOWN


@pytest.mark.parametrize("words", ["지원금은 얼마나 나오나요?", "그게 무슨 뜻이에요?"])
def test_a_question_is_no_answer(reader, words):
    assert reader.read("DAT2", words).status is AnswerStatus.NOT_ASKED


def test_hand_assembly_has_no_settings_to_adjust(reader):
    reading = reader.read("EQP4", "손조립이라 맞출 조건이 없어요")

    assert reading.status is AnswerStatus.NOT_APPLICABLE


def test_numbers_systems_and_people_make_an_answer_firmer(reader):
    assert reader.grade("엑셀에 적어요") == "say"
    assert reader.grade("품질 대리가 하루 두 번 MES에 넣어요") == "detail"
    assert reader.grade("엑셀에 적어요", has_document=True) == "doc"


def test_what_a_message_says_about_other_items_is_heard_too(reader):
    found = {
        one.item: one.reading.level
        for one in reader.volunteered(
            "불량은 하루에 몇 개인지만 적고, 프로그램은 회계 프로그램밖에 없어요"
        )
    }

    assert found == {"PRC2": 1, "SYS1": 0}


def test_company_facts_and_small_talk_are_taken_for_no_answer(reader):
    for words in ("직원은 12명이고 경기도 안산에 있어요", "안녕하세요", "2018년에 창업했어요"):
        assert reader.volunteered(words) == []


def test_vectors_are_kept_for_the_next_process(tmp_path: Path) -> None:
    from advisor.stores.vector_cache import kept_vectors
    from tests.diagnosis.counting_embedder import CountingEmbedder

    first, second = CountingEmbedder(), CountingEmbedder()
    made = kept_vectors(first, tmp_path)(["가", "나"])
    again = kept_vectors(second, tmp_path)(["가", "나"])
    other = kept_vectors(second, tmp_path)(["가", "다"])

    assert (made == again).all()
    assert (first.texts, second.texts) == (2, 2)
    assert other.shape == made.shape
