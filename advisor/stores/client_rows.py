"""Tables of consultants' clients: companies, notes, entries, and diagnoses that were kept."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from advisor.stores.database import Base, UtcTime
from advisor.stores.encryption import EncryptedText


class ClientRow(Base):
    """A client company of an organisation.

    Its consultation is either the organisation's own (`consultation_id`) or an owner's, seen
    through a share (`share_id`); the owner may end that, and the client stays.
    """

    __tablename__ = "clients"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[str] = mapped_column(String(40))
    origin: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(EncryptedText)
    contact: Mapped[str | None] = mapped_column(EncryptedText)
    next_step: Mapped[str | None] = mapped_column(EncryptedText)
    next_on: Mapped[date | None] = mapped_column(Date)
    visit_on: Mapped[date | None] = mapped_column(Date)
    plan_for: Mapped[str | None] = mapped_column(String(200))
    plan_cost_krw: Mapped[int | None] = mapped_column(BigInteger)
    planned_at: Mapped[datetime | None] = mapped_column(UtcTime)
    consultation_id: Mapped[str | None] = mapped_column(
        ForeignKey("consultations.id", ondelete="SET NULL"), index=True
    )
    share_id: Mapped[str | None] = mapped_column(
        ForeignKey("shares.id", ondelete="SET NULL"), index=True
    )
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcTime)
    handed_over_by: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)


class ClientNoteRow(Base):
    """What a consultant wrote down; its writer alone takes it away."""

    __tablename__ = "client_notes"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcTime)
    text: Mapped[str] = mapped_column(EncryptedText)


class ClientEntryRow(Base):
    """A value that a consultant entered: a fact of the company or an answer of the diagnosis.

    Rows are only added: the newest of a key counts, `value` None takes the earlier ones back.
    """

    __tablename__ = "client_entries"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(100))
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    reason: Mapped[str] = mapped_column(EncryptedText)
    account_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcTime)


class ClientDiagnosisRow(Base):
    """A diagnosis as a consultant saw the company on one day."""

    __tablename__ = "client_diagnoses"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcTime)
    result: Mapped[dict[str, object]] = mapped_column(JSON)
