"""A follow-up completed with what it points back at (pure)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from advisor.domain.passages import Kind
from advisor.domain.question import Aspect, NameHit

POINTS_BACK = re.compile(
    r"(?:^|[\s,])(?:그건|그거|그게|그것|그기|그걸|그|거기|거기서|이건|이거|이게|이것|저거|둘\s?다|셋\s?다|아까|방금|앞에서|그렇게|그런\s?데|"
    r"그럼|그러면|그때|그\s?(?:회사|사업|업체|돈|수준|검사|지원|데이터|기관|보증|바우처)|이\s?(?:회사|사업|데이터|업체))(?=[\s,.?!]|은|는|도|이|가|을|를|의|에|로|$)"
    r"|\b(?:it|that one|they|there|this one|those|both)\b",
    re.I,
)
STRONG = re.compile(
    r"그건|그거|그게|그것|그기|그걸|거기|둘\s?다|아까|그\s?(?:회사|사업|업체|수준|검사|지원|데이터|기관|보증|바우처)|이\s?(?:사업|데이터|업체)"
)
EARLIER = re.compile(r"아까|앞에서|처음에|전에\s?말")
BOTH = re.compile(r"둘\s?다|두\s?(?:개|사업|곳|가지)\s?다|\bboth\b", re.I)
# The noun behind "그"/"아까 그" says what kind of thing is meant.
KIND_WORDS: tuple[tuple[re.Pattern[str], tuple[Kind, ...]], ...] = (
    (re.compile(r"(?:그|아까)\s?\S{0,3}\s?(?:회사|공장|사례|데서)"), (Kind.CASE,)),
    (re.compile(r"(?:그|이|아까)\s?\S{0,3}\s?(?:사업|지원|바우처|자금|보증|융자)"), (Kind.PROGRAM, Kind.FAQ, Kind.FUNDING_RULE)),
    (re.compile(r"(?:그|이|아까)\s?\S{0,3}\s?(?:검사|기술|솔루션|데이터|시스템|업체)"), (Kind.SOLUTION,)),
    (re.compile(r"(?:그|아까)\s?\S{0,3}\s?(?:기관|센터|테크노)"), (Kind.EXPERT,)),
)  # fmt: skip
SHORT_LETTERS = 22
NEW_TOPIC = re.compile(
    r"^(?:그건\s?그렇고|그나저나|다른\s?(?:얘기|이야기|질문)\S{0,4}|아\s?참|참,)[,\s]*"
)
_POINTERS = re.compile(
    r"그건|그거|그게|그것|그기|그걸|거기|이거|이건|둘 ?다|아까|방금|그렇게|그럼|그러면|그 |이 |저희|우리|"
    r"(?:물어|문의|전화|알려|궁금|얘기|이야기)\S*|얼[마만]\S*|언제\S*|어디\S*|몇\s?\S+|뭐\S*|무엇\S*|어떤|어떻게|최대|정도|근데|그런데|혹시|지금|그래도|"
    r"(?:돼|되|있|없|인|한|할|하)(?:나요?|어요?|습니까|는지|까요?|요)\S*|\?"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What an earlier turn was about; `records` are those it cited, first one first.

    Ingested documents stand among them, their names in `titles`; `aspects` are what was asked of them.
    """

    records: tuple[str, ...]
    kinds: tuple[Kind, ...]
    intent: str
    text: str
    titles: Mapping[str, str] = field(default_factory=dict)
    aspects: frozenset[Aspect] = frozenset()


@dataclass(frozen=True, slots=True)
class Rephrased:
    """A question that stands alone.

    Attributes:
        text: The words with the names of what they point at in front.
        focus: Ids of the records pointed at, most likely first.
        follows: Whether it leans on an earlier turn at all.
        strongly: Whether a word points back ("그건"), not just a short question.
    """

    text: str
    focus: tuple[str, ...] = ()
    follows: bool = False
    strongly: bool = False


def rephrase(
    speech: str,
    *,
    topics: Sequence[Topic],
    names: Sequence[NameHit],
    titles: Mapping[str, str],
) -> Rephrased:
    """Complete a message with the topic it leans on.

    Args:
        speech: The user's words of this turn.
        topics: Earlier turns that were about records, oldest first.
        names: Records named in this very message.
        titles: Names of records by id, for the words put in front.
    """
    if not topics or NEW_TOPIC.match(speech):
        return Rephrased(NEW_TOPIC.sub("", speech))
    strong = bool(STRONG.search(speech))
    points = strong or bool(POINTS_BACK.search(speech))
    letters = len(re.sub(r"[\s?!.,~]", "", speech))
    if not re.search("[가-힣]", speech):
        letters = letters * 3 // 5  # English takes more letters
    named = any(hit.strength >= 0.3 for hit in names)
    if named and not (BOTH.search(speech) or strong):
        return Rephrased(speech, follows=False)
    if not points and letters > SHORT_LETTERS:
        return Rephrased(speech)
    focus = () if _TWO_THINGS.search(speech) and not strong else _focus(speech, topics)
    if not focus:
        return Rephrased(speech)
    known = {**titles, **{one: name for topic in topics for one, name in topic.titles.items()}}
    front = " ".join(
        dict.fromkeys(known.get(one, "") for one in focus[: 2 if BOTH.search(speech) else 1])
    )
    strong = strong or names_a_kind(speech)
    return Rephrased(f"{front} {speech}".strip(), focus, follows=True, strongly=strong)


