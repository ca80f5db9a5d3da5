"""Many programs judged at once: equal criteria are judged once, verdicts are added up (pure).

Programs share most of their criteria ("중소기업", "제조업", "경기", "50인 미만"), so a table keeps each
different criterion once. For a company every one of them is judged by the very judge of
`eligibility`, and numpy puts the results together. Sentences are made for those that are shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.domain.criteria import AnyOf, Criterion
from advisor.domain.match import Match, Verdict, WindowState
from advisor.domain.profile import Profile
from advisor.domain.records import SupportProgram
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.company import trade_of
from advisor.matching.eligibility import judge_criterion, judge_program, seoul_day
from advisor.matching.finding import MET, NOT_MET, Company
from advisor.matching.windows import state_on

_REFUSES, _OPEN, _BEARS = 1, 2, 4
VERDICTS = (Verdict.ELIGIBLE, Verdict.UNKNOWN, Verdict.NOT_ELIGIBLE)
STATES = tuple(WindowState)


@dataclass(frozen=True, slots=True)
class Screening:
    """Verdict and window of every program of a table for one company, in the table's order.

    Attributes:
        verdicts: Index into VERDICTS.
        windows: Index into STATES.
        settled_by: How many open verdicts each fact would settle, most first.
    """

    verdicts: NDArray[np.int8]
    windows: NDArray[np.int8]
    settled_by: Mapping[str, int]


class ProgramTable:
    """Programs prepared for many companies. Build it once; it holds nothing of any company."""

    def __init__(self, programs: Sequence[SupportProgram], vocabulary: Vocabulary) -> None:
        """Prepare the programs: about 20 microseconds each."""
        self.programs = tuple(programs)
        self._vocabulary = vocabulary
        numbers: dict[Any, int] = {}
        self._criteria: list[tuple[Criterion, SupportProgram]] = []
        flat: list[int] = []
        starts: list[int] = []
        for program in self.programs:
            starts.append(len(flat))
            for criterion in program.criteria:
                key = _key(criterion, program)
                if key not in numbers:
                    numbers[key] = len(self._criteria)
                    self._criteria.append((criterion, program))
                flat.append(numbers[key])
        # One criterion that says nothing ends the table, so that a last empty program has a place.
        self._flat = np.array([*flat, len(self._criteria)], dtype=np.int64)
        self._starts = np.array(starts, dtype=np.int64)
        self._lengths: NDArray[np.int64] = np.diff([*starts, len(flat)]).astype(np.int64)
        kinds: dict[Any, int] = {}
        self._windows: list[SupportProgram] = []
        places: list[int] = []
        for program in self.programs:
            key = program.window
            if key not in kinds:
                kinds[key] = len(self._windows)
                self._windows.append(program)
            places.append(kinds[key])
        self._window_of = np.array(places, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.programs)

    @property
    def different_criteria(self) -> int:
        """How many different criteria the programs have."""
        return len(self._criteria)

    def screen(self, profile: Profile, today: date) -> Screening:
        """Judge all programs for one company.

        Args:
            profile: Facts stated so far.
            today: Day in Asia/Seoul, or a moment.
        """
        trade, day = trade_of(profile, self._vocabulary), seoul_day(today)
        flags = np.zeros(len(self._criteria) + 1, dtype=np.int8)
        asks: list[str] = []
        asked = np.full(len(self._criteria) + 1, -1, dtype=np.int64)
        numbers: dict[str, int] = {}
        for at, (criterion, program) in enumerate(self._criteria):
            company = Company(profile, trade, self._vocabulary, program, day)
            finding = judge_criterion(criterion, company)
            if finding.result is NOT_MET:
                flags[at] = _REFUSES
            elif finding.result is MET:
                flags[at] = _BEARS if finding.stated else 0
            elif finding.decides:
                flags[at] = _OPEN
                name = finding.missing or ""
                if name not in numbers:
                    numbers[name] = len(asks)
                    asks.append(name)
                asked[at] = numbers[name]
        verdicts = self._verdicts(flags)
        numbers_of = {state: at for at, state in enumerate(STATES)}
        states = np.array(
            [numbers_of[state_on(one.window, today)] for one in self._windows],
            dtype=np.int8,
        )
        windows = states[self._window_of] if len(self.programs) else np.zeros(0, dtype=np.int8)
        return Screening(verdicts, windows, self._settled(flags, asked, verdicts, asks))

    def explain(self, index: int, profile: Profile, today: date) -> Match:
        """Return the whole match, with its sentences, of one program of the table."""
        return judge_program(
            self.programs[index], profile, vocabulary=self._vocabulary, today=today
        )

    def _verdicts(self, flags: NDArray[np.int8]) -> NDArray[np.int8]:
        if not len(self.programs):
            return np.zeros(0, dtype=np.int8)
        summed = np.bitwise_or.reduceat(flags[self._flat], self._starts)
        summed = np.where(self._lengths == 0, 0, summed)
        open_, refused = (summed & _OPEN) > 0, (summed & _REFUSES) > 0
        verdicts = np.where(open_ | ((summed & _BEARS) == 0), 1, 0)
        return np.where(refused, 2, verdicts).astype(np.int8)

    def _settled(
        self,
        flags: NDArray[np.int8],
        asked: NDArray[np.int64],
        verdicts: NDArray[np.int8],
        asks: Sequence[str],
    ) -> dict[str, int]:
        """Count, per fact, the open programs in which it alone is missing."""
        if not len(asks):
            return {}
        owner = np.repeat(np.arange(len(self.programs)), self._lengths)
        at = self._flat[:-1]
        is_open = ((flags[at] & _OPEN) > 0) & (verdicts[owner] == 1)
        owners, facts = owner[is_open], asked[at][is_open]
        pairs = np.unique(owners * len(asks) + facts)
        program, fact = pairs // len(asks), pairs % len(asks)
        alone = np.bincount(program, minlength=len(self.programs))[program] == 1
        counts = np.bincount(fact[alone], minlength=len(asks))
        order = np.argsort(-counts, kind="stable")
        return {asks[one]: int(counts[one]) for one in order if asks[one]}


def _key(criterion: Criterion, program: SupportProgram) -> Any:
    """Return what decides a criterion's outcome: all but its words, for a company its own."""
    own = program.id if _reads_the_program(criterion) else ""
    return own, _plain(criterion.model_dump(exclude={"words", "source"}))


def _reads_the_program(criterion: Criterion) -> bool:
    if isinstance(criterion, AnyOf):
        return any(
            _reads_the_program(one) for option in criterion.options for one in option.criteria
        )
    return criterion.type == "prior_support"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(
            (key, _plain(one)) for key, one in value.items() if key not in ("words", "source")
        )
    if isinstance(value, (list, tuple)):
        return tuple(_plain(one) for one in value)
    return value
