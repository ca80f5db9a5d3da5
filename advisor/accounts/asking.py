"""Who sends a web request, and whether they may: for routes and page handlers alike.

A page handler takes `request: gr.Request` and asks `require(request.request, Action.READ,
Kind.AUDIT)`; a route that the registry lists was asked before it runs.
"""

from collections.abc import MutableMapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, Protocol
from urllib.parse import urlsplit

from advisor.accounts.actor import TERMINAL, VISITOR, Actor
from advisor.accounts.errors import DeniedError
from advisor.accounts.gate import HIDDEN
from advisor.accounts.office import Accounts
from advisor.accounts.policy import Action, Decision, Kind
from advisor.accounts.scopes import Scope
from advisor.accounts.sentences import NO_PERMISSION, SIGN_IN_NEEDED
from advisor.config import is_loopback
from advisor.messages import UserMessage

SESSION_COOKIE, KNOWN_COOKIE = "advisor_session", "advisor_known"
_OF_BROWSER_OR_PROXY = (
    "origin", "referer", "sec-fetch-site", "cookie", "forwarded", "x-forwarded-for", "x-real-ip", "via",
)  # fmt: skip
ACCOUNTS, ACTOR = "advisor.accounts", "advisor.actor"


class HasScope(Protocol):
    """A request of FastAPI or Starlette; of a `gr.Request` it is its `request`."""

    @property
    def scope(self) -> MutableMapping[str, Any]: ...

    @property
    def cookies(self) -> Any: ...

    @property
    def headers(self) -> Any: ...

    @property
    def client(self) -> Any: ...


def who_is(request: HasScope) -> Actor:
    """Return who sends a request; looked up once a request.

    An application without accounts serves its own machine only, as tests and scripts do.

    Raises:
        WaitError: Too many wrong set-up codes from this address.
        DeniedError: It carries a key that opens nothing.
    """
    known = request.scope.get(ACTOR)
    if isinstance(known, Actor):
        return known
    if ACCOUNTS not in request.scope:
        return VISITOR  # came in past the middleware: nothing is known, so nothing is allowed
    accounts = accounts_of(request)
    if accounts is None:
        return TERMINAL
    way, _, code = str(request.headers.get("authorization", "")).partition(" ")
    actor = accounts.gate.who(
        token=request.cookies.get(SESSION_COOKIE, ""),
        setup_code=code if way.lower() == "setup" else "", address=address_of(request),
        # A proxy may put its own token before the page: keys are for programs' doors only.
        key=code.strip() if way.lower() == "bearer" and _is_for_programs(request) else None,
    )  # fmt: skip
    request.scope[ACTOR] = actor
    return actor


def accounts_of(request: HasScope) -> Accounts | None:
    """Return the accounts of the served application, None where it has none."""
    found = request.scope.get(ACCOUNTS)
    return found if isinstance(found, Accounts) else None


def address_of(request: HasScope) -> str:
    """Return the address that a request comes from, for throttling only.

    A header is believed where the settings name it: the proxy that they speak of writes its last
    entry. Without that the address is the connection's. Of IPv6 it is the network: a household has
    more addresses of its own than there are limits to fill.
    """
    accounts = accounts_of(request)
    header = accounts.settings.proxy_header if accounts else ""
    if header:
        last = str(request.headers.get(header, "")).rpartition(",")[2].strip()
        try:
            return _network(last)
        except ValueError:
            pass
    host = str(request.client.host) if request.client else ""
    try:
        return _network(host)
    except ValueError:
        return host


def _network(address: str) -> str:
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ip_network((found, 64), strict=False))
    return str(found)


def sets_up(request: HasScope) -> bool:
    """Tell whether a program of this very machine asks before there is an administrator.

    Whoever may run programs here may as well use the command line. A browser is none such (it says
    where a request comes from, and other sites' pages may send one), nor is a proxy. A page whose own
    name leads to this machine's address still sends that name as the host.
    """
    accounts = accounts_of(request)
    host = request.client.host if request.client else ""
    if accounts is None or not _is_for_programs(request):
        return False
    named = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    if not all(is_loopback(one) for one in (host, named, accounts.settings.host)):
        return False
    if any(name in request.headers for name in _OF_BROWSER_OR_PROXY):
        return False
    return not accounts.people.has_administrator()


def _is_for_programs(request: HasScope) -> bool:
    path = str(request.scope.get("path", "")).removeprefix(str(request.scope.get("root_path", "")))
    return path.startswith("/api/") or path == "/mcp"


def check(
    request: HasScope, action: Action, kind: Kind, object_id: str = "",
    *, scope: Scope | None = None,
) -> Decision:  # fmt: skip
    """Return what the policy table says of a request, an action and an object."""
    accounts = accounts_of(request)
    if accounts is None:
        return Decision.ALLOW if ACCOUNTS in request.scope else Decision.HIDDEN
    return accounts.gate.check(who_is(request), action, kind, object_id, scope=scope)


def require(request: HasScope, action: Action, kind: Kind, object_id: str = "") -> Actor:
    """Return who asks, where the policy table allows.

    Raises:
        DeniedError: It does not; answered as a problem document or page by itself.
    """
    decision = check(request, action, kind, object_id)
    if decision is not Decision.ALLOW:
        raise DeniedError(decision, refusal(decision))
    return who_is(request)


def refusal(decision: Decision) -> UserMessage:
    """Return the sentence of a refusal."""
    if decision is Decision.HIDDEN:
        return HIDDEN
    return SIGN_IN_NEEDED if decision is Decision.SIGN_IN else NO_PERMISSION
