"""A company's answers to the outline of its report: where diagnosis, matching and reporting meet."""

from collections.abc import Iterable, Mapping
from datetime import date

from advisor.answering.statements import headline
from advisor.answering.wording import window_sentence
from advisor.diagnosis.diagnose import diagnose
from advisor.diagnosis.present import labels
from advisor.domain.match import Match
from advisor.domain.profile import Profile
from advisor.domain.readiness import Diagnosis, Instrument, ItemAnswer
from advisor.domain.records import Corpus, SupportProgram
from advisor.matching.eligibility import judge_program
from advisor.matching.recommend import rank_programs
from advisor.reporting.blocks import Outline
from advisor.reporting.material import Material, ProgramChoice
from advisor.reporting.outline import make_outline

PROGRAMS_SHOWN = 6
CASES_SHOWN = 4


def report_outline(
    instrument: Instrument,
    answers: Iterable[ItemAnswer],
    profile: Profile,
    corpus: Corpus,
    *,
    today: date,
    relevance: Mapping[str, float] | None = None,
) -> Outline:
    """Diagnose a company, judge the programs for it and put the report together.

    Args:
        instrument: The version that the answers were given to.
        answers: Checked answers, at most one per item.
        profile: What the company said about itself.
        corpus: Programs, solutions and cases.
        today: Day in Asia/Seoul, for windows and deadlines.
        relevance: Search score by program id for the company's worry; none is no preference.
    """
    result = diagnose(instrument, answers, profile)
    return outline_of(instrument, result, profile, corpus, today=today, relevance=relevance)


def outline_of(
    instrument: Instrument,
    result: Diagnosis,
    profile: Profile,
    corpus: Corpus,
    *,
    today: date,
    relevance: Mapping[str, float] | None = None,
) -> Outline:
    """Put the report on a diagnosis together; arguments as in `report_outline`."""

    def judge(program: SupportProgram) -> Match:
        return judge_program(program, profile, vocabulary=corpus.vocabulary, today=today)

    ranked = rank_programs(
        corpus, relevance=relevance or {}, profile=profile, judge=judge, year=today.year
    )
    return make_outline(
        Material(
            instrument=instrument,
            diagnosis=result,
            labels=labels(instrument, result),
            profile=profile,
            corpus=corpus,
            today=today,
            programs=tuple(_choice(corpus, one, today) for one in ranked[:PROGRAMS_SHOWN]),
        )
    )


def _choice(corpus: Corpus, match: Match, today: date) -> ProgramChoice:
    program = corpus.programs[match.record_id]
    return ProgramChoice(match, headline(program), window_sentence(program, match.window, today))
