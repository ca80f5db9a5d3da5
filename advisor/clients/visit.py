"""Prepares a visit: what to ask, which papers to see, on one page (pure)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.clients.readiness import open_items
from advisor.domain.clients import Note
from advisor.domain.diagnoses import KeptFile
from advisor.domain.instrument import Instrument
from advisor.domain.readiness import AnswerStatus, Diagnosis
from advisor.domain.records import Corpus
from advisor.domain.vocabulary import ProfileField
from advisor.matching.preparing import papers_for
from advisor.reporting.blocks import Block, Bullets, Heading, Outline, Paragraph, Section
from advisor.reporting.cells import day_words, seoul_day

# What an hour on the spot allows, and a page holds: 32 lines of some 60 letters below its head.
FACTS, ITEMS, PROOFS, PAPERS, NOTES, WORRIES = 4, 4, 4, 5, 2, 2
LINE_CHARS, ASK_CHARS, WHY_CHARS = 54, 66, 34
NAME_CHARS, FOR_CHARS, NOTE_CHARS = 30, 15, 38
NOTICE = (
    "AI가 상담과 진단에서 뽑은 방문 준비서입니다. 들은 말과 다르면 현장에서 확인한 것을 따라 주세요. "
    "기업의 정보가 들어 있으니 방문이 끝나면 파기해 주세요."
)
# Nobody has seen a paper for these yet.
_UNSEEN = frozenset({"say", "infer", "detail", None})


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask: `what` in a word, `ask` as it can be read aloud, `why` it matters or whom to ask."""

    id: str
    what: str
    ask: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper or thing to see, and what for."""

    name: str
    what_for: str


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """All of a visit's sheet; lists are as long as one page allows, `left_out` counts the rest."""

    company: str
    contact: str
    consultant: str
    visit_on: date | None
    today: date
    standing: str
    worries: tuple[str, ...]
    facts: tuple[Question, ...]
    items: tuple[Question, ...]
    proofs: tuple[Proof, ...]
    papers: tuple[Proof, ...]
    notes: tuple[str, ...]
    left_out: int


def prepare_visit(
    instrument: Instrument,
    corpus: Corpus,
    *,
    company: str,
    contact: str,
    consultant: str,
    visit_on: date | None,
    today: date,
    result: Diagnosis | None,
    files: Iterable[KeptFile],
    ask_next: Sequence[tuple[str, int]],
    programs: Sequence[str],
    worries: Sequence[str],
    notes: Sequence[Note],
) -> VisitSheet:
    """Put the sheet together.

    Args:
        instrument: In use.
        corpus: Of fields and programs.
        company: Name of the client.
        contact: Whom to call; may be empty.
        consultant: Who goes; may be empty.
        visit_on: The day, None where none is set.
        today: Day in Asia/Seoul.
        result: The diagnosis as it stands, None without any answer.
        files: Evidence that is there already.
        ask_next: Missing facts with how many verdicts each would settle, most first.
        programs: Ids of the saved programs, else of those that fit.
        worries: The company's own words, oldest first.
        notes: Newest first.
    """
    fields = corpus.vocabulary.profile_fields
    facts = [
        _fact(fields[name], count) for name, count in ask_next if name in fields
    ]  # fmt: skip
    items = [
        Question(item.id, item.label, _short(item.question, ASK_CHARS), item.ask_who)
        for item in (instrument.item_by_id[one] for one in open_items(instrument, result))
    ]
    proofs = _unseen(instrument, result, {one.item for one in files})
    papers = [
        Proof(_short(one.name, NAME_CHARS), _programs(corpus, one.program_ids))
        for one in papers_for(corpus, programs, today=today)
    ]
    left = (
        max(0, len(facts) - FACTS) + max(0, len(items) - ITEMS) + max(0, len(proofs) - PROOFS)
        + max(0, len(papers) - PAPERS)
    )  # fmt: skip
    return VisitSheet(
        company=company, contact=contact, consultant=consultant, visit_on=visit_on, today=today,
        standing=_standing(instrument, result),
        worries=tuple(_short(one, LINE_CHARS) for one in worries[-WORRIES:]),
        facts=tuple(facts[:FACTS]), items=tuple(items[:ITEMS]), proofs=tuple(proofs[:PROOFS]),
        papers=tuple(papers[:PAPERS]),
        notes=tuple(
            f"{day_words(seoul_day(one.at))}: {_short(one.text, NOTE_CHARS)}" for one in notes[:NOTES]
        ),
        left_out=left,
    )  # fmt: skip


