"""A profile file to a checked company, for the commands that judge one."""

from datetime import date
from pathlib import Path

import click

from advisor import clock
from advisor.cli.ask import read_profile
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus
from advisor.intake.company import read_company


def company_from(path: Path, corpus: Corpus, today: date) -> Profile:
    """Read a profile file; raises BadInputError that names every field that is wrong."""
    return read_company(read_profile(path), corpus.vocabulary, today)


def day_from(text: str | None) -> date:
    """Read `--today`; the present day in Asia/Seoul where it was not given."""
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError as error:
        raise click.UsageError("--today는 2026-11-24처럼 적어 주세요.") from error
