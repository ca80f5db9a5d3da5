"""The routes of `/api/v1` for the keys of organisations."""

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from advisor.accounts.registry import API
from advisor.accounts.scopes import Scope
from advisor.api.accounts import Office, acting_for
from advisor.api.guard import Asker
from advisor.api.problems import NOT_FOUND, problem
from advisor.stores.api_keys import ApiKey

key_routes = APIRouter(prefix=API)


class KeyBody(BaseModel):
    """A new key; the reply holds the key itself, this once."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=100)
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    organisation_id: str = Field(default="", max_length=40)
    days: int | None = Field(default=None, ge=1, le=3_650)


@key_routes.get("/keys")
async def keys(actor: Asker, office: Office) -> list[dict[str, Any]]:
    """Keys: all for the operator's administrators, one's own organisation's for others."""
    of = None if actor.is_operator else actor.organisation_id
    return [key_view(one) for one in await to_thread.run_sync(office.keys.all, of)]


@key_routes.post("/keys", status_code=201)
async def create(body: KeyBody, actor: Asker, office: Office) -> dict[str, Any]:
    """Make a key."""
    organisation_id = acting_for(body.organisation_id, actor)
    made = await to_thread.run_sync(
        lambda: office.keys.create(
            actor, organisation_id=organisation_id, name=body.name,
            scopes=[one.value for one in body.scopes], days=body.days,
        )
    )  # fmt: skip
    return {**key_view(made.key), "key": made.secret}


@key_routes.delete("/keys/{key_id}", status_code=204, response_model=None)
async def revoke(key_id: str, actor: Asker, office: Office) -> Response:
    """End a key at once."""
    gone = await to_thread.run_sync(office.keys.revoke, actor, key_id)
    return Response(status_code=204) if gone else problem(404, "not-found", NOT_FOUND)


def key_view(one: ApiKey) -> dict[str, Any]:
    """Return a key as an administrator sees it."""
    return {
        "id": one.id, "prefix": one.prefix, "name": one.name, "scopes": sorted(one.scopes),
        "organisation_id": one.organisation_id, "organisation": one.organisation,
        "created_at": one.created_at.isoformat(),
        "expires_at": one.expires_at.isoformat() if one.expires_at else None,
        "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
        "last_used_on": one.last_used_on.isoformat() if one.last_used_on else None,
    }  # fmt: skip
