"""When the money of a project is needed (pure)."""

import re

from advisor.domain.plan import CashMonth
from advisor.domain.records import SupportProgram

USUAL_MONTHS = 6
_MONTHS = re.compile(
    r"최대\s?(\d{1,2})개월|(\d{1,2})개월\s?안에|기간\s?(\d{1,2})개월|약\s?(\d{1,2})개월"
)
LATE = (
    "보조금을 사업이 끝난 다음 달에 받는 경우로 계산했습니다. 선금이나 중간금을 주는 사업이면 "
    "필요한 돈이 줄어듭니다"
)


def months_of(program: SupportProgram | None) -> tuple[int, bool]:
    """Return how many months the work may take, and whether the record says so."""
    if program is not None and (match := _MONTHS.search(program.support.detail or "")):
        return int(next(one for one in match.groups() if one)), True
    return USUAL_MONTHS, False


def cash_by_month(
    *, cost: int, in_kind: int, grants: int, loan: int, tax_credit: int, months: int
) -> tuple[CashMonth, ...]:
    """Return month by month what is paid and received, to the won.

    The supplier is paid in even parts over the work; the loan comes in the first month, grants in
    the month after the work, the tax credit with the return of the year after.

    Args:
        cost: Project cost in won.
        in_kind: What the company brings as work, not as money.
        grants: Grants and local money together.
        loan: Loan in won.
        tax_credit: Credit in won; only a note, for its month depends on the company's year.
        months: Months of work, at least 1.
    """
    to_pay = cost - in_kind
    part, left = divmod(to_pay, months)
    rows: list[CashMonth] = []
    balance = 0
    for month in range(1, months + 1):
        pay = part + (left if month == months else 0)
        receive = loan if month == 1 else 0
        balance += pay - receive
        note = "융자 실행" if receive else ""
        rows.append(CashMonth(month, pay, receive, max(balance, 0), note))
    balance -= grants
    note = "사업 완료 뒤 보조금" if grants else "사업 완료"
    if tax_credit:
        note += ", 세액공제는 다음 해 세금 신고 때"
    rows.append(CashMonth(months + 1, 0, grants, max(balance, 0), note))
    return tuple(rows)
