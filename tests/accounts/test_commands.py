"""The commands an operator types on the server's own terminal."""

import json
import re

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from advisor.accounts.office import Accounts
from advisor.cli import COMMANDS, cli
from advisor.config import Settings
from advisor.errors import BadInputError
from advisor.stores.database import open_database

CODE = re.compile(r"코드: ([A-Z0-9]{5}-[A-Z0-9]{5})")


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ADVISOR_HOME", str(settings.home))

    def run(*words: str, code: int = 0) -> str:
        result: Result = CliRunner().invoke(cli, list(words))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_an_account_is_made_opened_by_its_code_reset_and_closed(run, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    made = CODE.search(run("account", "create", "park", "--name", "박상담", "--role", "consultant"))
    assert made
    office = Accounts.open(settings)
    token = office.sign_in.with_reset_code("park", made[1], "아주 튼튼한 비밀 문장", address="a")
    listed = run("account", "list")
    assert "park" in listed
    assert "박상담" not in listed

    run("account", "role", "park", "--role", "helpdesk", "--role", "curator")
    kept = json.loads(run("account", "list", "--json"))
    assert kept[0]["memberships"][0]["roles"] == ["curator", "helpdesk"]
    assert CODE.search(run("account", "reset", "park"))
    assert not office.gate.who(token=token).is_signed_in
    run("account", "disable", "park")
    assert "[닫힘]" in run("account", "list")
    run("account", "disable", "park", "--enable")
    assert "2건" in run("account", "rotate-keys", "--drop-old")  # and its code
    assert "park" in run("account", "list")
    with pytest.raises(BadInputError):
        run("account", "reset", "nobody")


def test_a_setup_code_is_given_until_there_is_an_administrator(run) -> None:  # type: ignore[no-untyped-def]
    assert CODE.search(run("account", "setup-code"))
    run("account", "create", "chief", "--name", "김관리", "--role", "administrator")
    assert "관리자가 이미 있습니다" in run("account", "setup-code")


def test_the_switch_needs_a_reason_and_the_log_tells_of_it(run) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInputError):
        run("switch", "off")
    assert "켜져 있습니다" in run("switch", "status")
    assert "멈추어" in run("switch", "off", "--reason", "점검")
    assert "멈추어" in run("switch", "status")
    run("switch", "on", "--reason", "끝")

    lines = json.loads(run("audit", "list", "--json"))
    assert [one["action"] for one in lines] == ["switch_on", "switch_off"]
    assert "2줄이 모두 온전합니다" in run("audit", "verify")


def test_a_log_that_was_changed_ends_with_2(run, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    run("switch", "off", "--reason", "점검")
    with open_database(settings).begin() as connection:
        connection.execute(text("DROP TRIGGER audit_log_no_update"))
        connection.execute(text("UPDATE audit_log SET actor = 'nobody'"))

    run("audit", "verify", code=2)
    assert json.loads(run("audit", "verify", "--json", code=2))["broken_at"] == 1


def test_retention_runs_without_an_index_beside_a_server(run) -> None:  # type: ignore[no-untyped-def]
    assert "상담 0건" in run("retention")


@pytest.mark.parametrize(
    "words",
    [("account",), ("audit",), ("switch",), ("retention",), ("account", "create"),
     ("account", "list"), ("account", "reset"), ("account", "disable"), ("account", "role"),
     ("account", "setup-code"), ("account", "rotate-keys"), ("audit", "verify"), ("audit", "list")],
)  # fmt: skip
def test_every_command_shows_an_example(run, words: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert words[0] in COMMANDS
    assert f"예: advisor {' '.join(words)}" in " ".join(run(*words, "--help").split())


def test_the_tables_go_and_come_back(settings: Settings) -> None:
    from sqlalchemy import inspect

    from advisor.stores.database import migrate

    engine = open_database(settings)
    migrate(engine, to="0006_jobs")
    assert not {"accounts", "audit_log", "shares"} & set(inspect(engine).get_table_names())
    migrate(engine)
    assert {"accounts", "audit_log", "shares"} <= set(inspect(engine).get_table_names())
    assert Accounts.open(settings).audit.verify().is_whole
