"""A PostgreSQL of our own for one test process: made in a temporary folder, gone at its end."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pg8000.dbapi
import pytest

TEMPLATE = "advisor_template"
# Nothing of it outlasts the run, so nothing waits for a disk.
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60",
          "shared_buffers=32MB", "autovacuum=off", "max_wal_senders=0", "wal_level=minimal")  # fmt: skip


def binaries() -> Path | None:
    """Return the folder of initdb and postgres, None where PostgreSQL is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


class Cluster:
    """One server on a free port of this machine; each test asks it for a database."""

    def __init__(self, folder: Path) -> None:
        self._bin = folder
        self.root = Path(tempfile.mkdtemp(prefix="advisor-pg-"))
        self._data = self.root / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0
        self._lent: str | None = None
        self._shape: list[tuple[str, str]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        # PostgreSQL refuses to run as root.
        self._user = "nobody" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self.root, self._user)
        subprocess.run(
            [self._bin / "initdb", "-D", self._data, "-U", "advisor", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync"],
            check=True, capture_output=True, user=self._user, cwd="/",
        )  # fmt: skip
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers; it ends with this process, however."""
        options = [part for one in _QUICK for part in ("-c", one)]
        self._process = subprocess.Popen(
            [self._bin / "postgres", "-D", self._data, "-p", str(self.port),
             "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.root}",
             *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=self._user, cwd="/",
            preexec_fn=_end_with_parent,
        )  # fmt: skip
        until = time.monotonic() + 30
        while True:
            try:
                self.run("SELECT 1")
            except pg8000.dbapi.Error:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server and every connection; SIGINT keeps what was committed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None

    def remove(self) -> None:
        """End it and take its folder away."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.root, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql://advisor@127.0.0.1:{self.port}/{database}"

    def fresh(self, template: str = TEMPLATE) -> str:
        """Return the URL of a new database: a copy of the template, tables and all."""
        self._count += 1
        name = f"t{self._count}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def lent(self) -> str:
        """Return the URL of a database with empty tables; `take_back` goes with it."""
        if self._lent is None:
            self._lent = self.fresh()
            self._shape = self._read_shape()
        return self._lent

    def take_back(self) -> None:
        """Empty the lent database for the next test, or drop it where its tables were changed."""
        assert self._lent is not None
        name = self._lent.rpartition("/")[2]
        if self._read_shape() != self._shape:
            self.drop(self._lent)
            self._lent = None
            return
        tables = [one for kind, one in self._shape if kind == "r"]
        asked = " UNION ALL ".join(
            f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables
        )
        full = {str(row[0]) for row in self.run(asked, database=name)} - {"alembic_version"}
        # As a replica, neither the audit log's trigger nor a foreign key is asked.
        emptied = [f'DELETE FROM "{one}"' for one in sorted(full)]
        begun = [f"SELECT setval('{one}', 1, false)" for kind, one in self._shape if kind == "S"]
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{name}' AND pid <> pg_backend_pid()",
            "SET session_replication_role = replica", *emptied, "; ".join(begun),
            "INSERT INTO audit_head VALUES (1, 0, repeat('0', 64), '')",
            database=name,
        )  # fmt: skip

    def _read_shape(self) -> list[tuple[str, str]]:
        assert self._lent is not None
        rows = self.run(
            "SELECT relkind::text, relname::text FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace "
            "UNION ALL SELECT 'n', nspname::text FROM pg_namespace WHERE nspname NOT LIKE 'pg_%' "
            "UNION ALL SELECT 't', tgname::text || tgrelid::text FROM pg_trigger ORDER BY 1, 2",
            database=self._lent.rpartition("/")[2],
        )
        return [(str(kind), str(one)) for kind, one in rows]

    def drop(self, url: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def run(self, *statements: str, database: str = "postgres") -> Sequence[Sequence[object]]:
        """Run statements outside of any transaction; return the rows of the last."""
        connection = pg8000.dbapi.connect(
            "advisor", host="127.0.0.1", port=self.port, database=database, timeout=30
        )
        try:
            connection.autocommit = True
            cursor = connection.cursor()
            for one in statements:
                cursor.execute(one)
            return cursor.fetchall() if cursor.description else ()
        finally:
            connection.close()


def start_cluster() -> Cluster:
    """Return a running cluster with the migrated template; fails in CI where there is none."""
    folder = binaries()
    if folder is None:
        words = (
            "PostgreSQL is not installed: scripts/install.sh --dev, or apt-get install postgresql"
        )
        if os.environ.get("CI") or os.environ.get("POSTGRES_REQUIRED"):
            pytest.fail(words)
        pytest.skip(words)
    cluster = Cluster(folder)
    try:
        from advisor.stores.database import migrate
        from advisor.stores.postgres import server_engine

        cluster.run(f"CREATE DATABASE {TEMPLATE}", "CREATE DATABASE empty")
        engine = server_engine(cluster.url(TEMPLATE))
        migrate(engine)
        engine.dispose()  # a template is copied only while nobody is connected
    except BaseException:
        cluster.remove()
        raise
    return cluster


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG
