"""The help desk in SQL: topics, the masked questions in them, what staff did about them.

A question goes when its consultation goes; a topic stays with the words that staff wrote.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import (
    JSON,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.domain.helpdesk import Asked, Note, Topic, TopicSource, TopicState, Unsettled
from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.consultations import TurnRow
from advisor.stores.database import Base, UtcTime, database_errors
from advisor.stores.ledger import Vectors
from advisor.stores.upsert import put

TOPIC_UNKNOWN = UserMessage(
    text="이 문의 묶음을 찾지 못했습니다.",
    next_step="목록을 다시 불러온 뒤 골라 주세요. 물은 분이 상담을 지우면 문의도 함께 사라집니다.",
)
CHANGED_MEANWHILE = UserMessage(
    text="그 사이 다른 사람이 이 문의를 바꾸었습니다.",
    next_step="바뀐 내용을 확인한 뒤 다시 저장해 주세요. 적으신 글은 그대로 두었습니다.",
)
_UNANSWERED = ("no_evidence", "failed", "out_of_scope")
_BATCH = 400


class TopicRow(Base):
    """One topic; `question`, `answer` and `sources` are the desk's own words."""

    __tablename__ = "desk_topics"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    state: Mapped[TopicState] = mapped_column(String(20), index=True)
    label: Mapped[str] = mapped_column(Text)
    asked: Mapped[int] = mapped_column(Integer)
    assignee: Mapped[str | None] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    record_id: Mapped[str | None] = mapped_column(String(200))
    revision: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class QuestionRow(Base):
    """One turn that needs a person; without a topic it was looked at and set aside."""

    __tablename__ = "desk_questions"
    __table_args__ = (UniqueConstraint("consultation_id", "turn"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    turn: Mapped[int] = mapped_column(Integer)
    topic_id: Mapped[int | None] = mapped_column(
        ForeignKey("desk_topics.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(20))
    records: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcTime)


class NoteRow(Base):
    """What somebody of the staff did or wrote; `by` is an account's id."""

    __tablename__ = "desk_notes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    topic_id: Mapped[int] = mapped_column(
        ForeignKey("desk_topics.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)


class DeskVectorRow(Base):
    """The vector of a text for one model: float32, little-endian."""

    __tablename__ = "desk_vectors"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    model_id: Mapped[str] = mapped_column(String(300), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class HelpdeskStore:
    """Keeps the help desk's work; safe to call from many threads and processes."""

    def __init__(self, engine: Engine) -> None:
        """Work on the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def unsettled(self, *, most: int, extra: Collection[tuple[str, int]] = ()) -> list[Unsettled]:
        """Return turns that may need a person and were not looked at yet, the oldest first.

        One that was set aside comes again once it is rated badly.

        Args:
            most: How many at most.
            extra: Consultation and number of turns that failed a check of their quality.
        """
        status = TurnRow.answer["status"].as_string()
        doubtful = [status.in_(_UNANSWERED), TurnRow.rating == -1]
        doubtful += [
            and_(TurnRow.consultation_id == one, TurnRow.number == number) for one, number in extra
        ]
        seen = and_(
            QuestionRow.consultation_id == TurnRow.consultation_id,
            QuestionRow.turn == TurnRow.number,
        )
        new = or_(
            QuestionRow.id.is_(None),
            and_(QuestionRow.topic_id.is_(None), QuestionRow.reason == "", TurnRow.rating == -1),
        )
        query = (
            select(TurnRow, status)
            .outerjoin(QuestionRow, seen)
            .where(or_(*doubtful), new)
            .order_by(TurnRow.at)
            .limit(most)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [
                Unsettled(
                    turn.consultation_id, turn.number, turn.question, said or "",
                    turn.rating == -1, turn.at,
                    tuple(str(one["record_id"]) for one in turn.answer.get("citations") or ()),
                )
                for turn, said in session.execute(query)
            ]  # fmt: skip

    def take_in(
        self, turn: Unsettled, text: str, reason: str, topic_id: int | None, *, new: bool = False
    ) -> int | None:
        """Keep a question in a topic; return the topic's id, None where it is not kept in one.

        Args:
            turn: Where it was asked.
            text: The question as staff may read it.
            reason: Why it needs a person; "" sets it aside.
            topic_id: Topic to join.
            new: Whether to begin a topic with it instead.
        """
        with database_errors(self._engine):
            try:
                with Session(self._engine) as session, session.begin():
                    return _taken_in(session, turn, text, reason, topic_id, new=new)
            except IntegrityError:
                return None  # another process took it, or its consultation was deleted meanwhile

    def topics(self, states: Collection[TopicState], *, most: int | None = None) -> list[Topic]:
        """Return topics of some states, those changed last first."""
        query = (
            select(TopicRow)
            .where(TopicRow.state.in_(states))
            .order_by(TopicRow.changed_at.desc(), TopicRow.id.desc())
            .limit(most)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [_topic(row) for row in session.scalars(query)]

    def topic(self, topic_id: int) -> Topic:
        """Return a topic; raises BadInputError where there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            return _topic(_row(session, topic_id))

    def questions(self, topic_ids: Iterable[int]) -> dict[int, list[Asked]]:
        """Return the questions of topics, the newest first."""
        found: dict[int, list[Asked]] = {one: [] for one in topic_ids}
        ids = list(found)
        with database_errors(self._engine), Session(self._engine) as session:
            for start in range(0, len(ids), _BATCH):
                query = (
                    select(QuestionRow)
                    .where(QuestionRow.topic_id.in_(ids[start : start + _BATCH]))
                    .order_by(QuestionRow.at.desc(), QuestionRow.id.desc())
                )
                for row in session.scalars(query):
                    asked = Asked(row.id, row.text, row.reason, row.at, tuple(row.records))
                    found[row.topic_id or 0].append(asked)
        return found

    def notes(self, topic_id: int) -> list[Note]:
        """Return what was done about a topic, the oldest first."""
        query = select(NoteRow).where(NoteRow.topic_id == topic_id).order_by(NoteRow.id)
        with database_errors(self._engine), Session(self._engine) as session:
            return [Note(row.at, row.by, row.act, row.text) for row in session.scalars(query)]

    def name(self, labels: Mapping[int, str]) -> None:
        """Keep what topics are called."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for topic_id, label in labels.items():
                session.execute(update(TopicRow).where(TopicRow.id == topic_id).values(label=label))

    def act(
        self,
        topic_id: int,
        by: str,
        act: str,
        text: str = "",
        *,
        revision: int | None = None,
        **values: Any,
    ) -> Topic:
        """Change a topic and note who did it.

        Args:
            topic_id: Which.
            by: Account of who does it.
            act: What is done, in a word of ours.
            text: What that person wrote about it.
            revision: Of the topic as that person saw it; None changes whatever stands there.
            values: Columns with their new values.

        Raises:
            BadInputError: There is no such topic, or it changed meanwhile.
        """
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            # Writing first takes the lock, so that two people never change one state.
            query = update(TopicRow).where(TopicRow.id == topic_id)
            if revision is not None:
                query = query.where(TopicRow.revision == revision)
            moment = now()
            done = session.execute(
                query.values(revision=TopicRow.revision + 1, changed_at=moment, **values)
            )
            row = _row(session, topic_id)
            if not done.rowcount:  # type: ignore[attr-defined]  # a cursor result for an UPDATE
                raise BadInputError(CHANGED_MEANWHILE, detail=f"revision={revision}")
            session.add(NoteRow(topic_id=topic_id, at=moment, by=by, act=act, text=text))
            session.flush()
            return _topic(row)

    def move(self, question_id: int, topic_id: int, by: str) -> Topic:
        """Take a question out of its topic, into a new one of its own; return that.

        Raises:
            BadInputError: The topic does not hold it.
        """
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            question = session.get(QuestionRow, question_id)
            if question is None or question.topic_id != topic_id:
                raise BadInputError(TOPIC_UNKNOWN, detail="question is not in the topic")
            fresh = _new_topic(session, question.text)
            question.topic_id = fresh.id
            old = _row(session, topic_id)
            old.asked, fresh.asked = max(old.asked - 1, 0), 1
            for one in (old, fresh):
                note = NoteRow(topic_id=one.id, at=now(), by=by, act="split", text="")
                session.add(note)
            session.flush()
            return _topic(fresh)

    def forget_empty(self) -> list[int]:
        """Drop open topics whose questions have all gone with their consultations."""
        held = select(QuestionRow.topic_id).where(QuestionRow.topic_id.is_not(None))
        query = select(TopicRow.id).where(TopicRow.state == "open", TopicRow.id.not_in(held))
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            gone = list(session.scalars(query))
            if gone:
                session.execute(delete(NoteRow).where(NoteRow.topic_id.in_(gone)))
                session.execute(delete(TopicRow).where(TopicRow.id.in_(gone)))
        return gone

    def vectors(self, digests: Sequence[str], model_id: str) -> dict[str, Vectors]:
        """Return the vectors kept for texts, float32 (dimensions,); absent where there is none."""
        found: dict[str, Vectors] = {}
        with database_errors(self._engine), Session(self._engine) as session:
            for start in range(0, len(digests), _BATCH):
                query = select(DeskVectorRow.digest, DeskVectorRow.vector).where(
                    DeskVectorRow.model_id == model_id,
                    DeskVectorRow.digest.in_(digests[start : start + _BATCH]),
                )
                found.update(
                    (digest, np.frombuffer(vector, dtype="<f4"))
                    for digest, vector in session.execute(query)
                )
        return found

    def put_vectors(self, model_id: str, vectors: Mapping[str, Vectors]) -> None:
        """Keep the vectors of texts by digest; those of other models go."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(delete(DeskVectorRow).where(DeskVectorRow.model_id != model_id))
            for digest, vector in vectors.items():
                key = {"digest": digest, "model_id": model_id}
                put(session, DeskVectorRow, key, {"vector": vector.astype("<f4").tobytes()})

    def count(self, state: TopicState) -> int:
        """Return how many topics are in a state."""
        query = select(func.count()).select_from(TopicRow).where(TopicRow.state == state)
        with database_errors(self._engine), Session(self._engine) as session:
            return session.scalar(query) or 0


def _taken_in(
    session: Session, turn: Unsettled, text: str, reason: str, topic_id: int | None, *, new: bool
) -> int | None:
    row = session.scalar(
        select(QuestionRow).where(
            QuestionRow.consultation_id == turn.consultation_id, QuestionRow.turn == turn.number
        )
    )
    if row is not None and row.topic_id is not None:
        return None
    topic = _new_topic(session, text) if new else None
    if topic is None and topic_id is not None:
        topic = session.get(TopicRow, topic_id)
    if row is None:
        row = QuestionRow(consultation_id=turn.consultation_id, turn=turn.number)
    row.topic_id = topic.id if topic else None
    row.text, row.reason, row.records, row.at = text, reason, list(turn.records), turn.at
    session.add(row)
    if topic is not None:
        topic.asked += 1
        topic.changed_at = now()
    session.flush()
    return row.topic_id


def _new_topic(session: Session, label: str) -> TopicRow:
    moment = now()
    row = TopicRow(
        state="open", label=label, asked=0, assignee=None, question="", answer="", sources=[],
        record_id=None, revision=0, created_at=moment, changed_at=moment,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _row(session: Session, topic_id: int) -> TopicRow:
    row = session.get(TopicRow, topic_id)
    if row is None:
        raise BadInputError(TOPIC_UNKNOWN, detail="no such topic")
    return row


def _topic(row: TopicRow) -> Topic:
    return Topic(
        row.id, row.state, row.label, row.asked, row.assignee, row.question, row.answer,
        tuple(TopicSource(**one) for one in row.sources), row.record_id, row.revision,
        row.created_at, row.changed_at,
    )  # fmt: skip
