"""Tokens of a day, counted in the database; the trace column goes and comes with its migration."""

import threading
from datetime import date

from sqlalchemy import inspect

from advisor.config import Settings
from advisor.stores.database import migrate, open_database
from advisor.stores.model_usage import ModelUsageStore

DAY = date(2026, 11, 25)


def test_tokens_of_a_day_add_up_whoever_counts_them(settings: Settings) -> None:
    stores = [ModelUsageStore.open(settings) for _ in range(3)]
    threads = [
        threading.Thread(target=lambda s=store: [s.add(DAY, 7) for _ in range(5)])
        for store in stores
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stores[0].spent(DAY) == 3 * 5 * 7
    assert stores[0].spent(date(2026, 11, 26)) == 0


def test_the_migration_goes_and_comes(settings: Settings) -> None:
    engine = open_database(settings)
    assert "trace" in {one["name"] for one in inspect(engine).get_columns("turns")}

    migrate(engine, to="0008_sync")

    assert "trace" not in {one["name"] for one in inspect(engine).get_columns("turns")}
    assert "model_usage" not in inspect(engine).get_table_names()
    migrate(engine)
    ModelUsageStore(engine).add(DAY, 3)
    assert ModelUsageStore(engine).spent(DAY) == 3
