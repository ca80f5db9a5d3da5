"""One of everything that is kept, made through the stores where that matters."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Table,
    insert,
)

from advisor.stores.tables import count_rows, dump, kept_tables, reflected

MOMENT = datetime(2026, 11, 25, 12, 34, 56, 789012, tzinfo=UTC)
# Letters beyond ASCII and beyond the BMP, quotes, a back slash, line ends: what a dump could spoil.
WORDS = "가\U00020000'\"\\ \n끝"


def fill_every_table(
    connection: Connection, rows: int = 2, *, only_empty: bool = False
) -> list[str]:
    """Put rows into every table but the log's head; return the names of the tables."""
    names = []
    for table in reflected(connection).sorted_tables:
        if table.name in {"alembic_version", "audit_head"}:
            continue
        if only_empty and count_rows(connection, table):
            continue
        connection.execute(insert(table), [_row(table, number) for number in range(1, rows + 1)])
        names.append(table.name)
    return names


def content(connection: Connection) -> dict[str, list[Any]]:
    """Return all that a backup keeps, comparable between databases."""
    return {
        table.name: sorted(
            (json.loads(line) for line in dump(connection, table)), key=lambda one: str(one)
        )
        for table in kept_tables(connection)
    }


def _row(table: Table, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        parents = list(column.foreign_keys)
        row[column.name] = _value(column if not parents else parents[0].column, number)
    return row


def _value(column: Any, number: int) -> Any:
    kind = column.type
    if isinstance(kind, JSON):
        return {"가": [number, 1.5, None, True], "글": WORDS}
    if isinstance(kind, LargeBinary):
        return bytes([0, 255, number])
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, DateTime):
        return MOMENT
    if isinstance(kind, Date):
        return date(2026, 11, number)
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Float):
        return number + 0.25
    # An id that is short enough for every column; words where nothing refers to them.
    return (
        f"{number}" if column.primary_key or getattr(kind, "length", None) else f"{number}{WORDS}"
    )
