"""The one door to the SQL database: engine, migrations, and what can go wrong."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    DateTime,
    Dialect,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    text,
)
from sqlalchemy import Engine as Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import NullPool

from advisor.config import Settings
from advisor.errors import AdvisorError, HomeUnavailableError
from advisor.messages import UserMessage
from advisor.stores.home import HOME_FULL, HOME_READ_ONLY, Home

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
    """A moment with its zone, kept as UTC: SQLite forgets zones and compares as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value if value.tzinfo else value.replace(tzinfo=UTC)


def open_database(settings: Settings) -> Engine:
    """Return an engine on the configured database, its tables brought up to date.

    Raises:
        HomeUnavailableError: The file cannot be written, is damaged, or the server is not there.
    """
    if settings.database_url:
        engine = create_engine(settings.database_url, pool_pre_ping=True)
    else:
        home = Home(settings.home)
        home.create()
        engine = sqlite_engine(home.database)
    with database_errors(engine):
        migrate(engine)
    return engine


def sqlite_engine(path: Path) -> Engine:
    """Return an engine on a SQLite file: readers never wait for the one writer (WAL)."""
    # A connection a thread of the web server is cheap here, and none is shared by accident.
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": 30, "check_same_thread": False},
        poolclass=NullPool,
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Bring the tables to a revision, up or down; nothing happens where they are there already.

    Raises:
        HomeUnavailableError: The database was made by a newer version of the product.
    """
    # 0.2 s of imports, once a process.
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {one.revision for one in script.walk_revisions()}
    if current is not None and current not in known:
        raise HomeUnavailableError(DATABASE_NEWER, detail=f"unknown revision {current}")
    target = script.get_current_head() if to == "head" else to
    if current == target:
        return
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        is_down = current is not None and target in {
            one.revision for one in script.iterate_revisions(current, "base")
        }
        if is_down or to == "base":
            command.downgrade(config, to)
        else:
            command.upgrade(config, to)
    logger.info("database migrated from=%s to=%s", current, target)


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
    except (DBAPIError, sqlite3.Error) as error:
        raise HomeUnavailableError(_message_for(engine, error), detail=repr(error)) from error


def is_usable(engine: Engine) -> bool:
    """Tell whether the database answers."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError:
        return False
    return True


def _message_for(engine: Engine, error: Exception) -> UserMessage:
    words = str(error).lower()
    if "disk is full" in words or "no space left" in words or "disk full" in words:
        return HOME_FULL
    if "readonly" in words or "read-only" in words or "unable to open" in words:
        return HOME_READ_ONLY
    if engine.dialect.name != "sqlite" and isinstance(error, OperationalError):
        return DATABASE_UNREACHABLE
    return DATABASE_BROKEN
