"""Migrations on both databases: one line of them, up and down with data, no drift from the models."""

import importlib
import pkgutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import JSON, TypeDecorator, event, inspect

import advisor
from advisor.config import Settings
from advisor.errors import HomeUnavailableError
from advisor.stores.database import MIGRATIONS, Base, migrate, open_database, revision_of
from tests.stores.filled import content, fill_every_table

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory


def import_models() -> None:
    """Import whatever declares a table."""
    for one in pkgutil.walk_packages(advisor.__path__, "advisor."):
        path = MIGRATIONS.parents[2] / (one.name.replace(".", "/") + ".py")
        if path.is_file() and "(Base)" in path.read_text(encoding="utf-8"):
            importlib.import_module(one.name)


def migrations() -> "ScriptDirectory":
    """Return the product's migrations."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_migrations_stand_in_one_line() -> None:
    script = migrations()

    assert len(script.get_heads()) == 1
    assert all(isinstance(one.down_revision, str | None) for one in script.walk_revisions())


def test_migrations_make_the_tables_that_the_models_know(settings: Settings) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    import_models()
    with open_database(settings).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": _is_other_type, "include_object": _is_ours}
        )

        assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_down_to_nothing_and_up_again_with_data_in_every_table(
    settings: Settings,
) -> None:
    engine = open_database(settings)
    with engine.begin() as connection:
        before = inspect(connection).get_table_names()
        assert len(fill_every_table(connection)) > 35

    migrate(engine, to="base")
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}

    migrate(engine)
    with engine.begin() as connection:
        assert sorted(inspect(connection).get_table_names()) == sorted(before)
        fill_every_table(connection)


def test_every_revision_with_data_in_it_comes_up_to_the_next(settings: Settings) -> None:
    engine = open_database(settings)
    migrate(engine, to="base")
    for one in reversed([*migrations().walk_revisions()]):
        migrate(engine, to=one.revision)
        with engine.begin() as connection:
            assert revision_of(connection) == one.revision
            fill_every_table(connection, only_empty=True)

    with engine.connect() as connection:
        # Two of the first revision's documents are still two at the last one.
        assert {len(rows) for rows in content(connection).values()} <= {1, 2}


def test_data_of_the_first_tables_outlives_the_way_down_and_up(settings: Settings) -> None:
    engine = open_database(settings)
    with engine.begin() as connection:
        fill_every_table(connection)
        before = content(connection)

    migrate(engine, to="0001")
    migrate(engine)

    with engine.connect() as connection:
        after = content(connection)
    for name in ("documents", "chunks", "vectors", "consultations", "turns", "pages"):
        later = {"remarks", "metadata", "name", "raw", "hidden", "trace"}
        plain = [
            [{key: one for key, one in row.items() if key not in later} for row in rows]
            for rows in (before[name], after[name])
        ]
        assert plain[0] == plain[1], name


def test_a_migration_that_fails_leaves_all_as_it_was(settings: Settings) -> None:
    engine = open_database(settings)
    with engine.begin() as connection:
        fill_every_table(connection)
        before = content(connection)

    def fail(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.strip().upper().startswith("DROP TABLE JOBS"):
            raise RuntimeError("the power went out")

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(RuntimeError, match="power"):
        migrate(engine, to="base")
    event.remove(engine, "before_cursor_execute", fail)

    with engine.connect() as connection:
        assert content(connection) == before
        assert revision_of(connection) != "0001"


def test_a_database_of_a_newer_version_is_refused(settings: Settings) -> None:
    engine = open_database(settings)
    with engine.begin() as connection:
        known = revision_of(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_later'")

    with pytest.raises(HomeUnavailableError) as caught:
        open_database(settings)
    assert "새 버전" in str(caught.value.user_message)
    with engine.begin() as connection:
        # The next test is lent the same database.
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{known}'")


def _is_other_type(
    _context: object, _column: object, _meta: object, found: object, wanted: object
) -> bool | None:
    kind = wanted.impl if isinstance(wanted, TypeDecorator) else wanted
    if isinstance(kind, JSON) and isinstance(found, JSON):
        return False
    return None


def _is_ours(item: object, name: str | None, kind: str, *_: object) -> bool:
    del item
    return not (kind == "table" and name == "alembic_version")
