"""What one look at a rate limit costs on the default store.

.venv/bin/python benchmarks/rate_limit.py
"""

import contextlib
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from advisor.accounts.office import Accounts
from advisor.accounts.rates import RateClass, TooOftenError
from advisor.config import Settings


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Accounts.open(Settings(home=Path(folder) / "home"))

        def look(number: int) -> float:
            began = time.perf_counter()
            with contextlib.suppress(TooOftenError):
                office.rates.take_of(f"address:10.0.0.{number % 50}", RateClass.READ)
            return (time.perf_counter() - began) * 1000

        look(0)
        alone = sorted(look(number) for number in range(2_000))
        with ThreadPoolExecutor(16) as pool:
            together = sorted(pool.map(look, range(4_000)))
        for name, times in (("one after the other", alone), ("16 at once", together)):
            p95 = times[int(len(times) * 0.95)]
            print(f"{name}: median {statistics.median(times):.2f} ms, p95 {p95:.2f} ms")


if __name__ == "__main__":
    main()
