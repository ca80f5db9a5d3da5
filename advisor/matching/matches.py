"""Matches of every kind for one company: what `advisor match`, the API and the page call (pure)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from advisor.domain.match import CriterionResult, Match, Verdict, WindowState
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus, SupportProgram
from advisor.matching.cases import match_cases
from advisor.matching.changes import find_changes
from advisor.matching.company import words_of
from advisor.matching.eligibility import judge_program, seoul_day
from advisor.matching.experts import match_experts
from advisor.matching.need import Need, likeness, need_of
from advisor.matching.recommend import rank_programs, score_program
from advisor.matching.solutions import Readiness, match_solutions

KINDS = (Kind.PROGRAM, Kind.SOLUTION, Kind.CASE, Kind.EXPERT)
WORRY_WEIGHT = 2.0


def match_records(
    corpus: Corpus,
    profile: Profile,
    *,
    kind: Kind,
    today: date,
    readiness: Readiness,
    k: int = 5,
    worry: str = "",
    relevance: Mapping[str, float] | None = None,
) -> list[Match]:
    """Return the records of a kind for one company, the best first.

    Args:
        corpus: All records.
        profile: Facts stated so far.
        kind: program, solution, case or expert.
        today: Day in Asia/Seoul.
        readiness: The readiness instrument, with the company's diagnosis where there is one.
        k: How many; 0 is all, those it cannot get too.
        worry: The worry in the owner's words, besides `pain_notes` of the profile.
        relevance: Search score by program id, where a search was made; else words are compared.

    Raises:
        ValueError: The kind is none of the four.
    """
    need = need_of(profile, corpus.vocabulary, worry)
    if kind is Kind.PROGRAM:
        return _programs(corpus, profile, need, today=today, k=k, relevance=relevance)
    if kind is Kind.SOLUTION:
        done = words_of(profile, "solutions_done")
        found = match_solutions(corpus, need, readiness, done=done)
    elif kind is Kind.CASE:
        found = match_cases(corpus, need)
    elif kind is Kind.EXPERT:
        found = match_experts(corpus, need)
    else:
        raise ValueError(f"no matches of kind {kind}")
    if k == 0:
        return say_why_not_next(found)
    # A solution that needs something first is still the thing to aim at; a case that shares
    # nothing and an office of another region are not shown.
    kept = [
        one for one in found if kind is Kind.SOLUTION or one.verdict is not Verdict.NOT_ELIGIBLE
    ]
    return say_why_not_next(kept[: k + 1])[:k]


def _programs(
    corpus: Corpus,
    profile: Profile,
    need: Need,
    *,
    today: date,
    k: int,
    relevance: Mapping[str, float] | None,
) -> list[Match]:
    year = seoul_day(today).year
    if relevance is None:
        relevance = {
            one.id: WORRY_WEIGHT * likeness(need.words, _words(one))
            for one in corpus.programs.values()
        }

    def judge(program: SupportProgram) -> Match:
        return judge_program(program, profile, vocabulary=corpus.vocabulary, today=today)

    ranked = rank_programs(corpus, relevance=relevance, profile=profile, judge=judge, year=year)
    if k == 0:
        shown = {one.record_id for one in ranked}
        rest = [
            replace(
                match,
                score=score_program(program, match, relevance.get(program.id, 0.0), profile, year),
            )
            for program in corpus.programs.values()
            if program.id not in shown
            for match in [judge(program)]
        ]
        ranked += sorted(rest, key=lambda one: (-one.score, one.record_id))
    else:
        ranked = ranked[: k + 1]
    ranked = [
        replace(
            one,
            changes=find_changes(
                corpus.programs[one.record_id], profile, one,
                vocabulary=corpus.vocabulary, today=today,
            ),
        )
        for one in ranked
    ]  # fmt: skip
    return say_why_not_next(ranked)[: k or None]


def _words(program: SupportProgram) -> str:
    return f"{program.name} {' '.join(program.aliases)} {program.purpose} {program.support.detail or ''}"


def rank_missing(matches: Sequence[Match]) -> list[tuple[str, int]]:
    """Return the missing facts with how many open verdicts each would settle alone, most first.

    A fact that is one of several missing in a verdict settles none, but comes before others
    with the same count by in how many verdicts it is missing.
    """
    alone: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for match in matches:
        if match.verdict is not Verdict.UNKNOWN:
            continue
        named.update(match.missing)
        # An open criterion without a field ("공고로 확인") keeps the verdict open all the same.
        beyond = any(
            one.result is CriterionResult.UNKNOWN and one.decides and not one.missing
            for one in match.criteria
        )
        if len(match.missing) == 1 and not beyond:
            alone[match.missing[0]] += 1
    return sorted(
        ((name, alone[name]) for name in named), key=lambda row: (-row[1], -named[row[0]], row[0])
    )


def say_why_not_next(matches: Sequence[Match]) -> list[Match]:
    """Add to each match why the next one stands behind it."""
    return [
        replace(one, why_not_next=_behind(one, matches[at + 1])) if at + 1 < len(matches) else one
        for at, one in enumerate(matches)
    ]


def _behind(first: Match, second: Match) -> str:
    verdict = {Verdict.ELIGIBLE: 0, Verdict.UNKNOWN: 1, Verdict.NOT_ELIGIBLE: 2}
    if verdict[second.verdict] > verdict[first.verdict]:
        left = next(
            (
                one.because
                for one in second.criteria
                if one.decides and one.result is not CriterionResult.MET
            ),
            None,
        )
        return f"다음 후보는 {left}." if left else "다음 후보는 확인할 요건이 더 남아 있습니다."
    order = [WindowState.OPEN, WindowState.UPCOMING, WindowState.UNKNOWN, WindowState.CLOSED]
    states = order.index(first.window.state), order.index(second.window.state)
    if first.kind == Kind.PROGRAM.value and states[1] > states[0]:
        return "다음 후보는 접수 시기가 덜 분명하거나 지났습니다."
    unmet = [
        one.because
        for one in second.criteria
        if one.result is not CriterionResult.MET
        and any(
            other.type == one.type and other.result is CriterionResult.MET
            for other in first.criteria
        )
    ]
    if unmet:
        return f"다음 후보는 {unmet[0]}."
    return "다음 후보도 요건은 비슷하지만 말씀하신 고민과 덜 가깝거나 지원 내용이 덜 분명합니다."
