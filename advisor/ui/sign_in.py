"""Routes of the pages at the door: sign-in, set-up, new password, account, sign-out, OIDC."""

from collections.abc import Awaitable, Callable
from html import escape

from anyio import to_thread
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from advisor.accounts import sentences
from advisor.accounts.actor import Actor
from advisor.accounts.asking import KNOWN_COOKIE, SESSION_COOKIE, address_of, who_is
from advisor.accounts.errors import DeniedError, SignInError, WaitError
from advisor.accounts.office import Accounts
from advisor.accounts.policy import MEMBER_ROLES, Decision
from advisor.accounts.tokens import new_token
from advisor.errors import AdvisorError
from advisor.ui.door import Door, door_of, form_of, set_known, set_session, to
from advisor.ui.sign_in_view import (
    Field,
    Notice,
    render_button,
    render_form,
    render_lead,
    render_links,
    render_notice,
)
from advisor.ui.sign_in_words import say, told

OIDC_COOKIE = "advisor_oidc"
_WHY = ("expired", "needed", "signed_out", "signed_out_everywhere")
Handler = Callable[[Request, Exception], Awaitable[Response]]


def add_sign_in(app: FastAPI, accounts: Accounts) -> None:
    """Add the pages, and let refusals of other pages lead to them."""
    app.include_router(sign_in_routes(accounts))
    if not accounts.gate.is_open:
        app.add_middleware(MembersOnly, accounts=accounts)
    problems = app.exception_handlers[DeniedError]

    async def denied(request: Request, error: Exception) -> Response:
        path = request.url.path.removeprefix(request.scope.get("root_path", ""))
        if path.startswith("/api/") or path == "/mcp":  # asked by programs
            answer: Response = await problems(request, error)  # type: ignore[misc]  # async
            return answer
        assert isinstance(error, DeniedError)
        return refused_page(request, error)

    app.add_exception_handler(DeniedError, denied)


