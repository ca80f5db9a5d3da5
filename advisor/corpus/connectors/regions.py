"""Words of a source to the short names of 시·도 (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.domain.vocabulary import Vocabulary
from advisor.text import squeeze

NATIONWIDE = frozenset({"전국", "전지역", "전체"})


@dataclass(frozen=True)
class Regions:
    """Every spelling of a 시·도 to its short name."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "Regions":
        """Take the spellings of the corpus."""
        return cls({
            squeeze(name): one.name
            for one in vocabulary.regions
            for name in (one.name, one.official, *one.names)
        })  # fmt: skip

    def among(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the 시·도 among words, in their order; empty where all of them are there.

        A notice for the whole country bears the names of all 17 as hashtags.
        """
        known = [squeeze(one) for one in words]
        found = tuple(dict.fromkeys(self.names[one] for one in known if one in self.names))
        is_all = len(found) == len(set(self.names.values())) or bool(NATIONWIDE & set(known))
        return () if is_all else found

    def in_address(self, address: str | None) -> tuple[str, ...]:
        """Return the 시·도 that an address begins with."""
        first = (address or "").split()[:1]
        return self.among(first)
