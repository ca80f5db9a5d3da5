"""`advisor report`: a diagnosis to a document to hand over."""

from datetime import date
from pathlib import Path

import click

from advisor.cli.profile_file import company_from, day_from
from advisor.config import Settings
from advisor.conversation.desk import Desk
from advisor.conversation.report import report_outline
from advisor.corpus.effective import load_effective
from advisor.corpus.readiness import load_instrument
from advisor.diagnosis.answers import read_answers
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import ItemAnswer
from advisor.domain.records import Corpus
from advisor.intake.company import read_company
from advisor.reporting.render import ReportFormat, render_report, save_report


@click.command(
    epilog="예: advisor report --answers 답변.yaml --profile 회사.yaml --format docx "
    "--out 보고서.docx"
)
@click.option("--consultation", help="진단을 마친 상담 번호. --answers 대신 씁니다.")
@click.option(
    "--answers", "answers_file", type=click.Path(path_type=Path),
    help="답변 파일(YAML, JSON): answers 목록의 item, status, value, grade, note.",
)  # fmt: skip
@click.option(
    "--profile", "profile_file", type=click.Path(path_type=Path),
    help="회사 정보 파일(YAML, JSON). 없으면 답변 파일의 profile을 씁니다.",
)  # fmt: skip
@click.option(
    "--format", "chosen", required=True, type=click.Choice([one.value for one in ReportFormat]),
    help="문서 형식.",
)  # fmt: skip
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="쓸 파일. 이미 있으면 다 만든 뒤에 한 번에 바꿉니다.",
)  # fmt: skip
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
def report(
    *,
    consultation: str | None,
    answers_file: Path | None,
    profile_file: Path | None,
    chosen: str,
    out: Path,
    day: str | None,
) -> None:
    """준비도 진단 보고서를 문서로 만듭니다."""
    if (consultation is None) == (answers_file is None):
        raise click.UsageError("--consultation과 --answers 가운데 하나만 적어 주세요.")
    if consultation is not None and profile_file is not None:
        raise click.UsageError(
            "--profile은 --answers와 함께 써 주세요. 상담에는 회사 정보가 있습니다."
        )
    settings, today = Settings(), day_from(day)
    instrument = load_instrument(settings.corpus)
    corpus = load_effective(settings).corpus
    if answers_file is not None:
        answers, company = _from_files(answers_file, profile_file, instrument, corpus, today)
        outline = report_outline(instrument, answers, company, corpus, today=today)
    else:
        assert consultation is not None
        outline = _desk(settings, corpus).outline(consultation, today=today)
    save_report(render_report(outline, ReportFormat(chosen)), out)
    click.echo(f"보고서를 {out}에 적었습니다.", err=True)


def _from_files(
    answers_file: Path,
    profile_file: Path | None,
    instrument: Instrument,
    corpus: Corpus,
    today: date,
) -> tuple[tuple[ItemAnswer, ...], Profile]:
    given = read_answers(answers_file, instrument)
    if profile_file is not None:
        return given.answers, company_from(profile_file, corpus, today)
    return given.answers, read_company(given.profile, corpus.vocabulary, today)


def _desk(settings: Settings, corpus: Corpus) -> Desk:
    """Return the desk that the page uses, so that both report the same result and evidence."""
    from advisor.stores.consultations import ConsultationStore  # SQLAlchemy costs 0.3 s
    from advisor.stores.diagnoses import DiagnosisStore
    from advisor.stores.evidence import EvidenceStore

    return Desk(
        settings.corpus, corpus, ConsultationStore.open(settings), DiagnosisStore.open(settings),
        EvidenceStore.open(settings),
    )  # fmt: skip
