"""Answers from the fields of one record: amounts, windows, conditions, contacts (pure)."""

import re
from collections.abc import Sequence

from advisor.answering.draft import Candidate, Draft, asks, pick
from advisor.answering.premise import put_right
from advisor.answering.solutions import tell_case
from advisor.answering.statements import APPLIED_FOR, UNCONFIRMED, Statement, headline
from advisor.answering.wording import confirm_sentence, percent, won_en
from advisor.domain.match import WindowState
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect, Question
from advisor.domain.records import Expert, Faq, Solution, SupportProgram

MONEY = re.compile(r"\d[\d,.]*\s?(?:억|만|조)\s?\d*|\d[\d,.]*\s?%|\d[\d,.]*\s?백만")
NO_PAPERS = "필요한 서류 목록은 자료에 없습니다. 공고문에서 확인해 주세요."
LETTERS = 560  # of the answer, without white space: a person asked one question


def answer_fact(draft: Draft, primary: Candidate) -> None:
    """Say what the record says about the question, direct answer first."""
    if primary.kind is Kind.PROGRAM:
        _program(draft, primary.record_id)
    elif primary.kind in (Kind.FAQ, Kind.FUNDING_RULE):
        _rule(draft, primary.record_id)
    elif primary.kind is Kind.CASE:
        tell_case(draft, primary.record_id)
    else:
        _thing(draft, primary.record_id)


def _program(draft: Draft, record_id: str) -> None:
    material = draft.material
    program = material.corpus.programs[record_id]
    question = material.question
    rows = {one.part: one for one in reversed(material.statements(record_id))}
    said = _missing_year(draft, program.title, record_id, _years_of(program))
    lead = _lead(question, rows) or [rows["purpose"]]
    title = f"**{program.title}**"
    opening = _opening(question, program, material.statements(record_id))
    first, quote = opening if opening else (f"{lead[0].text}.", lead[0].text)
    draft.say(f"{title}: {first}", record_id, quote)
    for one in lead:
        if one.text != quote:
            draft.bullet(one)
    said = [*said, *(one.part for one in lead if one.part not in ("detail", "notes", "supports"))]
    for one in pick(material, record_id, skip=[*said, "next_window"], most=4):
        draft.bullet(one)
        if one.part == "window":
            said.append("window")
    for gap in _program_gaps(question, program, draft.text):
        draft.say(f"- {gap}", record_id)
    if program.kind in APPLIED_FOR and "window" not in said:
        draft.bullet(rows["window"])
    _confirm(draft, program)


def _opening(
    question: Question, program: SupportProgram, rows: Sequence[Statement]
) -> tuple[str, str] | None:
    """Return what has to be said before the fields asked for, with its quote; None for nothing."""
    wrong = put_right(question.speech, program, rows)
    if wrong is not None:
        return wrong.text, wrong.quote
    if asks(question, Aspect.DOCUMENTS) and not program.documents:
        return NO_PAPERS, program.title
    return None


def _lead(question: Question, rows: dict[str, Statement]) -> list[Statement]:
    """The fields asked for, in the order in which an owner wants to hear them."""
    order = [
        (Aspect.NEXT_WINDOW, ("next_window", "window")),
        (Aspect.DOCUMENTS, ("documents",)),
        (Aspect.OWN_SHARE, ("own_share", "money")),
        (Aspect.RATE, ("money", "loan_rate", "loan_term")),
        (Aspect.AMOUNT, ("money",)),
        (Aspect.HOW, ("stages", "how")),
        (Aspect.CONTACT, ("contact",)),
        (Aspect.PLACE, ("contact",)),
        (Aspect.MEANING, ("purpose",)),
        (Aspect.WINDOW, ("window",)),
        (Aspect.NEEDS, ("who", "requirement")),
        (Aspect.ELIGIBILITY, ("who", "requirement")),
    ]
    # Whether it is open comes before how much, if both are asked: the amount of a closed call helps
    # nobody. Asked alone it is the first line anyway.
    if Aspect.WINDOW in question.aspects and Aspect.NEXT_WINDOW not in question.aspects:
        order.insert(0, (Aspect.WINDOW, ("window",)))
    parts: list[str] = []
    for aspect, names in order:
        if aspect in question.aspects:
            parts += [name for name in names if name in rows and name not in parts]
    return [rows[name] for name in parts]


