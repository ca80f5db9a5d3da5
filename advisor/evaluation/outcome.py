"""What a run of one set came to: items, groups of them, figures of the whole (values only)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from advisor.evaluation.metrics import wilson

# By what a table is cut, in its order.
GROUPINGS = ("all", "set", "category", "persona", "register", "lang", "technique")
_DRAWS = 1000
_SEED = 20261125


class SetKind(StrEnum):
    """What a folder asks."""

    QUESTIONS = "questions"
    OUT_OF_SCOPE = "out_of_scope"
    RETRIEVAL = "retrieval"
    INJECTION = "injection"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it; `wanted` says in words what the gold asks for."""

    question: str
    answer: str
    status: str
    cited: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    wanted: str = ""
    unborne: tuple[str, ...] = ()
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """One case. `score` is 0 to 1 (1 or 0 where it is right or wrong, nDCG for a query)."""

    id: str
    score: float
    groups: Mapping[str, str]
    turns: tuple[Turn, ...]
    extra: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return self.score >= 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A group of items: mean score with its 95 % interval, and means of what else was measured."""

    by: str
    name: str
    items: int
    score: float
    low: float
    high: float
    extra: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run of one set. `figures` are of the whole set, by their name as a person reads it."""

    name: str
    kind: SetKind
    items: tuple[Item, ...]
    figures: Mapping[str, float]
    targets: Mapping[str, float] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        """Return one row a group, all items first."""
        groups: dict[tuple[str, str], list[Item]] = {("all", self.name): list(self.items)}
        for one in self.items:
            for by, name in one.groups.items():
                groups.setdefault((by, name), []).append(one)
        ordered = sorted(groups, key=lambda key: GROUPINGS.index(key[0]))
        return [_row(by, name, groups[by, name]) for by, name in ordered]

    def to_json(self) -> dict[str, Any]:
        """Return rows and figures as plain values."""
        return {
            "name": self.name, "kind": self.kind.value, "figures": dict(self.figures),
            "groups": [
                {
                    "by": one.by, "group": one.name, "cases": one.items, "right": round(one.score, 4),
                    "low": round(one.low, 4), "high": round(one.high, 4), **one.extra,
                }
                for one in self.rows
            ],
            "failures": {
                one.id: [problem for turn in one.turns for problem in turn.problems]
                for one in self.items
                if not one.is_right and self.kind is not SetKind.RETRIEVAL
            },
        }  # fmt: skip


def _row(by: str, name: str, items: Sequence[Item]) -> Row:
    scores = [one.score for one in items]
    low, high = interval(scores)
    names = dict.fromkeys(key for one in items for key in one.extra)
    extra = {
        key: round(float(np.mean([one.extra[key] for one in items if key in one.extra])), 4)
        for key in names
    }
    return Row(by, name, len(items), float(np.mean(scores)), low, high, extra)


def interval(scores: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of a mean: Wilson for rights and wrongs, else bootstrap.

    >>> interval([1.0] * 8 + [0.0] * 2) == wilson(8, 10)
    True
    """
    if all(one in (0.0, 1.0) for one in scores):
        return wilson(int(sum(scores)), len(scores))
    values = np.asarray(scores)
    draws = np.random.default_rng(_SEED).integers(0, len(values), (_DRAWS, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
