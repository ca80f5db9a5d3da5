"""What owners say, from `corpus/readiness/cues` and `corpus/readiness/sayings`."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from advisor.corpus.problems import CorpusProblemsError, Problem
from advisor.corpus.readiness_files import (
    CUE_WORDS_FILE,
    CUES_FOLDER,
    FOLDER,
    REASONS,
    SAID_FILE,
    SAYINGS_FOLDER,
    SHAPE,
    read_mapping,
)
from advisor.domain.cues import Cue, CueRow, Cues
from advisor.domain.instrument import Instrument, Signal

# The patterns of `Cues` that do not belong to an item.
ANSWER_KINDS = (
    "dont_know",
    "ask_others",
    "not_applicable",
    "question",
    "hedged",
    "system_name",
    "person",
    "counted",
)
# `{auto}` in a cue stands for a group of words; `{0,8}` stays a repetition.
_WORD_NAME = re.compile(r"\{([a-z_]+)\}")


def load_cues(corpus_folder: Path, instrument: Instrument) -> Cues:
    """Read what owners say for each item and level.

    Args:
        corpus_folder: The folder that holds `readiness/cues/`.
        instrument: The version that the cues must fit.

    Raises:
        CorpusProblemsError: With every problem of every file.
    """
    cues, problems = _read_cues(corpus_folder, instrument)
    if cues is None:
        raise CorpusProblemsError(problems)
    return cues


def load_sayings(corpus_folder: Path, instrument: Instrument) -> dict[str, tuple[Signal, ...]]:
    """Read the example sayings by item, each with the level it stands for.

    Args:
        corpus_folder: The folder that holds `readiness/sayings/`.
        instrument: The version that the sayings must fit.

    Raises:
        CorpusProblemsError: With every problem of every file.
    """
    sayings, problems = _read_sayings(corpus_folder, instrument)
    if problems:
        raise CorpusProblemsError(problems)
    return sayings


def check_talk(corpus_folder: Path, instrument: Instrument) -> list[Problem]:
    """Return every problem of the cues and the sayings; none if sound."""
    return [
        *_read_cues(corpus_folder, instrument)[1],
        *_read_sayings(corpus_folder, instrument)[1],
        *_read_said(corpus_folder, instrument)[1],
    ]


def _read_sayings(
    corpus_folder: Path, instrument: Instrument
) -> tuple[dict[str, tuple[Signal, ...]], list[Problem]]:
    problems: list[Problem] = []
    sayings: dict[str, tuple[Signal, ...]] = {}
    for dimension in instrument.dimensions:
        path = corpus_folder / FOLDER / SAYINGS_FOLDER / f"{dimension.id}.yaml"
        where = path.relative_to(corpus_folder).as_posix()
        for item_id, by_level in read_mapping(path, corpus_folder, problems).items():
            known = instrument.item_by_id.get(item_id)
            is_sound = (
                known is not None
                and known.dimension == dimension.id
                and isinstance(by_level, dict)
                and set(by_level) == {anchor.value for anchor in known.anchors}
                and all(
                    isinstance(texts, list) and all(isinstance(one, str) for one in texts)
                    for texts in by_level.values()
                )
            )
            if not is_sound:
                problems.append(
                    Problem(
                        where,
                        str(item_id),
                        "이 차원의 문항과 수준별 말의 목록이 아닙니다",
                        "문항 id 아래에 수준 0~4를 적고, 수준마다 말을 한 줄에 하나씩 적어 주세요.",
                    )
                )
                continue
            sayings[item_id] = tuple(
                Signal(say=text, value=level) for level, texts in by_level.items() for text in texts
            )
    return sayings, problems


def _read_cues(corpus_folder: Path, instrument: Instrument) -> tuple[Cues | None, list[Problem]]:
    folder = corpus_folder / FOLDER / CUES_FOLDER
    problems: list[Problem] = []
    words = read_mapping(folder / CUE_WORDS_FILE, corpus_folder, problems)
    cues: dict[str, tuple[Cue, ...]] = {}
    kinds: dict[str, re.Pattern[str]] = {}
    for name in ANSWER_KINDS:
        try:
            kinds[name] = _compile((words[name],), words)[0]
        except (re.error, KeyError, TypeError) as error:
            problems.append(
                Problem(
                    f"{FOLDER}/{CUES_FOLDER}/{CUE_WORDS_FILE}",
                    name,
                    f"없거나 정규식이 틀렸습니다({error})",
                    "괄호의 짝과 이름을 확인해 주세요.",
                )
            )
    for dimension in instrument.dimensions:
        path = folder / f"{dimension.id}.yaml"
        where = path.relative_to(corpus_folder).as_posix()
        content = read_mapping(path, corpus_folder, problems)
        for item_id, rows in content.items():
            known = instrument.item_by_id.get(item_id)
            if known is None or known.dimension != dimension.id or not isinstance(rows, list):
                problems.append(
                    Problem(
                        where,
                        str(item_id),
                        "이 차원의 문항과 실마리 목록이 아닙니다",
                        "문항 id 아래에 level과 any를 적은 목록을 적어 주세요.",
                    )
                )
                continue
            cues[item_id] = tuple(
                cue
                for number, row in enumerate(rows)
                if (cue := _read_cue(row, words, where, f"{item_id}.{number}", problems))
            )
    if problems:
        return None, problems
    return Cues(items=cues, **kinds), []


def _read_cue(
    row: object, words: Mapping[str, Any], where: str, field: str, problems: list[Problem]
) -> Cue | None:
    try:
        written = CueRow.model_validate(row)
        return Cue(
            level=written.level,
            any_of=_compile(written.any, words),
            also=_compile(written.also, words),
            unless=_compile(written.unless, words),
        )
    except ValidationError as error:
        first = error.errors()[0]
        reason, fix = REASONS.get(first["type"], SHAPE)
        inner = ".".join(str(part) for part in first["loc"])
        problems.append(Problem(where, f"{field}.{inner}", reason, fix))
    except (re.error, KeyError, TypeError) as error:
        problems.append(
            Problem(
                where,
                field,
                f"정규식이나 묶음 이름이 틀렸습니다({error})",
                f"괄호의 짝과 {CUE_WORDS_FILE}의 이름을 확인해 주세요.",
            )
        )
    return None


def _compile(patterns: Iterable[str], words: Mapping[str, Any]) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(_WORD_NAME.sub(lambda name: f"(?:{words[name[1]]})", pattern))
        for pattern in patterns
    )


def load_said(corpus_folder: Path, instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """Read what each level of an item is called towards an owner, by item, lowest first.

    Raises:
        CorpusProblemsError: With every problem of the file.
    """
    said, problems = _read_said(corpus_folder, instrument)
    if problems:
        raise CorpusProblemsError(problems)
    return said


def _read_said(
    corpus_folder: Path, instrument: Instrument
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    problems: list[Problem] = []
    path = corpus_folder / FOLDER / SAID_FILE
    content = read_mapping(path, corpus_folder, problems)
    for item in instrument.items:
        texts = content.get(item.id)
        is_sound = (
            isinstance(texts, list)
            and len(texts) == len(item.anchors)
            and all(isinstance(one, str) and one.endswith("다") for one in texts)
        )
        if content and not is_sound:
            problems.append(
                Problem(
                    f"{FOLDER}/{SAID_FILE}",
                    item.id,
                    "수준마다 하나씩, '-다'로 끝나는 말이 아닙니다",
                    "수준 0부터 차례로 짧은 말을 다섯 개 적어 주세요.",
                )
            )
    return {} if problems else {key: tuple(texts) for key, texts in content.items()}, problems
