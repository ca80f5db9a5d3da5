"""Search hits and names to candidates, one per record (pure)."""

import re
from collections.abc import Mapping, Sequence

from advisor.answering.draft import Candidate
from advisor.domain.numbers import read_won
from advisor.domain.passages import Hit, Kind
from advisor.domain.question import Aspect, Intent, Question
from advisor.domain.records import (
    AnyRecord,
    CaseStudy,
    Corpus,
    Faq,
    FundingRule,
    Solution,
    SupportProgram,
)
from advisor.intake.aspects import find_aspects
from advisor.intake.names import NameIndex

# Which kind of record a kind of question is about. Scores are standardised, so one unit is one
# standard deviation of the hits of this very search.
PRIOR: Mapping[Intent, Mapping[Kind, float]] = {
    Intent.FACT: {Kind.FAQ: 0.1, Kind.FUNDING_RULE: -0.5},
    Intent.ELIGIBILITY: {Kind.PROGRAM: 0.9, Kind.CASE: -1.0, Kind.SOLUTION: -0.5},
    Intent.PROBLEM: {Kind.SOLUTION: 0.7, Kind.CASE: 0.1, Kind.PROGRAM: -0.3},
    Intent.CASE: {Kind.CASE: 1.0, Kind.PROGRAM: -0.5},
    Intent.EXPERT: {Kind.EXPERT: 1.0, Kind.CASE: -0.5, Kind.SOLUTION: -0.5},
    Intent.RECOMMEND: {Kind.PROGRAM: 0.3, Kind.SOLUTION: 0.3},
    Intent.COMPARE: {Kind.FAQ: -0.3, Kind.FUNDING_RULE: -0.5},
}
NAMED = 2.0
LIKENESS = 1.6
COVERED = 1.2
OLDER = 0.8  # an edition that a newer one has replaced
COMBINED = 1.6  # whether two go together is told by a rule, not by either of them
WORRY = 1.8  # what somebody suffers from outweighs what he makes
ALIKE = 1.2  # what complaints like it are about, on top of that
OF_WORRIES = frozenset({Intent.PROBLEM, Intent.RECOMMEND})
STATISTICS = re.compile(r"평균|통계|전체|집계|조사|\d[\d,]*\s?개사")
# What only a program's own fields can say.
OF_PROGRAMS = frozenset({Aspect.WINDOW, Aspect.NEXT_WINDOW, Aspect.DOCUMENTS, Aspect.OWN_SHARE})
OF_A_PROGRAM = re.compile(r"\bprogram(?:me)?s?\b|지원사업", re.I)
GENERAL = re.compile(
    r"(?:AI|인공지능|스마트\s?공장|이런\s?거|그런\s?거)\S{0,3}\s?(?:하면|깔면|넣으면|도입하면|쓰면|해\s?봤자)",
    re.I,
)
SECOND_CHUNK = 0.15


def rank_candidates(
    question: Question,
    hits: Sequence[Hit],
    *,
    corpus: Corpus,
    names: NameIndex,
    region: str | None,
    coverage: Mapping[str, float],
    trades: Mapping[str, float],
    worries: Mapping[str, frozenset[str]],
    faq_likeness: Mapping[str, float],
) -> tuple[Candidate, ...]:
    """Order the records found or named, best first.

    Args:
        question: What is asked; its names, years and regions move records up or down.
        hits: Chunks, best first.
        corpus: All records; hits of ingested documents are left to the caller.
        names: For how much of a record's name stands in the question.
        coverage: Share (0 to 1) of the question's rare letters in the whole record, by record id.
        trades: Bonus of records that speak of the very trade or product of the question.
        worries: Ids of the worries that a solution answers by its name, by record id.
        faq_likeness: Share (0 to 1) of the question's rare letters in the question of an FAQ.
        region: 시·도 of the company or of the question; records of other regions fall behind.
    """
    best: dict[str, tuple[float, Hit]] = {}
    for hit in hits:
        source = hit.chunk.source_id
        if source not in corpus:
            continue
        if source in best:
            score, first = best[source]
            if hit.score > 0:
                best[source] = (score + SECOND_CHUNK * hit.score / 3, first)
        else:
            best[source] = (hit.score, hit)
    named = {one.record_id: one for one in question.names}
    found: dict[str, tuple[float, Hit | None]] = dict(best)
    floor = min((score for score, _ in best.values()), default=0.0)
    prior = PRIOR.get(question.intent, {})
    newest: dict[str, int] = {}
    for program in corpus.programs.values():
        name = _edition(program.title)
        newest[name] = max(program.year, newest.get(name, program.year))
    suffers = bool(worries) and (
        question.intent in OF_WORRIES
        or (question.intent is Intent.FACT and not question.names and not question.aspects)
    )
    apart = Aspect.COMBINE in question.aspects and len(question.names) > 1
    candidates = []
    pointed = (one for one in question.focus if one in corpus)
    for record_id in dict.fromkeys((*best, *named, *pointed, *worries)):
        record = corpus.record(record_id)
        kind = corpus.kind_of(record_id)
        score, best_hit = found.get(record_id, (floor, None))
        strength = named[record_id].strength if record_id in named else 0.0
        likeness = 0.0
        if not isinstance(record, (Faq, FundingRule)):
            likeness = names.likeness(question.speech, record_id)
        score += COVERED * coverage.get(record_id, 0.0) + trades.get(record_id, 0.0)
        score += WORRY * (suffers and record_id in worries) + ALIKE * question.heard.get(
            record_id, 0
        )
        # Whether two go together is told by a third.
        by_name = NAMED * strength * (1 - apart * (kind is Kind.PROGRAM))
        score += by_name + LIKENESS * likeness**2 + prior.get(kind, 0.0)
        score += _kind_bonus(record, question, faq_likeness.get(record_id, 0.0))
        score += _focus_bonus(record, question) + _year_bonus(record, question, newest)
        score += _region_bonus(record, question, region) + _country_bonus(record, question)
        candidates.append(
            Candidate(
                record_id,
                kind,
                score,
                max(strength, likeness),
                prior.get(kind, 0.0),
                best_hit,
                worries.get(record_id, frozenset()),
            )
        )
    candidates.sort(key=lambda one: (-one.score, one.record_id))
    return tuple(candidates)


