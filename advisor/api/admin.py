"""The routes of `/api/v1` for who runs the installation: sources, records, settings, retention."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, SecretStr

from advisor import clock
from advisor.accounts.asking import accounts_of
from advisor.accounts.policy import Kind
from advisor.accounts.registry import API
from advisor.accounts.retention import DAY_S
from advisor.api.accounts import Office
from advisor.api.guard import Asker
from advisor.api.problems import NOT_FOUND, problem
from advisor.api.routes import Ready
from advisor.api.sync_runs import BackgroundRun, SyncRuns
from advisor.assemble import Advisor
from advisor.config import Settings, origins
from advisor.corpus.connectors.links import broken_by_record
from advisor.corpus.connectors.plain import plain_source
from advisor.corpus.connectors.session import read_sources
from advisor.corpus.notices.labels import LABELS, label_of
from advisor.corpus.notices.shown import versioned_line
from advisor.corpus.stale import STALE_AFTER, stale_records
from advisor.domain.passages import Kind as RecordKind
from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.sync_state import SyncState

admin_routes = APIRouter(prefix=API)

SOURCE_UNKNOWN = UserMessage(text="그런 원천이 없습니다.", next_step="목록에서 원천을 골라 주세요.")
SINCE_LATER = UserMessage(
    text="받기 시작할 날이 오늘보다 뒤입니다.", next_step="오늘이나 그 전의 날을 골라 주세요."
)
MOST_RECORDS = 100


class RunBody(BaseModel):
    """How to run over a source; a dry run keeps nothing and tells what would differ."""

    model_config = ConfigDict(extra="forbid")

    dry_run: bool = False
    since: date | None = None


@admin_routes.get("/sources", response_model=None)
async def sources(request: Request, advisor: Ready) -> list[dict[str, Any]]:
    """Public sources with their last run, the calls of today and what runs now."""
    runs: SyncRuns = request.app.state.sync_runs

    def look() -> list[dict[str, Any]]:
        state, today = SyncState(advisor.index.engine), clock.today()
        last = state.last_runs()
        return [
            {
                **plain_source(one, last.get(one.name)),
                "calls_today": state.calls(one.name, today),
                "run": run_view(runs.of(one.name)),
            }
            for one in read_sources(advisor.settings).sources.values()
        ]

    return await to_thread.run_sync(look)


@admin_routes.post("/sources/{source}/runs", status_code=202, response_model=None)
async def run(
    source: str, body: RunBody, request: Request, advisor: Ready, actor: Asker
) -> dict[str, Any] | None:
    """Begin a run over a source; it goes on by itself, `GET /sources` tells how far it is."""
    runs: SyncRuns = request.app.state.sync_runs
    today, office = clock.today(), accounts_of(request)

    def begin() -> dict[str, Any] | None:
        if body.since is not None and body.since > today:
            raise BadInputError(SINCE_LATER, detail="since after today")
        found = read_sources(advisor.settings).sources.get(source)
        if found is None:
            raise BadInputError(SOURCE_UNKNOWN, detail="source unknown")
        begun = runs.start(
            advisor.settings, found, today=today, since=body.since, is_dry=body.dry_run
        )
        if office is not None:
            office.audit.record(actor, "sync", Kind.SOURCE, source, dry_run=body.dry_run)
        return run_view(begun)

    return await to_thread.run_sync(begin)


@admin_routes.get("/corpus", response_model=None)
async def corpus(
    advisor: Ready,
    kind: RecordKind | None = None,
    q: str = Query(default="", max_length=200),
    days: int = Query(default=STALE_AFTER, ge=1, le=3_650),
    offset: int = Query(default=0, ge=0, le=1_000_000),
) -> dict[str, Any]:
    """Records that answer now, those to look at again first; with every word of `q` in name or id."""

    def look() -> dict[str, Any]:
        held = advisor.corpus
        broken = broken_by_record(held, SyncState(advisor.index.engine).links())
        stale = {
            one.id: one
            for one in stale_records(held, today=clock.today(), days=days, broken=broken)
        }
        words = q.casefold().split()
        found: list[dict[str, Any]] = []
        counts: dict[str, int] = {}
        for one in held.records():
            of = held.kind_of(one.id)
            text = " ".join((one.id, one.title, *one.aliases)).casefold()
            if not all(word in text for word in words):
                continue
            counts[of.value] = counts.get(of.value, 0) + 1
            if kind is not None and of is not kind:
                continue
            aged = stale.get(one.id)
            found.append(
                {
                    "id": one.id, "kind": of.value, "title": one.title,
                    "checked_on": one.checked_on.isoformat(), "confidence": one.confidence,
                    "urgency": aged.urgency if aged else 0.0,
                    "reasons": list(aged.reasons) if aged else [],
                    "reasons_en": list(aged.reasons_en) if aged else [],
                }
            )  # fmt: skip
        found.sort(key=lambda one: (-one["urgency"], one["checked_on"], one["id"]))
        shown = found[offset : offset + MOST_RECORDS]
        return {"records": shown, "count": len(found), "counts": counts, "offset": offset}

    return await to_thread.run_sync(look)


@admin_routes.get("/corpus/{record_id}", response_model=None)
async def corpus_record(record_id: str, advisor: Ready) -> JSONResponse:
    """A record with its fields by name, its sources, how their addresses answered, and its versions."""

    def look() -> dict[str, Any] | None:
        data = advisor.record(record_id)
        if data is None:
            return None
        return {**_sheet(advisor, data), "id": record_id}

    found = await to_thread.run_sync(look)
    return problem(404, "not-found", NOT_FOUND) if found is None else JSONResponse(found)


@admin_routes.get("/organisations", response_model=None)
async def organisations(actor: Asker, office: Office) -> list[dict[str, str]]:
    """Organisations that the asker may add people to."""
    found = await to_thread.run_sync(office.people.store.organisations)
    mine = {actor.organisation_id}
    return [
        {"id": one.id, "name": one.name} for one in found if actor.is_operator or one.id in mine
    ]


@admin_routes.get("/settings", response_model=None)
async def settings(office: Office) -> list[dict[str, Any]]:
    """Every setting, where it was set and what it means; keys and passwords are never told."""
    return [setting_view(office.settings, name, one) for name, one in origins(office.settings).items()]  # fmt: skip


@admin_routes.get("/retention", response_model=None)
async def retention_state(office: Office) -> dict[str, Any]:
    """How long consultations and clients are kept, when the last run was and when the next is."""
    last = await to_thread.run_sync(lambda: office.audit.newest(limit=1, action="retention"))
    at = last[0].at if last else None
    return {
        "days": office.settings.retention_days,
        "client_days": office.settings.client_retention_days,
        "last_at": at.isoformat() if at else None,
        "last_deleted": last[0].details.get("consultations") if last else None,
        "last_deleted_clients": last[0].details.get("clients") if last else None,
        "next_at": _next_run(at).isoformat() if at else None,
    }


def _next_run(last: datetime) -> datetime:
    # A serving process purges every day from its start on, and a minute after it starts.
    return max(last + timedelta(seconds=DAY_S), clock.now())


def run_view(one: BackgroundRun | None) -> dict[str, Any] | None:
    """Return a run as the page shows it."""
    return None if one is None else {**asdict(one), "started_at": one.started_at.isoformat()}


def setting_view(settings: Settings, name: str, origin: str) -> dict[str, Any]:
    """Return a setting; of a secret, only whether there is one."""
    value = getattr(settings, name)
    known = Settings.model_fields[name]
    is_secret = isinstance(value, SecretStr)
    said = "" if is_secret else _harmless(str(value)) if value is not None else ""
    return {
        "name": f"ADVISOR_{name.upper()}", "value": said, "is_secret": is_secret,
        "is_set": bool(value.get_secret_value()) if is_secret else value not in {None, ""},
        "origin": origin, "description": known.description or "",
    }  # fmt: skip


def _harmless(value: str) -> str:
    """Return a value without the login that an address may carry."""
    if "://" not in value:
        return value
    parts = urlsplit(value)
    host = parts.netloc.rpartition("@")[2]
    shown = f"***@{host}" if "@" in parts.netloc else host
    return f"{parts.scheme}://{shown}{parts.path}" + ("?***" if parts.query else "")


def _sheet(advisor: Advisor, data: dict[str, Any]) -> dict[str, Any]:
    plain = {**data}
    record_id, cited = str(plain.pop("id", "")), plain.pop("sources", [])
    kind = plain.pop("record_kind")
    links = SyncState(advisor.index.engine).links()
    checked = [
        {
            **one,
            "link": {"state": link.state, "checked_on": link.checked_on.isoformat(), "target": link.target}
            if (link := links.get(one.get("url") or "")) else None,
        }
        for one in cited
    ]  # fmt: skip
    versions = advisor.review.versions(record_id)
    fields = [
        {"name": name, "label": label_of(name), "label_en": label_of(name, "en"), "value": value}
        for name, value in plain.items()
        if value not in (None, "", [], {}, ())
    ]
    return {
        "kind": kind, "title": advisor.corpus.record(record_id).title, "fields": fields,
        "sources": checked, "versions": [versioned_line(one) for one in versions],
        # What stands within a field has names of its own, such as `window.closes_on`.
        "labels": {name: dict(zip(("ko", "en"), pair, strict=True)) for name, pair in LABELS.items()},
    }  # fmt: skip
