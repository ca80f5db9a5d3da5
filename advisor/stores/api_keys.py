"""Keys of organisations in the SQL database: a hash and what a key may do, never the key itself."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, Engine, ForeignKey, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from advisor.stores.account_rows import OrganisationRow
from advisor.stores.database import Base, UtcTime, database_errors


class ApiKeyRow(Base):
    """A key. `prefix` is what people know it by; `scopes` are words with blanks between."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(String(20))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    last_used_on: Mapped[date | None] = mapped_column(Date)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as kept; nothing of it opens anything."""

    id: str
    organisation_id: str
    organisation: str
    is_operator: bool
    name: str
    prefix: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_on: date | None

    def is_good(self, at: datetime) -> bool:
        """Tell whether it opens something at a moment."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


class ApiKeyStore:
    """Keeps keys; safe to call from many threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, whose tables are up to date."""
        self._engine = engine

    def add(
        self, key_id: str, *, organisation_id: str, name: str, prefix: str, key_hash: str,
        scopes: frozenset[str], created_at: datetime, created_by: str,
        expires_at: datetime | None,
    ) -> None:  # fmt: skip
        """Keep a new key."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.add(
                ApiKeyRow(
                    id=key_id, organisation_id=organisation_id, name=name, prefix=prefix,
                    key_hash=key_hash, scopes=" ".join(sorted(scopes)), created_at=created_at,
                    created_by=created_by, expires_at=expires_at, revoked_at=None,
                    last_used_on=None,
                )
            )  # fmt: skip

    def by_hash(self, key_hash: str) -> ApiKey | None:
        """Return the key of a hash, whatever became of it; None where there never was one."""
        return next(iter(self._keys(ApiKeyRow.key_hash == key_hash)), None)

    def load(self, key_id: str) -> ApiKey | None:
        """Return a key, None where there is none."""
        return next(iter(self._keys(ApiKeyRow.id == key_id)), None)

    def all(self, organisation_id: str | None = None) -> list[ApiKey]:
        """Return the keys of an organisation or of all, oldest first; revoked ones too."""
        if organisation_id is None:
            return self._keys()
        return self._keys(ApiKeyRow.organisation_id == organisation_id)

    def used(self, key_id: str, on: date) -> None:
        """Note the day that a key was last used on."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used_on=on))

    def revoke(self, key_id: str, at: datetime) -> bool:
        """End a key; False where there is no such or it had ended."""
        with database_errors(self._engine), Session(self._engine) as session, session.begin():
            done = session.execute(
                update(ApiKeyRow)
                .where(ApiKeyRow.id == key_id, ApiKeyRow.revoked_at.is_(None))
                .values(revoked_at=at)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result

    def _keys(self, *where: object) -> list[ApiKey]:
        query = (
            select(ApiKeyRow, OrganisationRow)
            .join(OrganisationRow, OrganisationRow.id == ApiKeyRow.organisation_id)
            .where(*where)  # type: ignore[arg-type]  # column expressions
            .order_by(ApiKeyRow.created_at, ApiKeyRow.id)
        )
        with database_errors(self._engine), Session(self._engine) as session:
            return [
                ApiKey(
                    id=row.id, organisation_id=row.organisation_id, organisation=whose.name,
                    is_operator=whose.is_operator, name=row.name, prefix=row.prefix,
                    scopes=frozenset(row.scopes.split()), created_at=row.created_at,
                    expires_at=row.expires_at, revoked_at=row.revoked_at,
                    last_used_on=row.last_used_on,
                )
                for row, whose in session.execute(query)
            ]  # fmt: skip
