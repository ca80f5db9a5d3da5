"""`corpus/readiness/english/` to English words; a gap is a problem for editors, never a failure."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from advisor.corpus.problems import CorpusProblemsError, Problem
from advisor.corpus.readiness_files import ENGLISH_FOLDER, FOLDER, REASONS, SHAPE, read_mapping
from advisor.domain.instrument import Instrument
from advisor.domain.readiness_english import English

RULES, SOLUTIONS = "rules.yaml", "solutions.yaml"


def load_english(corpus_folder: Path, instrument: Instrument) -> English:
    """Read the English words of an instrument.

    Raises:
        CorpusProblemsError: A file is missing or has a wrong shape.
    """
    words, problems = _read(corpus_folder, instrument)
    if words is None:
        raise CorpusProblemsError(problems)
    return words


def check_english(corpus_folder: Path, instrument: Instrument) -> list[Problem]:
    """Return every problem of the English files, ids without English words among them."""
    words, problems = _read(corpus_folder, instrument)
    if words is None:
        return problems
    where = f"{FOLDER}/{ENGLISH_FOLDER}"
    return problems + [
        Problem(where, one, "영어 낱말이 없습니다", "같은 id로 영어 이름과 문장을 적어 주세요.")
        for one in words.gaps(instrument)
    ]


def _read(corpus_folder: Path, instrument: Instrument) -> tuple[English | None, list[Problem]]:
    folder = corpus_folder / FOLDER / ENGLISH_FOLDER
    problems: list[Problem] = []

    def part(name: str) -> dict[str, Any]:
        return read_mapping(folder / name, corpus_folder, problems)

    whole = {
        "rules": part(RULES),
        "dimensions": {one.id: part(f"{one.id}.yaml") for one in instrument.dimensions},
        "solutions": part(SOLUTIONS),
    }
    if problems:
        return None, problems
    try:
        return English.model_validate(whole), problems
    except ValidationError as error:
        for one in error.errors():
            field = ".".join(str(step) for step in one["loc"])
            reason, fix = REASONS.get(one["type"], SHAPE)
            problems.append(Problem(f"{FOLDER}/{ENGLISH_FOLDER}", field, reason, fix))
        return None, problems
