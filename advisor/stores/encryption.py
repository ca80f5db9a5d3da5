"""Encrypted columns and the keys behind them. The one door to cryptography.

A key file holds one key a line, newest first, the last line `index:…`. New values are written with
the newest key, old ones are read with any. The index key never changes: it makes equal values
findable and codes unguessable to whoever has the database alone.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Dialect, Engine, Text, TypeDecorator

from advisor.config import Settings
from advisor.errors import HomeUnavailableError
from advisor.messages import UserMessage
from advisor.stores.home import disk_errors, write_atomically
from advisor.text import storable

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY_FILE = "keys"
KEYS_BROKEN = UserMessage(
    text="암호화 키를 읽지 못했습니다. 계정의 이름과 연락처를 열 수 없습니다.",
    next_step="ADVISOR_HOME의 keys 파일이나 ADVISOR_ENCRYPTION_KEYS를 백업에서 되살려 주세요.",
)
KEYS_OPEN = UserMessage(
    text="암호화 키 파일을 다른 사용자도 읽을 수 있습니다.",
    next_step="`chmod 600` 으로 ADVISOR_HOME의 keys 파일을 나만 읽게 바꾼 뒤 다시 실행해 주세요.",
)


@dataclass(frozen=True)
class Vault:
    """The keys of an installation; `fernet_keys` newest first."""

    fernet_keys: tuple[str, ...]
    index_key: bytes

    @classmethod
    def open(cls, settings: Settings) -> "Vault":
        """Read the keys of the settings or of the home; the home's are made at first use.

        Raises:
            HomeUnavailableError: They cannot be read, are damaged, or others can read the file.
        """
        given = settings.encryption_keys.get_secret_value()
        if given:
            return cls.read(given.split(","))
        path = settings.home.expanduser() / KEY_FILE
        if not path.exists():
            _create(path)
        with disk_errors():
            if path.stat().st_mode & 0o077:
                raise HomeUnavailableError(KEYS_OPEN, detail="key file is not 0600")
            return cls.read(path.read_text(encoding="ascii", errors="replace").splitlines())

    @classmethod
    def read(cls, lines: list[str]) -> "Vault":
        """Return the vault of a key file's lines; raises HomeUnavailableError."""
        keys = [one.strip() for one in lines if one.strip()]
        index = [one.removeprefix("index:") for one in keys if one.startswith("index:")]
        vault = cls(
            tuple(one for one in keys if not one.startswith("index:")),
            bytes.fromhex(index[0]) if len(index) == 1 and _is_hex(index[0]) else b"",
        )
        if not vault.fernet_keys or len(vault.index_key) != 32:
            raise HomeUnavailableError(KEYS_BROKEN, detail="key file has no key or no index key")
        try:
            _ = vault._fernet
        except ValueError as error:
            raise HomeUnavailableError(KEYS_BROKEN, detail="key of a wrong shape") from error
        return vault

    @cached_property
    def _fernet(self) -> "MultiFernet":
        from cryptography.fernet import Fernet, MultiFernet  # 40 ms, for who has accounts only

        return MultiFernet([Fernet(one) for one in self.fernet_keys])

    def seal(self, plain: str) -> str:
        """Return a text encrypted with the newest key."""
        return self._fernet.encrypt(plain.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Return the text again.

        Raises:
            HomeUnavailableError: No key fits, or somebody changed it.
        """
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise HomeUnavailableError(KEYS_BROKEN, detail="no key fits a value") from error

    def opens(self, sealed: str) -> bool:
        """Tell whether one of the keys fits."""
        try:
            self.unseal(sealed)
        except HomeUnavailableError:
            return False
        return True

    def renew(self, sealed: str) -> str:
        """Return the same text encrypted with the newest key."""
        return self.seal(self.unseal(sealed))

    def index(self, purpose: str, value: str) -> str:
        """Return 64 hex digits that are equal for equal values, and say nothing without the key."""
        return hmac.new(self.index_key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def has_keys(settings: Settings) -> bool:
    """Tell whether an installation has keys, readable or not."""
    if settings.encryption_keys.get_secret_value():
        return True
    return (settings.home.expanduser() / KEY_FILE).exists()


def add_key(settings: Settings) -> Vault:
    """Put a new key in front of the home's key file; return the vault that writes with it."""
    from cryptography.fernet import Fernet

    path = settings.home.expanduser() / KEY_FILE
    old = Vault.open(settings)
    lines = [Fernet.generate_key().decode(), *old.fernet_keys, f"index:{old.index_key.hex()}"]
    _write(path, lines)
    return Vault.read(lines)


def drop_old_keys(settings: Settings) -> None:
    """Leave only the newest key in the file, once everything was written anew with it."""
    vault = Vault.open(settings)
    path = settings.home.expanduser() / KEY_FILE
    _write(path, [vault.fernet_keys[0], f"index:{vault.index_key.hex()}"])


def with_vault(engine: Engine, vault: Vault) -> Engine:
    """Give an engine the keys of its encrypted columns."""
    # A dialect belongs to one engine: no key stands at module level, two homes never mix.
    engine.dialect.advisor_vault = vault  # type: ignore[attr-defined]  # ours, see _vault_of
    return engine


class EncryptedText(TypeDecorator[str]):
    """A text that the database holds encrypted only; it cannot be searched or sorted by."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _vault_of(dialect).seal(storable(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _vault_of(dialect).unseal(value)


def _vault_of(dialect: Dialect) -> Vault:
    vault = getattr(dialect, "advisor_vault", None)
    if not isinstance(vault, Vault):
        raise TypeError("an engine with encrypted columns goes through with_vault first")
    return vault


def _create(path: Path) -> None:
    from cryptography.fernet import Fernet

    text = f"{Fernet.generate_key().decode()}\nindex:{os.urandom(32).hex()}\n"
    with disk_errors():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # the first of two processes wins, the other reads its keys
        except FileExistsError:
            pass
        finally:
            part.unlink(missing_ok=True)


def _write(path: Path, lines: list[str]) -> None:
    old = os.umask(0o077)  # the file of the new text is born readable by its owner only
    try:
        write_atomically(path, "\n".join(lines) + "\n")
    finally:
        os.umask(old)


def _is_hex(text: str) -> bool:
    return len(text) % 2 == 0 and all(one in "0123456789abcdef" for one in text)
