"""Reads a file in a child process, so that no file can hang, crash or fill the caller."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from advisor.corpus.formats.kinds import Format
from advisor.corpus.formats.reading import Reading
from advisor.corpus.formats.refusals import Refusal, refusal_message
from advisor.errors import BadInputError

LARGEST_BYTES = 50 * 1024**2
TIMEOUT_S = 60.0
MOST_OUTPUT_BYTES = 64 * 1024**2
# One child a core, whoever asks; the others wait for their turn.
_SLOTS = threading.BoundedSemaphore(os.cpu_count() or 1)


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class _Outcome:
    """What the child writes; its output is checked, since a hostile file may have written it."""

    format: Format
    reading: Reading | None = None
    refusal: Refusal | None = None
    detail: str = ""


_OUTCOME: TypeAdapter[_Outcome] = TypeAdapter(_Outcome)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file is and what it reads as."""

    format: Format
    reading: Reading


def read_file(path: Path, *, timeout_s: float = TIMEOUT_S) -> FileRead:
    """Read a file by what it is, within limits of time, memory and output.

    Raises:
        BadInputError: It cannot be read; the message says why and what to do instead.
    """
    outcome = _outcome(path, timeout_s)
    if outcome.reading is None:
        raise BadInputError(
            refusal_message(outcome.refusal or Refusal.BROKEN, outcome.format),
            detail=f"format={outcome.format.name} {outcome.detail}",
        )
    return FileRead(outcome.format, outcome.reading)


def refused(refusal: Refusal, detail: str) -> BadInputError:
    """Return the error for a file that was given up before it was known what it is."""
    return BadInputError(refusal_message(refusal), detail=detail)


def check_size(path: Path) -> None:
    """Refuse a file that is not there or over 50 MB.

    Raises:
        BadInputError: MISSING or TOO_LARGE.
    """
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise refused(Refusal.MISSING, str(error)) from error
    if not path.is_file():
        raise refused(Refusal.MISSING, "not a file")
    if size > LARGEST_BYTES:
        raise refused(Refusal.TOO_LARGE, f"bytes={size}")


def _outcome(path: Path, timeout_s: float) -> _Outcome:
    check_size(path)
    output, code = run_child("advisor.corpus.formats.child", [str(path.resolve())], timeout_s)
    try:
        return _OUTCOME.validate_json(output)
    except ValidationError as error:
        # Killed by its limits, by the machine for want of memory, or a vendor's native crash.
        raise refused(Refusal.TOO_HARD, f"reader ended with {code}") from error


def run_child(module: str, arguments: list[str], timeout_s: float) -> tuple[bytes, int]:
    """Run a module as a child and return its output and exit code.

    The child has an empty environment, a folder of its own and a process group of its own, which
    is killed as a whole when the time is over; the output is cut at its cap.
    """
    with _SLOTS, tempfile.TemporaryDirectory(prefix="advisor-read-") as folder:
        child = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            # One thread each: native libraries otherwise reserve memory for every core.
            env={
                "TMPDIR": folder,
                "OMP_NUM_THREADS": "1",
                "OMP_THREAD_LIMIT": "1",
                "PATH": os.defpath,
            },
            start_new_session=True,
        )
        timer = threading.Timer(timeout_s, _kill, [child])
        timer.start()
        assert child.stdout is not None
        try:
            with child.stdout as stream:
                output = _read_capped(stream)
        finally:
            timer.cancel()
            _kill(child)
            code = child.wait()
    return output, code


def _read_capped(stream: IO[bytes]) -> bytes:
    output = stream.read(MOST_OUTPUT_BYTES + 1)
    # What is over the cap is no valid JSON any more, which the caller notices.
    return output[:MOST_OUTPUT_BYTES]


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
