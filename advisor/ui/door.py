"""What the pages at the door share: language, cookies, form tokens, redirects."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from advisor.accounts import sentences
from advisor.accounts.asking import KNOWN_COOKIE, SESSION_COOKIE
from advisor.accounts.errors import SignInError
from advisor.accounts.tokens import form_token, new_token, same
from advisor.ui.sign_in_view import Frame, render_page

FORM_COOKIE, LANGUAGE_COOKIE = "advisor_form", "advisor_lang"
LARGEST_FORM = 20_000  # bytes; the longest password in percent signs fits twice


@dataclass(frozen=True, slots=True)
class Door:
    """One request to a page at the door."""

    request: Request
    frame: Frame
    secret: str

    @property
    def lang(self) -> str:
        """Return "ko" or "en"."""
        return self.frame.lang

    def page(self, title: str, body: str, *, status: int = 200) -> Response:
        """Return the document; its forms are good for this browser only."""
        answer = HTMLResponse(render_page(self.frame, title, body), status_code=status)
        answer.headers["cache-control"] = "no-store"
        is_https = self.request.url.scheme == "https"
        if self.request.cookies.get(FORM_COOKIE) != self.secret:
            answer.set_cookie(
                FORM_COOKIE, self.secret, httponly=True, samesite="strict", secure=is_https
            )
        if self.request.query_params.get("lang") in {"ko", "en"}:
            answer.set_cookie(
                LANGUAGE_COOKIE, self.lang, max_age=31_536_000, samesite="lax", secure=is_https
            )
        return answer


def door_of(request: Request) -> Door:
    """Return what a page needs of its request."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    secret = request.cookies.get(FORM_COOKIE) or new_token()
    root = str(request.scope.get("root_path", ""))
    path = request.url.path.removeprefix(root) if request.method == "GET" else _page(request, root)
    lang = "en" if asked == "en" else "ko"
    return Door(request, Frame(lang, root, path, form_token(secret)), secret)


async def form_of(request: Request) -> dict[str, str]:
    """Return a form's values, each at most 1,000 characters.

    Raises:
        SignInError: It comes from another site, without its token, or is no form of ours.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise SignInError(sentences.FORM_OLD, detail="form of another origin")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            raise SignInError(sentences.FORM_OLD, detail="form too large")
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise SignInError(sentences.FORM_OLD, detail="no form") from error
    sent = {name: value[:1000] for name, value in pairs}
    secret = request.cookies.get(FORM_COOKIE, "")
    if not secret or not same(sent.get("form", ""), form_token(secret)):
        raise SignInError(sentences.FORM_OLD, detail="form without its token")
    return sent


def to(request: Request, path: str) -> RedirectResponse:
    """Return the way to another page of this site."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", status_code=303)


def set_session(answer: Response, request: Request, token: str) -> None:
    """Give the browser its session: no script reads it, no other site's form carries it."""
    answer.set_cookie(
        SESSION_COOKIE, token, httponly=True, samesite="lax",
        secure=request.url.scheme == "https", path="/",
    )  # fmt: skip


def set_known(answer: Response, request: Request, mark: str) -> None:
    """Let the browser prove later that its person signed in here before."""
    answer.set_cookie(
        KNOWN_COOKIE, mark, max_age=15_552_000, httponly=True, samesite="strict",
        secure=request.url.scheme == "https", path="/",
    )  # fmt: skip


def _page(request: Request, root: str) -> str:
    """Return the page that a form stands on, for the link that changes the language."""
    path = request.url.path.removeprefix(root)
    return "/account" if path.startswith("/account/") or path == "/sign-out" else path
