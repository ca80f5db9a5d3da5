"""Whom to ask: telephone and office, never a private person's name (pure)."""

import re
from collections.abc import Iterator

from advisor.corpus.notices.found import LIKELY, SURE, WEAK, Value
from advisor.corpus.notices.segments import Notice, Segment, Span, part
from advisor.corpus.notices.topics import Topic

_PHONE = re.compile(
    r"(?<![\d-])(?:\(0\d{1,2}\)\s?\d{3,4}-\d{4}|0\d{1,2}[-.)\s]\s?\d{3,4}[-.]\d{4}|1[3-9]\d{2}-\d{4}|"
    r"1[3-9]\d{2})(?![\d-]*\d)"
)
_FAX = re.compile(r"(?:fax|팩스|F\.?)\s*[:.)]?\s*$", re.IGNORECASE)
_CALL_CENTRE = re.compile(r"^1\d{3}(?:-\d{4})?$")
_SYSTEM = re.compile(r"시스템|전산|IRIS|오류")
_WORKS = re.compile(r"접수|신청|평가|사업\s?문의|사업문의")
_OVERALL = re.compile(r"총괄")
_PERSON = re.compile(
    r"\s*[가-힣○Oo*]{2,4}\s*(?:선임|책임|주임|대리|과장|차장|팀장|주무관|사무관|연구원|담당|매니저|위원)(?:연구원)?\s*$|"
    r"\s*[가-힣]{3}\s(?:RM|PM|PD|책임|선임|수석)\s*$"
)
_UNIT = re.compile(r"(?:부|처|청|과|팀|실|원|단|센터|공단|재단|본부|협회|중앙회|파크)\)?$")
_LEAD = re.compile(
    r"^[^가-힣A-Za-z(]*(?:\([^)]{1,8}\)\s*)?(?:[^()]{0,20}?(?:사항|내용|점|것|문의)[은는]\s+)?"
)
_TAIL = re.compile(
    r"(?:[\s(（\[:：/,·☎☏]|(?<=[가-힣])(?:으로|로|에|에서)(?=\s?(?:전화|문의|연락|\())|(?:유선)?문의|상담|전화|연락처|팩스|Fax\.?|Tel\.?|(?<![A-Za-z])T\.?|국번\s?없이)*$",
    re.IGNORECASE,
)


def find_contact(notice: Notice) -> Iterator[Value]:
    """Yield telephone and office of the best contact."""
    found: list[tuple[int, Value, Segment, int]] = []
    for one in notice.segments:
        is_contact = Topic.CONTACT in one.topics
        labelled = re.match(r"\s*문의", one.label)
        if not is_contact and not labelled:
            continue
        for match in _PHONE.finditer(one.body.text):
            if _FAX.search(one.body.text, max(0, match.start() - 12), match.start()):
                continue
            span = part(one.body, match.start(), match.end())
            value = Value("contact.phone", span.text, span, SURE)
            found.append((_rank(one, span), value, one, match.start()))
    if not found:
        return
    _, phone, segment, at = min(found, key=lambda item: item[0])
    yield phone
    yield from _office(segment, at)


def _rank(one: Segment, span: Span) -> int:
    """Return how far a number is from what a company would call; 0 is best."""
    rank = 0
    if _CALL_CENTRE.match(span.text):
        rank += 2 if span.text == "1357" else 1
    before = one.body.text[: span.start - one.body.start]
    words = one.label + before[-40:]
    if _SYSTEM.search(words) and not _WORKS.search(words):
        rank += 2
    if _OVERALL.search(words):
        rank += 1
    return rank


def _office(one: Segment, at: int) -> Iterator[Value]:
    if one.cells and not one.is_own:
        yield from _office_in_row(one)
        return
    text = one.body.text[:at]
    if not re.search(r"[가-힣]{2}", text) and one.label and not one.is_own:
        # "정보통신산업진흥원 AI확산팀 : 043-…": the office stands where a label would.
        end = one.body.start - one.span.start
        span = _trimmed(part(one.span, 0, end))
        if span.text:
            yield Value("contact.organization", span.text, span, LIKELY)
        return
    if not re.search(r"[가-힣]{3}", re.sub(r"상담|문의|전화|연락처|대표|번호", "", text)):
        # The office may stand in brackets behind the number.
        behind = re.match(r"[^(가-힣]*\((?P<office>[가-힣A-Za-z ·]{4,30})\)", one.body.text[at:])
        if behind:
            begin = at + behind.start("office")
            span = part(one.body, begin, at + behind.end("office"))
            yield Value("contact.organization", span.text, span, LIKELY)
            return
    cuts = [0, *(found.end() for found in re.finditer(r"[,;/]", text))]
    # "… 팀 (Fax 043-…, ☎": what stands behind the last comma need not be an office.
    begin = next((cut for cut in reversed(cuts) if re.search(r"[가-힣]{3}", text[cut:])), 0)
    span = _trimmed(part(one.body, begin, at))
    if len(span.text) >= 3 and re.search(r"[가-힣]", span.text) and not _PHONE.search(span.text):
        yield Value("contact.organization", span.text, span, LIKELY)


def _trimmed(span: Span) -> Span:
    """Return the office alone: without marks, a person's name, and numbers behind it."""
    text = span.text
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    phone = _PHONE.search(text)
    stop = phone.start() if phone else len(text)
    for pattern in (_TAIL, _PERSON, _TAIL):
        match = pattern.search(text[start:stop])
        if match:
            stop = start + match.start()
    return part(span, start, stop)


def _office_in_row(one: Segment) -> Iterator[Value]:
    for cell in one.cells:
        if re.search(r"부서|기관|담당", cell.header) and _UNIT.search(_trimmed(cell.span).text):
            span = _trimmed(cell.span)
            yield Value("contact.organization", span.text, span, LIKELY)
            return
    names = [cell for cell in one.cells if _UNIT.search(cell.span.text.strip())]
    if names:
        span = _trimmed(names[0].span)
        yield Value("contact.organization", span.text, span, WEAK)
