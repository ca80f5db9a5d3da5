"""Judges of size: size class, head count, revenue (pure)."""

from collections.abc import Mapping

from advisor.domain.criteria import CompanySize, EmployeesRegular, RevenueKrw
from advisor.domain.money import format_krw
from advisor.matching.company import number_of, text_of
from advisor.matching.finding import MET, NOT_MET, Company, Finding, Judge, unknown
from advisor.matching.size_law import ASSETS_NEVER_KRW, Ceiling, small_ceiling, sme_ceiling
from advisor.text import with_particle

SME_SURE_EMPLOYEES = 200
# Nobody this small is 대기업 by its own size; an affiliate says so in `independence`.
MID_SURE_EMPLOYEES = 1000
# 소상공인기본법: fewer than 10 regular employees in manufacturing.
MICRO_EMPLOYEES = 10


def _company_size(criterion: CompanySize, company: Company) -> Finding:
    words, allowed = criterion.words, set(criterion.allowed)
    if {"중소기업", "중견기업", "대기업"} <= allowed:
        return Finding(MET, f"'{words}' 모두 대상이라 기업 규모를 가리지 않습니다", stated=False)
    stated = text_of(company.profile, "size_class")
    if stated is not None:
        return _stated_size(criterion, stated, company)
    if text_of(company.profile, "independence") == "계열·관계 있음":
        return unknown(words, "size_class", "중소기업확인서의 기업 규모 구분")
    if "중소기업" in allowed:
        return _sme(criterion, company)
    if allowed & {"소상공인", "소기업"}:
        return _small(criterion, company)
    return unknown(words, "size_class", "기업 규모 구분")


def _stated_size(criterion: CompanySize, stated: str, company: Company) -> Finding:
    words, allowed = criterion.words, set(criterion.allowed)
    classes = company.vocabulary.size_classes(stated) or frozenset((stated,))
    named = with_particle(stated, "은", "는")
    if classes & set(criterion.excluded):
        return Finding(NOT_MET, f"{named} '{words}' 요건에서 빠집니다")
    if classes & allowed:
        return Finding(MET, f"{named} '{words}' 요건에 맞습니다")
    if any(stated in company.vocabulary.size_classes(one) for one in allowed):
        return unknown(words, "size_class", "소상공인·소기업·중기업 구분")
    return Finding(NOT_MET, f"{named} '{words}' 요건에 들지 않습니다")


def _sme(criterion: CompanySize, company: Company) -> Finding:
    words, mid_too = criterion.words, "중견기업" in criterion.allowed
    employees = number_of(company.profile, "employees_regular")
    average = number_of(company.profile, "revenue_krw_3y_avg")
    revenue = average if average is not None else number_of(company.profile, "revenue_krw_last")
    assets = number_of(company.profile, "total_assets_krw")
    if assets is not None and assets >= ASSETS_NEVER_KRW and not mid_too:
        return Finding(
            NOT_MET, f"자산총액 {format_krw(assets)}은 '{words}' 규모(5천억 원 미만)를 넘습니다"
        )
    if employees is None and revenue is None:
        return unknown(words, "employees_regular", "기업 규모", decides=False)
    ceiling = sme_ceiling(law_codes(company))
    if average is not None and average > ceiling.never_krw and not mid_too:
        return Finding(NOT_MET, f"3년 평균 매출 {format_krw(average)}은 '{words}' 규모를 넘습니다")
    if "소상공인" in criterion.excluded and (employees is None or employees < MICRO_EMPLOYEES):
        missing = "employees_regular" if employees is None else "size_class"
        return unknown(words, missing, "소상공인에 드는지")
    few = employees is not None and employees < SME_SURE_EMPLOYEES
    if revenue is not None and revenue > ceiling.sure_krw and not (few and mid_too):
        return unknown(words, "size_class", "중소기업확인서의 기업 규모 구분")
    if few:
        return Finding(
            MET, f"상시근로자 {employees}명 규모로 '{words}'에 드는 것으로 봅니다(확인서로 확인)"
        )
    if employees is None and revenue is not None:
        return Finding(
            MET,
            f"매출 {format_krw(revenue)}은 {_basis(ceiling, company)}이라 '{words}'에 드는 것으로 봅니다"
            "(확인서로 확인)",
        )
    if employees is not None and employees < MID_SURE_EMPLOYEES and mid_too:
        return Finding(
            MET, f"상시근로자 {employees}명 규모로 '{words}' 안에 드는 것으로 봅니다(확인서로 확인)"
        )
    return unknown(words, "size_class", "중소기업확인서의 기업 규모 구분")


