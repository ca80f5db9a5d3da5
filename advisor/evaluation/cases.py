"""A folder of question sets (JSONL with `gold`) to cases."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.errors import BadInputError
from advisor.messages import UserMessage


@dataclass(frozen=True, slots=True)
class Case:
    """One question or dialogue; `turns` and `golds` are of equal length, one for a question.

    A gold has `status` (one or a list) and may have `cite_any`, `cite_all`, `must_contain` (lists
    of alternatives), `must_not_contain`, `profile`, `verdict` and `when` (more by status).
    """

    id: str
    set: str
    category: str
    persona: str
    turns: tuple[str, ...]
    golds: tuple[Mapping[str, Any], ...]
    is_dialogue: bool


def load_cases(folder: Path) -> list[Case]:
    """Read every JSONL file of a folder that holds questions with gold, in file order.

    Raises:
        BadInputError: The folder has none, or a line cannot be read; file and line are named.
    """
    cases: list[Case] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                dialogue = "turns" in row
                turns = tuple(row["turns"]) if dialogue else (row["text"],)
                golds = tuple(row["gold"]) if dialogue else (row["gold"],)
                cases.append(_case(path.stem, row, dialogue, turns, golds))
            except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
                raise BadInputError(
                    UserMessage(
                        text=f"질문 묶음 {path.name}의 {number}번째 줄을 읽지 못했습니다.",
                        next_step="id, text(또는 turns), gold가 있는 JSON 한 줄로 고쳐 주세요.",
                    ),
                    detail=f"{path.name}:{number}: {error}",
                ) from error
    if not cases:
        raise BadInputError(
            UserMessage(
                text=f"{folder.name} 폴더에 채점할 질문 묶음이 없습니다.",
                next_step="gold가 있는 .jsonl 파일이 든 폴더를 지정해 주세요.",
            )
        )
    return cases


def _case(
    name: str,
    row: Mapping[str, Any],
    dialogue: bool,
    turns: tuple[str, ...],
    golds: tuple[Mapping[str, Any], ...],
) -> Case:
    if len(turns) != len(golds):
        raise ValueError("turns and gold differ in length")
    return Case(
        id=str(row["id"]),
        set=name,
        category=str(row.get("category", "-")),
        persona=str(row.get("persona", "-")),
        turns=turns,
        golds=golds,
        is_dialogue=dialogue,
    )
