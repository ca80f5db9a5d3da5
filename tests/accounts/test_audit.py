"""The audit log: whole until somebody touches it."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from advisor.accounts.actor import TERMINAL
from advisor.accounts.office import Accounts
from advisor.accounts.policy import Kind
from advisor.config import Settings
from advisor.stores.audit import _hash
from advisor.stores.database import open_database
from tests.accounts.people import PASSWORD, a_person, sign_in


def _five_lines(office: Accounts) -> None:
    for number in range(5):
        office.audit.record(TERMINAL, "publish", Kind.DRAFT, f"draft-{number}", version=number)


def _plain(details: Any) -> Any:
    return json.loads(details) if isinstance(details, str) else details  # as the driver gives it


def _without_guard(connection: Connection) -> None:
    """What whoever owns the database can do."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP TRIGGER audit_log_kept ON audit_log"))
        return
    for verb in ("update", "delete"):
        connection.execute(text(f"DROP TRIGGER audit_log_no_{verb}"))


def _change(connection: Connection) -> None:
    connection.execute(text("UPDATE audit_log SET actor = 'somebody' WHERE number = 3"))


def _drop(connection: Connection) -> None:
    connection.execute(text("DELETE FROM audit_log WHERE number = 3"))


def _cut(connection: Connection) -> None:
    connection.execute(text("DELETE FROM audit_log WHERE number > 3"))


def _cut_with_the_head(connection: Connection) -> None:
    _cut(connection)
    connection.execute(
        text("UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit_log WHERE number=3)")
    )


def _empty(connection: Connection) -> None:
    connection.execute(text("DELETE FROM audit_log"))
    connection.execute(
        text("UPDATE audit_head SET number = 0, seal = '', hash = :h"), {"h": "0" * 64}
    )


def _write_anew(connection: Connection) -> None:
    """What somebody with the database but without the key can do best: a new chain."""
    from datetime import UTC, datetime

    rows = connection.execute(text("SELECT * FROM audit_log ORDER BY number")).mappings().all()
    previous = "0" * 64
    for row in rows:
        values = {
            "number": row["number"],
            "at": datetime.fromisoformat(str(row["at"])).replace(tzinfo=UTC),
            "actor": "somebody", "action": row["action"], "object": row["object"],
            "details": _plain(row["details"]), "previous": previous,
        }  # fmt: skip
        fresh = _hash(values)
        connection.execute(
            text("UPDATE audit_log SET actor='somebody', previous=:p, hash=:h WHERE number=:n"),
            {"p": previous, "h": fresh, "n": row["number"]},
        )
        previous = fresh
    connection.execute(text("UPDATE audit_head SET hash = :h"), {"h": previous})


@pytest.mark.parametrize(
    ("tamper", "broken_at"),
    [
        (_change, 3), (_drop, 3), (_cut, 4), (_cut_with_the_head, 3), (_empty, 1), (_write_anew, 7),
    ],
)  # fmt: skip
def test_tampering_is_found(
    office: Accounts, settings: Settings, tamper: Callable[[Connection], None], broken_at: int
) -> None:
    _five_lines(office)
    a_person(office, "park", "consultant")
    assert office.audit.verify().is_whole
    with open_database(settings).begin() as connection:
        _without_guard(connection)
        tamper(connection)

    found = office.audit.verify()

    assert not found.is_whole
    assert found.broken_at == broken_at


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"])
def test_the_database_itself_refuses_to_change_a_line(
    office: Accounts, settings: Settings, statement: str
) -> None:
    _five_lines(office)

    with pytest.raises(DBAPIError), open_database(settings).begin() as connection:
        connection.execute(text(statement))


def test_lines_written_at_once_make_one_chain(office: Accounts) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _five_lines(office), range(8)))

    found = office.audit.verify()
    assert found.is_whole
    assert found.lines == 40


def test_the_log_names_no_person_and_no_id_that_opens_anything(office: Accounts) -> None:
    person = a_person(office, "park", "consultant")
    sign_in(office, "park", PASSWORD)
    office.audit.record(TERMINAL, "delete", Kind.CONSULTATION, "secret-consultation-id")

    lines = str(office.audit.newest())
    assert person.id in lines
    assert "이름" not in lines
    assert "secret-consultation-id" not in lines
    assert office.audit.newest(limit=1)[0].object.startswith("consultation:")
