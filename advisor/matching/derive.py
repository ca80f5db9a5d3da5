"""Facts that follow from what was said, each with its basis (pure)."""

from datetime import date

from advisor.domain.match import Derived
from advisor.domain.money import format_krw
from advisor.domain.profile import Profile
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.ages import founded_between, full_years
from advisor.matching.company import number_of, text_of, trade_of
from advisor.matching.finding import Company
from advisor.matching.size_law import RAISE_URL, SME_TABLE_URL, small_ceiling, sme_ceiling
from advisor.matching.sizes import MICRO_EMPLOYEES, law_codes

LAW = "중소기업기본법 시행령"


def derive_facts(profile: Profile, vocabulary: Vocabulary, today: date) -> tuple[Derived, ...]:
    """Return the size class and the age that follow from a profile, as far as they are sure.

    A stated fact is never derived again. The size class needs the revenue and, for 소상공인, the
    head count; a company with affiliates gets none, for theirs would have to be added.
    """
    company = Company(profile, trade_of(profile, vocabulary), vocabulary, None, today)
    return tuple(one for one in (_size(company), _age(company)) if one is not None)


def _size(company: Company) -> Derived | None:
    profile = company.profile
    average = number_of(profile, "revenue_krw_3y_avg")
    revenue = average if average is not None else number_of(profile, "revenue_krw_last")
    if revenue is None or text_of(profile, "size_class") is not None:
        return None
    if text_of(profile, "independence") == "계열·관계 있음":
        return None
    label = "3년 평균 매출" if average is not None else "최근 연매출(3년 평균 대신)"
    small, sme = small_ceiling(law_codes(company)), sme_ceiling(law_codes(company))
    said = f"{label} {format_krw(revenue)}"
    people = number_of(profile, "employees_regular")
    if revenue <= small.sure_krw:
        table = f"{LAW} 별표 3의 소기업 기준 {format_krw(small.sure_krw)} 이하"
        if company.trade.is_manufacturer and people is not None and people < MICRO_EMPLOYEES:
            basis = f"{said}이 {table}이고 상시근로자 {people}명이 제조업 소상공인 기준(10명 미만)에 듭니다"
            return Derived("size_class", "소상공인", basis, RAISE_URL)
        if people is None:
            return None
        return Derived("size_class", "소기업", f"{said}이 {table}입니다", RAISE_URL)
    if small.never_krw < revenue <= sme.sure_krw:
        basis = (
            f"{said}이 소기업 기준을 넘고 {LAW} 별표 1의 중소기업 기준 "
            f"{format_krw(sme.sure_krw)} 이하입니다"
        )
        return Derived("size_class", "중기업", basis, SME_TABLE_URL)
    return None


def _age(company: Company) -> Derived | None:
    span = founded_between(company)
    if span is None or "business_age_years" in company.profile:
        return None
    oldest, youngest = (full_years(day, company.today) for day in span)
    if oldest != youngest:
        return None
    basis = f"설립일 {span[0].isoformat()}부터 {company.today.isoformat()}까지 꽉 찬 햇수입니다"
    return Derived("business_age_years", youngest, basis)
