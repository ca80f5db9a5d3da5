"""A diagnosis with its company, programs and sources to one outline for every format (pure)."""

from advisor.reporting.appendix import appendix_section
from advisor.reporting.blocks import Outline, Paragraph, References, Section
from advisor.reporting.cells import day_words
from advisor.reporting.closing import method_section, questions_section
from advisor.reporting.company import company_section
from advisor.reporting.marks import Marks
from advisor.reporting.material import Material
from advisor.reporting.problem import problem_section
from advisor.reporting.results import bottlenecks_section, evidence_section, scores_section
from advisor.reporting.risks import risks_section
from advisor.reporting.roadmap import roadmap_section, solutions_section
from advisor.reporting.summary import cover_facts, summary_section
from advisor.reporting.support import support_section

TITLE = "AI 도입 준비도 진단 보고서"


def make_outline(material: Material) -> Outline:
    """Put a report together.

    Records are numbered in the order in which the report first leans on them, so [1] is met
    before [2]. Without a level the report says so and what to answer; it guesses none.
    """
    marks = Marks(material.corpus)
    meta = material.instrument.meta
    sections = [
        summary_section(material, marks),
        company_section(material),
        scores_section(material),
        bottlenecks_section(material),
        evidence_section(material),
        problem_section(material),
        roadmap_section(material),
        solutions_section(material, marks),
        support_section(material, marks),
        risks_section(material),
        questions_section(material),
        method_section(material),
    ]
    references = marks.references()
    if references:
        sections.append(Section("출처", "출처", (References(references),)))
    else:
        sections.append(Section("출처", "출처", (Paragraph("인용한 공개 자료가 없습니다."),)))
    sections.append(appendix_section(material))
    company = material.profile.get("company_name")
    name = f"{company}, " if isinstance(company, str) else ""
    return Outline(
        title=TITLE,
        subtitle=f"{name}{day_words(material.today)}",
        day=material.today,
        notice=material.labels["notice"],
        facts=cover_facts(material),
        sections=tuple(
            Section(f"{number}. {one.title}", one.sheet, one.blocks)
            for number, one in enumerate(sections, 1)
        ),
        properties={"instrument": meta.id, "instrument_version": meta.version},
    )
