import threading
from datetime import timedelta

import pytest

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.profile import Fact, Profile
from advisor.errors import BadInputError, HomeUnavailableError
from advisor.stores.consultations import ConsultationStore
from advisor.stores.database import open_database

KNOWN = Profile({"employees_regular": Fact(30, "직원 30명"), "pain_codes": Fact(("불량",), "불량")})


@pytest.fixture
def store(settings: Settings) -> ConsultationStore:
    return ConsultationStore.open(settings)


def test_a_consultation_comes_back_with_profile_state_and_turns(store, settings):
    one = store.create()
    store.append_turn(
        one, question="질문", answer={"status": "answered"}, profile=KNOWN, state={"intent": "fact"}
    )

    kept = ConsultationStore.open(settings).load(one)

    assert kept is not None
    assert kept.profile == KNOWN
    assert kept.state == {"intent": "fact"}
    assert [(turn.question, turn.answer["status"]) for turn in kept.turns] == [("질문", "answered")]


def test_two_turns_at_once_get_a_number_each(store):
    one = store.create()

    def ask(number: int) -> None:
        store.append_turn(one, question=str(number), answer={}, profile=Profile(), state={})

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(turn.question for turn in store.load(one).turns) == list("01234567")


def test_a_turn_of_a_deleted_consultation_is_refused(store):
    one = store.create()
    assert store.delete(one)

    with pytest.raises(BadInputError):
        store.append_turn(one, question="늦은 답", answer={}, profile=Profile(), state={})
    assert store.load(one) is None


def test_retention_deletes_what_nobody_touched_since(store):
    one = store.create()
    store.append_turn(one, question="질문", answer={}, profile=Profile(), state={})

    assert store.purge(now() - timedelta(days=1)) == 0
    assert store.purge(now() + timedelta(minutes=1)) == 1
    assert store.load(one) is None


def test_a_rating_stays_with_its_turn(store):
    one = store.create()
    for question in ("하나", "둘"):
        store.append_turn(one, question=question, answer={}, profile=Profile(), state={})

    store.add_feedback(one, 1, -1, "금액이 틀려요")

    assert [(turn.rating, turn.comment) for turn in store.load(one).turns] == [
        (None, ""), (-1, "금액이 틀려요"),
    ]  # fmt: skip


def test_a_damaged_database_is_a_sentence_and_stays_as_it_was(tmp_path):
    settings = Settings(home=tmp_path / "home")
    settings.home.mkdir(parents=True)
    file = settings.home / "advisor.sqlite3"
    file.write_bytes(b"not a database" * 100)

    with pytest.raises(HomeUnavailableError) as caught:
        open_database(settings)

    assert "데이터베이스" in str(caught.value.user_message)
    assert file.read_bytes() == b"not a database" * 100
