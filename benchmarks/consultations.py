"""What grows with consultations, at 20,000 of them: signals, the help desk's look, the retention.

    python -m benchmarks.consultations [-n 20000] [--url postgresql://user@host/empty-database]

Without a URL a SQLite file in a temporary folder. Prints seconds; fills the database it is given.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from advisor import clock
from advisor.config import Settings
from advisor.corpus.load import load_corpus
from advisor.corpus.readiness import load_instrument
from advisor.domain.records import Corpus
from advisor.signals.office import read_signals
from advisor.signals.periods import month_of
from advisor.stores.consultations import ConsultationRow, ConsultationStore, TurnRow
from advisor.stores.database import Engine, open_database
from advisor.stores.helpdesk import HelpdeskStore

SEED, TURNS, BATCH = 20261125, 3, 1000
PAINS = ("quality_defect", "energy", "labor", "productivity", "cost")
STATUSES = ("answered",) * 8 + ("no_evidence", "asked_back")


def main() -> None:
    """Fill a database and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20_000)
    parser.add_argument("--url", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home", database_url=given.url)
        corpus, engine = load_corpus(settings.corpus), open_database(settings)
        instrument = load_instrument(settings.corpus)
        today, period = clock.today(), month_of(clock.today())
        print(f"{engine.dialect.name}, {given.n:,} consultations of {TURNS} turns")
        timed("filled", lambda: fill(engine, corpus, given.n))
        for name in ("signals", "again"):
            timed(name, lambda: read_signals(engine, corpus, instrument, period, today=today))
        timed("unsettled turns", lambda: HelpdeskStore(engine).unsettled(most=500))
        later = clock.now() + timedelta(days=1)
        gone = timed("retention of all", lambda: ConsultationStore(engine).purge(later))
        print(f"{gone:,} deleted")
        engine.dispose()


def timed(name: str, act: Callable[[], Any]) -> Any:
    """Do it, print how long it took."""
    began = time.perf_counter()
    done = act()
    print(f"{name:18} {time.perf_counter() - began:7.2f} s", flush=True)
    return done


def fill(engine: Engine, corpus: Corpus, count: int) -> None:
    """Add consultations of today with what a company usually says."""
    rng, moment = random.Random(SEED), clock.now()
    regions = [one.name for one in corpus.vocabulary.regions]
    trades = [one.ksic for one in corpus.vocabulary.industries if len(one.ksic) == 3]

    def fact(value: object) -> dict[str, object]:
        return {"value": value, "quote": "한 말", "source": "말"}

    for start in range(0, count, BATCH):
        talks: list[Mapping[str, Any]] = []
        turns: list[Mapping[str, Any]] = []
        for number in range(start, min(start + BATCH, count)):
            profile = {
                "pain_codes": fact([rng.choice(PAINS)]), "factory_sido": fact(rng.choice(regions)),
                "industry_ksic": fact(rng.choice(trades)),
                "employees_regular": fact(rng.choice((4, 12, 30, 80, 250))),
            }  # fmt: skip
            talks.append(
                {"id": f"talk-{number}", "created_at": moment, "updated_at": moment,
                 "profile": profile,
                 "state": {"topics": [{"intent": "recommend", "aspects": ["amount"]}]}}
            )  # fmt: skip
            turns += [
                {"consultation_id": f"talk-{number}", "number": at, "at": moment,
                 "question": "눈으로 검사하는데 불량이 나갑니다. 어떤 지원을 받을 수 있나요?",
                 "answer": {"status": rng.choice(STATUSES), "text": "답 " * 400, "citations": []},
                 "rating": rng.choice((None, None, 1, -1)), "comment": "", "trace": []}
                for at in range(TURNS)
            ]  # fmt: skip
        with engine.begin() as connection:
            connection.execute(insert(ConsultationRow), talks)
            connection.execute(insert(TurnRow), turns)


if __name__ == "__main__":
    main()
