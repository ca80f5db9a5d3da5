"""The queue on a database of its own, with letters for a model."""

from collections.abc import Callable

import pytest

from advisor.config import Settings
from advisor.domain.helpdesk import TopicSource
from advisor.domain.profile import Profile
from advisor.errors import BadInputError
from advisor.helpdesk.queue import Queue
from advisor.stores.consultations import ConsultationStore
from advisor.stores.database import migrate, open_database
from advisor.stores.helpdesk import HelpdeskStore
from tests.helpdesk.pairs import LetterEmbedder

DORMITORY = "기숙사 건축비 지원"
BOLD = "기숙사 건축비 지원되나요"
OTHER = "특허 출원 비용"
Ask = Callable[..., str]


@pytest.fixture
def talks(settings: Settings) -> ConsultationStore:
    return ConsultationStore.open(settings)


@pytest.fixture
def queue(settings: Settings, talks: ConsultationStore) -> Queue:
    return Queue(
        HelpdeskStore(open_database(settings)), LetterEmbedder(),
        usual=("접수 언제까지인가요", "얼마까지 지원하나요", "어디에 문의하나요"),
        is_doubtful=lambda text: "공장" in text,
    )  # fmt: skip


@pytest.fixture
def ask(talks: ConsultationStore) -> Ask:
    def asked(question: str, status: str = "no_evidence", rating: int | None = None) -> str:
        mine = talks.create()
        answer = {"status": status, "text": "답", "citations": [{"record_id": "a-program"}]}
        talks.append_turn(mine, question=question, answer=answer, profile=Profile(), state={})
        if rating is not None:
            talks.add_feedback(mine, 0, rating, "홍길동 010-1234-5678")
        return mine

    return asked


def test_what_nobody_answered_well_is_grouped_and_what_was_answered_well_is_not(
    queue: Queue, ask: Ask
) -> None:
    ask(DORMITORY)
    ask(BOLD, "failed")
    ask(OTHER, "answered", rating=-1)
    ask("공장 화재보험", "out_of_scope")
    ask("점심 메뉴", "out_of_scope")
    ask("AI 바우처 금액", "answered", rating=1)
    ask("사업 찾아 주세요", "asked_back")
    ask("그만", "blocked")

    assert queue.collect() is False
    lines = {one.topic.label: one for one in queue.lines("open")}

    assert [one.text for one in lines[DORMITORY].questions] == [BOLD, DORMITORY]
    assert dict(lines[DORMITORY].reasons) == {"no_evidence": 1, "failed": 1}
    assert dict(lines[OTHER].reasons) == {"rated_bad": 1}
    assert lines[OTHER].questions[0].records == ("a-program",)
    assert set(lines) == {DORMITORY, OTHER, "공장 화재보험"}
    assert queue.lines("open")[0].topic.label == DORMITORY  # asked most


def test_a_topic_keeps_its_id_while_questions_come_and_nothing_is_taken_in_twice(
    queue: Queue, ask: Ask
) -> None:
    ask(DORMITORY)
    queue.collect()
    (first,) = queue.lines("open")
    queue.collect()
    ask(BOLD)
    ask(OTHER)
    queue.collect()

    found = {one.topic.id: len(one.questions) for one in queue.lines("open")}
    assert found[first.topic.id] == 2
    assert sum(found.values()) == 3


def test_what_was_set_aside_comes_back_once_it_is_rated_badly(
    queue: Queue, talks: ConsultationStore, ask: Ask
) -> None:
    mine = ask("점심 메뉴", "out_of_scope")
    queue.collect()
    assert queue.lines("open") == []

    talks.add_feedback(mine, 0, -1)
    queue.collect()
    assert [one.topic.label for one in queue.lines("open")] == ["점심 메뉴"]


def test_a_turn_that_failed_a_check_of_its_quality_is_looked_at_too(
    queue: Queue, ask: Ask, settings: Settings
) -> None:
    mine = ask(DORMITORY, "answered")
    ask(OTHER, "answered")
    low = Queue(
        queue.store, queue.embedder, queue.usual, queue.is_doubtful, lambda: [(mine, 0)]
    )  # fmt: skip
    low.collect()
    assert [dict(one.reasons) for one in low.lines("open")] == [{"low_quality": 1}]


