"""The tables of a period: consultations counted, small groups hidden (pure).

How the tables hang together decides what can be worked out, so it is kept simple. Each consultation
counts once in a table of parts. Trades, regions and prospects are parts of the consultations with one
shown problem, and are published for no other whole: no sum over them leads back to a hidden one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from advisor.domain.answer import AnswerStatus
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.question import Aspect, Intent
from advisor.domain.records import Corpus
from advisor.signals.hiding import Shown, rounded, show_overlapping, show_parts
from advisor.signals.judging import Outlook, Prospect, judged_programs, outlook_of
from advisor.signals.periods import Period
from advisor.stores.signals import Marks

LOW, HIGH = 40.0, 70.0
UNSAID, OTHER = "unsaid", "other"


@dataclass(frozen=True, slots=True)
class Group:
    """One list of counts: of all consultations (`of` is empty), or of those with one problem or dimension."""

    of: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Table:
    """One subject; `id` names its words."""

    id: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """All tables of a period; `consultations` is None where there are too few to say."""

    period: Period
    consultations: int | None
    tables: tuple[Table, ...]


def judged_fields(corpus: Corpus) -> frozenset[str]:
    """Return the profile fields that signals need: what conditions ask, and the problems."""
    known = corpus.vocabulary.profile_fields.values()
    asked = {one.id for one in known if "자격판정" in one.needed_for and one.sensitivity != "민감"}
    codes = {"pain_codes", "industry_ksic", "factory_sido", "hq_sido", "employees_regular"}
    return frozenset(asked | codes)


def count_signals(
    marks: Sequence[Marks], corpus: Corpus, instrument: Instrument, period: Period, *, today: date
) -> Signals:
    """Count the consultations of a period.

    Args:
        marks: One a consultation.
        corpus: Programs that firms are judged against, and the closed lists of trades and regions.
        instrument: Problems, levels and dimensions.
        period: What the consultations are of.
        today: Day in Asia/Seoul that programs are judged on.
    """
    outlooks = _outlooks(corpus, today)
    judged = [outlooks(one.profile) for one in marks]
    by_problem: dict[str, list[int]] = {}
    for at, one in enumerate(marks):
        by_problem.setdefault(_problem(one, instrument), []).append(at)
    problems = show_parts(
        {name: len(by_problem.get(name, ())) for name in (*instrument.pains, UNSAID, OTHER)}
    )

    def per_problem(values: Iterable[str], value: Callable[[int], str]) -> tuple[Group, ...]:
        names = tuple(values)
        return tuple(
            Group(problem, _parts(names, [value(at) for at in by_problem[problem]]))
            for problem in problems.groups
            if problem != UNSAID
        )

    trades = {one.ksic for one in corpus.vocabulary.industries if len(one.ksic) == 3}
    regions = {one.name for one in corpus.vocabulary.regions}
    tables: tuple[Table, ...] = (
        _whole("wants", _overlapping(Intent, [one.intents for one in marks])),
        _whole("topics", _overlapping(Aspect, [one.aspects for one in marks])),
        _whole("problems", problems),
        Table("needs", per_problem(Prospect, lambda at: judged[at].prospect.value)),
        Table("industries", per_problem(sorted(trades), lambda at: _trade(marks[at], trades))),
        Table("regions", per_problem(sorted(regions), lambda at: _region(marks[at], regions))),
        _whole("failing", _overlapping((), [one.failing for one in judged])),
        _whole("levels", _levels(marks, instrument)),
        Table("dimensions", _dimensions(marks, instrument)),
        _whole("statuses", _overlapping(AnswerStatus, [one.statuses for one in marks])),
        _whole("ratings", _ratings(marks)),
        _whole("checks", _overlapping((), [one.checks for one in marks])),
    )
    if rounded(len(marks)) is None:
        tables = ()
    return Signals(period, rounded(len(marks)), tables)


def _outlooks(corpus: Corpus, today: date) -> Callable[[Profile], Outlook]:
    """Return the judging, done once for companies that are equal to every condition."""
    programs = judged_programs(corpus, today)

    @cache
    def judge(facts: tuple[tuple[str, object], ...]) -> Outlook:
        return outlook_of(profiles[facts], programs, corpus.vocabulary, today=today)

    profiles: dict[tuple[tuple[str, object], ...], Profile] = {}

    def outlook(profile: Profile) -> Outlook:
        # No condition asks for the problem, by which consultations are counted.
        facts = {name: fact for name, fact in profile.facts.items() if name != "pain_codes"}
        key = tuple(sorted((name, fact.value) for name, fact in facts.items()))
        profiles.setdefault(key, Profile(facts))
        return judge(key)

    return outlook


def _whole(name: str, shown: Shown) -> Table:
    return Table(name, (Group("", shown),) if shown.groups else ())


def _parts(names: Iterable[str], values: Iterable[str]) -> Shown:
    counts = Counter(values)
    return show_parts({name: counts[name] for name in dict.fromkeys((*names, *counts))})


def _overlapping(names: Iterable[str], sets: Iterable[Iterable[str]]) -> Shown:
    counts = Counter(str(value) for one in sets for value in one)
    return show_overlapping(
        {str(name): counts[str(name)] for name in dict.fromkeys((*names, *counts))}
    )


def _problem(one: Marks, instrument: Instrument) -> str:
    said = one.profile.get("pain_codes")
    first = said[0] if isinstance(said, tuple) and said else said if isinstance(said, str) else ""
    return UNSAID if not first else first if first in instrument.pains else OTHER


def _trade(one: Marks, known: set[str]) -> str:
    code = str(one.profile.get("industry_ksic") or "")[:3]
    return code if code in known else OTHER if code else UNSAID


def _region(one: Marks, known: set[str]) -> str:
    name = str(one.profile.get("factory_sido") or one.profile.get("hq_sido") or "")
    return name if name in known else OTHER if name else UNSAID


def _levels(marks: Sequence[Marks], instrument: Instrument) -> Shown:
    names = [f"level_{one.level}" for one in instrument.levels]

    def of(one: Marks) -> str:
        if not one.dimensions:
            return "undiagnosed"
        return "unscored" if one.level is None else f"level_{one.level}"

    return _parts((*names, "unscored", "undiagnosed"), map(of, marks))


def _dimensions(marks: Sequence[Marks], instrument: Instrument) -> tuple[Group, ...]:
    names = ("low", "middle", "high", "unscored", "undiagnosed")

    def band(scores: Mapping[str, float | None], dimension: str) -> str:
        if not scores:
            return "undiagnosed"
        score = scores.get(dimension)
        if score is None:
            return "unscored"
        return "low" if score < LOW else "middle" if score < HIGH else "high"

    groups = (
        Group(one.id, _parts(names, [band(mark.dimensions, one.id) for mark in marks]))
        for one in instrument.dimensions
    )
    return tuple(one for one in groups if set(one.shown.groups) - {"undiagnosed"})


def _ratings(marks: Sequence[Marks]) -> Shown:
    words = {1: "up", -1: "down"}
    return _overlapping(
        words.values(), [{words[rating] for rating in one.ratings} for one in marks]
    )
