"""The routes of `/api/v1/desk` for the help desk: ask, find, the queue, what changed."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from advisor import clock
from advisor.accounts.asking import accounts_of, check
from advisor.accounts.policy import Action, Decision, Kind, Role
from advisor.accounts.registry import API
from advisor.api.answering import run_answer
from advisor.api.guard import Asker
from advisor.api.problems import problem
from advisor.api.review import signer_of
from advisor.api.routes import Ready
from advisor.api.schemas import MOST_NUMBER
from advisor.corpus.notices.labels import label_of
from advisor.corpus.reviewing import ReviewProblemsError
from advisor.domain.passages import Kind as RecordKind
from advisor.domain.records import Confidence
from advisor.errors import BadInputError
from advisor.helpdesk.asking import ask as ask_desk
from advisor.helpdesk.changes import changes_of
from advisor.helpdesk.faq import FaqDraft, categories, publish_faq, sources_of
from advisor.helpdesk.finding import Filters, find
from advisor.helpdesk.office import queue_of
from advisor.helpdesk.queue import Queue
from advisor.helpdesk.shown import (
    answer_json,
    earlier_json,
    found_json,
    line_json,
    sheet_json,
)
from advisor.messages import CONSULTATION_UNKNOWN, UserMessage
from advisor.stores.accounts import OPERATOR_ID

desk_routes = APIRouter(prefix=f"{API}/desk")

NOT_ON_THE_DESK = UserMessage(
    text="창구 담당자가 아닌 분께는 맡길 수 없습니다.",
    next_step="목록에서 담당자를 골라 주세요.",
)
LANGUAGES = ("ko", "en")
# What every database takes as an integer.
_LARGEST = 2**31 - 1
TopicId = Annotated[int, Path(ge=1, le=_LARGEST)]
_ON_THE_DESK = {Role.HELPDESK.value, Role.CURATOR.value, Role.ADMINISTRATOR.value}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskBody(_Body):
    """A caller's question; with a consultation the call goes on."""

    text: str = Field(max_length=20_000)
    consultation_id: str | None = Field(default=None, max_length=100)
    language: Literal["ko", "en"] | None = None
    today: date | None = None


class SearchBody(_Body):
    """A search with its filters."""

    query: str = Field(min_length=1, max_length=2_000)
    kind: RecordKind | None = None
    region: str | None = Field(default=None, max_length=20)
    open_on: date | None = None
    year: int | None = Field(default=None, ge=1990, le=2100)
    k: int = Field(default=10, ge=1, le=50)


class AssignBody(_Body):
    """Who takes a topic: an account, "me", or null for nobody."""

    to: str | None = Field(default=None, max_length=64)


class NoteBody(_Body):
    """A note for colleagues, or why a topic is closed."""

    text: str = Field(min_length=1, max_length=2_000)


class SourceBody(_Body):
    """Where an answer comes from."""

    title: str = Field(default="", max_length=300)
    url: str | None = Field(default=None, max_length=2_000)
    publisher: str | None = Field(default=None, max_length=200)
    date: Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] | None = None


class AnswerBody(_Body):
    """The desk's own question and answer; `revision` is of the topic as it was seen."""

    question: str = Field(default="", max_length=500)
    answer: str = Field(max_length=6_000)
    sources: list[SourceBody] = Field(default_factory=list, max_length=10)
    revision: int | None = Field(default=None, ge=0, le=MOST_NUMBER)


class FaqBody(_Body):
    """What is decided about the FAQ; `by` signs where nobody is signed in."""

    category: str = Field(min_length=1, max_length=60)
    aliases: list[Annotated[str, StringConstraints(max_length=200)]] = Field(
        default_factory=list, max_length=10
    )
    related_programs: list[Annotated[str, StringConstraints(max_length=200)]] = Field(
        default_factory=list, max_length=10
    )
    confidence: Confidence = "medium"
    note: str = Field(default="", max_length=1_000)
    by: str = Field(default="", max_length=100)


class SplitBody(_Body):
    """Which question asks something else."""

    question_id: int = Field(ge=1, le=_LARGEST)


