"""No encrypted column is left out when keys change."""

from sqlalchemy import insert, inspect, text

from advisor.clock import now
from advisor.config import Settings
from advisor.stores.account_rows import CodeRow
from advisor.stores.database import Base, open_database
from advisor.stores.encryption import EncryptedText, Vault, add_key, drop_old_keys, with_vault
from advisor.stores.rotation import SEALED, encrypt_anew
from advisor.stores.shortlists import ShortlistStore
from tests.stores.test_migrations import import_models


def test_every_table_with_an_encrypted_column_is_written_anew() -> None:
    import_models()
    found = {
        mapper.class_
        for mapper in Base.registry.mappers
        if any(isinstance(one.type, EncryptedText) for one in inspect(mapper.class_).columns)
    }

    assert found == set(SEALED)


def test_after_a_rotation_the_old_key_opens_nothing(settings: Settings) -> None:
    old = Vault.open(settings)
    engine = with_vault(open_database(settings), old)
    ShortlistStore(engine).set_address("me", "me@example.org")
    with engine.begin() as connection:
        # On its way through a provider while the keys change; others carry no payload at all.
        for subject, payload in (("a", "secrets"), ("b", None)):
            connection.execute(
                insert(CodeRow).values(
                    purpose="oidc", subject=subject, code_index="0" * 64, payload=payload,
                    expires_at=now(),
                )
            )  # fmt: skip

    fresh = with_vault(engine, add_key(settings))
    assert encrypt_anew(fresh) == 3
    drop_old_keys(settings)

    newest = Vault.open(settings)
    with engine.connect() as connection:
        query = "SELECT payload FROM one_time_codes UNION ALL SELECT address FROM alert_addresses"
        raw = [one for one in connection.execute(text(query)).scalars() if one is not None]
    assert sorted(newest.unseal(one) for one in raw) == ["me@example.org", "secrets"]
    assert not set(newest.fernet_keys) & set(old.fernet_keys)
