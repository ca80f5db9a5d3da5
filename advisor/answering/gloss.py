"""Plain words: what a term means, and an answer said again in short (pure)."""

import re
from collections.abc import Sequence

from advisor.answering.draft import Draft
from advisor.domain.lexicon import Term
from advisor.domain.records import AnyRecord, CaseStudy, Expert, Solution, SupportProgram
from advisor.text import squeeze

# What may stand around a term that is asked for its meaning and for nothing else.
_ASKS = re.compile(
    r"그럼|근데|그런데|저기요?|혹시|도대체|대체|정확히|쉽게|자꾸|다들|요즘|말하는|하는\s?데|"
    r"(?:이?라는|이?란)\s?(?:게|건|것은|것이|거|말이?|뜻이?)|(?:이?란|이?라고|이|가|은|는|의|도)(?=\s|$|뭐|무|뭔)|"
    r"뭐예요|뭐에요|뭔가요|뭐임|뭐야|뭐죠|뭔지|뭐꼬|뭡니까|뭔데요?|뭐라예|무엇인가요|무엇입니까|무엇인지|무슨\s?(?:뜻|말|소리)(?:이에요|인가요|이야|인지|이죠|입니까)?|"
    r"뜻(?:이|을|좀)?|설명(?:을|좀)?|알려|해|주세요|줘요?|주실래요|모르겠(?:어요?|습니다|는데요?)|what is|what are|what does|mean|an?\b|the\b|[?？.!~,\s]"
)
_PLAINLY = re.compile(
    r"(?:쉽게|짧게|간단히|간단하게|풀어서|한\s?마디로|쉬운\s?말로)\s?.{0,6}(?:설명|말|얘기|알려|요약|해\s?[주줘])|"
    r"(?:너무|말이|왜\s?이렇게)\s?.{0,4}(?:어렵|어려워|길어|길다|복잡)|무슨\s?(?:말|소리)인지|이해가?\s?(?:안|잘\s?안|못)|못\s?알아듣|"
    r"in (?:plain|simple) (?:words|terms|english)|simpler",
    re.I,
)
PLAIN_PARTS = {
    SupportProgram: ("purpose", "money", "window"),
    Solution: ("problem", "prerequisites"),
    CaseStudy: ("solution", "outcomes"),
    Expert: ("services", "homepage"),
}
MOST_TERMS = 2


def find_term(speech: str, terms: Sequence[Term]) -> Term | None:
    """Return the term whose meaning a message asks for, None where it asks for more.

    The longest name counts: "디지털 트윈" before "트윈".
    """
    found: list[tuple[int, Term]] = []
    for term in terms:
        for name in term.say:
            pattern = re.compile(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", re.IGNORECASE)
            if pattern.search(speech) and not _ASKS.sub("", pattern.sub(" ", speech)).strip():
                found.append((len(name), term))
    return max(found, key=lambda one: one[0])[1] if found else None


def say_term(draft: Draft, term: Term) -> None:
    """Say what a term means, with the record that bears it."""
    record = draft.material.corpus.record(term.record)
    rows = draft.material.statements(record.id)
    draft.say(f"**{term.say[0]}**: {term.meaning}", record.id, rows[0].text)


def asks_plainly(speech: str) -> bool:
    """Whether somebody wants the last answer in simple words.

    >>> asks_plainly("말이 너무 어려워요"), asks_plainly("검사가 너무 힘들어요")
    (True, False)
    """
    return bool(_PLAINLY.search(speech)) and len(speech) < 40


def say_plainly(draft: Draft, record: AnyRecord, terms: Sequence[Term]) -> None:
    """Say the heart of a record in a few short lines, and the terms in it."""
    rows = {one.part: one for one in reversed(draft.material.statements(record.id))}
    parts = PLAIN_PARTS.get(type(record))
    if parts is None:
        first = re.split(r"(?<=[다요])\.\s", next(iter(rows.values())).text)[0]
        draft.say(f"짧게 말씀드리면, {first.rstrip('.')}.", record.id, first)
    else:
        draft.say(f"짧게 말씀드리겠습니다. **{record.title}**", record.id, record.title)
        for name in parts:
            if name in rows:
                draft.bullet(rows[name])
    told = squeeze(draft.text)
    shown = 0
    for term in terms:
        said = next((one for one in term.say if len(one) > 2 and squeeze(one) in told), None)
        if said and shown < MOST_TERMS:
            draft.gap()
            draft.say(f"- {said}: {term.meaning}")
            shown += 1
