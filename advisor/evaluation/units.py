"""An answer cut into sentences, list items and table rows: which of them claim something (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from advisor import messages
from advisor.answering.claims import VERDICTS, WINDOWS, Claim, find_claims
from advisor.answering.content import content_terms
from advisor.answering.figures import Figure, locate_figures
from advisor.answering.named import emphasised
from advisor.answering.sentences import Sentence, labels_of, split_sentences
from advisor.messages import UserMessage
from advisor.text import squeeze

_ITEM = re.compile(r"^\s*(?:[-*•○□·|>]|\d+[.)]\s|[①-⑳])")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_QUESTION = re.compile(r"[?？]\s*$|(?:까요|나요|가요|는지요|을래요)\s*[.]?\s*$")
_CHOICE = re.compile(r"^\s*[①-⑳]")  # NFKC makes plain numbers of these: look at the text itself
# What the advisor asks for, offers to do, or says of its own talk: nothing is claimed of the world.
_OFFER = re.compile(
    r"(?:주세요|주시겠어요|보세요|바랍니다|하세요|드립니다|드리겠습니다|드릴게요|(?:보|하|확인하)겠습니다|하시면\s?됩니다|(?:알아야|여쭤봐야)\s?합니다|여쭤보\S*|알려\s?주시면\s.*|수\s?있게\s.*)\s*[.!]?\s*$|"
    r"^(?:thank you|please)\b|\bplease (?:tell|check|confirm|ask)\b",
    re.I,
)
_HEARD = re.compile(
    r"^(?:지금까지 )?이렇게 이해했습니다|바꿔 이해했습니다|^입력하신|^말씀하신 내용|가리고 저장하지 않았습니다|적어 두었습니다|저장해 두었습니다|"
    r"^예를 들면|^예:|처럼요\s*\.?$|차례입니다|이어 가겠습니다|^As I understand|^Thank you",
    re.I,
)
# What the readiness engine makes of the company's own answers: it has no source but these.
_OF_ANSWERS = re.compile(r"지금까지(?:의)? 답|기본 질문|AI가 한 추정|판단을 대신하지 않습니다")
_PLAIN_HEADING = re.compile(r"^\s*\*\*[가-힣 ]{2,14}\*\*\s*:?\s*$")
_FEW_TERMS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of an answer.

    Attributes:
        sentence: Its words and the labels that hold for it: its own, else those of the next mark
            in its line, else (list items, table rows, quotations) those of the line above the list.
        claims: Verdicts and windows that it states.
        figures: Amounts, rates, dates, counts and the like.
        needs_mark: It states something of the world, so a source has to bear it.
    """

    sentence: Sentence
    claims: frozenset[Claim]
    figures: tuple[Figure, ...]
    needs_mark: bool


def cut(text: str, *, asks: str = "") -> list[Unit]:
    r"""Cut an answer's Markdown into units, in its order.

    Args:
        text: The answer.
        asks: The question that it ends with; it and its examples claim nothing.

    >>> [(one.sentence.labels, one.needs_mark) for one in cut("최대 2억 원입니다. 50% 입니다 [1]\n어느 지역인가요?")]
    [(('1',), True), (('1',), True), ((), False)]
    """
    asked = squeeze(asks)
    return [_judge(one, asked) for one in _sentences(text)]


def _sentences(text: str) -> Iterator[Sentence]:
    heading: tuple[str, ...] = ()
    for line in text.splitlines():
        if not line.strip() or _TABLE_RULE.match(line):
            continue
        if line.lstrip().startswith("|"):
            yield from _cells(line)
            continue
        is_item = _ITEM.match(line) is not None
        inherited = heading if is_item else ()
        if not is_item:
            heading = labels_of(line)
        later: tuple[str, ...] = ()
        found: list[Sentence] = []
        # From the end: a sentence without a mark is borne by the next mark of its line.
        for one in reversed(split_sentences(line)):
            later = one.own or later
            found.append(replace(one, labels=later or inherited))
        yield from reversed(found)


def _cells(line: str) -> Iterator[Sentence]:
    """Yield the cells of a table's row but its first, which names the row."""
    for cell in line.strip().strip("|").split("|")[1:]:
        later: tuple[str, ...] = ()
        found = []
        for one in reversed(split_sentences(cell.strip())):
            later = one.own or later
            found.append(replace(one, labels=later))
        yield from reversed(found)


def _judge(sentence: Sentence, asked: str) -> Unit:
    bare = sentence.bare.strip()
    claims = find_claims(bare)
    figures = tuple(one.figure for one in locate_figures(bare))
    needs = squeeze(bare) not in asked and _needs_mark(sentence, bare, claims, figures)
    return Unit(sentence, claims, figures, needs)


def _needs_mark(
    sentence: Sentence, bare: str, claims: frozenset[Claim], figures: tuple[Figure, ...]
) -> bool:
    if (
        _CHOICE.match(sentence.text)
        or _HEARD.search(bare)
        or _OF_ANSWERS.search(bare)
        or _QUESTION.search(bare)
    ):
        return False
    if squeeze(bare) in _fixed() or _PLAIN_HEADING.match(sentence.text):
        return False
    if not figures and (bare.endswith(":") or _OFFER.search(bare)):
        return False  # a heading or an offer
    if figures or claims & (VERDICTS | WINDOWS) or Claim.PROMISE in claims:
        return True
    if emphasised(sentence.text):
        return True
    if claims:
        return False  # that something is not known, or not decided here
    return len(content_terms(bare)) >= _FEW_TERMS


@cache
def _fixed() -> frozenset[str]:
    """Return the product's own fixed sentences."""
    texts: list[str] = []
    for value in vars(messages).values():
        if isinstance(value, UserMessage):
            texts += [value.text, value.next_step]
        elif isinstance(value, str):
            texts.append(value)
    return frozenset(squeeze(one.bare) for text in texts for one in split_sentences(text))
