"""A match in the shape of the contract (pure)."""

from typing import Any

from advisor.domain.answer import Citation
from advisor.domain.match import JudgedCriterion, Match, WindowOnDay
from advisor.domain.records import AnyRecord, Corpus

MAX_CITATIONS = 3


def citations_of(record: AnyRecord, match: Match) -> tuple[Citation, ...]:
    """Return the sources that bear a match, those of its criteria first."""
    used = [one.source for one in match.criteria if one.source is not None]
    order = list(dict.fromkeys([*used, *range(len(record.sources))]))[:MAX_CITATIONS]
    cited = []
    for label, at in enumerate(order, 1):
        source = record.sources[at]
        words = [one.words for one in match.criteria if one.source == at and one.words]
        cited.append(
            Citation(
                label=str(label),
                record_id=record.id,
                kind=match.kind,
                title=source.title,
                quote=" / ".join(dict.fromkeys(words)) or source.supports or record.title,
                url=source.url,
                publisher=source.publisher,
                date=source.date,
                confidence=record.confidence,
            )
        )
    return tuple(cited)


def match_json(match: Match, corpus: Corpus) -> dict[str, Any]:
    """Return one match as JSON: the contract's fields, then what was added to them."""
    record = corpus.record(match.record_id)
    cited = match.citations or citations_of(record, match)
    return {
        "record_id": match.record_id,
        "kind": match.kind,
        "title": record.title,
        "score": match.score,
        "verdict": match.verdict.value,
        "window": window_json(match.window),
        "criteria": [_criterion(one) for one in match.criteria],
        "missing": list(match.missing),
        "why": match.why,
        "why_not_next": match.why_not_next,
        "changes": [
            {"facts": dict(one.facts), "verdict": one.verdict.value, "says": one.says}
            for one in match.changes
        ],
        "human_conditions": list(match.human_conditions),
        "citations": [{name: getattr(one, name) for name in Citation.__slots__} for one in cited],
    }


def window_json(window: WindowOnDay) -> dict[str, Any]:
    """Return a window as JSON, dates in ISO 8601."""
    return {
        "state": window.state.value,
        "opens_on": window.opens_on.isoformat() if window.opens_on else None,
        "closes_on": window.closes_on.isoformat() if window.closes_on else None,
        "days_left": window.days_left,
        "closes_at": window.closes_at,
        "expected": window.expected,
        "note": window.note,
    }


def _criterion(one: JudgedCriterion) -> dict[str, Any]:
    return {
        "type": one.type,
        "result": one.result.value,
        "because": one.because,
        "source": one.source,
        "words": one.words,
        "missing": one.missing,
        "decides": one.decides,
    }
