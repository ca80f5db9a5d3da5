"""Profile values typed into a form or a file to facts, each held against its field (pure)."""

import math
from collections.abc import Mapping
from datetime import date

from advisor.domain.numbers import read_won
from advisor.domain.profile import Fact, FactValue
from advisor.domain.vocabulary import ProfileField
from advisor.errors import BadInputError
from advisor.intake.personal import mask
from advisor.messages import UserMessage


def read_values(
    values: Mapping[str, object], fields: Mapping[str, ProfileField]
) -> dict[str, Fact]:
    """Read values by field id; null is "not known" and left out.

    Raises:
        BadInputError: A field is unknown, or a value is none of its type; all are named at once.
    """
    facts, problems = read_all(values, fields)
    if problems:
        raise refuse(problems)
    return facts


def read_all(
    values: Mapping[str, object], fields: Mapping[str, ProfileField]
) -> tuple[dict[str, Fact], list[str]]:
    """Read values by field id; return what can be used and a clause for each that cannot."""
    facts: dict[str, Fact] = {}
    problems: list[str] = []
    for name, value in values.items():
        if value is None or value == "" or value == []:
            continue
        field = fields.get(name)
        if field is None:
            problems.append(f"'{mask(name)[0]}'은(는) 없는 항목입니다")
            continue
        read = _read(value, field)
        if read is None:
            shown = mask(str(value))[0]
            problems.append(f"{field.label}에 '{shown}'을(를) 쓸 수 없습니다{_allowed(field)}")
        else:
            facts[name] = Fact(read, "", "입력")
    return facts, problems


def refuse(problems: list[str]) -> BadInputError:
    """Return the error that names every problem."""
    return BadInputError(
        UserMessage(
            text=f"회사 정보를 읽지 못했습니다. {'; '.join(problems)}.",
            next_step="항목 이름과 값을 고쳐 다시 보내 주세요.",
        )
    )


def _allowed(field: ProfileField) -> str:
    return f"(쓸 수 있는 값: {', '.join(field.allowed)})" if field.allowed else ""


def _read(value: object, field: ProfileField) -> FactValue | None:
    if field.type.startswith("list"):
        items = value if isinstance(value, (list, tuple)) else [value]
        words = tuple(mask(str(one))[0] for one in items)
        if field.allowed and any(one not in field.allowed for one in words):
            return None
        return words
    if field.type == "integer":
        return _integer(value, field)
    if field.type == "number":
        return _number(value)
    if field.type == "enum":
        return str(value) if field.allowed is None or str(value) in field.allowed else None
    if field.type == "date":
        return _day(value)
    if isinstance(value, (dict, list)):
        return None
    return mask(str(value))[0]


def _integer(value: object, field: ProfileField) -> int | None:
    number: int | None = None
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, float) and value.is_integer():
        number = int(value)
    elif isinstance(value, str):
        plain = value.replace(",", "").strip().removesuffix("명").strip()
        number = int(plain) if plain.isdigit() else read_won(value) if field.unit == "원" else None
    return number if number is not None and number >= 0 else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = (
            float(value.replace(",", "").strip().removesuffix("%"))
            if isinstance(value, str)
            else float(value)
        )
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _day(value: object) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    if text.isdigit() and len(text) == 4:
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
