"""Amounts, shares, days and windows in words, Korean and English (pure)."""

from datetime import date

from advisor.domain.match import WindowOnDay, WindowState
from advisor.domain.records import SupportProgram

BASIS = {
    "per_company": "기업당", "per_project": "과제당", "per_consortium": "컨소시엄당",
    "loan_limit": "융자 한도", "loan_limit_per_site": "사업장당 융자 한도", "guarantee_limit": "보증 한도",
}  # fmt: skip
BASIS_EN = {
    "per_company": "per company", "per_project": "per project", "per_consortium": "per consortium",
    "loan_limit": "loan limit", "loan_limit_per_site": "loan limit per site",
    "guarantee_limit": "guarantee limit",
}  # fmt: skip


def won_en(amount: int) -> str:
    """Write an amount for English readers: "KRW 200 million".

    >>> won_en(200_000_000), won_en(9_700_000_000), won_en(15_500_000)
    ('KRW 200 million', 'KRW 9.7 billion', 'KRW 15.5 million')
    """
    if amount >= 10**9:
        return f"KRW {amount / 10**9:,.10g} billion"
    return f"KRW {amount / 10**6:,.10g} million"


def percent(share: float) -> str:
    """Write a share (0 to 1) in percent without needless digits.

    >>> percent(0.5), percent(0.125)
    ('50%', '12.5%')
    """
    return f"{share * 100:.10g}%"


def day(value: date) -> str:
    """Write a day: "2026년 4월 9일"."""
    return f"{value.year}년 {value.month}월 {value.day}일"


def window_sentence(program: SupportProgram, window: WindowOnDay, today: date) -> str:
    """Say in one sentence whether applications are taken on the day; never open without dates."""
    opens, closes = window.opens_on, window.closes_on
    if window.state is WindowState.OPEN and closes:
        left = (
            f"(오늘 기준 {window.days_left}일 남음)" if window.days_left else "(오늘이 마지막 날)"
        )
        start = f"{day(opens)}부터 " if opens else ""
        return f"지금 접수 중입니다. 접수는 {start}{day(closes)}까지입니다{left}."
    if window.state is WindowState.UPCOMING and opens:
        end = f"부터 {day(closes)}까지" if closes else "부터"
        return f"접수 예정입니다. 접수 기간은 {day(opens)}{end}입니다."
    if window.state is WindowState.CLOSED and closes:
        if opens:
            return f"접수는 {day(opens)}부터 {day(closes)}까지였고 이미 마감되었습니다."
        return f"접수는 {day(closes)}에 마감되었습니다."
    if window.state is WindowState.CLOSED or program.window.status_said == "past_edition":
        start = f"{day(opens)}에 시작한 " if opens else ""
        return f"{start}{program.year}년 공고는 접수가 끝났습니다."
    began = f" {day(opens)}에 공고·시행된 것은 확인되었습니다." if opens else ""
    if program.window.status_said == "ongoing":
        return f"계속 사업으로 소개되어 있지만, 오늘 접수 중인지는 확인되지 않았습니다.{began}"
    if program.year < today.year:
        return f"{program.year}년 기준 자료여서 지금 접수 중인지와 최신 조건은 확인이 필요합니다.{began}"
    return f"접수 기간은 확인되지 않았습니다.{began}"


def next_window_sentence(program: SupportProgram) -> str:
    """Say when the next call may come and on what ground; never a date that no source names."""
    usual = program.window.typical_schedule
    if usual:
        return f"다음 접수일은 아직 확인되지 않았습니다. 알려진 일정은 '{usual}'이므로 이를 참고해 공고를 확인해 주세요."
    return "다음 접수 일정은 확인되지 않았습니다. 새 공고가 나오는지 확인이 필요합니다."


def confirm_sentence(program: SupportProgram) -> str | None:
    """Say where to confirm: the operator, its phone and address as the record has them."""
    contact = program.contact
    who = contact.organization or program.operator or program.agency
    reach = [part for part in (contact.phone, contact.web) if part]
    return f"{who}({', '.join(reach)})" if reach else who
