"""A record to the short texts it is found by: what, whom, money, when, how, detail (pure).

Several short texts find better than a long one, whose vector blurs. Each stands alone: the title is
kept apart and goes in front of every one of them.
"""

from collections.abc import Iterable, Iterator

from advisor.domain.money import format_krw
from advisor.domain.passages import Chunk, Kind
from advisor.domain.records import (
    AnyRecord,
    CaseStudy,
    Corpus,
    Expert,
    Faq,
    FundingRule,
    Outcome,
    Solution,
    SupportProgram,
)
from advisor.text import clean

_Part = tuple[str, Iterable[str | None]]


def chunk_corpus(corpus: Corpus) -> dict[str, tuple[Chunk, ...]]:
    """Return the chunks of every record by its id, in the order of `Corpus.records`."""
    return {
        record.id: chunk_record(record, corpus.kind_of(record.id)) for record in corpus.records()
    }


def chunk_record(record: AnyRecord, kind: Kind) -> tuple[Chunk, ...]:
    """Return the chunks of a record, one a part that has words; at least one."""
    title = clean(_title(record))
    chunks = []
    for part, words in _parts(record):
        text = clean(" ".join(word.strip() for word in words if word and word.strip()))
        if text:
            chunks.append(
                Chunk(
                    id=f"{record.id}#{part}", source_id=record.id, kind=kind, title=title,
                    part=part, text=text, end=len(text), regions=record.sido,
                )
            )  # fmt: skip
    return tuple(chunks)


def _title(record: AnyRecord) -> str:
    return record.company if isinstance(record, CaseStudy) else record.title


def _parts(record: AnyRecord) -> Iterator[_Part]:
    if isinstance(record, SupportProgram):
        yield from _program(record)
    elif isinstance(record, Solution):
        yield from _solution(record)
    elif isinstance(record, CaseStudy):
        yield from _case(record)
    elif isinstance(record, Expert):
        yield from _expert(record)
    elif isinstance(record, Faq):
        yield "question", (record.topic, *record.aliases)
        yield "answer", (record.answer,)
    else:
        yield from _rule(record)


def _program(program: SupportProgram) -> Iterator[_Part]:
    support, who, window = program.support, program.eligibility, program.window
    yield "what", (
        f"{program.year}년", " ".join(program.aliases), program.name_en, program.purpose,
        program.agency, program.operator,
    )  # fmt: skip
    yield "whom", (
        "지원 대상", *(who.company_size or ()), who.industry, who.smart_factory_level, *who.region,
        who.years_in_business, who.revenue_limit, who.employee_limit, who.consortium,
        *(who.other_requirements or ()),
    )  # fmt: skip
    yield "exclusions", ("지원 제외", *who.exclusions) if who.exclusions else ()
    amount = support.max_amount_krw
    money = (
        f"최대 {format_krw(amount)}" if amount is not None else None,
        f"지원 비율 {support.subsidy_rate:.0%}" if support.subsidy_rate is not None else None,
        f"기업 부담 {support.own_share}" if support.own_share else None,
        f"금리 {support.loan_rate}" if support.loan_rate else None,
        f"상환 {support.loan_term}" if support.loan_term else None,
        support.detail,
    )
    yield "money", ("지원 금액", *money) if any(money) else ()
    dates = [
        f"{word} {day.isoformat()}"
        for word, day in (("접수 시작", window.opens_on), ("접수 마감", window.closes_on))
        if day
    ]
    apply = (
        *dates, window.typical_schedule, program.how_to_apply, *(program.stages or ()),
        *(program.documents or ()), program.contact.organization, program.contact.phone,
    )  # fmt: skip
    yield "apply", ("신청 방법과 접수 기간", *apply) if any(apply) else ()
    yield "detail", (program.notes, *(source.supports for source in program.sources))


def _solution(solution: Solution) -> Iterator[_Part]:
    yield "what", (
        " ".join(solution.aliases), solution.name_en, solution.supplier, solution.problem,
        " ".join(solution.industries_processes),
    )  # fmt: skip
    yield "needs", (
        "필요한 데이터", solution.required_data, "먼저 갖출 것", solution.prerequisites,
        solution.readiness_level,
    )  # fmt: skip
    effects = (*solution.outcomes_claimed, solution.cost_range_krw, solution.lead_time)
    yield "effect", ("효과와 비용", *effects, solution.deployment) if any(effects) else ()
    yield "detail", (solution.notes,)


def _case(case: CaseStudy) -> Iterator[_Part]:
    yield "what", (
        case.industry, case.process, case.region, " ".join(case.aliases), "문제:", case.problem,
        "한 일:", case.solution, *case.technology,
    )  # fmt: skip
    yield "effect", ("효과", *map(_outcome, case.outcomes), case.lessons)
    yield "detail", (
        case.supplier, case.program_used, case.company_size,
        f"{case.year}년" if case.year else None, case.investment, case.notes,
    )  # fmt: skip


def _outcome(outcome: Outcome) -> str:
    values = (outcome.metric, outcome.before, outcome.after)
    change = f"{outcome.change_pct:+g}%" if outcome.change_pct is not None else None
    return " ".join(str(one) for one in (*values, change, outcome.note) if one is not None)


def _expert(expert: Expert) -> Iterator[_Part]:
    yield "what", (
        " ".join(expert.aliases), expert.name_en, " ".join(expert.regions), *expert.services,
        expert.for_whom,
    )  # fmt: skip
    contact = (expert.phone, expert.homepage_domain, expert.address)
    yield "contact", ("연락처", *contact, *expert.regions) if any(contact) else ()
    yield "detail", (expert.cost, expert.notes)


def _rule(rule: FundingRule) -> Iterator[_Part]:
    yield "what", (rule.topic, *rule.aliases, rule.statement)
    shares = rule.shares
    if shares is not None:
        yield (
            "money",
            (
                f"국비 {shares.national}" if shares.national else None,
                f"지방비 {shares.local}" if shares.local else None,
                f"기업 {shares.company}" if shares.company else None,
            ),
        )
    yield "detail", (rule.statement_en, rule.notes)
