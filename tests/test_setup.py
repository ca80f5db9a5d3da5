import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement

from advisor.config import PROJECT_ROOT, Settings

PROJECT = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins(name: str) -> dict[str, str]:
    lines = (PROJECT_ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("==", 1) for line in lines if line and not line.startswith("#"))


LOCKED = pins("requirements.lock")
EVERYTHING = {**LOCKED, **pins("requirements-dev.lock")}


@pytest.mark.parametrize("wanted", PROJECT["dependencies"])
def test_what_the_product_needs_is_locked_at_a_version_that_fits(wanted):
    requirement = Requirement(wanted)

    assert LOCKED[requirement.name.lower()] in requirement.specifier


@pytest.mark.parametrize("wanted", PROJECT["optional-dependencies"]["dev"])
def test_what_the_tests_need_is_locked_too(wanted):
    requirement = Requirement(wanted)

    assert EVERYTHING[requirement.name.lower()] in requirement.specifier


def test_no_package_of_a_gpu_is_locked():
    assert [name for name in EVERYTHING if re.match(r"nvidia|cuda|triton", name)] == []


def test_the_example_settings_name_every_setting_and_no_other():
    text = (PROJECT_ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^# (ADVISOR_[A-Z_]+)=", text, flags=re.MULTILINE)

    assert sorted(named) == sorted(f"ADVISOR_{name.upper()}" for name in Settings.model_fields)


def test_the_readme_begins_with_the_two_commands():
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")

    assert readme.index("make run") < readme.index("make test") < 200


def test_a_machine_without_python_gets_one_korean_sentence():
    done = subprocess.run(
        ["/bin/bash", "scripts/find_python.sh"],
        env={"PATH": "/nowhere", "HOME": "/nowhere"},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert "설치한 뒤 다시 실행해 주세요" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_map_in_the_style_guide_names_every_package_and_only_what_exists() -> None:
    tree = (PROJECT_ROOT / "docs/STYLE.md").read_text(encoding="utf-8").split("### 1.2 advisor/")[1]
    tree = tree.split("```")[1]
    packages = set(re.findall(r"^  (?:  )?([a-z]+)/", tree, re.MULTILINE))
    folder = PROJECT_ROOT / "advisor"

    here = {one.parent.name for one in folder.rglob("__init__.py")} - {"advisor"}
    assert packages == here - {"migrations", "versions", "views"}
    names = set(re.findall(r"[a-z_]+\.(?:py|js)", tree))
    assert {name for name in names if not any(folder.rglob(name))} == set()
