"""What consultants wrote of a client, and how far its diagnosis is, in the SQL database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from advisor.clock import now
from advisor.domain.clients import Assessment, Entry, EntryKind, Note, Progress
from advisor.domain.readiness import Diagnosis
from advisor.stores.client_rows import (
    ClientDiagnosisRow,
    ClientEntryRow,
    ClientNoteRow,
    ClientRow,
)
from advisor.stores.clients import seen_consultations
from advisor.stores.consultations import ConsultationRow, TurnRow
from advisor.stores.database import database_errors
from advisor.stores.diagnoses import DiagnosisRow

_RESULT = TypeAdapter(Diagnosis)


class ClientFileStore:
    """Keeps notes, entries and diagnoses of clients; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, which went through `with_vault`."""
        self._engine = engine

    def notes(self, client_id: str) -> list[Note]:
        """Return a client's notes, newest first."""
        query = (
            select(ClientNoteRow)
            .where(ClientNoteRow.client_id == client_id)
            .order_by(ClientNoteRow.at.desc(), ClientNoteRow.id)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [
                Note(one.id, one.account_id, one.at, one.text) for one in session.scalars(query)
            ]

    def add_note(self, client_id: str, note_id: str, *, account_id: str, text: str) -> None:
        """Keep a note."""
        row = ClientNoteRow(
            id=note_id, client_id=client_id, account_id=account_id, at=now(), text=text
        )
        self._add(row)

    def delete_note(self, client_id: str, note_id: str, *, account_id: str) -> bool:
        """Delete a note of one's own; False where there is no such."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            done = session.execute(
                delete(ClientNoteRow).where(
                    ClientNoteRow.id == note_id, ClientNoteRow.client_id == client_id,
                    ClientNoteRow.account_id == account_id,
                )
            )  # fmt: skip
            return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result

    def entries(self, client_id: str) -> list[Entry]:
        """Return all that was entered and taken back, oldest first."""
        query = (
            select(ClientEntryRow)
            .where(ClientEntryRow.client_id == client_id)
            .order_by(ClientEntryRow.id)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [
                Entry(
                    cast("EntryKind", one.kind), one.key, one.value, one.reason, one.account_id,
                    one.at,
                )
                for one in session.scalars(query)
            ]  # fmt: skip

    def add_entry(self, client_id: str, entry: Entry) -> None:
        """Keep an entry as of now."""
        self._add(
            ClientEntryRow(
                client_id=client_id, kind=entry.kind, key=entry.key, value=entry.value,
                reason=entry.reason, account_id=entry.account_id, at=now(),
            )
        )  # fmt: skip

    def assessments(self, client_id: str) -> list[Assessment]:
        """Return the diagnoses that consultants kept, oldest first."""
        query = (
            select(ClientDiagnosisRow)
            .where(ClientDiagnosisRow.client_id == client_id)
            .order_by(ClientDiagnosisRow.id)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [
                Assessment(one.id, one.account_id, one.at, _RESULT.validate_python(one.result))
                for one in session.scalars(query)
            ]

    def add_assessment(self, client_id: str, *, account_id: str, result: Diagnosis) -> None:
        """Keep a diagnosis as it stands now."""
        plain = _RESULT.dump_python(result, mode="json")
        self._add(
            ClientDiagnosisRow(client_id=client_id, account_id=account_id, at=now(), result=plain)
        )

    def progress(self, organisation_id: str) -> dict[str, Progress]:
        """Return how far the diagnosis of each client and consultation is, by either's id.

        Four queries, however many clients there are; what is not begun is left out.
        """
        seen = seen_consultations(organisation_id)
        clients = select(ClientRow.id).where(ClientRow.organisation_id == organisation_id)
        with database_errors(self._engine), Session(self._engine) as session:
            begun: set[str] = set(
                session.scalars(
                    select(ConsultationRow.id).where(
                        ConsultationRow.id.in_(seen),
                        ConsultationRow.state["diagnosis"].as_string().is_not(None),
                    )
                )
            )
            begun |= set(
                session.scalars(
                    select(ClientEntryRow.client_id)
                    .where(ClientEntryRow.client_id.in_(clients), ClientEntryRow.kind == "item")
                    .distinct()
                )
            )
            level = DiagnosisRow.result["level"].as_integer()
            made: Iterable[Any] = session.execute(
                select(DiagnosisRow.consultation_id, DiagnosisRow.finished_at, level)
                .where(DiagnosisRow.consultation_id.in_(seen))
                .order_by(DiagnosisRow.id)
            ).all()
            kept: Iterable[Any] = session.execute(
                select(
                    ClientDiagnosisRow.client_id, ClientDiagnosisRow.at,
                    ClientDiagnosisRow.result["level"].as_integer(),
                )
                .where(ClientDiagnosisRow.client_id.in_(clients))
                .order_by(ClientDiagnosisRow.id)
            ).all()  # fmt: skip
        found = {one: Progress(is_begun=True) for one in begun}
        for owner, at, level_ in (*made, *kept):
            before = found.get(owner, Progress())
            found[owner] = (
                Progress(True, before.diagnosed_at, before.level) if at is None
                else Progress(True, at, level_)
            )  # fmt: skip
        return found

    def turn_moments(self, consultation_id: str) -> list[tuple[int, datetime, str]]:
        """Return number, moment and words of each question of a talk, oldest first."""
        query = (
            select(TurnRow.number, TurnRow.at, TurnRow.question)
            .where(TurnRow.consultation_id == consultation_id)
            .order_by(TurnRow.number)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [(one.number, one.at, one.question) for one in session.execute(query)]

    def _add(self, row: object) -> None:
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.add(row)
