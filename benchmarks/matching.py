"""One company against 100 to 100,000 programs: verdicts, windows, what each fact would settle.

The programs are those of the corpus with other names, regions, head counts, revenue limits, trades
and windows, drawn with a fixed seed. Run: `.venv/bin/python benchmarks/matching.py`.
"""

import random
import statistics
import time
from datetime import date, timedelta

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.criteria import EmployeesRegular, Industry, Region, RevenueKrw
from advisor.domain.profile import Fact, Profile
from advisor.domain.records import SupportProgram
from advisor.matching.table import VERDICTS, ProgramTable

SIZES = (100, 1_000, 10_000, 100_000)
TODAY = date(2026, 11, 24)
SHOWN = 20
COMPANY = Profile(
    {
        "employees_regular": Fact(30),
        "factory_sido": Fact("경기"),
        "industry_text": Fact("금속가공"),
        "main_processes": Fact(("절삭·가공",)),
        "sf_built": Fact("없음"),
        "revenue_krw_last": Fact(4_200_000_000),
    }
)


def vary(
    program: SupportProgram, number: int, chance: random.Random, sidos: list[str]
) -> SupportProgram:
    """Return a program like one of the corpus, with other limits, region and window."""
    criteria = []
    for one in program.criteria:
        if isinstance(one, EmployeesRegular):
            one = one.model_copy(update={"at_most": chance.randrange(4, 300), "at_least": None})
        elif isinstance(one, RevenueKrw):
            one = one.model_copy(update={"at_most": chance.randrange(1, 1500) * 100_000_000})
        elif isinstance(one, Region):
            one = one.model_copy(update={"sido": tuple(chance.sample(sidos, chance.randint(1, 3)))})
        elif isinstance(one, Industry) and "C" not in one.ksic:
            one = one.model_copy(update={"ksic": (f"C{chance.randrange(10, 35)}",)})
        criteria.append(one)
    opens = date(2026, 1, 1) + timedelta(days=chance.randrange(500))
    window = program.window.model_copy(
        update={"opens_on": opens, "closes_on": opens + timedelta(days=chance.randrange(60))}
    )
    return program.model_copy(
        update={"id": f"{program.id}-{number}", "criteria": tuple(criteria), "window": window}
    )


def main() -> None:
    corpus = load_corpus(PROJECT_ROOT / "corpus")
    seeds = list(corpus.programs.values())
    sidos = sorted(corpus.vocabulary.sido_names)
    print(
        f"{'programs':>9} {'different criteria':>19} {'prepare s':>10} {'screen ms p50':>14} {'worst':>7} "
        f"{'explain 20 ms':>14} {'eligible':>9}"
    )
    for size in SIZES:
        chance = random.Random(20261124)
        programs = [vary(seeds[at % len(seeds)], at, chance, sidos) for at in range(size)]
        start = time.perf_counter()
        table = ProgramTable(programs, corpus.vocabulary)
        prepared = time.perf_counter() - start
        table.screen(COMPANY, TODAY)
        times = []
        for _ in range(9):
            start = time.perf_counter()
            found = table.screen(COMPANY, TODAY)
            times.append(1000 * (time.perf_counter() - start))
        start = time.perf_counter()
        for at in range(min(SHOWN, size)):
            table.explain(at, COMPANY, TODAY)
        explained = 1000 * (time.perf_counter() - start)
        eligible = int((found.verdicts == VERDICTS.index("eligible")).sum())
        print(
            f"{size:>9,} {table.different_criteria:>19,} {prepared:>10.2f} "
            f"{statistics.median(times):>14.1f} {max(times):>7.1f} {explained:>14.1f} {eligible:>9,}"
        )


if __name__ == "__main__":
    main()
