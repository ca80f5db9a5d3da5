"""A company's answers to the outline of its report: where diagnosis, matching and reporting meet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from advisor.answering.statements import headline
from advisor.answering.wording import next_window_sentence, window_sentence
from advisor.conversation.fitting import choose_project, fit_solutions
from advisor.diagnosis.answers import check_answers, check_version
from advisor.diagnosis.diagnose import diagnose
from advisor.diagnosis.foresight import dimension_ranges, foresee
from advisor.diagnosis.present import labels
from advisor.domain.diagnoses import KeptFile
from advisor.domain.instrument import Instrument
from advisor.domain.match import Match, WindowState
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.readiness import Diagnosis, ItemAnswer
from advisor.domain.records import Corpus
from advisor.errors import BadInputError
from advisor.matching.matches import match_records
from advisor.matching.plan import make_plan
from advisor.matching.solutions import Readiness
from advisor.messages import UserMessage
from advisor.reporting.blocks import Outline
from advisor.reporting.english import make_english_outline
from advisor.reporting.material import Material, Outlook, ProgramChoice
from advisor.reporting.outline import make_outline

NOT_DIAGNOSED = UserMessage(
    text="이 상담에는 아직 준비도 진단의 답이 없습니다.",
    next_step="상담에서 '우리 회사 AI 할 준비가 됐나요?'라고 물어 진단을 먼저 받아 주세요.",
)
PROGRAMS_SHOWN, CASES_SHOWN, EXPERTS_SHOWN = 6, 4, 3


def report_outline(
    instrument: Instrument,
    answers: Iterable[ItemAnswer],
    profile: Profile,
    corpus: Corpus,
    *,
    today: date,
    relevance: Mapping[str, float] | None = None,
) -> Outline:
    """Diagnose a company, match it and put the report together.

    Args:
        instrument: The version that the answers were given to.
        answers: Checked answers, at most one per item.
        profile: What the company said about itself.
        corpus: Programs, solutions, cases and experts.
        today: Day in Asia/Seoul, for windows and deadlines.
        relevance: Search score by program id for the company's worry; None compares words.
    """
    result = diagnose(instrument, answers, profile)
    return outline_of(instrument, result, profile, corpus, today=today, relevance=relevance)


def answers_in(state: Mapping[str, Any], instrument: Instrument) -> tuple[ItemAnswer, ...]:
    """Return the readiness answers that a consultation's state keeps.

    They stand under `diagnosis`: the instrument, its version and `answers` in the shape of an
    answers file.

    Raises:
        BadInputError: There are none, or they were given to another version.
    """
    kept = state.get("diagnosis")
    if not isinstance(kept, Mapping) or not kept.get("answers"):
        raise BadInputError(NOT_DIAGNOSED)
    check_version(kept, instrument, "이 상담")
    return check_answers(kept["answers"], instrument, "이 상담")


def outline_of(
    instrument: Instrument,
    result: Diagnosis,
    profile: Profile,
    corpus: Corpus,
    *,
    today: date,
    relevance: Mapping[str, float] | None = None,
    files: Sequence[KeptFile] = (),
    language: str = "ko",
) -> Outline:
    """Put the report on a diagnosis together; arguments as in `report_outline`.

    `files` is the evidence kept with the answers. For the English outline ("en") the instrument has
    to be the English one.
    """
    readiness = Readiness(instrument, result)

    def matched(kind: Kind, k: int) -> list[Match]:
        return match_records(
            corpus, profile, kind=kind, today=today, readiness=readiness, k=k, relevance=relevance
        )

    fits = fit_solutions(
        instrument, corpus, matched(Kind.CASE, 0), matched(Kind.PROGRAM, 0), today=today
    )
    project = choose_project(instrument, result, fits)
    return (make_english_outline if language == "en" else make_outline)(
        Material(
            instrument=instrument,
            diagnosis=result,
            labels=labels(instrument, result),
            profile=profile,
            corpus=corpus,
            today=today,
            programs=tuple(
                _choice(corpus, one, today) for one in matched(Kind.PROGRAM, PROGRAMS_SHOWN)
            ),
            cases=tuple(matched(Kind.CASE, CASES_SHOWN)),
            experts=tuple(matched(Kind.EXPERT, EXPERTS_SHOWN)),
            fits=fits,
            plan=None
            if project is None
            else make_plan(
                corpus, profile, corpus.solutions[fits[project].records[0]], today=today
            ),
            plan_for="" if project is None else instrument.solution_by_id[project].name,
            ranges=dimension_ranges(instrument, result),
            outlooks=tuple(
                Outlook(one.horizon, one.overall, one.level) for one in foresee(instrument, result)
            ),
            files=tuple(files),
        )
    )


def _choice(corpus: Corpus, match: Match, today: date) -> ProgramChoice:
    program = corpus.programs[match.record_id]
    window = window_sentence(program, match.window, today)
    if match.window.state is WindowState.CLOSED:
        window = f"{window} {next_window_sentence(program)}"
    return ProgramChoice(match, headline(program), window)