def _program_gaps(question: Question, program: SupportProgram, said: str) -> list[str]:
    gaps = []
    support = program.support
    told = [line for line in said.splitlines() if UNCONFIRMED.search(line)]
    if (
        asks(question, Aspect.AMOUNT)
        and support.max_amount_krw is None
        and not _tells_money(said)
        and not any(re.search(r"금액|한도", line) for line in told)
    ):
        gaps.append("지원 금액·한도는 확인한 자료에 나와 있지 않습니다.")
    if (
        asks(question, Aspect.RATE, Aspect.OWN_SHARE)
        and support.subsidy_rate is None
        and not support.own_share
        and not support.loan_rate
        and "%" not in said
        and not any(re.search(r"비율|자부담|부담률", line) for line in told)
    ):
        gaps.append("지원 비율과 자부담은 확인한 자료에 나와 있지 않습니다.")
    if asks(question, Aspect.DOCUMENTS) and not program.documents and NO_PAPERS not in said:
        gaps.append(NO_PAPERS)
    if asks(question, Aspect.CONTACT) and not program.contact.phone:
        gaps.append("문의 전화번호는 확인되지 않았습니다.")
    return gaps


def _tells_money(text: str) -> bool:
    return bool(MONEY.search(text))


def _years_of(program: SupportProgram) -> set[int]:
    text = " ".join(
        part
        for part in (
            program.support.detail, program.notes, program.support.own_share,
            program.window.typical_schedule, str(program.year), str(program.support.amount_year or ""),
            *(str(day) for day in (program.window.opens_on, program.window.closes_on) if day),
            *(one.supports for one in program.sources),
        )
        if part
    )  # fmt: skip
    return {int(year) for year in re.findall(r"20\d{2}", text)}


def _missing_year(draft: Draft, title: str, record_id: str, known: set[int]) -> list[str]:
    """Say first that a year asked for is not in the record; what follows is another year's."""
    question = draft.material.question
    absent = [year for year in question.years if year not in known]
    said_already = bool(absent) and f"{absent[0]}년 내용은" in draft.text
    if absent and known and not said_already and not any(y in known for y in question.years):
        draft.say(
            f"{absent[0]}년 내용은 확인되지 않았습니다. 아래는 {max(known)}년까지 확인된 자료입니다.",
            record_id,
            f"{title}({max(known)}년까지 확인)",
        )
        draft.gap()
    return []


def _confirm(draft: Draft, program: SupportProgram) -> None:
    where = confirm_sentence(program)
    # A law or a plan has no notice that one could look up before applying.
    if not where or where in draft.text or program.kind not in APPLIED_FOR:
        return
    window = draft.material.window_of(program)
    need = "신청 전에 최신 공고를" if window.state is not WindowState.OPEN else "자세한 조건은"
    draft.say(f"- 확인: {need} {where}에서 확인해 주세요", program.id, where)


def _rule(draft: Draft, record_id: str) -> None:
    material = draft.material
    record = material.corpus.record(record_id)
    rows = material.statements(record_id)
    if isinstance(record, Faq):
        known = {record.as_of_year, *(int(y) for y in re.findall(r"20\d{2}", record.answer))}
        _missing_year(draft, record.title, record_id, known)
        draft.say(record.answer.strip(), record_id, record.answer.strip())
        if record.as_of_year < material.today.year and str(record.as_of_year) not in record.answer:
            draft.say(
                f"- {record.as_of_year}년 기준 안내이므로 최신 공고를 확인해 주세요",
                record_id,
                f"{record.as_of_year}년 기준",
            )
        related = record.related_programs
    else:
        assert not isinstance(record, (SupportProgram, Solution, Expert))
        text = " ".join(f"{one.text}." for one in rows if one.part == "statement")
        draft.say(f"**{record.title}**: {text}", record_id, text)
        for one in rows:
            if one.part == "shares":
                draft.bullet(one)
        related = getattr(record, "related_programs", ())
    add_related(draft, related)


