"""`advisor key` on the server's own terminal."""

import json
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from advisor.accounts.errors import DeniedError
from advisor.accounts.office import Accounts
from advisor.accounts.scopes import Scope
from advisor.cli import cli
from advisor.cli.key import SCOPES
from advisor.config import Settings
from advisor.errors import BadInputError

Run = Callable[..., str]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ADVISOR_HOME", str(settings.home))

    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, ["key", *words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_a_key_is_made_listed_without_itself_and_revoked(run: Run, settings: Settings) -> None:
    office = Accounts.open(settings)
    north = ("--organisation", "north", "--organisation-name", "북부")
    told = run(
        "create", "--name", "민원", "--scope", "ask", "--scope", "search", "--days", "9", *north
    )
    made = re.search(r"adv_\w{8}_[\w-]{43}", told)
    assert made
    key, prefix = made[0], made[0][:12]

    actor = office.gate.who(key=key)
    assert (actor.organisation_id, actor.scopes) == ("north", frozenset({Scope.ASK, Scope.SEARCH}))
    listed = run("list")
    assert prefix in listed
    assert "기한 없음" not in listed
    assert key not in run("list", "--json")
    assert json.loads(run("list", "--json"))[0]["scopes"] == ["ask", "search"]

    run("revoke", prefix)
    with pytest.raises(DeniedError):
        office.gate.who(key=key)
    assert "[회수]" in run("list")
    with pytest.raises(BadInputError):
        run("revoke", prefix)
    with pytest.raises(BadInputError):
        run("create", "--name", "민원", "--scope", "ask", "--organisation", "nowhere")


def test_the_command_offers_every_scope_and_each_has_an_example(run: Run) -> None:
    assert set(SCOPES) == {one.value for one in Scope}
    for command in ("create", "list", "revoke"):
        assert f"예: advisor key {command}" in run(command, "--help")
