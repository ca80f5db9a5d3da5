"""Jobs over real SQLite and Chroma: resumed, cancelled, timed out, handed over, published together."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.config import PROJECT_ROOT, Settings
from advisor.domain.jobs import IngestStatus, Job, JobState
from advisor.errors import IndexUnavailableError
from advisor.indexing import worker as worker_module
from advisor.indexing.adding import add_files, carry_out, work_off
from advisor.indexing.build import Index
from advisor.indexing.ingest import orders_for
from advisor.indexing.worker import Worker
from advisor.stores.jobs import MOST_ATTEMPTS, JobStore
from tests.builders import a_corpus, a_faq
from tests.indexing.small_index import small_index

CORPUS = a_corpus(faqs=[a_faq()])

# Works off the jobs of a home, and kills itself when a job comes to a state for the nth time.
KILLED = """
import os, signal, sys
from pathlib import Path
from advisor.config import Settings
from advisor.indexing.adding import work_off
from advisor.stores.jobs import JobStore
from tests.builders import a_corpus, a_faq
from tests.indexing.small_index import small_index
home, state, nth = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
seen = 0
def die(name):
    global seen
    seen += name == state
    if seen == nth:
        os.kill(os.getpid(), signal.SIGKILL)
def after(method):
    def called(self, job, where, *rest, **more):
        done = method(self, job, where, *rest, **more)
        die(where.value)
        return done
    return called
def before(method):
    def called(self, *rest, **more):
        die("published")
        return method(self, *rest, **more)
    return called
