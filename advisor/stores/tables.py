"""All tables as lines of JSON and back, the same lines for SQLite and PostgreSQL.

Columns are read as the database has them, so that encrypted ones stay encrypted.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    select,
    text,
    type_coerce,
)
from sqlalchemy.types import UserDefinedType

from advisor.stores.values import readable_json

# What opens something or only counts a minute: nobody is signed in again by an old backup.
LEFT_OUT = ("alembic_version", "one_time_codes", "rate_buckets", "sessions")
_BATCH = 200


class _RawJson(UserDefinedType[str]):
    """JSON as its text: what a number or a null looked like stays."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"


def reflected(connection: Connection) -> MetaData:
    """Return the tables as they are, in an order in which parents come first."""
    found = MetaData()
    found.reflect(connection)
    return found


def kept_tables(connection: Connection) -> list[Table]:
    """Return the tables that a backup holds, parents first."""
    return [one for one in reflected(connection).sorted_tables if one.name not in LEFT_OUT]


def dump(connection: Connection, table: Table) -> Iterator[bytes]:
    """Return the rows of a table, a line each, in the order of its key."""
    columns = [
        (cast(one, Text) if connection.dialect.name == "postgresql" else type_coerce(one, Text))
        if isinstance(one.type, JSON)
        else one
        for one in table.columns
    ]
    query = select(*columns).order_by(*table.primary_key.columns)
    names = list(table.columns.keys())
    rows = connection.execution_options(yield_per=_BATCH).execute(query)
    for row in rows:
        plain = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield (json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def load(connection: Connection, table: Table, lines: Iterable[Mapping[str, Any]]) -> int:
    """Put lines into an empty table; return how many."""
    for one in table.columns:
        if isinstance(one.type, JSON):
            one.type = _RawJson()
    count = 0
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append({name: _typed(table.columns[name], value) for name, value in line.items()})
        if len(batch) == _BATCH:
            connection.execute(insert(table), batch)
            count, batch = count + len(batch), []
    if batch:
        connection.execute(insert(table), batch)
    return count + len(batch)


def clear(connection: Connection, table: Table) -> None:
    """Drop what a migration itself put into a table."""
    connection.execute(delete(table))


def count_rows(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


def count_on(connection: Connection, table: Table) -> None:
    """Let a table's own numbers go on after the highest one that was put in."""
    if connection.dialect.name != "postgresql":
        return
    key = list(table.primary_key.columns)
    if len(key) != 1:
        return
    place = {"table": f'"{table.name}"', "column": key[0].name}
    if connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), place):
        highest = connection.scalar(select(func.max(key[0])))
        if highest is not None:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"),
                {**place, "highest": highest},
            )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime):
        # SQLite forgets the zone, which is UTC always.
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, _RawJson):
        return readable_json(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value
