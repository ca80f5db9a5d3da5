"""The one door to the SQL database: engine, migrations, and what can go wrong."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    text,
)
from sqlalchemy import Engine as Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import NullPool, QueuePool

from advisor.clock import SEOUL
from advisor.config import Settings
from advisor.errors import AdvisorError, HomeUnavailableError
from advisor.messages import UserMessage
from advisor.stores.home import HOME_FULL, HOME_READ_ONLY, Home
from advisor.stores.postgres import server_engine, sql_state
from advisor.stores.switching import finish_switch
from advisor.stores.values import as_json, keep_storable

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

logger = logging.getLogger(__name__)

DATABASE_BROKEN = UserMessage(
    text="데이터베이스를 읽거나 쓰지 못했습니다.",
    next_step="`advisor doctor`로 저장소 상태를 확인해 주세요. 파일이 손상되었다면 백업에서 되살려 주세요.",
)
DATABASE_UNREACHABLE = UserMessage(
    text="설정한 데이터베이스에 연결하지 못했습니다.",
    next_step="ADVISOR_DATABASE_URL의 주소와 계정, 서버가 켜져 있는지 확인해 주세요.",
)
DATABASE_NEWER = UserMessage(
    text="데이터베이스가 이 프로그램보다 새 버전에서 만들어졌습니다.",
    next_step="프로그램을 새 버전으로 올린 뒤 다시 실행해 주세요.",
)
DATABASE_DENIED = UserMessage(
    text="데이터베이스 계정에 읽거나 쓸 권한이 없습니다.",
    next_step="ADVISOR_DATABASE_URL의 계정이 그 데이터베이스의 주인인지 확인해 주세요.",
)
DATABASE_BUSY = UserMessage(
    text="데이터베이스가 다른 작업을 하느라 제때 답하지 못했습니다.",
    next_step="잠시 뒤 다시 해 주세요. 계속되면 오래 걸리는 작업이 있는지 확인해 주세요.",
)
MIGRATIONS = Path(__file__).parent / "migrations"
# Names by rule, so that a migration can drop a constraint on every database.
_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table class derives from."""

    metadata = MetaData(naming_convention=_NAMES)


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept as UTC (SQLite forgets zones and compares as text), read in Asia/Seoul."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(SEOUL)


def open_database(settings: Settings) -> Engine:
    """Return an engine on the configured database, its tables brought up to date.

    Raises:
        HomeUnavailableError: The file cannot be written, is damaged, or the server is not there.
    """
    if settings.database_url:
        # Keys of encrypted columns stand at the engine: two homes on one database share none.
        engine = server_engine(settings.database_url, owner=str(settings.home.expanduser()))
    else:
        home = Home(settings.home)
        home.create()
        finish_switch(home.root)
        engine = sqlite_engine(home.database)
    with database_errors(engine):
        migrate(engine)
    return engine


def sqlite_engine(path: Path) -> Engine:
    """Return an engine on a SQLite file: readers never wait for the one writer (WAL)."""
    # A connection a thread of the web server is cheap here, and none is shared by accident.
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": 30, "check_same_thread": False},
        poolclass=NullPool, json_serializer=as_json,
    )  # fmt: skip
    keep_storable(engine)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def kept_open(engine: Engine, *, wait_s: float) -> Engine:
    """Return an engine on the same database for many small writes, with one connection kept open.

    Closing the last connection to a SQLite file writes all of it back, which costs ten times the
    write; and threads that wait for a connection wait less than for a lock of the file. A server
    pools its connections anyway; its engine is returned as it is.

    Args:
        engine: The one that everything else uses.
        wait_s: How long a write of a SQLite file waits for another.
    """
    if engine.dialect.name != "sqlite":
        return engine
    kept = create_engine(
        engine.url, connect_args={"timeout": wait_s, "check_same_thread": False},
        poolclass=QueuePool, pool_size=1, max_overflow=0,
    )  # fmt: skip

    @event.listens_for(kept, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return kept


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Bring the tables to a revision, up or down; nothing happens where they are there already.

    Raises:
        HomeUnavailableError: The database was made by a newer version of the product.
    """
    script = _script()
    target = script.get_current_head() if to == "head" else to
    with engine.connect() as connection:
        if _known_revision(connection, script) == target:
            return
    with engine.begin() as connection:
        # One process migrates, the others find it done; all of it or none, on both databases.
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        lock(connection, "migrate")
        bring_to(connection, to)


def bring_to(connection: Connection, to: str) -> None:
    """Bring the tables to a revision inside a transaction of the caller; raises as `migrate`."""
    from alembic import command
    from alembic.config import Config

    script = _script()
    current = _known_revision(connection, script)
    target = script.get_current_head() if to == "head" else to
    if current == target:
        return
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    is_down = current is not None and target in {
        one.revision for one in script.iterate_revisions(current, "base")
    }
    if is_down or to == "base":
        command.downgrade(config, to)
    else:
        command.upgrade(config, to)
    logger.info("database migrated from=%s to=%s", current, target)


def knows_revision(revision: str) -> bool:
    """Tell whether this version of the product has a migration of that name."""
    return revision in {one.revision for one in _script().walk_revisions()}


def revision_of(connection: Connection) -> str | None:
    """Return the revision that the tables are at, None where there are none."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def _known_revision(connection: Connection, script: "ScriptDirectory") -> str | None:
    found = revision_of(connection)
    if found is not None and found not in {one.revision for one in script.walk_revisions()}:
        raise HomeUnavailableError(DATABASE_NEWER, detail=f"unknown revision {found}")
    return found


@cache
def _script() -> "ScriptDirectory":
    """Return the migrations, read once a process: every store asks for them when it opens."""
    # 0.2 s of imports.
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def lock(connection: Connection | Session, what: str) -> None:
    """Let one transaction at a time go on here, until it ends.

    Nothing on SQLite, whose one writer holds the whole file.
    """
    if isinstance(connection, Session):
        connection = connection.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": f"advisor:{what}"}
        )


@contextmanager
def database_errors(engine: Engine) -> Iterator[None]:
    """Turn a database that cannot be used into a sentence with the next step.

    Raises:
        HomeUnavailableError: In place of the driver's error.
    """
    try:
        yield
    except AdvisorError:
        raise
    except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
        raise HomeUnavailableError(_message_for(engine, error), detail=repr(error)) from error


def is_usable(engine: Engine) -> bool:
    """Tell whether the database answers."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except (DBAPIError, PoolTimeoutError):
        return False
    return True


def _message_for(engine: Engine, error: Exception) -> UserMessage:
    words = str(error).lower()
    if "disk is full" in words or "no space left" in words or "disk full" in words:
        return HOME_FULL
    if "readonly" in words or "read-only" in words or "unable to open" in words:
        return HOME_READ_ONLY
    if isinstance(error, PoolTimeoutError) or "database is locked" in words:
        return DATABASE_BUSY
    if engine.dialect.name == "sqlite" or not isinstance(error, DBAPIError):
        return DATABASE_BROKEN
    state = sql_state(error.orig) if error.orig is not None else ""
    if state.startswith(("55P03", "40")):
        return DATABASE_BUSY
    if state == "42501":
        return DATABASE_DENIED
    # No state at all is the driver's own: the network, or an answer that broke off.
    if not state or state.startswith(("08", "28", "3D", "53", "57P")):
        return DATABASE_UNREACHABLE
    return DATABASE_BROKEN
