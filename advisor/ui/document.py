"""The HTML document around the page: Gradio's own, in our language and with our files.

Gradio adds head matter by script, after its own 800 KB; style, fonts and script of the page stand
in the document from the start, so that nothing jumps and the language is right for a screen reader.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from advisor.ui.strings import KO

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ASSETS = Path(__file__).parent / "assets"
STYLES = (
    "fonts/pretendard.css", "page.css", "talk.css", "panel.css", "diagnosis.css", "support.css",
    "share.css", "mine.css", "staff.css", "documents.css", "review.css", "helpdesk.css",
    "clients.css", "admin.css",
)  # fmt: skip
SCRIPTS = ("page.js", "diagnosis.js", "support.js", "share.js", "mine.js")
# Run after the document is read: no owner waits for them. A script uses what those before it made.
STAFF_SCRIPTS = (
    "staff.js", "staff_view.js", "documents.js", "review.js", "review_draft.js", "helpdesk.js",
    "helpdesk_wording.js", "helpdesk_search.js", "helpdesk_topic.js", "helpdesk_queue.js",
    "clients.js", "client_page.js", "client_overview.js", "client_facts.js",
    "client_readiness.js", "client_plan.js", "admin.js", "admin_sources.js", "admin_corpus.js",
    "admin_people.js", "admin_office.js", "admin_signals.js",
)  # fmt: skip
# Nothing is loaded from or sent to another host, whatever a text or a library says. Gradio's
# components build their templates with `Function`, hence 'unsafe-eval'.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
# The names of Gradio's files carry a digest of their content, so a browser may keep them.
KEPT = (b"cache-control", b"public, max-age=31536000, immutable")
# Gradio's own advertisement, a manifest that it does not serve here, and phone zoom settings.
_TAGS = re.compile(
    r"<meta\s+(?:property=\"og:|name=\"(?:twitter:|viewport))[^>]*?/>|<link rel=\"manifest\"[^>]*/>",
    re.S,
)
_LANGUAGE = re.compile(r"<html\s+lang=\"\w+\"")


def rewrite(html: str) -> str:
    """Return Gradio's document in our language, with our files and without its advertisement."""
    html = _LANGUAGE.sub('<html lang="ko"', _TAGS.sub("", html), count=1)
    return html.replace("</head>", f"{_head()}</head>", 1)


@cache
def _head() -> str:
    styles = "".join(f'<link rel="stylesheet" href="{asset_address(one)}">' for one in STYLES)
    scripts = "".join(f'<script src="{asset_address(one)}"></script>' for one in SCRIPTS)
    scripts += "".join(
        f'<script defer src="{asset_address(one)}"></script>' for one in STAFF_SCRIPTS
    )
    return (
        f"<title>{escape(KO.title)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1, '
        'interactive-widget=resizes-content">'
        f'<meta name="description" content="{escape(KO.subtitle)}">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" type="image/svg+xml" href="{asset_address("icon.svg")}">'
        f"{styles}{scripts}"
    )


def asset_address(name: str) -> str:
    """Return a file's address, relative to the page's root."""
    # The digest makes a browser fetch a changed file at once and an unchanged one never.
    digest = sha256((ASSETS / name).read_bytes()).hexdigest()[:12]
    return f"brand/{name}?v={digest}"


class OwnDocument:
    """ASGI middleware: rewrites the page's document, adds security headers, lets files be kept."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through but the document at "/", which is held back and rewritten."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_page = scope["path"] == "/" and scope["method"] == "GET"
        start: MutableMapping[str, Any] = {}
        body = bytearray()

        async def watched(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
                if scope["path"].startswith("/assets/") and message["status"] == 200:
                    message["headers"].append(KEPT)
                kind = dict(message["headers"]).get(b"content-type", b"")
                if is_page and kind.startswith(b"text/html"):
                    start.update(message)
                    return
            elif start:
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                page = rewrite(body.decode("utf-8")).encode("utf-8")
                start["headers"] = [
                    (name, str(len(page)).encode() if name == b"content-length" else value)
                    for name, value in start["headers"]
                ]
                await send(start)
                await send({"type": "http.response.body", "body": page})
                return
            await send(message)

        await self._app(scope, receive, watched)
