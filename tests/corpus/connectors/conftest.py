"""A server that speaks as the public sources do, and a way out that may reach it."""

from collections.abc import Iterator

import pytest

from advisor.corpus.connectors.fetch import Fetcher
from tests.public_server import PublicServer, running_public_server


@pytest.fixture
def public() -> Iterator[PublicServer]:
    with running_public_server() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    """What the way out would have waited."""
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Fetcher:
    """May reach this machine; waits are noted, not waited."""
    return Fetcher(allow_loopback=True, sleep=waits.append, host_interval_s=0)
