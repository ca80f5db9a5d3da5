"""Prints how long a diagnosis takes on each given case (target: under 5 ms).

Run from the root of the repository: `.venv/bin/python -m benchmarks.diagnosis`.
"""

from statistics import median
from time import perf_counter

from advisor.diagnosis.answers import to_profile
from advisor.diagnosis.diagnose import diagnose
from tests.diagnosis.given import answers_of, the_cases, the_instrument

RUNS = 100


def main() -> None:
    all_ms = []
    for case_id, case in the_cases().items():
        answers = answers_of(case_id)
        profile = to_profile(case["profile"], the_instrument(), case_id)
        times = []
        for _ in range(RUNS):
            started = perf_counter()
            diagnose(the_instrument(), answers, profile)
            times.append((perf_counter() - started) * 1000)
        times.sort()
        all_ms += times
        print(f"{case_id:6} median {median(times):5.2f} ms  p95 {times[int(RUNS * 0.95)]:5.2f} ms")
    all_ms.sort()
    print(f"all    median {median(all_ms):5.2f} ms  p95 {all_ms[int(len(all_ms) * 0.95)]:5.2f} ms")


if __name__ == "__main__":
    main()
