"""The description of the API at `/api/v1/openapi.json`: what FastAPI knows, and what it does not.

Who may and what counts comes from the registry, what is answered from `described.py`; a route that
stands in neither of them still gets its errors, and a success of any shape.
"""

import re
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from advisor.accounts.policy import Kind, Relation, Role, decide
from advisor.accounts.rates import RateClass
from advisor.accounts.registry import ROUTES, SCOPES, Entry, rate_of
from advisor.api import described, described_staff, shapes
from advisor.api.described import JSON, Told

PROBLEM = "application/problem+json"
ABOUT = (
    "제조AI 길잡이의 HTTP API입니다. 오류는 모두 RFC 9457 문제 문서(`application/problem+json`)이고 "
    "`type`은 바뀌지 않습니다. 담당자에게 받은 키는 `Authorization: Bearer adv_…`로 보냅니다. 요청 수는 "
    "`RateLimit` 헤더로 알려 드립니다."
)
_WORDS = {
    400: "값을 쓸 수 없습니다", 401: "로그인이나 키가 필요합니다", 403: "권한이 없습니다",
    404: "없습니다", 408: "제때 다 오지 않았습니다", 409: "지금은 할 수 없습니다", 413: "너무 큽니다", 415: "JSON이 아닙니다",
    422: "항목이나 형식이 틀립니다", 429: "너무 잦습니다", 500: "서버의 문제입니다",
    502: "모델 서버의 문제입니다", 503: "준비 중입니다",
}  # fmt: skip
_SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "기관의 API 키"},
    "session": {"type": "apiKey", "in": "cookie", "name": "advisor_session"},
}
_LIMIT = {
    name: {"description": text, "schema": {"type": "string"}}
    for name, text in (
        ("RateLimit-Policy", "1분에 몇 번인지"), ("RateLimit", "몇 번 남았는지, 몇 초 뒤인지"),
    )
}  # fmt: skip
_TOLD = {**described.ROUTES, **described_staff.ROUTES}
_MODELS = sorted(
    {one.shape for one in _TOLD.values() if one.shape} | {shapes.Problem},
    key=lambda one: one.__name__,
)


def describe(app: FastAPI) -> None:
    """Let an application describe itself in full; worked out at the first request."""
    plain = app.openapi

    def full() -> dict[str, Any]:
        spec: dict[str, Any] = plain()
        if spec.setdefault("components", {}).get("securitySchemes") is None:
            complete(spec)
        return spec

    app.openapi = full  # type: ignore[method-assign]  # FastAPI's documented way


def complete(spec: dict[str, Any]) -> None:
    """Add security, errors, shapes and examples to every operation."""
    components = spec["components"]
    components["securitySchemes"] = _SECURITY
    known = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        known.pop(name, None)
    _, made = models_json_schema(
        [(one, "serialization") for one in _MODELS], ref_template="#/components/schemas/{model}"
    )
    known.update(made["$defs"])
    spec["info"]["description"] = ABOUT
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            _complete_one(operation, method.upper(), path)


def _complete_one(operation: dict[str, Any], method: str, path: str) -> None:
    entry = ROUTES.get((method, path))
    if entry is None:
        return  # closed to everybody until it is listed
    told = _TOLD.get((method, path))
    operation["tags"] = [path.split("/")[3].partition(".")[0]]
    operation["security"] = _security(entry, (method, path))
    scope = SCOPES.get((method, path))
    if scope is not None:
        words = str(operation.get("description", ""))
        operation["description"] = f"{words}\n\n키에 필요한 범위: `{scope.value}`".strip()
    if told is not None:
        _tell_success(operation, told)
    is_counted = rate_of(method, path) is not RateClass.FREE
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get(JSON)
        if content is not None and not content.get("schema"):
            # A route that nobody described: JSON of any shape, or a file.
            content["schema"] = {"type": ["object", "array"]}
            response["content"]["*/*"] = {}
        if is_counted and status.startswith("2"):
            response["headers"] = _LIMIT
    for number in sorted(_errors(operation, entry, (method, path))):
        operation["responses"][str(number)] = _problem(number)
    if told is not None and told.media == ("text/html",):
        # For people in a browser: they read a page there too.
        operation["responses"]["404"]["content"]["text/html"] = {"schema": {"type": "string"}}


def _security(entry: Entry, route: tuple[str, str]) -> list[dict[str, list[str]]]:
    if entry.kind is Kind.PUBLIC:
        return []
    ways: list[dict[str, list[str]]] = []
    relations = (Relation.NONE, Relation.BEARER)
    if any(decide({Role.ANYONE}, one, entry.kind, entry.action) == "allow" for one in relations):
        ways.append({})
    if route in SCOPES:
        ways.append({"key": []})
    return [*ways, {"session": []}]


def _tell_success(operation: dict[str, Any], told: Told) -> None:
    words = operation["responses"]
    for status in [one for one in words if one.startswith("2")]:
        del words[status]
    response: dict[str, Any] = {"description": "됐습니다"}
    if told.status != 204:
        response["content"] = {one: {"schema": _schema(told, one)} for one in told.media}
    words[str(told.status)] = response
    if told.sends:
        operation["requestBody"] = {"required": True, "content": {told.sends: _sent(told.sends)}}
    elif told.example:
        operation["requestBody"]["content"][JSON]["example"] = dict(told.example)


def _schema(told: Told, media: str) -> dict[str, Any]:
    if media != JSON:
        return {"type": "string"} if media.startswith("text/") else {}
    assert told.shape is not None
    one = {"$ref": f"#/components/schemas/{told.shape.__name__}"}
    return {"type": "array", "items": one} if told.many else one


def _sent(media: str) -> dict[str, Any]:
    if media != "multipart/form-data":
        return {"schema": {"type": "string", "format": "binary"}}
    files = {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}
    return {
        "schema": {"type": "object", "required": ["files"], "properties": {"files": files}},
        "encoding": {"files": {"contentType": "application/octet-stream"}},
    }


def _errors(operation: dict[str, Any], entry: Entry, route: tuple[str, str]) -> set[int]:
    """Return the statuses of every problem that a route can answer with."""
    found = {500}
    if rate_of(*route) is not RateClass.FREE:
        found |= {401, 429}
    if entry.kind is not Kind.PUBLIC:
        found |= {400, 401, 403, 404, 503}
    if re.search(r"\{", route[1]) or operation.get("parameters"):
        found |= {404, 422}
    if "requestBody" in operation:
        is_json = JSON in operation["requestBody"].get("content", {})
        found |= {400, 408, 413, 502} | ({415, 422} if is_json else set())
    if entry.kind is Kind.PUBLIC and route[0] == "POST":
        found |= {401, 503}
    if entry.kind in {Kind.JOB, Kind.DRAFT, Kind.CLIENT, Kind.QUESTION, Kind.FAQ}:
        found.add(409)
    if route[1].endswith("/readyz"):
        found.add(503)
    return found


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    response: dict[str, Any] = {
        "description": _WORDS[status],
        "content": {PROBLEM: {"schema": schema}},
    }
    if status == 429:
        wait = {"description": "몇 초 뒤에 다시 할지", "schema": {"type": "integer"}}
        response["headers"] = {"Retry-After": wait, **_LIMIT}
    return response
