"""Hostile and damaged files: each ends in a text or a sentence, and the caller stays up."""

import importlib.util
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from advisor.corpus.documents import read_document
from advisor.corpus.formats import sandbox
from advisor.corpus.formats.sandbox import run_child
from advisor.errors import BadInputError
from benchmarks.documents import damage_faults, hostile_faults, outcome_of, run_damage

SHARED = Path(__file__).resolve().parents[3] / "shared" / "fixtures"
MAKER = SHARED / "make_hostile_files.py"
# Enough for a bomb of blanks to pass the caps, and quick to make; a bomb of real paragraphs grows
# to a part of it only and is small then: `python -m benchmarks.documents hostile` runs it whole.
EXPAND_MIB = 72
GROWN_IN_PART = ("bomb_paragraphs", "bomb_rows", "bomb_records")
HOLD = "import time\nprint('x', flush=True)\ntime.sleep(60)\n"


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not MAKER.exists(), reason="the shared fixtures are not beside the checkout")
@pytest.mark.timeout(600)
def test_every_hostile_file_ends_in_its_named_state(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["make", str(tmp_path), "--expand-mib", str(EXPAND_MIB)])
    loaded(MAKER).main()
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    names = [one["file"] for one in manifest["files"]]
    whole = [name for name in names if not any(part in name for part in GROWN_IN_PART)]

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(outcome_of, [tmp_path / name for name in whole]))

    assert len(outcomes) == 77
    assert list(hostile_faults(tmp_path, outcomes)) == []
    assert all(one.text or one.refusal.endswith("주세요.") for one in outcomes)


@pytest.mark.skipif(not MAKER.exists(), reason="the shared fixtures are not beside the checkout")
def test_flipped_and_cut_files_end_in_a_text_or_a_sentence():
    outcomes = run_damage(SHARED / "documents", 38, seed=7)

    assert list(damage_faults(outcomes)) == []


def test_a_reader_that_hangs_is_killed_with_all_it_started(tmp_path, monkeypatch):
    (tmp_path / "hang.py").write_text(HOLD, encoding="utf-8")
    started = time.perf_counter()

    output, code = run_child("timeit", ["-n", "1", "-r", "1", HOLD.replace("\n", ";")], 0.5)

    assert code == -9
    assert time.perf_counter() - started < 50  # it would sleep for 60
    assert b"reading" not in output


def test_output_beyond_the_cap_is_no_text(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("가나다라 " * 1000, encoding="utf-8")
    monkeypatch.setattr(sandbox, "MOST_OUTPUT_BYTES", 100)

    with pytest.raises(BadInputError) as caught:
        read_document(path)

    assert "나누어" in caught.value.user_message.next_step


def test_a_neighbour_is_read_while_a_hostile_file_is(tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<div>" * 4900 + "글", encoding="utf-8")
    good = tmp_path / "good.md"
    good.write_text("# 안내\n지원합니다.", encoding="utf-8")
    outcomes = []
    threads = [
        threading.Thread(target=lambda path=path: outcomes.append(outcome_of(path)))
        for path in (bad, good, bad, good)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [one.text for one in outcomes if one.name == "good.md"] == ["# 안내\n지원합니다."] * 2
    assert all(not one.failure for one in outcomes)


def test_the_child_reaches_no_network_and_writes_no_file(tmp_path):
    probe = (
        "from advisor.corpus.formats import child; child.limit(); import socket\n"
        "try: socket.socket(); print('socket')\nexcept OSError: print('no socket')\n"
        "try: open('x','wb',0).write(b'x'); print('file')\nexcept OSError: print('no file')\n"
    )

    output, _ = run_child("timeit", ["-n", "1", "-r", "1", *probe.splitlines()], 20)

    assert output.split(b"\n")[:2] == [b"no socket", b"no file"]
