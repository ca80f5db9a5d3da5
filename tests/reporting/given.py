"""Reports on the given companies, with the shipped corpus, on one fixed day."""

from datetime import date
from functools import cache

from advisor.conversation.report import report_outline
from advisor.corpus.load import load_corpus
from advisor.diagnosis.answers import to_profile
from advisor.domain.records import Corpus
from advisor.reporting.blocks import Outline
from advisor.reporting.render import ReportFormat, render_report
from tests.diagnosis.given import ROOT, answers_of, the_cases, the_instrument

TODAY = date(2026, 11, 25)
# Three companies, and one whose data nobody knows: the rules give it no level.
COMPANIES = ("EX-A", "EX-B", "EX-C", "ED-2")
ABSTAINED = "ED-2"


@cache
def the_corpus() -> Corpus:
    return load_corpus(ROOT / "corpus")


@cache
def outline_for(case_id: str) -> Outline:
    profile = to_profile(the_cases()[case_id]["profile"], the_instrument(), case_id)
    return report_outline(the_instrument(), answers_of(case_id), profile, the_corpus(), today=TODAY)


@cache
def rendered(case_id: str, report_format: ReportFormat) -> bytes:
    return render_report(outline_for(case_id), report_format)
