"""What PostgreSQL does differently, and a server that goes away."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from advisor.config import Settings
from advisor.domain.jobs import Order
from advisor.errors import BadInputError, HomeUnavailableError
from advisor.stores.claims import JOBS, Claim
from advisor.stores.consultations import ConsultationStore
from advisor.stores.database import is_usable, open_database
from advisor.stores.jobs import JobStore
from advisor.stores.postgres import read_url
from advisor.stores.quality import QualityStore
from tests.postgres import Cluster


def _order(number: int) -> Order:
    return Order(f"doc-{number}", f"{number}.pdf", f"/{number}.pdf", size=1)


def test_a_lost_server_is_one_sentence_and_its_return_is_noticed(
    cluster: Cluster, tmp_path: Path
) -> None:
    url = cluster.fresh()
    engine = open_database(Settings(home=tmp_path, database_url=url))
    store = ConsultationStore(engine)
    one = store.create()

    cluster.stop()
    try:
        with pytest.raises(HomeUnavailableError) as caught:
            store.load(one)
        assert "연결하지 못했습니다" in caught.value.user_message.text
        assert not is_usable(engine)
    finally:
        cluster.start()

    assert store.load(one) is not None
    cluster.drop(url)


@pytest.mark.parametrize(
    ("change", "says"),
    [("/nowhere_db", "연결하지 못했습니다"), ("/t?sslmode=verify-full", "연결하지 못했습니다")],
)
def test_a_wrong_address_is_one_sentence(
    cluster: Cluster, tmp_path: Path, change: str, says: str
) -> None:
    url = cluster.url("x").removesuffix("/x") + change

    with pytest.raises(HomeUnavailableError) as caught:
        open_database(Settings(home=tmp_path, database_url=url))

    assert says in caught.value.user_message.text


@pytest.mark.parametrize(
    "url", ["mysql://u@h/d", "postgresql://h", "postgresql://u@h/d?nonsense=1", "주소"]
)
def test_a_url_that_is_none_is_told(url: str) -> None:
    with pytest.raises(BadInputError) as caught:
        read_url(url)
    assert "ADVISOR_DATABASE_URL" in caught.value.user_message.text


def test_addresses_as_people_copy_them_are_understood() -> None:
    url, arguments = read_url("postgres://u:p%40ss@db:5433/name?sslmode=disable")
    assert (url.drivername, url.host, url.port, url.password) == (
        "postgresql+pg8000", "db", 5433, "p@ss",
    )  # fmt: skip
    assert arguments["ssl_context"] is False
    _, arguments = read_url("postgresql+psycopg://u@/name?host=/var/run/postgresql")
    assert arguments["unix_sock"] == "/var/run/postgresql/.s.PGSQL.5432"


def test_a_missing_parent_is_a_matter_of_integrity_on_both(settings: Settings) -> None:
    quality = QualityStore.open(settings)

    quality.keep("gone", 0, turn_id="t", status="answered", checks=())

    with pytest.raises(IntegrityError), open_database(settings).begin() as connection:
        connection.execute(
            text("INSERT INTO turns (consultation_id, number, at, question, answer, comment) "
                 "VALUES ('gone', 0, '2026-11-25', '', '{}', '')")
        )  # fmt: skip


def test_words_that_differ_in_case_are_two_on_both(settings: Settings) -> None:
    jobs = JobStore(open_database(settings))
    upper, lower = Order("Doc", "A", "/A", size=1), Order("doc", "a", "/a", size=1)

    made = jobs.add([upper, lower])

    assert [one.document_id for one in made] == ["Doc", "doc"]


def test_a_job_is_taken_once_however_many_take(settings: Settings) -> None:
    jobs = JobStore(open_database(settings))
    jobs.add([_order(number) for number in range(6)])
    if not settings.database_url:
        # One worker a home there, by the home's lock; PostgreSQL may have several that ask.
        taken = [jobs.take() for _ in range(7)]
    else:
        with ThreadPoolExecutor(7) as pool:
            taken = list(pool.map(lambda _: jobs.take(), range(7)))

    ids = [one.document_id for one in taken if one is not None]
    assert sorted(ids) == [f"doc-{number}" for number in range(6)]


def test_the_same_order_given_at_once_waits_once(settings: Settings) -> None:
    jobs = JobStore(open_database(settings))
    if not settings.database_url:
        pytest.skip("SQLite has one writer")
    barrier = threading.Barrier(4)

    def add(_: int) -> None:
        barrier.wait()
        jobs.add([_order(1)])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))

    assert len(jobs.open()) == 1


def test_one_of_two_machines_works_off_the_jobs(settings: Settings) -> None:
    engine = open_database(settings)
    first, second = Claim(engine, JOBS), Claim(engine, JOBS)

    assert first.take()
    assert second.take() is not bool(settings.database_url)
    first.drop()
    assert second.take()
    second.drop()
