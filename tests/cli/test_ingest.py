"""`advisor ingest` without a server: added, listed, taken out."""

import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def home(pristine_home: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "home"
    shutil.copytree(pristine_home, copy)
    return copy


# The contract's result of one file.
RESULT = {"path", "id", "status", "pages", "sections", "tables", "characters", "seconds", "message"}


def test_files_are_added_listed_found_and_taken_out_again(advisor, home, tmp_path):
    good, bad = tmp_path / "안내.md", tmp_path / "빈.md"
    good.write_text(
        "# 하늘시 도금액 재생 시범사업\n도금액을 재생하는 설비를 지원합니다.", encoding="utf-8"
    )
    bad.write_text("", encoding="utf-8")

    done = advisor("ingest", str(good), str(bad), "--json", home=home)

    added, rejected = json.loads(done.out)
    assert done.code == 0
    assert set(added) == RESULT
    assert (added["status"], added["path"], added["characters"]) == ("added", str(good), 38)
    assert (rejected["status"], rejected["id"]) == ("rejected", None)
    hits = json.loads(advisor("search", "하늘시 도금액 재생 시범사업", "--json").out)
    assert added["id"] in [one["record_id"] for one in hits]

    listed = json.loads(advisor("ingest", "--list", "--json").out)
    assert [one["id"] for one in listed] == [added["id"]]
    removed = advisor("ingest", "--remove", added["id"], "--json")
    assert [one["status"] for one in json.loads(removed.out)] == ["removed"]
    hits = json.loads(advisor("search", "하늘시 도금액 재생 시범사업", "--json").out)
    assert added["id"] not in [one["record_id"] for one in hits]


def test_an_unknown_document_is_one_sentence_with_the_way_to_find_it(advisor, home):
    done = advisor("ingest", "--remove", "none", home=home)

    assert done.code == 2
    assert "advisor ingest --list" in done.err
    assert done.err.count("\n") == 1
