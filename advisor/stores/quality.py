"""What the local checks found in each live turn: names of checks, never a word of anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Engine, ForeignKey, Integer, String, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.config import Settings
from advisor.stores.consultations import TurnRow
from advisor.stores.database import Base, UtcTime, database_errors, open_database


class QualityKind(StrEnum):
    """Which turns a list is of."""

    ALL = "all"  # any of the others
    CHECKS = "checks"  # some check failed
    NO_EVIDENCE = "no_evidence"
    FAILED = "failed"
    DISLIKED = "disliked"  # a thumb down


class TurnQualityRow(Base):
    """One turn that was checked, numbered from 0 within its consultation."""

    __tablename__ = "turn_quality"

    consultation_id: Mapped[str] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    turn_id: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(20))
    checks: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


@dataclass(frozen=True, slots=True)
class TurnQuality:
    """How one turn went: its status, the checks that failed, the thumb (1, 0, -1 or None)."""

    consultation_id: str
    number: int
    turn_id: str
    status: str
    checks: tuple[str, ...]
    rating: int | None
    created_at: datetime


class QualityStore:
    """Keeps what checks found; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep it in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    @classmethod
    def open(cls, settings: Settings) -> "QualityStore":
        """Open the configured database; raises HomeUnavailableError where it cannot be used."""
        return cls(open_database(settings))

    def keep(
        self, consultation_id: str, number: int, *, turn_id: str, status: str, checks: Iterable[str]
    ) -> None:
        """Keep what was found in a turn, counted from 0; nothing where its consultation is gone."""
        row = insert(TurnQualityRow).values(
            consultation_id=consultation_id, number=number, turn_id=turn_id, status=status,
            checks=list(checks), created_at=now(),
        )  # fmt: skip
        with database_errors(self._engine):
            try:
                with Session(self._engine) as session, session.begin():
                    session.execute(row)
            except IntegrityError:  # deleted meanwhile, or kept by another process
                return

    def quality_list(
        self, since: datetime, kind: QualityKind = QualityKind.ALL, *, most: int = 200
    ) -> list[TurnQuality]:
        """Return the turns since a moment that somebody should look at, the newest first."""
        query = (
            select(TurnQualityRow, TurnRow.rating)
            .join(
                TurnRow,
                (TurnRow.consultation_id == TurnQualityRow.consultation_id)
                & (TurnRow.number == TurnQualityRow.number),
            )
            .where(TurnQualityRow.created_at >= since)
            .order_by(TurnQualityRow.created_at.desc())
        )
        with database_errors(self._engine), Session(self._engine) as session:
            found = [
                TurnQuality(
                    row.consultation_id, row.number, row.turn_id, row.status, tuple(row.checks),
                    rating, row.created_at,
                )
                for row, rating in session.execute(query)
            ]  # fmt: skip
        return [one for one in found if _is_of(one, kind)][:most]


def _is_of(one: TurnQuality, kind: QualityKind) -> bool:
    kinds = {
        QualityKind.CHECKS: bool(one.checks),
        QualityKind.NO_EVIDENCE: one.status == "no_evidence",
        QualityKind.FAILED: one.status == "failed",
        QualityKind.DISLIKED: one.rating == -1,
    }
    return any(kinds.values()) if kind is QualityKind.ALL else kinds[kind]
