"""Prints how many questions an interview needs until it stops, and whether its level is right.

Simulated owners: the given companies that answered everything, and random companies whose answers
fit together (a general level, a tendency a dimension, noise an item; skip rules and consistency
checks hold). They answer in the words of the anchors, so what is measured is the asking and the
stopping. Run from the root of the repository: `.venv/bin/python -m benchmarks.readiness_interview`.
"""

import random
from collections.abc import Collection
from fractions import Fraction
from statistics import mean, median

from advisor.diagnosis.collect import collect
from advisor.diagnosis.interview import Interviewer
from advisor.diagnosis.interview_state import Interview, Move, Phase
from advisor.diagnosis.reading import Reading, Volunteered
from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.domain.readiness import AnswerStatus, ItemAnswer
from tests.diagnosis.given import answers_of, the_cases, the_instrument

RANDOM_OWNERS = 200
SEED = 20261125
MOST_TURNS = 60
# The cap `coverage_below` of the instrument.
COVERAGE_FOR_L3 = Fraction(6, 10)
COVERAGE_CAP_LEVEL = 2


class ExactReader:
    """Understands the digit that a simulated owner answers with."""

    def read(
        self, item_id: str, words: str, *, about: float = 0.0, below: int | None = None
    ) -> Reading:
        if not words[-1].isdigit():
            return Reading(AnswerStatus.UNKNOWN)
        return Reading(AnswerStatus.ANSWERED, int(words[-1]), "say", "cue", True, None, 1.0)

    def volunteered(
        self, words: str, *, but: Collection[str] = (), is_lenient: bool = False
    ) -> list[Volunteered]:
        return []

    def nearness(self, words: str, items: Collection[str]) -> dict[str, float]:
        return dict.fromkeys(items, 0.0)

    def is_question(self, words: str) -> bool:
        return False

    def warm(self) -> None: ...


def main() -> None:
    instrument = the_instrument()
    interviewer = Interviewer(instrument, ExactReader())
    given = {
        case_id: {one.item: one.value for one in answers_of(case_id)}
        for case_id, case in the_cases().items()
        if case["expected"]["level"] is not None and len(answers_of(case_id)) >= 20
    }
    examples = [values for case_id, values in given.items() if case_id.startswith("EX")]
    edges = [values for case_id, values in given.items() if not case_id.startswith("EX")]
    _report("example companies", interviewer, examples)
    # Most of these are all at 3 or 4: above L2 the rules ask for 60 % of the weight.
    _report("edge cases", interviewer, edges)
    floor = _fewest_questions_above_l2(instrument)
    low = [values for values in edges if _score_level(interviewer, values) <= COVERAGE_CAP_LEVEL]
    _report("- L2 or less", interviewer, low)
    _report("- above, by score", interviewer, [one for one in edges if one not in low])
    print(f"above L2 by score the rules need {floor} answered questions at least")
    rng = random.Random(SEED)
    owners: list[dict[str, int | None]] = []
    while len(owners) < RANDOM_OWNERS:
        values = _whole(instrument, _random_company(instrument, rng))
        if not collect(instrument, _answers(values)).contradictions:
            owners.append(values)
    _report("random companies", interviewer, owners)


def _score_level(interviewer: Interviewer, values: dict[str, int | None]) -> int:
    whole = Interview("", answers=tuple(_answers(values)))
    return interviewer.diagnose(whole, Profile()).level_raw or 0


def _fewest_questions_above_l2(instrument: Instrument) -> int:
    """Count the quick check, asked first, and then the heaviest items until coverage allows L3.

    No skip rule helps: they all settle items of a company that is low on another.
    """
    share = {
        item.id: Fraction(instrument.dimension_by_id[item.dimension].weight * item.weight)
        / sum(other.weight for other in instrument.items_of[item.dimension])
        / sum(one.weight for one in instrument.dimensions)
        for item in instrument.items
    }
    count, covered = 0, Fraction(0)
    for item in sorted(instrument.items, key=lambda one: (not one.quick, -share[one.id])):
        if covered >= COVERAGE_FOR_L3:
            break
        count, covered = count + 1, covered + share[item.id]
    return count


def _report(name: str, interviewer: Interviewer, owners: list[dict[str, int | None]]) -> None:
    stopped, settled, right = [], [], []
    for values in owners:
        truth = interviewer.diagnose(
            Interview("", answers=tuple(_answers(values))), Profile()
        ).level
        move = interviewer.begin(Profile())
        levels: list[int | None] = []
        while move.question is not None and len(levels) < MOST_TURNS:
            move = _reply(interviewer, move, values)
            levels.append(interviewer.diagnose(move.interview, Profile()).level)
        assert move.interview.phase in (Phase.DONE, Phase.PAUSED)
        stopped.append(move.interview.questions)
        settled.append(
            max((n for n, one in enumerate(levels, 1) if one != levels[-1]), default=0) + 1
        )
        right.append(levels[-1] == truth)
    print(
        f"{name:17} n={len(owners):3}  asked until it stops: median {median(stopped):4.1f} "
        f"mean {mean(stopped):4.1f} most {max(stopped)}  level stands from question "
        f"{median(settled):.1f} (median)  same level as with all items: {mean(right):.2f}"
    )


def _reply(interviewer: Interviewer, move: Move, values: dict[str, int | None]) -> Move:
    state = move.interview
    item = state.asked
    if item is None:
        check = next(
            one for one in interviewer.instrument.consistency_checks if one.id == state.check
        )
        item = check.when[0].item
    # What a rule settles was not asked in the given cases; whoever is asked does not know.
    return interviewer.hear(state, f"답 {values.get(item)}", Profile(), told=False)


def _random_company(instrument: Instrument, rng: random.Random) -> dict[str, int | None]:
    level = rng.uniform(0.0, 3.6)
    tendency = {one.id: rng.gauss(0.0, 0.55) for one in instrument.dimensions}
    values: dict[str, int | None] = {}
    for item in instrument.items:
        # The items of the quick check are the easier ones, and hardly anybody runs AI yet.
        shift = (0.35 if item.quick else 0.0) - (0.9 if item.dimension == "AIX" else 0.0)
        value = level + tendency[item.dimension] + rng.gauss(0.0, 0.6) + shift
        values[item.id] = max(0, min(4, round(value)))
    return values


def _whole(instrument: Instrument, values: dict[str, int | None]) -> dict[str, int | None]:
    """Complete answers as the skip rules would settle them."""
    known = collect(instrument, _answers(values))
    full: dict[str, int | None] = {
        item.id: known.values.get(item.id, 0) for item in instrument.items
    }
    for rule in instrument.skip_rules:
        alone = collect(instrument, _answers({one.item: full[one.item] for one in rule.when}))
        if any(one.startswith(f"{rule.id}:") for one in alone.applied_skips):
            full.update({target.item: target.value for target in rule.set})
    return full


def _answers(values: dict[str, int | None]) -> list[ItemAnswer]:
    return [
        ItemAnswer(item, AnswerStatus.ANSWERED, one, "say")
        if one is not None
        else ItemAnswer(item, AnswerStatus.UNKNOWN)
        for item, one in values.items()
    ]


if __name__ == "__main__":
    main()
