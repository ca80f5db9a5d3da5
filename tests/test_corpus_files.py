"""Every real corpus file, one test each, the file in the test's name."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.check import check_corpus
from advisor.corpus.load import FOLDERS
from advisor.corpus.problems import Problem

CORPUS = PROJECT_ROOT / "corpus"
FILES = sorted(
    str(path.relative_to(CORPUS)) for folder in FOLDERS for path in (CORPUS / folder).glob("*.yaml")
)


@cache
def problems_by_file() -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for one in check_corpus(CORPUS).problems:
        found[one.file].append(one)
    return found


@pytest.mark.parametrize("file", FILES)
def test_this_file_has_no_problem(file: str) -> None:
    assert problems_by_file().get(file, []) == []


def test_no_other_file_of_the_corpus_has_a_problem() -> None:
    assert set(problems_by_file()) - set(FILES) == set()


def test_file_names_are_ascii() -> None:
    # Hangul file names change form between systems.
    assert [path for path in CORPUS.rglob("*") if not path.name.isascii()] == []


@pytest.mark.parametrize("file", ["README.md"])
def test_the_guide_for_editors_is_there(file: str) -> None:
    assert Path(CORPUS / file).stat().st_size > 1000
