"""How quick a consultant's clients are: the list, a search, one client, its plan and visit sheet.

    python -m benchmarks.clients [-n 200] [--rounds 20]

Makes an installation of its own in a temporary folder; prints p50 and p95 in ms, and how many
queries each view asks of the database.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event

from advisor import clock
from advisor.accounts.actor import TERMINAL, Actor
from advisor.accounts.office import Accounts
from advisor.accounts.passwords import Hasher
from advisor.assemble import Advisor, build_advisor
from advisor.clients.desk import ClientDesk
from advisor.clients.listing import Wanted
from advisor.clients.work import ClientWork
from advisor.config import Settings

TENANT = "benchmark"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        advisor = build_advisor(settings)
        try:
            _measure(settings, advisor, given.n, given.rounds)
        finally:
            advisor.index.close()


def _measure(settings: Settings, advisor: Advisor, count: int, rounds: int) -> None:
    office = Accounts.open(settings, hasher=Hasher(memory_kib=64, passes=1))
    actor, desk = _consultant(office), ClientDesk.of(advisor, office)
    ids = [_client(ClientWork(desk), actor, number) for number in range(count)]
    last = ids[-1]
    wanted = Wanted(words="시험 17", sort_by="name")
    views: dict[str, Callable[[], object]] = {
        f"list of {count}": lambda: desk.listing(actor, Wanted()),
        "search and sort": lambda: desk.listing(actor, wanted),
        "one client": lambda: desk.row(desk.file(last)),
        "its plan": lambda: desk.outlook(desk.file(last)),
        "its visit sheet": lambda: desk.visit(desk.file(last)),
    }
    asked: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *one: asked.append(one[2]))
    for name, view in views.items():
        view()
        asked.clear()
        view()
        queries, times = len(asked), []
        for _ in range(rounds):
            began = time.perf_counter()
            view()
            times.append((time.perf_counter() - began) * 1000)
        p95 = statistics.quantiles(times, n=20)[-1]
        print(
            f"{name:18} p50 {statistics.median(times):7.1f} ms  p95 {p95:7.1f} ms  queries {queries}"
        )


def _consultant(office: Accounts) -> Actor:
    office.people.add_organisation(TERMINAL, TENANT, "시험 기관")
    account = office.people.create(
        TERMINAL, login="benchmark", name="시험 상담사", roles=["consultant"],
        organisation_id=TENANT, password="a long sentence of my own",
    )  # fmt: skip
    return office.gate.who(token=office.sign_in.begin(account, way="benchmark"))


def _client(work: ClientWork, actor: Actor, number: int) -> str:
    client_id = work.create(actor, name=f"시험 {number} 정공", contact="김대표 031-123-4567")
    work.change(client_id, {"next_step": "견적을 받습니다", "next_on": clock.today()})
    work.note(actor, client_id, "사장님은 불량 반품 비용을 가장 걱정하십니다.")
    for field, value in (("employees_regular", 30), ("factory_sido", "경기")):
        work.enter_fact(actor, client_id, field, value)
    if number % 2:
        row = {"status": "answered", "value": 2, "grade": "say"}
        for item in work.desk.advisor.desk.instrument.quick_check.items:
            work.enter_answer(actor, client_id, item, row)
        work.keep_diagnosis(actor, client_id)
    return client_id


if __name__ == "__main__":
    main()
