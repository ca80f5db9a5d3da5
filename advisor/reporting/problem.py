"""What hurts the company, what it costs, and how sure that is (pure)."""

from advisor.domain.profile import Profile
from advisor.reporting.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Section,
    Table,
)
from advisor.reporting.cells import NONE, TO_CONFIRM, won
from advisor.reporting.material import Material

PROBLEM_ITEM, LOSS_ITEM = "STR1", "STR2"
MONTHS = 12


def problem_section(material: Material) -> Section:
    """Return the worries in their order, the loss with its ground, and today's numbers."""
    profile, instrument = material.profile, material.instrument
    blocks: list[Block] = []
    pains = _words(profile, "pain_codes")
    said = material.diagnosis.answers[PROBLEM_ITEM].note or _text(profile, "pain_notes")
    if pains:
        rows = tuple(
            (
                Cell(f"{number}위", number, "text"),
                Cell(instrument.pains.get(code, code)),
                Cell(said if number == 1 and said else NONE),
            )
            for number, code in enumerate(pains, 1)
        )
        columns = (Column("순위", 1), Column("문제", 4), Column("들은 말", 8))
        blocks.append(Table("대표 문제", columns, rows))
    elif said:
        blocks.append(Paragraph(f"가장 큰 문제: {said}"))
    else:
        blocks.append(Paragraph(f"가장 큰 문제는 {TO_CONFIRM}입니다."))
    blocks += [Heading("손실"), _losses(material)]
    numbers = [
        (label, _text(profile, name))
        for name, label in (("baseline_kpis", "지금 숫자"), ("target_kpis", "목표 숫자"))
        if _text(profile, name)
    ]
    if numbers:
        blocks.append(Bullets(tuple(numbers)))
    return Section("문제와 손실", "문제와 손실", tuple(blocks))


def _losses(material: Material) -> Table:
    """Return the loss a month and a year with its ground; nothing is made up where none is told."""
    fact = material.profile.facts.get("monthly_loss_krw")
    amount = fact.value if fact is not None and isinstance(fact.value, int) else None
    answer = material.diagnosis.answers[LOSS_ITEM]
    grades = material.instrument.evidence_grades
    ground = grades[answer.grade].name if answer.grade else TO_CONFIRM
    how = answer.note or TO_CONFIRM
    rows = [
        (
            Cell("한 달 손실"),
            won(amount),
            Cell(f"{ground} ({fact.source})" if fact else ground),
            Cell(how),
        ),
    ]
    if amount is not None:
        rows.append(
            (
                Cell("1년으로 바꾸면"),
                won(amount * MONTHS),
                Cell("계산"),
                Cell(f"한 달 손실 × {MONTHS}"),
            )
        )
    columns = (
        Column("손실", 3), Column("금액", 3, is_number=True), Column("근거", 4),
        Column("어떻게 안 값인가", 6),
    )  # fmt: skip
    return Table("", columns, tuple(rows))


def _words(profile: Profile, name: str) -> tuple[str, ...]:
    value = profile.get(name)
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


def _text(profile: Profile, name: str) -> str:
    value = profile.get(name)
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
