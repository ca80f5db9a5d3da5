"""A value that was found, before it is a field of a draft (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import JsonValue

from advisor.corpus.notices.segments import Notice, Span
from advisor.domain.drafts import DraftField

# How sure a rule is: the label says it, the words around say it, it is the likeliest of several.
SURE, LIKELY, WEAK = 0.9, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Value:
    """A value for a place of the record, and the words it rests on."""

    name: str
    value: JsonValue
    span: Span
    confidence: float = LIKELY


def as_field(notice: Notice, one: Value) -> DraftField:
    """Return the value as a field of a draft."""
    return DraftField(
        one.name, one.value, notice.number(one.span), one.span.text, one.confidence, "rule"
    )


def best(values: Iterable[Value]) -> Value | None:
    """Return the surest value, the first of equals."""
    found = None
    for one in values:
        if found is None or one.confidence > found.confidence:
            found = one
    return found
