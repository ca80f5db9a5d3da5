"""A diagnosis told in the chat in English: level, what it means, first steps, solutions."""

from advisor.answering.draft import Draft
from advisor.domain.instrument import Instrument
from advisor.domain.readiness import Diagnosis
from advisor.domain.readiness_english import English

STEPS_SHOWN = 3
SOLUTIONS_SHOWN = 3
NOTICE = (
    "This is an estimate made by AI from the talk; it replaces neither the official smart factory "
    "level check nor a decision on any support program."
)


def tell_in_english(
    draft: Draft, english: English, instrument: Instrument, result: Diagnosis
) -> None:
    """Write what is known so far; without a level it says so."""
    if result.level is None:
        draft.say("There are not enough answers for a level yet. Your answers so far are kept.")
        return
    level = english.rules.levels[result.level]
    draft.say(f"**Result (AI estimate)**: L{result.level} {level.name}.")
    draft.say(f"- What it means: {level.meaning}. Next: {level.next}.")
    draft.say(
        f"- Score range {result.overall_low} to {result.overall_high}, "
        f"confidence {result.confidence:.2f}, answered {result.coverage:.0%}."
    )
    titles = {key: title for one in english.dimensions.values() for key, title in one.steps.items()}
    titles.update({key: one.name for key, one in english.solutions.items()})
    steps = [step for one in instrument.horizons for step in result.horizons.get(one.id, ())]
    if steps:
        draft.gap()
        draft.say("**First steps**")
    for step in steps[:STEPS_SHOWN]:
        draft.say(f"- {titles.get(step, step)}")
    fitting = [one for one in result.solutions if one.status in ("ready", "near")]
    if fitting:
        draft.gap()
        draft.say("**Solutions**")
    for one in fitting[:SOLUTIONS_SHOWN]:
        draft.say(f"- {english.rules.solution_status[one.status]}: {titles.get(one.id, one.id)}")
    draft.gap()
    draft.say(NOTICE)
