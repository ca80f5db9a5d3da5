"""The routes of `/api/v1`."""

import asyncio
import json
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from advisor.accounts.asking import HasScope, accounts_of, who_is
from advisor.api.answering import run_answer
from advisor.api.problems import NOT_FOUND, NotReadyError, problem
from advisor.api.schemas import AskBody, FeedbackBody, ProfileBody, SearchBody
from advisor.assemble import Advisor
from advisor.conversation.export import exported
from advisor.conversation.transcripts import ConsultationLike
from advisor.domain.answer import Answer
from advisor.messages import FAILED, NOT_READY

logger = logging.getLogger(__name__)

# A checked answer is pushed in pieces: four or five a second read well and cost little.
TOKENS_PER_PUSH = 40
PUSH_EVERY_S = 0.22
_Told = tuple[str, str]  # `step` or `token`, and the words
_NOTHING: _Told = ("", "")


class _GoneError(BaseException):
    """Nobody listens any more. No `Exception`: a step that fails is got over, this is not."""


routes = APIRouter(prefix="/api/v1")


def advisor_of(request: Request) -> Advisor:
    """Return the advisor of the application, refused while it is being put together."""
    ready: Advisor | None = request.app.state.get_advisor()
    if ready is None:
        raise NotReadyError(NOT_READY)
    return ready


Ready = Annotated[Advisor, Depends(advisor_of)]


@routes.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process is up."""
    return {"status": "ok"}


@routes.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Index and database can be used."""
    ready: Advisor | None = request.app.state.get_advisor()
    parts = ready.ready() if ready else {"advisor": False}
    return JSONResponse(parts, status_code=200 if all(parts.values()) else 503)


@routes.post("/ask", response_model=None)
async def ask(body: AskBody, request: Request, advisor: Ready) -> Response:
    """Answer one message; as an event stream where the client accepts one."""
    own = await to_thread.run_sync(lambda: begun(advisor, request, body.consultation_id))
    body = body.model_copy(update={"consultation_id": own})
    if "text/event-stream" in request.headers.get("accept", ""):
        return await _stream(request.app, advisor, body)
    answer = await run_answer(request.app, lambda: _ask(advisor, body, None))
    return JSONResponse(answer.to_json())


@routes.post("/search")
async def search(body: SearchBody, advisor: Ready) -> list[dict[str, Any]]:
    """Ranked hits of the index."""
    kinds = {body.kind} if body.kind else None
    return await to_thread.run_sync(
        lambda: advisor.search(
            body.query, k=body.k, kinds=kinds, region=body.region, open_on=body.open_on
        )
    )


@routes.get("/consultations/{consultation_id}", response_model=None)
async def consultation(consultation_id: str, advisor: Ready) -> Response:
    """A kept consultation with its turns, its diagnoses and the list of their evidence."""
    kept = await to_thread.run_sync(advisor.consultation, consultation_id)
    if kept is None:
        return problem(404, "not-found", NOT_FOUND)
    desk = advisor.desk
    more = await to_thread.run_sync(
        lambda: exported(desk.kept(consultation_id), desk.files(consultation_id))
    )
    return JSONResponse({**_as_json(kept), **more})


@routes.delete("/consultations/{consultation_id}", response_model=None)
async def delete(consultation_id: str, advisor: Ready) -> Response:
    """Delete a consultation with its turns, diagnoses and evidence files."""
    gone = await to_thread.run_sync(advisor.delete_consultation, consultation_id)
    return Response(status_code=204) if gone else problem(404, "not-found", NOT_FOUND)


@routes.patch("/consultations/{consultation_id}/profile")
async def set_profile(consultation_id: str, body: ProfileBody, advisor: Ready) -> dict[str, Any]:
    """Set or forget facts of the company."""
    profile = await to_thread.run_sync(lambda: advisor.set_profile(consultation_id, body.values))
    return profile.values()


@routes.post("/feedback", status_code=204)
async def feedback(body: FeedbackBody, advisor: Ready) -> None:
    """Keep a thumb for a turn."""
    await to_thread.run_sync(
        lambda: advisor.add_feedback(body.consultation_id, body.turn, body.rating, body.comment)
    )


@routes.get("/records/{record_id}", response_model=None)
async def record(record_id: str, advisor: Ready) -> Response:
    """A record with all its fields."""
    found = advisor.record(record_id)
    return JSONResponse(found) if found else problem(404, "not-found", NOT_FOUND)


