"""Runs a command as the console script does, in this process."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from advisor.assemble import build_advisor
from advisor.cli import main


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def advisor(
    real_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Call `advisor …` on the real corpus; what it opened is closed as at its end."""
    monkeypatch.setenv("ADVISOR_HOME", str(real_home))
    opened = []

    def build(*args, **kwargs):
        opened.append(build_advisor(*args, **kwargs))
        return opened[-1]

    monkeypatch.setattr("advisor.assemble.build_advisor", build)

    def run(*arguments: str, home: Path | None = None) -> Done:
        if home is not None:
            monkeypatch.setenv("ADVISOR_HOME", str(home))
        monkeypatch.setattr(sys, "argv", ["advisor", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        while opened:
            opened.pop().index.close()
        captured = capsys.readouterr()
        return Done(int(ended.value.code or 0), captured.out, captured.err)

    return run
