"""The routes of `/api/v1` for documents: uploads as jobs, the list, a cited page, deletion."""

import logging
from collections.abc import AsyncGenerator, Iterator
from dataclasses import asdict
from typing import Annotated, Any, BinaryIO
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from advisor.api.document_view import HEADERS, render_gone, render_opened
from advisor.api.problems import NOT_FOUND, problem
from advisor.api.routes import Ready
from advisor.corpus.extract import extracted
from advisor.domain.jobs import ENDED
from advisor.messages import UserMessage

logger = logging.getLogger(__name__)

document_routes = APIRouter(prefix="/api/v1")

MOST_FILES = 50
# Of one request; one file may have 50 MB.
MOST_BYTES = 500 * 1024**2
_PIECE = 1024**2
NO_FILE = UserMessage(
    text="올린 파일이 없습니다.",
    next_step="multipart/form-data의 files 항목에 파일을 하나 이상 담아 다시 보내 주세요.",
)
TOO_MUCH = UserMessage(
    text=f"한 번에 올릴 수 있는 양(파일 {MOST_FILES}개, 모두 500MB)을 넘었습니다.",
    next_step="파일을 나누어 여러 번 올려 주세요.",
)
NOT_STOPPED = UserMessage(
    text="이미 끝났거나 색인에 넣고 있어 취소할 수 없습니다.",
    next_step="필요하면 실린 문서를 삭제해 주세요.",
)


class _TooMuchError(Exception):
    """More came in than one request may hold."""


@document_routes.post("/documents", status_code=202, response_model=None)
async def add(request: Request, advisor: Ready) -> Response:
    """Take files in; each is a job that `GET /jobs/{id}` follows. Several files, any field name."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return problem(400, "no-file", NO_FILE)
    try:
        parser = MultiPartParser(
            request.headers, _capped(request), max_files=MOST_FILES, max_fields=MOST_FILES
        )
        form = await parser.parse()
    except _TooMuchError:
        return problem(413, "too-large", TOO_MUCH)
    except MultiPartException as error:
        is_many = "Too many files" in error.message
        return problem(413, "too-large", TOO_MUCH) if is_many else problem(400, "no-file", NO_FILE)
    try:
        files = [
            (one.filename or "", one.file)
            for _, one in form.multi_items()
            if isinstance(one, UploadFile)
        ]
        if not files:
            return problem(400, "no-file", NO_FILE)
        jobs = await to_thread.run_sync(
            lambda: advisor.library.add((name, _pieces(file)) for name, file in files)
        )
    finally:
        await form.close()
    shown = await to_thread.run_sync(lambda: advisor.library.with_eta(jobs))
    if all(one.has_ended for one in jobs):
        # Nothing of it was taken: the reasons stand in the jobs.
        first = UserMessage(jobs[0].message, "")
        return problem(413, "too-large", first, jobs=shown)
    return JSONResponse({"jobs": shown}, status_code=202)


@document_routes.get("/documents")
async def documents(advisor: Ready) -> list[dict[str, Any]]:
    """All documents, the newest first."""
    found = await to_thread.run_sync(advisor.library.documents)
    return [{**asdict(one), "added_at": one.added_at.isoformat()} for one in found]


@document_routes.get("/documents/{document_id}", response_model=None)
async def document(document_id: str, advisor: Ready) -> Response:
    """What a document reads as: pages, sections, tables, metadata."""
    found = await to_thread.run_sync(advisor.library.document, document_id)
    if found is None:
        return problem(404, "not-found", NOT_FOUND)
    return JSONResponse({"id": found.id, "path": found.path, **extracted(found)})


@document_routes.delete("/documents/{document_id}", response_model=None)
async def delete(document_id: str, advisor: Ready) -> Response:
    """Take a document out; no answer has it from this moment."""
    gone = await to_thread.run_sync(advisor.library.delete, document_id)
    return Response(status_code=204) if gone else problem(404, "not-found", NOT_FOUND)


@document_routes.get("/documents/{document_id}/view", response_class=HTMLResponse)
async def view(
    document_id: str,
    advisor: Ready,
    chunk: Annotated[str, Query(max_length=400)] = "",
    words: Annotated[str, Query(max_length=2_000)] = "",
    page: Annotated[int | None, Query(ge=1, le=100_000)] = None,
) -> HTMLResponse:
    """The page of a document that an answer cites, as a small HTML page, its words marked."""
    opened = await to_thread.run_sync(
        lambda: advisor.library.open(document_id, chunk_id=chunk, words=words, page=page)
    )
    if opened is None:
        return HTMLResponse(render_gone(), status_code=404, headers=HEADERS)
    base = f"/api/v1/documents/{quote(document_id, safe='')}/view"
    return HTMLResponse(render_opened(opened, base), headers=HEADERS)


@document_routes.get("/jobs")
async def jobs(advisor: Ready) -> list[dict[str, Any]]:
    """Open jobs in their order, then those that ended last."""
    return await to_thread.run_sync(advisor.library.jobs)


@document_routes.get("/jobs/{job_id}", response_model=None)
async def job(job_id: str, advisor: Ready) -> Response:
    """How far a job is, and what became of its file."""
    found = await to_thread.run_sync(advisor.library.job, job_id)
    return JSONResponse(found) if found else problem(404, "not-found", NOT_FOUND)


@document_routes.delete("/jobs/{job_id}", response_model=None)
async def cancel(job_id: str, advisor: Ready) -> Response:
    """Cancel a job: at once where it waits, at its next step where it is in work."""
    found = await to_thread.run_sync(advisor.library.job, job_id)
    if found is None:
        return problem(404, "not-found", NOT_FOUND)
    if found["state"] in ENDED or not await to_thread.run_sync(advisor.library.cancel, job_id):
        return problem(409, "not-stopped", NOT_STOPPED)
    return Response(status_code=204)


async def _capped(request: Request) -> AsyncGenerator[bytes, None]:
    """Yield the body as it comes in, given up where it is more than a request may hold."""
    total = 0
    async for piece in request.stream():
        total += len(piece)
        if total > MOST_BYTES:
            raise _TooMuchError
        yield piece


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