def test_no_name_or_number_of_whoever_asked_reaches_the_desk(queue: Queue, ask: Ask) -> None:
    ask("저는 홍길동입니다. ㈜한빛정밀에서 기숙사를 짓는데 010-1234-5678로 알려 주세요", rating=-1)
    queue.collect()
    (line,) = queue.lines("open")
    sheet = queue.sheet(line.topic.id)

    shown = repr(sheet)
    assert "기숙사" in shown
    for secret in ("홍길동", "한빛정밀", "1234"):
        assert secret not in shown


def test_a_deleted_consultation_takes_its_question_out_and_leaves_the_desks_words(
    queue: Queue, talks: ConsultationStore, ask: Ask
) -> None:
    first, second = ask(DORMITORY), ask(OTHER)
    queue.collect()
    ids = {one.topic.label: one.topic.id for one in queue.lines("open")}
    queue.answer(
        ids[DORMITORY], "kim", question="기숙사도 지원되나요?", answer="아직 없습니다.", sources=()
    )
    talks.delete(first)
    talks.delete(second)
    queue.collect()

    assert queue.lines("open") == []
    (settled,) = queue.lines("answered")
    assert settled.questions == ()
    assert (settled.topic.question, settled.topic.asked) == ("기숙사도 지원되나요?", 1)
    with pytest.raises(BadInputError):
        queue.sheet(ids[OTHER])


def test_who_asks_about_a_settled_topic_again_begins_a_new_one_that_shows_the_old_answer(
    queue: Queue, ask: Ask
) -> None:
    ask(DORMITORY)
    queue.collect()
    old = queue.lines("open")[0].topic.id
    source = TopicSource("기숙사 안내", "https://example.org/a", "시험 기관", "2026-01-02")
    queue.answer(old, "kim", question="", answer="시·군에 물어보세요.", sources=(source,))
    ask(BOLD)
    queue.collect()

    (line,) = queue.lines("open")
    sheet = queue.sheet(line.topic.id)
    assert line.topic.id != old
    assert [(one.topic.id, one.topic.answer) for one in sheet.earlier] == [
        (old, "시·군에 물어보세요.")
    ]
    assert sheet.earlier[0].topic.sources == (source,)
    assert [one.topic.id for one in queue.earlier("기숙사 건축비 지원 알려 주세요")] == [old]
    assert queue.earlier("태양광 설치") == ()


def test_two_people_do_not_answer_over_each_other_and_each_step_is_noted(
    queue: Queue, ask: Ask
) -> None:
    ask(DORMITORY)
    queue.collect()
    topic = queue.lines("open")[0].topic
    queue.assign(topic.id, "kim", "lee")
    queue.note(topic.id, "lee", "김철수 대표가 010-1234-5678로 다시 걸기로 함")
    with pytest.raises(BadInputError):
        queue.answer(topic.id, "kim", question="", answer="답", sources=(), revision=topic.revision)
    now = queue.store.topic(topic.id)
    queue.answer(topic.id, "lee", question="", answer="답", sources=(), revision=now.revision)

    notes = queue.sheet(topic.id).notes
    assert [(one.by, one.act) for one in notes] == [
        ("kim", "assign"), ("lee", "note"), ("lee", "answer"),
    ]  # fmt: skip
    assert "1234" not in notes[1].text
    assert "철수" not in notes[1].text
    with pytest.raises(BadInputError):
        queue.close(topic.id, "kim", "중복")
    assert queue.reopen(topic.id, "kim").state == "open"


def test_a_question_that_asks_something_else_gets_a_topic_of_its_own(
    queue: Queue, ask: Ask
) -> None:
    ask(DORMITORY)
    ask(BOLD)
    queue.collect()
    (line,) = queue.lines("open")
    fresh = queue.split(line.topic.id, line.questions[0].id, "kim")

    assert fresh.label == BOLD
    assert {one.topic.label: len(one.questions) for one in queue.lines("open")} == {
        DORMITORY: 1, BOLD: 1,
    }  # fmt: skip
    with pytest.raises(BadInputError):
        queue.split(line.topic.id, line.questions[0].id, "kim")


def test_the_tables_go_and_come_back(settings: Settings) -> None:
    engine = open_database(settings)
    migrate(engine, to="0009_model_calls")
    migrate(engine)
    assert HelpdeskStore(engine).count("open") == 0
