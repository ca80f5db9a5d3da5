"""One installation and one browser for each file of journeys."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser

from tests.browsing import chromium
from tests.journeys.filled import Filled, fill
from tests.journeys.place import Place, installation

DEVICES = [pytest.param(False, id="desktop"), pytest.param(True, id="phone")]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def served_place(
    pristine_home: Path, chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with installation(pristine_home, chrome, tmp_path_factory.mktemp("place") / "home") as place:
        yield place


@pytest.fixture
def place(served_place: Place) -> Iterator[Place]:
    """The file's installation; its tabs are closed after each journey."""
    yield served_place
    served_place.shut()


@pytest.fixture(scope="session")
def full_home(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Filled]:
    """A home in which every role has worked, and what its pages are found by."""
    home = tmp_path_factory.mktemp("full") / "home"
    copytree(pristine_home, home)
    return home, fill(home)


@pytest.fixture
def filled(full_home: tuple[Path, Filled]) -> Filled:
    return full_home[1]


@pytest.fixture(scope="module")
def served_full_place(
    full_home: tuple[Path, Filled], chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with installation(full_home[0], chrome, tmp_path_factory.mktemp("place") / "home") as place:
        yield place


@pytest.fixture
def full_place(served_full_place: Place) -> Iterator[Place]:
    """Like `place`, with work of every role in it."""
    yield served_full_place
    served_full_place.shut()
