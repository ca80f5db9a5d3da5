"""Errors as RFC 9457 problem documents with a Korean detail and a stable type."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import compile_path
from starlette.types import Receive, Scope, Send

from advisor.accounts.rates import TooOftenError
from advisor.accounts.registry import ROUTES
from advisor.errors import AdvisorError, HomeUnavailableError
from advisor.messages import FAILED, NOT_READY, UserMessage
from advisor.text import storable

logger = logging.getLogger(__name__)

BAD_BODY = UserMessage(
    text="요청 내용을 읽지 못했습니다.", next_step="보낸 항목의 이름과 형식을 확인해 주세요."
)
NOT_FOUND = UserMessage(
    text="찾는 내용이 없습니다.", next_step="주소나 번호가 맞는지 확인해 주세요."
)
NOT_ALLOWED = UserMessage(
    text="이 주소에서는 쓸 수 없는 방법입니다.", next_step="API 설명서의 방법을 확인해 주세요."
)
TOO_LARGE = UserMessage(
    text="보낸 내용이 너무 큽니다.", next_step="내용을 2MB 아래로 줄이거나 나누어 보내 주세요."
)
TOO_SLOW = UserMessage(
    text="보낸 내용이 제때 다 오지 않았습니다.", next_step="연결을 확인하고 다시 보내 주세요."
)
NOT_JSON = UserMessage(
    text="이 주소는 JSON만 받습니다.",
    next_step="Content-Type을 application/json으로 하고 JSON을 보내 주세요.",
)
# The title of each type; a type that stands here never changes its meaning.
TITLES = {
    "bad-body": "읽을 수 없는 내용", "bad-input": "쓸 수 없는 값", "cross-site": "다른 사이트의 요청",
    "failed": "서버의 문제", "forbidden": "권한 없음", "no-file": "파일 없음",
    "not-a-record": "기록이 되지 않음", "not-allowed": "쓸 수 없는 방법", "not-found": "없음",
    "not-json": "JSON이 아님", "not-ready": "준비 중", "not-stopped": "취소할 수 없음",
    "refused": "받아들이지 않음", "sign-in-needed": "로그인이나 키가 필요함",
    "throttled": "잠시 막음", "too-large": "너무 큼", "too-often": "너무 잦음",
    "too-slow": "너무 느림", "unavailable": "쓸 수 없는 기능",
}  # fmt: skip
_BY_STATUS = {
    404: ("not-found", NOT_FOUND), 405: ("not-allowed", NOT_ALLOWED),
    408: ("too-slow", TOO_SLOW), 413: ("too-large", TOO_LARGE), 415: ("not-json", NOT_JSON),
}  # fmt: skip


class NotReadyError(AdvisorError):
    """The advisor is still being put together, or could not be."""


def problem(
    status: int, kind: str, message: UserMessage, *, headers: Mapping[str, str] | None = None,
    **more: object,
) -> JSONResponse:  # fmt: skip
    """Return one problem document; `type` is stable, `detail` is for people."""
    body = {
        "type": f"urn:advisor:problem:{kind}", "title": TITLES.get(kind, kind), "status": status,
        # It may repeat a value that was sent; half a letter of it has no bytes to be sent back as.
        "detail": storable(str(message)), **more,
    }  # fmt: skip
    return JSONResponse(
        body, status_code=status, media_type="application/problem+json",
        headers=dict(headers) if headers else None,
    )  # fmt: skip


def add_handlers(app: FastAPI) -> None:
    """Turn every error of the API into a problem document."""

    async def unready(_: Request, __: Exception) -> JSONResponse:
        return problem(503, "not-ready", NOT_READY, headers={"retry-after": "5"})

    async def refused(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, AdvisorError)
        logger.info("request refused detail=%s", error.detail)
        if isinstance(error, HomeUnavailableError):  # nothing that the asker could write better
            return problem(503, "failed", error.user_message)
        return problem(400 if error.exit_code == 2 else 502, "bad-input", error.user_message)

    async def too_often(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, TooOftenError)
        headers = {"retry-after": str(error.taken.wait_s), **error.taken.headers()}
        return problem(429, "too-often", error.user_message, headers=headers)

    async def unreadable(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        fields = [".".join(str(part) for part in one["loc"][1:]) for one in error.errors()]
        return problem(422, "bad-body", BAD_BODY, fields=fields)

    async def by_status(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        # What is left is a body that is no text at all: 400.
        kind, message = _BY_STATUS.get(error.status_code, ("bad-body", BAD_BODY))
        return problem(error.status_code, kind, message, headers=error.headers)

    async def failed(_: Request, error: Exception) -> JSONResponse:
        logger.error("request failed", exc_info=error)
        return problem(500, "failed", FAILED)

    app.add_exception_handler(NotReadyError, unready)
    app.add_exception_handler(TooOftenError, too_often)
    app.add_exception_handler(AdvisorError, refused)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(HTTPException, by_status)
    app.add_exception_handler(Exception, failed)


_PATHS = [(method, compile_path(path)[0]) for method, path in ROUTES if path.startswith("/api/")]


async def nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer what no route of the API took: a path that is none, or a method that is none of it.

    Mounted last; without it the page behind the API would answer, in its own words.
    """
    if scope["type"] != "http":
        return
    path = str(scope["path"]).removeprefix(str(scope.get("app_root_path", "")))
    allowed = sorted({method for method, regex in _PATHS if regex.match(path)})
    if allowed and scope["method"] not in allowed:
        answer = problem(405, "not-allowed", NOT_ALLOWED, headers={"allow": ", ".join(allowed)})
    else:
        answer = problem(404, "not-found", NOT_FOUND)
    await answer(scope, receive, send)
