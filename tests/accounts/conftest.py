"""An installation with accounts for each test; its tables are made once and copied."""

import shutil
from pathlib import Path

import pytest

from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.config import Settings
from advisor.stores.database import open_database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("accounts") / "home"
    open_database(Settings(home=home)).dispose()
    return home


@pytest.fixture
def settings(migrated: Path, tmp_path: Path, database: str) -> Settings:
    home = tmp_path / "home"
    shutil.copytree(migrated, home)
    return Settings(home=home, database_url=database)


@pytest.fixture(scope="session")
def hasher() -> Hasher:
    """The product's own hashes with parameters that cost a test nothing."""
    return Hasher(memory_kib=64, passes=1)


@pytest.fixture
def office(settings: Settings, hasher: Hasher) -> Accounts:
    return Accounts.open(settings, hasher=hasher)
