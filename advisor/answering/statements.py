"""A record as sentences, each with what it is about and which source bears it (pure)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.answering import wording
from advisor.answering.remarks import for_readers
from advisor.domain.match import WindowOnDay
from advisor.domain.money import format_krw
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect
from advisor.domain.records import (
    AnyRecord,
    CaseStudy,
    Expert,
    Faq,
    FundingRule,
    Outcome,
    Solution,
    SupportProgram,
)

# Kinds of program that one applies for; a law or a plan has no window to warn about.
APPLIED_FOR = frozenset(
    {
        "grant",
        "loan",
        "guarantee",
        "voucher",
        "consulting",
        "rnd",
        "training",
        "data",
        "certification",
    }
)
# Addresses may look like names of fields.
PLAIN = frozenset({"how", "contact", "homepage"})
# A full stop ends a sentence after Hangul or a bracket, not inside "2026. 2. 9." or "0.5".
SENTENCE = re.compile(r"(?<=[가-힣)\]%'\"’”])\.\s+|\n+")
UNCONFIRMED = re.compile(
    r"확인(?:하지|되지|할)\s?(?:못|않|수\s?없)|미확인|미공개|공개되지\s?않|찾지\s?못|나와\s?있지\s?않|알\s?수\s?없"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a record.

    Attributes:
        part: Which field it comes from.
        text: Readable as it stands; record wording is kept.
        label: Korean name of the field, shown in front of it; empty for none.
        aspects: What it tells about.
        is_gap: It says that something is not known.
    """

    record_id: str
    kind: Kind
    part: str
    text: str
    label: str = ""
    aspects: frozenset[Aspect] = frozenset()
    is_gap: bool = False


Windows = Callable[[SupportProgram], WindowOnDay]


def statements(record: AnyRecord, *, today: date, window_of: Windows) -> list[Statement]:
    """Return all sentences of a record, headline fields first, notes last."""
    if isinstance(record, SupportProgram):
        found = _program(record, today=today, window=window_of(record))
        kind = Kind.PROGRAM
    elif isinstance(record, Solution):
        found, kind = _solution(record), Kind.SOLUTION
    elif isinstance(record, CaseStudy):
        found, kind = _case(record), Kind.CASE
    elif isinstance(record, Expert):
        found, kind = _expert(record), Kind.EXPERT
    elif isinstance(record, Faq):
        found, kind = _faq(record), Kind.FAQ
    else:
        found, kind = _rule(record), Kind.FUNDING_RULE
    return [
        Statement(
            record.id, kind, part, text, label, frozenset(aspects), bool(UNCONFIRMED.search(text))
        )
        for part, written, label, aspects in found
        if (text := written if part in PLAIN else for_readers(written))
    ]


_Row = tuple[str, str, str, Sequence[Aspect]]


def split_sentences(text: str | None) -> list[str]:
    """Split a field into sentences, the closing full stop kept off.

    >>> split_sentences("최대 2년간 6억 원. 접수는 2026. 2. 9.부터.")
    ['최대 2년간 6억 원', '접수는 2026. 2. 9.부터']
    """
    return [part.strip().rstrip(".") for part in SENTENCE.split(text or "") if part.strip(" .")]


def headline(program: SupportProgram) -> str:
    """Say amount and rate in one sentence; empty where the record has neither."""
    support = program.support
    year = support.amount_year or program.year
    parts = []
    if support.max_amount_krw is not None:
        basis = wording.BASIS.get(support.amount_basis or "", "")
        parts.append(f"{basis} 최대 {format_krw(support.max_amount_krw)}".strip())
    rate = rate_words(program)
    if rate:
        parts.append(rate)
    return f"{', '.join(parts)}입니다({year}년 기준)" if parts else ""


def rate_words(program: SupportProgram) -> str:
    """Name the record's rate by what it is: grant share, guarantee ratio, tax credit."""
    rate = program.support.subsidy_rate
    if rate is None:
        return ""
    name = {"guarantee": "보증비율 최대", "tax": "공제율", "loan": "지원 비율"}.get(
        program.kind, "지원 비율은 총비용의 최대" if rate > 0.5 else "지원 비율은 총사업비의"
    )
    return f"{name} {wording.percent(rate)}"


def _program(program: SupportProgram, *, today: date, window: WindowOnDay) -> Iterator[_Row]:
    yield from _money(program)
    yield from _when(program, today=today, window=window)
    yield from _who(program)
    yield "purpose", program.purpose.strip().rstrip("."), "", (Aspect.MEANING,)
    yield from _way(program)
    for sentence in split_sentences(program.notes):
        yield "notes", sentence, "참고", ()
    for source in program.sources:
        if source.supports:
            yield "supports", source.supports, "출처 요약", ()


