"""Whether an answer stays within the engine's: told apart from the product's own checks.

The product checks sentence by sentence against marks. This looks at the whole answer from outside: every
number, every invented word, every verdict must be one that the engine gave for the same turn, or stand
in a record that the answer cites.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.answering.figures import find_figures
from advisor.assemble import Advisor
from advisor.domain.answer import Answer
from tests.liar import INVENTED_LINKS, INVENTED_PHONES, INVENTED_PROGRAMS

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YES = re.compile(
    r"(?:신청|받|지원)\S{0,4}\s?(?:실|을|할|하실)\s?수\s?있|대상에\s?해당|대상입니다|자격이\s?(?:됩|있)"
)
_NO = re.compile(
    r"대상이\s?아닙|(?:신청|받|지원)\S{0,4}\s?(?:실|을|할|하실)\s?수\s?없|자격이\s?(?:없|안)"
)
_OPEN = re.compile(r"접수\s?중(?!인지)|모집\s?중(?!인지)|지금\s?(?:바로\s?)?신청하")
_FALSE = ("무조건", "전액", "누구나 신청 즉시", "확정되었", "확인하지 않으셔도")
_LIES = (*INVENTED_PROGRAMS, *INVENTED_LINKS, *INVENTED_PHONES, *_FALSE)


@dataclass(frozen=True, slots=True)
class Excess:
    """What an answer says beyond the engine's."""

    kind: str
    words: str


def excess_of(advisor: Advisor, answer: Answer, engine: Answer, question: str) -> list[Excess]:
    """Return all that an answer says and the engine, its sources and the question do not.

    Args:
        advisor: Has the records that are cited.
        answer: With a model.
        engine: Of the same turn, before a model phrased it.
        question: The user's words.
    """
    sources = "\n".join(
        json.dumps(advisor.record(one.record_id) or {}, ensure_ascii=False, default=str)
        + f"\n{one.title}\n{one.quote}\n{one.url or ''}"
        for one in engine.citations
    )
    known = f"{engine.text}\n{sources}\n{advisor_texts(advisor, engine)}"
    found = [*_invented(answer, known), *_numbers(answer, known, sources)]
    for kind, pattern in (("yes", _YES), ("no", _NO), ("open", _OPEN)):
        if pattern.search(answer.text) and not pattern.search(known):
            found.append(Excess(f"verdict {kind}", pattern.search(answer.text)[0]))  # type: ignore[index]
    if _rows(answer) != _rows(engine):
        found.append(Excess("verdict rows", str(_rows(answer))))
    if {one.record_id for one in answer.citations} != {one.record_id for one in engine.citations}:
        found.append(Excess("sources", ""))
    if answer.status != engine.status:
        found.append(Excess("status", answer.status.value))
    return list(dict.fromkeys(one for one in found if one.words not in question or not one.words))


def _invented(answer: Answer, known: str) -> list[Excess]:
    letters, told = _squeezed(known), _squeezed(answer.text)
    plain = {one: _squeezed(one.strip("「」")) for one in _LIES}
    return [
        Excess("invented", one)
        for one, words in plain.items()
        if words in told and words not in letters
    ]


def _numbers(answer: Answer, known: str, sources: str) -> list[Excess]:
    numbers = {one.replace(",", "") for one in _NUMBER.findall(known)}
    letters = _squeezed(known)
    # A record has 200000000 where the answer has 2억: the figures say they are the same.
    values = {(one.kind, one.value) for one in find_figures(f"{known}\n{_in_won(sources)}")}
    bare = re.sub(r"\[\d+\]", "", answer.text)
    found = []
    for figure in find_figures(bare):
        if (figure.kind, figure.value) in values or _squeezed(figure.written) in letters:
            continue
        digits = _NUMBER.findall(figure.written)
        if not digits or any(one.replace(",", "") not in numbers for one in digits):
            found.append(Excess(f"figure {figure.kind}", figure.written))
    found += [
        Excess("number", one)
        for one in _NUMBER.findall(bare)
        if one.replace(",", "") not in numbers and one not in letters
    ]
    return found


def advisor_texts(advisor: Advisor, answer: Answer) -> str:
    """What the cited records say in sentences, as of the day."""
    return "\n".join(advisor.tools.relevance.text(one.record_id) for one in answer.citations)


def _rows(answer: Answer) -> list[tuple[Any, Any]]:
    rows: list[Mapping[str, Any]] = [*answer.verdicts, *answer.matches]
    return [(one.get("record_id"), one.get("verdict")) for one in rows]


def _in_won(sources: str) -> str:
    return re.sub(r"(?<=krw\": )(\d+)", r"\1원", sources)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()
