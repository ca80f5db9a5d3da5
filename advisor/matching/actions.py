"""What to do next, in order and with days: papers, steps, windows (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advisor.domain.match import Match, Verdict, WindowOnDay, WindowState
from advisor.domain.records import Corpus, SupportProgram
from advisor.text import with_particle

# Days before the last day by which papers should be together: certificates take one to two weeks.
PAPERS_LEAD_DAYS, SUBMIT_LEAD_DAYS = 14, 3
USUAL_PAPERS = ("사업자등록증", "중소기업(소상공인)확인서", "국세·지방세 완납증명서")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do; `by` is the day it should be done, None where no day is known.

    `record_id` is the record it is for; `source_says` whether the record names it or it is the
    usual practice.
    """

    order: int
    what: str
    why: str
    record_id: str | None
    by: date | None = None
    source_says: bool = True


def list_actions(corpus: Corpus, matches: Sequence[Match], *, today: date) -> tuple[Action, ...]:
    """Return what a company has to do for these programs, solutions and experts, in order.

    Args:
        corpus: The records.
        matches: What was chosen, of any kind; programs it cannot get are left out.
        today: Day in Asia/Seoul; nothing is due before it.

    Returns:
        Facts to settle, whom to ask, papers, the partner, then applying, dated ones first
        within a group.
    """
    rows: list[tuple[int, date | None, str, str, str | None, bool]] = []
    fields = corpus.vocabulary.profile_fields
    for match in matches:
        title = corpus.record(match.record_id).title
        if match.record_id in corpus.experts:
            expert = corpus.experts[match.record_id]
            where = expert.phone or expert.homepage_domain or "누리집에서 연락처 확인"
            rows.append(
                (1, None, f"{expert.name}에 상담을 요청합니다({where})", match.why, expert.id, True)
            )
            continue
        if match.record_id in corpus.solutions:
            solution = corpus.solutions[match.record_id]
            rows.append(
                (
                    2,
                    None,
                    f"'{title}' 준비: {solution.prerequisites}",
                    f"필요한 데이터: {solution.required_data}",
                    solution.id,
                    True,
                )
            )
            continue
        program = corpus.programs.get(match.record_id)
        if program is None or match.verdict is Verdict.NOT_ELIGIBLE:
            continue
        for name in match.missing[:2]:
            label = fields[name].label if name in fields else name
            paper = fields[name].verify_by if name in fields else ()
            where = f"({'·'.join(paper)}로 확인)" if paper else ""
            rows.append(
                (
                    0,
                    None,
                    f"{with_particle(label, '을', '를')} 확인합니다{where}",
                    f"'{title}' 자격이 여기에 달려 있습니다",
                    program.id,
                    True,
                )
            )
        rows += _of_program(program, match, today)
    rows.sort(key=lambda row: (row[0], row[1] or date.max))
    # The usual papers are the same for every program and stand once.
    unique = {(row[2], row[4] if row[5] else None): row for row in rows}
    return tuple(
        Action(order, what, why, record_id, by, said)
        for order, (_, by, what, why, record_id, said) in enumerate(unique.values(), 1)
    )


def _of_program(
    program: SupportProgram, match: Match, today: date
) -> list[tuple[int, date | None, str, str, str | None, bool]]:
    window = match.window
    is_dated = window.state in (WindowState.OPEN, WindowState.UPCOMING) and window.closes_on
    papers_by = _before(window.closes_on, PAPERS_LEAD_DAYS, today) if is_dated else None
    submit_by = _before(window.closes_on, SUBMIT_LEAD_DAYS, today) if is_dated else None
    rows: list[tuple[int, date | None, str, str, str | None, bool]] = []
    told = program.documents or ()
    for paper in told or USUAL_PAPERS:
        why = (
            f"'{program.name}' 신청 서류"
            if told
            else f"'{program.name}' 서류 목록이 자료에 없어 흔히 내는 것을 적었습니다"
        )
        rows.append(
            (
                3,
                papers_by,
                f"{with_particle(paper, '을', '를')} 준비합니다",
                why,
                program.id,
                bool(told),
            )
        )
    for one in program.criteria:
        if one.type == "consortium" and one.required:
            rows.append(
                (
                    4,
                    papers_by,
                    f"함께 신청할 곳을 정합니다({one.words})",
                    f"'{program.name}' 신청 방식",
                    program.id,
                    True,
                )
            )
    rows.append((5, submit_by, _apply_words(program, window), _how(program), program.id, True))
    return rows


def _apply_words(program: SupportProgram, window: WindowOnDay) -> str:
    name = f"'{program.name}'"
    if window.state is WindowState.OPEN and window.closes_on is not None:
        hour = f" {window.closes_at}" if window.closes_at else ""
        return f"{name} 신청을 마칩니다(마감 {window.closes_on.isoformat()}{hour})"
    if window.state is WindowState.UPCOMING and window.opens_on is not None:
        return f"{name} 접수를 기다립니다({window.opens_on.isoformat()} 시작)"
    if window.expected:
        return f"{name} 다음 공고를 확인합니다(예년 일정: {window.expected})"
    return f"{name} 접수 기간을 담당 기관에 확인합니다"


def _how(program: SupportProgram) -> str:
    who = program.contact.organization or program.operator or program.agency
    return f"{program.how_to_apply or '신청 방법은 공고로 확인해야 합니다'} · 문의 {who}"


def _before(day: date | None, days: int, today: date) -> date | None:
    return None if day is None else max(today, day - timedelta(days=days))
