import errno
from collections.abc import Sequence
from pathlib import Path

import pytest

from advisor.domain.passages import Chunk, Document
from advisor.errors import HomeUnavailableError
from advisor.indexing.ingest import IngestResult, IngestStatus, ingest_paths


class MemoryLedger:
    """Keeps documents in a dictionary, as the real ledger keeps them in tables."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Document, Sequence[Chunk]]] = {}

    def document_digest(self, document_id: str) -> str | None:
        found = self.kept.get(document_id)
        return found[0].digest if found else None

    def put_document(self, document: Document, chunks: Sequence[Chunk]) -> None:
        self.kept[document.id] = (document, chunks)


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "공고"
    folder.mkdir()
    return folder


def written(path: Path, text: str = "# 안내\n최대 2억 원을 지원합니다.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ingested(paths: list[Path], ledger: MemoryLedger) -> list[IngestResult]:
    copies = paths[0].parent.parent / "copies"
    return ingest_paths(paths, ledger=ledger, copies=copies)


def test_a_new_file_is_added_with_its_chunks_and_a_copy(ledger, folder, tmp_path):
    result = ingested([written(folder / "guide.md")], ledger)[0]

    assert (result.status, result.sections, result.characters) == (IngestStatus.ADDED, 1, 20)
    assert result.id is not None
    document, chunks = ledger.kept[result.id]
    assert document.title == "안내"
    assert [chunk.source_id for chunk in chunks] == [result.id]
    copy = tmp_path / "copies" / f"{result.id}.md"
    assert copy.read_bytes() == (folder / "guide.md").read_bytes()


def test_the_same_file_again_is_unchanged_and_not_read_again(ledger, folder):
    path = written(folder / "guide.md")
    ingested([path], ledger)
    before = dict(ledger.kept)

    result = ingested([path], ledger)[0]

    assert result.status is IngestStatus.UNCHANGED
    assert ledger.kept == before


def test_a_changed_file_takes_the_place_of_the_old(ledger, folder):
    path = written(folder / "guide.md")
    first = ingested([path], ledger)[0]
    written(path, "# 안내\n최대 3억 원을 지원합니다.")

    second = ingested([path], ledger)[0]

    assert second.status is IngestStatus.CHANGED
    assert second.id == first.id
    assert list(ledger.kept) == [first.id]
    assert "3억" in ledger.kept[str(first.id)][1][0].text


def test_a_bad_file_never_stops_the_rest(ledger, folder):
    paths = [
        folder / "없는 파일.pdf",
        written(folder / "빈 파일.md", ""),
        written(folder / "깨진.pdf", "%PDF-1.7\n"),
        written(folder / "좋은 파일.md"),
    ]

    results = ingested(paths, ledger)

    assert [result.status.value for result in results] == ["rejected"] * 3 + ["added"]
    assert [result.id is None for result in results] == [True] * 3 + [False]
    assert "찾을 수 없거나" in results[0].message
    assert "비어 있는" in results[1].message
    assert "손상" in results[2].message


def test_a_folder_gives_its_files_by_name_without_the_hidden_ones(ledger, folder):
    for name in ("b.md", "a.md", "sub/c.md", ".hidden.md", ".git/d.md"):
        written(folder / name)

    results = ingested([folder, folder / "a.md"], ledger)

    assert [Path(result.path).name for result in results] == ["a.md", "b.md", "c.md"]


def test_each_result_is_told_as_it_is_there(ledger, folder, tmp_path):
    told: list[str] = []

    ingest_paths(
        [written(folder / "a.md"), written(folder / "b.md")],
        ledger=ledger,
        copies=tmp_path / "copies",
        on_file=lambda result: told.append(result.path),
    )

    assert [Path(path).name for path in told] == ["a.md", "b.md"]


def test_a_full_disk_is_no_fault_of_the_file(ledger, folder, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("advisor.indexing.ingest.shutil.copyfile", full)

    with pytest.raises(HomeUnavailableError) as caught:
        ingest_paths([written(folder / "a.md")], ledger=ledger, copies=tmp_path / "copies")

    assert "공간" in caught.value.user_message.text
    assert ledger.kept == {}
