"""The process that reads one file: limits first, then the reader, then JSON to standard output.

`python -I -m advisor.corpus.formats.child FILE` is started by `sandbox`. Nothing of the web app,
the stores or the settings is imported here, and vendors only by the one reader that needs them.
"""

import importlib
import json
import logging
import os
import resource
import socket
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from advisor.corpus.formats.caps import capped
from advisor.corpus.formats.kinds import Format, sniff
from advisor.corpus.formats.reading import Reader
from advisor.corpus.formats.refusals import Refusal, RefusedError

MEMORY_BYTES = 1536 * 1024**2
CPU_S = 30
_OPEN_FILES = 64

# Format to the module whose `read` is its Reader.
READERS: dict[Format, str] = {
    Format.PDF: "pdf",
    Format.HWP: "hwp",
    Format.HWPX: "hwpx",
    Format.WORD: "docx",
    Format.POWERPOINT: "pptx",
    Format.EXCEL: "xlsx",
    Format.XLS: "xls",
    Format.CSV: "delimited",
    Format.HTML: "html",
    Format.TEXT: "plain",
}
_NO_READER: dict[Format, Refusal] = {
    Format.EMPTY: Refusal.EMPTY,
    Format.OLD: Refusal.OLD,
    Format.DRM: Refusal.DRM,
    Format.DAMAGED: Refusal.BROKEN,
    Format.ENCRYPTED_OFFICE: Refusal.PASSWORD,
    Format.ARCHIVE: Refusal.ARCHIVE,
    Format.PICTURE: Refusal.PICTURE,
    Format.UNKNOWN: Refusal.UNKNOWN,
}


def main(arguments: Sequence[str]) -> None:
    """Read the file named by the first argument and write the outcome as JSON."""
    limit()
    logging.disable(logging.CRITICAL)
    outcome = outcome_of(Path(arguments[0]))
    # A surrogate from a broken font table has no UTF-8 form.
    text = json.dumps(outcome, ensure_ascii=False).encode("utf-8", errors="replace")
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
    # No clean-up of vendors' threads and native objects: some hang or crash in it.
    os._exit(0)


def limit() -> None:
    """Take memory, processor time, files and the network from this process."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    # Readers are not meant to call anybody; whatever asks for a socket fails at once.
    socket.socket = _NoSocket  # type: ignore[assignment,misc]


class _NoSocket:
    def __init__(self, *_: object, **__: object) -> None:
        raise OSError("no network in the reader")


def outcome_of(path: Path) -> dict[str, Any]:
    """Return `{format, reading}`, or `{format, refusal, detail}` where the file gives no text."""
    found = Format.UNKNOWN
    try:
        found = sniff(path)
        if found in _NO_READER:
            return _refused(found, _NO_READER[found], found.name)
        module = importlib.import_module(f"advisor.corpus.formats.{READERS[found]}")
        reader: Reader = module.read
        reading = capped(reader(path))
    except RefusedError as error:
        return _refused(found, error.refusal, error.detail)
    except (MemoryError, RecursionError) as error:
        return _refused(found, Refusal.TOO_HARD, type(error).__name__)
    except Exception as error:  # noqa: BLE001  a damaged file raises whatever it likes
        return _refused(found, Refusal.BROKEN, f"{type(error).__name__}: {error}")
    return {"format": found.value, "reading": asdict(reading)}


def _refused(found: Format, refusal: Refusal, detail: str) -> dict[str, Any]:
    return {"format": found.value, "refusal": refusal.value, "detail": detail[:300]}


if __name__ == "__main__":
    main(sys.argv[1:])
