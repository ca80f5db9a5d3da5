"""What a company said about itself, and in which words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

FactValue = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a profile field.

    `value` has the unit of `corpus/vocabulary/profile_fields.yaml`; `quote` are the user's own
    words; `source` is 말 (said), 서류 (document), 계산 (derived) or 입력 (typed into the form).
    """

    value: FactValue
    quote: str = ""
    source: str = "말"


@dataclass(frozen=True, slots=True)
class Profile:
    """Facts by field id of the profile schema. An absent field is unknown, never a default."""

    facts: Mapping[str, Fact] = field(default_factory=dict)

    def get(self, name: str) -> FactValue | None:
        """Return the value of a field, or None where it is unknown."""
        fact = self.facts.get(name)
        return None if fact is None else fact.value

    def __contains__(self, name: str) -> bool:
        return name in self.facts

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def with_facts(self, new: Mapping[str, Fact]) -> "Profile":
        """Return a profile in which `new` replaces what stood under the same fields."""
        return Profile({**self.facts, **new})

    def without(self, *names: str) -> "Profile":
        """Return a profile that no longer knows the named fields."""
        return Profile({key: fact for key, fact in self.facts.items() if key not in names})

    def values(self) -> dict[str, Any]:
        """Return plain values by field id, lists for tuples: the JSON of the contract."""
        return {
            key: list(fact.value) if isinstance(fact.value, tuple) else fact.value
            for key, fact in self.facts.items()
        }
