"""An installation with accounts, clients and the real Advisor; people are made by each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from advisor.accounts.asking import SESSION_COOKIE
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from tests.accounts.people import HERE


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Iterator[Advisor]:
    built = build_advisor(Settings(home=real_home))
    yield built
    built.index.close()


@pytest.fixture(scope="module")
def office(advisor: Advisor) -> Accounts:
    return Accounts.open(advisor.settings, hasher=Hasher(memory_kib=64, passes=1))


@pytest.fixture(scope="module")
def app(advisor: Advisor, office: Accounts) -> FastAPI:
    return create_api(lambda: advisor, office)


class As:
    """The application as one asker sees it."""

    def __init__(self, app: FastAPI, token: str = "") -> None:
        self.client = TestClient(app, raise_server_exceptions=False, headers=HERE)
        if token:
            self.client.cookies.set(SESSION_COOKIE, token)
