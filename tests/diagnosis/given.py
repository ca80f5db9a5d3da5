"""The shipped instrument and the 18 given cases, and short ways to write answers."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from advisor.corpus.readiness import load_instrument
from advisor.diagnosis.answers import check_answers, to_profile
from advisor.diagnosis.diagnose import diagnose
from advisor.domain.instrument import Grade, Instrument
from advisor.domain.readiness import AnswerStatus, Diagnosis, ItemAnswer

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"


@cache
def the_instrument() -> Instrument:
    return load_instrument(ROOT / "corpus")


@cache
def the_cases() -> dict[str, dict[str, Any]]:
    """Examples and edge cases by id: profile, answers and expected values."""
    text = (DATA / "readiness_cases.yaml").read_text(encoding="utf-8")
    cases = yaml.load(text, Loader=yaml.CSafeLoader)
    return {case["id"]: case for case in [*cases["examples"], *cases["edge_cases"]]}


def answers_of(case_id: str) -> tuple[ItemAnswer, ...]:
    return check_answers(the_cases()[case_id]["answers"], the_instrument(), case_id)


def diagnose_case(case_id: str) -> Diagnosis:
    profile = to_profile(the_cases()[case_id]["profile"], the_instrument(), case_id)
    return diagnose(the_instrument(), answers_of(case_id), profile)


def said(grade: Grade = "say", /, **values: int | None) -> list[ItemAnswer]:
    """Answers by item; None is "do not know"."""
    return [
        ItemAnswer(item, AnswerStatus.UNKNOWN)
        if value is None
        else ItemAnswer(item, AnswerStatus.ANSWERED, value, grade)
        for item, value in values.items()
    ]


def all_at(level: int, grade: Grade = "detail", /, **other: int | None) -> list[ItemAnswer]:
    """Every item at one level, but for the named ones."""
    return said(grade, **{**{item.id: level for item in the_instrument().items}, **other})
