"""A real Advisor and real accounts on one database, for the tests of programs that ask."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from advisor.accounts.actor import TERMINAL
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.api.app import create_api
from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings

SECRET = "the skill's secret"


@dataclass(frozen=True)
class World:
    """An application as it is served, without the page."""

    advisor: Advisor
    office: Accounts
    app: FastAPI
    client: TestClient

    def key(self, *scopes: str, organisation: str = "north", days: int | None = None) -> str:
        """Make a key of an organisation, which is made where it is missing."""
        if self.office.people.store.organisation(organisation) is None:
            self.office.people.add_organisation(TERMINAL, organisation, f"기관 {organisation}")
        return self.office.keys.create(
            TERMINAL, organisation_id=organisation, name="시험", scopes=scopes, days=days
        ).secret

    def send(self, method: str, path: str, key: str = "", **more: Any) -> Any:
        """Send a request, with a key or as anybody."""
        headers = {"authorization": f"Bearer {key}"} if key else {}
        return self.client.request(method, f"/api/v1{path}", headers=headers, **more)


@pytest.fixture(scope="session")
def world(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("programs") / "home"
    shutil.copytree(pristine_home, home)
    settings = Settings(
        home=home, kakao_secret=SECRET, public_url="https://advisor.example.kr/",
        rate_ask=1000, rate_read=10_000, rate_heavy=1000,
    ).model_copy(update={"kakao_wait_s": 60.0})  # fmt: skip  # on a busy machine too
    office = Accounts.open(settings, hasher=Hasher(memory_kib=64, passes=1))
    advisor = build_advisor(settings)
    app = create_api(lambda: advisor, office)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield World(advisor, office, app, client)
    advisor.index.close()
