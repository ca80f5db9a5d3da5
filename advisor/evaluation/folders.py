"""What a folder holds: question sets, questions outside the subject, retrieval, injections, or all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.errors import BadInputError
from advisor.evaluation.outcome import SetKind
from advisor.messages import UserMessage


@dataclass(frozen=True, slots=True)
class Found:
    """One set on disk."""

    name: str
    kind: SetKind
    folder: Path


def find_sets(folder: Path) -> list[Found]:
    """Return the sets of a folder, or of the folders in it, by name.

    Raises:
        BadInputError: There is none.
    """
    here = kind_of(folder)
    if here is not None:
        return [Found(folder.resolve().name, here, folder)]
    found = [
        Found(one.name, kind, one)
        for one in sorted(folder.iterdir())
        if one.is_dir() and (kind := kind_of(one)) is not None
    ]
    if not found:
        raise BadInputError(
            UserMessage(
                text=f"{folder.name} 폴더에 채점할 묶음이 없습니다.",
                next_step=(
                    "gold가 있는 .jsonl, corpus·queries·qrels 세 파일, queries.jsonl 하나, "
                    "benchmark.jsonl 가운데 하나가 든 폴더를 지정해 주세요."
                ),
            )
        )
    return found


def kind_of(folder: Path) -> SetKind | None:
    """Return what a folder holds by its files, None where it holds no set."""
    names = {one.name for one in folder.iterdir() if one.is_file()}
    if {"corpus.jsonl", "queries.jsonl", "qrels.tsv"} <= names:
        return SetKind.RETRIEVAL
    if "queries.jsonl" in names and not names & {"corpus.jsonl", "qrels.tsv"}:
        return SetKind.OUT_OF_SCOPE
    if "queries.jsonl" in names:
        missing = {"corpus.jsonl", "qrels.tsv"} - names
        raise BadInputError(
            UserMessage(
                text=f"{folder.name} 폴더에 {', '.join(sorted(missing))} 파일이 없습니다.",
                next_step="검색 묶음에는 corpus.jsonl, queries.jsonl, qrels.tsv가 모두 있어야 합니다.",
            )
        )
    if "benchmark.jsonl" in names:
        return SetKind.INJECTION
    return SetKind.QUESTIONS if any(one.endswith(".jsonl") for one in names) else None


def rows_of(path: Path, *fields: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and object of a JSONL file; each has the fields.

    Raises:
        BadInputError: The file or a line cannot be read; both are named.
    """
    try:
        # Not splitlines: U+2028 and its like may stand inside a JSON string.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise broken(path, None, "UTF-8로 저장된 파일인지 확인해 주세요.", repr(error)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise broken(path, number, "JSON 한 줄로 고쳐 주세요.", str(error)) from error
        missing = [one for one in fields if not isinstance(row, dict) or one not in row]
        if missing:
            advice = f"{', '.join(fields)} 항목이 있는 JSON 한 줄로 고쳐 주세요."
            raise broken(path, number, advice, f"lacks {missing}")
        yield number, row


def broken(path: Path, number: int | None, advice: str, detail: str) -> BadInputError:
    """Return the error that names file and line of a set that cannot be read."""
    where = f"의 {number}번째 줄" if number else ""
    return BadInputError(
        UserMessage(text=f"{path.name}{where}을 읽지 못했습니다." if number else f"{path.name} 파일을 읽지 못했습니다.", next_step=advice),
        detail=f"{path}:{number}: {detail}",
    )  # fmt: skip
