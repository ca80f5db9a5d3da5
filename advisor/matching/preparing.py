"""Which papers to get ready for programs, each once, with the day by which they should be together (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from advisor.domain.match import WindowState
from advisor.domain.records import Corpus
from advisor.matching.actions import PAPERS_LEAD_DAYS, USUAL_PAPERS
from advisor.matching.windows import window_on


@dataclass(frozen=True, slots=True)
class PaperToPrepare:
    """One paper.

    Attributes:
        name: As the notices call it.
        program_ids: The programs that ask for it, in the order given.
        by: The first day by which it should be there, None where no window is dated.
        is_usual: Whether no notice names it: it is what such programs usually ask for.
    """

    name: str
    program_ids: tuple[str, ...]
    by: date | None = None
    is_usual: bool = False


def papers_for(
    corpus: Corpus, program_ids: Iterable[str], *, today: date
) -> tuple[PaperToPrepare, ...]:
    """Return the papers of these programs, the dated ones first; unknown ids are left out.

    Args:
        corpus: Programs with the papers of their notices, or none where no source lists them.
        program_ids: Programs that somebody saved or means to apply for.
        today: Day in Asia/Seoul; no day before it is named.
    """
    asked: dict[str, list[str]] = {}
    days: dict[str, date] = {}
    told: set[str] = set()
    for program_id in dict.fromkeys(program_ids):
        program = corpus.programs.get(program_id)
        if program is None:
            continue
        window = window_on(program.window, today)
        for name in program.documents or USUAL_PAPERS:
            asked.setdefault(name, []).append(program_id)
            if program.documents:
                told.add(name)
            if window.closes_on and window.state in (WindowState.OPEN, WindowState.UPCOMING):
                day = max(today, window.closes_on - timedelta(days=PAPERS_LEAD_DAYS))
                days[name] = min(day, days.get(name, day))
    papers = [
        PaperToPrepare(name, tuple(programs), days.get(name), name not in told)
        for name, programs in asked.items()
    ]
    return tuple(sorted(papers, key=lambda one: (one.by or date.max, one.is_usual)))