class MembersOnly:
    """ASGI middleware: leads whoever has not signed in from the chat to the door."""

    def __init__(self, app: ASGIApp, *, accounts: Accounts) -> None:
        self._app = app
        self._accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but the page at "/" without a session."""
        if scope["type"] == "http" and scope["path"] == scope.get("root_path", "") + "/":
            request = Request(scope)
            token = request.cookies.get(SESSION_COOKIE, "")
            actor = await to_thread.run_sync(lambda: self._accounts.gate.who(token=token))
            if not actor.is_signed_in:
                why = "expired" if token else "needed"
                await to(request, f"/sign-in?why={why}&next=/")(scope, receive, send)
                return
        await self._app(scope, receive, send)


def home_of(actor: Actor) -> str:
    """Return where a person is led after the sign-in when nothing else was asked for."""
    return "/account"


def refused_page(request: Request, error: DeniedError) -> Response:
    """Return the page of a refusal: the way to the sign-in, no permission, or not found."""
    if error.decision is Decision.SIGN_IN:
        why = "expired" if SESSION_COOKIE in request.cookies else "needed"
        back = request.url.path if request.method == "GET" else "/"
        return to(request, f"/sign-in?why={why}&next={back}")
    if who_is(request).must_change_password:
        return to(request, "/account")
    door = door_of(request)
    name = "denied" if error.decision is Decision.FORBIDDEN else "missing"
    body = render_lead(say(f"{name}_more", door.lang)) + render_links(
        door.frame, ("/", say("home", door.lang)), ("/account", say("account", door.lang))
    )
    return door.page(say(name, door.lang), body, status=403 if name == "denied" else 404)


def sign_in_routes(accounts: Accounts) -> APIRouter:  # noqa: C901  # one short function a page
    """Return the routes on these accounts."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    signing = accounts.sign_in

    @routes.get("/sign-in", response_model=None)
    async def sign_in(request: Request, why: str = "", next: str = "") -> Response:
        door = door_of(request)
        notice = Notice(say(why, door.lang)) if why in _WHY else None
        return await _sign_in_page(door, accounts, notice=notice, next_path=next)

    @routes.post("/sign-in", response_model=None)
    async def do_sign_in(request: Request) -> Response:
        door = door_of(request)
        login = back = ""
        try:
            sent = await form_of(request)
            login, back = sent.get("login", ""), sent.get("next", "")
            token = await to_thread.run_sync(
                lambda: signing.with_password(
                    login, sent.get("password", ""), address=address_of(request),
                    old_token=request.cookies.get(SESSION_COOKIE, ""),
                    known=request.cookies.get(KNOWN_COOKIE, ""),
                )
            )  # fmt: skip
        except AdvisorError as error:
            notice = Notice(told(error, door.lang), is_alert=True)
            return await _sign_in_page(
                door, accounts, notice=notice, next_path=back, login=login, status=_status(error)
            )
        return await _entered(request, accounts, token, back, login=login)

    @routes.get("/set-up", response_model=None)
    async def set_up(request: Request) -> Response:
        return await _set_up_page(door_of(request), accounts)

    @routes.post("/set-up", response_model=None)
    async def do_set_up(request: Request) -> Response:
        door, sent = door_of(request), dict[str, str]()
        try:
            sent = await form_of(request)
            _check_repeat(sent)
            token = await to_thread.run_sync(
                lambda: signing.set_up(
                    sent.get("code", ""), login=sent.get("login", ""), name=sent.get("name", ""),
                    password=sent.get("password", ""), organisation=sent.get("organisation", ""),
                    address=address_of(request),
                )
            )  # fmt: skip
        except AdvisorError as error:
            return await _set_up_page(door, accounts, sent=sent, error=error)
        return await _entered(request, accounts, token, "", login=sent.get("login", ""))

    @routes.get("/new-password", response_model=None)
    async def new_password(request: Request) -> Response:
        return _new_password_page(door_of(request))

    @routes.post("/new-password", response_model=None)
    async def do_new_password(request: Request) -> Response:
        door, sent = door_of(request), dict[str, str]()
        try:
            sent = await form_of(request)
            _check_repeat(sent)
            token = await to_thread.run_sync(
                lambda: signing.with_reset_code(
                    sent.get("login", ""), sent.get("code", ""), sent.get("password", ""),
                    address=address_of(request), known=request.cookies.get(KNOWN_COOKIE, ""),
                )
            )  # fmt: skip
        except AdvisorError as error:
            return _new_password_page(door, sent=sent, error=error)
        return await _entered(request, accounts, token, "", login=sent.get("login", ""))

    @routes.get("/account", response_model=None)
    async def account(request: Request, done: str = "") -> Response:
        notice = Notice(say("changed", door_of(request).lang)) if done == "changed" else None
        return await _account_page(request, accounts, notice=notice)

    @routes.post("/account/password", response_model=None)
    async def change_password(request: Request) -> Response:
        try:
            sent = await form_of(request)
            _check_repeat(sent)
            actor = who_is(request)
            await to_thread.run_sync(
                lambda: signing.change_password(
                    actor, sent.get("old", ""), sent.get("password", ""),
                    address=address_of(request),
                )
            )  # fmt: skip
        except AdvisorError as error:
            notice = Notice(told(error, door_of(request).lang), is_alert=True)
            return await _account_page(request, accounts, notice=notice, status=_status(error))
        return to(request, "/account?done=changed")

    @routes.post("/account/organisation", response_model=None)
    async def act_for(request: Request) -> Response:
        try:
            sent = await form_of(request)
        except SignInError:
            return to(request, "/account")
        actor, wanted = who_is(request), sent.get("organisation", "")
        person = await to_thread.run_sync(accounts.people.store.load, actor.account_id)
        if person is not None and person.membership(wanted) is not None:
            await to_thread.run_sync(signing.sessions.act_for, actor.session, wanted)
        return to(request, "/account")

    @routes.post("/sign-out", response_model=None)
    async def sign_out(request: Request) -> Response:
        try:
            sent = await form_of(request)
        except SignInError:
            return to(request, "/account")
        everywhere = sent.get("everywhere") == "1"
        actor = who_is(request)
        await to_thread.run_sync(lambda: signing.sign_out(actor, everywhere=everywhere))
        why = "signed_out_everywhere" if everywhere else "signed_out"
        answer = to(request, f"/sign-in?why={why}")
        answer.delete_cookie(SESSION_COOKIE, path="/")
        return answer

    @routes.get("/oidc", response_model=None)
    async def oidc(request: Request) -> Response:
        door, outside, browser = door_of(request), accounts.outside, new_token()
        try:
            if outside is None:
                raise SignInError(sentences.OUTSIDE_FAILED, detail="no provider is set")
            back = f"{request.url.scheme}://{request.url.netloc}{door.frame.root}/oidc-callback"
            way = outside
            address = await to_thread.run_sync(
                lambda: way.begin(redirect_uri=back, browser=browser)
            )
        except AdvisorError as error:
            notice = Notice(told(error, door.lang), is_alert=True)
            return await _sign_in_page(door, accounts, notice=notice, status=400)
        answer = RedirectResponse(address, status_code=303)
        answer.set_cookie(
            OIDC_COOKIE, browser, max_age=600, httponly=True, samesite="lax",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    @routes.get("/oidc-callback", response_model=None)
    async def oidc_callback(request: Request, state: str = "", code: str = "") -> Response:
        door, outside = door_of(request), accounts.outside
        try:
            if outside is None:
                raise SignInError(sentences.OUTSIDE_FAILED, detail="no provider is set")
            way = outside
            token = await to_thread.run_sync(
                lambda: way.finish(
                    state=state, code=code, browser=request.cookies.get(OIDC_COOKIE, ""),
                    old_token=request.cookies.get(SESSION_COOKIE, ""),
                )
            )  # fmt: skip
        except AdvisorError as error:
            notice = Notice(told(error, door.lang), is_alert=True)
            return await _sign_in_page(door, accounts, notice=notice, status=400)
        answer = await _entered(request, accounts, token, "")
        answer.delete_cookie(OIDC_COOKIE, path="/")
        return answer

    return routes


async def _entered(
    request: Request, accounts: Accounts, token: str, back: str, *, login: str = ""
) -> Response:
    """Lead a person who just came in to where they wanted to go, with the new session's cookie."""
    actor = await to_thread.run_sync(lambda: accounts.gate.who(token=token))
    answer = to(request, back if _is_own_path(back) else home_of(actor))
    set_session(answer, request, token)
    if login:
        set_known(answer, request, accounts.sign_in.known_browser(login))
    return answer


async def _sign_in_page(
    door: Door, accounts: Accounts, *, notice: Notice | None = None, next_path: str = "",
    login: str = "", status: int = 200,
) -> Response:  # fmt: skip
    lang, frame = door.lang, door.frame
    lead = "sign_in_lead" if accounts.gate.is_open else "sign_in_lead_members"
    fields = [
        Field("login", say("login", lang), complete="username", value=login),
        Field("password", say("password", lang), kind="password", complete="current-password"),
    ]
    form = render_form(
        frame, action="/sign-in", fields=fields, button=say("sign_in", lang), notice=notice,
        next_path=next_path if _is_own_path(next_path) else "",
    )  # fmt: skip
    outside = accounts.outside
    other = ""
    if outside is not None:
        label = say("outside", lang, name=outside.label)
        other = (
            f'<p class="or">{say("or", lang)}</p>'
            f'<a class="outside" href="{frame.root}/oidc">{escape(label)}</a>'
        )
    links = [("/new-password", say("have_code", lang))]
    if not await to_thread.run_sync(accounts.people.has_administrator):
        links.insert(0, ("/set-up", say("first_time", lang)))
    body = render_lead(say(lead, lang)) + form + other + render_links(frame, *links)
    return door.page(say("sign_in", lang), body, status=status)


async def _set_up_page(
    door: Door, accounts: Accounts, *, sent: dict[str, str] | None = None,
    error: AdvisorError | None = None,
) -> Response:  # fmt: skip
    lang, frame, sent = door.lang, door.frame, sent or {}
    title = say("set_up", lang)
    if await to_thread.run_sync(accounts.people.has_administrator):
        body = render_notice(Notice(say("set_up_done", lang))) + render_links(
            frame, ("/sign-in", say("to_sign_in", lang))
        )
        return door.page(title, body)
    fields = [
        Field("code", say("setup_code", lang), value=sent.get("code", "")),
        Field("organisation", say("organisation", lang), complete="organization",
              value=sent.get("organisation", "")),
        Field("name", say("name", lang), complete="name", value=sent.get("name", "")),
        Field("login", say("login", lang), complete="username", value=sent.get("login", "")),
        *_new_password_fields(lang),
    ]  # fmt: skip
    notice = Notice(told(error, lang), is_alert=True) if error else None
    form = render_form(
        frame, action="/set-up", fields=fields, button=say("make", lang), notice=notice
    )
    body = render_lead(say("set_up_lead", lang)) + form
    return door.page(title, body, status=_status(error))


def _new_password_page(
    door: Door, *, sent: dict[str, str] | None = None, error: AdvisorError | None = None
) -> Response:
    lang, frame, sent = door.lang, door.frame, sent or {}
    fields = [
        Field("login", say("login", lang), complete="username", value=sent.get("login", "")),
        Field("code", say("code", lang), complete="one-time-code", value=sent.get("code", "")),
        *_new_password_fields(lang),
    ]
    notice = Notice(told(error, lang), is_alert=True) if error else None
    body = (
        render_lead(say("reset_lead", lang))
        + render_form(
            frame, action="/new-password", fields=fields, button=say("save", lang), notice=notice
        )
        + render_links(frame, ("/sign-in", say("to_sign_in", lang)))
    )
    return door.page(say("reset", lang), body, status=_status(error))


async def _account_page(
    request: Request, accounts: Accounts, *, notice: Notice | None = None, status: int = 200
) -> Response:
    door, actor = door_of(request), who_is(request)
    lang, frame = door.lang, door.frame
    roles = ", ".join(say(role.value, lang) for role in MEMBER_ROLES if role in actor.roles)
    if actor.must_change_password and notice is None:
        notice = Notice(say("change_first", lang), is_alert=True)
    person = await to_thread.run_sync(accounts.people.store.load, actor.account_id)
    others = [
        one.organisation for one in (person.memberships if person else ())
        if one.organisation.id != actor.organisation_id
    ]  # fmt: skip
    switch = "".join(
        render_button(
            frame, action="/account/organisation", organisation=one.id,
            label=f"{say('act_for', lang)}: {one.name}",
        )
        for one in others
    )  # fmt: skip
    fields = [
        Field("old", say("old_password", lang), kind="password", complete="current-password"),
        *_new_password_fields(lang),
    ]
    form = render_form(
        frame, action="/account/password", fields=fields, button=say("change", lang)
    ).replace(' autofocus=""', "")
    body = (
        f"{render_notice(notice)}<dl><dt>{say('name', lang)}</dt><dd>{escape(actor.name)}</dd>"
        f"<dt>{say('acting_for', lang)}</dt><dd>{escape(actor.organisation)}</dd>"
        f"<dt>{say('roles', lang)}</dt><dd>{escape(roles)}</dd></dl>{switch}"
        f"<h2>{say('change_password', lang)}</h2>{form}"
        f'<h2>{say("sign_out", lang)}</h2><div class="buttons">'
        f"{render_button(frame, action='/sign-out', label=say('sign_out', lang))}"
        f"{render_button(frame, action='/sign-out', label=say('sign_out_everywhere', lang), everywhere='1')}"
        f"</div>{render_links(frame, ('/', say('home', lang)))}"
    )
    return door.page(say("account", lang), body, status=status)


def _new_password_fields(lang: str) -> list[Field]:
    return [
        Field("password", say("new_password", lang), kind="password", complete="new-password",
              hint=say("rule", lang)),
        Field("repeat", say("repeat", lang), kind="password", complete="new-password"),
    ]  # fmt: skip


def _check_repeat(sent: dict[str, str]) -> None:
    if sent.get("password", "") != sent.get("repeat", ""):
        raise SignInError(sentences.DIFFERS, detail="passwords differ")


def _status(error: AdvisorError | None) -> int:
    if error is None:
        return 200
    return 429 if isinstance(error, WaitError) else 400


def _is_own_path(path: str) -> bool:
    """Tell whether this is a path of this site: no other host, however it is written."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
