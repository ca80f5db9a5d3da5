"""The routes of `/api/v1` that diagnose readiness and hand the report over."""

from datetime import date
from typing import Any, Self

from anyio import to_thread
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from advisor import clock
from advisor.api.routes import Ready
from advisor.diagnosis.answers import check_version
from advisor.reporting.render import MEDIA_TYPES, ReportFormat

diagnosis_routes = APIRouter(prefix="/api/v1")


class DiagnoseBody(BaseModel):
    """Answers as in an answers file; the company's values order the plan.

    Whoever names the instrument or its version is refused where it is another one.
    """

    model_config = ConfigDict(extra="forbid")

    answers: list[Any] = Field(max_length=1_000)
    profile: dict[str, Any] | None = None
    instrument: str | None = Field(default=None, max_length=100)
    instrument_version: str | None = Field(default=None, max_length=100)


class ReportBody(BaseModel):
    """A consultation, or answers with the company's values; not both."""

    model_config = ConfigDict(extra="forbid")

    format: ReportFormat
    consultation_id: str | None = Field(default=None, max_length=100)
    answers: list[Any] | None = Field(default=None, max_length=1_000)
    profile: dict[str, Any] | None = None
    today: date | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.consultation_id is None) == (self.answers is None):
            raise ValueError("either consultation_id or answers")
        if self.consultation_id is not None and self.profile is not None:
            raise ValueError("a consultation has its own profile")
        return self


@diagnosis_routes.post("/diagnose")
async def diagnose(body: DiagnoseBody, advisor: Ready) -> dict[str, Any]:
    """The readiness result of answers."""

    def make() -> dict[str, Any]:
        check_version(body.model_dump(), advisor.desk.instrument, "보내신 답")
        return advisor.diagnose(body.answers, profile=body.profile)

    return await to_thread.run_sync(make)


@diagnosis_routes.post("/report", response_class=Response)
async def report(body: ReportBody, advisor: Ready) -> Response:
    """The report as a file: on a consultation's diagnosis, or on answers sent along."""

    def make() -> bytes:
        if body.consultation_id is not None:
            return advisor.report(body.format, body.consultation_id, today=body.today)
        return advisor.report_on(body.format, body.answers, profile=body.profile, today=body.today)

    content = await to_thread.run_sync(make)
    name = f"readiness-report-{body.today or clock.today()}.{body.format}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store",
    }  # fmt: skip
    return Response(content, media_type=MEDIA_TYPES[body.format], headers=headers)
