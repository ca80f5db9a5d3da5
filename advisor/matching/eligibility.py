"""A program's criteria judged against what a company has said (pure).

Three values: met, not met, unknown. A verdict is "not eligible" as soon as one criterion is not
met, "unknown" while a deciding one is unknown, else "eligible". Which unknowns decide:

* Specific requirements do: head count, revenue, region, trade, level or history of a smart
  factory, tenancy, research unit, designation, export, and a list that only the notice has.
* What nearly every user is does not: manufacturing in general and SME in general. They are shown
  as things to confirm. A head count or revenue that casts doubt on SME makes it decide.
* Safeguards (arrears, insolvency, bans, earlier support) do not: they are checked on paper.
* Steps (find a supplier, answer an organiser's call) do not: they can still be taken.

SME is taken from a stated size class; without one, fewer than 200 regular employees or a revenue
within the trade's ceiling (`size_law`) count as SME, and the clause says so.
A program without criteria (a law, a plan), or of which no stated fact meets any, stays unknown:
a wrong "eligible" costs an owner more than one more question.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from advisor.clock import SEOUL
from advisor.domain.criteria import AnyOf, Criterion, Option
from advisor.domain.match import JudgedCriterion, Match, Verdict
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.records import SupportProgram
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.ages import AGE_JUDGES
from advisor.matching.company import trade_of
from advisor.matching.factories import FACTORY_JUDGES
from advisor.matching.finding import MET, NOT_MET, UNKNOWN, Company, Finding, Judge
from advisor.matching.papers import PAPER_JUDGES
from advisor.matching.places import PLACE_JUDGES
from advisor.matching.sizes import SIZE_JUDGES
from advisor.matching.trades import TRADE_JUDGES
from advisor.matching.windows import window_on
from advisor.text import with_particle


def judge_program(
    program: SupportProgram, profile: Profile, *, vocabulary: Vocabulary, today: date
) -> Match:
    """Judge every criterion of a program against what the company has said.

    Args:
        program: Criteria keep the order of the record.
        profile: Facts stated so far; a fact not stated is absent, never a default.
        vocabulary: Trades and size classes.
        today: Day in Asia/Seoul, for ages, certificates and the window; a `datetime` with its
            zone lets the hour of the last day count.

    Returns:
        One result per criterion, same order, `score` 0. `missing` names the facts that would
        settle the deciding unknowns, first the one of the first criterion. `human_conditions`
        are the record's, then what is to be confirmed or done.
    """
    company = Company(profile, trade_of(profile, vocabulary), vocabulary, program, seoul_day(today))
    return match_of(
        program, [judge_criterion(one, company) for one in program.criteria], vocabulary, today
    )


def match_of(
    program: SupportProgram, findings: list[Finding], vocabulary: Vocabulary, today: date
) -> Match:
    """Return the match of a program whose criteria were judged, one finding each, same order."""
    verdict = _verdict(findings)
    missing = dict.fromkeys(
        one.missing for one in findings if one.result is UNKNOWN and one.missing and one.decides
    )
    if verdict is Verdict.UNKNOWN and not missing:
        missing = dict.fromkeys(one.missing for one in findings if one.missing)
    if verdict is Verdict.NOT_ELIGIBLE:
        missing = {}
    to_confirm = [one.because for one in findings if one.result is UNKNOWN and not one.decides]
    human = tuple(dict.fromkeys((*program.human_conditions, *to_confirm)))
    return Match(
        record_id=program.id,
        kind=Kind.PROGRAM.value,
        score=0.0,
        verdict=verdict,
        window=window_on(program.window, today),
        criteria=tuple(
            JudgedCriterion(
                type=criterion.type,
                result=finding.result,
                because=finding.because,
                words=criterion.words,
                source=criterion.source,
                missing=finding.missing,
                decides=finding.decides,
            )
            for criterion, finding in zip(program.criteria, findings, strict=True)
        ),
        missing=tuple(one for one in missing if one),
        why=_why(verdict, findings, tuple(one for one in missing if one), vocabulary, len(human)),
        human_conditions=human,
    )


def _verdict(findings: list[Finding]) -> Verdict:
    if any(one.result is NOT_MET for one in findings):
        return Verdict.NOT_ELIGIBLE
    if any(one.result is UNKNOWN and one.decides for one in findings):
        return Verdict.UNKNOWN
    if any(one.result is MET and one.stated for one in findings):
        return Verdict.ELIGIBLE
    return Verdict.UNKNOWN


def _why(
    verdict: Verdict,
    findings: list[Finding],
    missing: tuple[str, ...],
    vocabulary: Vocabulary,
    to_confirm: int,
) -> str:
    if verdict is Verdict.NOT_ELIGIBLE:
        return next(one.because for one in findings if one.result is NOT_MET) + "."
    if verdict is Verdict.ELIGIBLE:
        met = [one.because for one in findings if one.result is MET and one.stated]
        # Later criteria are the more particular ones: a level says more than "manufacturer".
        more = f" 다른 요건 {len(met) - 1}가지도 맞습니다." if len(met) > 1 else ""
        rest = f" 신청 전에 확인할 조건이 {to_confirm}가지 있습니다." if to_confirm else ""
        return f"{met[-1]}.{more}{rest}"
    if missing:
        known = vocabulary.profile_fields
        labels = [known[one].label if one in known else one for one in missing[:2]]
        return with_particle("·".join(labels), "을", "를") + " 알면 더 정확히 판단할 수 있습니다."
    return "공고에서 확인해야 할 요건이 남아 있습니다."


def judge_criterion(criterion: Criterion, company: Company) -> Finding:
    """Judge one criterion; an unknown of a safeguard or a step does not decide unless doubtful."""
    finding = _JUDGES[criterion.type](criterion, company)
    if criterion.weight == "requirement" or finding.doubtful:
        return finding
    return replace(finding, decides=False)


def seoul_day(today: date) -> date:
    """Return the day in Asia/Seoul of a day or a moment."""
    return today.astimezone(SEOUL).date() if isinstance(today, datetime) else today


def _any_of(criterion: AnyOf, company: Company) -> Finding:
    judged = [_option(one, company) for one in criterion.options]
    for option, finding in zip(criterion.options, judged, strict=True):
        if finding.result is MET:
            return replace(finding, because=f"{option.label}: {finding.because}")
    unknown = [one for one in judged if one.result is UNKNOWN]
    if unknown:
        return unknown[0]
    if criterion.open_ended:
        return Finding(
            UNKNOWN,
            f"'{criterion.words}' 가운데 어느 유형에 드는지는 공고로 확인해야 합니다",
        )
    return Finding(NOT_MET, ", ".join(dict.fromkeys(one.because for one in judged)))


def _option(option: Option, company: Company) -> Finding:
    findings = [judge_criterion(one, company) for one in option.criteria]
    for result in (NOT_MET, UNKNOWN):
        for finding in findings:
            if finding.result is result and (result is NOT_MET or finding.decides):
                return finding
    met = [one for one in findings if one.result is MET]
    if not met:
        return findings[0]
    return replace(met[0], because=", ".join(one.because for one in met))


_JUDGES: Mapping[str, Judge] = {
    **SIZE_JUDGES,
    **AGE_JUDGES,
    **PLACE_JUDGES,
    **TRADE_JUDGES,
    **FACTORY_JUDGES,
    **PAPER_JUDGES,
    "any_of": _any_of,
}
