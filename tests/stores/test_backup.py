"""Backups: equal after a way over both databases, refused when not sound, nothing half put back."""

import errno
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import DBAPIError

from advisor.cli.backup import backup
from advisor.config import Settings
from advisor.errors import (
    AdvisorError,
    BadInputError,
    HomeUnavailableError,
    IndexUnavailableError,
)
from advisor.stores import restore as restoring
from advisor.stores import switching
from advisor.stores.archive import MANIFEST, read_archive
from advisor.stores.backup import back_up
from advisor.stores.claims import IN_USE, Claim
from advisor.stores.consultations import ConsultationStore
from advisor.stores.database import open_database
from advisor.stores.encryption import KEY_FILE, Vault
from advisor.stores.home import Home
from advisor.stores.restore import restore
from advisor.stores.tables import LEFT_OUT
from tests.postgres import Cluster
from tests.stores.filled import content, fill_every_table


def _filled(settings: Settings) -> dict[str, Any]:
    with open_database(settings).begin() as connection:
        fill_every_table(connection)
    folder = settings.home / "documents" / "ab"
    folder.mkdir(parents=True)
    (folder / "공고.pdf").write_bytes(b"%PDF original")
    (settings.home / "sources.yaml").write_text("sources: {}", encoding="utf-8")
    return _content(settings)


def _content(settings: Settings) -> dict[str, Any]:
    with open_database(settings).connect() as connection:
        return content(connection)


def _state(settings: Settings) -> tuple[dict[str, Any], list[str]]:
    names = sorted(
        path.relative_to(settings.home).as_posix()
        for path in settings.home.rglob("*")
        if path.is_file()
        and not path.name.startswith("advisor.sqlite3-")
        and path.suffix != ".lock"
    )
    return _content(settings), names


def test_a_way_over_both_databases_brings_back_all_that_was_there(
    tmp_path: Path, cluster: Cluster
) -> None:
    first = Settings(home=tmp_path / "one")
    before = _filled(first)
    url = cluster.fresh("empty")
    middle = Settings(home=tmp_path / "two", database_url=url)
    last = Settings(home=tmp_path / "three")
    for settings in (middle, last):
        settings.home.mkdir()

    back_up(first, tmp_path / "1.zip")
    restore(middle, tmp_path / "1.zip")
    assert _content(middle) == before
    back_up(middle, tmp_path / "2.zip")
    restore(last, tmp_path / "2.zip")

    assert _content(last) == before
    assert (last.home / "documents/ab/공고.pdf").read_bytes() == b"%PDF original"
    assert (last.home / "sources.yaml").is_file()
    # Numbers that a database gives go on after those that came back.
    with open_database(middle).begin() as connection:
        fresh = connection.exec_driver_sql(
            "INSERT INTO alerts (owner, record_id, kind, day, text, at, is_read, is_mailed) "
            "VALUES ('x', 'x', 'x', '2026-11-25', '', now(), false, false) RETURNING id"
        ).scalar_one()
    assert fresh == 3
    cluster.drop(url)


def test_a_restore_takes_the_place_of_what_is_there_and_keeps_it_aside(
    settings: Settings, tmp_path: Path
) -> None:
    before = _filled(settings)
    back_up(settings, tmp_path / "b.zip")
    later = ConsultationStore.open(settings).create()
    (settings.home / "documents" / "late.pdf").write_bytes(b"late")

    done = restore(settings, tmp_path / "b.zip")

    assert _content(settings) == before
    assert ConsultationStore.open(settings).load(later) is None
    assert not (settings.home / "documents" / "late.pdf").exists()
    assert (done.old_folder / "documents" / "late.pdf").is_file()
    assert not list(settings.home.glob("restore-*/"))
    engine = open_database(settings)
    if done.old_schema:
        with engine.connect() as connection:
            query = f'SELECT count(*) FROM "{done.old_schema}".consultations'
            assert connection.exec_driver_sql(query).scalar() == 3
    # The log's guard came along.
    with pytest.raises(DBAPIError, match="only added to"), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_log")


def test_nobody_is_signed_in_by_an_old_backup(settings: Settings, tmp_path: Path) -> None:
    _filled(settings)

    made = back_up(settings, tmp_path / "b.zip")

    assert not set(made.rows()) & set(LEFT_OUT)
    assert {"accounts", "audit_log", "published_records", "evidence_files"} <= set(made.rows())