def _money(program: SupportProgram) -> Iterator[_Row]:
    support = program.support
    yield "money", headline(program), "지원", (Aspect.AMOUNT, Aspect.RATE)
    if support.own_share:
        share = (Aspect.OWN_SHARE, Aspect.RATE)
        yield "own_share", f"기업 부담은 '{support.own_share}'입니다", "기업 부담", share
    elif support.subsidy_rate and support.subsidy_rate < 1 and program.kind in ("grant", "voucher"):
        rest = f"지원 비율로 계산하면 나머지 {wording.percent(1 - support.subsidy_rate)} 이상은 기업이 부담합니다"
        yield "own_share", rest, "기업 부담", (Aspect.OWN_SHARE,)
    if support.loan_rate:
        yield "loan_rate", f"금리는 '{support.loan_rate}'입니다", "금리", (Aspect.RATE,)
    if support.loan_term:
        term = (Aspect.RATE, Aspect.AMOUNT)
        yield "loan_term", f"상환 조건은 '{support.loan_term}'입니다", "상환", term
    for sentence in split_sentences(support.detail):
        yield "detail", sentence, "지원 내용", (Aspect.AMOUNT, Aspect.RATE, Aspect.COUNT)


def _when(program: SupportProgram, *, today: date, window: WindowOnDay) -> Iterator[_Row]:
    if program.kind in APPLIED_FOR:
        now = wording.window_sentence(program, window, today).rstrip(".")
        yield "window", now, "접수", (Aspect.WINDOW,)
        later = wording.next_window_sentence(program).rstrip(".")
        yield "next_window", later, "다음 접수", (Aspect.NEXT_WINDOW,)
    elif program.window.opens_on:
        began = f"{wording.day(program.window.opens_on)}에 발표·시행된 것으로 확인되었습니다"
        yield "window", began, "시행", (Aspect.WINDOW,)
    if program.window.typical_schedule:
        yield "schedule", program.window.typical_schedule, "일정", (Aspect.WINDOW, Aspect.HOW)


def _who(program: SupportProgram) -> Iterator[_Row]:
    who = program.eligibility
    words = (
        "·".join(who.company_size or ()), "·".join(who.region), who.industry,
        who.smart_factory_level, who.employee_limit, who.revenue_limit, who.consortium,
    )  # fmt: skip
    text = "; ".join(part for part in words if part)
    yield "who", text, "대상·조건", (Aspect.ELIGIBILITY, Aspect.NEEDS, Aspect.LEVEL)
    for requirement in who.other_requirements or ():
        yield "requirement", requirement, "조건", (Aspect.ELIGIBILITY, Aspect.NEEDS)
    if who.exclusions:
        yield "exclusions", "; ".join(who.exclusions), "제외", (Aspect.ELIGIBILITY,)


def _way(program: SupportProgram) -> Iterator[_Row]:
    if program.stages:
        yield "stages", " → ".join(program.stages), "절차", (Aspect.HOW, Aspect.WINDOW)
    if program.how_to_apply:
        yield "how", program.how_to_apply, "신청", (Aspect.HOW, Aspect.PLACE)
    if program.documents:
        yield "documents", ", ".join(program.documents), "서류", (Aspect.DOCUMENTS,)
    contact = wording.confirm_sentence(program)
    if contact:
        yield "contact", contact, "문의", (Aspect.CONTACT, Aspect.PLACE)
    agencies = dict.fromkeys(part for part in (program.agency, program.operator) if part)
    yield "agency", " / ".join(agencies), "기관", (Aspect.PLACE,)


def _solution(solution: Solution) -> Iterator[_Row]:
    if solution.kind == "product" and solution.supplier:
        yield "supplier", f"공급기업은 {solution.supplier}입니다", "", (Aspect.SUPPLIER,)
    yield "problem", solution.problem.rstrip("."), "", (Aspect.MEANING,)
    yield (
        "data",
        solution.required_data.rstrip("."),
        "필요한 데이터",
        (Aspect.NEEDS, Aspect.COUNT, Aspect.DATASET),
    )
    yield "prerequisites", solution.prerequisites.rstrip("."), "먼저 갖출 것", (Aspect.NEEDS,)
    if solution.readiness_level:
        yield "level", solution.readiness_level, "권장 수준", (Aspect.LEVEL, Aspect.NEEDS)
    if solution.outcomes_claimed:
        yield (
            "outcomes",
            "; ".join(solution.outcomes_claimed),
            "알려진 효과",
            (Aspect.EFFECT, Aspect.CASE),
        )
    if solution.cost_range_krw:
        yield "cost", solution.cost_range_krw, "비용", (Aspect.COST, Aspect.AMOUNT)
    if solution.lead_time:
        yield "lead_time", solution.lead_time, "기간", (Aspect.WINDOW,)
    if solution.deployment:
        yield "deployment", solution.deployment, "설치", ()
    yield "fits", ", ".join(solution.industries_processes), "맞는 공정", ()
    for sentence in split_sentences(solution.notes):
        yield "notes", sentence, "참고", (Aspect.EFFECT,) if "성과" in sentence else ()


