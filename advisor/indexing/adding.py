"""Orders to their ends: by the process that owns the home, or by this one where nobody does."""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from advisor.config import Settings
from advisor.domain.jobs import Job, Order
from advisor.domain.records import Corpus
from advisor.errors import IndexUnavailableError
from advisor.indexing.build import Index, ensure_index
from advisor.indexing.ingest import IngestResult, orders_for, result_of
from advisor.indexing.worker import Worker
from advisor.stores.database import open_database
from advisor.stores.home import Home
from advisor.stores.jobs import JobStore

logger = logging.getLogger(__name__)

FOLLOW_EVERY_S = 0.3
OnEnd = Callable[[Job], None]


def carry_out(
    settings: Settings, corpus: Corpus, orders: Sequence[Order], *, on_end: OnEnd | None = None
) -> list[Job]:
    """Carry orders out and return their jobs, ended, in the order of the orders.

    A running server takes them over through the database and this process only follows; without
    one this process opens the index and works itself. Where the owner goes away in the middle,
    this process goes on in its place.

    Raises:
        IndexUnavailableError: The index cannot be opened or made.
        HomeUnavailableError: The home or the database cannot be used.
    """
    engine = open_database(settings)
    try:
        jobs = JobStore(engine)
        ids = [one.id for one in jobs.add(orders)]
        told: set[str] = set()

        def tell(job: Job) -> None:
            if job.id in ids and job.id not in told:
                told.add(job.id)
                if on_end is not None:
                    on_end(job)

        while True:
            found = jobs.of_ids(list(set(ids)))
            for job in found:
                if job.has_ended:
                    tell(job)
            if all(one.has_ended for one in found):
                by_id = {one.id: one for one in found}
                return [by_id[one] for one in ids if one in by_id]
            if _is_free(settings):
                _work(settings, corpus, tell)
            else:
                time.sleep(FOLLOW_EVERY_S)
    finally:
        engine.dispose()


def work_off(index: Index, corpus: Corpus, limit_s: float, on_end: OnEnd | None = None) -> None:
    """Work off all jobs of an open index."""

    def publish() -> None:
        index.update(corpus)

    Worker(index, publish, limit_s=limit_s, on_end=on_end).run()


def add_files(
    index: Index, corpus: Corpus, paths: Sequence[Path], *, limit_s: float = 600.0
) -> list[IngestResult]:
    """Add files and folders to an open index; one result a file, in the order of the paths."""
    jobs = JobStore(index.engine)
    ids = [one.id for one in jobs.add(orders_for(paths))]
    work_off(index, corpus, limit_s)
    by_id = {one.id: one for one in jobs.of_ids(ids)}
    return [result_of(by_id[one]) for one in ids]


def _work(settings: Settings, corpus: Corpus, tell: OnEnd) -> None:
    """Own the home and work off all that waits; a home that was just taken is left to its owner."""
    try:
        # Brought up to date first: an index that cannot be opened is said before any file is read.
        index = ensure_index(settings, corpus)
    except IndexUnavailableError as error:
        if error.detail == "index lock is taken":
            return
        raise
    try:
        work_off(index, corpus, settings.job_limit_s, tell)
    finally:
        index.close()


def _is_free(settings: Settings) -> bool:
    """Tell whether nobody owns the home; a process that waits for it a moment sees it taken."""
    try:
        with Home(settings.home).lock():
            return True
    except IndexUnavailableError:
        return False
