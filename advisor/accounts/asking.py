"""Who sends a web request, and whether they may: for routes and page handlers alike.

A page handler takes `request: gr.Request` and asks `require(request.request, Action.READ,
Kind.AUDIT)`; a route that the registry lists was asked before it runs.
"""

from collections.abc import MutableMapping
from typing import Any, Protocol

from advisor.accounts.actor import TERMINAL, VISITOR, Actor
from advisor.accounts.errors import DeniedError
from advisor.accounts.gate import HIDDEN
from advisor.accounts.office import Accounts
from advisor.accounts.policy import Action, Decision, Kind
from advisor.accounts.sentences import NO_PERMISSION, SIGN_IN_NEEDED
from advisor.messages import UserMessage

SESSION_COOKIE = "advisor_session"
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
    )  # fmt: skip
    request.scope[ACTOR] = actor
    return actor


def accounts_of(request: HasScope) -> Accounts | None:
    """Return the accounts of the served application, None where it has none."""
    found = request.scope.get(ACCOUNTS)
    return found if isinstance(found, Accounts) else None


def address_of(request: HasScope) -> str:
    """Return the address that a request comes from, for throttling only."""
    return request.client.host if request.client else ""


def check(request: HasScope, action: Action, kind: Kind, object_id: str = "") -> Decision:
    """Return what the policy table says of a request, an action and an object."""
    accounts = accounts_of(request)
    if accounts is None:
        return Decision.ALLOW if ACCOUNTS in request.scope else Decision.HIDDEN
    return accounts.gate.check(who_is(request), action, kind, object_id)


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
