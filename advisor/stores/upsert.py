"""One row put by its key in one statement: two who put it at once both succeed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def put(
    session: Session, table: type[DeclarativeBase], key: Mapping[str, Any],
    values: Mapping[str, Any], *, new: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Insert a row, or change the one that has the key.

    Args:
        session: In a transaction of the caller.
        table: Whose row.
        key: Columns of a primary key or of a unique constraint.
        values: Columns to insert or change; an expression of the table's columns counts as a change
            only, with its first value in `new`.
        new: Columns that only a new row takes, before `values`.
    """
    first = {**key, **values, **(new or {})}
    statement = _insert(session)(table).values(first)
    session.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=dict(values))
    )  # fmt: skip


def put_new(session: Session, table: type[DeclarativeBase], values: Mapping[str, Any]) -> bool:
    """Insert a row; False, and no error, where there is one of its key or unique columns already."""
    done = session.execute(_insert(session)(table).values(values).on_conflict_do_nothing())
    return bool(done.rowcount)  # type: ignore[attr-defined]  # a cursor result


def _insert(session: Session) -> Any:
    # Both dialects have the same two methods; SQLAlchemy gives them no common type.
    return sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
