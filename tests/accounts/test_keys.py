"""Encrypted fields and their keys."""

import pytest

from advisor.accounts.actor import TERMINAL
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.config import Settings
from advisor.errors import HomeUnavailableError
from advisor.stores.encryption import KEY_FILE, Vault, add_key, drop_old_keys
from tests.accounts.people import PASSWORD, a_person, sign_in


def test_the_key_file_is_made_once_and_its_owners_alone(settings: Settings) -> None:
    first = Vault.open(settings)
    path = settings.home / KEY_FILE

    assert path.stat().st_mode & 0o777 == 0o600
    assert Vault.open(settings) == first
    path.chmod(0o644)
    with pytest.raises(HomeUnavailableError):
        Vault.open(settings)


def test_after_a_rotation_everything_is_readable_with_the_new_key_alone(
    office: Accounts, settings: Settings, hasher: Hasher
) -> None:
    a_person(office, "park", "consultant")
    before = Vault.open(settings)
    add_key(settings)
    between = Accounts.open(settings, hasher=hasher)
    assert between.people.by_login("park").name == "이름 park"

    between.people.encrypt_anew(TERMINAL)
    drop_old_keys(settings)

    after = Accounts.open(settings, hasher=hasher)
    assert not set(Vault.open(settings).fernet_keys) & set(before.fernet_keys)
    assert after.people.by_login("park").name == "이름 park"
    assert sign_in(after, "park", PASSWORD)
    assert (settings.home / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_lost_or_foreign_keys_are_one_sentence_and_no_new_ones_are_made(
    office: Accounts, settings: Settings, hasher: Hasher
) -> None:
    a_person(office, "park", "consultant")
    path = settings.home / KEY_FILE
    kept = path.read_text(encoding="ascii")

    path.unlink()
    with pytest.raises(HomeUnavailableError) as lost:
        Accounts.open(settings, hasher=hasher)
    assert "키가 없습니다" in lost.value.user_message.text
    assert not path.exists()

    Vault.open(settings)  # of another machine that was never told the first one's
    with pytest.raises(HomeUnavailableError) as foreign:
        Accounts.open(settings, hasher=hasher)
    assert "열 수 없습니다" in foreign.value.user_message.text

    path.write_text(kept, encoding="ascii")
    assert Accounts.open(settings, hasher=hasher).people.by_login("park").name == "이름 park"


def test_keys_of_the_settings_come_before_the_file(settings: Settings) -> None:
    from cryptography.fernet import Fernet
    from pydantic import SecretStr

    key = Fernet.generate_key().decode()
    given = settings.model_copy(update={"encryption_keys": SecretStr(f"{key},index:{'ab' * 32}")})

    assert Vault.open(given) == Vault((key,), b"\xab" * 32)
    assert not (settings.home / KEY_FILE).exists()


@pytest.mark.parametrize("text", ["", "nonsense\nindex:zz", "index:" + "ab" * 32])
def test_a_damaged_key_file_is_told_and_never_replaced(settings: Settings, text: str) -> None:
    path = settings.home / KEY_FILE
    path.write_text(text, encoding="ascii")
    path.chmod(0o600)

    with pytest.raises(HomeUnavailableError):
        Vault.open(settings)
    assert path.read_text(encoding="ascii") == text


def test_a_value_that_was_changed_in_the_database_is_noticed(settings: Settings) -> None:
    vault = Vault.open(settings)
    sealed = vault.seal("010-1234-5678")
    changed = sealed[:-10] + ("A" if sealed[-10] != "A" else "B") + sealed[-9:]

    assert vault.unseal(sealed) == "010-1234-5678"
    assert vault.seal("010-1234-5678") != sealed
    with pytest.raises(HomeUnavailableError):
        vault.unseal(changed)
