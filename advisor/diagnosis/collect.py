"""Answers to one state per item: skip rules applied, contradictions found (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.domain.instrument import Condition, Instrument
from advisor.domain.readiness import AnswerStatus, ItemAnswer

# What a skip rule may settle.
OPEN = (AnswerStatus.NOT_ASKED, AnswerStatus.INFERRED)


@dataclass(frozen=True, slots=True)
class Collected:
    """What is known about every item of the instrument.

    Attributes:
        answers: One per item, in the order of the instrument.
        values: Levels by item, only of items answered or inferred.
        applied_skips: `<rule>:<item>` in the order of the rules.
        contradictions: Ids of the checks whose conditions all hold.
    """

    answers: Mapping[str, ItemAnswer]
    values: Mapping[str, int]
    applied_skips: tuple[str, ...]
    contradictions: tuple[str, ...]

    def applies(self, item_id: str) -> bool:
        """Tell whether the item counts at all, that is, was not called inapplicable."""
        return self.answers[item_id].status is not AnswerStatus.NOT_APPLICABLE

    def is_open(self, item_id: str) -> bool:
        """Tell whether the item was neither asked nor settled by another answer."""
        return self.answers[item_id].status is AnswerStatus.NOT_ASKED


def collect(instrument: Instrument, answers: Iterable[ItemAnswer]) -> Collected:
    """Bring answers into the instrument's order and complete them by its skip rules.

    A skip rule sets only items that were not asked yet: an answer of one's own wins, and so does
    "do not know". An item given as inferred (from a saved result) is settled anew.

    Args:
        instrument: The version that the answers were given to.
        answers: At most one per item, of known items; any order.
    """
    given = {answer.item: answer for answer in answers}
    full = {
        item.id: given.get(item.id) or ItemAnswer(item.id, AnswerStatus.NOT_ASKED)
        for item in instrument.items
    }
    # Rules look at what was answered, never at what another rule has set.
    said = _values(full)
    skips: list[str] = []
    settled: set[str] = set()
    for rule in instrument.skip_rules:
        if not _all_hold(rule.when, said):
            continue
        for target in rule.set:
            if full[target.item].status in OPEN and target.item not in settled:
                full[target.item] = ItemAnswer(
                    target.item, AnswerStatus.INFERRED, target.value, "infer", rule.because
                )
                settled.add(target.item)
                skips.append(f"{rule.id}:{target.item}")
    values = _values(full)
    return Collected(
        answers=full,
        values=values,
        applied_skips=tuple(skips),
        contradictions=tuple(
            check.id for check in instrument.consistency_checks if _all_hold(check.when, values)
        ),
    )


def _values(answers: Mapping[str, ItemAnswer]) -> dict[str, int]:
    return {
        item_id: answer.value
        for item_id, answer in answers.items()
        if answer.value is not None
        and answer.status in (AnswerStatus.ANSWERED, AnswerStatus.INFERRED)
    }


def _all_hold(conditions: Iterable[Condition], values: Mapping[str, int]) -> bool:
    return all(
        condition.item in values and _holds(condition, values[condition.item])
        for condition in conditions
    )


def _holds(condition: Condition, value: int) -> bool:
    if condition.op == "==":
        return value == condition.value
    if condition.op == "<=":
        return value <= condition.value
    return value >= condition.value
