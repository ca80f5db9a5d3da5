"""What is wrong with a corpus file, in words that whoever edits it can act on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from advisor.errors import CorpusError
from advisor.messages import UserMessage

MAX_SHOWN = 3


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to fix: `file` relative to the corpus, `field` dotted, `reason` and `fix` Korean."""

    file: str
    field: str
    reason: str
    fix: str


class CorpusProblemsError(CorpusError):
    """The corpus has problems; `problems` holds all of them, by file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        shown = "; ".join(
            f"{one.file} {one.field}: {one.reason}" for one in self.problems[:MAX_SHOWN]
        )
        rest = len(self.problems) - MAX_SHOWN
        more = f" 외 {rest}건" if rest > 0 else ""
        super().__init__(
            UserMessage(
                text=f"자료 파일에서 고칠 곳을 {len(self.problems)}건 찾았습니다: {shown}{more}.",
                next_step="`advisor corpus check`로 모두 확인하고 고친 뒤 다시 실행해 주세요.",
            ),
            detail=f"corpus problems={len(self.problems)} first={shown}",
        )


class _Loader(yaml.CSafeLoader):
    """Safe loader that keeps dates as text and refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping; raises ConstructorError where a key stands twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key.value}' 칸이 두 번 있음", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


# A date stays text: pydantic then names the field of an impossible one, YAML would only crash.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(text: str) -> Any:
    """Parse one YAML text; raises yaml.YAMLError with the line."""
    return yaml.load(text, Loader=_Loader)


def unreadable(where: str, error: Exception) -> Problem:
    """Return the problem of a file that cannot be opened or is not UTF-8."""
    if isinstance(error, UnicodeDecodeError):
        return Problem(where, "-", "UTF-8 글이 아닙니다", "파일을 UTF-8로 저장해 주세요.")
    return Problem(where, "-", "파일을 열 수 없습니다", "파일 권한을 확인해 주세요.")


def bad_yaml(where: str, error: yaml.YAMLError) -> Problem:
    """Return the problem of a file that is no YAML, with the line."""
    mark = getattr(error, "problem_mark", None)
    line = f"{mark.line + 1}번째 줄" if mark else "-"
    return Problem(
        where,
        line,
        f"YAML 형식이 틀렸습니다({getattr(error, 'problem', None) or 'syntax'})",
        "그 줄의 들여쓰기, 따옴표, 쌍점(:) 뒤 빈칸을 확인해 주세요.",
    )


_REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("필요한 칸이 없습니다", "칸을 적어 주세요. 자료에 없으면 null로 적습니다."),
    "extra_forbidden": ("모르는 칸입니다", "칸 이름의 철자를 corpus/README.md와 견주어 주세요."),
    "literal_error": ("정해진 값이 아닙니다", "corpus/README.md의 값 가운데 하나로 적어 주세요."),
    "union_tag_invalid": (
        "모르는 요건 종류(type)입니다",
        "corpus/README.md의 요건 종류를 보아 주세요.",
    ),
    "union_tag_not_found": (
        "요건 종류(type)가 없습니다",
        "corpus/README.md의 요건 종류를 보아 주세요.",
    ),
    "string_pattern_mismatch": ("정해진 꼴이 아닙니다", "영문 소문자, 숫자, 붙임표로 적어 주세요."),
    "too_short": ("비어 있습니다", "하나 이상 적어 주세요."),
}


def bad_fields(where: str, error: ValidationError) -> list[Problem]:
    """Return a problem for every field that does not fit the record's shape."""
    problems = []
    for one in error.errors():
        kind = one["type"]
        field = ".".join(str(part) for part in one["loc"]) or "-"
        if kind.startswith(("date", "datetime")):
            reason, fix = "날짜가 아닙니다", "있는 날짜를 YYYY-MM-DD로 적어 주세요."
        elif kind in _REASONS:
            reason, fix = _REASONS[kind]
        else:
            reason, fix = (
                "값의 꼴이 맞지 않습니다",
                "corpus/README.md에서 이 칸의 꼴을 보아 주세요.",
            )
        given = one.get("input")
        shown = f": {given}" if isinstance(given, str | int | float) and kind != "missing" else ""
        problems.append(Problem(where, field, f"{reason}{shown}", fix))
    return problems
