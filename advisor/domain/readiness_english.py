"""English words of the readiness instrument; they are shown and never calculated with."""

from typing import Annotated

from pydantic import Field

from advisor.domain.instrument import CostBand, Grade, Instrument, Item, Level, Part, SolutionStatus


class EnglishLevel(Part):
    """A readiness level in English."""

    name: str
    meaning: str
    next: str


class EnglishItem(Part):
    """An item in English; `anchors` are the sentences of the levels 0 to 4."""

    label: str
    question: str
    anchors: Annotated[tuple[str, ...], Field(min_length=5, max_length=5)]
    na_when: str | None = None


class EnglishDimension(Part):
    """A dimension with its items and the titles of its steps, by id."""

    name: str
    summary: str
    steps: dict[str, str]
    items: dict[str, EnglishItem]


class EnglishSolution(Part):
    """A solution in English."""

    name: str
    first_step: str


class EnglishRules(Part):
    """The words of the rules."""

    name: str
    levels: dict[Level, EnglishLevel]
    scale: dict[Level, str]
    grades: dict[Grade, str]
    solution_status: dict[SolutionStatus, str]
    cost_bands: dict[CostBand, str]
    skips: dict[str, str]
    checks: dict[str, str]


class English(Part):
    """All of them; `dimensions` and `solutions` by id."""

    rules: EnglishRules
    dimensions: dict[str, EnglishDimension]
    solutions: dict[str, EnglishSolution]

    def gaps(self, instrument: Instrument) -> list[str]:
        """Return the ids that the instrument has and these words lack."""
        items = {key for one in self.dimensions.values() for key in one.items}
        steps = {key for one in self.dimensions.values() for key in one.steps}
        rules = self.rules
        wanted = (
            (instrument.dimension_by_id, self.dimensions), (instrument.item_by_id, items),
            (instrument.step_by_id, steps), (instrument.solution_by_id, self.solutions),
            ([one.level for one in instrument.levels], rules.levels),
            (instrument.scale.names, rules.scale), (instrument.evidence_grades, rules.grades),
            (instrument.solution_status, rules.solution_status),
            (instrument.cost_bands, rules.cost_bands),
            ([one.id for one in instrument.skip_rules], rules.skips),
            ([one.id for one in instrument.consistency_checks], rules.checks),
        )  # fmt: skip
        return [str(key) for needed, given in wanted for key in needed if key not in given]


def in_english(instrument: Instrument, words: English) -> Instrument:
    """Return the instrument with English words; whatever lacks them stays as it is.

    Ids, weights, rules and the names of smart-factory levels stay, so that a result made with the
    one reads with the other. What would count as evidence has no English words and is left out.
    """
    rules = words.rules
    plain = {name: getattr(instrument, name) for name in Instrument.model_fields}
    # Made anew, not copied: a copy would keep what was looked up in the Korean one.
    return Instrument(
        **{
            **plain,
            "meta": instrument.meta.model_copy(update={"name": rules.name, "language": "en"}),
            "scale": instrument.scale.model_copy(update={"names": rules.scale}),
            "evidence_grades": {
                key: one.model_copy(update={"name": rules.grades.get(key, one.name)})
                for key, one in instrument.evidence_grades.items()
            },
            "dimensions": tuple(
                one.model_copy(
                    update={
                        "name": mine.name,
                        "summary": mine.summary,
                        "steps": tuple(
                            step.model_copy(update={"title": mine.steps.get(step.id, step.title)})
                            for step in one.steps
                        ),
                    }
                )
                if (mine := words.dimensions.get(one.id))
                else one
                for one in instrument.dimensions
            ),
            "items": tuple(_item(one, words) for one in instrument.items),
            "levels": tuple(
                one.model_copy(update=dict(rules.levels[one.level]))
                if one.level in rules.levels
                else one
                for one in instrument.levels
            ),
            "skip_rules": tuple(
                one.model_copy(update={"because": rules.skips.get(one.id, one.because)})
                for one in instrument.skip_rules
            ),
            "consistency_checks": tuple(
                one.model_copy(update={"ask": rules.checks.get(one.id, one.ask)})
                for one in instrument.consistency_checks
            ),
            "solutions": tuple(
                one.model_copy(update=dict(words.solutions[one.id]))
                if one.id in words.solutions
                else one
                for one in instrument.solutions
            ),
            "solution_status": {**instrument.solution_status, **rules.solution_status},
            "cost_bands": {
                key: one.model_copy(update={"name": rules.cost_bands.get(key, one.name)})
                for key, one in instrument.cost_bands.items()
            },
        }
    )


def _item(item: Item, words: English) -> Item:
    dimension = words.dimensions.get(item.dimension)
    mine = dimension.items.get(item.id) if dimension else None
    if mine is None:
        return item
    anchors = tuple(
        one.model_copy(update={"text": mine.anchors[one.value]}) for one in item.anchors
    )
    na_when = None if item.na_when is None else mine.na_when or item.na_when
    return item.model_copy(
        update={
            "label": mine.label, "question": mine.question, "anchors": anchors,
            "na_when": na_when, "evidence": (),
        }
    )  # fmt: skip
