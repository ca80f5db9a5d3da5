"""Shared fixtures. Nothing in a test reads the developer's settings or leaves the machine."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.config import Settings
from tests.postgres import Cluster, start_cluster

# Tests of what keeps data run on both databases; the others say nothing about one.
BOTH_DATABASES = (
    "tests/stores/test_backup.py",
    "tests/stores/test_clients.py",
    "tests/stores/test_consultations.py",
    "tests/stores/test_databases.py",
    "tests/stores/test_drafts.py",
    "tests/stores/test_evidence.py",
    "tests/stores/test_ledger.py",
    "tests/stores/test_migrations.py",
    "tests/stores/test_model_usage.py",
    "tests/stores/test_published.py",
    "tests/stores/test_quality.py",
    "tests/stores/test_rotation.py",
    "tests/stores/test_shortlists.py",
    "tests/stores/test_sync_state.py",
    "tests/stores/test_values.py",
    "tests/corpus/connectors/test_pulling.py",
    "tests/signals/test_reading.py",
    "tests/accounts/test_audit.py",
    "tests/helpdesk/test_queue.py",
    "tests/accounts/test_keys.py",
    "tests/accounts/test_sharing.py",
    "tests/accounts/test_sign_in.py",
)

# What makes a file long: these fixtures, or what it is about.
COSTLY = {"browser", "chrome", "pristine_home"}
LONG = ("tests/test_offline.py", "tests/stores/test_embedder.py", "tests/accounts/test_doors.py")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that keeps data once on each database."""
    if "database" in metafunc.fixturenames:
        path = metafunc.definition.path.as_posix()
        kinds = ["sqlite"]
        if path.endswith(BOTH_DATABASES):
            kinds.append("postgresql")
        metafunc.parametrize("database", kinds, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long files first: one that is begun last runs while the other processes have no work."""
    long = {
        item.path
        for item in items
        if item.path.as_posix().endswith(LONG)
        or (isinstance(item, pytest.Function) and not COSTLY.isdisjoint(item.fixturenames))
    }
    items.sort(key=lambda item: item.path not in long)  # within both the order stays


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for this process, started by the first test that needs it."""
    made = start_cluster()
    yield made
    made.remove()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a test's own database: "" is SQLite in its home."""
    if request.param == "sqlite":
        yield ""
        return
    server: Cluster = request.getfixturevalue("cluster")
    yield server.lent()
    server.take_back()


@pytest.fixture(scope="session", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the developer's ADVISOR_ variables and .env; give the session a home of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ADVISOR_")]:
            patch.delenv(name)
        patch.setenv("ADVISOR_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setitem(Settings.model_config, "env_file", None)
        yield


@pytest.fixture
def settings(tmp_path: Path, database: str) -> Settings:
    """Settings with an empty home; corpus and prompts are the real ones."""
    return Settings(home=tmp_path / "home", database_url=database)


@pytest.fixture(scope="session")
def pristine_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home whose index holds the real corpus and whose database nobody wrote to: to be copied.

    The processes of a run share it: the first that needs it makes it, the others wait.
    TEST_HOME_SEED may name a home made earlier: its copy is brought up to date instead of made
    from nothing, which spares a developer the wait. The full run sets nothing.
    """
    from advisor.assemble import build_advisor
    from advisor.parts import warm

    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent
    home = folder / "pristine"
    with (folder / "pristine.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            making = tmp_path_factory.mktemp("making") / "home"
            if seed := os.environ.get("TEST_HOME_SEED"):
                shutil.copytree(seed, making)
            advisor = build_advisor(Settings(home=making), keep=False)
            warm(advisor.tools)
            advisor.index.close()
            making.rename(home)
    return home


@pytest.fixture(scope="session")
def real_home(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it that the tests of a process share, for those that only ask."""
    home = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(pristine_home, home)
    return home
