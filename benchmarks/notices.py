"""How well the rules read notices: precision and recall by field, on both halves of the gold set.

    python -m benchmarks.notices [--half dev|held_out|fresh|voices|last] [--misses]

A field counts as found where the draft has a value for it, as right where the value is the gold
one. Lists (exclusions, papers, criteria of exclusion, tracks) count item by item.
"""

import argparse
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from advisor.config import Settings
from advisor.corpus.documents import read_document
from advisor.corpus.notices.find import find_fields
from advisor.corpus.vocabulary import load_vocabulary
from advisor.domain.drafts import DraftField
from advisor.domain.money import format_krw
from advisor.domain.passages import Document
from tests.notice_files import HALVES, LATER, GoldNotice, gold_notices, write_notice

TODAY = date(2026, 11, 25)
# Gold name to the place in the record.
PLACES = {
    "name": "name", "agency": "agency", "operator": "operator", "kind": "kind", "year": "year",
    "opens_on": "window.opens_on", "closes_on": "window.closes_on",
    "closes_at": "window.closes_at", "extended_to": "window.extended_to",
    "closed_early_on": "window.closed_early_on", "runs_out": "window.until_funds_run_out",
    "schedule": "window.typical_schedule", "max_krw": "support.max_amount_krw",
    "rate": "support.subsidy_rate", "own": "support.own_share", "loan_rate": "support.loan_rate",
    "loan_term": "support.loan_term", "tracks": "support.detail",
    "sizes": "eligibility.company_size", "exclusions": "eligibility.exclusions",
    "papers": "documents", "apply": "how_to_apply", "phone": "contact.phone",
    "org": "contact.organization", "web": "contact.web",
    "sido": "criteria.region", "ksic": "criteria.industry", "root": "criteria.industry",
    "employees": "criteria.employees_regular", "revenue": "criteria.revenue_krw",
    "age": "criteria.business_age", "research_unit": "criteria.research_unit",
}  # fmt: skip
SAFEGUARDS = (
    "tax_arrears", "insurance_arrears", "in_operation", "insolvency", "support_ban",
    "excluded_trade", "asset_condition", "accident_insurance",
)  # fmt: skip
BOUNDS = ("at_least", "at_most", "less_than")


@dataclass(frozen=True)
class Judged:
    """One comparison: how many were right, how many found, how many there are."""

    name: str
    right: int
    found: int
    there: int
    gold: Any = None
    value: Any = None


def judge(expected: Mapping[str, Any], fields: Mapping[str, DraftField]) -> Iterator[Judged]:
    """Compare a draft with the gold fields."""
    for name in PLACES:
        if name in {"root", "research_unit"}:
            continue
        gold, value = expected.get(name), _value(name, fields)
        if name == "sido" and "sigungu" in expected:
            gold = [*expected["sido"], *expected["sigungu"]]
        if name == "ksic" and gold is None and expected.get("root"):
            gold = ["뿌리"]
        yield _judge_one(name, gold, value)
    there = set(expected.get("safeguards", ()))
    found = {one for one in SAFEGUARDS if f"criteria.{one}" in fields}
    yield Judged("safeguards", len(there & found), len(found), len(there), there, found)


def _value(name: str, fields: Mapping[str, DraftField]) -> Any:
    field = fields.get(PLACES[name])
    if field is None or field.value is None:
        return None
    value: Any = field.value
    if name == "sido":
        return [*value["sido"], *value.get("sigungu", ())]
    if name == "ksic":
        return ["뿌리"] if value.get("root") and not value.get("ksic") else value.get("ksic", [])
    if name in {"employees", "revenue", "age"}:
        return {bound: value[bound] for bound in BOUNDS if value.get(bound) is not None}
    return value


def _judge_one(name: str, gold: Any, value: Any) -> Judged:
    if name in {"exclusions", "papers"}:
        wanted, got = list(gold or ()), list(value or ())
        hits = sum(any(_plain(one) in _plain(other) for other in got) for one in wanted)
        used = sum(any(_plain(one) in _plain(other) for one in wanted) for other in got)
        return Judged(name, min(hits, used), len(got), len(wanted), gold, value)
    if name == "tracks":
        wanted = [f"{label} 최대 {format_krw(won)}" for label, won in (gold or {}).items()]
        got = str(value).split("; ") if value else []
        hits = sum(any(other.startswith(one) for other in got) for one in wanted)
        return Judged(name, hits, len(got), len(wanted), gold, value)
    there, found = int(gold is not None), int(value is not None)
    is_right = there and found and _is_right(name, gold, value)
    return Judged(name, int(bool(is_right)), found, there, gold, value)


def _is_right(name: str, gold: Any, value: Any) -> bool:
    if name in {"schedule", "apply"}:
        return all(_plain(one) in _plain(str(value)) for one in gold)
    if name in {"own", "loan_rate", "loan_term"}:
        return _plain(str(gold)) in _plain(str(value))
    if name in {"sizes", "sido", "ksic"}:
        return sorted(gold) == sorted(value)
    if name in {"name", "agency", "operator", "org", "phone", "web"}:
        return _plain(str(gold)) == _plain(str(value))
    return bool(gold == value)


def _plain(text: str) -> str:
    return re.sub(r"[\s·ㆍ'’‘「」]", "", text).lower()


def measure(
    notices: list[GoldNotice], documents: Mapping[str, Document] | None = None
) -> list[tuple[str, Judged]]:
    """Read every notice and judge it; returns (notice id, comparison)."""
    vocabulary = load_vocabulary(Settings().corpus)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for notice in notices:
            document = (documents or {}).get(notice.id)
            if document is None:
                document = read_document(write_notice(notice, Path(folder)))
            fields = {one.name: one for one in find_fields(document, vocabulary, today=TODAY)}
            found += [(notice.id, one) for one in judge(notice.expected, fields)]
    return found


def table(results: list[tuple[str, Judged]]) -> dict[str, tuple[int, int, int]]:
    """Return right, found and there by field, and of all under "all"."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for _, one in results:
        for name in (one.name, "all"):
            for at, count in enumerate((one.right, one.found, one.there)):
                sums[name][at] += count
    return {name: (right, found, there) for name, (right, found, there) in sums.items()}


def share(part: int, whole: int) -> str:
    """Return a share as it is printed; a dash where there is nothing to share."""
    return f"{part / whole:.2f}" if whole else "–"


def main() -> None:
    """Print the table of each half."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--half", choices=(*HALVES, *LATER))
    arguments.add_argument("--misses", action="store_true", help="list what was wrong")
    given = arguments.parse_args()
    halves = [given.half] if given.half else list(HALVES)
    tables = {}
    for half in halves:
        results = measure(gold_notices(half))
        tables[half] = table(results)
        if given.misses:
            print_misses(results)
    names = list(tables[halves[0]])
    names.append(names.pop(names.index("all")))
    head = " | ".join(f"{half}: there | precision | recall" for half in halves)
    print(f"| field | {head} |")
    print("| --- |" + " ---: | ---: | ---: |" * len(halves))
    for name in names:
        cells = []
        for half in halves:
            right, found, there = tables[half][name]
            cells.append(f"{there} | {share(right, found)} | {share(right, there)}")
        print(f"| {name} | {' | '.join(cells)} |")


def print_misses(results: list[tuple[str, Judged]]) -> None:
    """List what was wrong."""
    for notice, one in results:
        if one.right != one.found or one.right != one.there:
            print(f"{notice} {one.name}: gold {one.gold!r} | found {one.value!r}")


if __name__ == "__main__":
    main()
