"""Wrong tries and one-time codes in the SQL database: they outlast a restart."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, case, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advisor.stores.account_rows import AttemptRow, CodeRow
from advisor.stores.database import database_errors
from advisor.stores.upsert import put


class AttemptStore:
    """Counts tries by key; safe to call from many threads and processes."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def begin(
        self, key: str, *, at: datetime, forget: timedelta, wait_after: Callable[[int], timedelta]
    ) -> datetime | None:
        """Count a try as wrong before it is made; return until when to wait, None to go on.

        Counting first means that a hundred tries at once are a hundred tries.
        """
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            # An update first takes the write lock on every database.
            touched = session.execute(
                update(AttemptRow)
                .where(AttemptRow.key == key)
                .values(
                    failures=case((AttemptRow.last_at < at - forget, 0), else_=AttemptRow.failures)
                )
            )
            if not touched.rowcount:  # type: ignore[attr-defined]  # a cursor result
                try:
                    with session.begin_nested():
                        session.add(AttemptRow(key=key, failures=0, last_at=at, wait_until=None))
                except IntegrityError:
                    session.execute(update(AttemptRow).where(AttemptRow.key == key).values(key=key))
            row = session.get_one(AttemptRow, key, populate_existing=True)
            if row.wait_until is not None and row.wait_until > at:
                return row.wait_until
            row.failures, row.last_at = row.failures + 1, at
            wait = wait_after(row.failures)
            row.wait_until = at + wait if wait else None
            return None

    def succeed(self, key: str) -> None:
        """Forget all wrong tries of a key."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(delete(AttemptRow).where(AttemptRow.key == key))

    def give_back(self, key: str) -> None:
        """Take one try back that was right; earlier wrong ones stay."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                update(AttemptRow)
                .where(AttemptRow.key == key, AttemptRow.failures > 0)
                .values(failures=AttemptRow.failures - 1, wait_until=None)
            )

    def purge(self, before: datetime) -> None:
        """Drop keys that nobody tried since."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(delete(AttemptRow).where(AttemptRow.last_at < before))


class CodeStore:
    """Keeps one-time codes by purpose and subject, one each; what is kept is no code."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, which went through `with_vault`."""
        self._engine = engine

    def put(
        self, purpose: str, subject: str, code_index: str, *, expires_at: datetime,
        payload: str | None = None,
    ) -> None:  # fmt: skip
        """Keep a code in place of the subject's last."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            put(
                session, CodeRow, {"purpose": purpose, "subject": subject},
                {"code_index": code_index, "expires_at": expires_at, "payload": payload},
            )  # fmt: skip

    def is_current(self, purpose: str, subject: str, code_index: str, *, at: datetime) -> bool:
        """Tell whether this is the subject's code; it stays."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(CodeRow, (purpose, subject))
            return row is not None and row.code_index == code_index and row.expires_at > at

    def take(self, purpose: str, subject: str, code_index: str, *, at: datetime) -> str | None:
        """Use a code up; return its payload ("" without one), None where it does not fit."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            payload = session.scalar(
                select(CodeRow.payload).where(
                    CodeRow.purpose == purpose, CodeRow.subject == subject
                )
            )
            done = session.execute(
                delete(CodeRow).where(
                    CodeRow.purpose == purpose, CodeRow.subject == subject,
                    CodeRow.code_index == code_index, CodeRow.expires_at > at,
                )
            )  # fmt: skip
            return (payload or "") if done.rowcount else None  # type: ignore[attr-defined]

    def drop(self, purpose: str, subject: str) -> None:
        """Make a subject's code useless."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                delete(CodeRow).where(CodeRow.purpose == purpose, CodeRow.subject == subject)
            )

    def purge(self, at: datetime) -> None:
        """Drop what expired."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(delete(CodeRow).where(CodeRow.expires_at <= at))
