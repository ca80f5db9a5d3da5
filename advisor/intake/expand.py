"""Everyday words of a message to the words of the records, and back (pure)."""

import re
from collections.abc import Sequence

from advisor.domain.lexicon import Concept
from advisor.text import squeeze

_LATIN = re.compile(r"^[a-z0-9 .\-/]+$")


def expand(text: str, concepts: Sequence[Concept]) -> tuple[str, ...]:
    """Return the words to search for besides those of the text.

    A concept counts when one of its words stands in the text, spaces aside; then its other words
    are returned, those of the records first.
    """
    plain = squeeze(text)
    lowered = text.casefold()
    found: list[str] = []
    for concept in concepts:
        said = [word for word in (*concept.say, *concept.means) if _stands_in(word, plain, lowered)]
        if not said:
            continue
        found += [word for word in concept.means if word not in said]
        if any(word in concept.means for word in said):
            found += [word for word in concept.say[:2] if word not in said]
    return tuple(dict.fromkeys(found))


def _stands_in(word: str, plain: str, lowered: str) -> bool:
    folded = word.casefold()
    if _LATIN.match(folded):
        return re.search(rf"(?<![a-z]){re.escape(folded)}(?![a-z])", lowered) is not None
    return squeeze(word) in plain
