"""One installation and one browser for each file of journeys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import chromium
from tests.journeys.place import Place, installation

DEVICES = [pytest.param(False, id="desktop"), pytest.param(True, id="phone")]


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def served_place(
    real_home: Path, chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with installation(real_home, chrome, tmp_path_factory.mktemp("place") / "home") as place:
        yield place


@pytest.fixture
def place(served_place: Place) -> Iterator[Place]:
    """The file's installation; its tabs are closed after each journey."""
    yield served_place
    served_place.shut()
