"""Marks and labels that open a line of a notice: "□ 신청기간:", "【지원대상】" (pure)."""

import re

from advisor.corpus.notices.topics import Topic, squeeze, topics_of, topics_within

# By class: a class that stands already in the outline is gone back to.
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("question", r"(?:Q|질문)\s?\d{0,2}\s?[.:)]\s*"),
        ("answer", r"(?:A|답변)\s?\d{0,2}\s?[.:)]\s*"),
        ("roman", r"(?:제\s?\d+\s?(?:[.장]|조(?=\())|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\s?[.．]?)\s*"),
        ("square", r"[□■▢▣◆◇❏▶◎▷☐]\s*"),
        ("number", r"\d{1,2}\s?\.(?!\s?\d)\s*|\d{1,2}\s(?=[가-힣]{2})"),
        ("letter", r"[가나다라마바사아자차카타파하]\s?[.)]\s+"),
        ("bracket", r"\(\d{1,2}\)\s*"),
        ("paren", r"\d{1,2}\)\s*"),
        ("round", r"[①-⑳㉠-㉻⓵-⓾❶-❿➀-➉]\s*"),
        ("circle", r"[○◦ㅇ❍●〇o]\s+|[○◦ㅇ❍●〇](?=\()"),
        ("dash", r"[-–]\s+"),
        ("dot", r"[·ㆍ‧・▪•‣∙▸※＊☞✓]\s*|\*+\s*"),
    )
)
HEADINGS = frozenset({"question", "roman", "square", "number", "letter"})
# Of lists: a heading of the classes on the left ends them even where it stands first in the outline.
ENDS_LISTS = {
    "question": frozenset({"answer", "square", "paren", "round", "circle", "dash", "dot"}),
    "roman": frozenset({"square", "number", "letter", "bracket", "paren", "round", "circle", "dash"}),
    "square": frozenset({"paren", "round", "circle", "dash", "dot"}),
    "number": frozenset({"circle", "dash", "dot"}),
}  # fmt: skip
# A bullet in the middle of a line: readers of PDF join lines that stand close.
_INLINE = re.compile(r"(?<=\s)(?=[❍○◦ㅇ▪■□▢◇◆▶][\s(]|【[^】]{2,14}】|[①-⑳㉠-㉻➀-➉]\s?)")
_COLON = re.compile(r"(?P<label>[^:：\n]{1,34}?)\s*[:：](?!\d|//)\s*")
_BRACKET = re.compile(r"[(\[【<〈](?P<label>[^)\]】>〉]{1,24})[)\]】>〉]\s*[:：]?\s*")
# "사업명   2027년 …": a gap instead of a colon.
_GAP = re.compile(r"(?P<label>[가-힣]{1,2}\s[가-힣]{1,2}|[가-힣]{2,8})(?:\s{2,}|\t)\s*(?=\S)")
_OF_APPLYING = frozenset({Topic.APPLY})
_DAY_FIRST = re.compile(r"(?:20|['’‘])\d\d\s?[.년-]")
# "접수 2027. 2. 22.": a short word before a day needs neither.
_DATED = re.compile(r"(?P<label>신청|접수|모집|공모)\s+(?=['’‘]?\d{2,4}\s?[.년])")
# A heading behind the words of a list, joined to them: "… 체납한 기업 4 신청기간 및 방법".
_JOINED = re.compile(r"(?<=\s)(?=\d{1,2}\.?\s(?P<heading>[가-힣][가-힣 ·]{1,18})$)")
# A row of a Markdown table: "| **접수 기간** | 2027. … |".
_PIPE = re.compile(r"\|\s*\**(?P<label>[^|*\n]{1,20}?)\**\s*\|\s*(?=[^|]+\|$)")
# Labels in one line, a stroke between them: "지역 : 울산 | 접수기간 : …".
_PIPED = re.compile(r"\s\|\s+(?=[가-힣 ]{2,10}\s?[:：])")


def cuts_of(line: str) -> list[int]:
    """Return where the statements of a line begin, and its end."""
    joined = _JOINED.search(line)
    behind = [joined.start()] if joined and topics_of(joined["heading"]) else []
    behind += [found.end() for found in _PIPED.finditer(line)]
    return sorted({0, *(found.start() for found in _INLINE.finditer(line)), *behind, len(line)})


def mark_of(text: str) -> tuple[str, int]:
    """Return the class of the mark that a line opens with, and where it ends; "" and 0 for none."""
    for name, pattern in _MARKS:
        found = pattern.match(text)
        if found and found.end() < len(text):
            return name, found.end()
    return "", 0


def label_of(text: str, after: int) -> tuple[str, int, frozenset[Topic]]:
    """Return label, offset of what follows it, and what it speaks of.

    >>> label_of("○ (지원한도) 기업당 5천만원", 2)[0]
    '지원한도'
    >>> label_of("접 수   방문 또는 우편", 0)[:2]
    ('접수', 6)
    """
    dated = _DATED.match(text, after)
    if dated is not None:
        return dated["label"], dated.end(), frozenset({Topic.WINDOW})
    for pattern in (_PIPE, _BRACKET, _COLON, _GAP):
        found = pattern.match(text, after)
        if found is None:
            continue
        topics = topics_of(found["label"])
        is_within = pattern is _BRACKET and topics_within(found["label"], _OF_APPLYING)
        if topics == _OF_APPLYING and _DAY_FIRST.match(text, found.end()):
            topics |= {Topic.WINDOW}
        if topics or is_within or (pattern is _COLON and len(squeeze(found["label"])) <= 20):
            return squeeze(found["label"]), found.end(), topics
    return "", after, frozenset()
