"""Two diagnoses of one company side by side (pure)."""

from dataclasses import dataclass

from advisor.domain.readiness import Diagnosis, ItemAnswer


@dataclass(frozen=True, slots=True)
class Change:
    """A score (0 to 100) before and after; None where the rules gave none."""

    id: str
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """Points won, negative where some were lost; None unless both are known."""
        if self.before is None or self.after is None:
            return None
        return round(self.after - self.before, 1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one diagnosis to the next.

    Attributes:
        overall: The overall scores.
        levels: Readiness levels before and after, None where none was given.
        dimensions: Every dimension that both know, in the order of the later one.
        items: Items whose status or level differs, each before and after.
        is_same_version: Whether both were made with one version of the instrument.
    """

    overall: Change
    levels: tuple[int | None, int | None]
    dimensions: tuple[Change, ...]
    items: tuple[tuple[ItemAnswer, ItemAnswer], ...]
    is_same_version: bool


def compare(before: Diagnosis, after: Diagnosis) -> Comparison:
    """Compare an earlier diagnosis with a later one; only what both know is compared."""
    return Comparison(
        overall=Change("overall", before.overall, after.overall),
        levels=(before.level, after.level),
        dimensions=tuple(
            Change(key, before.dimensions[key].score, one.score)
            for key, one in after.dimensions.items()
            if key in before.dimensions
        ),
        items=tuple(
            (before.answers[key], one)
            for key, one in after.answers.items()
            if key in before.answers
            and (before.answers[key].status, before.answers[key].value) != (one.status, one.value)
        ),
        is_same_version=before.instrument_version == after.instrument_version,
    )
