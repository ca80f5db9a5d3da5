"""Random tokens and codes, and what of them is kept: a token is never stored, only its hash."""

import hashlib
import secrets

# No letters that are read for digits or for each other over the telephone.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10  # 49 bits; guesses are throttled and a code lives for minutes or a day


def new_token() -> str:
    """Return 256 random bits for an address or a cookie."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """Return 128 random bits as the id of an object."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """Return what is kept of a token. 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Return a code that people can read out, in two groups of five."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def plain_code(typed: str) -> str:
    """Return a typed code as it was made: case, blanks and dashes do not matter.

    >>> plain_code(" ab2cd efgh7 ")
    'AB2CDEFGH7'
    """
    return "".join(one for one in typed.upper() if one.isalnum())[:64]


def form_token(secret: str) -> str:
    """Return what a form must carry, made of the cookie that only our pages' browser sends."""
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest()


def same(given: str, expected: str) -> bool:
    """Compare without telling by the time taken how much was right."""
    return secrets.compare_digest(given.encode(), expected.encode())
