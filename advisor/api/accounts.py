"""The routes of `/api/v1` for sharing, accounts, the audit log, the switch and retention."""

from dataclasses import asdict
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from advisor.accounts.actor import Actor
from advisor.accounts.asking import accounts_of, address_of
from advisor.accounts.office import Accounts
from advisor.accounts.registry import API
from advisor.accounts.retention import purge
from advisor.accounts.sentences import ORGANISATION_UNKNOWN
from advisor.api.guard import Asker
from advisor.api.problems import NOT_FOUND, NotReadyError, problem
from advisor.api.routes import Ready
from advisor.errors import BadInputError
from advisor.messages import NOT_READY
from advisor.stores.accounts import OPERATOR_ID, Account
from advisor.stores.shares import Share

account_routes = APIRouter(prefix=API)


def office_of(request: Request) -> Accounts:
    """Return the accounts of the application, refused where it runs without."""
    found = accounts_of(request)
    if found is None:
        raise NotReadyError(NOT_READY)
    return found


Office = Annotated[Accounts, Depends(office_of)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ShareBody(_Body):
    """Whom the code is for, in the owner's words; kept encrypted."""

    recipient: str = Field(default="", max_length=100)


class RedeemBody(_Body):
    """A code that an owner gave."""

    code: str = Field(min_length=1, max_length=40)


class ClaimBody(_Body):
    """Whether the consultation is to belong to the asker's organisation or account."""

    to_organisation: bool = False


class AccountBody(_Body):
    """A new person; the reply holds the one-time code that opens the account."""

    login: str = Field(max_length=100)
    name: str = Field(max_length=200)
    roles: list[str] = Field(min_length=1, max_length=5)
    organisation_id: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=320)
    phone: str = Field(default="", max_length=40)


class RolesBody(_Body):
    """The roles in an organisation; none ends the membership."""

    roles: list[str] = Field(max_length=5)
    organisation_id: str = Field(default="", max_length=40)


class DisabledBody(_Body):
    """Whether the account is closed."""

    is_disabled: bool


class SwitchBody(_Body):
    """How the assistant is to stand, and why."""

    is_on: bool
    reason: str = Field(min_length=1, max_length=500)


@account_routes.get("/me", response_model=None)
async def me(actor: Asker) -> dict[str, Any]:
    """Who the asker is."""
    return {
        "signed_in": actor.is_signed_in, "name": actor.name,
        "organisation_id": actor.organisation_id, "organisation": actor.organisation,
        "roles": sorted(role.value for role in actor.roles),
    }  # fmt: skip


@account_routes.post(
    "/consultations/{consultation_id}/shares", status_code=201, response_model=None
)
async def share(consultation_id: str, body: ShareBody, office: Office) -> Response | dict[str, Any]:
    """A code that lets one consultant's organisation see this consultation."""
    made = await to_thread.run_sync(
        lambda: office.sharing.create(consultation_id, recipient=body.recipient)
    )
    if made is None:
        return problem(404, "not-found", NOT_FOUND)
    return {**owner_view(made.share), "code": made.code}


@account_routes.get("/consultations/{consultation_id}/shares", response_model=None)
async def shares_of(consultation_id: str, office: Office) -> Response | list[dict[str, Any]]:
    """Who may see this consultation, and codes that wait."""
    if not await to_thread.run_sync(office.sharing.store.exists, consultation_id):
        return problem(404, "not-found", NOT_FOUND)
    found = await to_thread.run_sync(office.sharing.of_consultation, consultation_id)
    return [owner_view(one) for one in found]


@account_routes.delete("/consultations/{consultation_id}/shares/{share_id}", response_model=None)
async def revoke(consultation_id: str, share_id: str, office: Office) -> Response:
    """Take a share back, at once."""
    gone = await to_thread.run_sync(office.sharing.revoke, consultation_id, share_id)
    return Response(status_code=204) if gone else problem(404, "not-found", NOT_FOUND)


@account_routes.post("/consultations/{consultation_id}/claim", response_model=None)
async def claim(consultation_id: str, body: ClaimBody, actor: Asker, office: Office) -> Response:
    """Let a consultation belong to the asker; from then on its link alone does not open it."""
    whose = (
        {"organisation_id": actor.organisation_id} if body.to_organisation
        else {"account_id": actor.account_id}
    )  # fmt: skip
    done = await to_thread.run_sync(lambda: office.sharing.claim(consultation_id, **whose))
    return Response(status_code=204) if done else problem(404, "not-found", NOT_FOUND)


@account_routes.get("/shares", response_model=None)
async def shared_with_me(actor: Asker, office: Office) -> list[dict[str, Any]]:
    """What owners share with the asker's organisation."""
    found = await to_thread.run_sync(office.sharing.of_asker, actor)
    return [consultant_view(one) for one in found]


@account_routes.post("/shares/redeem", status_code=201, response_model=None)
async def redeem(
    body: RedeemBody, request: Request, actor: Asker, office: Office
) -> dict[str, Any]:
    """Use an owner's code."""
    address = address_of(request)
    found = await to_thread.run_sync(
        lambda: office.sharing.redeem(actor, body.code, address=address)
    )
    return consultant_view(found)


@account_routes.get("/shares/{share_id}", response_model=None)
async def shared(share_id: str, office: Office, advisor: Ready) -> Response | dict[str, Any]:
    """A shared consultation; its own id, which would open all of it, is left out."""
    live = await to_thread.run_sync(office.sharing.live, share_id)
    kept = await to_thread.run_sync(advisor.consultation, live.consultation_id) if live else None
    if live is None or kept is None:
        return problem(404, "not-found", NOT_FOUND)
    turns = [
        {"question": one.question, "answer": {**one.answer, "consultation_id": None}}
        for one in kept.turns
    ]
    return {**consultant_view(live), "profile": kept.profile.values(), "turns": turns}