class Desk:
    """What a route of the desk works with: the queue, and who asks."""

    def __init__(self, request: Request, advisor: Ready, actor: Asker) -> None:
        """Take them from the request, which the registry has let in."""
        self.advisor = advisor
        self.actor = actor
        self.office = accounts_of(request)
        self.request = request

    @property
    def queue(self) -> Queue:
        """Return the queue over the records that answer now."""
        return queue_of(self.advisor)

    def people(self) -> dict[str, str]:
        """Return the names of who is on the desk, by account, in the order in which they came."""
        if self.office is None:
            return {self.actor.id: self.actor.name}
        return {
            one.id: one.name
            for one in self.office.people.store.everybody(OPERATOR_ID)
            if not one.is_disabled and (member := one.membership(OPERATOR_ID)) is not None
            if _ON_THE_DESK.intersection(member.roles)
        }

    def name_of(self, account_id: str) -> str:
        """Return what a colleague is called; an account that is gone has no name any more."""
        if account_id == self.actor.id:
            return self.actor.name
        person = self.office.people.store.load(account_id) if self.office else None
        return person.name if person else ""

    def record(self, action: str, topic_id: int) -> None:
        """Leave a line in the audit log."""
        if self.office is not None:
            self.office.audit.record(self.actor, action, Kind.QUESTION, str(topic_id))

    def sheet(self, topic_id: int) -> dict[str, Any]:
        """Return a topic as the page shows it."""
        return sheet_json(
            self.queue.sheet(topic_id), self.advisor.corpus, name_of=self.name_of, me=self.actor.id
        )


OnDesk = Annotated[Desk, Depends(Desk)]


@desk_routes.post("/ask")
async def ask(body: AskBody, desk: OnDesk) -> dict[str, Any]:
    """An answer, a reply to send, official wording to paste, and who asked about it before."""

    def work() -> dict[str, Any]:
        if body.consultation_id:
            decision = check(desk.request, Action.WRITE, Kind.CONSULTATION, body.consultation_id)
            if decision is not Decision.ALLOW:  # as one that was never there
                raise BadInputError(CONSULTATION_UNKNOWN, detail="hidden")
        found = ask_desk(
            desk.advisor, body.text, consultation_id=body.consultation_id,
            today=body.today or clock.today(), language=body.language,
        )  # fmt: skip
        return {**answer_json(found), "earlier": earlier_json(desk.queue.earlier(body.text))}

    return await run_answer(desk.request.app, work)


@desk_routes.post("/search")
async def search(body: SearchBody, desk: OnDesk) -> list[dict[str, Any]]:
    """Ranked hits over records and documents, each with official wording."""
    filters = Filters(body.kind, body.region or None, body.open_on, body.year)
    found = await to_thread.run_sync(
        lambda: find(desk.advisor, body.query, filters, today=clock.today(), most=body.k)
    )
    return [found_json(one) for one in found]


@desk_routes.get("/topics")
async def topics(
    desk: OnDesk, state: Literal["open", "answered", "closed"] = "open"
) -> dict[str, Any]:
    """The topics of a state, those asked most first; `more` while turns are still being read."""

    def work() -> dict[str, Any]:
        queue = desk.queue
        more = queue.collect()
        lines = queue.lines(state)
        return {
            "topics": [line_json(one, name_of=desk.name_of, me=desk.actor.id) for one in lines],
            "counts": queue.counts(), "more": more,
        }  # fmt: skip

    return await to_thread.run_sync(work)


@desk_routes.get("/topics/{topic_id}")
async def topic(topic_id: TopicId, desk: OnDesk) -> dict[str, Any]:
    """A topic with its questions, what was done, and who called about it before."""
    return await to_thread.run_sync(desk.sheet, topic_id)


@desk_routes.put("/topics/{topic_id}/assignee")
async def assign(topic_id: TopicId, body: AssignBody, desk: OnDesk) -> dict[str, Any]:
    """Give a topic to somebody of the desk, or back to all."""

    def work() -> dict[str, Any]:
        to = desk.actor.id if body.to == "me" else body.to
        if to is not None and to != desk.actor.id and to not in desk.people():
            raise BadInputError(NOT_ON_THE_DESK, detail="assignee is not on the desk")
        desk.queue.assign(topic_id, desk.actor.id, to)
        desk.record("assign" if to else "release", topic_id)
        return desk.sheet(topic_id)

    return await to_thread.run_sync(work)


