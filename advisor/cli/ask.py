"""`advisor ask`: one turn, or many in one process."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import yaml

from advisor.config import Settings
from advisor.domain.answer import Answer
from advisor.errors import BadInputError
from advisor.messages import UserMessage

if TYPE_CHECKING:
    from advisor.assemble import Advisor


@click.command(epilog='예: advisor ask "직원 30명 금속가공인데 불량 검사 지원금 있나요?" --json')
@click.argument("text", required=False)
@click.option(
    "--profile", "profile_file", type=click.Path(path_type=Path), help="회사 정보 파일(YAML, JSON)."
)
@click.option("--consultation", help="이어 갈 상담 번호.")
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
@click.option(
    "--batch", type=click.Path(path_type=Path), help="질문 파일(JSONL). --out과 함께 씁니다."
)
@click.option("--out", type=click.Path(path_type=Path), help="답을 쓸 파일(JSONL).")
def ask(
    *,
    text: str | None,
    profile_file: Path | None,
    consultation: str | None,
    day: str | None,
    as_json: bool,
    batch: Path | None,
    out: Path | None,
) -> None:
    """한 번 묻고 답을 받습니다. --batch는 여러 질문을 한 번에 처리합니다."""
    if (batch is None) != (out is None):
        raise click.UsageError("--batch와 --out은 함께 써 주세요.")
    if batch is None and not text:
        raise click.UsageError('질문을 적어 주세요. 예: advisor ask "AI바우처는 얼마까지 되나요?"')
    today = _day(day)
    from advisor.assemble import build_advisor  # seconds of models: after the arguments are good

    if batch is not None and out is not None:
        lines = read_batch(batch)
        advisor = build_advisor(Settings(), keep=False)
        _run_batch(advisor, lines, out, today)
        return
    profile = read_profile(profile_file) if profile_file else None
    advisor = build_advisor(Settings())
    assert text is not None
    answer = advisor.ask(text, consultation_id=consultation, profile=profile, today=today)
    click.echo(
        json.dumps(answer.to_json(), ensure_ascii=False, indent=1) if as_json else show(answer)
    )


def show(answer: Answer) -> str:
    """Return an answer as plain text for a terminal, sources below."""
    parts = [answer.text]
    if answer.next_question:
        parts.append(f"→ {answer.next_question}")
    if answer.citations:
        parts.append("출처")
        parts += [
            f"[{one.label}] {one.title}"
            + (f" · {one.publisher}" if one.publisher else "")
            + (f" · {one.date}" if one.date else "")
            + (f"\n    {one.url}" if one.url else "")
            for one in answer.citations
        ]
    return "\n\n".join(parts[:1]) + ("\n\n" + "\n".join(parts[1:]) if parts[1:] else "")


def read_profile(path: Path) -> dict[str, Any]:
    """Read a profile: field id to value, or to `{value: …}` as in the profile schema."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInputError(
            UserMessage(
                text=f"회사 정보 파일 {path.name}을(를) 읽지 못했습니다.",
                next_step="파일이 있는지, YAML이나 JSON 형식이 맞는지 확인해 주세요.",
            ),
            detail=str(error),
        ) from error
    if isinstance(raw, dict) and isinstance(raw.get("profile"), dict):
        raw = raw["profile"]
    if not isinstance(raw, dict):
        raise BadInputError(
            UserMessage(
                text=f"회사 정보 파일 {path.name}에 항목이 없습니다.",
                next_step="`employees_regular: 30`처럼 한 줄에 한 항목씩 적어 주세요.",
            )
        )
    return {
        key: value["value"] if isinstance(value, dict) and "value" in value else value
        for key, value in raw.items()
    }


def read_batch(path: Path) -> list[dict[str, Any]]:
    """Read a batch file; every bad line is named at once, and nothing is run then."""
    try:
        rows = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(
            UserMessage(
                text=f"질문 파일 {path.name}을(를) 읽지 못했습니다.",
                next_step="파일이 있는지, UTF-8로 저장했는지 확인해 주세요.",
            ),
            detail=str(error),
        ) from error
    lines: list[dict[str, Any]] = []
    problems: list[str] = []
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        problem, line = _read_line(row)
        if problem:
            problems.append(f"{number}번째 줄: {problem}")
        elif line is not None:
            lines.append(line)
    if problems:
        shown = "; ".join(problems[:5]) + (
            f" 외 {len(problems) - 5}건" if len(problems) > 5 else ""
        )
        raise BadInputError(
            UserMessage(
                text=f"질문 파일 {path.name}에 읽을 수 없는 줄이 있습니다({shown}).",
                next_step='한 줄에 {"id": "q1", "text": "질문"} 형식으로 고친 뒤 다시 실행해 주세요.',
            )
        )
    return lines


def _read_line(row: str) -> tuple[str | None, dict[str, Any] | None]:
    try:
        line = json.loads(row)
    except json.JSONDecodeError:
        return "JSON이 아닙니다", None
    if not isinstance(line, dict) or not isinstance(line.get("id"), str):
        return "id가 없습니다", None
    turns = line.get("turns")
    good_turns = isinstance(turns, list) and turns and all(isinstance(one, str) for one in turns)
    if not good_turns and not isinstance(line.get("text"), str):
        return "text나 turns가 없습니다", None
    if "profile" in line and not isinstance(line["profile"], (dict, type(None))):
        return "profile이 항목 묶음이 아닙니다", None
    if line.get("today") is not None:
        try:
            date.fromisoformat(line["today"])
        except (TypeError, ValueError):
            return "today가 YYYY-MM-DD가 아닙니다", None
    return None, line


def _run_batch(
    advisor: "Advisor", lines: list[dict[str, Any]], out: Path, today: date | None
) -> None:
    from tqdm import tqdm

    part = out.with_name(out.name + ".part")  # the old result stays until the new one is whole
    try:
        with part.open("w", encoding="utf-8") as file:
            for line in tqdm(lines, disable=not sys.stderr.isatty(), unit="질문"):
                file.write(json.dumps(_one(advisor, line, today), ensure_ascii=False) + "\n")
        part.replace(out)
    except OSError as error:
        raise BadInputError(
            UserMessage(
                text=f"결과 파일 {out.name}을(를) 쓰지 못했습니다.",
                next_step="폴더가 있는지, 쓰기 권한과 남은 공간이 있는지 확인해 주세요.",
            ),
            detail=str(error),
        ) from error
    click.echo(f"{len(lines)}건의 답을 {out}에 적었습니다.", err=True)


def _one(advisor: "Advisor", line: dict[str, Any], today: date | None) -> dict[str, Any]:
    day = date.fromisoformat(line["today"]) if line.get("today") else today
    turns = line.get("turns")
    answers = list(_turns(advisor, turns or [line["text"]], line.get("profile"), day))
    if turns:
        return {"id": line["id"], "turns": answers}
    return {**answers[0], "id": line["id"]}


def _turns(
    advisor: "Advisor", texts: list[str], profile: dict[str, Any] | None, day: date | None
) -> Iterator[dict[str, Any]]:
    consultation: str | None = None
    for text in texts:
        answer = advisor.ask(text, consultation_id=consultation, profile=profile, today=day)
        consultation, profile = answer.consultation_id, None
        yield answer.to_json()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise click.UsageError("--today는 2026-11-24처럼 적어 주세요.") from error
