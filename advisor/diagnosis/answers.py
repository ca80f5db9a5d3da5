"""An answers file to checked answers; everything wrong is named at once, nothing is half taken."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from advisor.domain.instrument import Grade, Instrument
from advisor.domain.profile import Fact, Profile
from advisor.domain.readiness import AnswerSet, AnswerStatus, ItemAnswer
from advisor.errors import BadInputError
from advisor.messages import UserMessage

MAX_FILE_BYTES = 1_000_000
MAX_SHOWN = 5
MAX_NOTE_CHARS = 10_000
ANSWER_FIELDS = ("item", "status", "value", "grade", "note")
AMOUNT_FIELDS = ("monthly_loss_krw", "self_fund_krw")
WITH_VALUE = (AnswerStatus.ANSWERED, AnswerStatus.INFERRED)
EXAMPLE = (
    "`answers:` 아래에 `- {item: DAT1, status: answered, value: 1, grade: say}`처럼 적어 주세요."
)


def read_answers(path: Path, instrument: Instrument) -> AnswerSet:
    """Read an answers file (YAML or JSON).

    Besides `answers` the file may name the instrument and its version, at the top or under
    `meta`, and the company under `profile`; other keys at the top are left alone.

    Raises:
        BadInputError: With all problems of the file in one sentence.
    """
    raw = _read_yaml(path, "답변 파일")
    if raw is None or raw in ({}, [], ""):
        raise _refuse(f"답변 파일 {path.name}이(가) 비어 있습니다.", EXAMPLE)
    if not isinstance(raw, dict) or "answers" not in raw:
        raise _refuse(f"답변 파일 {path.name}에 answers 목록이 없습니다.", EXAMPLE)
    check_version(raw, instrument, path.name)
    profile = raw.get("profile") or {}
    if not isinstance(profile, dict):
        raise _refuse(
            f"답변 파일 {path.name}의 profile이 항목 목록이 아닙니다.",
            "`profile:` 아래에 `employees_regular: 30`처럼 적거나 빼 주세요.",
        )
    return AnswerSet(check_answers(raw["answers"], instrument, path.name), profile)


def check_version(raw: Mapping[str, Any], instrument: Instrument, where: str) -> None:
    """Refuse answers that were given to another instrument or another version of it.

    Raises:
        BadInputError: Naming the version found and the version expected.
    """
    meta = raw.get("meta")
    named: Mapping[str, Any] = {**(meta if isinstance(meta, dict) else {}), **raw}
    found_id, found_version = named.get("instrument"), named.get("instrument_version")
    if isinstance(found_id, dict):  # the shape `instrument: {id, version}` of a saved result
        found_version = found_id.get("version", found_version)
        found_id = found_id.get("id")
    expected = instrument.meta
    if found_id not in (None, expected.id) or found_version not in (None, expected.version):
        found = f"{found_id or expected.id} {found_version or '(판 번호 없음)'}"
        raise _refuse(
            f"{where}의 답은 진단표 {found}에 맞춰져 있어 "
            f"지금 쓰는 {expected.id} {expected.version}(으)로 계산할 수 없습니다.",
            "그 진단표 판으로 낸 결과를 쓰시거나, 지금 판의 문항으로 다시 답해 주세요.",
        )


def check_answers(raw: object, instrument: Instrument, where: str) -> tuple[ItemAnswer, ...]:
    """Check a list of answers as it comes from a file, a form or a request.

    Args:
        raw: List of mappings `{item, status, value, grade, note}`; grade and note may be left
            out, and so may status where a value is given.
        instrument: Knows the items and levels.
        where: What the list is called in the sentence for the user.

    Raises:
        BadInputError: With all problems of the list in one sentence.
    """
    if not isinstance(raw, list) or not raw:
        raise _refuse(f"{where}에 답이 하나도 없습니다.", EXAMPLE)
    answers: list[ItemAnswer] = []
    problems: list[str] = []
    first_line: dict[str, int] = {}
    for number, row in enumerate(raw, 1):
        if not isinstance(row, dict):
            problems.append(f"{number}번째 답이 `{{item, status, value, grade}}` 꼴이 아님")
            continue
        item_id = row.get("item")
        found = list(_row_problems(row, instrument))
        if isinstance(item_id, str) and item_id in first_line:
            found.append(f"문항 {item_id}이(가) {first_line[item_id]}번째 답에도 있음")
        if found:
            problems += [f"{number}번째 답: {one}" for one in found]
        else:
            answers.append(_answer(row))
        if isinstance(item_id, str):
            first_line.setdefault(item_id, number)
    if problems:
        shown = "; ".join(problems[:MAX_SHOWN])
        rest = len(problems) - MAX_SHOWN
        more = f" 외 {rest}곳" if rest > 0 else ""
        raise _refuse(
            f"{where}에서 고칠 곳이 {len(problems)}곳 있습니다: {shown}{more}.",
            "그 답을 고쳐 다시 실행해 주세요. 아무것도 저장하지 않았습니다.",
        )
    return tuple(answers)


def read_company(path: Path, instrument: Instrument) -> Profile:
    """Read a profile file: field id to value, or to `{value: …}` as in the profile schema.

    Raises:
        BadInputError: Where the file cannot be read or a field the plan rests on is wrong.
    """
    raw = _read_yaml(path, "회사 정보 파일")
    if isinstance(raw, dict) and isinstance(raw.get("profile"), dict):
        raw = raw["profile"]
    if not isinstance(raw, dict):
        raise _refuse(
            f"회사 정보 파일 {path.name}에 항목이 없습니다.",
            "`pain_codes: [quality_defect]`처럼 한 줄에 한 항목씩 적어 주세요.",
        )
    return to_profile(raw, instrument, f"회사 정보 파일 {path.name}")


def to_profile(raw: Mapping[str, object], instrument: Instrument, where: str) -> Profile:
    """Return the known facts of a mapping as a profile; null means unknown.

    Raises:
        BadInputError: Where a field that the plan rests on has an impossible value.
    """
    facts: dict[str, Fact] = {}
    problems: list[str] = []
    for name, given in raw.items():
        value = given["value"] if isinstance(given, dict) and "value" in given else given
        if value is None:
            continue
        if name in AMOUNT_FIELDS and (
            isinstance(value, bool) or not isinstance(value, int) or value < 0
        ):
            problems.append(f"{name}은(는) 원 단위의 0 이상 정수여야 합니다(지금 {value})")
        elif name == "pain_codes":
            problems += _unknown_codes(name, value, instrument.pains)
        elif name == "solutions_done":
            problems += _unknown_codes(name, value, instrument.solution_by_id)
        if isinstance(value, list):
            facts[str(name)] = Fact(tuple(str(one) for one in value), source="입력")
        elif isinstance(value, str | int | float):
            facts[str(name)] = Fact(value, source="입력")
        elif isinstance(value, date):
            facts[str(name)] = Fact(value.isoformat(), source="입력")
    if problems:
        raise _refuse(
            f"{where}에서 고칠 곳이 {len(problems)}곳 있습니다: {'; '.join(problems[:MAX_SHOWN])}.",
            "그 항목을 고치거나, 모르시면 지우고 다시 실행해 주세요.",
        )
    return Profile(facts)


def _row_problems(row: Mapping[Any, Any], instrument: Instrument) -> Iterable[str]:
    unknown = [str(key) for key in row if key not in ANSWER_FIELDS]
    if unknown:
        yield f"모르는 칸 {', '.join(unknown)}"
    item_id = row.get("item")
    if item_id is None:
        yield "문항(item)이 없음"
    elif not _is_one_of(item_id, instrument.item_by_id):
        yield f"문항 '{item_id}'은(는) 진단표에 없음"
    status = _status(row)
    if status is None:
        yield "상태(status)도 수준(value)도 없음"
    elif not _is_one_of(status, instrument.status_values):
        yield f"상태 '{status}'은(는) {', '.join(instrument.status_values)} 가운데 하나여야 함"
    else:
        yield from _value_problems(row, str(status), instrument)
    if row.get("note") is not None and not isinstance(row["note"], str):
        yield "메모(note)가 글이 아님"
    elif len(row.get("note") or "") > MAX_NOTE_CHARS:
        yield f"메모(note)가 {MAX_NOTE_CHARS:,}자보다 김"


def _value_problems(row: Mapping[Any, Any], status: str, instrument: Instrument) -> Iterable[str]:
    value, grade = row.get("value"), row.get("grade")
    if status not in WITH_VALUE:
        if value is not None:
            yield f"상태가 {status}인데 수준 {value}이(가) 있음"
        return
    low, high = instrument.scale.min, instrument.scale.max
    if isinstance(value, bool) or not isinstance(value, int):
        shown = "빈칸" if value is None else value
        yield f"수준(value)이 {low}~{high}의 정수가 아님(지금 {shown})"
    elif not low <= value <= high:
        yield f"수준 {value}은(는) {low}~{high} 밖임"
    if grade is not None and not _is_one_of(grade, instrument.evidence_grades):
        yield f"근거 '{grade}'은(는) {', '.join(instrument.evidence_grades)} 가운데 하나여야 함"


def _answer(row: Mapping[Any, Any]) -> ItemAnswer:
    status = AnswerStatus(str(_status(row)))
    grade: Grade | None = None
    if status is AnswerStatus.INFERRED:
        grade = "infer"
    elif status is AnswerStatus.ANSWERED:
        # A level without a ground is one that somebody said.
        grade = cast(Grade, row.get("grade") or "say")
    return ItemAnswer(row["item"], status, row.get("value"), grade, row.get("note") or "")


def _status(row: Mapping[Any, Any]) -> object:
    status = row.get("status")
    if status is None and row.get("value") is not None:
        return AnswerStatus.ANSWERED.value
    return status


def _is_one_of(value: object, known: Container[str]) -> bool:
    # A list or mapping in this place cannot be looked up, so the type comes first.
    return isinstance(value, str) and value in known


def _unknown_codes(name: str, value: object, known: Container[str]) -> list[str]:
    codes = value if isinstance(value, list | tuple) else [value]
    return [
        f"{name}의 '{code}'은(는) 없는 코드입니다" for code in codes if not _is_one_of(code, known)
    ]


def _read_yaml(path: Path, what: str) -> Any:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _refuse(
                f"{what} {path.name}이(가) 1MB보다 큽니다.", "답변만 담은 파일을 골라 주세요."
            )
        return yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise _refuse(
            f"{what} {path.name}을(를) 찾지 못했습니다.", "파일이 있는 자리를 확인해 주세요."
        ) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadInputError(
            UserMessage(
                text=f"{what} {path.name}을(를) 읽지 못했습니다.",
                next_step="UTF-8로 저장한 YAML이나 JSON 파일인지 확인해 주세요.",
            ),
            detail=str(error),
        ) from error


def _refuse(text: str, next_step: str) -> BadInputError:
    return BadInputError(UserMessage(text=text, next_step=next_step))
