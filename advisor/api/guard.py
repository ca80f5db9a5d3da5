"""Asks the policy table before every route of the application, and logs what was done after it."""

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Annotated, Any
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from advisor.accounts.actor import ANYBODY, SETTING_UP, Actor
from advisor.accounts.asking import (
    ACCOUNTS,
    ACTOR,
    SESSION_COOKIE,
    accounts_of,
    address_of,
    check,
    refusal,
    sets_up,
    who_is,
)
from advisor.accounts.errors import DeniedError, SignInError, WaitError
from advisor.accounts.gate import HIDDEN
from advisor.accounts.office import Accounts
from advisor.accounts.policy import Decision
from advisor.accounts.rates import Taken
from advisor.accounts.registry import ROUTES, SCOPES, Entry, Hide, rate_of
from advisor.api.bodies import Receive, Scope, is_json, limited, refuse_half_letters, value_of
from advisor.api.problems import problem
from advisor.errors import BadInputError
from advisor.messages import CONSULTATION_UNKNOWN, UserMessage

logger = logging.getLogger(__name__)

DONE, TAKEN = "advisor.done", "advisor.taken"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CROSS_SITE = UserMessage(
    text="다른 사이트에서 보낸 요청이라 받지 않았습니다.",
    next_step="이 서비스의 화면에서 다시 해 주세요.",
)
_STATUS = {Decision.SIGN_IN: 401, Decision.FORBIDDEN: 403, Decision.HIDDEN: 404}
_NAMES = {
    Decision.SIGN_IN: "sign-in-needed", Decision.FORBIDDEN: "forbidden",
    Decision.HIDDEN: "not-found",
}  # fmt: skip

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


async def guard(request: Request) -> None:
    """Dependency of the whole application: the registry's entry of the route decides."""
    route = request.scope.get("route")
    path = getattr(route, "path_format", getattr(route, "path", ""))
    method = "GET" if request.method == "HEAD" else request.method
    entry = ROUTES.get((method, path))
    if entry is None:
        logger.warning("route not listed path=%s", path)
        raise DeniedError(Decision.HIDDEN, HIDDEN)
    object_id = await _object_id(request, entry)
    action = entry.asked(object_id)

    def decide() -> Decision:
        count(request, method, path)
        scope = SCOPES.get((method, path))
        decision = check(request, action, entry.kind, object_id, scope=scope)
        if decision is Decision.SIGN_IN and sets_up(request):
            request.scope[ACTOR] = SETTING_UP
            decision = check(request, action, entry.kind, object_id, scope=scope)
        return decision

    decision = await to_thread.run_sync(decide)
    if decision is Decision.HIDDEN and entry.hide is Hide.UNKNOWN_CONSULTATION:
        raise BadInputError(CONSULTATION_UNKNOWN, detail="hidden")
    if decision is not Decision.ALLOW:
        raise DeniedError(decision, refusal(decision))
    if getattr(route, "body_field", None) is not None:
        if not is_json(request):
            raise HTTPException(415)
        await refuse_half_letters(request)
    request.scope[DONE] = (action, entry.kind, object_id)


def count(request: Request, method: str, path: str) -> None:
    """Count a request at the bucket of whoever sends it.

    Raises:
        TooOftenError: The bucket is full.
        DeniedError: The request carries a key that opens nothing; tries are counted by address.
    """
    accounts = accounts_of(request)
    if accounts is None:
        return
    rate, address = rate_of(method, path), address_of(request)
    try:
        actor = who_is(request)
    except DeniedError:
        accounts.rates.take(ANYBODY, rate, address=address)
        raise
    request.scope[TAKEN] = accounts.rates.take(actor, rate, address=address)


def asker(request: Request) -> Actor:
    """Return who asks."""
    return who_is(request)


# For a route that needs to know who asks.
Asker = Annotated[Actor, Depends(asker)]


class Guarded:
    """ASGI middleware: hands the accounts to every request, refuses forged ones, logs what was done."""

    def __init__(self, app: App, *, accounts: Accounts | None) -> None:
        self._app = app
        self._accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but a change that another site's page asks of a signed-in browser."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope[ACCOUNTS] = self._accounts
        if scope["type"] == "http" and scope["method"] not in SAFE and is_forged(Request(scope)):
            await problem(403, "cross-site", CROSS_SITE)(scope, receive, send)
            return

        async def watched(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                taken = scope.pop(TAKEN, None)
                more = dict(taken.headers()) if isinstance(taken, Taken) else {}
                named = {name.lower() for name, _ in message.get("headers", ())}
                if _is_private(scope) and b"cache-control" not in named:
                    more["cache-control"] = "no-store"
                fields = [(name.encode(), value.encode()) for name, value in more.items()]
                message["headers"] = [*message.get("headers", ()), *fields]
                done = scope.pop(DONE, None)
                if done is not None and message["status"] < 400 and self._accounts is not None:
                    gate, actor = self._accounts.gate, scope.get(ACTOR, ANYBODY)
                    await to_thread.run_sync(lambda: gate.done(actor, *done))
            await send(message)

        body = limited(scope, receive) if scope["type"] == "http" else receive
        await self._app(scope, body, watched)


def _is_private(scope: Scope) -> bool:
    """Tell whether answers may hold what is somebody's: no cache may keep those."""
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    return path.startswith("/api/") or path == "/mcp"


def is_forged(request: Request) -> bool:
    """Tell whether a change comes with our session from a page that is not ours.

    Browsers say where a POST comes from; what says nothing and still carries a session is no
    browser of today, and has no need of one.
    """
    if SESSION_COOKIE not in request.cookies:
        return False
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc != request.headers.get("host", "")
    return request.headers.get("sec-fetch-site") not in {"same-origin", "none"}


def add_refusals(app: FastAPI) -> None:
    """Answer refusals of the policy table and of sign-ins as problem documents."""

    async def denied(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, DeniedError)
        return denied_problem(error)

    async def refused(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, SignInError)
        if isinstance(error, WaitError):
            headers = {"retry-after": str(error.minutes * 60)}
            return problem(429, "throttled", error.user_message, headers=headers)
        return problem(400, "refused", error.user_message)

    app.add_exception_handler(DeniedError, denied)
    app.add_exception_handler(SignInError, refused)


def denied_problem(error: DeniedError) -> JSONResponse:
    """Return a refusal of the policy table as a problem document."""
    headers = {"www-authenticate": "Bearer"} if error.decision is Decision.SIGN_IN else None
    return problem(
        _STATUS[error.decision], _NAMES[error.decision], error.user_message, headers=headers
    )


async def _object_id(request: Request, entry: Entry) -> str:
    where, _, name = entry.object.partition(":")
    if where == "path":
        return str(request.path_params.get(name, ""))
    return await value_of(request, name) if where == "body" else ""
