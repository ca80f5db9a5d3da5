"""A program narrowed to the track that the user names (pure)."""

from advisor.domain.criteria import AnyOf
from advisor.domain.records import SupportProgram
from advisor.text import squeeze


def of_track(program: SupportProgram, spoken: str) -> SupportProgram:
    """Return the program with only the tracks whose label stands in what was said.

    "JS1에 해당되나요?" asks for that track alone, so that the tracks the record does not describe leave
    nothing open. Without a label in the words the program comes back as it is.
    """
    plain = squeeze(spoken)
    criteria = []
    for one in program.criteria:
        if isinstance(one, AnyOf):
            named = tuple(option for option in one.options if squeeze(option.label) in plain)
            if named:
                one = one.model_copy(update={"options": named, "open_ended": False})
        criteria.append(one)
    return program.model_copy(update={"criteria": tuple(criteria)})
