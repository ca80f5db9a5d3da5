"""Files to documents, over real SQLite and Chroma."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from advisor.config import Settings
from advisor.errors import HomeUnavailableError
from advisor.indexing.adding import add_files
from advisor.indexing.build import Index
from advisor.indexing.ingest import IngestResult, copy_of, orders_for
from advisor.stores.jobs import JobStore
from tests.builders import a_corpus, a_faq
from tests.indexing.small_index import small_index

CORPUS = a_corpus(faqs=[a_faq()])
Add = Callable[..., list[IngestResult]]


@pytest.fixture
def index(settings: Settings) -> Iterator[Index]:
    opened = small_index(settings)
    opened.update(CORPUS)
    yield opened
    opened.close()


@pytest.fixture
def add(index: Index) -> Add:
    return lambda *paths: add_files(index, CORPUS, list(paths))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "공고"
    folder.mkdir()
    return folder


def written(path: Path, text: str = "# 안내\n최대 2억 원을 지원합니다.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(index: Index, query: str) -> set[str]:
    return {hit.chunk.source_id for hit in index.search(query).hits}


def test_a_new_file_is_added_with_its_chunks_and_a_copy(index, add, folder):
    result = add(written(folder / "guide.md"))[0]

    assert (result.status.value, result.sections, result.characters) == ("added", 1, 20)
    assert index.ledger.document(result.id).title == "안내"
    assert result.id in found(index, "최대 2억 원")
    copy = copy_of(result.id, index.copies)
    assert copy is not None
    assert copy.read_bytes() == (folder / "guide.md").read_bytes()


def test_the_same_file_again_is_unchanged_and_not_read_again(index, add, folder):
    path = written(folder / "guide.md")
    add(path)
    embedded = index.embedder.embedded

    result = add(path)[0]

    assert result.status.value == "unchanged"
    assert index.embedder.embedded == embedded


def test_a_changed_file_takes_the_place_of_the_old(index, add, folder):
    path = written(folder / "guide.md")
    first = add(path)[0]
    written(path, "# 안내\n최대 3억 원을 지원합니다.")

    second = add(path)[0]

    assert (second.status.value, second.id) == ("changed", first.id)
    assert [one.id for one in index.ledger.documents()] == [first.id]
    texts = [one.text for one in index.ledger.chunks() if one.source_id == first.id]
    assert len(texts) == 1
    assert "3억" in texts[0]


def test_a_bad_file_never_stops_the_rest(add, folder):
    results = add(
        folder / "없는 파일.pdf",
        written(folder / "빈 파일.md", ""),
        written(folder / "깨진.pdf", "%PDF-1.7\n"),
        written(folder / "좋은 파일.md"),
    )

    assert [result.status.value for result in results] == ["rejected"] * 3 + ["added"]
    assert [result.id is None for result in results] == [True] * 3 + [False]
    assert "찾을 수 없거나" in results[0].message
    assert "비어 있는" in results[1].message
    assert "손상" in results[2].message


def test_a_folder_gives_its_files_by_name_without_the_hidden_ones(folder):
    for name in ("b.md", "a.md", "sub/c.md", ".hidden.md", ".git/d.md"):
        written(folder / name)

    orders = orders_for([folder, folder / "a.md"])

    assert [Path(one.place).name for one in orders] == ["a.md", "b.md", "c.md"]


def test_a_full_disk_is_no_fault_of_the_file_and_it_waits(index, add, folder, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("advisor.indexing.ingest.shutil.copyfile", full)

    with pytest.raises(HomeUnavailableError) as caught:
        add(written(folder / "a.md"))

    assert "공간" in caught.value.user_message.text
    assert index.ledger.documents() == []
    assert [one.state.value for one in JobStore(index.engine).open()] == ["waiting"]


def test_hidden_sheets_are_not_found_unless_asked_for_and_it_is_said(index, add, folder):
    book = openpyxl.Workbook()
    book.active.append(["도금 단가표", "공개"])
    hidden = book.create_sheet("원가")
    hidden.append(["비밀 원가율", "33퍼센트"])
    hidden.sheet_state = "hidden"
    path = folder / "단가.xlsx"
    book.save(path)

    result = add(path)[0]

    assert "숨긴 시트 1개(원가)" in result.message
    texts = " ".join(one.text for one in index.ledger.chunks() if one.source_id == result.id)
    assert "도금 단가표" in texts
    assert "비밀 원가율" not in texts

    jobs = JobStore(index.engine)
    jobs.add(orders_for([path], with_hidden=True))
    add()

    texts = " ".join(one.text for one in index.ledger.chunks() if one.source_id == result.id)
    assert "비밀 원가율" in texts
