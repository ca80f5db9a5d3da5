"""Passwords: which are taken, and how they are kept (Argon2id). The one door to argon2."""

import threading
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from advisor.errors import BadInputError
from advisor.messages import UserMessage

SHORTEST, LONGEST = 10, 200
TOO_SHORT = UserMessage(
    text="비밀번호가 짧습니다.",
    next_step=f"{SHORTEST}자 이상으로 정해 주세요. 문장처럼 길게 쓰셔도 됩니다.",
)
TOO_LONG = UserMessage(text="비밀번호가 너무 깁니다.", next_step=f"{LONGEST}자 안으로 정해 주세요.")
TOO_COMMON = UserMessage(
    text="너무 흔하거나 짐작하기 쉬운 비밀번호입니다.",
    next_step="낱말 몇 개를 이어 나만 아는 문장으로 정해 주세요.",
)
_COMMON = Path(__file__).parent / "common_passwords.txt"


def check_password(password: str, *, login: str = "") -> None:
    """Refuse a password that is guessed first.

    Raises:
        BadInputError: It is short, very long, common, one pattern, or made of the login name.
    """
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise BadInputError(TOO_SHORT)
    if len(plain) > LONGEST:
        raise BadInputError(TOO_LONG)
    # "Password2026!!" is no better than "password": what is stuck on either end is guessed too.
    core = plain.casefold().strip("0123456789!@#$%^&*()_+-=.,?~ ")
    name = login.casefold().partition("@")[0]
    if (
        plain.casefold() in _common()
        or core in _common()
        or len(set(plain)) < 5
        or _is_run(plain)
        or (len(name) >= 3 and len(core) < len(name) + 4 and name in core)
    ):
        raise BadInputError(TOO_COMMON)


class Hasher:
    """Argon2id with the library's parameters; few at once, for each takes 64 MiB."""

    def __init__(self, *, memory_kib: int = 65_536, passes: int = 3, at_once: int = 2) -> None:
        """Take other parameters for tests only."""
        from argon2 import PasswordHasher

        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._slots = threading.BoundedSemaphore(at_once)
        # Checked where there is no account, so that the answer takes as long as with one.
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._slots:
            return self._hasher.hash(_normal(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Tell whether it is the password; without a kept one False, in the same time."""
        from argon2.exceptions import InvalidHashError, VerificationError

        with self._slots:
            try:
                right = self._hasher.verify(kept or self._nobody, _normal(password)[:LONGEST])
            except (VerificationError, InvalidHashError):
                return False
        return right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Tell whether a kept hash was made with weaker parameters."""
        return self._hasher.check_needs_rehash(kept)


def _normal(password: str) -> str:
    # One keyboard sends composed Hangul, another its parts.
    return unicodedata.normalize("NFKC", password)


def _is_run(plain: str) -> bool:
    """Tell whether each character follows the one before: abcdef…, 987654….

    >>> _is_run("0123456789"), _is_run("zyxwvutsrq"), _is_run("correct horse")
    (True, True, False)
    """
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return steps <= {1, -9} or steps <= {-1, 9}


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(one for one in lines if one and not one.startswith("# "))
