"""What each route answers when all goes well, and an example of what it takes.

The staff's stand in `described_staff.py`. What FastAPI knows by itself (bodies, parameters) stands not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from advisor.accounts.registry import API
from advisor.api import shapes

JSON = "application/json"


@dataclass(frozen=True)
class Told:
    """The success of a route: its status and what it holds.

    `shape` is one object, `many` a list of it; `media` other than JSON is text or bytes.
    """

    status: int = 200
    shape: type[BaseModel] | None = None
    many: bool = False
    media: tuple[str, ...] = (JSON,)
    example: Mapping[str, Any] = field(default_factory=dict)
    sends: str = ""  # what a body is that FastAPI does not read


GONE = Told(204)
_THING = Told(200, shapes.Shape)
_OWN = f"{API}/consultations/{{consultation_id}}"
_ANSWERS = [{"item": "DAT1", "status": "answered", "value": 1, "grade": "say"}]
_COMPANY = {"employees_regular": 30, "factory_sido": "경기", "industry_ksic": "C25"}
REPORTS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/hwp+zip",
    "text/markdown",
)

ROUTES: Mapping[tuple[str, str], Told] = {
    ("GET", f"{API}/readyz"): _THING,
    ("POST", f"{API}/ask"): Told(
        200, shapes.AnswerShape, media=(JSON, "text/event-stream"),
        example={"text": "AI 바우처는 얼마까지 지원하나요?", "today": "2026-11-25"},
    ),
    ("POST", f"{API}/search"): Told(
        200, shapes.HitShape, many=True,
        example={"query": "카메라로 불량 검사", "k": 5, "kind": "solution"},
    ),
    ("GET", f"{API}/records/{{record_id}}"): Told(200, shapes.RecordShape),
    ("POST", f"{API}/match"): Told(
        200, shapes.MatchShape, many=True, example={"profile": _COMPANY, "kind": "program", "k": 3}
    ),
    ("POST", f"{API}/plan"): Told(
        200, shapes.PlanShape,
        example={"profile": _COMPANY, "solution": "sol-ai-vision", "cost": 200_000_000},
    ),
    ("POST", f"{API}/diagnose"): Told(
        200, shapes.DiagnosisShape, example={"answers": _ANSWERS, "profile": _COMPANY}
    ),
    ("POST", f"{API}/report"): Told(
        200, media=REPORTS, example={"format": "md", "answers": _ANSWERS}
    ),
    ("POST", f"{API}/feedback"): Told(
        204, example={"consultation_id": "…", "turn": 0, "rating": 1, "comment": ""}
    ),
    ("GET", _OWN): Told(200, shapes.ConsultationShape),
    ("DELETE", _OWN): GONE,
    ("PATCH", f"{_OWN}/profile"): Told(
        200, shapes.Shape, example={"values": {"employees_regular": 45}}
    ),
    ("GET", f"{_OWN}/export/{{way}}"): Told(
        200, media=("*/*",)  # JSON, a page or a folder, as the way says
    ),
    ("GET", f"{_OWN}/calendar.ics"): Told(200, media=("text/calendar",)),
    ("DELETE", f"{_OWN}/shares/{{share_id}}"): GONE,
    ("POST", f"{_OWN}/claim"): GONE,
    ("GET", f"{_OWN}/evidence/{{file_id}}"): Told(200, media=("*/*",)),
    ("DELETE", f"{_OWN}/evidence/{{file_id}}"): GONE,
    ("POST", f"{API}/documents"): Told(202, shapes.JobsShape, sends="multipart/form-data"),
    ("DELETE", f"{API}/documents/{{document_id}}"): GONE,
    ("GET", f"{API}/documents/{{document_id}}/view"): Told(200, media=("text/html",)),
    ("DELETE", f"{API}/jobs/{{job_id}}"): GONE,
    ("GET", f"{API}/keys"): Told(200, shapes.KeyShape, many=True),
    ("POST", f"{API}/keys"): Told(
        201, shapes.NewKeyShape,
        example={"name": "민원 시스템", "scopes": ["ask", "search"], "days": 365},
    ),
    ("DELETE", f"{API}/keys/{{key_id}}"): GONE,
    ("POST", f"{API}/kakao/skill"): Told(
        200, shapes.Shape,
        example={"userRequest": {"user": {"id": "…"}, "utterance": "지원금이 있나요?"}},
    ),
}  # fmt: skip
