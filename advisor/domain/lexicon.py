"""Curated words of the domain: what people say for what records say, and what is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Concept:
    """Words for one thing: `say` as people say it, `means` as the records write it.

    `trade` is set where the words name what a company does, which is no worry by itself.
    """

    id: str
    say: tuple[str, ...]
    means: tuple[str, ...]
    trade: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A kind of message that is refused or led elsewhere.

    `status` is blocked or out_of_scope. With `strip` only the matching sentence is taken out and
    what is left is answered. `records` bear the refusal, first known one first.
    """

    id: str
    status: str
    patterns: tuple[re.Pattern[str], ...]
    reply: str
    next_step: str
    unless: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    by_sentence: bool = False
    strip: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field in plain words; `say` are its names, `record` bears the meaning."""

    say: tuple[str, ...]
    meaning: str
    record: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything of `corpus/vocabulary` that language understanding needs besides the lists.

    `inside` and `outside` are sayings that are, or are not, of a factory and its advisor. `worries`
    are complaints by the id of the solution that is made for them, under `none` what is no complaint.
    """

    concepts: tuple[Concept, ...] = field(default=())
    policies: tuple[Policy, ...] = field(default=())
    inside: tuple[str, ...] = field(default=())
    outside: tuple[str, ...] = field(default=())
    terms: tuple[Term, ...] = field(default=())
    worries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
