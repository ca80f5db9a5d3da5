"""The routes of `/api/v1` that judge a company: verdicts, funding plan, calendar."""

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Response

from advisor.api.problems import NOT_FOUND, problem
from advisor.api.routes import Ready
from advisor.api.schemas import MatchBody, PlanBody
from advisor.domain.passages import Kind

support_routes = APIRouter(prefix="/api/v1")


@support_routes.post("/match")
async def match(body: MatchBody, advisor: Ready) -> list[dict[str, Any]]:
    """Verdicts and recommendations for a company."""
    kind = Kind(body.kind) if body.kind else None
    return await to_thread.run_sync(
        lambda: advisor.support.match(
            body.profile, kind=kind, k=body.k, worry=body.worry, today=body.today
        )
    )


@support_routes.post("/plan")
async def plan(body: PlanBody, advisor: Ready) -> dict[str, Any]:
    """A funding plan for one project, with its alternatives."""
    return await to_thread.run_sync(
        lambda: advisor.support.plan(
            body.profile, solution_id=body.solution, cost_krw=body.cost, today=body.today
        )
    )


@support_routes.get("/consultations/{consultation_id}/calendar.ics", response_model=None)
async def calendar(consultation_id: str, advisor: Ready) -> Response:
    """The windows of a consultation's action list as a calendar file."""
    if await to_thread.run_sync(advisor.consultation, consultation_id) is None:
        return problem(404, "not-found", NOT_FOUND)
    outlook = await to_thread.run_sync(lambda: advisor.outlook(consultation_id))
    return Response(
        outlook.calendar,
        media_type="text/calendar; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="support-windows.ics"'},
    )
