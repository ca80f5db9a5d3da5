"""The audit log: rows that are only added, each sealed to the one before."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Engine, Integer, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.stores.account_rows import AccountRow
from advisor.stores.database import Base, UtcTime, database_errors
from advisor.stores.encryption import Vault

_FIRST = "0" * 64


class AuditRow(Base):
    """One line; `hash` is over all the rest and `previous`, the hash of the line before."""

    __tablename__ = "audit_log"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Base):
    """The newest line's number and hash; `seal` needs the home's key, so cutting the end shows."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line as read."""

    number: int
    at: datetime
    actor: str
    action: str
    object: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the log is whole; `broken_at` is the first line that does not fit."""

    lines: int
    is_whole: bool
    broken_at: int | None = None
    reason: str = ""


class AuditStore:
    """Adds and reads lines; safe to call from many threads and processes."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Keep them in the database behind `engine`, whose tables are up to date."""
        self._engine = engine
        self._vault = vault

    def add(
        self, *, at: datetime, actor: str, action: str, object_: str, details: Mapping[str, Any]
    ) -> int:
        """Add a line; return its number, from 1."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            # Writing first takes the lock, so that two lines never follow the same one.
            session.execute(
                update(AuditHeadRow)
                .where(AuditHeadRow.id == 1)
                .values(number=AuditHeadRow.number + 1)
            )
            head = session.get_one(AuditHeadRow, 1)
            number, previous = head.number, head.hash
            values = {
                "number": number, "at": at.astimezone(UTC), "actor": actor, "action": action,
                "object": object_, "details": dict(details), "previous": previous,
            }  # fmt: skip
            fresh = _hash(values)
            session.execute(insert(AuditRow).values(**values, hash=fresh))
            head.hash, head.seal = fresh, self._seal(number, fresh)
        return number

    def newest(
        self, *, limit: int = 100, before: int | None = None, action: str = "", actor: str = "",
        kind: str = "",
    ) -> list[AuditLine]:  # fmt: skip
        """Return lines, newest first; those before a number, of an action, actor or kind of object."""
        query = select(AuditRow).order_by(AuditRow.number.desc()).limit(limit)
        if before is not None:
            query = query.where(AuditRow.number < before)
        if action:
            query = query.where(AuditRow.action == action)
        if actor:
            query = query.where(AuditRow.actor == actor)
        if kind:
            query = query.where((AuditRow.object == kind) | AuditRow.object.startswith(f"{kind}:"))
        with database_errors(self._engine), Session(self._engine) as session:
            return [
                AuditLine(one.number, one.at, one.actor, one.action, one.object, one.details)
                for one in session.scalars(query)
            ]

    def verify(self) -> Verdict:
        """Read the whole log and tell whether a line was changed, added, dropped or cut off."""
        number, previous = 0, _FIRST
        for row in self._all():
            values = {
                "number": row.number, "at": row.at, "actor": row.actor, "action": row.action,
                "object": row.object, "details": row.details, "previous": row.previous,
            }  # fmt: skip
            if row.number != number + 1:
                return Verdict(number, False, number + 1, "a line is missing")
            if row.previous != previous or row.hash != _hash(values):
                return Verdict(number, False, row.number, "a line was changed")
            number, previous = row.number, row.hash
        with database_errors(self._engine), Session(self._engine) as session:
            head = session.get(AuditHeadRow, 1)
            # A line that was added while we read is no cut end.
            if head is not None and head.number > number and self._has(number + 1):
                return Verdict(number, True)
            if head is None or head.number != number or head.hash != previous:
                return Verdict(number, False, number + 1, "lines at the end are missing or added")
            # Who makes an account leaves a line: with accounts, an empty log was emptied.
            if not number and session.scalar(select(AccountRow.id).limit(1)) is not None:
                return Verdict(0, False, 1, "all lines are missing")
            if number and head.seal != self._seal(number, previous):
                return Verdict(number, False, number, "the log was written anew without the key")
        return Verdict(number, True)

    def _all(self) -> Iterator[AuditRow]:
        start = 0
        while True:
            query = (
                select(AuditRow)
                .where(AuditRow.number > start)
                .order_by(AuditRow.number)
                .limit(1000)
            )
            with database_errors(self._engine), Session(self._engine) as session:
                rows = list(session.scalars(query))
            yield from rows
            if len(rows) < 1000:
                return
            start = rows[-1].number

    def _has(self, number: int) -> bool:
        with Session(self._engine) as session:
            return session.get(AuditRow, number) is not None

    def _seal(self, number: int, line_hash: str) -> str:
        return self._vault.index("audit", f"{number}:{line_hash}")


def _hash(values: Mapping[str, Any]) -> str:
    plain = {**values, "at": values["at"].astimezone(UTC).isoformat()}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
