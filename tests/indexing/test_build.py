"""The index over real Chroma and SQLite, with an embedder whose work is counted."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from advisor.config import PROJECT_ROOT, Settings
from advisor.errors import IndexUnavailableError
from advisor.indexing.adding import add_files
from advisor.indexing.build import IN_USE, Index, open_index
from advisor.stores.manifest import read_manifest
from advisor.stores.vector_store import check_in_child
from tests.builders import a_corpus, a_faq, a_program, a_solution
from tests.indexing.small_index import small_index

LOAN = a_program(id="loan-2026", name="설비 융자 지원")
VISION = a_solution(id="sol-vision", name="카메라 비전 검사")
CORPUS = a_corpus(programs=[LOAN], solutions=[VISION], faqs=[a_faq()])


@pytest.fixture
def opened(settings: Settings) -> Iterator[Callable[..., Index]]:
    """Open the index of one home; whatever is open is closed at the end."""
    indexes: list[Index] = []

    def open_(model_id: str = "pairs-1") -> Index:
        index = small_index(settings, model_id)
        indexes.append(index)
        return index

    yield open_
    for index in indexes:
        index.close()


def embedded(index):
    """How many texts the embedder of an index was given."""
    return index._embedder.embedded


def manifest_of(settings):
    """The manifest of the home's index, which is there."""
    manifest = read_manifest(settings.home / "index")
    assert manifest is not None
    return manifest


def found(index: Index, query: str) -> str:
    return index.search(query).hits[0].chunk.source_id


def test_only_what_changed_is_embedded_again(opened):
    index = opened()
    first = index.update(CORPUS)
    before = embedded(index)
    changed = LOAN.model_copy(update={"purpose": "낡은 용접기를 바꾼다."})

    second = index.update(a_corpus(programs=[changed], solutions=[VISION]))

    assert (first.added, first.changed, first.removed, first.rebuilt) == (3, 0, 0, True)
    assert (second.added, second.changed, second.removed, second.unchanged) == (0, 1, 1, 1)
    assert embedded(index) - before == 1
    assert found(index, "낡은 용접기") == "loan-2026"
    assert "faq-sample" not in {hit.chunk.source_id for hit in index.search("얼마인가요?").hits}


def test_nothing_is_built_where_nothing_changed(opened):
    opened().update(CORPUS)
    index = opened_again(opened)

    report = index.update(CORPUS)

    assert (report.unchanged, report.rebuilt) == (3, False)
    assert embedded(index) == 0
    assert found(index, "카메라 비전 검사") == "sol-vision"


def opened_again(opened: Callable[..., Index], model_id: str = "pairs-1") -> Index:
    """Open once more after the first was closed."""
    for cell in opened.__closure__ or ():
        if isinstance(cell.cell_contents, list):
            for index in cell.cell_contents:
                index.close()
            cell.cell_contents.clear()
    return opened(model_id)


def test_a_damaged_generation_is_made_anew_from_the_ledger_without_embedding(opened, settings):
    opened().update(CORPUS)
    index = opened_again(opened)
    manifest = manifest_of(settings)
    database = settings.home / "index" / manifest.generation / "chroma.sqlite3"
    database.write_bytes(b"")

    report = index.update(CORPUS)

    assert report.rebuilt
    assert embedded(index) == 0
    assert found(index, "카메라 비전 검사") == "sol-vision"


def test_after_a_kill_the_index_is_checked_before_it_is_opened(opened, settings):
    opened().update(CORPUS)
    index = opened_again(opened)
    index.close()
    (settings.home / "index" / IN_USE).write_text("")
    folder = settings.home / "index" / manifest_of(settings).generation
    (folder / "chroma.sqlite3").write_bytes(b"torn" * 4096)

    index = opened_again(opened)
    report = index.update(CORPUS)

    assert report.rebuilt
    assert found(index, "카메라 비전 검사") == "sol-vision"


def test_the_check_in_a_child_tells_a_whole_generation_from_one_that_lacks_chunks(opened, settings):
    index = opened()
    index.update(CORPUS)
    searcher = index.searcher
    folder = settings.home / "index" / manifest_of(settings).generation

    assert check_in_child(folder, searcher.chunks, searcher.vectors)
    assert not check_in_child(folder, searcher.chunks[1:], searcher.vectors[1:])


def test_a_left_over_half_built_generation_is_removed(opened, settings):
    opened().update(CORPUS)
    half = settings.home / "index" / "g000099"
    half.mkdir()
    (half / "chroma.sqlite3").write_bytes(b"half")

    opened_again(opened).update(CORPUS, rebuild=True)

    assert not half.exists()


def test_another_model_makes_a_generation_of_its_own(opened, settings):
    opened().update(CORPUS)
    first = manifest_of(settings)

    index = opened_again(opened, "pairs-2")
    report = index.update(CORPUS)

    second = manifest_of(settings)
    assert report.rebuilt
    assert (first.model_id, second.model_id) == ("pairs-1", "pairs-2")
    assert first.generation != second.generation


def test_an_ingested_file_is_found_with_its_page_and_goes_with_its_deletion(opened, tmp_path):
    index = opened()
    file = tmp_path / "안내.md"
    file.write_text("# 도금 공장 안내\n도금액 농도는 매일 잽니다.", encoding="utf-8")
    result = add_files(index, CORPUS, [file])[0]

    assert found(index, "도금액 농도") == result.id

    assert result.id is not None
    index.delete_document(result.id)

    assert result.id not in {hit.chunk.source_id for hit in index.search("도금액 농도").hits}
    index.update(CORPUS)
    assert not index.has_hidden()
    assert result.id not in {hit.chunk.source_id for hit in index.search("도금액 농도").hits}


def test_questions_are_answered_while_the_index_is_made_anew(opened):
    index = opened()
    index.update(CORPUS)
    stop = threading.Event()
    wrong: list[str] = []

    def ask() -> None:
        while not stop.is_set():
            if found(index, "카메라 비전 검사") != "sol-vision":
                wrong.append("lost")

    thread = threading.Thread(target=ask)
    thread.start()
    for number in range(3):
        index.update(
            a_corpus(programs=[LOAN], solutions=[VISION], faqs=[a_faq(answer=f"{number}억 원")])
        )
    stop.set()
    thread.join()

    assert wrong == []


OTHER = """
import sys
from pathlib import Path
from advisor.config import Settings
from advisor.errors import IndexUnavailableError
from advisor.indexing.build import ensure_index
from advisor.domain.records import Corpus
try:
    ensure_index(Settings(home=Path(sys.argv[1])), Corpus(), serving=True)
except IndexUnavailableError as error:
    print(error.user_message)
"""


def test_a_second_process_on_the_home_is_refused_with_a_sentence(opened, settings):
    opened().update(CORPUS)

    done = subprocess.run(
        [sys.executable, "-c", OTHER, str(settings.home)],
        cwd=PROJECT_ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "다른 프로세스가 같은 데이터 폴더" in done.stdout


def test_an_index_that_was_never_made_is_named(settings):
    with pytest.raises(IndexUnavailableError) as caught:
        open_index(settings, CORPUS)

    assert "advisor index" in caught.value.user_message.next_step
