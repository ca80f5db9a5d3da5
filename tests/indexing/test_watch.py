"""A watched folder, one look at a time."""

from pathlib import Path

import pytest

from advisor.corpus.documents import document_id, file_digest
from advisor.indexing.watch import FolderWatch


class MemoryLedger:
    """Knows documents by path, as the ledger does."""

    def __init__(self):
        self.kept: dict[str, tuple[str, str]] = {}

    def document_digest(self, document_id):
        found = self.kept.get(document_id)
        return found[1] if found else None

    def document_paths(self):
        return {one: path for one, (path, _) in self.kept.items()}

    def take(self, orders):
        """Carry orders out; return what they were."""
        done = []
        for one in orders:
            done.append((one.action.value, Path(one.name).name))
            if one.action.value == "remove":
                del self.kept[one.document_id]
            else:
                self.kept[one.document_id] = (one.name, file_digest(Path(one.place)))
        return done


@pytest.fixture
def ledger():
    return MemoryLedger()


@pytest.fixture
def watch(tmp_path, ledger):
    return FolderWatch(tmp_path / "공고", ledger)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "공고").mkdir()
    return tmp_path / "공고"


def test_a_file_is_taken_once_it_no_longer_grows(folder, watch, ledger):
    path = folder / "a.md"
    path.write_text("처음", encoding="utf-8")
    assert watch.poll() == []
    path.write_text("처음과 나머지", encoding="utf-8")
    assert watch.poll() == []

    assert ledger.take(watch.poll()) == [("add", "a.md")]
    assert watch.poll() == []


def test_a_changed_a_moved_and_a_deleted_file_are_followed(folder, watch, ledger):
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(name, encoding="utf-8")
    watch.poll()
    ledger.take(watch.poll())

    (folder / "a.md").write_text("바뀜", encoding="utf-8")
    (folder / "b.md").rename(folder / "d.md")
    (folder / "c.md").unlink()
    watch.poll()

    assert sorted(ledger.take(watch.poll())) == [
        ("add", "a.md"), ("add", "d.md"), ("remove", "b.md"), ("remove", "c.md"),
    ]  # fmt: skip
    assert watch.poll() == []


def test_a_folder_that_is_away_takes_no_document_out(folder, watch, ledger):
    path = folder / "a.md"
    path.write_text("글", encoding="utf-8")
    watch.poll()
    ledger.take(watch.poll())
    folder.rename(folder.with_name("없음"))

    assert [watch.poll() for _ in range(3)] == [[], [], []]
    assert list(ledger.kept) == [document_id(path)]


def test_what_is_known_already_is_not_read_again_after_a_restart(folder, watch, ledger):
    (folder / "a.md").write_text("글", encoding="utf-8")
    watch.poll()
    ledger.take(watch.poll())

    again = FolderWatch(folder, ledger)

    assert [again.poll() for _ in range(3)] == [[], [], []]


def test_half_a_download_and_an_open_office_file_are_left_alone(folder, watch):
    for name in ("a.pdf.crdownload", "~$b.docx", ".c.md", "d.part"):
        (folder / name).write_text("글", encoding="utf-8")

    assert [watch.poll() for _ in range(3)] == [[], [], []]