@account_routes.get("/accounts", response_model=None)
async def accounts(actor: Asker, office: Office) -> list[dict[str, Any]]:
    """People: all for the operator's administrators, one's own organisation's for others."""
    of = None if actor.is_operator else actor.organisation_id
    return [
        account_view(one) for one in await to_thread.run_sync(office.people.store.everybody, of)
    ]


@account_routes.post("/accounts", status_code=201, response_model=None)
async def create(body: AccountBody, actor: Asker, office: Office) -> dict[str, Any]:
    """Make a person's account."""
    organisation_id = acting_for(body.organisation_id, actor)

    def make() -> dict[str, Any]:
        made = office.people.create(
            actor, login=body.login, name=body.name, roles=body.roles, email=body.email,
            phone=body.phone, organisation_id=organisation_id,
        )  # fmt: skip
        return {**account_view(made), "code": office.people.reset(actor, made.id)}

    return await to_thread.run_sync(make)


@account_routes.put("/accounts/{account_id}/roles", status_code=204, response_model=None)
async def roles(account_id: str, body: RolesBody, actor: Asker, office: Office) -> None:
    """Put a person's roles in an organisation."""
    organisation_id = acting_for(body.organisation_id, actor)
    await to_thread.run_sync(
        lambda: office.people.set_roles(actor, account_id, organisation_id, body.roles)
    )


@account_routes.post("/accounts/{account_id}/reset", response_model=None)
async def reset(account_id: str, actor: Asker, office: Office) -> dict[str, str]:
    """End a person's password and sessions; the code sets a new one."""
    return {"code": await to_thread.run_sync(office.people.reset, actor, account_id)}


@account_routes.put("/accounts/{account_id}/disabled", status_code=204, response_model=None)
async def disabled(account_id: str, body: DisabledBody, actor: Asker, office: Office) -> None:
    """Close an account or open it again."""
    await to_thread.run_sync(
        lambda: office.people.disable(actor, account_id, is_disabled=body.is_disabled)
    )


@account_routes.get("/audit", response_model=None)
async def audit(
    office: Office,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    action: Annotated[str, Query(max_length=60)] = "",
    actor: Annotated[str, Query(max_length=64)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
) -> list[dict[str, Any]]:
    """Lines of the audit log, newest first; all, or those of an action, actor or kind of object."""

    def look() -> list[dict[str, Any]]:
        found = office.audit.newest(
            limit=limit, before=before, action=action, actor=actor, kind=kind
        )
        names = {one: person.name for one in {line.actor for line in found} if (person := office.people.store.load(one))}  # fmt: skip
        return [
            {**asdict(one), "at": one.at.isoformat(), "actor_name": names.get(one.actor, "")}
            for one in found
        ]

    return await to_thread.run_sync(look)


@account_routes.get("/audit/verify", response_model=None)
async def verify(office: Office) -> dict[str, Any]:
    """Whether the audit log is whole."""
    return asdict(await to_thread.run_sync(office.audit.verify))


@account_routes.get("/switch", response_model=None)
async def switch(office: Office) -> dict[str, Any]:
    """How the assistant stands."""
    state = await to_thread.run_sync(office.switch.state)
    return {**asdict(state), "at": state.at.isoformat() if state.at else None}


@account_routes.put("/switch", response_model=None)
async def put_switch(body: SwitchBody, actor: Asker, office: Office) -> dict[str, Any]:
    """Turn the assistant off or on."""
    state = await to_thread.run_sync(
        lambda: office.switch.put(actor, is_on=body.is_on, reason=body.reason)
    )
    return {**asdict(state), "at": state.at.isoformat() if state.at else None}


@account_routes.post("/retention", response_model=None)
async def retention(actor: Asker, office: Office, advisor: Ready) -> dict[str, int]:
    """Drop now what is older than the retention."""
    return asdict(await to_thread.run_sync(lambda: purge(advisor, office, actor=actor)))


def owner_view(one: Share) -> dict[str, Any]:
    """Return a share as the consultation's owner sees it."""
    return {
        "share_id": one.id, "recipient": one.recipient, "organisation": one.organisation,
        "redeemed_at": one.redeemed_at.isoformat() if one.redeemed_at else None,
        "code_expires_at": one.code_expires_at.isoformat(),
    }  # fmt: skip


def consultant_view(one: Share) -> dict[str, Any]:
    """Return a share as a consultant sees it."""
    return {
        "share_id": one.id,
        "redeemed_at": one.redeemed_at.isoformat() if one.redeemed_at else None,
    }


def account_view(one: Account) -> dict[str, Any]:
    """Return a person as an administrator sees them."""
    return {
        "id": one.id, "login": one.login, "name": one.name, "email": one.email,
        "phone": one.phone, "is_disabled": one.is_disabled,
        "memberships": [
            {
                "organisation_id": member.organisation.id,
                "organisation": member.organisation.name, "roles": sorted(member.roles),
            }
            for member in one.memberships
        ],
    }  # fmt: skip


def acting_for(wanted: str, actor: Actor) -> str:
    """Return the organisation to act on: any for the operator, only the own for others.

    Raises:
        BadInputError: It is another's.
    """
    own = actor.organisation_id
    if actor.is_operator:
        return wanted or own or OPERATOR_ID
    if wanted not in {"", own}:
        raise BadInputError(ORGANISATION_UNKNOWN)
    return own
