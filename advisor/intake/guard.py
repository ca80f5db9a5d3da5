"""Refusals: forging, promises, secrets, other fields; and orders hidden in a message (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from advisor.domain.lexicon import Policy
from advisor.intake.disguise import readings
from advisor.intake.letters import relax

SENTENCE = re.compile(
    r"(?<=[.!?])\s+|\n+|(?<=요)\s+(?=[가-힣A-Z])|(?<=다)\s+(?=[가-힣A-Z])|,\s+(?=그래서)"
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """What is left of a message. `refusal` is set where nothing may be answered."""

    speech: str
    refusal: Policy | None
    stripped: tuple[Policy, ...] = ()


def guard(speech: str, policies: Sequence[Policy]) -> Guarded:
    """Apply the policies in their order; the first that fits the whole message refuses it."""
    stripped: list[Policy] = []
    for policy in policies:
        if policy.by_sentence:
            kept = [part for part in SENTENCE.split(speech) if part and not _fits(policy, part)]
            if " ".join(kept) == " ".join(part for part in SENTENCE.split(speech) if part):
                continue
            speech = " ".join(kept).strip()
            stripped.append(policy)
            if not policy.strip or not re.search(r"[가-힣A-Za-z]{2}", speech):
                return Guarded(speech, policy, tuple(stripped))
        elif _fits(policy, speech):
            return Guarded(speech, policy, tuple(stripped))
    return Guarded(speech, None, tuple(stripped))


def without_orders(material: str, policies: Sequence[Policy]) -> str:
    """Return quoted material without the sentences that give orders to whoever reads it."""
    parts = re.split(r"(?<=[.!?])\s+|\n+|[()（）]", material)
    orders = [policy for policy in policies if policy.strip]
    return " ".join(
        part.strip() for part in parts if part.strip() and not any(_fits(o, part) for o in orders)
    )


def _fits(policy: Policy, text: str) -> bool:
    """Tell whether a policy fits the text, or what the text may be meant as."""
    if any(word in text for word in policy.unless):
        return False
    if any(pattern.search(text) for pattern in policy.patterns):
        return True
    if policy.status != "blocked":
        return False  # a guess may refuse an attack, never an honest question as off the subject
    return any(
        pattern.search(guess) or _relaxed(pattern).search(guess)
        for guess in readings(text)[1:]
        for pattern in policy.patterns
    )


@lru_cache(maxsize=1024)
def _relaxed(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern as it fits a text whose tensed letters were made plain (써 is 서 there)."""
    return re.compile(relax(pattern.pattern), pattern.flags)
