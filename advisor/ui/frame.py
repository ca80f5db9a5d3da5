"""Gradio's own addresses: those that the page asks for are served, all others are no pages of ours."""

from fastapi import FastAPI, Request
from starlette.routing import Mount, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from advisor.accounts.errors import DeniedError
from advisor.accounts.gate import HIDDEN
from advisor.accounts.policy import Decision
from advisor.accounts.registry import FRAME
from advisor.ui.sign_in import refused_page

_SERVED = [(method, compile_path(path)[0]) for method, path in sorted(FRAME)]


class OnlyListed:
    """ASGI middleware of the mounted page: answers what the registry does not list with a 404."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is listed, and what is no request (the page's own start and end)."""
        if scope["type"] != "http" or is_served(scope):
            await self._app(scope, receive, send)
            return
        page = refused_page(Request(scope), DeniedError(Decision.HIDDEN, HIDDEN))
        await page(scope, receive, send)


def is_served(scope: Scope) -> bool:
    """Tell whether the registry lists a request to Gradio's own addresses."""
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    return any(scope["method"] == method and one.match(path) for method, one in _SERVED)


def close_the_rest(app: FastAPI) -> None:
    """Let an application with the mounted page serve the listed addresses only."""
    for one in app.routes:
        if isinstance(one, Mount) and one.path == "" and isinstance(one.app, FastAPI):
            one.app.add_middleware(OnlyListed)
