"""Consultations in the SQL database: profile, turns, ratings, and what the next turn needs."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Engine,
    ForeignKey,
    Integer,
    Select,
    String,
    Text,
    column,
    delete,
    func,
    insert,
    select,
    table,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.profile import Fact, FactValue, Profile
from advisor.errors import BadInputError
from advisor.messages import CONSULTATION_UNKNOWN
from advisor.stores.database import Base, UtcTime, database_errors, open_database


class ConsultationRow(Base):
    """One consultation; `state` is what earlier turns leave for the next."""

    __tablename__ = "consultations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)


class TurnRow(Base):
    """One turn, numbered from 0; the question is masked before it comes here.

    `trace` is what the turn asked of language models: names, digests and counts, never words.
    """

    __tablename__ = "turns"

    consultation_id: Mapped[str] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    rating: Mapped[int | None] = mapped_column(Integer)
    comment: Mapped[str] = mapped_column(Text, default="", server_default="")
    trace: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)


# Named without their own module, which stands on this one.
_OF_CLIENTS: Select[Any] = (
    select(column("consultation_id"))
    .select_from(table("clients"))
    .where(column("consultation_id").is_not(None))
)


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A kept turn; `answer` in the contract's shape, `rating` 1, 0, -1 or None."""

    question: str
    answer: Mapping[str, Any]
    rating: int | None = None
    comment: str = ""
    trace: tuple[Mapping[str, Any], ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredConsultation:
    """A kept consultation, its turns oldest first."""

    id: str
    updated_at: datetime
    profile: Profile = field(default_factory=Profile)
    state: Mapping[str, Any] = field(default_factory=dict)
    turns: tuple[StoredTurn, ...] = ()


class ConsultationStore:
    """Keeps consultations; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep consultations in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    @classmethod
    def open(cls, settings: Settings) -> "ConsultationStore":
        """Open the configured database; raises HomeUnavailableError where it cannot be used."""
        return cls(open_database(settings))

    def create(self) -> str:
        """Return the id of a new consultation: 128 random bits, the only key to it."""
        fresh = secrets.token_urlsafe(16)
        moment = now()
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                insert(ConsultationRow).values(
                    id=fresh, created_at=moment, updated_at=moment, profile={}, state={}
                )
            )
        return fresh

    def load(self, consultation_id: str) -> StoredConsultation | None:
        """Return a consultation with its turns, None where there is none."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(ConsultationRow, consultation_id)
            if row is None:
                return None
            turns = session.scalars(
                select(TurnRow)
                .where(TurnRow.consultation_id == consultation_id)
                .order_by(TurnRow.number)
            )
            return StoredConsultation(
                row.id, row.updated_at, profile_of(row.profile), row.state,
                tuple(StoredTurn(one.question, one.answer, one.rating, one.comment, tuple(one.trace or ()), one.at) for one in turns),
            )  # fmt: skip

    def append_turn(
        self,
        consultation_id: str,
        *,
        question: str,
        answer: Mapping[str, Any],
        profile: Profile,
        state: Mapping[str, Any],
        trace: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Keep a turn with the profile and state after it, in one transaction.

        Raises:
            BadInputError: The consultation was deleted meanwhile.
        """
        moment = now()
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            # Writing first takes the write lock, so that two turns never get one number.
            done = session.execute(
                update(ConsultationRow)
                .where(ConsultationRow.id == consultation_id)
                .values(updated_at=moment, profile=plain_profile(profile), state=dict(state))
            )
            if not done.rowcount:  # type: ignore[attr-defined]  # a cursor result for an UPDATE
                raise BadInputError(CONSULTATION_UNKNOWN)
            number = session.scalar(
                select(func.count())
                .select_from(TurnRow)
                .where(TurnRow.consultation_id == consultation_id)
            )
            session.execute(
                insert(TurnRow).values(
                    consultation_id=consultation_id, number=number, at=moment, question=question,
                    answer=dict(answer), rating=None, comment="", trace=[dict(one) for one in trace],
                )
            )  # fmt: skip

    def set_profile(self, consultation_id: str, profile: Profile) -> None:
        """Keep the profile in place of the old one."""
        self._change(consultation_id, profile=plain_profile(profile))

    def set_state(self, consultation_id: str, state: Mapping[str, Any]) -> None:
        """Keep what the next turn begins with, in place of the old."""
        self._change(consultation_id, state=dict(state))

    def delete(self, consultation_id: str) -> bool:
        """Delete a consultation with all its turns; False where there was none."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(delete(TurnRow).where(TurnRow.consultation_id == consultation_id))
            done = session.execute(
                delete(ConsultationRow).where(ConsultationRow.id == consultation_id)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result

    def add_feedback(self, consultation_id: str, turn: int, rating: int, comment: str = "") -> None:
        """Keep a rating (1, 0, -1) and a masked comment for a turn, counted from 0."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                update(TurnRow)
                .where(TurnRow.consultation_id == consultation_id, TurnRow.number == turn)
                .values(rating=rating, comment=comment)
            )

    def purge(self, before: datetime) -> int:
        """Delete consultations that nobody touched since `before`; return how many.

        A consultant's client keeps its own as long as the client is kept (`ClientStore.purge`).
        """
        stale = delete(ConsultationRow).where(
            ConsultationRow.updated_at < before, ConsultationRow.id.not_in(_OF_CLIENTS)
        )
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            done = session.execute(stale, execution_options={"synchronize_session": False})
            return int(done.rowcount)  # type: ignore[attr-defined]  # a cursor result

    def _change(self, consultation_id: str, **values: Any) -> None:
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                update(ConsultationRow)
                .where(ConsultationRow.id == consultation_id)
                .values(updated_at=now(), **values)
            )


def plain_profile(profile: Profile) -> dict[str, Any]:
    """Return a profile as JSON values, with the words and the origin of each fact."""
    return {
        name: {
            "value": list(fact.value) if isinstance(fact.value, tuple) else fact.value,
            "quote": fact.quote,
            "source": fact.source,
        }
        for name, fact in profile.facts.items()
    }


def profile_of(plain: Mapping[str, Mapping[str, Any]]) -> Profile:
    """Return the profile that `plain_profile` wrote."""
    return Profile(
        {
            name: Fact(_value(one["value"]), one.get("quote", ""), one.get("source", "말"))
            for name, one in plain.items()
        }
    )


def _value(plain: Any) -> FactValue:
    return tuple(plain) if isinstance(plain, list) else plain
