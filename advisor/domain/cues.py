"""What owners say that stands for a level of an item: the shapes of the cue files, and the cues."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field

from advisor.domain.instrument import Level, Part


class CueRow(Part):
    """One line of a cue file: patterns on a message without spaces, marks and capitals."""

    level: Level
    any: tuple[str, ...] = Field(min_length=1)
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands for a level: one of `any_of`, one of `also` if there are any, no `unless`."""

    level: int
    any_of: tuple[re.Pattern[str], ...]
    also: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()

    def fits(self, text: str) -> bool:
        """Tell whether a squeezed message (see `advisor.diagnosis.talk.squeeze`) fits."""
        return (
            any(pattern.search(text) for pattern in self.any_of)
            and (not self.also or any(pattern.search(text) for pattern in self.also))
            and not any(pattern.search(text) for pattern in self.unless)
        )


@dataclass(frozen=True, slots=True)
class Cues:
    """What owners say.

    `items` are cues by item, the strictest first: the first that fits wins. The patterns tell,
    whatever the item, what kind of answer it is and how firm.
    """

    items: Mapping[str, tuple[Cue, ...]]
    dont_know: re.Pattern[str]
    ask_others: re.Pattern[str]
    not_applicable: re.Pattern[str]
    question: re.Pattern[str]
    hedged: re.Pattern[str]
    system_name: re.Pattern[str]
    person: re.Pattern[str]
    counted: re.Pattern[str]

    def of(self, item_id: str) -> tuple[Cue, ...]:
        """Return the cues of an item; none where there are none."""
        return self.items.get(item_id, ())
