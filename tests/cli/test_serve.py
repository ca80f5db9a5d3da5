"""`advisor serve` where it cannot: one sentence, exit 2, and nothing left behind."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.cli.serve import address, listen
from advisor.config import PROJECT_ROOT
from advisor.stores.home import Home


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "ADVISOR_HOME": str(home)},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", [["-m", "advisor", "serve"], ["app.py"]])
def test_a_taken_port_is_one_sentence_with_another_port(tmp_path: Path, command: list[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = run(*command, "--port", str(port), home=tmp_path / "home")

    assert done.returncode == 2
    assert done.stderr.startswith(f"포트 {port}을(를) 이미 다른 프로그램이 쓰고 있습니다.")
    assert done.stderr.count("\n") == 1
    assert "--port" in done.stderr


def test_a_home_in_use_is_refused(tmp_path: Path) -> None:
    with Home(tmp_path / "home").lock():
        done = run("-m", "advisor", "serve", "--port", "0", home=tmp_path / "home")

    assert done.returncode == 2
    assert "같은 데이터 폴더(ADVISOR_HOME)" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    done = run("-m", "advisor", "serve", "--host", "192.0.2.1", home=tmp_path / "home")

    assert done.returncode == 2
    assert "192.0.2.1" in done.stderr


def test_the_printed_address_can_be_typed_into_a_browser() -> None:
    listener = listen("0.0.0.0", 0)
    try:
        assert address(listener, "0.0.0.0") == f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()
