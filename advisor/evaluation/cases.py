"""A folder of question sets (JSONL with `gold`) to cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.errors import BadInputError
from advisor.evaluation.folders import broken, rows_of
from advisor.messages import UserMessage

STATUSES = frozenset(
    {"answered", "asked_back", "no_evidence", "out_of_scope", "blocked", "failed"}
)  # fmt: skip
_ADVICE = "id, text(또는 turns), gold(status 포함)가 있는 JSON 한 줄로 고쳐 주세요."


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
    register: str
    lang: str
    turns: tuple[str, ...]
    golds: tuple[Mapping[str, Any], ...]
    is_dialogue: bool


def load_cases(folder: Path) -> list[Case]:
    """Read every JSONL file of a folder that holds questions with gold, in file order.

    Raises:
        BadInputError: The folder has none, a line cannot be read or an id stands twice; file and
            line are named.
    """
    cases: list[Case] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.jsonl")):
        for number, row in rows_of(path, "id", "gold"):
            try:
                case = _case(path.stem, row)
            except (KeyError, TypeError, ValueError) as error:
                raise broken(path, number, _ADVICE, str(error)) from error
            if case.id in seen:
                raise broken(
                    path, number, f"'{case.id}'가 두 번 나옵니다. id를 바꿔 주세요.", "id twice"
                )
            seen.add(case.id)
            cases.append(case)
    if not cases:
        raise BadInputError(
            UserMessage(
                text=f"{folder.name} 폴더에 채점할 질문 묶음이 없습니다.",
                next_step="gold가 있는 .jsonl 파일이 든 폴더를 지정해 주세요.",
            )
        )
    return cases


def _case(name: str, row: Mapping[str, Any]) -> Case:
    dialogue = "turns" in row
    turns = tuple(row["turns"]) if dialogue else (row["text"],)
    golds = tuple(row["gold"]) if dialogue else (row["gold"],)
    if len(turns) != len(golds):
        raise ValueError("turns and gold differ in length")
    if not all(isinstance(one, str) for one in turns):
        raise TypeError("a question is no text")
    for gold in golds:
        allowed = gold["status"] if isinstance(gold["status"], list) else [gold["status"]]
        if not allowed or not set(allowed) <= STATUSES:
            raise ValueError(f"unknown status {allowed}")
    return Case(
        id=str(row["id"]),
        set=name,
        category=str(row.get("category", "-")),
        persona=str(row.get("persona", "-")),
        register=str(row.get("register", "-")),
        lang=str(row.get("lang", "-")),
        turns=turns,
        golds=golds,
        is_dialogue=dialogue,
    )