@desk_routes.post("/topics/{topic_id}/notes")
async def note(topic_id: TopicId, body: NoteBody, desk: OnDesk) -> dict[str, Any]:
    """Keep a note for colleagues."""

    def work() -> dict[str, Any]:
        desk.queue.note(topic_id, desk.actor.id, body.text)
        return desk.sheet(topic_id)

    return await to_thread.run_sync(work)


@desk_routes.put("/topics/{topic_id}/answer")
async def answer(topic_id: TopicId, body: AnswerBody, desk: OnDesk) -> dict[str, Any]:
    """Keep the desk's answer; the topic is settled then."""

    def work() -> dict[str, Any]:
        desk.queue.answer(
            topic_id, desk.actor.id, question=body.question, answer=body.answer,
            sources=sources_of([one.model_dump() for one in body.sources]), revision=body.revision,
        )  # fmt: skip
        desk.record("answer", topic_id)
        return desk.sheet(topic_id)

    return await to_thread.run_sync(work)


@desk_routes.post("/topics/{topic_id}/closing")
async def close(topic_id: TopicId, body: NoteBody, desk: OnDesk) -> dict[str, Any]:
    """Settle a topic without an answer."""

    def work() -> dict[str, Any]:
        desk.queue.close(topic_id, desk.actor.id, body.text)
        desk.record("close", topic_id)
        return desk.sheet(topic_id)

    return await to_thread.run_sync(work)


@desk_routes.post("/topics/{topic_id}/reopening")
async def reopen(topic_id: TopicId, desk: OnDesk) -> dict[str, Any]:
    """Put a settled topic back into the queue."""

    def work() -> dict[str, Any]:
        desk.queue.reopen(topic_id, desk.actor.id)
        desk.record("reopen", topic_id)
        return desk.sheet(topic_id)

    return await to_thread.run_sync(work)


@desk_routes.post("/topics/{topic_id}/split")
async def split(topic_id: TopicId, body: SplitBody, desk: OnDesk) -> dict[str, Any]:
    """Take a question that asks something else into a topic of its own; returns the old one."""

    def work() -> dict[str, Any]:
        desk.queue.split(topic_id, body.question_id, desk.actor.id)
        return desk.sheet(topic_id)

    return await to_thread.run_sync(work)


@desk_routes.post("/topics/{topic_id}/faq", response_model=None)
async def publish(topic_id: TopicId, body: FaqBody, desk: OnDesk) -> JSONResponse:
    """Publish a topic's answer as an FAQ; a served advisor answers with it within seconds."""

    def work() -> dict[str, Any]:
        made = publish_faq(
            desk.advisor, desk.queue.store.topic(topic_id),
            FaqDraft(
                body.category, tuple(body.aliases), tuple(body.related_programs), body.confidence
            ),
            signed_by=signer_of(desk.actor, body.by), note=body.note, today=clock.today(),
        )  # fmt: skip
        desk.queue.published(topic_id, desk.actor.id, made.id)
        return {**desk.sheet(topic_id), "version": made.version}

    try:
        return JSONResponse(await to_thread.run_sync(work))
    except ReviewProblemsError as error:
        wrong = [asdict(one) for one in error.problems]
        return problem(400, "not-a-record", error.user_message, problems=wrong)


@desk_routes.get("/changes")
async def changes(desk: OnDesk, days: int = Query(default=7, ge=1, le=90)) -> dict[str, Any]:
    """What changed in the last days, and which windows open or close about now."""
    found = await to_thread.run_sync(
        lambda: changes_of(desk.advisor, today=clock.today(), days=days)
    )
    plain: dict[str, Any] = jsonable_encoder(asdict(found))
    for one in plain["records"]:
        for language in LANGUAGES:
            one[f"labels_{language}"] = [label_of(name, language) for name in one["fields"]]
    return plain


@desk_routes.get("/choices")
async def choices(desk: OnDesk) -> dict[str, Any]:
    """What the page's filters and forms offer: regions, categories, people on the desk."""

    def work() -> dict[str, Any]:
        regions = [one.name for one in desk.advisor.corpus.vocabulary.regions]
        people = [
            {"id": one, "name": name, "is_me": one == desk.actor.id}
            for one, name in desk.people().items()
        ]
        return {"regions": regions, "categories": categories(desk.advisor), "people": people}

    return await to_thread.run_sync(work)
