"""Sessions of signed-in people in the SQL database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from advisor.stores.account_rows import SessionRow
from advisor.stores.database import database_errors

# A session's last sign of life is written at most this often: most requests only read.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session that has not expired."""

    token_hash: str
    account_id: str
    organisation_id: str


class SessionStore:
    """Keeps sessions; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def add(
        self, token_hash: str, account_id: str, organisation_id: str, *, at: datetime,
        expires_at: datetime,
    ) -> None:  # fmt: skip
        """Keep a new session."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.add(
                SessionRow(
                    token_hash=token_hash, account_id=account_id, organisation_id=organisation_id,
                    created_at=at, seen_at=at, expires_at=expires_at,
                )
            )  # fmt: skip

    def load(self, token_hash: str, *, at: datetime, idle: timedelta) -> KeptSession | None:
        """Return a session in use, None where it is unknown, idle too long or at its end."""
        with database_errors(self._engine), Session(self._engine) as session:
            row = session.get(SessionRow, token_hash)
            if row is None or row.expires_at <= at or row.seen_at + idle <= at:
                return None
            if at - row.seen_at >= SEEN_EVERY:
                row.seen_at = at
                session.commit()
                row = session.get(SessionRow, token_hash)
                if row is None:  # signed out by another request meanwhile
                    return None
            return KeptSession(row.token_hash, row.account_id, row.organisation_id)

    def act_for(self, token_hash: str, organisation_id: str) -> None:
        """Go on for another organisation."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(
                update(SessionRow)
                .where(SessionRow.token_hash == token_hash)
                .values(organisation_id=organisation_id)
            )

    def end(self, token_hash: str) -> None:
        """End a session."""
        self._delete(SessionRow.token_hash == token_hash)

    def end_all(self, account_id: str, *, but: str = "") -> None:
        """End all sessions of an account, but the one of a token hash where one is given."""
        self._delete(SessionRow.account_id == account_id, SessionRow.token_hash != but)

    def count(self, account_id: str) -> int:
        """Return how many sessions an account has, those that ran out among them."""
        query = select(func.count()).select_from(SessionRow)
        with database_errors(self._engine), Session(self._engine) as session:
            return session.scalar(query.where(SessionRow.account_id == account_id)) or 0

    def purge(self, at: datetime, *, idle: timedelta) -> None:
        """Drop what expired."""
        self._delete(SessionRow.expires_at <= at)
        self._delete(SessionRow.seen_at <= at - idle)

    def _delete(self, *where: object) -> None:
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(delete(SessionRow).where(*where))  # type: ignore[arg-type]
