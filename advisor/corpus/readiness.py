"""`corpus/readiness/**` to an Instrument; every problem is gathered before anything is raised.

The rules stand in `instrument.yaml` and `plan.yaml`, each dimension in its own folder
(`dimension.yaml` and one file an item), the solutions in `solutions/`.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from advisor.corpus.problems import CorpusProblemsError, Problem
from advisor.corpus.readiness_check import check_consistency
from advisor.corpus.readiness_english import check_english
from advisor.corpus.readiness_files import (
    CUES_FOLDER,
    DIMENSION_FILE,
    ENGLISH_FOLDER,
    FOLDER,
    PLAN_FILE,
    REASONS,
    RULES_FILE,
    SAYINGS_FOLDER,
    SHAPE,
    SOLUTIONS_FOLDER,
    read_mapping,
)
from advisor.corpus.readiness_talk import check_talk
from advisor.domain.instrument import Instrument


def load_instrument(corpus_folder: Path) -> Instrument:
    """Read the instrument of a corpus.

    Args:
        corpus_folder: The folder that holds `readiness/`.

    Raises:
        CorpusProblemsError: With every problem of every file.
    """
    instrument, problems = _read(corpus_folder)
    if instrument is None or problems:
        raise CorpusProblemsError(problems)
    return instrument


def check_instrument(corpus_folder: Path) -> list[Problem]:
    """Return every problem of the instrument's, the cues' and the sayings' files, by file; none if sound."""
    instrument, problems = _read(corpus_folder)
    if instrument is not None:
        problems = [
            *problems,
            *check_talk(corpus_folder, instrument),
            *check_english(corpus_folder, instrument),
        ]
    return sorted(problems)


def _read(corpus_folder: Path) -> tuple[Instrument | None, list[Problem]]:
    folder = corpus_folder / FOLDER
    problems: list[Problem] = []
    rules = read_mapping(folder / RULES_FILE, corpus_folder, problems)
    plan = read_mapping(folder / PLAN_FILE, corpus_folder, problems)
    order = rules.get("dimensions")
    if not isinstance(order, list) or not all(isinstance(one, str) for one in order):
        if rules:
            problems.append(
                Problem(
                    f"{FOLDER}/{RULES_FILE}",
                    "dimensions",
                    "차원 id의 목록이 아닙니다",
                    "차원 폴더의 이름을 순서대로 적어 주세요.",
                )
            )
        order = []
    dimensions, items = _read_dimensions(folder, corpus_folder, order, problems)
    solutions = [
        read_mapping(path, corpus_folder, problems)
        for path in sorted((folder / SOLUTIONS_FOLDER).glob("*.yaml"))
    ]
    if any(not part for part in (rules, plan, *dimensions, *items, *solutions)):
        return None, problems
    whole: dict[str, Any] = {
        **rules,
        **plan,
        "dimensions": dimensions,
        "items": items,
        "solutions": solutions,
    }
    try:
        instrument = Instrument.model_validate(whole)
    except ValidationError as error:
        return None, problems + list(_bad_fields(error, whole))
    problems += check_consistency(instrument)
    return instrument, problems


def _read_dimensions(
    folder: Path, corpus_folder: Path, order: Iterable[str], problems: list[Problem]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dimensions = []
    items = []
    known = list(order)
    for dimension_id in known:
        path = folder / dimension_id / DIMENSION_FILE
        dimension = read_mapping(path, corpus_folder, problems)
        _expect_name(dimension, path.parent.name, path, corpus_folder, problems)
        dimensions.append(dimension)
        for item_path in sorted((folder / dimension_id).glob("*.yaml")):
            if item_path.name == DIMENSION_FILE:
                continue
            item = read_mapping(item_path, corpus_folder, problems)
            _expect_name(item, item_path.stem, item_path, corpus_folder, problems)
            items.append(item)
    for path in sorted(folder.glob("*/")):
        if path.is_dir() and path.name not in (
            *known,
            SOLUTIONS_FOLDER,
            CUES_FOLDER,
            SAYINGS_FOLDER,
            ENGLISH_FOLDER,
        ):
            problems.append(
                Problem(
                    f"{FOLDER}/{path.name}",
                    "-",
                    "진단표가 모르는 폴더입니다",
                    f"{RULES_FILE}의 dimensions에 더하거나 폴더를 옮겨 주세요.",
                )
            )
    return dimensions, items


def _expect_name(
    content: Mapping[str, Any],
    name: str,
    path: Path,
    corpus_folder: Path,
    problems: list[Problem],
) -> None:
    if content and content.get("id") != name:
        problems.append(
            Problem(
                path.relative_to(corpus_folder).as_posix(),
                "id",
                f"id '{content.get('id')}'이(가) 자리의 이름 '{name}'과(와) 다릅니다",
                "id나 파일·폴더의 이름을 고쳐 주세요.",
            )
        )


def _bad_fields(error: ValidationError, whole: Mapping[str, Any]) -> Iterator[Problem]:
    """Tell each error of the assembled instrument by the file that the value came from."""
    plan_keys = {"pains", "cost_bands", "fin1_capacity_krw", "solution_status", "priority_rule"}
    plan_keys |= {"horizons", "horizon_rule", "filters"}
    for one in error.errors():
        loc = one["loc"]
        top, rest = str(loc[0]), loc[1:]
        where = PLAN_FILE if top in plan_keys else RULES_FILE
        if top in ("dimensions", "items", "solutions") and rest and isinstance(rest[0], int):
            part = whole[top][rest[0]]
            where = {
                "dimensions": f"{part.get('id')}/{DIMENSION_FILE}",
                "items": f"{part.get('dimension')}/{part.get('id')}.yaml",
                "solutions": f"{SOLUTIONS_FOLDER}/{part.get('id')}.yaml",
            }[top]
            loc = rest[1:]
        reason, fix = REASONS.get(one["type"], SHAPE)
        given = one.get("input")
        shown = (
            f": {given}"
            if isinstance(given, str | int | float) and one["type"] != "missing"
            else ""
        )
        field = ".".join(str(part) for part in loc) or "-"
        yield Problem(f"{FOLDER}/{where}", field, f"{reason}{shown}", fix)
