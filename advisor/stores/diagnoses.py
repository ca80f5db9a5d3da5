"""Diagnoses in the SQL database: one row a diagnosis, one row an answer, saved as one goes."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    Boolean,
    Engine,
    ForeignKey,
    Integer,
    String,
    Text,
    delete,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.diagnoses import KeptAnswer, KeptDiagnosis
from advisor.domain.instrument import Grade
from advisor.domain.readiness import AnswerStatus, Diagnosis, ItemAnswer
from advisor.stores.consultations import ConsultationRow
from advisor.stores.database import Base, UtcTime, database_errors, open_database

_RESULT = TypeAdapter(Diagnosis)


class DiagnosisRow(Base):
    """One diagnosis; `result` is there once it was asked for and no answer changed since."""

    __tablename__ = "diagnoses"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    consultation_id: Mapped[str] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    instrument: Mapped[str] = mapped_column(String(100))
    instrument_version: Mapped[str] = mapped_column(String(40))
    is_full: Mapped[bool] = mapped_column(Boolean)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    # SQL NULL, not JSON's own null: "without a result" is asked of the database.
    result: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))


class DiagnosisAnswerRow(Base):
    """One answer; `reason` says why it stands against what a rule or the talk had settled."""

    __tablename__ = "diagnosis_answers"

    diagnosis_id: Mapped[int] = mapped_column(
        ForeignKey("diagnoses.id", ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    status: Mapped[str] = mapped_column(String(20))
    value: Mapped[int | None] = mapped_column(Integer)
    grade: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")


class DiagnosisStore:
    """Keeps diagnoses under consultations and goes with them; safe from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep diagnoses in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    @classmethod
    def open(cls, settings: Settings) -> "DiagnosisStore":
        """Open the configured database; raises HomeUnavailableError where it cannot be used."""
        return cls(open_database(settings))

    def load(self, consultation_id: str) -> tuple[KeptDiagnosis, ...]:
        """Return the diagnoses of a consultation, oldest first; none for an unknown one."""
        with database_errors(self._engine), Session(self._engine) as session:
            rows = session.scalars(
                select(DiagnosisRow)
                .where(DiagnosisRow.consultation_id == consultation_id)
                .order_by(DiagnosisRow.id)
            ).all()
            answers = session.scalars(
                select(DiagnosisAnswerRow)
                .where(DiagnosisAnswerRow.diagnosis_id.in_([row.id for row in rows]))
                .order_by(DiagnosisAnswerRow.item)
            ).all()
            return tuple(
                _kept(row, [one for one in answers if one.diagnosis_id == row.id]) for row in rows
            )

    def begin(
        self,
        consultation_id: str,
        *,
        instrument: str,
        version: str,
        is_full: bool,
        answers: Sequence[KeptAnswer] = (),
    ) -> None:
        """Begin a diagnosis of an existing consultation with the answers already known."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = DiagnosisRow(
                consultation_id=consultation_id, instrument=instrument,
                instrument_version=version, is_full=is_full, started_at=now(),
            )  # fmt: skip
            session.add(row)
            session.flush()
            session.add_all(_row(row.id, one) for one in answers)

    def set_full(self, diagnosis_id: int, *, is_full: bool) -> None:
        """Keep whether all items are shown or the short form only."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                update(DiagnosisRow).where(DiagnosisRow.id == diagnosis_id).values(is_full=is_full)
            )

    def set_answer(self, diagnosis_id: int, kept: KeptAnswer) -> None:
        """Keep an answer in place of the old; what had been concluded no longer holds."""
        diagnosis = select(DiagnosisRow.consultation_id).where(DiagnosisRow.id == diagnosis_id)
        # The update comes first: SQLite then waits for the writer before it, whereas a
        # transaction that has read something would be refused.
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                update(DiagnosisRow)
                .where(DiagnosisRow.id == diagnosis_id)
                .values(result=None, finished_at=None)
            )
            # Whoever fills in a form is still at it: the retention begins anew.
            session.execute(
                update(ConsultationRow)
                .where(ConsultationRow.id == diagnosis.scalar_subquery())
                .values(updated_at=now())
            )
            session.execute(
                delete(DiagnosisAnswerRow).where(
                    DiagnosisAnswerRow.diagnosis_id == diagnosis_id,
                    DiagnosisAnswerRow.item == kept.answer.item,
                )
            )
            if kept.answer.status is not AnswerStatus.NOT_ASKED:
                session.add(_row(diagnosis_id, kept))

    def set_result(self, diagnosis_id: int, result: Diagnosis) -> None:
        """Keep the result with the moment; it stays as it is whatever the instrument becomes."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                update(DiagnosisRow)
                .where(DiagnosisRow.id == diagnosis_id)
                .values(result=_RESULT.dump_python(result, mode="json"), finished_at=now())
            )


def _row(diagnosis_id: int, kept: KeptAnswer) -> DiagnosisAnswerRow:
    one = kept.answer
    return DiagnosisAnswerRow(
        diagnosis_id=diagnosis_id, item=one.item, status=one.status.value, value=one.value,
        grade=one.grade, note=one.note, reason=kept.reason,
    )  # fmt: skip


def _kept(row: DiagnosisRow, answers: Sequence[DiagnosisAnswerRow]) -> KeptDiagnosis:
    return KeptDiagnosis(
        id=row.id,
        instrument_version=row.instrument_version,
        is_full=row.is_full,
        started_at=row.started_at,
        finished_at=row.finished_at,
        answers=tuple(
            KeptAnswer(
                ItemAnswer(
                    one.item, AnswerStatus(one.status), one.value,
                    cast("Grade | None", one.grade), one.note,
                ),
                one.reason,
            )
            for one in answers
        ),
        result=None if row.result is None else _RESULT.validate_python(row.result),
    )  # fmt: skip
