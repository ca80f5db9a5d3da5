"""Everyday words of a message to the words of the records, and back (pure)."""

import re
from collections.abc import Iterator, Sequence

from advisor.domain.lexicon import Concept
from advisor.text import squeeze

_OF_QUALITY = re.compile(
    r"불량|기포|기공|품질|조건|편차|색|경도|두께|클레임|반품|달라|달르|안\s?맞|들쭉|들쑥|defect|reject|quality",
    re.I,
)
_LATIN = re.compile(r"^[a-z0-9 .\-/]+$")


def expand(text: str, concepts: Sequence[Concept]) -> tuple[str, ...]:
    """Return the words to search for besides those of the text.

    A concept counts when one of its words stands in the text, spaces aside; then its other words
    are returned, those of the records first.
    """
    found: list[str] = []
    for concept, said in _find(text, concepts):
        found += [word for word in concept.means if word not in said]
        if any(word in concept.means for word in said):
            # Records are Korean: an English way to say it would find nothing but chance.
            korean = [word for word in concept.say if not _LATIN.match(word.casefold())]
            found += [word for word in korean[:2] if word not in said]
    return tuple(dict.fromkeys(found))


def find_worries(text: str, concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """Return what a message is about besides the trade of the company.

    "주물 공장인데 사람이 없어요" is about people; a trade is one only where its quality is in question.
    """
    of_quality = bool(_OF_QUALITY.search(text))
    return tuple(one for one, _ in _find(text, concepts) if not one.trade or of_quality)


def _find(text: str, concepts: Sequence[Concept]) -> Iterator[tuple[Concept, list[str]]]:
    """Yield each concept that has a word in the text, with those words."""
    plain = squeeze(text)
    lowered = text.casefold()
    for concept in concepts:
        said = [word for word in (*concept.say, *concept.means) if _stands_in(word, plain, lowered)]
        if said:
            yield concept, said


def _stands_in(word: str, plain: str, lowered: str) -> bool:
    folded = word.casefold()
    if _LATIN.match(folded):
        return re.search(rf"(?<![a-z]){re.escape(folded)}(?![a-z])", lowered) is not None
    return squeeze(word) in plain
