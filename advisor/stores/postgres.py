"""PostgreSQL by one URL, through pg8000: the address read, the pool, and errors as they are meant."""

import ssl
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, IntegrityError

from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.values import as_json, keep_storable

DATABASE_URL_WRONG = UserMessage(
    text="ADVISOR_DATABASE_URL을 읽지 못했습니다.",
    next_step="postgresql://사용자:비밀번호@서버:5432/데이터베이스 처럼 적어 주세요. "
    "비워 두면 데이터 폴더의 SQLite를 씁니다.",
)
CONNECT_TIMEOUT_S = 10
# One pool a process: some threads ask at once, and a server takes 100 connections in all.
POOL_SIZE, POOL_OVERFLOW, POOL_WAIT_S = 5, 15, 30
# As long as SQLite waits for its one writer.
LOCK_WAIT_S = 30
# A server between us and PostgreSQL may drop what was quiet for longer.
RECYCLE_S = 1800
_GONE = ("08", "57P0")


def server_engine(url: str, *, owner: str = "") -> Engine:
    """Return the one engine of this process on a PostgreSQL database.

    Args:
        url: `postgresql://user:password@host:port/name`, with `sslmode`, `sslrootcert`,
            `application_name` or `host=/folder/of/a/socket` behind a question mark.
        owner: Tells engines on one database apart that do not belong together.

    Raises:
        BadInputError: The URL is none, or of another kind of database.
    """
    read_url(url)  # a wrong one is told each time, and never kept
    return _engine(url, owner)


def read_url(url: str) -> tuple[URL, dict[str, Any]]:
    """Return the address for SQLAlchemy and the driver's own arguments; raises BadInputError."""
    try:
        found = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise BadInputError(DATABASE_URL_WRONG, detail="url is not readable") from error
    if found.drivername.partition("+")[0] not in {"postgres", "postgresql"}:
        raise BadInputError(DATABASE_URL_WRONG, detail=f"no driver for {found.drivername}")
    query = {key: one if isinstance(one, str) else one[-1] for key, one in found.query.items()}
    arguments: dict[str, Any] = {
        "timeout": CONNECT_TIMEOUT_S,
        "application_name": query.pop("application_name", "advisor"),
    }
    arguments.update(_security(query))
    folder = query.pop("host", "")
    if folder.startswith("/"):
        arguments["unix_sock"] = str(Path(folder) / f".s.PGSQL.{found.port or 5432}")
    elif folder:
        found = found.set(host=folder)
    if query or not found.database or not found.username:
        raise BadInputError(DATABASE_URL_WRONG, detail=f"unknown or missing parts: {sorted(query)}")
    return found.set(drivername="postgresql+pg8000", query={}), arguments


def sql_state(error: BaseException) -> str:
    """Return the five letters by which PostgreSQL says what went wrong, "" for another's error."""
    told = error.args[0] if error.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""


@lru_cache(maxsize=64)
def _engine(url: str, owner: str) -> Engine:
    del owner  # part of the key only
    address, arguments = read_url(url)
    engine = create_engine(
        address, connect_args=arguments, pool_pre_ping=True, pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW, pool_timeout=POOL_WAIT_S, pool_recycle=RECYCLE_S,
        json_serializer=as_json, hide_parameters=True,
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver's one time-out is for connecting and for every statement; long ones may run.
        connection._usock.settimeout(None)
        cursor = connection.cursor()
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT_S}s'")
        cursor.close()
        connection.commit()

    keep_storable(engine)

    @event.listens_for(engine, "handle_error", retval=True)
    def _as_meant(context: ExceptionContext) -> BaseException | None:
        state = sql_state(context.original_exception)
        if state.startswith(_GONE):
            context.is_disconnect = True
        # pg8000 knows the doubled key only; a missing parent is no less a matter of integrity.
        if state.startswith("23") and context.statement is not None:
            return IntegrityError(context.statement, None, context.original_exception)
        return None

    return engine


def _security(query: dict[str, str]) -> dict[str, Any]:
    mode, root = query.pop("sslmode", "prefer"), query.pop("sslrootcert", "")
    if mode == "disable":
        return {"ssl_context": False}
    if mode in {"allow", "prefer"}:
        return {}  # encrypted where the server can, as libpq does
    if mode == "require" and not root:
        return {"ssl_context": True}
    if mode not in {"require", "verify-ca", "verify-full"}:
        raise BadInputError(DATABASE_URL_WRONG, detail=f"unknown sslmode {mode}")
    try:
        context = ssl.create_default_context(cafile=root or None)
    except OSError as error:
        raise BadInputError(DATABASE_URL_WRONG, detail="sslrootcert not readable") from error
    context.check_hostname = mode == "verify-full"
    return {"ssl_context": context}
