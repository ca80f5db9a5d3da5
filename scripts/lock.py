"""Write requirements.lock and requirements-dev.lock: every package with its exact version.

pip resolves the dependencies of pyproject.toml as on an empty environment, without installing.
Run with the Python 3.11 of .venv: what a package asks for on 3.11 contains what it asks for on
3.12, and the second resolution below proves that each version has a file for 3.12 as well.
"""

import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HEAD = (
    "# Made by `make lock`; do not edit. Installed without dependencies: this list is complete.\n"
)
BUILD = "setuptools>=77"  # builds the product itself, see pyproject.toml
NEVER_LOCKED = {"mfg-ai-advisor", "pip"}


def main() -> int:
    """Resolve, compare with Python 3.12, write both files."""
    if platform.python_version_tuple()[:2] != ("3", "11"):
        sys.stderr.write("make lock은 Python 3.11 환경에서 실행해 주세요.\n")
        return 2
    runtime = resolve(BUILD, str(ROOT))
    everything = resolve(
        BUILD, f"{ROOT}[dev]", *(f"{name}=={version}" for name, version in runtime.items())
    )
    dev = {name: version for name, version in everything.items() if name not in runtime}
    check_on_312({**runtime, **dev})
    write(ROOT / "requirements.lock", runtime)
    write(ROOT / "requirements-dev.lock", dev)
    sys.stdout.write(f"requirements.lock {len(runtime)}, requirements-dev.lock {len(dev)}\n")
    return 0


def resolve(*requirements: str) -> dict[str, str]:
    """Return name and public version of what pip would install, by name."""
    report = pip_report("--ignore-installed", *requirements)
    found = {
        item["metadata"]["name"].lower().replace("_", "-"): item["metadata"]["version"]
        for item in report["install"]
    }
    # "2.13.0+cpu" names one build; the lock names the version, install.py chooses the build.
    return {
        name: version.partition("+")[0]
        for name, version in sorted(found.items())
        if name not in NEVER_LOCKED
    }


def check_on_312(pins: dict[str, str]) -> None:
    """Fail where a version has no file for Python 3.12; torch is left to install.py."""
    wanted = [f"{name}=={version}" for name, version in pins.items() if name != "torch"]
    options = ["--no-deps", "--python-version", "3.12"]
    pip_report("--ignore-installed", *options, *wanted)


def pip_report(*arguments: str) -> dict[str, Any]:
    """Return pip's report of an installation that is not carried out."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        pip = [sys.executable, "-m", "pip", "install", "--dry-run", "-qq"]
        subprocess.run([*pip, "--report", str(report), *arguments], check=True)
        loaded: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return loaded


def write(path: Path, pins: dict[str, str]) -> None:
    """Write one pin a line, sorted by name."""
    lines = [f"{name}=={version}\n" for name, version in sorted(pins.items())]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
