"""Errors as RFC 9457 problem documents with a Korean detail and a stable type."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from advisor.errors import AdvisorError
from advisor.messages import FAILED, NOT_READY, UserMessage

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


class NotReadyError(AdvisorError):
    """The advisor is still being put together, or could not be."""


def problem(status: int, kind: str, message: UserMessage, **more: object) -> JSONResponse:
    """Return one problem document; `type` is stable, `detail` is for people."""
    body = {
        "type": f"urn:advisor:problem:{kind}", "title": kind, "status": status,
        "detail": str(message), **more,
    }  # fmt: skip
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def add_handlers(app: FastAPI) -> None:
    """Turn every error of the API into a problem document."""

    async def unready(_: Request, __: Exception) -> JSONResponse:
        return problem(503, "not-ready", NOT_READY)

    async def refused(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, AdvisorError)
        logger.info("request refused detail=%s", error.detail)
        return problem(400 if error.exit_code == 2 else 502, "bad-input", error.user_message)

    async def unreadable(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        fields = [".".join(str(part) for part in one["loc"][1:]) for one in error.errors()]
        return problem(422, "bad-body", BAD_BODY, fields=fields)

    async def by_status(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        message = NOT_ALLOWED if error.status_code == 405 else NOT_FOUND
        kind = "not-allowed" if error.status_code == 405 else "not-found"
        return problem(error.status_code, kind, message)

    async def failed(_: Request, error: Exception) -> JSONResponse:
        logger.error("request failed", exc_info=error)
        return problem(500, "failed", FAILED)

    app.add_exception_handler(NotReadyError, unready)
    app.add_exception_handler(AdvisorError, refused)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(HTTPException, by_status)
    app.add_exception_handler(Exception, failed)