def _kind_bonus(record: AnyRecord, question: Question, faq_likeness: float) -> float:
    if isinstance(record, FundingRule) and record.topic == "자료 읽는 법":
        return -0.8
    if isinstance(record, Faq):
        # An FAQ is for its question: words that stand in its answer only are by the way.
        asked = find_aspects(record.question) if Aspect.COMBINE in question.aspects else ()
        return 0.8 * (faq_likeness - 0.3) + COMBINED * (Aspect.COMBINE in asked)
    if isinstance(record, CaseStudy) and record.company.startswith("집계"):
        if STATISTICS.search(question.speech):
            return 0.0
        # "AI 하면 효과 있어요?" of no trade and no trouble: what was counted over many companies.
        general = not question.names and not record.sido and GENERAL.search(question.speech)
        return 1.5 if general else -0.9
    if isinstance(record, SupportProgram) and record.support.max_amount_krw in _won(question):
        return 0.8
    if question.aspects & OF_PROGRAMS or OF_A_PROGRAM.search(question.speech):
        # A solution has no window and no own share: a program of the same name is meant.
        return 0.4 if isinstance(record, SupportProgram) else -0.5 * isinstance(record, Solution)
    return 0.0


def _won(question: Question) -> set[int]:
    """The amounts that the user states, in won."""
    return {won for one in question.figures if (won := read_won(one))}


def _focus_bonus(record: AnyRecord, question: Question) -> float:
    if record.id not in question.focus[:3]:
        return 0.0
    if question.focus_weight < 0 and isinstance(record, (Faq, FundingRule)):
        return -6.0  # it was said in full a moment ago
    return question.focus_weight / (1 + question.focus.index(record.id) / 2)


def _edition(title: str) -> str:
    """Return a program's name without what tells one edition from another.

    >>> _edition("로봇활용 제조혁신 지원사업(2026)"), _edition("2025년도 통합공고")
    ('로봇활용 제조혁신 지원사업', '통합공고')
    """
    return re.sub(r"20\d{2}(?:년도?)?|[(（].*", "", title).strip()


def _year_bonus(record: AnyRecord, question: Question, newest: Mapping[str, int]) -> float:
    if isinstance(record, SupportProgram):
        year = record.year
        older = OLDER * (year < newest[_edition(record.title)])
    elif isinstance(record, Faq):
        year, older = record.as_of_year, 0.0
    else:
        return 0.0
    if question.years:
        return 0.5 if year in question.years else -0.2 - older
    # Of two editions the newer one is meant where no year is said.
    return 0.1 * (year - 2024) - older if isinstance(record, SupportProgram) else 0.0


COUNTRIES = {"JP": "일본", "TW": "대만", "KR": "국내"}


def _country_bonus(record: AnyRecord, question: Question) -> float:
    """A case of the country that is asked for before all others."""
    asked = {code for code, name in COUNTRIES.items() if name in question.speech}
    if not asked or not isinstance(record, CaseStudy):
        return 0.0
    return 0.8 if record.country in asked else -0.8


def _region_bonus(record: AnyRecord, question: Question, region: str | None) -> float:
    sido = record.sido if not isinstance(record, (Faq, FundingRule)) else ()
    if question.regions:
        if set(sido) & set(question.regions):
            return 0.8 if len(sido) == 1 else 0.4
        return -0.7 if sido else 0.0
    if region and sido:
        return 0.3 if region in sido else -0.6
    # Of a company whose place nobody knows: what is for all before what is for some.
    return -0.4 * bool(sido and question.intent is Intent.ELIGIBILITY and not question.names)
