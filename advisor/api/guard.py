"""Asks the policy table before every route of the application, and logs what was done after it."""

import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Annotated, Any
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse

from advisor.accounts.actor import ANYBODY, Actor
from advisor.accounts.asking import ACCOUNTS, ACTOR, SESSION_COOKIE, check, refusal, who_is
from advisor.accounts.errors import DeniedError, SignInError, WaitError
from advisor.accounts.gate import HIDDEN
from advisor.accounts.office import Accounts
from advisor.accounts.policy import Decision
from advisor.accounts.registry import ROUTES, Entry, Hide
from advisor.api.problems import problem
from advisor.errors import BadInputError
from advisor.messages import CONSULTATION_UNKNOWN, UserMessage

logger = logging.getLogger(__name__)

DONE = "advisor.done"
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

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


async def guard(request: Request) -> None:
    """Dependency of the whole application: the registry's entry of the route decides."""
    route = request.scope.get("route")
    path = getattr(route, "path_format", getattr(route, "path", ""))
    entry = ROUTES.get(("GET" if request.method == "HEAD" else request.method, path))
    if entry is None:
        logger.warning("route not listed path=%s", path)
        raise DeniedError(Decision.HIDDEN, HIDDEN)
    object_id = await _object_id(request, entry)
    action = entry.asked(object_id)
    decision = await to_thread.run_sync(lambda: check(request, action, entry.kind, object_id))
    if decision is Decision.HIDDEN and entry.hide is Hide.UNKNOWN_CONSULTATION:
        raise BadInputError(CONSULTATION_UNKNOWN, detail="hidden")
    if decision is not Decision.ALLOW:
        raise DeniedError(decision, refusal(decision))
    request.scope[DONE] = (action, entry.kind, object_id)


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
                done = scope.pop(DONE, None)
                if done is not None and message["status"] < 400 and self._accounts is not None:
                    gate, actor = self._accounts.gate, scope.get(ACTOR, ANYBODY)
                    await to_thread.run_sync(lambda: gate.done(actor, *done))
            await send(message)

        await self._app(scope, receive, watched)


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
            return problem(429, "throttled", error.user_message)
        return problem(400, "refused", error.user_message)

    app.add_exception_handler(DeniedError, denied)
    app.add_exception_handler(SignInError, refused)


def denied_problem(error: DeniedError) -> JSONResponse:
    """Return a refusal of the policy table as a problem document."""
    return problem(_STATUS[error.decision], _NAMES[error.decision], error.user_message)


async def _object_id(request: Request, entry: Entry) -> str:
    where, _, name = entry.object.partition(":")
    if where == "path":
        return str(request.path_params.get(name, ""))
    if where == "body":
        try:
            body = json.loads(await request.body())
        except ValueError:
            return ""  # refused by the route itself, as a body that cannot be read
        value = body.get(name) if isinstance(body, dict) else None
        return value if isinstance(value, str) else ""
    return ""