def begun(advisor: Advisor, request: HasScope, consultation_id: str | None) -> str | None:
    """Return the consultation to go on with.

    One that a key begins belongs to its organisation before the first word of it is kept.
    """
    accounts, actor = accounts_of(request), who_is(request)
    if consultation_id or accounts is None or not actor.key_id:
        return consultation_id or None
    fresh = advisor.new_consultation()
    accounts.sharing.claim(fresh, organisation_id=actor.organisation_id)
    return fresh


def _ask(
    advisor: Advisor,
    body: AskBody,
    on_step: Callable[[str], None] | None,
    on_text: Callable[[str], None] | None = None,
) -> Answer:
    return advisor.ask(
        body.text, consultation_id=body.consultation_id, profile=body.profile, today=body.today,
        language=body.language, on_step=on_step, on_text=on_text,
    )  # fmt: skip


async def _stream(app: FastAPI, advisor: Advisor, body: AskBody) -> StreamingResponse:
    """Answer as a stream; what is refused is refused as a problem document, before it begins."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[_Told | None] = asyncio.Queue()
    is_gone = threading.Event()

    def tell(kind: str, words: str) -> None:
        if is_gone.is_set():
            raise _GoneError
        loop.call_soon_threadsafe(told.put_nowait, (kind, words))

    def work() -> Answer | None:
        try:
            return _ask(
                advisor, body, lambda name: tell("step", name), lambda piece: tell("token", piece)
            )
        except _GoneError:
            logger.info("stream given up, client gone")
            return None
        finally:
            loop.call_soon_threadsafe(told.put_nowait, None)

    running = asyncio.ensure_future(run_answer(app, work))
    first = await told.get()
    if first is None:
        await running  # raises what refused the message
    return StreamingResponse(
        _until_gone(_events(first, told, running), is_gone),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _until_gone(events: AsyncIterator[str], is_gone: threading.Event) -> AsyncIterator[str]:
    """Hand events on; once nobody listens any more the work ends at its next step or sentence."""
    try:
        async for one in events:
            yield one
    finally:
        is_gone.set()


async def _events(
    first: _Told | None,
    told: "asyncio.Queue[_Told | None]",
    running: "asyncio.Future[Answer | None]",
) -> AsyncIterator[str]:
    """Steps as they begin, the checked text in pieces, then the whole answer.

    What a model writes is told while it writes, sentence by checked sentence.
    """
    text = ""
    async for kind, words in _paced(first, told):
        if kind == "step":
            yield _event("step", {"step": words})
        # White space at the end waits for what follows: the answer ends without it.
        elif words.rstrip():
            piece = (text + words).rstrip()[len(text.rstrip()) :]
            text += words
            yield _event("token", {"text": piece})
    try:
        answer = await running
    except Exception:
        # The status line is long gone: the failure is told as an event of its own.
        logger.exception("stream failed")
        yield _event("error", json.loads(bytes(problem(500, "failed", FAILED).body)))
        return
    if answer is None:
        return
    told_already = text.rstrip()
    # An answer that was taken back while it was told is told whole by the last event alone.
    left = answer.text[len(told_already) :] if answer.text.startswith(told_already) else ""
    for start in range(0, len(left), TOKENS_PER_PUSH):
        yield _event("token", {"text": left[start : start + TOKENS_PER_PUSH]})
    yield _event("answer", answer.to_json())


async def _paced(first: _Told | None, told: "asyncio.Queue[_Told | None]") -> AsyncIterator[_Told]:
    """Hand on what is told, text in no more than about five pieces a second."""
    one, pushed_at = first, 0.0
    while one is not None:
        kind, words = one
        one = None
        if kind == "token":
            await asyncio.sleep(max(PUSH_EVERY_S - (time.monotonic() - pushed_at), 0.0))
            pushed_at = time.monotonic()
            while not told.empty():
                one = told.get_nowait()
                if one is None or one[0] != "token":
                    break
                words, one = words + one[1], None
            else:
                one = _NOTHING
        else:
            one = _NOTHING
        yield kind, words
        if one is _NOTHING:
            one = await told.get()


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _as_json(kept: ConsultationLike) -> dict[str, Any]:
    return {
        "id": kept.id,
        "profile": kept.profile.values(),
        "turns": [
            {"question": one.question, "answer": dict(one.answer), "rating": one.rating}
            for one in kept.turns
        ],
    }
