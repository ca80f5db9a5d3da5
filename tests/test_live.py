"""A served Advisor follows published records while questions go on."""

import shutil
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from advisor.assemble import Advisor, build_advisor
from advisor.config import Settings
from advisor.live import Live
from advisor.stores.published import PublishedRecords

TODAY = date(2026, 11, 24)
QUESTION = "AI 바우처는 얼마까지 지원하나요?"


class Served:
    """What a server holds: the Advisor that answers now, and when it was last swapped."""

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor
        self.swaps = 0

    def swap(self, advisor: Advisor) -> None:
        self.advisor = advisor
        self.swaps += 1


@pytest.fixture
def served(pristine_home: Path, tmp_path: Path) -> Iterator[Served]:
    home = tmp_path / "home"
    shutil.copytree(pristine_home, home)
    served = Served(build_advisor(Settings(home=home, refresh_s=0.2), keep=False, serving=True))
    yield served
    served.advisor.index.close()


def until(condition, seconds=240.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_published_a_withdrawn_and_a_wrong_record_while_questions_go_on(served):
    live = Live(served.advisor, served.swap)
    published = PublishedRecords(served.advisor.index.engine)
    first = served.advisor.ask(QUESTION, today=TODAY)
    program = served.advisor.corpus.programs[first.citations[0].record_id]
    asked: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            asked.append(served.advisor.ask(QUESTION, today=TODAY).status.value)

    asking = threading.Thread(target=ask)
    live.start()
    asking.start()
    try:
        changed = program.model_dump(mode="json")
        changed["support"]["max_amount_krw"] = 777_000_000
        changed["sources"] = [
            {**changed["sources"][0], "supports": "최대 7억 7,700만 원"}, *changed["sources"][1:],
        ]  # fmt: skip
        published.publish("program", changed, "김담당")
        until(lambda: served.swaps == 1)
        assert "7억 7,700만" in served.advisor.ask(QUESTION, today=TODAY).text

        published.withdraw(program.id, "김담당")
        until(lambda: served.swaps == 2)
        after = served.advisor.ask(QUESTION, today=TODAY)
        assert program.id not in {one.record_id for one in after.citations}

        # A record that does not fit breaks nothing: the shipped one answers again.
        published.publish(
            "program",
            {**changed, "eligibility": {**changed["eligibility"], "company_size": ["없는 크기"]}},
            "김담당",
        )
        until(lambda: served.swaps == 3)
        assert any("company_size" in one.field for one in live.problems)
        assert served.advisor.corpus.programs[program.id] == program
    finally:
        stop.set()
        asking.join()
        live.close()

    assert set(asked) == {"answered"} or set(asked) == {"answered", "no_evidence"}
    assert "failed" not in asked
    assert len(asked) > 5


def test_nothing_is_swapped_where_nothing_changed(served):
    live = Live(served.advisor, served.swap)

    assert live.refresh() is False
    assert live.refresh() is False
    assert served.swaps == 0
