"""Bodies as they come in: how much, how long, and whether they are JSON that has bytes."""

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import anyio
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from advisor.accounts.registry import FILES

MOST_BYTES = 2 * 1024 * 1024  # of a body, but of files, which have limits of their own
# A body that stops coming holds a connection and its memory: so long for its next piece.
LONGEST_PAUSE_S = 30.0
_FILES = [(method, compile_path(path)[0]) for method, path in FILES]
_HALF_LETTER = re.compile(rb"\\u[dD][89a-fA-F]")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


def limited(scope: Scope, receive: Receive) -> Receive:
    """Give up a body that is longer than any of ours is, or that stops coming.

    Raises:
        HTTPException: 413 or 408, from what is returned, to whoever reads the body.
    """
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    holds_files = any(scope["method"] == method and one.match(path) for method, one in _FILES)
    size, is_whole = 0, False

    async def counted() -> MutableMapping[str, Any]:
        nonlocal size, is_whole
        if is_whole:
            return await receive()  # from here on it only tells that the client went away
        with anyio.move_on_after(LONGEST_PAUSE_S) as waited:
            message = await receive()
        if waited.cancelled_caught:
            raise HTTPException(408)
        size += len(message.get("body", b""))
        if size > MOST_BYTES and not holds_files:
            raise HTTPException(413)
        is_whole = not message.get("more_body", False)
        return message

    return counted


def is_json(request: Request) -> bool:
    """Tell whether a request says that its body is JSON, or has none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    named = kind == "application/json" or (
        kind.startswith("application/") and kind.endswith("+json")
    )
    return named or (not kind and request.headers.get("content-length", "0") == "0")


async def refuse_half_letters(request: Request) -> None:
    """Refuse JSON that spells half a letter (a lone surrogate): it can be neither kept nor shown.

    Raises:
        HTTPException: 422.
    """
    body = await request.body()
    if _HALF_LETTER.search(body) is None:
        return
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise HTTPException(422) from None
    except (ValueError, RecursionError):
        return  # refused by the route itself, as a body that cannot be read


async def value_of(request: Request, name: str) -> str:
    """Return a text of a JSON body by its name; "" where there is none."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        return ""  # refused by the route itself, as above
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, str) else ""
