"""A backup in one file: every table, the originals, what stands in the home; never the index."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from advisor import __version__
from advisor.clock import now
from advisor.config import Settings
from advisor.stores.archive import ArchiveWriter, Manifest, new_archive, read_archive
from advisor.stores.database import (
    Engine,
    database_errors,
    open_database,
    revision_of,
    sqlite_engine,
)
from advisor.stores.encryption import KEY_FILE, Vault, has_keys
from advisor.stores.home import Home, disk_errors
from advisor.stores.switching import JOURNAL, LOCK
from advisor.stores.tables import dump, kept_tables

FILES = "home/"
TABLES = "tables/"
# Made anew from what a backup holds, or no business of another machine.
DERIVED = ("index", "models", "cache", "sync", KEY_FILE, JOURNAL, LOCK)
PASSING = ("advisor.sqlite3", "before-restore-", "restore-", ".")


def back_up(settings: Settings, out: Path, *, with_keys: bool = False) -> Manifest:
    """Write a backup while everything goes on; return what it holds.

    Args:
        settings: Of the installation.
        out: File to make; it must not be there yet.
        with_keys: Whether the keys of encrypted fields go along, and with them all contacts.

    Raises:
        BadInputError: The file is there already.
        HomeUnavailableError: The database or the disk cannot be used.
    """
    engine = open_database(settings)
    home = Home(settings.home)
    out = out.absolute()
    with new_archive(out) as (archive, fields):
        with database_errors(engine), _snapshot(engine, home, out.parent) as connection:
            fields["revision"] = revision_of(connection) or ""
            for table in kept_tables(connection):
                with archive.member(f"{TABLES}{table.name}.jsonl") as member:
                    member.rows = 0
                    for line in dump(connection, table):
                        member.write(line)
                        member.rows += 1
        # After the tables: what was added meanwhile does no harm, what is missing would.
        _add_files(archive, home.root)
        vault = vault_in_place(settings)
        if with_keys and vault is not None:
            lines = [*vault.fernet_keys, f"index:{vault.index_key.hex()}", ""]
            with archive.member(KEY_FILE) as member:
                member.write("\n".join(lines).encode())
        fields.update(
            version=__version__, engine=engine.dialect.name, made_at=now().isoformat(),
            with_keys=with_keys and vault is not None, key_check=check_of(vault),
        )  # fmt: skip
    engine.dispose()
    return read_archive(out).manifest


def vault_in_place(settings: Settings) -> Vault | None:
    """Return the keys of an installation, None where it never had any; makes none."""
    return Vault.open(settings) if has_keys(settings) else None


def check_of(vault: Vault | None) -> str:
    """Return a word by which keys are told apart that says nothing of them."""
    return vault.index("backup", "which keys") if vault else ""


@contextmanager
def _snapshot(engine: Engine, home: Home, work: Path) -> Iterator[Connection]:
    """Give a connection that sees the database as it stands now, whatever is written meanwhile."""
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            yield connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        return
    with disk_errors(), tempfile.TemporaryDirectory(dir=work, prefix=".backup-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        source, target = sqlite3.connect(home.database), sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()
        copied = sqlite_engine(copy)
        with copied.connect() as connection:
            yield connection


def _add_files(archive: ArchiveWriter, root: Path) -> None:
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if inside.parts[0] in DERIVED or inside.parts[0].startswith(PASSING):
            continue
        if path.is_file() and not path.is_symlink() and path.suffix != ".part":
            archive.add_file(f"{FILES}{inside.as_posix()}", path)
