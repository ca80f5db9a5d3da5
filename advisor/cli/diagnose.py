"""`advisor diagnose`: answers to the readiness result."""

import json
import unicodedata
from pathlib import Path

import click

from advisor.config import Settings
from advisor.corpus.readiness import load_instrument
from advisor.diagnosis.answers import read_answers, read_company, to_profile
from advisor.diagnosis.diagnose import diagnose as make_diagnosis
from advisor.diagnosis.present import as_json, labels
from advisor.domain.instrument import Instrument
from advisor.domain.readiness import Diagnosis

BAR_CELLS = 20
SHOWN_SOLUTIONS = 8


@click.command(
    epilog="예: advisor diagnose --answers 답변.yaml --profile 회사.yaml --json  "
    "(답변.yaml: answers: 아래에 - {item: DAT1, status: answered, value: 1, grade: say, note: 종이 일보})"
)
@click.option(
    "--answers",
    "answers_file",
    required=True,
    type=click.Path(path_type=Path),
    help="답변 파일(YAML, JSON): answers 목록의 item, status, value, grade, note.",
)
@click.option(
    "--profile",
    "profile_file",
    type=click.Path(path_type=Path),
    help="회사 정보 파일(YAML, JSON). 없으면 답변 파일의 profile을 씁니다.",
)
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def diagnose(*, answers_file: Path, profile_file: Path | None, wants_json: bool) -> None:
    """진단표의 답으로 AI 도입 준비 수준과 다음 할 일을 계산합니다."""
    instrument = load_instrument(Settings().corpus)
    given = read_answers(answers_file, instrument)
    profile = (
        read_company(profile_file, instrument)
        if profile_file
        else to_profile(given.profile, instrument, f"답변 파일 {answers_file.name}")
    )
    result = make_diagnosis(instrument, given.answers, profile)
    if wants_json:
        click.echo(json.dumps(as_json(instrument, result), ensure_ascii=False, indent=1))
    else:
        click.echo(show(instrument, result))


def show(instrument: Instrument, result: Diagnosis) -> str:
    """Return the result as plain text for a terminal."""
    names = labels(instrument, result)
    lines = [names["summary"]]
    lines.append(
        f"점수 범위 {result.overall_low}~{result.overall_high}점 · 신뢰도 {result.confidence:.2f}"
        f"({result.confidence_name}) · 답한 비중 {result.coverage:.0%}"
    )
    factory = f"스마트공장 수준(추정) {names['smart_factory']}"
    if result.smart_factory_official:
        factory += f" · 확인서 기준 {result.smart_factory_official}"
    lines += [factory, "", "차원별 점수"]
    lines += [_dimension_row(instrument, result, one.id) for one in instrument.dimensions]
    if result.to_confirm:
        missing = ", ".join(names["dimensions"][one] for one in result.to_confirm)
        lines += ["", f"먼저 확인할 것: {missing}"]
    if result.next_level is not None:
        needed = result.next_level.points_needed
        points = f"{needed}점 더" if needed else "점수는 충분"
        lines += ["", f"L{result.next_level.level}까지: {points}"]
        lines += [f"  - {one}" for one in names["blockers"]]
    if result.contradictions:
        lines += ["", "서로 맞지 않는 답"]
        lines += [f"  - {one}" for one in names["contradictions"].values()]
    titles = {**names["steps"], **names["solutions"]}
    lines += ["", "할 일"]
    for horizon in instrument.horizons:
        chosen = ", ".join(titles[one] for one in result.horizons[horizon.id]) or "없음"
        lines.append(f"  {pad(horizon.name, 10)} {chosen}")
    lines += ["", "해결책(우선순위 순)"]
    for one in result.solutions[:SHOWN_SOLUTIONS]:
        state = names["solution_status"][one.status]
        lines.append(f"  {one.priority:5.1f}  {pad(state, 14)} {names['solutions'][one.id]}")
    if result.remarks:
        lines.append(f"  지킬 것: {', '.join(result.remarks)}")
    if names["next_question"]:
        lines += ["", f"다음 물음: {names['next_question']}"]
    return "\n".join([*lines, "", names["notice"]])


def pad(text: str, columns: int) -> str:
    """Fill up to the width on a terminal, where a Korean letter takes two columns."""
    wide = sum(1 for letter in text if unicodedata.east_asian_width(letter) in "WF")
    return text + " " * max(0, columns - len(text) - wide)


def _dimension_row(instrument: Instrument, result: Diagnosis, dimension_id: str) -> str:
    name = pad(instrument.dimension_by_id[dimension_id].name, 16)
    one = result.dimensions[dimension_id]
    if one.score is None:
        return f"  {name}     -  {'·' * BAR_CELLS}  확인 필요"
    filled = int(one.score / 100 * BAR_CELLS + 0.5)
    bar = "█" * filled + "·" * (BAR_CELLS - filled)
    return f"  {name} {one.score:5.1f}  {bar}{'  추정' if one.estimated else ''}"
