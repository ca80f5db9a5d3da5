"""The route of `/api/v1` by which an owner takes everything along."""

from enum import StrEnum
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from advisor.accounts.asking import accounts_of
from advisor.accounts.registry import API
from advisor.api.accounts import owner_view
from advisor.api.problems import NOT_FOUND, problem
from advisor.api.routes import Ready
from advisor.clock import now
from advisor.conversation.takeaway import as_folder, as_json, as_page, takeaway

owner_routes = APIRouter(prefix=f"{API}/consultations/{{consultation_id}}/export")


class Way(StrEnum):
    """For programs, for people, or both with the evidence files themselves."""

    JSON = "json"
    HTML = "html"
    ZIP = "zip"


_TYPES = {
    Way.JSON: "application/json", Way.HTML: "text/html; charset=utf-8", Way.ZIP: "application/zip",
}  # fmt: skip


@owner_routes.get("/{way}", response_model=None)
async def export(consultation_id: str, way: str, request: Request, advisor: Ready) -> Response:
    """Everything that is kept of a consultation, as a file: `json`, `html` or `zip`."""
    # A way that is refused before the consultation is looked for would tell held from unknown ones.
    if way not in _TYPES:
        return problem(404, "not-found", NOT_FOUND)
    chosen, accounts = Way(way), accounts_of(request)

    def make() -> bytes | None:
        kept = advisor.consultation(consultation_id)
        if kept is None:
            return None
        files = advisor.desk.files(consultation_id)
        shares = accounts.sharing.of_consultation(consultation_id) if accounts else []
        everything = takeaway(
            kept, diagnoses=advisor.desk.kept(consultation_id), files=files,
            saved=advisor.shortlist.saved(consultation_id),
            shares=[owner_view(one) for one in shares], corpus=advisor.corpus, now=now(),
        )  # fmt: skip
        if chosen is Way.JSON:
            return as_json(everything)
        if chosen is Way.HTML:
            return as_page(everything)

        def content(file_id: str) -> bytes | None:
            found = advisor.desk.open_file(consultation_id, file_id)
            return found[1] if found else None

        return as_folder(everything, files, content)

    made = await to_thread.run_sync(make)
    if made is None:
        return problem(404, "not-found", NOT_FOUND)
    name = quote(f"내상담-{now():%Y%m%d}.{chosen}")
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{name}",
        "x-content-type-options": "nosniff", "cache-control": "private, no-store",
    }  # fmt: skip
    return Response(made, media_type=_TYPES[chosen], headers=headers)
