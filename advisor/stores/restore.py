"""A backup put back: built beside what is there, checked, and switched to in one step."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from advisor.clock import now
from advisor.config import Settings
from advisor.errors import BadInputError, IndexUnavailableError
from advisor.messages import UserMessage
from advisor.stores.archive import ARCHIVE_DAMAGED, ARCHIVE_NEWER, Archive, Manifest, read_archive
from advisor.stores.backup import FILES, TABLES, check_of, vault_in_place
from advisor.stores.claims import IN_USE, Claim
from advisor.stores.database import (
    Engine,
    bring_to,
    database_errors,
    knows_revision,
    sqlite_engine,
)
from advisor.stores.encryption import KEY_FILE
from advisor.stores.home import Home, disk_errors, remove_folder
from advisor.stores.postgres import server_engine
from advisor.stores.switching import finish_switch, switch
from advisor.stores.tables import clear, count_on, count_rows, kept_tables, load, reflected

KEYS_MISSING = UserMessage(
    text="이 백업의 이름과 연락처를 여는 키가 없습니다. 지금 자료는 그대로 두었습니다.",
    next_step="백업할 때의 keys 파일을 ADVISOR_HOME에 두거나(권한 600) ADVISOR_ENCRYPTION_KEYS에 "
    "적은 뒤 다시 실행해 주세요.",
)
KEYS_OTHER = UserMessage(
    text="지금 있는 키로는 이 백업의 이름과 연락처를 열 수 없습니다. 지금 자료는 그대로 두었습니다.",
    next_step="백업할 때의 keys 파일로 바꾼 뒤 다시 실행해 주세요.",
)
DATABASE_IN_USE = UserMessage(
    text="다른 컴퓨터의 서버가 같은 데이터베이스를 쓰고 있습니다. 지금 자료는 그대로 두었습니다.",
    next_step="모든 advisor serve를 마친 뒤 다시 실행해 주세요.",
)
_SQLITE_FILES = ("advisor.sqlite3", "advisor.sqlite3-wal", "advisor.sqlite3-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and where what stood there is kept."""

    manifest: Manifest
    files: int
    old_folder: Path
    old_schema: str | None


def check_archive(settings: Settings, file: Path) -> Archive:
    """Read a backup through and tell whether this installation can take it.

    Raises:
        BadInputError: It is damaged, newer than the program, or its keys are not here.
    """
    archive = read_archive(file)
    manifest = archive.manifest
    if not knows_revision(manifest.revision):
        raise BadInputError(ARCHIVE_NEWER, detail=f"unknown revision {manifest.revision}")
    if manifest.key_check and not manifest.with_keys:
        vault = vault_in_place(settings)
        if vault is None:
            raise BadInputError(KEYS_MISSING, detail="no keys in the home")
        if check_of(vault) != manifest.key_check:
            raise BadInputError(KEYS_OTHER, detail="the home's keys are others")
    return archive


def restore(settings: Settings, file: Path) -> Restored:
    """Put a backup in place of what is there; until the last step nothing of that is touched.

    Raises:
        BadInputError: As `check_archive`.
        IndexUnavailableError: A server runs.
        HomeUnavailableError: The database or the disk cannot be used.
    """
    archive = check_archive(settings, file)
    home = Home(settings.home)
    stamp = now().strftime("%Y%m%d-%H%M%S")
    with home.lock():
        finish_switch(home.root)
        for left in home.root.glob("restore-*/"):
            remove_folder(left)  # of a restore that was killed
        fresh, old = home.root / f"restore-{stamp}", home.root / f"before-restore-{stamp}"
        try:
            with disk_errors():
                fresh.mkdir(mode=0o700)
            files = archive.extract(FILES, fresh)
            _put_keys(archive, fresh)
            going = ["documents", "uploads"]
            if settings.database_url:
                engine = server_engine(settings.database_url, owner=str(settings.home.expanduser()))
                schema: str | None = _into_server(engine, archive, stamp)
            else:
                _into_file(fresh / home.database.name, archive)
                going += _SQLITE_FILES
                schema = None
            switch(home.root, fresh, old, going)
        except BaseException:
            if not (home.root / "restore.switch").exists():
                shutil.rmtree(fresh, ignore_errors=True)
            raise
    return Restored(archive.manifest, files, old, schema)


def _put_keys(archive: Archive, fresh: Path) -> None:
    if archive.manifest.with_keys:
        path = fresh / KEY_FILE
        with disk_errors():
            path.touch(mode=0o600)  # born readable by its owner only
            path.write_bytes(archive.content(KEY_FILE))


def _into_file(path: Path, archive: Archive) -> None:
    engine = sqlite_engine(path)
    with database_errors(engine):
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _fill(connection, archive)
        # Into the one file, which then is moved.
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _into_server(engine: Engine, archive: Archive, stamp: str) -> str:
    """Fill a new schema and move its tables to where the old ones were, in one transaction."""
    claim = Claim(engine, IN_USE)
    if not claim.take():
        raise IndexUnavailableError(DATABASE_IN_USE, detail="database is claimed")
    fresh, old = (f"advisor_{name}_{stamp.replace('-', '_')}" for name in ("restore", "before"))
    try:
        with database_errors(engine), engine.begin() as connection:
            place = str(connection.scalar(text("SELECT current_schema()")))
            for schema in (fresh, old):
                connection.execute(text(f'CREATE SCHEMA "{schema}"'))
            there = set(reflected(connection).tables)
            connection.execute(text(f'SET LOCAL search_path TO "{fresh}"'))
            _fill(connection, archive)
            made = set(reflected(connection).tables)
            for name in sorted(made):
                if name in there:
                    _move(connection, "TABLE", f'"{place}"."{name}"', old)
            for schema, to in ((place, old), (fresh, place)):
                if _has_guard(connection, schema):
                    _move(connection, "FUNCTION", f'"{schema}".audit_log_kept()', to)
            for name in sorted(made):
                _move(connection, "TABLE", f'"{fresh}"."{name}"', place)
            connection.execute(text(f'DROP SCHEMA "{fresh}"'))
    finally:
        claim.drop()
    return old


def _fill(connection: Connection, archive: Archive) -> None:
    """Make the tables as they were at the backup, fill them, bring them up to date."""
    bring_to(connection, archive.manifest.revision)
    expected: Mapping[str, int] = archive.manifest.rows()
    tables = {one.name: one for one in kept_tables(connection)}
    if unknown := set(expected) - set(tables):
        raise BadInputError(ARCHIVE_DAMAGED, detail=f"unknown tables {sorted(unknown)}")
    for name, table in tables.items():
        if name in expected:
            if count_rows(connection, table):
                clear(connection, table)
            load(connection, table, archive.lines(f"{TABLES}{name}.jsonl"))
            count_on(connection, table)
            if (found := count_rows(connection, table)) != expected[name]:
                raise BadInputError(ARCHIVE_DAMAGED, detail=f"{name}: {found} rows")
    bring_to(connection, "head")


def _move(connection: Connection, kind: str, what: str, schema: str) -> None:
    connection.execute(text(f'ALTER {kind} {what} SET SCHEMA "{schema}"'))


def _has_guard(connection: Connection, schema: str) -> bool:
    query = text(
        "SELECT 1 FROM pg_proc WHERE proname = 'audit_log_kept' "
        "AND pronamespace = to_regnamespace(:schema)"
    )
    return connection.scalar(query, {"schema": f'"{schema}"'}) is not None
