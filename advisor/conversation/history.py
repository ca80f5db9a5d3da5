"""What earlier turns leave for the next one, as it is kept with the consultation (pure)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.conversation.proposals import Summary
from advisor.conversation.turn import Turn
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect
from advisor.domain.records import Corpus
from advisor.intake.rephrase import Topic

# An owner comes back to what was said a few questions ago, not to the whole morning.
TOPICS_KEPT = 8


def begin(turn: Turn, state: Mapping[str, Any], corpus: Corpus) -> Turn:
    """Give a fresh turn what the consultation's state holds; unknown records are dropped."""
    topics = []
    for one in state.get("topics", ()):
        titles = one.get("documents", {})
        records = tuple(record for record in one["records"] if record in corpus or record in titles)
        kinds = tuple(
            corpus.kind_of(record) if record in corpus else Kind.DOCUMENT for record in records
        )
        aspects = frozenset(Aspect(name) for name in one.get("aspects", ()))
        topics.append(Topic(records, kinds, one["intent"], one["text"], titles, aspects))
    return replace(
        turn, topics=tuple(topics), last_intent=state.get("intent"), asked=state.get("asked"),
        asked_before=tuple(state.get("asked_before", ())),
        interview=state.get("diagnosis") or {}, summary=Summary.of(state),
    )  # fmt: skip


def end(turn: Turn, state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state that the next turn begins with."""
    topics = list(state.get("topics", ()))
    if turn.cited and turn.question is not None:
        topics.append(
            {
                "records": [one for one in turn.cited if one not in turn.refused],
                "intent": turn.question.intent.value,
                "text": turn.question.text[:400],
                "documents": _documents(turn),
                "aspects": sorted(turn.question.aspects),
            }
        )
    asked_before = [*state.get("asked_before", ())]
    if turn.asks_for and turn.asks_for not in asked_before:
        asked_before.append(turn.asks_for)
    intent = turn.question.intent.value if turn.question else state.get("intent")
    if turn.question is None or intent in ("tell", "small_talk"):
        intent = state.get("intent")
    return {
        "topics": topics[-TOPICS_KEPT:],
        "intent": intent,
        "asked": turn.asks_for,
        "asked_before": asked_before,
        "diagnosis": dict(turn.interview),
        "summary": turn.summary.to_json(),
    }


def _documents(turn: Turn) -> dict[str, str]:
    """Titles of the ingested documents that an answer leans on, by id."""
    citations = turn.answer.citations if turn.answer else ()
    return {
        one.record_id: one.title
        for one in citations
        if one.kind == Kind.DOCUMENT and one.record_id in turn.cited
    }
