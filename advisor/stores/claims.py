"""Who does what alone, or with others, on a PostgreSQL that several machines share.

A home's own lock keeps two processes of one machine apart. These claims do so across machines; the
server drops them when the connection ends, however it ends. SQLite belongs to one home and has
its lock, so a claim is always free there.
"""

from sqlalchemy import Connection, Engine, text

from advisor.stores.database import database_errors

# Shared by every process that has an index open; a restore wants it alone.
IN_USE = "in-use"
# Held while jobs are worked off.
JOBS = "jobs"


class Claim:
    """One claim of this process; not for two threads at once."""

    def __init__(self, engine: Engine, what: str, *, is_shared: bool = False) -> None:
        """Name the claim; nothing is held yet."""
        self._engine = engine
        self._what = f"advisor:{what}"
        self._suffix = "_shared" if is_shared else ""
        self._held: Connection | None = None

    def take(self) -> bool:
        """Hold it from now on; False where another process holds it.

        Raises:
            HomeUnavailableError: The database does not answer.
        """
        if self._engine.dialect.name != "postgresql" or self._held is not None:
            return True
        with database_errors(self._engine):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            is_ours = connection.scalar(
                text(f"SELECT pg_try_advisory_lock{self._suffix}(hashtext(:what))"),
                {"what": self._what},
            )
        if not is_ours:
            connection.close()
            return False
        self._held = connection
        return True

    def drop(self) -> None:
        """Let it go."""
        if self._held is not None:
            # The connection ends with it: back in the pool it would hold the claim on.
            self._held.invalidate()
            self._held.close()
            self._held = None
