"""A model's words to a checked reply, and what to tell it about the shape (pure)."""

import json
import re
from typing import Any

from pydantic import BaseModel, ValidationError

from advisor.llm.chat_model import Reply

_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)


class UnusableReplyError(ValueError):
    """The reply is no JSON of the agreed shape; the text says in Korean what is wrong."""


def parse_reply(text: str, shape: type[Reply]) -> Reply:
    """Return the first JSON object of the text as a `shape`.

    Small models wrap JSON in a code fence or a sentence, so the object may stand anywhere.

    Raises:
        UnusableReplyError: There is no object, it is cut off, or a field does not fit.
    """
    found = _FENCE.search(text)
    body = found[1] if found else text
    start = body.find("{")
    if start < 0:
        raise UnusableReplyError("JSON 객체가 없습니다.")
    try:
        # strict=False: models put bare line breaks into strings.
        value, _ = json.JSONDecoder(strict=False).raw_decode(body[start:])
    except ValueError as error:
        raise UnusableReplyError("JSON이 중간에 끊겼거나 문법이 틀립니다.") from error
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        fields = ", ".join(
            f"{'.'.join(map(str, item['loc'])) or '전체'}: {item['type']}"
            for item in error.errors(include_input=False, include_url=False)
        )
        raise UnusableReplyError(f"형식에 맞지 않는 항목이 있습니다({fields}).") from error


def shape_instruction(shape: type[BaseModel]) -> str:
    """Return the Korean sentence that asks for JSON of this shape.

    It stands in every request: many servers take `response_format` and ignore it.
    """
    schema = json.dumps(json_schema(shape), ensure_ascii=False)
    return f"답은 다음 JSON 스키마에 맞는 JSON 객체 하나로만 쓰세요. 다른 말은 붙이지 마세요.\n{schema}"


def json_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of a reply, without the titles that only cost tokens."""
    return _without_titles(shape.model_json_schema())


def _without_titles(schema: dict[str, Any]) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "title" and isinstance(value, str):
            continue
        cleaned[key] = _without_titles(value) if isinstance(value, dict) else value
    return cleaned
