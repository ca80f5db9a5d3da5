"""The routes of `/api/v1` for files that the answers of a diagnosis rest on."""

from typing import Annotated, Any
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from advisor.api.problems import NOT_FOUND, problem
from advisor.api.routes import Ready
from advisor.conversation.evidence import LARGEST_BYTES, TOO_LARGE
from advisor.conversation.export import file_json
from advisor.errors import BadInputError

evidence_routes = APIRouter(prefix="/api/v1/consultations/{consultation_id}/evidence")

# Shown by the browser itself; anything else is only handed out as a file.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})


@evidence_routes.get("", response_model=None)
async def evidence(consultation_id: str, advisor: Ready) -> Response | list[dict[str, Any]]:
    """The evidence files of a consultation, oldest first."""
    # One that is held by somebody else is not to be told from one that was never there.
    if await to_thread.run_sync(advisor.consultation, consultation_id) is None:
        return problem(404, "not-found", NOT_FOUND)
    kept = await to_thread.run_sync(advisor.desk.files, consultation_id)
    return [file_json(one) for one in kept]


async def body_of(request: Request) -> list[bytes]:
    """Return a file's bytes in pieces; raises BadInputError as soon as they are too many."""
    parts: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > LARGEST_BYTES:
            raise BadInputError(TOO_LARGE)
        parts.append(piece)
    return parts


@evidence_routes.post("", status_code=201)
async def attach(
    consultation_id: str,
    item: Annotated[str, Query(max_length=40)],
    name: Annotated[str, Query(max_length=1_000)],
    request: Request,
    advisor: Ready,
) -> dict[str, Any]:
    """Keep the body, a file's bytes, as evidence of an item."""
    parts = await body_of(request)
    kept, grade = await to_thread.run_sync(
        lambda: advisor.desk.attach(consultation_id, item, name, parts)
    )
    return {**file_json(kept), "grade": grade}


@evidence_routes.get("/{file_id}", response_model=None)
async def open_file(consultation_id: str, file_id: str, advisor: Ready) -> Response:
    """A file's bytes, as they were given."""
    found = await to_thread.run_sync(lambda: advisor.desk.open_file(consultation_id, file_id))
    if found is None:
        return problem(404, "not-found", NOT_FOUND)
    kept, content = found
    way = "inline" if kept.media_type in SHOWN else "attachment"
    headers = {
        "content-disposition": f"{way}; filename*=UTF-8''{quote(kept.name, safe='')}",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    return Response(content, media_type=kept.media_type, headers=headers)


@evidence_routes.delete("/{file_id}", response_model=None)
async def remove(consultation_id: str, file_id: str, advisor: Ready) -> Response:
    """Delete a file."""
    gone = await to_thread.run_sync(lambda: advisor.desk.detach(consultation_id, file_id))
    return Response(status_code=204) if gone else problem(404, "not-found", NOT_FOUND)
