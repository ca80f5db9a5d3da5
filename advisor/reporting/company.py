"""What the company said about itself, with where each value comes from (pure)."""

from advisor.domain.profile import FactValue
from advisor.domain.vocabulary import ProfileField
from advisor.reporting.blocks import Block, Cell, Column, Paragraph, Section, Table
from advisor.reporting.cells import count, day_words, won
from advisor.reporting.material import Material

SENSITIVE = "민감"
COUNTED = ("명", "곳", "년", "개월", "시간")


def company_section(material: Material) -> Section:
    """Return the profile; sensitive fields stay out, for a report is handed on."""
    fields = material.corpus.vocabulary.profile_fields
    order = {name: number for number, name in enumerate(fields)}
    known = sorted(material.profile, key=lambda name: order.get(name, len(order)))
    hidden = [one for one in known if one in fields and fields[one].sensitivity == SENSITIVE]
    rows = []
    for name in known:
        if name in hidden:
            continue
        fact = material.profile.facts[name]
        label = fields[name].label if name in fields else name
        rows.append(
            (Cell(label), _value(material, name, fact.value, fields.get(name)), Cell(fact.source))
        )
    blocks: list[Block] = [
        Paragraph(f"진단 단위는 {material.instrument.meta.unit}입니다."),
    ]
    if rows:
        columns = (Column("항목", 3), Column("내용", 6), Column("출처", 1))
        blocks.append(Table("회사 정보", columns, tuple(rows)))
    else:
        blocks.append(Paragraph("회사에 대해 들은 내용이 아직 없습니다."))
    if rows:
        day = day_words(material.today)
        blocks.append(
            Paragraph(
                f"출처: 말은 대화나 양식, 입력은 파일, 서류는 확인한 서류입니다. 시점은 {day}까지 들은 것입니다.",
                "note",
            )
        )
    if hidden:
        blocks.append(
            Paragraph(f"민감한 항목 {len(hidden)}가지는 보고서에 옮기지 않았습니다.", "note")
        )
    return Section("회사와 진단 범위", "회사", tuple(blocks))


def _value(material: Material, name: str, value: FactValue, field: ProfileField | None) -> Cell:
    unit = field.unit if field else None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, bool):
        return Cell("예" if value else "아니요")
    if isinstance(value, tuple):
        return Cell(", ".join(material.instrument.pains.get(one, one) for one in value))
    if is_number and (unit == "원" or name.endswith("_krw")):
        return won(int(value))
    if isinstance(value, int) and unit in COUNTED:
        return count(value, unit)
    if isinstance(value, str) and name == "industry_ksic":
        industry = material.corpus.vocabulary.industry(value)
        return Cell(f"{value} {industry.name}" if industry else value)
    return Cell(f"{value}{unit}" if is_number and unit == "%" else str(value))