def test_a_backup_holds_no_key_and_no_readable_contact_unless_asked(
    settings: Settings, tmp_path: Path
) -> None:
    from advisor.accounts.actor import TERMINAL
    from advisor.accounts.office import Accounts

    office = Accounts.open(settings)
    office.people.add_organisation(TERMINAL, "operator", "운영 기관")
    with office.people.store._engine.begin() as connection:
        _an_account(connection, Vault.open(settings))
    keys = (settings.home / KEY_FILE).read_text(encoding="ascii")

    back_up(settings, tmp_path / "plain.zip")
    back_up(settings, tmp_path / "keys.zip", with_keys=True)

    with zipfile.ZipFile(tmp_path / "plain.zip") as packed:
        everything = b"".join(packed.read(one) for one in packed.namelist())
    for secret in ("홍길동", "hong@example.org", "010-1234-5678", *keys.split()):
        assert secret.encode() not in everything
        assert json.dumps(secret).strip('"').encode() not in everything
    assert (tmp_path / "plain.zip").stat().st_mode & 0o777 == 0o600
    # Without the keys it is put back only where they are; with them anywhere.
    other = settings.model_copy(update={"home": tmp_path / "other", "database_url": ""})
    other.home.mkdir()
    with pytest.raises(BadInputError) as caught:
        restore(other, tmp_path / "plain.zip")
    assert "키" in caught.value.user_message.text
    restore(other, tmp_path / "keys.zip")
    assert (other.home / KEY_FILE).read_text(encoding="ascii") == keys
    assert (other.home / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [one.name for one in Accounts.open(other).people.store.everybody()] == ["홍길동"]


def _an_account(connection: Any, vault: Vault) -> None:
    from sqlalchemy import insert

    from advisor.stores.tables import reflected
    from tests.stores.filled import MOMENT

    connection.execute(
        insert(reflected(connection).tables["accounts"]).values(
            id="a1", login_index="0" * 64, login=vault.seal("hong"), name=vault.seal("홍길동"),
            email=vault.seal("hong@example.org"), phone=vault.seal("010-1234-5678"),
            must_change_password=False, is_disabled=False, created_at=MOMENT,
        )
    )  # fmt: skip


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(raw)


def _rewrite(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        with zipfile.ZipFile(path) as packed:
            members = {one: packed.read(one) for one in packed.namelist()}
        manifest = json.loads(members[MANIFEST])
        change(manifest)
        members[MANIFEST] = json.dumps(manifest).encode()
        with zipfile.ZipFile(path, "w") as packed:
            for name, raw in members.items():
                packed.writestr(name, raw)

    return act


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_cut, "손상"),
        (_flip, "손상"),
        (Path.unlink, "찾지 못했습니다"),
        (_rewrite(lambda one: one["members"].pop()), "손상"),
        (_rewrite(lambda one: one.update(format=2)), "더 새 버전"),
        (_rewrite(lambda one: one.update(revision="9999_later")), "더 새 버전"),
    ],
)
def test_a_file_that_is_not_sound_is_one_sentence_and_changes_nothing(
    tmp_path: Path, spoil: Callable[[Path], None], says: str
) -> None:
    settings = Settings(home=tmp_path / "home")
    _filled(settings)
    back_up(settings, tmp_path / "b.zip")
    before = _state(settings)
    spoil(tmp_path / "b.zip")

    with pytest.raises(BadInputError) as caught:
        restore(settings, tmp_path / "b.zip")

    assert says in caught.value.user_message.text
    assert _state(settings) == before


def test_a_full_disk_leaves_no_part_of_a_backup_and_says_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home")
    (tmp_path / "out").mkdir()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(HomeUnavailableError) as caught:
            back_up(settings, tmp_path / "out" / "b.zip")

    assert "--out" in caught.value.user_message.next_step
    assert list((tmp_path / "out").iterdir()) == []


def test_a_restore_beside_a_running_server_is_refused(settings: Settings, tmp_path: Path) -> None:
    _filled(settings)
    back_up(settings, tmp_path / "b.zip")
    before = _state(settings)

    with Home(settings.home).lock(), pytest.raises(IndexUnavailableError):
        restore(settings, tmp_path / "b.zip")
    claim = Claim(open_database(settings), IN_USE, is_shared=True)
    claim.take()
    if settings.database_url:  # a server on another machine has a home of its own
        with pytest.raises(IndexUnavailableError):
            restore(settings, tmp_path / "b.zip")
    claim.drop()

    assert _state(settings) == before
    restore(settings, tmp_path / "b.zip")


@pytest.mark.parametrize("at", ["count_on", "switch"])
def test_a_restore_that_is_interrupted_leaves_what_was_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    _filled(settings)
    back_up(settings, tmp_path / "b.zip")
    if at == "switch" and settings.database_url:
        pytest.skip("the tables of a server are switched before the files")
    ConsultationStore.open(settings).create()
    before = _state(settings)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restoring, at, stop)
        with pytest.raises(KeyboardInterrupt):
            restore(settings, tmp_path / "b.zip")

    assert _state(settings) == before


@pytest.mark.parametrize("after", range(4))
def test_a_switch_that_a_power_cut_ends_is_finished_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    for name, text in {"a": "old", "b": "old", "new/a": "new", "new/c": "new"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    real = Path.rename
    done: list[Path] = []

    def rename(self: Path, target: Path) -> Path:
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(target)
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(KeyboardInterrupt):
            switching.switch(tmp_path, tmp_path / "new", tmp_path / "aside", ["b"])
    switching.finish_switch(tmp_path)

    found = {
        path.relative_to(tmp_path).as_posix(): path.read_text(encoding="utf-8")
        for path in tmp_path.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }
    assert found == {"a": "new", "c": "new", "aside/a": "old", "aside/b": "old"}


def test_the_command_verifies_and_says_whether_keys_are_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path / "home"))
    file = tmp_path / "b.zip"

    made = CliRunner().invoke(backup, ["--out", str(file)], catch_exceptions=False)
    seen = CliRunner().invoke(backup, ["--verify", str(file)], catch_exceptions=False)

    assert "키 파일은 들어 있지 않습니다" in made.output
    assert "온전한 백업입니다" in seen.output
    assert not read_archive(file).manifest.with_keys
    with pytest.raises(AdvisorError):
        CliRunner().invoke(
            backup, ["--out", str(file)], standalone_mode=False, catch_exceptions=False
        )