def visit_outline(sheet: VisitSheet) -> Outline:
    """Return the sheet as a report of one page, with a box before all that is to be done."""
    facts = [("기업", sheet.company)]
    if sheet.contact:
        facts.append(("연락처", sheet.contact))
    facts.append(("방문일", day_words(sheet.visit_on) if sheet.visit_on else "정하지 않음"))
    if sheet.consultant:
        facts.append(("상담사", sheet.consultant))
    facts.append(("지금 수준", sheet.standing))
    blocks: list[Block] = []
    _add(blocks, "말씀하신 고민", [("", one) for one in sheet.worries])
    _add(
        blocks,
        "여쭐 회사 정보",
        [(f"☐ {one.what}", f"{one.ask} {one.why}".strip()) for one in sheet.facts],
    )
    _add(
        blocks, "여쭐 진단 문항",
        [(f"☐ {one.id} {one.what}", f"{one.ask} ({one.why})") for one in sheet.items],
    )  # fmt: skip
    _add(blocks, "눈으로 볼 것", [(f"☐ {one.name}", one.what_for) for one in sheet.proofs])
    _add(blocks, "챙길 신청 서류", [(f"☐ {one.name}", one.what_for) for one in sheet.papers])
    _add(blocks, "지난 메모", [("", one) for one in sheet.notes])
    if not blocks:
        blocks.append(Paragraph("여쭐 것과 볼 서류가 남아 있지 않습니다."))
    if sheet.left_out:
        blocks.append(
            Paragraph(f"한 쪽에 담지 못한 항목이 {sheet.left_out}개 더 있습니다.", "note")
        )
    return Outline(
        title="방문 준비서", subtitle=f"{sheet.company}, {day_words(sheet.today)}", day=sheet.today,
        notice=NOTICE, sections=(Section("준비할 것", "방문", tuple(blocks)),), facts=tuple(facts),
    )  # fmt: skip


def _add(blocks: list[Block], title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        blocks += [Heading(title), Bullets(tuple(rows))]


def _fact(field: ProfileField, count: int) -> Question:
    why = f"사업 {count}개의 자격이 달림." if count > 1 else ""
    if field.verify_by:
        why = f"{why} 확인할 서류: {', '.join(field.verify_by)}".strip()
    return Question(
        field.id, field.label, _short(field.ask or "", ASK_CHARS), _short(why, WHY_CHARS)
    )


def _unseen(
    instrument: Instrument, result: Diagnosis | None, backed: Collection[str]
) -> list[Proof]:
    """Return what would prove answers that rest on words alone, the weightiest dimensions first."""
    if result is None:
        return []
    items = [
        item for item in instrument.items
        if result.answers[item.id].status is AnswerStatus.ANSWERED
        and result.answers[item.id].grade in _UNSEEN
        and item.id not in backed
        and item.evidence
    ]  # fmt: skip
    items.sort(
        key=lambda item: (
            -instrument.dimension_by_id[item.dimension].weight * item.weight, item.order,
        )
    )  # fmt: skip
    return [
        Proof(_short(item.evidence[0].rstrip("."), NAME_CHARS), f"{item.id} {item.label}")
        for item in items
    ]


def _standing(instrument: Instrument, result: Diagnosis | None) -> str:
    if result is None or result.level is None:
        return "아직 정하지 못함"
    score = "" if result.overall is None else f", {result.overall:.1f}점"
    name = next(one.name for one in instrument.levels if one.level == result.level)
    return f"L{result.level} {name}{score} (신뢰도 {result.confidence:.2f})"


def _short(text: str, limit: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else f"{plain[: limit - 1].rstrip()}…"


def _programs(corpus: Corpus, program_ids: Sequence[str]) -> str:
    first = _short(corpus.programs[program_ids[0]].name, FOR_CHARS)
    rest = len(program_ids) - 1
    return f"{first} 외 {rest}" if rest else first
