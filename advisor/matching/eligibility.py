"""A program's criteria judged against what a company has said (pure).

Three values: met, not met, unknown. A verdict is "not eligible" as soon as one criterion is not
met, "unknown" while a deciding one is unknown, else "eligible". Which unknowns decide:

* Specific requirements do: head count, revenue, region, trade, level or history of a smart
  factory, tenancy, research unit, designation, export, and a list that only the notice has.
* What nearly every user is does not: manufacturing in general and SME in general. They are shown
  as things to confirm. A head count or revenue that casts doubt on SME makes it decide.
* Safeguards (arrears, insolvency, bans, earlier support) do not: they are checked on paper.
* Steps (find a supplier, answer an organiser's call) do not: they can still be taken.

SME is taken from a stated size class; without one, fewer than 200 regular employees or at most
40 billion won of revenue, the lowest ceiling of any trade, count as SME, and the clause says so.
A program without criteria (a law, a plan), or of which no stated fact meets any, stays unknown:
a wrong "eligible" costs an owner more than one more question.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from advisor.domain.criteria import (
    LEVELS,
    AiCompany,
    AnyOf,
    AssetCondition,
    Certification,
    CollectsData,
    CompanySize,
    Consortium,
    Criterion,
    Designation,
    EmployeesRegular,
    ExcludedTrade,
    Export,
    IndustrialComplex,
    Industry,
    Option,
    PriorSupport,
    Region,
    ResearchUnit,
    RevenueKrw,
    SmartFactoryHistory,
    SmartFactoryLevel,
    SupplierCompany,
)
from advisor.domain.match import CriterionResult, JudgedCriterion, Match, Verdict
from advisor.domain.money import format_krw
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.records import SupportProgram
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.company import (
    SUPPLIER_LIKE,
    Trade,
    number_of,
    said,
    text_of,
    trade_of,
    words_of,
)
from advisor.matching.windows import window_on
from advisor.text import squeeze, with_particle

MET, NOT_MET, UNKNOWN = CriterionResult.MET, CriterionResult.NOT_MET, CriterionResult.UNKNOWN

# 중소기업기본법 시행령, in force since 2025-09-01: ceilings of the three-year average by trade lie
# between these; what is under the lowest is an SME, over the highest is none, whatever the trade.
SME_SURE_KRW, SME_NEVER_KRW = 40_000_000_000, 180_000_000_000
SMALL_SURE_KRW, SMALL_NEVER_KRW = 1_500_000_000, 14_000_000_000
SME_SURE_EMPLOYEES = 200
# Nobody this small is 대기업 by its own size; an affiliate says so in `independence`.
MID_SURE_EMPLOYEES = 1000
# 소상공인기본법: fewer than 10 regular employees in manufacturing.
MICRO_EMPLOYEES = 10

BUILT = {
    "정부 지원으로 구축": "government",
    "대·중소 상생형으로 구축": "winwin",
    "자체 구축": "own",
}
NONE_SAID = frozenset({"없음", "해당 없음", "아니오"})
NOT_IN_COMPLEX = NONE_SAID | {"밖", "개별입지", "단지 밖"}
MACHINE_DATA = frozenset(
    {"생산 실적", "설비 가동", "공정 조건", "검사 수치", "불량 사진", "에너지"}
)
COLLECTING_SYSTEMS = frozenset({"MES", "POP", "EMS(에너지)"})
ICT_SYSTEMS = frozenset({"ERP", "MES", "POP", "WMS", "PLM·CAD", "SCM", "QMS", "EMS(에너지)"})


@dataclass(frozen=True, slots=True)
class _Finding:
    """The outcome of one criterion; `stated` is whether it rests on a fact of the profile."""

    result: CriterionResult
    because: str
    missing: str | None = None
    decides: bool = True
    stated: bool = True


@dataclass(frozen=True, slots=True)
class _Company:
    """The profile, read once for all criteria of a program."""

    profile: Profile
    trade: Trade
    vocabulary: Vocabulary
    program: SupportProgram


def judge_program(
    program: SupportProgram, profile: Profile, *, vocabulary: Vocabulary, today: date
) -> Match:
    """Judge every criterion of a program against what the company has said.

    Args:
        program: Criteria keep the order of the record.
        profile: Facts stated so far; a fact not stated is absent, never a default.
        vocabulary: Trades and size classes.
        today: Day in Asia/Seoul, for the window.

    Returns:
        One result per criterion, same order, `score` 0. `missing` names the facts that would
        settle the deciding unknowns, first the one of the first criterion. `human_conditions`
        are the record's, then what is to be confirmed or done.
    """
    company = _Company(profile, trade_of(profile, vocabulary), vocabulary, program)
    findings = [_judge(one, company) for one in program.criteria]
    verdict = _verdict(findings)
    missing = dict.fromkeys(
        one.missing for one in findings if one.result is UNKNOWN and one.missing and one.decides
    )
    if verdict is Verdict.UNKNOWN and not missing:
        missing = dict.fromkeys(one.missing for one in findings if one.missing)
    if verdict is Verdict.NOT_ELIGIBLE:
        missing = {}
    to_confirm = [one.because for one in findings if one.result is UNKNOWN and not one.decides]
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
        why=_why(verdict, findings, tuple(one for one in missing if one), vocabulary),
        human_conditions=(*program.human_conditions, *to_confirm),
    )


def _verdict(findings: list[_Finding]) -> Verdict:
    if any(one.result is NOT_MET for one in findings):
        return Verdict.NOT_ELIGIBLE
    if any(one.result is UNKNOWN and one.decides for one in findings):
        return Verdict.UNKNOWN
    if any(one.result is MET and one.stated for one in findings):
        return Verdict.ELIGIBLE
    return Verdict.UNKNOWN


def _why(
    verdict: Verdict, findings: list[_Finding], missing: tuple[str, ...], vocabulary: Vocabulary
) -> str:
    if verdict is Verdict.NOT_ELIGIBLE:
        return next(one.because for one in findings if one.result is NOT_MET) + "."
    if verdict is Verdict.ELIGIBLE:
        met = [one.because for one in findings if one.result is MET and one.stated]
        # Later criteria are the more particular ones: a level says more than "manufacturer".
        more = f" 다른 요건 {len(met) - 1}가지도 맞습니다." if len(met) > 1 else ""
        return f"{met[-1]}.{more}"
    if missing:
        known = vocabulary.profile_fields
        labels = [known[one].label if one in known else one for one in missing[:2]]
        return with_particle("·".join(labels), "을", "를") + " 알면 더 정확히 판단할 수 있습니다."
    return "공고에서 확인해야 할 요건이 남아 있습니다."


def _judge(criterion: Criterion, company: _Company) -> _Finding:
    finding = _JUDGES[criterion.type](criterion, company)
    return finding if criterion.weight == "requirement" else replace(finding, decides=False)


def _unknown(words: str, missing: str | None, what: str, *, decides: bool = True) -> _Finding:
    clause = with_particle(what, "을", "를") + f" 알아야 '{words}' 요건을 판단할 수 있습니다"
    return _Finding(UNKNOWN, clause, missing, decides)


# Size and numbers


def _company_size(criterion: CompanySize, company: _Company) -> _Finding:
    words, allowed = criterion.words, set(criterion.allowed)
    if {"중소기업", "중견기업", "대기업"} <= allowed:
        return _Finding(MET, f"'{words}' 모두 대상이라 기업 규모를 가리지 않습니다", stated=False)
    stated = text_of(company.profile, "size_class")
    if stated is not None:
        return _stated_size(criterion, stated, company)
    if text_of(company.profile, "independence") == "계열·관계 있음":
        return _unknown(words, "size_class", "중소기업확인서의 기업 규모 구분")
    if "중소기업" in allowed:
        return _sme(criterion, company)
    if allowed & {"소상공인", "소기업"}:
        return _small(criterion, company)
    return _unknown(words, "size_class", "기업 규모 구분")


def _stated_size(criterion: CompanySize, stated: str, company: _Company) -> _Finding:
    words, allowed = criterion.words, set(criterion.allowed)
    classes = company.vocabulary.size_classes(stated) or frozenset((stated,))
    named = with_particle(stated, "은", "는")
    if classes & set(criterion.excluded):
        return _Finding(NOT_MET, f"{named} '{words}' 요건에서 빠집니다")
    if classes & allowed:
        return _Finding(MET, f"{named} '{words}' 요건에 맞습니다")
    if any(stated in company.vocabulary.size_classes(one) for one in allowed):
        return _unknown(words, "size_class", "소상공인·소기업·중기업 구분")
    return _Finding(NOT_MET, f"{named} '{words}' 요건에 들지 않습니다")


def _sme(criterion: CompanySize, company: _Company) -> _Finding:
    words, mid_too = criterion.words, "중견기업" in criterion.allowed
    employees = number_of(company.profile, "employees_regular")
    average = number_of(company.profile, "revenue_krw_3y_avg")
    revenue = average if average is not None else number_of(company.profile, "revenue_krw_last")
    if employees is None and revenue is None:
        return _unknown(words, "employees_regular", "기업 규모", decides=False)
    if average is not None and average > SME_NEVER_KRW and not mid_too:
        return _Finding(NOT_MET, f"3년 평균 매출 {format_krw(average)}은 '{words}' 규모를 넘습니다")
    if "소상공인" in criterion.excluded and (employees is None or employees < MICRO_EMPLOYEES):
        missing = "employees_regular" if employees is None else "size_class"
        return _unknown(words, missing, "소상공인에 드는지")
    few = employees is not None and employees < SME_SURE_EMPLOYEES
    if revenue is not None and revenue > SME_SURE_KRW and not (few and mid_too):
        return _unknown(words, "size_class", "중소기업확인서의 기업 규모 구분")
    if few:
        return _Finding(
            MET, f"상시근로자 {employees}명 규모로 '{words}'에 드는 것으로 봅니다(확인서로 확인)"
        )
    if employees is None and revenue is not None:
        return _Finding(
            MET, f"매출 {format_krw(revenue)} 규모로 '{words}'에 드는 것으로 봅니다(확인서로 확인)"
        )
    if employees is not None and employees < MID_SURE_EMPLOYEES and mid_too:
        return _Finding(
            MET, f"상시근로자 {employees}명 규모로 '{words}' 안에 드는 것으로 봅니다(확인서로 확인)"
        )
    return _unknown(words, "size_class", "중소기업확인서의 기업 규모 구분")


def _small(criterion: CompanySize, company: _Company) -> _Finding:
    words, allowed = criterion.words, set(criterion.allowed)
    employees = number_of(company.profile, "employees_regular")
    average = number_of(company.profile, "revenue_krw_3y_avg")
    revenue = average if average is not None else number_of(company.profile, "revenue_krw_last")
    if average is not None and average > SMALL_NEVER_KRW:
        return _Finding(NOT_MET, f"3년 평균 매출 {format_krw(average)}은 '{words}' 규모를 넘습니다")
    too_much = revenue is not None and revenue > SMALL_NEVER_KRW
    if "소상공인" in allowed and employees is not None and not too_much:
        if employees < MICRO_EMPLOYEES:
            return _Finding(
                MET,
                f"상시근로자 {employees}명은 제조업 소상공인(10명 미만)에 듭니다(확인서로 확인)",
            )
        if "소기업" not in allowed:
            return _Finding(
                NOT_MET, f"상시근로자 {employees}명은 제조업 소상공인(10명 미만)에 들지 않습니다"
            )
    if "소기업" in allowed and revenue is not None and revenue <= SMALL_SURE_KRW:
        return _Finding(MET, f"매출 {format_krw(revenue)}은 소기업 기준 안에 듭니다(확인서로 확인)")
    if "소기업" not in allowed:
        return _unknown(words, "employees_regular", "상시근로자 수")
    return _unknown(words, "revenue_krw_3y_avg", "3년 평균 매출이나 소기업 확인 여부")


def _employees(criterion: EmployeesRegular, company: _Company) -> _Finding:
    employees = number_of(company.profile, "employees_regular")
    if employees is None:
        return _unknown(criterion.words, "employees_regular", "상시근로자 수")
    return _within(criterion, employees, f"상시근로자 {employees}명은")


def _within(criterion: EmployeesRegular | RevenueKrw, value: int, subject: str) -> _Finding:
    if criterion.at_most is not None and value > criterion.at_most:
        return _Finding(NOT_MET, f"{subject} '{criterion.words}' 요건을 넘습니다")
    if criterion.at_least is not None and value < criterion.at_least:
        return _Finding(NOT_MET, f"{subject} '{criterion.words}' 요건에 못 미칩니다")
    return _Finding(MET, f"{subject} '{criterion.words}' 요건에 맞습니다")


def _revenue(criterion: RevenueKrw, company: _Company) -> _Finding:
    average = number_of(company.profile, "revenue_krw_3y_avg")
    last = number_of(company.profile, "revenue_krw_last")
    exact, other = (average, last) if criterion.basis == "avg_3y" else (last, average)
    label = "3년 평균 매출" if criterion.basis == "avg_3y" else "최근 연매출"
    if exact is not None:
        return _within(criterion, exact, f"{label} {format_krw(exact)}은")
    field = "revenue_krw_3y_avg" if criterion.basis == "avg_3y" else "revenue_krw_last"
    if other is not None and criterion.at_most is not None and criterion.at_least is None:
        # Revenue is not negative, so the average is at least a third of any year.
        if criterion.basis == "avg_3y" and other > 3 * criterion.at_most:
            return _within(criterion, other // 3, f"최근 연매출 {format_krw(other)}이면 3년 평균도")
        # A year far below the ceiling: only a collapse by more than half would break it.
        if other <= criterion.at_most // 2 and criterion.basis == "avg_3y":
            return _within(
                criterion, other, f"최근 연매출 {format_krw(other)}은(3년 평균으로 확인)"
            )
        if other <= criterion.at_most // 3:
            return _within(criterion, other, f"3년 평균 매출 {format_krw(other)}은")
    return _unknown(criterion.words, field, label)


# Place and trade


def _region(criterion: Region, company: _Company) -> _Finding:
    profile, words = company.profile, criterion.words
    factory, hq = text_of(profile, "factory_sido"), text_of(profile, "hq_sido")
    if factory == "없음":
        factory = None
    place = {"factory": factory, "hq": hq}.get(criterion.which, factory or hq)
    wanted = "hq_sido" if criterion.which == "hq" else "factory_sido"
    if criterion.which == "any" and hq in criterion.sido and factory not in criterion.sido:
        place = hq
    if place is None:
        return _unknown(
            words, wanted, "공장이 있는 시·도" if wanted == "factory_sido" else "본사 시·도"
        )
    if place in criterion.sido:
        return _district(criterion, place, company)
    if not criterion.exhaustive and place not in criterion.never:
        return _Finding(
            UNKNOWN, f"{place}이(가) '{words}'에 더해졌는지는 공고로 확인해야 합니다", None
        )
    if criterion.which == "any" and factory is None:
        # Only the head office is known; the factory may still be there.
        return _unknown(words, "factory_sido", "공장이 있는 시·도")
    where = "본사가" if criterion.which == "hq" else "공장이"
    return _Finding(NOT_MET, f"{where} {place}에 있어 '{words}' 지역이 아닙니다")


def _district(criterion: Region, place: str, company: _Company) -> _Finding:
    words = criterion.words
    if not criterion.sigungu:
        return _Finding(MET, f"{place} 소재로 '{words}' 지역 요건에 맞습니다")
    district = text_of(company.profile, "factory_sigungu")
    if district is None:
        return _unknown(words, "factory_sigungu", "공장이 있는 시·군·구")
    if any(district.startswith(one) or one.startswith(district) for one in criterion.sigungu):
        return _Finding(MET, f"{place} {district} 소재로 '{words}' 지역 요건에 맞습니다")
    return _Finding(NOT_MET, f"공장이 {place} {district}에 있어 '{words}' 지역이 아닙니다")


def _industry(criterion: Industry, company: _Company) -> _Finding:
    trade, words = company.trade, criterion.words
    label = trade.label
    if "C" in criterion.ksic:
        if trade.is_manufacturer:
            return _Finding(MET, f"{label} 제조기업으로 '{words}' 요건에 맞습니다")
        if trade.is_manufacturer is None:
            return _unknown(words, "industry_text", "무엇을 만드는지", decides=False)
        if criterion.exhaustive:
            return _Finding(
                NOT_MET, f"{with_particle(label, '은', '는')} '{words}'에 들지 않습니다"
            )
        return _unknown(words, "industry_text", "제조를 하는지")
    if _is_of_trade(criterion, company):
        return _Finding(MET, f"{with_particle(label, '은', '는')} '{words}' 요건에 맞습니다")
    if not trade.is_known:
        return _unknown(words, "industry_text", "무엇을 만드는지")
    if not criterion.exhaustive or trade.could_be_in(criterion.ksic):
        return _Finding(
            UNKNOWN,
            f"{with_particle(label, '이', '가')} '{words}'에 드는지는 공고로 확인해야 합니다",
            None if trade.codes else "main_products",
        )
    return _Finding(NOT_MET, f"{with_particle(label, '은', '는')} '{words}'에 들지 않습니다")


def _is_of_trade(criterion: Industry, company: _Company) -> bool:
    trade = company.trade
    root = text_of(company.profile, "is_root_industry")
    certificates = words_of(company.profile, "certifications")
    if criterion.root and (
        root in {"확인서 있음", "해당 공정이지만 확인서 없음"} or "뿌리기업" in certificates
    ):
        return True
    if trade.processes & set(criterion.processes):
        return True
    # A suggested division is enough to say yes only where processes are what is asked for.
    if any(code.startswith(criterion.ksic) for code in trade.codes if criterion.ksic):
        return True
    terms = [squeeze(one) for one in criterion.terms]
    if "소재·부품·장비" in criterion.terms and "소재·부품·장비 전문기업" in certificates:
        return True
    return any(len(term) > 1 and term in trade.text for term in terms)


def _excluded_trade(criterion: ExcludedTrade, company: _Company) -> _Finding:
    trade = company.trade
    if any(squeeze(one) in trade.text for one in criterion.terms):
        return _Finding(NOT_MET, f"{trade.label} 업종은 '{criterion.words}'에 해당합니다")
    if trade.is_manufacturer:
        return _Finding(MET, f"제조기업으로 '{criterion.words}'에 해당하지 않습니다")
    return _Finding(UNKNOWN, f"'{criterion.words}'에 해당하지 않는지 확인해 주세요")


def _supplier(criterion: SupplierCompany, company: _Company) -> _Finding:
    role, trade = text_of(company.profile, "company_role"), company.trade
    words = criterion.words
    if role in {"공급기업", "둘 다"}:
        return _Finding(MET, f"공급기업으로 '{words}' 요건에 맞습니다")
    if role == "도입기업":
        return _Finding(
            NOT_MET, f"'{words}' 대상 사업으로, 기술을 들여 쓰는 도입기업은 대상이 아닙니다"
        )
    if trade.is_known and not (trade.codes == {"C"} or trade.is_in(SUPPLIER_LIKE)):
        return _Finding(
            NOT_MET,
            f"'{words}' 대상 사업으로, {trade.label} 공장처럼 기술을 들여 쓰는 기업은 대상이 아닙니다",
        )
    return _unknown(words, "company_role", "기술을 공급하는 기업인지")


def _complex(criterion: IndustrialComplex, company: _Company) -> _Finding:
    stated = text_of(company.profile, "industrial_complex")
    words = criterion.words
    if stated is None:
        return _unknown(words, "industrial_complex", "산업단지 입주 여부")
    if stated in NOT_IN_COMPLEX:
        return _Finding(NOT_MET, f"산업단지 밖에 있어 '{words}' 요건에 맞지 않습니다")
    if criterion.smart_green:
        return _Finding(
            UNKNOWN, f"입주한 산업단지가 '{words}'의 스마트그린산단인지 확인해야 합니다"
        )
    return _Finding(MET, f"산업단지 입주기업으로 '{words}' 요건에 맞습니다")


# Smart factory and data


def _history(criterion: SmartFactoryHistory, company: _Company) -> _Finding:
    words = criterion.words
    built = text_of(company.profile, "sf_built")
    level = text_of(company.profile, "sf_level_official")
    rank = LEVELS.index(level) if level in LEVELS else None
    if built == "없음" and not rank:
        return _Finding(NOT_MET, f"스마트공장 구축 경험이 없어 '{words}' 요건에 맞지 않습니다")
    if criterion.minimum_level is not None:
        return _reached(criterion, rank, level)
    if rank and criterion.or_certificate:
        return _Finding(MET, f"공식 수준이 {level}(으)로 '{words}' 요건에 맞습니다")
    if built is not None and BUILT.get(built) in criterion.accepts:
        return _Finding(MET, f"{built}한 이력이 있어 '{words}' 요건에 맞습니다")
    if built in BUILT:
        if criterion.or_certificate and level is None:
            return _unknown(words, "sf_level_official", "수준확인서 보유 여부")
        return _Finding(NOT_MET, f"'{built}'은 '{words}' 요건에 들지 않습니다")
    return _unknown(words, "sf_built", "스마트공장 구축 이력")


def _reached(criterion: SmartFactoryHistory, rank: int | None, level: str | None) -> _Finding:
    words = criterion.words
    if rank is None or criterion.minimum_level is None:
        return _unknown(words, "sf_level_official", "공식 스마트공장 수준")
    if rank >= LEVELS.index(criterion.minimum_level):
        return _Finding(MET, f"공식 수준 {level}이(가) '{words}' 요건에 맞습니다")
    return _Finding(NOT_MET, f"공식 수준 {level}은(는) '{words}' 요건에 못 미칩니다")


def _level(criterion: SmartFactoryLevel, company: _Company) -> _Finding:
    words, most = criterion.words, LEVELS.index(criterion.at_most)
    level = text_of(company.profile, "sf_level_official")
    if level in LEVELS:
        if LEVELS.index(level) <= most:
            return _Finding(MET, f"공식 수준 {level}이(가) '{words}' 요건에 맞습니다")
        return _Finding(NOT_MET, f"공식 수준 {level}은(는) '{words}' 요건을 넘습니다")
    systems = set(words_of(company.profile, "systems_in_use"))
    if most == 0 and systems & ICT_SYSTEMS:
        used = "·".join(sorted(systems & ICT_SYSTEMS))
        return _Finding(NOT_MET, f"{used}을(를) 쓰고 있어 '{words}' 요건에 맞지 않습니다")
    if text_of(company.profile, "sf_built") == "없음" and (
        most > 0 or (systems and not systems & ICT_SYSTEMS)
    ):
        return _Finding(MET, f"스마트공장을 구축한 적이 없어 '{words}' 요건에 맞습니다")
    return _unknown(words, "sf_level_official", "공식 스마트공장 수준")


def _collects(criterion: CollectsData, company: _Company) -> _Finding:
    profile, words = company.profile, criterion.words
    stated = text_of(profile, "collects_data")
    if stated == "수집 중":
        return _Finding(MET, f"제조데이터를 모으고 있어 '{words}' 요건에 맞습니다")
    if stated == "수집 안 함":
        return _Finding(NOT_MET, f"제조데이터를 모으지 않아 '{words}' 요건에 맞지 않습니다")
    kinds = set(words_of(profile, "data_types_available"))
    if kinds & MACHINE_DATA or set(words_of(profile, "systems_in_use")) & COLLECTING_SYSTEMS:
        return _Finding(MET, f"생산·설비 자료가 쌓이고 있어 '{words}' 요건에 맞습니다")
    if kinds == {"없음"}:
        return _Finding(NOT_MET, f"모으는 자료가 없어 '{words}' 요건에 맞지 않습니다")
    return _unknown(words, "collects_data", "제조데이터를 모으고 있는지")


# Papers, designations, export


def _research(criterion: ResearchUnit, company: _Company) -> _Finding:
    stated = text_of(company.profile, "research_unit")
    if stated in {"연구소", "전담부서"}:
        return _Finding(
            MET, f"{with_particle(stated, '이', '가')} 있어 '{criterion.words}' 요건에 맞습니다"
        )
    if "기업부설연구소·전담부서" in words_of(company.profile, "certifications"):
        return _Finding(MET, f"연구소·전담부서가 있어 '{criterion.words}' 요건에 맞습니다")
    if stated == "없음":
        return _Finding(NOT_MET, f"연구소·전담부서가 없어 '{criterion.words}' 요건에 맞지 않습니다")
    return _unknown(criterion.words, "research_unit", "연구소·전담부서 보유 여부")


def _certification(criterion: Certification, company: _Company) -> _Finding:
    held = words_of(company.profile, "certifications")
    if not held:
        return _unknown(criterion.words, "certifications", "가지고 있는 인증")
    for one in criterion.any_of:
        if one in held:
            return _Finding(MET, f"{one} 보유로 '{criterion.words}' 요건에 맞습니다")
    return _Finding(NOT_MET, f"말씀하신 인증에는 '{criterion.words}'이(가) 없습니다")


def _designation(criterion: Designation, company: _Company) -> _Finding:
    held = [squeeze(one) for one in words_of(company.profile, "designations")]
    wanted = [squeeze(one) for one in criterion.names]
    if any(one in other or other in one for one in held for other in wanted if len(one) > 2):
        return _Finding(MET, f"'{criterion.words}' 요건에 맞습니다")
    if set(held) & NONE_SAID:
        return _Finding(NOT_MET, f"'{criterion.words}'에 해당하지 않습니다")
    return _unknown(criterion.words, "designations", f"'{criterion.names[0]}' 여부")


def _notice_list(criterion: Any, company: _Company) -> _Finding:
    return _Finding(UNKNOWN, f"'{criterion.words}'에 드는지는 공고로 확인해야 합니다")


def _export(criterion: Export, company: _Company) -> _Finding:
    stated = text_of(company.profile, "export")
    words = criterion.words
    if stated is None:
        return _unknown(words, "export", "수출 여부")
    if stated in {"직접 수출", "간접 수출"} or (criterion.preparing and stated == "준비 중"):
        return _Finding(MET, f"수출 상태가 '{stated}'(으)로 '{words}' 요건에 맞습니다")
    return _Finding(NOT_MET, f"수출 상태가 '{stated}'(으)로 '{words}' 요건에 맞지 않습니다")


def _ai_company(criterion: AiCompany, company: _Company) -> _Finding:
    used = set(words_of(company.profile, "ai_in_use"))
    if used - NONE_SAID and not criterion.develops:
        return _Finding(MET, f"AI를 쓰고 있어 '{criterion.words}' 요건에 맞습니다")
    return _unknown(criterion.words, "ai_in_use", "AI를 쓰거나 도입하는 중인지")


# Safeguards and steps


@dataclass(frozen=True, slots=True)
class _Paper:
    """A safeguard read from one field: which values pass, which fail, and what it is called."""

    field: str
    passes: frozenset[str]
    fails: frozenset[str]
    label: str


_PAPERS: Mapping[str, _Paper] = {
    "tax_arrears": _Paper(
        "tax_arrears", frozenset({"없음"}), frozenset({"있음"}), "국세·지방세 체납"
    ),
    "insolvency": _Paper(
        "insolvency", frozenset({"없음"}), frozenset({"진행 중"}), "회생·파산 절차"
    ),
    "support_ban": _Paper(
        "support_ban", frozenset({"없음"}), frozenset({"제한 중"}), "지원사업 참여 제한"
    ),
    "in_operation": _Paper(
        "closed_or_suspended", frozenset({"정상"}), frozenset({"휴업", "폐업"}), "영업 상태"
    ),
    "accident_insurance": _Paper(
        "industrial_accident_insurance",
        frozenset({"가입·체납 없음", "가입·체납 있음"}),
        frozenset({"미가입"}),
        "산재보험",
    ),
    "insurance_arrears": _Paper(
        "industrial_accident_insurance",
        frozenset({"가입·체납 없음"}),
        frozenset({"가입·체납 있음"}),
        "산재보험료",
    ),
}


def _paper(criterion: Any, company: _Company) -> _Finding:
    paper = _PAPERS[criterion.type]
    stated = text_of(company.profile, paper.field)
    if stated in paper.passes:
        return _Finding(
            MET, f"{paper.label} '{stated}'(으)로 '{criterion.words}' 항목에 문제가 없습니다"
        )
    if stated in paper.fails:
        return _Finding(
            NOT_MET, f"{paper.label} '{stated}'(으)로 '{criterion.words}' 항목에 걸립니다"
        )
    return _Finding(UNKNOWN, f"'{criterion.words}' 항목을 서류로 확인해 주세요", paper.field)


def _asset(criterion: AssetCondition, company: _Company) -> _Finding:
    stated = text_of(company.profile, "asset_condition")
    if stated is None:
        return _Finding(
            UNKNOWN, f"'{criterion.words}'이 있으니 새 설비인지 확인해 주세요", "asset_condition"
        )
    if stated in criterion.excluded:
        return _Finding(NOT_MET, f"{stated} 설비는 '{criterion.words}'에 걸립니다")
    return _Finding(MET, f"{stated} 설비로 '{criterion.words}'에 걸리지 않습니다")


def _prior_support(criterion: PriorSupport, company: _Company) -> _Finding:
    words, program = criterion.words, company.program
    names = [squeeze(one) for one in criterion.programs]
    if program.id in criterion.programs:
        names += [squeeze(one) for one in (program.name, *program.aliases)]
    for entry in words_of(company.profile, "recent_support"):
        if any(name in squeeze(entry) for name in names) and (
            not criterion.years or any(str(year) in entry for year in criterion.years)
        ):
            return _Finding(NOT_MET, f"'{entry}' 이력이 '{words}' 제외에 해당합니다")
    if text_of(company.profile, "sf_built") == "없음":
        return _Finding(MET, f"스마트공장 지원 이력이 없어 '{words}' 제외에 해당하지 않습니다")
    return _Finding(UNKNOWN, f"'{words}' 제외에 해당하지 않는지 확인해 주세요", "recent_support")


def _consortium(criterion: Consortium, company: _Company) -> _Finding:
    if criterion.partner == "supplier":
        if said(company.profile, "supplier_partner") == "정해짐":
            return _Finding(MET, f"함께 신청할 공급기업이 있어 '{criterion.words}' 요건에 맞습니다")
        return _Finding(
            UNKNOWN, f"함께 신청할 공급기업을 찾아야 합니다({criterion.words})", "supplier_partner"
        )
    return _Finding(UNKNOWN, f"신청 방식을 확인해 주세요({criterion.words})")


# Alternatives


def _any_of(criterion: AnyOf, company: _Company) -> _Finding:
    judged = [_option(one, company) for one in criterion.options]
    for option, finding in zip(criterion.options, judged, strict=True):
        if finding.result is MET:
            return replace(finding, because=f"{option.label}: {finding.because}")
    unknown = [one for one in judged if one.result is UNKNOWN]
    if unknown:
        return unknown[0]
    if criterion.open_ended:
        return _Finding(
            UNKNOWN,
            f"'{criterion.words}' 가운데 어느 유형에 드는지는 공고로 확인해야 합니다",
        )
    return _Finding(NOT_MET, ", ".join(dict.fromkeys(one.because for one in judged)))


def _option(option: Option, company: _Company) -> _Finding:
    findings = [_judge(one, company) for one in option.criteria]
    for result in (NOT_MET, UNKNOWN):
        for finding in findings:
            if finding.result is result and (result is NOT_MET or finding.decides):
                return finding
    met = [one for one in findings if one.result is MET]
    if not met:
        return findings[0]
    return replace(met[0], because=", ".join(one.because for one in met))


_JUDGES: Mapping[str, Callable[[Any, _Company], _Finding]] = {
    "company_size": _company_size,
    "employees_regular": _employees,
    "revenue_krw": _revenue,
    "region": _region,
    "industry": _industry,
    "smart_factory_history": _history,
    "smart_factory_level": _level,
    "industrial_complex_tenant": _complex,
    "collects_manufacturing_data": _collects,
    "research_unit": _research,
    "certification": _certification,
    "designation": _designation,
    "notice_list": _notice_list,
    "export": _export,
    "ai_company": _ai_company,
    "supplier_company": _supplier,
    "accident_insurance": _paper,
    "insurance_arrears": _paper,
    "tax_arrears": _paper,
    "insolvency": _paper,
    "in_operation": _paper,
    "support_ban": _paper,
    "prior_support": _prior_support,
    "excluded_trade": _excluded_trade,
    "asset_condition": _asset,
    "consortium": _consortium,
    "any_of": _any_of,
}
