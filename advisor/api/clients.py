"""The routes of `/api/v1` for consultants and their client companies."""

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from advisor import clock
from advisor.accounts.asking import address_of
from advisor.accounts.policy import Role
from advisor.accounts.registry import API
from advisor.api.accounts import Office
from advisor.api.client_shapes import (
    client_json,
    comparison_json,
    form_json,
    listing_json,
    outlook_json,
    visit_json,
)
from advisor.api.evidence import SHOWN, body_of
from advisor.api.guard import Asker
from advisor.api.problems import NOT_FOUND, problem
from advisor.api.routes import Ready
from advisor.clients.desk import ClientDesk
from advisor.clients.listing import SortBy, Wanted
from advisor.clients.work import NAME_CHARS, REASON_CHARS, TEXT_CHARS, ClientWork
from advisor.conversation.export import file_json
from advisor.domain.clients import ClientState
from advisor.reporting.render import MEDIA_TYPES, ReportFormat

client_routes = APIRouter(prefix=f"{API}/clients")
MOST_KRW = 10**13


def desk_of(office: Office, advisor: Ready) -> ClientDesk:
    """Return the consultants' desk of the application."""
    return ClientDesk.of(advisor, office)


Desk = Annotated[ClientDesk, Depends(desk_of)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClientBody(_Body):
    """A new client; with an owner's code it is seen through the owner's share."""

    name: str = Field(min_length=1, max_length=NAME_CHARS)
    contact: str = Field(default="", max_length=NAME_CHARS)
    code: str = Field(default="", max_length=40)


class ChangeBody(_Body):
    """What changes; what is left out stays, null takes a day back."""

    name: str = Field(default="", min_length=1, max_length=NAME_CHARS)
    contact: str = Field(default="", max_length=NAME_CHARS)
    next_step: str = Field(default="", max_length=300)
    next_on: date | None = None
    visit_on: date | None = None


class CodeBody(_Body):
    """A new code of the same owner."""

    code: str = Field(min_length=1, max_length=40)


class NoteBody(_Body):
    """A note."""

    text: str = Field(min_length=1, max_length=TEXT_CHARS)


class FactBody(_Body):
    """A fact as the consultant sees it; null takes the entry back."""

    value: Any = None
    reason: str = Field(default="", max_length=REASON_CHARS)


class AnswerBody(_Body):
    """An answer as the consultant sees it; no status takes the entry back."""

    status: Literal["answered", "unknown", "na"] | None = None
    value: int | None = Field(default=None, ge=0, le=4)
    grade: str | None = Field(default=None, max_length=20)
    reason: str = Field(default="", max_length=REASON_CHARS)


class PlanFor(_Body):
    """For what the plan is; an empty solution takes it back."""

    solution: str = Field(default="", max_length=200)
    cost: int | None = Field(default=None, ge=0, le=MOST_KRW)


class HandOverBody(_Body):
    """Who takes it on, and what to know."""

    account_id: str = Field(min_length=1, max_length=40)
    note: str = Field(default="", max_length=TEXT_CHARS)


@client_routes.get("", response_model=None)
async def clients(
    actor: Asker,
    desk: Desk,
    q: Annotated[str, Query(max_length=200)] = "",
    state: ClientState | None = None,
    consultant: Annotated[str, Query(max_length=40)] = "",
    sort: SortBy = "next",
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """The clients of the asker's organisation; `consultant` is an account id, or `me`."""
    who = actor.account_id if consultant == "me" else consultant
    wanted = Wanted(q, state, who, sort, offset, limit)
    found = await to_thread.run_sync(lambda: desk.listing(actor, wanted))
    return listing_json(found, can_open=actor.has(Role.CONSULTANT), me=actor.account_id)


@client_routes.get("/form", response_model=None)
async def form(desk: Desk) -> dict[str, Any]:
    """What may be entered of a company."""
    instrument = await to_thread.run_sync(lambda: desk.advisor.desk.instrument)
    return form_json(instrument, desk.advisor.corpus)


@client_routes.get("/colleagues", response_model=None)
async def colleagues(actor: Asker, desk: Desk) -> list[dict[str, Any]]:
    """The consultants of the asker's organisation."""
    found = await to_thread.run_sync(desk.colleagues, actor)
    return [
        {
            "account_id": one.account_id,
            "name": one.name,
            "is_me": one.account_id == actor.account_id,
        }
        for one in found
    ]


@client_routes.post("", status_code=201, response_model=None)
async def create(body: ClientBody, request: Request, actor: Asker, desk: Desk) -> dict[str, str]:
    """A new client, by hand or from an owner's code."""
    work, address = ClientWork(desk), address_of(request)

    def make() -> str:
        if body.code.strip():
            return work.create_from_code(
                actor, code=body.code, name=body.name, contact=body.contact, address=address
            )
        return work.create(actor, name=body.name, contact=body.contact)

    return {"id": await to_thread.run_sync(make)}


@client_routes.get("/{client_id}", response_model=None)
async def client(client_id: str, actor: Asker, desk: Desk) -> dict[str, Any]:
    """One client with facts, answers, results, notes and files."""
    return await to_thread.run_sync(lambda: _client(desk, client_id, actor.account_id))


@client_routes.patch("/{client_id}", response_model=None)
async def change(client_id: str, body: ChangeBody, actor: Asker, desk: Desk) -> dict[str, Any]:
    """Name, contact, next step, day of the visit."""
    values = {name: getattr(body, name) for name in body.model_fields_set}
    return await _done(
        desk, client_id, actor.account_id, lambda: ClientWork(desk).change(client_id, values)
    )


@client_routes.delete("/{client_id}", response_model=None)
async def delete(client_id: str, desk: Desk) -> Response:
    """Delete a client; of an owner's consultation only the sight of it."""
    gone = await to_thread.run_sync(ClientWork(desk).delete, client_id)
    return Response(status_code=204) if gone else problem(404, "not-found", NOT_FOUND)


@client_routes.post("/{client_id}/share", response_model=None)
async def renew(
    client_id: str, body: CodeBody, request: Request, actor: Asker, desk: Desk
) -> dict[str, Any]:
    """See a client again by a new code."""
    address = address_of(request)
    return await _done(
        desk, client_id, actor.account_id,
        lambda: ClientWork(desk).renew_share(actor, client_id, code=body.code, address=address),
    )  # fmt: skip


@client_routes.post("/{client_id}/notes", status_code=201, response_model=None)
async def note(client_id: str, body: NoteBody, actor: Asker, desk: Desk) -> dict[str, Any]:
    """Write a note."""
    return await _done(
        desk,
        client_id,
        actor.account_id,
        lambda: ClientWork(desk).note(actor, client_id, body.text),
    )


@client_routes.delete("/{client_id}/notes/{note_id}", response_model=None)
async def delete_note(client_id: str, note_id: str, actor: Asker, desk: Desk) -> Response:
    """Delete a note of one's own."""
    gone = await to_thread.run_sync(ClientWork(desk).delete_note, actor, client_id, note_id)
    return Response(status_code=204) if gone else problem(404, "not-found", NOT_FOUND)


@client_routes.put("/{client_id}/facts/{field}", response_model=None)
async def enter_fact(
    client_id: str, field: str, body: FactBody, actor: Asker, desk: Desk
) -> dict[str, Any]:
    """Enter or correct a fact."""
    return await _done(
        desk, client_id, actor.account_id,
        lambda: ClientWork(desk).enter_fact(
            actor, client_id, field, body.value, reason=body.reason
        ),
    )  # fmt: skip


@client_routes.put("/{client_id}/answers/{item}", response_model=None)
async def enter_answer(
    client_id: str, item: str, body: AnswerBody, actor: Asker, desk: Desk
) -> dict[str, Any]:
    """Enter or correct an answer of the diagnosis."""
    row: dict[str, object] | None = None
    if body.status is not None:
        row = {"status": body.status}
        if body.status == "answered":
            row |= {"value": body.value, "grade": body.grade or "detail"}
    return await _done(
        desk, client_id, actor.account_id,
        lambda: ClientWork(desk).enter_answer(actor, client_id, item, row, reason=body.reason),
    )  # fmt: skip


@client_routes.post("/{client_id}/diagnoses", status_code=201, response_model=None)
async def keep_diagnosis(client_id: str, actor: Asker, desk: Desk) -> dict[str, Any]:
    """Keep the diagnosis as it stands."""
    return await _done(
        desk, client_id, actor.account_id, lambda: ClientWork(desk).keep_diagnosis(actor, client_id)
    )


@client_routes.get("/{client_id}/comparison", response_model=None)
async def comparison(
    client_id: str,
    desk: Desk,
    before: Annotated[str, Query(max_length=20)],
    after: Annotated[str, Query(max_length=20)],
) -> dict[str, Any]:
    """Two results side by side; `now` is the diagnosis as it stands."""

    def make() -> dict[str, Any]:
        file = desk.file(client_id)
        return comparison_json(file.instrument, desk.compare(file, before, after))

    return await to_thread.run_sync(make)


@client_routes.get("/{client_id}/outlook", response_model=None)
async def outlook(
    client_id: str,
    desk: Desk,
    solution: Annotated[str, Query(max_length=200)] = "",
    cost: Annotated[int | None, Query(ge=0, le=MOST_KRW)] = None,
) -> dict[str, Any]:
    """Shortlist, programs, plan and papers."""

    def make() -> dict[str, Any]:
        file = desk.file(client_id)
        found = desk.outlook(file, solution_id=solution, cost_krw=cost)
        return outlook_json(file, found, desk.advisor.corpus)

    return await to_thread.run_sync(make)


@client_routes.put("/{client_id}/plan", response_model=None)
async def plan(client_id: str, body: PlanFor, actor: Asker, desk: Desk) -> dict[str, Any]:
    """Keep for what the plan is."""
    return await _done(
        desk, client_id, actor.account_id,
        lambda: ClientWork(desk).plan(client_id, body.solution, body.cost),
    )  # fmt: skip


@client_routes.get("/{client_id}/visit", response_model=None)
async def visit(client_id: str, desk: Desk) -> dict[str, Any]:
    """What to ask and to see at the next visit."""
    return await to_thread.run_sync(lambda: visit_json(desk.visit(desk.file(client_id))))


@client_routes.get("/{client_id}/visit/{report_format}", response_class=Response)
async def visit_file(
    client_id: str, report_format: ReportFormat, actor: Asker, desk: Desk
) -> Response:
    """The same on one page to print."""
    content = await to_thread.run_sync(lambda: desk.visit_file(desk.file(client_id), report_format))
    return _file(content, f"visit-{clock.today()}.{report_format}", report_format)


@client_routes.get("/{client_id}/report/{report_format}", response_class=Response)
async def report(client_id: str, report_format: ReportFormat, desk: Desk) -> Response:
    """The report on the client as the consultant sees it."""
    content = await to_thread.run_sync(lambda: desk.report(desk.file(client_id), report_format))
    return _file(content, f"client-report-{clock.today()}.{report_format}", report_format)


@client_routes.get("/{client_id}/files/{file_id}", response_model=None)
async def open_file(client_id: str, file_id: str, desk: Desk) -> Response:
    """An evidence file's bytes."""
    found = await to_thread.run_sync(desk.evidence, client_id, file_id)
    if found is None:
        return problem(404, "not-found", NOT_FOUND)
    kept, content = found
    way = "inline" if kept.media_type in SHOWN else "attachment"
    headers = {
        "content-disposition": f"{way}; filename*=UTF-8''{quote(kept.name, safe='')}",
        "x-content-type-options": "nosniff", "cache-control": "private, no-store",
    }  # fmt: skip
    return Response(content, media_type=kept.media_type, headers=headers)


@client_routes.post("/{client_id}/files", status_code=201, response_model=None)
async def attach(
    client_id: str,
    item: Annotated[str, Query(max_length=40)],
    name: Annotated[str, Query(max_length=1_000)],
    request: Request,
    desk: Desk,
) -> dict[str, Any]:
    """Keep the body, a file's bytes, as evidence of a client made by hand."""
    parts = await body_of(request)
    kept = await to_thread.run_sync(lambda: ClientWork(desk).attach(client_id, item, name, parts))
    return file_json(kept)


@client_routes.post("/{client_id}/hand-over", status_code=204, response_model=None)
async def hand_over(client_id: str, body: HandOverBody, actor: Asker, desk: Desk) -> None:
    """Give a client to a colleague."""
    await to_thread.run_sync(
        lambda: ClientWork(desk).hand_over(actor, client_id, body.account_id, note=body.note)
    )


@client_routes.post("/{client_id}/take-over", response_model=None)
async def take_over(client_id: str, actor: Asker, desk: Desk) -> dict[str, Any]:
    """Take on a client that was handed over."""
    return await _done(
        desk, client_id, actor.account_id, lambda: ClientWork(desk).take_over(actor, client_id)
    )


async def _done(desk: ClientDesk, client_id: str, me: str, act: Any) -> dict[str, Any]:
    """Do something to a client and return it as it is afterwards."""

    def both() -> dict[str, Any]:
        act()
        return _client(desk, client_id, me)

    return await to_thread.run_sync(both)


def _client(desk: ClientDesk, client_id: str, me: str) -> dict[str, Any]:
    file = desk.file(client_id)
    return client_json(file, desk.row(file), me)


def _file(content: bytes, name: str, report_format: ReportFormat) -> Response:
    headers = {
        "content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store",
    }  # fmt: skip
    return Response(content, media_type=MEDIA_TYPES[report_format], headers=headers)
