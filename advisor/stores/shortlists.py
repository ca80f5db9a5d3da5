"""Shortlists and alerts in the SQL database."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    Date,
    Engine,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    Update,
    delete,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.clock import now
from advisor.config import Settings
from advisor.domain.shortlist import Alert, AlertKind, Saved
from advisor.stores.consultations import ConsultationRow
from advisor.stores.database import Base, UtcTime, database_errors, open_database
from advisor.stores.encryption import EncryptedText
from advisor.stores.upsert import put, put_new


class ShortlistRow(Base):
    """One saved record of one owner."""

    __tablename__ = "shortlist_items"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class AlertRow(Base):
    """One alert; the same is told once a day at most."""

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("owner", "record_id", "kind", "day"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    record_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[AlertKind] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    is_read: Mapped[bool] = mapped_column(Boolean, default=False)
    is_mailed: Mapped[bool] = mapped_column(Boolean, default=False)


class AlertAddressRow(Base):
    """Where an owner wants alerts mailed to, given by the owner; encrypted."""

    __tablename__ = "alert_addresses"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(EncryptedText)


class ShortlistStore:
    """Keeps shortlists and alerts; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, with its keys where addresses are read or set."""
        self._engine = engine

    @classmethod
    def open(cls, settings: Settings) -> "ShortlistStore":
        """Open the configured database, for all but addresses: those need the keys.

        Raises:
            HomeUnavailableError: The database cannot be used.
        """
        return cls(open_database(settings))

    def save(self, saved: Saved) -> None:
        """Put a record on its owner's shortlist, or refresh how it stands there."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            put(
                session, ShortlistRow, {"owner": saved.owner, "record_id": saved.record_id},
                {"kind": saved.kind, "digest": saved.digest, "state": saved.state},
                new={"added_at": now()},
            )  # fmt: skip

    def remove(self, owner: str, record_id: str) -> bool:
        """Take a record off; False where it was not on."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            row = session.get(ShortlistRow, (owner, record_id))
            if row is not None:
                session.delete(row)
            return row is not None

    def saved_by(self, owner: str) -> list[Saved]:
        """Return an owner's shortlist in the order in which it was made."""
        return self._saved(select(ShortlistRow).where(ShortlistRow.owner == owner))

    def all_saved(self) -> list[Saved]:
        """Return every saved record of every owner, for the daily look."""
        return self._saved(select(ShortlistRow))

    def tell(self, alerts: Sequence[Alert], today: date) -> list[Alert]:
        """Keep alerts; return those that were not told the same day already, with their ids."""
        fresh: list[Alert] = []
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for one in alerts:
                values = {
                    "owner": one.owner, "record_id": one.record_id, "kind": one.kind, "day": today,
                    "text": one.text, "at": now(), "is_read": False, "is_mailed": False,
                }  # fmt: skip
                if put_new(session, AlertRow, values):
                    told = select(AlertRow).where(
                        AlertRow.owner == one.owner, AlertRow.record_id == one.record_id,
                        AlertRow.kind == one.kind, AlertRow.day == today,
                    )  # fmt: skip
                    fresh.append(_alert(session.scalars(told).one()))
        return fresh

    def alerts_of(self, owner: str, *, unread: bool = False) -> list[Alert]:
        """Return an owner's alerts, newest first."""
        query = select(AlertRow).where(AlertRow.owner == owner).order_by(AlertRow.id.desc())
        if unread:
            query = query.where(AlertRow.is_read.is_(False))
        with database_errors(self._engine), Session(self._engine) as session:
            return [_alert(row) for row in session.scalars(query)]

    def mark_read(self, owner: str) -> None:
        """Mark all alerts of an owner as read."""
        self._update(update(AlertRow).where(AlertRow.owner == owner).values(is_read=True))

    def set_address(self, owner: str, address: str | None) -> None:
        """Set, or with None forget, where an owner's alerts are mailed to."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            if address:
                put(session, AlertAddressRow, {"owner": owner}, {"address": address})
            else:
                session.execute(delete(AlertAddressRow).where(AlertAddressRow.owner == owner))

    def to_mail(self) -> dict[str, list[Alert]]:
        """Return the alerts not mailed yet by address, for owners who gave one."""
        found: dict[str, list[Alert]] = {}
        with database_errors(self._engine), Session(self._engine) as session:
            rows = session.execute(
                select(AlertAddressRow.address, AlertRow)
                .join(AlertRow, AlertRow.owner == AlertAddressRow.owner)
                .where(AlertRow.is_mailed.is_(False))
                .order_by(AlertRow.id)
            )
            for address, row in rows:
                found.setdefault(address, []).append(_alert(row))
        return found

    def mark_mailed(self, alerts: Sequence[Alert]) -> None:
        """Mark alerts as mailed, so that nobody gets one twice."""
        ids = [one.id for one in alerts]
        self._update(update(AlertRow).where(AlertRow.id.in_(ids)).values(is_mailed=True))

    def forget(self, owner: str) -> None:
        """Delete all of an owner: with the consultation, or at the owner's wish."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for table in (ShortlistRow, AlertRow, AlertAddressRow):
                session.execute(delete(table).where(table.owner == owner))

    def forget_gone(self) -> None:
        """Delete all of owners whose consultations are no longer there."""
        there = select(ConsultationRow.id)
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            for table in (ShortlistRow, AlertRow, AlertAddressRow):
                session.execute(
                    delete(table).where(table.owner.not_in(there)),
                    execution_options={"synchronize_session": False},
                )

    def _saved(self, query: Select[ShortlistRow]) -> list[Saved]:
        with database_errors(self._engine), Session(self._engine) as session:
            rows = session.scalars(query.order_by(ShortlistRow.added_at, ShortlistRow.record_id))
            return [
                Saved(one.owner, one.record_id, one.kind, one.digest, one.state) for one in rows
            ]

    def _update(self, statement: Update) -> None:
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(statement)


def _alert(row: AlertRow) -> Alert:
    return Alert(row.owner, row.record_id, row.kind, row.text, row.id, row.at, row.is_read)
