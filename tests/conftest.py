"""Shared fixtures. Nothing in a test reads the developer's settings or leaves the machine."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.config import Settings


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
def settings(tmp_path: Path) -> Settings:
    """Settings with an empty home; corpus and prompts are the real ones."""
    return Settings(home=tmp_path / "home")


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose index holds the real corpus; made once, for tests that only ask.

    TEST_HOME_SEED may name a home made earlier: its copy is brought up to date instead of made
    from nothing, which spares a developer the wait. The full run sets nothing.
    """
    from advisor.corpus.load import load_corpus
    from advisor.indexing.build import ensure_index

    home = tmp_path_factory.mktemp("real") / "home"
    if seed := os.environ.get("TEST_HOME_SEED"):
        shutil.copytree(seed, home)
    with_home = Settings(home=home)
    ensure_index(with_home, load_corpus(with_home.corpus)).close()
    return home
