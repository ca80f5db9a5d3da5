"""Install the pinned packages into the environment that runs this file.

Started by install.sh with the Python of .venv; uses the standard library alone. What is installed
is remembered by a digest of the lock files, so that a second run ends at once.
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LABELS = {"runtime": "실행에 필요한", "dev": "검사에 필요한"}
BUILDS_ITSELF = ("torch",)  # installed by its own step, see install_torch


class InstallError(Exception):
    """Ends the installation with a Korean sentence and the next step."""


def main() -> int:
    """Install what is missing; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    dev: bool = parser.parse_args().dev
    try:
        once("runtime", [LOCK, ROOT / "pyproject.toml"], install_runtime)
        if dev:
            once("dev", [DEV_LOCK], lambda: pip_install("--no-deps", "-r", str(DEV_LOCK)))
            install_browser()
            install_database()
    except InstallError as error:
        say(str(error), stream=sys.stderr)
        return 2
    return 0


def once(name: str, sources: list[Path], install: Callable[[], None]) -> None:
    """Run `install` unless it has succeeded in this environment for these sources before."""
    digest = hashlib.sha256(platform.python_version().encode())
    for source in [*sources, Path(__file__)]:
        digest.update(source.read_bytes())
    stamp = Path(sys.prefix) / f".installed-{name}"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest.hexdigest():
        return
    say(f"{LABELS[name]} 패키지를 설치합니다. 처음에는 몇 분 걸립니다.")
    install()
    stamp.write_text(digest.hexdigest(), encoding="utf-8")


def install_runtime() -> None:
    """Install the locked packages, torch in a CPU build, and the product itself."""
    pins = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if pinned_name(line)]
    torch = next(line for line in pins if pinned_name(line) == "torch")
    rest = [line for line in pins if pinned_name(line) not in BUILDS_ITSELF]
    # The lock is complete, so no package may bring another one along: --no-deps is what keeps
    # sentence-transformers from pulling torch with several GB of CUDA packages.
    say(f"  1/3 공통 패키지 {len(rest)}개")
    pip_install("--no-deps", *rest)
    say("  2/3 torch (CPU용)")
    install_torch(torch)
    say("  3/3 제조AI 길잡이")
    pip_install("--no-deps", "--no-build-isolation", "-e", str(ROOT))


def install_torch(pin: str) -> None:
    """Install torch as a CPU build, or leave it out and say so.

    On Linux the registry's build of torch is the CUDA one; a CPU build carries the local version
    "+cpu" and comes from a wheel folder or an index that pip is configured with. Elsewhere the
    registry's build is a CPU build. torch serves only an embedding model or reranker chosen by
    setting, so without it the product works with its own embedding engine.
    """
    version = pin.partition("==")[2].split(";")[0].strip()
    wanted = [f"torch=={version}+cpu"]
    if platform.system() != "Linux":
        wanted.append(f"torch=={version}")
    for requirement in wanted:
        done = pip("install", "--no-deps", requirement)
        if done.returncode == 0:
            return
        # Only "there is no such build" is an answer; a full disk or a lost network is a failure.
        if "No matching distribution" not in done.stderr:
            raise failed(done)
    say(
        f"이 환경(Python {platform.python_version()})에 맞는 CPU용 torch {version}을 찾지 못해 "
        "설치하지 않았습니다. 기본 검색 엔진은 그대로 동작합니다. sentence-transformers 모델을 "
        "쓰시려면 CPU용 torch가 있는 저장소를 pip 설정에 더한 뒤 .venv를 지우고 다시 실행해 주세요."
    )


def install_browser() -> None:
    """Install Chromium and a Korean font for the browser tests, where they are missing."""
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    if not has_korean_font():
        missing.append("fonts-noto-cjk")
    apt_install(missing, "브라우저 검사")


def install_database() -> None:
    """Install PostgreSQL for the tests that run on both databases, where it is missing.

    Only its programs are used: the tests start a server of their own in a temporary folder.
    """
    if not has_postgres():
        apt_install(["postgresql"], "데이터베이스 검사")


def has_postgres() -> bool:
    """Return whether a server can be started here; Debian keeps its programs off the PATH."""
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def apt_install(missing: list[str], purpose: str) -> None:
    """Install system packages for the tests of a purpose; in CI it must succeed."""
    if not missing:
        return
    names = " ".join(missing)
    advice = (
        f"{purpose}에 필요한 {names} 패키지를 설치하지 못했습니다. "
        f"직접 설치한 뒤 다시 실행해 주세요: sudo apt-get install {names}"
    )
    prefix = [] if is_root() else ["sudo", "-n"]
    if not shutil.which("apt-get") or (prefix and not shutil.which("sudo")):
        stop_or_go_on(advice, purpose)
        return
    say(f"{purpose}에 필요한 패키지를 설치합니다: {names}")
    options = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    update = [*prefix, "apt-get", "update", *options]
    install = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y"]
    # A stale list of packages names files that are gone; an update that fails may still do.
    run(update, show_failure=False)
    if not run([*install, "--no-install-recommends", *options, *missing], show_failure=True):
        stop_or_go_on(advice, purpose)


def stop_or_go_on(advice: str, purpose: str) -> None:
    """End the run in CI, where nobody reads a warning; elsewhere those tests skip."""
    if os.environ.get("CI"):
        raise InstallError(advice)
    say(f"{advice} {purpose}는 건너뜁니다.", stream=sys.stderr)


def has_korean_font() -> bool:
    """Return whether fontconfig knows a font with Hangul; true where there is no fontconfig."""
    fontconfig = shutil.which("fc-list")
    if fontconfig is None:
        return platform.system() != "Linux"
    command = [fontconfig, ":lang=ko", "family"]
    found = subprocess.run(command, capture_output=True, check=False)
    return bool(found.stdout.strip())


def is_root() -> bool:
    """Return whether this process may install system packages without sudo."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def pip_install(*arguments: str) -> None:
    """Install with pip; its own words are shown only when it fails.

    Raises:
        InstallError: pip failed.
    """
    done = pip("install", *arguments)
    if done.returncode != 0:
        raise failed(done)


def failed(done: subprocess.CompletedProcess[str]) -> InstallError:
    """Show what a failed pip wrote and return the error to raise."""
    say(done.stderr, stream=sys.stderr)
    return InstallError(
        "패키지를 설치하지 못했습니다. 인터넷 연결과 디스크 여유 공간(약 4GB)을 확인한 뒤 "
        "같은 명령을 다시 실행해 주세요. 자세한 까닭은 바로 위에 나온 기록에 있습니다."
    )


def pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pip without questions; the result holds its output."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    return subprocess.run(
        [*command, *arguments, "--quiet", "--progress-bar", "off"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def run(command: list[str], *, show_failure: bool) -> bool:
    """Run a command without standard input, its output unseen; return whether it succeeded."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if show_failure and done.returncode != 0:
        say(f"{done.stdout}{done.stderr}", stream=sys.stderr)
    return done.returncode == 0


def pinned_name(line: str) -> str:
    """Return the package that a line of a lock file pins, "" for a comment or blank line."""
    found = re.match(r"([A-Za-z0-9._-]+)==", line)
    return found.group(1).lower().replace("_", "-") if found else ""


def say(text: str, *, stream: TextIO | None = None) -> None:
    """Print a sentence at once, also into a pipe."""
    print(text, file=stream or sys.stdout, flush=True)


if __name__ == "__main__":
    sys.exit(main())
