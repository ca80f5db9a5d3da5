"""Question sets through the advisor to a table, one row a group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.evaluation.cases import Case
from advisor.evaluation.metrics import Scored, score_answer, wilson

Ask = Callable[[Sequence[str]], list[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One group of cases; a dialogue is right if every turn of it is."""

    group: str
    cases: int
    right: int
    status_right: float
    facts_met: float

    @property
    def share(self) -> float:
        """Share of cases with everything right, 0 to 1."""
        return self.right / self.cases if self.cases else 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """All rows, and what went wrong by case id (`id.turn` for dialogues)."""

    rows: tuple[Row, ...]
    failures: Mapping[str, tuple[str, ...]]
    took_ms: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the result as plain values."""
        return {
            "groups": [
                {
                    "group": one.group, "cases": one.cases, "right": round(one.share, 4),
                    "low": round(wilson(one.right, one.cases)[0], 4),
                    "high": round(wilson(one.right, one.cases)[1], 4),
                    "status": round(one.status_right, 4), "facts": round(one.facts_met, 4),
                }
                for one in self.rows
            ],
            "failures": {name: list(why) for name, why in self.failures.items()},
            "took_ms": {"p50": _at(self.took_ms, 0.5), "p95": _at(self.took_ms, 0.95)},
        }  # fmt: skip


def _at(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0


def run_cases(
    cases: Sequence[Case], ask: Ask, *, on_case: Callable[[], None] = lambda: None
) -> Result:
    """Ask every case; `ask` takes the turns of one dialogue and returns an answer a turn."""
    groups: dict[str, list[tuple[bool, list[Scored]]]] = {}
    failures: dict[str, tuple[str, ...]] = {}
    took: list[float] = []
    for case in cases:
        answers = ask(case.turns)
        took += [float(one.get("took_ms", 0.0)) for one in answers]
        scored = [score_answer(gold, one) for gold, one in zip(case.golds, answers, strict=True)]
        right = all(one.right for one in scored)
        for group in ("all", case.set, f"{case.set}/{case.category}", f"persona {case.persona}"):
            groups.setdefault(group, []).append((right, scored))
        for number, one in enumerate(scored, 1):
            if not one.right:
                failures[f"{case.id}.{number}" if case.is_dialogue else case.id] = one.problems
        on_case()
    rows = tuple(_row(group, items) for group, items in groups.items())
    return Result(rows, failures, tuple(took))


def _row(group: str, items: Sequence[tuple[bool, list[Scored]]]) -> Row:
    units = [one for _, scored in items for one in scored]
    met = sum(one.facts[0] for one in units)
    asked = sum(one.facts[1] for one in units)
    return Row(
        group, len(items), sum(right for right, _ in items),
        sum(one.status_right for one in units) / len(units), met / asked if asked else 1.0,
    )  # fmt: skip


def as_table(result: Result) -> str:
    """Return the rows as a Markdown table with 95 % intervals."""
    lines = [
        "| group | cases | all right | 95 % interval | status | facts |",
        "| --- | ---: | ---: | --- | ---: | ---: |",
    ]
    for one in result.rows:
        low, high = wilson(one.right, one.cases)
        lines.append(
            f"| {one.group} | {one.cases} | {one.share:.3f} | {low:.3f} to {high:.3f} |"
            f" {one.status_right:.3f} | {one.facts_met:.3f} |"
        )
    return "\n".join(lines)
