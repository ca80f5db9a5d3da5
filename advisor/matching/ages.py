"""Judges of age: full years since the company was founded (pure)."""

import re
from collections.abc import Mapping
from datetime import date

from advisor.domain.criteria import BusinessAge
from advisor.matching.company import number_of, text_of
from advisor.matching.finding import MET, NOT_MET, UNKNOWN, Company, Finding, Judge, unknown

_YEAR_ONLY = re.compile(r"^\d{4}$")


def founded_between(company: Company) -> tuple[date, date] | None:
    """Return the first and the last day on which the company may have been founded."""
    said = text_of(company.profile, "established_on")
    if said is not None and _YEAR_ONLY.match(said):
        return date(int(said), 1, 1), date(int(said), 12, 31)
    if said is not None:
        try:
            day = date.fromisoformat(said)
        except ValueError:
            return None
        return day, day
    years = number_of(company.profile, "business_age_years")
    if years is None:
        return None
    # "5년" as a whole number is the fifth anniversary up to the day before the sixth.
    last = anniversary(company.today, -years)
    return date.fromordinal(anniversary(company.today, -years - 1).toordinal() + 1), last


def anniversary(day: date, years: int) -> date:
    """Return the same day other years; 29 February falls on 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def full_years(founded: date, today: date) -> int:
    """Return the full years from founding to a day, 0 before the first anniversary.

    >>> full_years(date(2020, 3, 1), date(2026, 2, 28)), full_years(date(2020, 3, 1), date(2026, 3, 1))
    (5, 6)
    """
    years = today.year - founded.year
    return years if today >= anniversary(founded, years) else years - 1


def _age(criterion: BusinessAge, company: Company) -> Finding:
    span = founded_between(company)
    if span is None:
        return unknown(criterion.words, "established_on", "설립일(개업일)")
    results = {_fits(criterion, founded, company.today) for founded in span}
    years = full_years(span[1], company.today)
    basis = f"설립 {_spoken(span)} 기준 업력 {years}년"
    if results == {True}:
        return Finding(MET, f"{basis}으로 '{criterion.words}' 요건에 맞습니다")
    if results == {False}:
        return Finding(NOT_MET, f"{basis}은 '{criterion.words}' 요건에 맞지 않습니다")
    return Finding(
        UNKNOWN, f"설립일을 알아야 '{criterion.words}' 요건을 판단할 수 있습니다", "established_on"
    )


def _fits(criterion: BusinessAge, founded: date, today: date) -> bool:
    if criterion.at_least is not None and today < anniversary(founded, criterion.at_least):
        return False
    if criterion.at_most is not None and today > anniversary(founded, criterion.at_most):
        return False
    return criterion.less_than is None or today < anniversary(founded, criterion.less_than)


def _spoken(span: tuple[date, date]) -> str:
    first, last = span
    if first == last:
        return first.isoformat()
    return str(first.year) if first.year == last.year else f"{first.year}~{last.year}년"


AGE_JUDGES: Mapping[str, Judge] = {"business_age": _age}