def outcome_words(outcome: Outcome) -> str:
    """Write one measured change: "불량률 8.8 → 2.9 (-67%)"."""
    words, unit = outcome.metric, ""
    # "재고비용 절감(억원/년)": the unit belongs behind the number.
    bracket = re.fullmatch(
        r"(.+?)\s?\(((?:[가-힣]*[원초분건명일회개점배]|%|ppm|PPM|시간)(?:/[가-힣]+)?)\)", words
    )
    if bracket and not isinstance(outcome.after, str):
        words, unit = bracket[1], bracket[2]
    if outcome.before is not None and outcome.after is not None:
        words += f" {outcome.before}{unit} → {outcome.after}{unit}"
    elif outcome.after is not None:
        words += f" {outcome.after}{unit}"
    if outcome.change_pct is not None:
        words += (
            f" {outcome.change_pct:+g}%"
            if outcome.before is None
            else f"({outcome.change_pct:+g}%)"
        )
    if outcome.note and (
        note := "; ".join(filter(None, map(for_readers, split_sentences(outcome.note))))
    ):
        words += f"({note})"
    return words


def _case(case: CaseStudy) -> Iterator[_Row]:
    who = ", ".join(
        part
        for part in (
            case.industry,
            case.region,
            case.company_size,
            f"{case.year}년" if case.year else "",
        )
        if part
    )
    yield "company", f"{case.company}({who})" if who else case.company, "", (Aspect.CASE,)
    if case.outcomes:
        yield "outcomes", "; ".join(outcome_words(one) for one in case.outcomes), "결과", (
            Aspect.EFFECT, Aspect.CASE, Aspect.COUNT, Aspect.AMOUNT,
        )  # fmt: skip
    else:
        yield "outcomes", "공개된 효과 수치는 확인되지 않았습니다", "결과", (Aspect.EFFECT,)
    yield "problem", case.problem.rstrip("."), "문제", (Aspect.CASE,)
    yield "solution", case.solution.rstrip("."), "한 일", (Aspect.CASE, Aspect.MEANING)
    if case.ai_used is False:
        yield (
            "ai",
            "AI보다는 자동화·디지털화 사례로, AI를 쓴 것은 아닙니다",
            "AI 여부",
            (Aspect.AI_OR_NOT,),
        )
    elif case.ai_used is None:
        yield "ai", "AI를 썼는지는 확인되지 않았습니다", "AI 여부", (Aspect.AI_OR_NOT,)
    else:
        yield "ai", "AI를 쓴 사례입니다", "AI 여부", (Aspect.AI_OR_NOT,)
    if case.investment:
        yield "investment", case.investment.rstrip("."), "투자", (Aspect.COST, Aspect.AMOUNT)
    if case.technology:
        yield "technology", ", ".join(case.technology), "기술", ()
    if case.supplier:
        yield "supplier", case.supplier, "공급기업", (Aspect.SUPPLIER,)
    if case.program_used:
        yield "program", case.program_used, "쓴 사업", (Aspect.HOW,)
    for sentence in split_sentences(case.lessons):
        yield "lessons", sentence, "배울 점", (Aspect.NEEDS,)
    for sentence in split_sentences(case.notes):
        yield "notes", sentence, "참고", ()


def _expert(expert: Expert) -> Iterator[_Row]:
    for service in expert.services:
        yield "services", service.rstrip("."), "하는 일", (Aspect.PLACE, Aspect.MEANING)
    yield "for_whom", expert.for_whom, "대상", (Aspect.ELIGIBILITY,)
    if expert.regions:
        yield "regions", "·".join(expert.regions), "지역", (Aspect.PLACE,)
    if expert.phone:
        yield "phone", f"전화 {expert.phone}", "연락처", (Aspect.CONTACT, Aspect.PLACE)
    else:
        yield "phone", "대표 전화번호는 확인되지 않았습니다", "연락처", (Aspect.CONTACT,)
    if expert.homepage_domain:
        yield "homepage", expert.homepage_domain, "누리집", (Aspect.CONTACT, Aspect.PLACE)
    if expert.address:
        yield "address", expert.address, "주소", (Aspect.CONTACT, Aspect.PLACE)
    if expert.cost:
        yield "cost", expert.cost, "비용", (Aspect.COST, Aspect.AMOUNT)
    for sentence in split_sentences(expert.notes):
        yield "notes", sentence, "참고", ()


def _faq(faq: Faq) -> Iterator[_Row]:
    for sentence in split_sentences(faq.answer):
        yield "answer", sentence, "", ()


def _rule(rule: FundingRule) -> Iterator[_Row]:
    for sentence in split_sentences(rule.statement):
        yield "statement", sentence, "", ()
    if rule.shares:
        shares = [
            f"{name} {value}"
            for name, value in (
                ("국비", rule.shares.national), ("지방·민간", rule.shares.local),
                ("기업", rule.shares.company),
            )
            if value
        ]  # fmt: skip
        yield "shares", ", ".join(shares), "분담", (Aspect.RATE, Aspect.OWN_SHARE, Aspect.AMOUNT)
    for sentence in split_sentences(rule.notes):
        yield "notes", sentence, "참고", ()