def _small(criterion: CompanySize, company: Company) -> Finding:
    words, allowed = criterion.words, set(criterion.allowed)
    employees = number_of(company.profile, "employees_regular")
    average = number_of(company.profile, "revenue_krw_3y_avg")
    revenue = average if average is not None else number_of(company.profile, "revenue_krw_last")
    ceiling = small_ceiling(law_codes(company))
    if average is not None and average > ceiling.never_krw:
        return Finding(NOT_MET, f"3년 평균 매출 {format_krw(average)}은 '{words}' 규모를 넘습니다")
    too_much = revenue is not None and revenue > ceiling.sure_krw
    if "소상공인" in allowed and employees is not None and not too_much:
        if employees < MICRO_EMPLOYEES:
            return Finding(
                MET,
                f"상시근로자 {employees}명은 제조업 소상공인(10명 미만)에 듭니다(확인서로 확인)",
            )
        if "소기업" not in allowed:
            return Finding(
                NOT_MET, f"상시근로자 {employees}명은 제조업 소상공인(10명 미만)에 들지 않습니다"
            )
    if "소기업" in allowed and revenue is not None and revenue <= ceiling.sure_krw:
        return Finding(
            MET,
            f"매출 {format_krw(revenue)}은 {_basis(ceiling, company)}이라 소기업 기준 안에 듭니다"
            "(확인서로 확인)",
        )
    if "소기업" not in allowed:
        return unknown(words, "employees_regular", "상시근로자 수")
    return unknown(words, "revenue_krw_3y_avg", "3년 평균 매출이나 소기업 확인 여부")


def law_codes(company: Company) -> frozenset[str]:
    """Return the codes that the law's tables are read by; a process word alone says only "C"."""
    if company.trade.codes:
        return company.trade.codes
    return frozenset({"C"}) if company.trade.is_manufacturer else frozenset()


def _basis(ceiling: Ceiling, company: Company) -> str:
    scope = "업종 기준" if company.trade.codes - {"C"} else "가장 낮은 업종 기준"
    return f"{scope} {format_krw(ceiling.sure_krw)} 이하"


def _employees(criterion: EmployeesRegular, company: Company) -> Finding:
    employees = number_of(company.profile, "employees_regular")
    if employees is None:
        return unknown(criterion.words, "employees_regular", "상시근로자 수")
    return _within(criterion, employees, f"상시근로자 {employees}명은")


def _within(criterion: EmployeesRegular | RevenueKrw, value: int, subject: str) -> Finding:
    if criterion.at_most is not None and value > criterion.at_most:
        return Finding(NOT_MET, f"{subject} '{criterion.words}' 요건을 넘습니다")
    if criterion.at_least is not None and value < criterion.at_least:
        return Finding(NOT_MET, f"{subject} '{criterion.words}' 요건에 못 미칩니다")
    return Finding(MET, f"{subject} '{criterion.words}' 요건에 맞습니다")


def _revenue(criterion: RevenueKrw, company: Company) -> Finding:
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
    return unknown(criterion.words, field, label)


SIZE_JUDGES: Mapping[str, Judge] = {
    "company_size": _company_size,
    "employees_regular": _employees,
    "revenue_krw": _revenue,
}
