"""How often somebody asked, in the SQL database: limits hold over processes and restarts.

One moment a key is enough (the generic cell rate algorithm): `due` is when the bucket is full
again. A request moves it by the time that one request is worth, and is refused where it would move
it further than the whole bucket is.
"""

import logging
from dataclasses import dataclass

from sqlalchemy import Double, Engine, String, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from advisor.stores.database import Base, database_errors, kept_open

logger = logging.getLogger(__name__)

# A check is worth no more waiting for somebody else's long write than this.
LONGEST_WAIT_S = 0.25


class RateRow(Base):
    """One bucket; `key` is a hash that names no address, `due` seconds since 1970."""

    __tablename__ = "rate_buckets"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    due: Mapped[float] = mapped_column(Double, index=True)


@dataclass(frozen=True, slots=True)
class Level:
    """A bucket after a request: whether the request went in, and seconds until all is free."""

    is_allowed: bool
    full_in_s: float


class RateStore:
    """Keeps buckets; safe to call from many threads and processes."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the database behind `engine`, whose tables are up to date."""
        self._engine = kept_open(engine, wait_s=LONGEST_WAIT_S)
        self._is_sqlite = engine.dialect.name == "sqlite"

    def take(self, key: str, *, at: float, size: int, every_s: float) -> Level:
        """Put one request into a bucket.

        Args:
            key: Names the bucket; at most 64 characters.
            at: Now, seconds since 1970.
            size: Requests that a bucket holds.
            every_s: Seconds after which one request runs out of it.
        """
        insert = sqlite.insert if self._is_sqlite else postgresql.insert
        due = RateRow.due
        statement = (
            insert(RateRow)
            .values(key=key, due=at + every_s)
            .on_conflict_do_update(
                index_elements=[RateRow.key],
                set_={"due": case((due < at, at), else_=due) + every_s},
                # No row comes back where the bucket is full: one statement decides.
                where=due <= at + (size - 1) * every_s,
            )
            .returning(due)
        )
        with database_errors(self._engine):
            try:
                with self._engine.begin() as connection:
                    after = connection.execute(statement).scalar()
                    is_allowed = after is not None
                    if after is None:
                        after = connection.execute(select(due).where(RateRow.key == key)).scalar()
            except OperationalError as error:
                if self._is_sqlite and "locked" in str(error):
                    # Another write takes long: nobody is refused for that.
                    logger.warning("rate check skipped, database busy")
                    return Level(is_allowed=True, full_in_s=0.0)
                raise
        return Level(is_allowed, max((after or at) - at, 0.0))

    def purge(self, at: float) -> None:
        """Drop buckets that are free again."""
        with database_errors(self._engine), self._engine.begin() as connection:
            connection.execute(delete(RateRow).where(RateRow.due < at))
