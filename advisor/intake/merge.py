"""A profile and new facts to a profile; what changed is said back (pure)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.domain.profile import Fact, FactValue, Profile

CORRECTS = re.compile(
    r"아니|잘못|정정|다시\s?말|실은|사실은|착각|틀렸|미안|수정|바꿔|말고|sorry|actually|I meant",
    re.I,
)
# Lists grow ("MES도 써요"); a corrected list is replaced.
LISTS = frozenset(
    {"systems_in_use", "main_processes", "main_products", "certifications", "pain_codes"}
)
# A new place forgets the district of the old one.
DEPENDENT = {"factory_sido": ("factory_sigungu",), "hq_sido": ("hq_sigungu",)}


@dataclass(frozen=True, slots=True)
class Change:
    """A field that had another value; `corrected` where the user said so."""

    name: str
    before: FactValue
    after: FactValue
    corrected: bool


def merge(
    profile: Profile, new: Mapping[str, Fact], speech: str
) -> tuple[Profile, tuple[Change, ...]]:
    """Return the profile with the new facts and what they replaced; the newest word counts."""
    corrected = bool(CORRECTS.search(speech))
    changes: list[Change] = []
    merged = profile
    for name, fact in new.items():
        before = merged.get(name)
        if before is not None and before != fact.value:
            if (
                name in LISTS
                and not corrected
                and isinstance(before, tuple)
                and isinstance(fact.value, tuple)
            ):
                fact = Fact(tuple(dict.fromkeys((*before, *fact.value))), fact.quote, fact.source)
            elif name == "industry_text" and not corrected:
                if str(fact.value) in str(before):
                    continue
                fact = Fact(f"{before}, {fact.value}", fact.quote, fact.source)
            else:
                changes.append(Change(name, before, fact.value, corrected))
                stale = [one for one in DEPENDENT.get(name, ()) if one not in new]
                merged = merged.without(*stale)
        merged = merged.with_facts({name: fact})
    return merged, tuple(changes)