def add_related(draft: Draft, related: tuple[str, ...], *, most: int = 2) -> None:
    """Add what the related programs say about the question, and whether they are open."""
    material = draft.material
    ranked = [one.record_id for one in material.candidates if one.record_id in related]
    for record_id in (ranked or list(related))[:most]:
        if draft.letters > LETTERS or record_id in draft.used:
            continue
        program = material.corpus.programs.get(record_id)
        if program is None:
            continue
        rows = {one.part: one for one in reversed(material.statements(record_id))}
        extra = list(
            pick(
                material,
                record_id,
                skip=("purpose", "window", "next_window"),
                most=2,
                letters=200,
                at_least=0.2,
            )
        )
        if not extra and program.kind not in APPLIED_FOR:
            continue
        draft.gap()
        # A tax credit without a known beginning has no line on dates.
        window = rows.get("window") or rows["purpose"]
        shown = f"{window.text}." if program.kind in APPLIED_FOR else ""
        draft.say(f"**{program.title}** {shown}".strip(), record_id, window.text)
        for one in extra:
            draft.bullet(one)


def _thing(draft: Draft, record_id: str) -> None:
    """A solution, an expert or a case: asked-for fields first, then what tells most."""
    material = draft.material
    question = material.question
    rows = material.statements(record_id)
    record = material.corpus.record(record_id)
    about = next((one for one in rows if one.part in ("company", "problem", "services")), rows[0])
    opening = f"**{record.name if isinstance(record, (Solution, Expert)) else ''}**"
    if isinstance(record, Solution):
        supplier = f"({record.supplier})" if record.supplier else ""
        draft.say(f"{opening}{supplier}: {about.text}", record_id, about.text)
    elif isinstance(record, Expert):
        services = [one.text for one in rows if one.part == "services"]
        text = "; ".join(_within(services, 300))
        draft.say(f"{opening}: {text}", record_id, text)
    else:
        draft.say(f"**{about.text}**", record_id, about.text)
    said = {about.part}
    for one in rows:
        if one.part in said or one is about or not (one.aspects & question.aspects):
            continue
        if one.part in ("services", "notes") or draft.letters > LETTERS * 0.6:
            continue
        draft.bullet(one)
        said.add(one.part)
    for one in pick(material, record_id, skip=tuple(said), most=4, letters=280, at_least=0.06):
        if one is not about and one.text != about.text:
            draft.bullet(one)
    if (
        isinstance(record, Solution)
        and asks(question, Aspect.COST, Aspect.AMOUNT)
        and not record.cost_range_krw
    ):
        draft.say(
            "- 가격과 도입 비용은 공개된 자료에서 확인되지 않았습니다", record_id, record.title
        )
    if (
        isinstance(record, Expert)
        and asks(question, Aspect.AMOUNT, Aspect.COST)
        and not record.cost
    ):
        draft.say("- 지원 금액이나 비용은 자료에 나와 있지 않습니다", record_id, record.title)


def _within(texts: list[str], letters: int) -> list[str]:
    """Keep texts from the first while they fit."""
    kept: list[str] = []
    for text in texts:
        if kept and sum(map(len, kept)) + len(text) > letters:
            break
        kept.append(text)
    return kept


def english_headline(program: SupportProgram) -> str:
    """Say amount and rate in English."""
    support = program.support
    parts = []
    if support.max_amount_krw is not None:
        parts.append(f"up to {won_en(support.max_amount_krw)}")
    if support.subsidy_rate is not None:
        name = {"guarantee": "guarantee ratio", "tax": "tax credit rate"}.get(
            program.kind, "public share"
        )
        parts.append(f"{name} up to {percent(support.subsidy_rate)}")
    year = support.amount_year or program.year
    return f"{', '.join(parts)} ({year} terms)" if parts else ""


def has_money(program: SupportProgram) -> bool:
    """Whether the record states an amount or a rate."""
    return bool(headline(program))