JobStore.advance = after(JobStore.advance)
JobStore.end = before(JobStore.end)
work_off(small_index(Settings(home=home)), a_corpus(faqs=[a_faq()]), 60.0)
"""


@pytest.fixture
def index(settings: Settings) -> Iterator[Index]:
    opened = small_index(settings)
    opened.update(CORPUS)
    yield opened
    opened.close()


def kept(jobs: JobStore, job: Job) -> Job:
    """The job as the store has it now."""
    found = jobs.get(job.id)
    assert found is not None
    return found


def files(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number:02}.md").write_text(
            f"# 공고 {number}\n도금 {number}호 공장에 {number + 1}억 원을 지원합니다.",
            encoding="utf-8",
        )
    return sorted(folder.iterdir())


@pytest.mark.parametrize("state", ["reading", "cutting", "embedding", "indexing", "published"])
def test_a_worker_killed_at_any_step_is_gone_on_with(settings, tmp_path, state):
    index = small_index(settings)
    index.update(CORPUS)
    jobs = JobStore(index.engine)
    ids = [one.id for one in jobs.add(orders_for(files(tmp_path / "공고", 4)))]
    index.close()

    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(settings.home), state, "1" if state == "published" else "3"],
        cwd=PROJECT_ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
    )  # fmt: skip
    assert done.returncode == -9, done.stderr

    index = small_index(settings)
    try:
        work_off(index, CORPUS, 60.0)
        ended = JobStore(index.engine).of_ids(ids)
        assert [(one.state, one.outcome) for one in ended] == [
            (JobState.DONE, IngestStatus.ADDED)
        ] * 4
        assert len(index.ledger.documents()) == 4
        for number, job in enumerate(ended):
            hits = index.search(f"도금 {number}호 공장에 {number + 1}억 원").hits
            assert hits[0].chunk.source_id == job.document_id
    finally:
        index.close()


def test_a_file_that_ends_the_process_each_time_is_given_up_with_a_sentence(index, tmp_path):
    jobs = JobStore(index.engine)
    job = jobs.add(orders_for(files(tmp_path / "공고", 1)))[0]
    for _ in range(MOST_ATTEMPTS):
        jobs.reclaim()
        jobs.take()  # and the process ends here

    work_off(index, CORPUS, 60.0)

    ended = kept(jobs, job)
    assert (ended.state, ended.outcome) == (JobState.FAILED, IngestStatus.REJECTED)
    assert "여러 번 멈추어" in ended.message


def test_no_job_takes_longer_than_its_limit(index, tmp_path):
    jobs = JobStore(index.engine)
    job = jobs.add(orders_for(files(tmp_path / "공고", 1)))[0]

    work_off(index, CORPUS, 0.0)

    assert kept(jobs, job).state is JobState.FAILED
    assert "정해진 시간" in kept(jobs, job).message
    assert index.ledger.documents() == []


def test_a_cancelled_job_leaves_nothing_behind(index, tmp_path, monkeypatch):
    jobs = JobStore(index.engine)
    waiting, running = jobs.add(orders_for(files(tmp_path / "공고", 2)))
    real = worker_module.__dict__["read_document"]

    def read(path, **more):
        jobs.cancel(running.id)
        return real(path, **more)

    monkeypatch.setattr(worker_module, "read_document", read)
    assert jobs.cancel(waiting.id)

    work_off(index, CORPUS, 60.0)

    assert [kept(jobs, one).state.value for one in (waiting, running)] == ["cancelled"] * 2
    assert index.ledger.documents() == []
    assert not jobs.cancel(running.id)


def test_twenty_files_are_made_findable_together(index, tmp_path):
    jobs = JobStore(index.engine)
    jobs.add(orders_for(files(tmp_path / "공고", 20)))
    made: list[int] = []

    def publish() -> None:
        index.update(CORPUS)
        made.append(len(jobs.indexing()))

    Worker(index, publish, limit_s=60.0).run()

    # By time, not by file: one index for all of them on a quick machine, a few on a busy one.
    assert sum(made) >= 20
    assert len(made) <= 4
    assert jobs.open() == []


def test_a_document_deleted_while_an_index_is_made_stays_away(index, tmp_path):
    """It is in the generation that is being made, and must not come back with it."""
    path = files(tmp_path / "공고", 1)[0]
    document_id = add_files(index, CORPUS, [path])[0].id
    real = index.preparer.vectors

    def delete_meanwhile(chunks, on_progress=None):
        index.delete_document(document_id)
        return real(chunks, on_progress)

    index.preparer.vectors = delete_meanwhile
    index.update(a_corpus(faqs=[a_faq(answer="다른 답입니다.")]))
    index.preparer.vectors = real

    assert document_id not in {hit.chunk.source_id for hit in index.search("도금 0호").hits}
    index.update(CORPUS)
    assert not index.has_hidden()


def test_what_is_added_again_after_its_deletion_is_found_again(index, tmp_path):
    path = files(tmp_path / "공고", 1)[0]
    document_id = add_files(index, CORPUS, [path])[0].id
    index.delete_document(document_id)

    again = add_files(index, CORPUS, [path])[0]

    assert again.status is IngestStatus.ADDED
    assert index.search("도금 0호 공장").hits[0].chunk.source_id == document_id


def test_orders_are_handed_to_whoever_owns_the_home(index, settings, tmp_path):
    """The home is taken by this process all the time; the other side only follows."""
    ended: list[str] = []
    stop = threading.Event()

    def own() -> None:
        while not stop.is_set():
            work_off(index, CORPUS, 60.0)
            time.sleep(0.05)

    owner = threading.Thread(target=own)
    owner.start()
    try:
        jobs = carry_out(
            settings, CORPUS, orders_for(files(tmp_path / "공고", 3)),
            on_end=lambda job: ended.append(job.name),
        )  # fmt: skip
    finally:
        stop.set()
        owner.join()

    assert [one.outcome for one in jobs] == [IngestStatus.ADDED] * 3
    assert sorted(ended) == [one.name for one in jobs]


def test_documents_that_no_index_can_be_made_with_are_given_up_and_the_next_is_made(
    index, tmp_path
):
    jobs = JobStore(index.engine)
    job = jobs.add(orders_for(files(tmp_path / "공고", 1)))[0]
    broken = True

    def publish() -> None:
        if broken:
            raise RuntimeError("no index")
        index.update(CORPUS)

    worker = Worker(index, publish, limit_s=60.0)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(RuntimeError):
            worker.run()
    broken = False
    worker.run()

    assert kept(jobs, job).state is JobState.FAILED
    assert "색인에 넣지 못해" in kept(jobs, job).message
    assert index.ledger.documents() == []
    assert not index.has_hidden()


def test_a_build_that_failed_is_followed_by_one_in_a_folder_of_its_own(
    index, settings, monkeypatch
):
    """Chroma keeps what it had open under a path, so the same folder would fail for good."""
    from advisor.stores import vector_store

    real = vector_store.finds_itself
    monkeypatch.setattr(vector_store, "finds_itself", lambda *_: False)
    changed = a_corpus(faqs=[a_faq(answer="다른 답입니다.")])
    with pytest.raises(IndexUnavailableError):
        index.update(changed)
    monkeypatch.setattr(vector_store, "finds_itself", real)

    assert index.update(changed).rebuilt
    assert index.search("다른 답입니다.").hits[0].chunk.source_id == "faq-sample"


def test_equal_passages_are_found_once_and_of_an_endless_file_the_beginning(
    index, tmp_path, monkeypatch
):
    monkeypatch.setattr(worker_module, "MOST_CHUNKS", 3)
    equal, endless = tmp_path / "a.md", tmp_path / "b.md"
    equal.write_text("\n\n".join(["도금 공장의 같은 문단입니다. " * 16] * 12), encoding="utf-8")
    endless.write_text(
        "\n\n".join(f"{n}번째 문단입니다. " * 24 for n in range(12)), encoding="utf-8"
    )

    results = add_files(index, CORPUS, [equal, endless])

    counts = [sum(c.source_id == one.id for c in index.ledger.chunks()) for one in results]
    assert counts[0] < 12
    assert counts[1] == 3
    assert "앞부분만" in results[1].message
