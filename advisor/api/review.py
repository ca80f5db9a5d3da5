"""The routes of `/api/v1` for staff who review: drafts, versions of records, what is stale."""

from dataclasses import asdict
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from advisor import clock
from advisor.accounts.actor import Actor
from advisor.api.guard import Asker
from advisor.api.problems import NOT_FOUND, problem
from advisor.api.routes import Ready
from advisor.api.schemas import MOST_NUMBER, RowId
from advisor.assemble import Advisor
from advisor.corpus.connectors.links import broken_by_record
from advisor.corpus.notices.shown import (
    draft_line,
    draft_sheet,
    stale_line,
    version_line,
    versioned_line,
)
from advisor.corpus.notices.values import read_value
from advisor.corpus.reviewing import ReviewProblemsError
from advisor.corpus.stale import STALE_AFTER, StaleRecord, stale_records
from advisor.domain.drafts import DraftState
from advisor.stores.sync_state import SyncState

review_routes = APIRouter(prefix="/api/v1")


class _Signed(BaseModel):
    """What a person signs; `by` is asked where nobody is signed in."""

    model_config = ConfigDict(extra="forbid")

    by: str = Field(default="", max_length=100)
    note: str = Field(default="", max_length=1_000)


class ReadBody(BaseModel):
    """A document to read as a notice."""

    model_config = ConfigDict(extra="forbid")

    document_id: str = Field(max_length=200)


class CorrectBody(_Signed):
    """Values by field name: text as a person types it, or the value itself; null empties."""

    values: dict[str, JsonValue] = Field(min_length=1, max_length=200)
    revision: int | None = Field(default=None, ge=0, le=MOST_NUMBER)


class RollbackBody(_Signed):
    """Which version is published again; 0 gives the shipped record back."""

    version: int = Field(ge=0, le=MOST_NUMBER)


def signer_of(actor: Actor, given: str) -> str:
    """Return who signs: whoever is signed in, else the name that was given."""
    return actor.name if actor.is_signed_in and actor.name else given


@review_routes.get("/drafts")
async def drafts(advisor: Ready, state: DraftState | None = None) -> list[dict[str, Any]]:
    """Drafts, the newest first; of one state or all."""
    found = await to_thread.run_sync(lambda: advisor.review.drafts.list(state))
    return [draft_line(one) for one in found]


@review_routes.post("/drafts", status_code=201, response_model=None)
async def read(body: ReadBody, advisor: Ready) -> JSONResponse:
    """Read an ingested document as a notice; the same reading again gives its draft."""
    draft_id = await to_thread.run_sync(advisor.read_notice, body.document_id)
    if draft_id is None:
        return problem(404, "not-found", NOT_FOUND)
    return JSONResponse(await _sheet(advisor, draft_id), status_code=201)


@review_routes.get("/drafts/{draft_id}")
async def draft(draft_id: RowId, advisor: Ready) -> dict[str, Any]:
    """A draft with its form, and what keeps it from being published."""
    return await _sheet(advisor, draft_id)


@review_routes.patch("/drafts/{draft_id}", response_model=None)
async def correct(
    draft_id: RowId, body: CorrectBody, advisor: Ready, actor: Asker
) -> dict[str, Any]:
    """Correct fields of a draft."""
    values = {
        name: read_value(name, one) if isinstance(one, str) else one
        for name, one in body.values.items()
    }
    by = signer_of(actor, body.by)
    await to_thread.run_sync(
        lambda: advisor.review.drafts.correct(draft_id, values, by, revision=body.revision)
    )
    return await _sheet(advisor, draft_id)


@review_routes.post("/drafts/{draft_id}/publish", response_model=None)
async def publish(draft_id: RowId, body: _Signed, advisor: Ready, actor: Asker) -> JSONResponse:
    """Publish a draft as the next version of its record."""
    by = signer_of(actor, body.by)
    try:
        made = await to_thread.run_sync(
            lambda: advisor.review.publish(draft_id, by, body.note, today=clock.today())
        )
    except ReviewProblemsError as error:
        wrong = [asdict(one) for one in error.problems]
        return problem(400, "not-a-record", error.user_message, problems=wrong)
    return JSONResponse(version_line(made))


@review_routes.post("/drafts/{draft_id}/reject")
async def reject(draft_id: RowId, body: _Signed, advisor: Ready, actor: Asker) -> dict[str, Any]:
    """Close a draft without publishing it."""
    by = signer_of(actor, body.by)
    return draft_line(
        await to_thread.run_sync(lambda: advisor.review.drafts.reject(draft_id, by, body.note))
    )


@review_routes.get("/records/{record_id}/versions")
async def versions(record_id: str, advisor: Ready) -> list[dict[str, Any]]:
    """The versions of a record, the newest first, each with what it changed."""
    found = await to_thread.run_sync(advisor.review.versions, record_id)
    return [versioned_line(one) for one in found]


@review_routes.post("/records/{record_id}/versions")
async def rollback(
    record_id: str, body: RollbackBody, advisor: Ready, actor: Asker
) -> dict[str, Any]:
    """Publish an earlier version again."""
    by = signer_of(actor, body.by)
    return version_line(
        await to_thread.run_sync(
            lambda: advisor.review.rollback(record_id, body.version, by, body.note)
        )
    )


@review_routes.post("/records/{record_id}/withdrawal")
async def withdraw(record_id: str, body: _Signed, advisor: Ready, actor: Asker) -> dict[str, Any]:
    """Take a record out of every answer."""
    by = signer_of(actor, body.by)
    return version_line(
        await to_thread.run_sync(lambda: advisor.review.withdraw(record_id, by, body.note))
    )


@review_routes.get("/stale-records")
async def stale(
    advisor: Ready, days: int = Query(default=STALE_AFTER, ge=1, le=3_650)
) -> list[dict[str, Any]]:
    """Records to look at again, the most urgent first."""
    today = clock.today()

    def look() -> tuple[StaleRecord, ...]:
        links = SyncState(advisor.index.engine).links()
        broken = broken_by_record(advisor.corpus, links)
        return stale_records(advisor.corpus, today=today, days=days, broken=broken)

    found = await to_thread.run_sync(look)
    return [stale_line(one) for one in found]


async def _sheet(advisor: Advisor, draft_id: int) -> dict[str, Any]:
    def make() -> dict[str, Any]:
        found = advisor.review.drafts.get(draft_id)
        return draft_sheet(found, *advisor.review.preview(found, today=clock.today()))

    return await to_thread.run_sync(make)
