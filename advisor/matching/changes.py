"""What would change a verdict, proved by judging the changed company again (pure)."""

from collections.abc import Iterator, Mapping
from datetime import date

from advisor.domain.criteria import (
    AnyOf,
    Certification,
    Criterion,
    Designation,
    EmployeesRegular,
    Region,
    RevenueKrw,
    SmartFactoryHistory,
)
from advisor.domain.match import Change, CriterionResult, Match, Verdict
from advisor.domain.profile import Fact, FactValue, Profile
from advisor.domain.records import SupportProgram
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.company import said, words_of
from advisor.matching.eligibility import judge_program
from advisor.text import with_particle

MAX_CHANGES = 3
_Values = Mapping[str, FactValue]
_Idea = tuple[_Values, str]


def find_changes(
    program: SupportProgram,
    profile: Profile,
    match: Match,
    *,
    vocabulary: Vocabulary,
    today: date,
) -> tuple[Change, ...]:
    """Return what would make the company eligible, or settle an open verdict.

    Args:
        program: The one that was judged.
        profile: The company as it is.
        match: Its match for the program, as `judge_program` gave it.
        vocabulary: Trades and size classes.
        today: Day in Asia/Seoul.

    Returns:
        Only changes after which the engine itself gives another verdict, at most three: one fact
        first; where several requirements are not met, one change of all of them.
    """
    if match.verdict is Verdict.ELIGIBLE:
        return ()
    changes: list[Change] = []
    together: dict[str, FactValue] = {}
    said_together: list[str] = []
    for criterion, judged in zip(program.criteria, match.criteria, strict=True):
        if judged.result is CriterionResult.MET or not judged.decides:
            continue
        ideas = list(_ideas(criterion, profile))
        if ideas:
            together.update(ideas[0][0])
            said_together.append(ideas[0][1])
        for values, words in ideas:
            verdict = _verdict_with(program, profile, values, vocabulary, today)
            if verdict is not match.verdict:
                changes.append(Change(_plain(values), verdict, _sentence(words, verdict)))
    if not any(one.verdict is Verdict.ELIGIBLE for one in changes) and len(said_together) > 1:
        verdict = _verdict_with(program, profile, together, vocabulary, today)
        if verdict is not match.verdict:
            words = " 그리고 ".join(said_together)
            changes.append(Change(_plain(together), verdict, _sentence(words, verdict)))
    rank = {Verdict.ELIGIBLE: 0, Verdict.UNKNOWN: 1, Verdict.NOT_ELIGIBLE: 2}
    seen = {one.says: one for one in sorted(changes, key=lambda one: rank[one.verdict])}
    return tuple(seen.values())[:MAX_CHANGES]


def _verdict_with(
    program: SupportProgram, profile: Profile, values: _Values, vocabulary: Vocabulary, today: date
) -> Verdict:
    changed = profile.with_facts({key: Fact(value, "", "계산") for key, value in values.items()})
    if "sf_level_official" in values:
        changed = changed.without("sf_level_valid_until")
    return judge_program(program, changed, vocabulary=vocabulary, today=today).verdict


def _sentence(words: str, verdict: Verdict) -> str:
    if verdict is Verdict.ELIGIBLE:
        return f"{words} 대상이 됩니다."
    if verdict is Verdict.UNKNOWN:
        return f"{words} 제외되지 않고, 남은 요건을 더 볼 수 있습니다."
    return f"{words} 대상이 아닙니다."


def _plain(values: _Values) -> dict[str, object]:
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items()
    }


def _ideas(criterion: Criterion, profile: Profile) -> Iterator[_Idea]:
    if isinstance(criterion, AnyOf):
        yield from _option_ideas(criterion, profile)
    elif isinstance(criterion, EmployeesRegular | RevenueKrw):
        yield from _number(criterion, profile)
    elif isinstance(criterion, SmartFactoryHistory):
        yield from _history(criterion)
    elif isinstance(criterion, Certification | Designation):
        yield from _papers(criterion, profile)
    elif criterion.type in _SIMPLE:
        yield _SIMPLE[criterion.type]
    elif isinstance(criterion, Region) and said(profile, "factory_sido") is None:
        place = criterion.sido[0]
        yield (
            {"factory_sido": place, "hq_sido": place},
            f"공장이 {'·'.join(criterion.sido)}에 있으면",
        )


def _option_ideas(criterion: AnyOf, profile: Profile) -> Iterator[_Idea]:
    for option in criterion.options:
        parts = [next(_ideas(one, profile), None) for one in option.criteria]
        known = [one for one in parts if one is not None]
        if known:
            values = {key: value for one in known for key, value in one[0].items()}
            yield values, " 그리고 ".join(one[1] for one in known)


def _papers(criterion: Certification | Designation, profile: Profile) -> Iterator[_Idea]:
    field = "certifications" if isinstance(criterion, Certification) else "designations"
    names = criterion.any_of if isinstance(criterion, Certification) else criterion.names[:1]
    held = tuple(kept for kept in words_of(profile, field) if kept != "없음")
    for name in names:
        yield {field: (*held, name)}, with_particle(f"'{name}'", "이", "가") + " 있으면"


def _number(criterion: EmployeesRegular | RevenueKrw, profile: Profile) -> Iterator[_Idea]:
    is_people = isinstance(criterion, EmployeesRegular)
    name = "employees_regular"
    if isinstance(criterion, RevenueKrw):
        name = "revenue_krw_3y_avg" if criterion.basis == "avg_3y" else "revenue_krw_last"
    if said(profile, name) is not None:
        return  # A company does not dismiss people or give up sales for a grant.
    bound = criterion.at_most if criterion.at_most is not None else criterion.at_least
    if bound is not None:
        label = "상시근로자가" if is_people else "매출이"
        yield {name: bound}, f"{label} '{criterion.words}'에 들면"


def _history(criterion: SmartFactoryHistory) -> Iterator[_Idea]:
    level = criterion.minimum_level or "기초"
    if criterion.or_certificate or criterion.minimum_level is not None:
        which = f"{level} 이상의 " if criterion.minimum_level else ""
        yield (
            {"sf_level_official": level, "sf_built": "자체 구축"},
            f"{which}스마트공장 수준확인서가 있으면",
        )
    if "government" in criterion.accepts and criterion.minimum_level is None:
        yield {"sf_built": "정부 지원으로 구축"}, "정부 지원으로 스마트공장을 구축한 이력이 있으면"


_SIMPLE: Mapping[str, _Idea] = {
    "research_unit": ({"research_unit": "전담부서"}, "기업부설연구소나 연구전담부서가 있으면"),
    "collects_manufacturing_data": ({"collects_data": "수집 중"}, "제조데이터를 모으기 시작하면"),
    "export": ({"export": "직접 수출"}, "수출을 하고 있으면"),
    "tax_arrears": ({"tax_arrears": "없음"}, "세금 체납을 정리하면"),
    "insurance_arrears": (
        {"industrial_accident_insurance": "가입·체납 없음"},
        "산재보험료 체납을 정리하면",
    ),
    "accident_insurance": (
        {"industrial_accident_insurance": "가입·체납 없음"},
        "산재보험에 가입하면",
    ),
    "asset_condition": ({"asset_condition": "신품"}, "새 설비를 사면"),
    "industrial_complex_tenant": (
        {"industrial_complex": "산업단지 입주"},
        "산업단지에 입주해 있으면",
    ),
    "ai_company": ({"ai_in_use": ("AI 활용",)}, "AI를 쓰고 있으면"),
    "supplier_company": ({"company_role": "공급기업"}, "기술을 공급하는 기업이면"),
}