# "policy loan or guarantee": both sides are said, nothing is left to an earlier turn.
_TWO_THINGS = re.compile(
    r"(?:difference|better|compare).{0,40}\b(?:and|or|vs)\b|\S(?:이?랑|하고|과|와)\s.{1,16}(?:이랑|하고|차이|비교|뭐가\s?다)",
    re.I,
)
_SAME = re.compile(
    r"(?:그럼|그러면|그리고|근데|그런데|혹시)?\s*\S.{0,24}?[은는]\s?(?:요|어때요?|어떤가요|어떻습니까|어떻게\s?(?:돼요?|되나요))?\s*[?？.!]*"
)
TWO = re.compile(
    r"둘\s?(?:중|다\s?비교|이\s?(?:뭐|어떻)|의?\s?차이)|두\s?(?:개|가지|사업|곳)\s?(?:중|의?\s?차이)|which of the two|difference between them",
    re.I,
)
_OF_IT = re.compile(r"그(?:것|거|건|게|기)\S{0,2}\s?(?:신청|되|됨|됩|돼|가능|받|AI|할|얼마)")


def content_words(speech: str) -> str:
    """Return a message without the words that only ask or point.

    >>> content_words("그 회사는 로봇에 얼마 들었대요?").strip()
    '회사는 로봇에   들었대요'
    """
    return _POINTERS.sub(" ", speech)


def asks_of_it(speech: str) -> bool:
    """Whether the question is about the thing pointed at itself ("그것도 신청할 수 있나요?").

    >>> asks_of_it("저희는 인천인데 그것도 신청할 수 있나요?"), asks_of_it("그럼 언제예요?")
    (True, False)
    """
    return bool(_OF_IT.search(speech))


def names_a_kind(speech: str) -> bool:
    """Whether the noun behind "그" says what kind of thing is meant ("그 회사")."""
    return any(pattern.search(speech) for pattern, _ in KIND_WORDS)


def asks_the_same(speech: str) -> bool:
    """Whether a message only names another thing to ask the last question of.

    >>> asks_the_same("그럼 수출바우처는요?"), asks_the_same("자부담은 얼마예요?")
    (True, False)
    """
    return bool(_SAME.fullmatch(speech.strip()))


def between(speech: str, topics: Sequence[Topic]) -> tuple[str, ...]:
    """Return the two things that "둘 중에 뭐가 나아요?" is about, none where it is about no two."""
    if not TWO.search(speech) or not topics:
        return ()
    firsts = list(dict.fromkeys(topic.records[0] for topic in topics if topic.records))
    last = topics[-1]
    alike = [
        one for one, kind in zip(last.records, last.kinds, strict=True) if kind is last.kinds[0]
    ]
    return tuple(firsts[-2:] if len(firsts) > 1 else alike[:2])


def points_back(speech: str) -> bool:
    """Whether a word of the message points at something said before."""
    return bool(POINTS_BACK.search(speech))


def _focus(speech: str, topics: Sequence[Topic]) -> tuple[str, ...]:
    if BOTH.search(speech):
        firsts = [topic.records[0] for topic in topics if topic.records]
        return tuple(dict.fromkeys(reversed(firsts)))[:2]
    wanted = next((kinds for pattern, kinds in KIND_WORDS if pattern.search(speech)), None)
    ordered = list(reversed(topics))
    if EARLIER.search(speech) and wanted and len(ordered) > 1:
        # "아까 그 사업": the last topic that was about such a thing first of all.
        for topic in ordered:
            if topic.kinds and topic.kinds[0] in wanted:
                return _in_order(topic, wanted) or topic.records
    if wanted:
        for topic in ordered[:3]:
            if fitting := _in_order(topic, wanted):
                return fitting
    return ordered[0].records


def _in_order(topic: Topic, wanted: Sequence[Kind]) -> tuple[str, ...]:
    """Return the topic's records of the kinds, the first kind before the others."""
    fitting = [
        (wanted.index(kind), position, record)
        for position, (record, kind) in enumerate(zip(topic.records, topic.kinds, strict=True))
        if kind in wanted
    ]
    return tuple(record for _, _, record in sorted(fitting))
