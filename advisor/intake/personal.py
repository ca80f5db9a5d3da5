"""Personal numbers in a text to `[… 가림]`, however they are written (pure).

Masked before anything is stored, logged or sent to a model. What says whose number it is decides:
a check digit, a date that exists, the words around it. A company's own number (사업자등록번호 of a
corporation) names no person and stays; that of a sole trader names one and is masked. So is a
landline: an office's number stays, "우리 집 전화" does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.intake.digits import Line, aligned, is_birth_date, luhn, resident_check

# Between two groups of a number: a blank, a line end, a dot or a hyphen, three of them at most.
_S = r"[\s\-./·_,]{0,4}"
_DASH = r"[\s\-./·_]{1,3}"
_BEFORE, _AFTER = 28, 16
_NOT_PERSONAL = re.compile(
    r"품번|부품|도면|모델|시리얼|일련|s/?n\b|lot\b|로트|바코드|gtin|ean|관리\s?번호|문서|공고|고시|송장|주문|접수|계약|견적|"
    r"과제|특허|출원|법인\s?등록|허가|인증서|part|serial|model|제\s?\d*$",
    re.I,
)
_RESIDENT = re.compile(
    r"주민|외국인|등록\s?번호|주번|민번|생년|resident|alien|ssn|id\s?(?:no|num)", re.I
)
_CARD = re.compile(r"카드|결제|신용|체크|visa|master|card", re.I)
_BANK = re.compile(
    r"계좌|입금|송금|이체|예금주|통장|환불|은행|농협|수협|신협|국민|신한|우리은행|하나은행|기업은행|카카오뱅크|케이뱅크|토스|"
    r"새마을|우체국|account|bank",
    re.I,
)
_PASSPORT = re.compile(r"여권|passport", re.I)
_LICENCE = re.compile(r"면허|licen[cs]e", re.I)
_OWN_PHONE = re.compile(
    r"(?:제|저희?|우리|내|집|자택|사무실|본인|대표|담당|회사|공장)\S{0,4}\s?\S{0,4}\s?(?:전화|번호|연락처|tel|phone)|"
    r"연락처[는은:]?|전화번호[는은:]|제\s?번호|집\s?전화",
    re.I,
)
_CALL_ME = re.compile(
    r"^\s?(?:으?로|에)?\s?(?:전화|연락|회신|문자)\s?(?:좀\s?)?(?:주|줘|부탁|바랍|해\s?주)"
)
_OFFICE = re.compile(r"문의|센터|콜|대표\s?번호|공고|진흥|청|공단|상담|안내|기관|협회|재단")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of number: where it may stand, and what decides that it is one."""

    name: str
    pattern: re.Pattern[str]


_KINDS = (
    _Kind("주민등록번호", re.compile(rf"(?<!\d)(\d{{6}}|\d\d[ ./-]\d\d[ ./-]\d\d)({_S})([1-8])(\s?)(\d{{6}}|[*xX●]{{6}})(?!\d)")),
    _Kind("카드번호", re.compile(rf"(?<!\d)\d{{4}}{_S}\d{{4}}{_S}\d{{4}}{_S}\d{{4}}(?!\d)|(?<!\d)3[47]\d{{2}}{_S}\d{{6}}{_S}\d{{5}}(?!\d)")),
    _Kind("운전면허번호", re.compile(rf"(?<!\d)(?:1[1-9]|2[0-8]|서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산){_S}\d{{2}}{_DASH}\d{{6}}{_DASH}\d{{2}}(?!\d)")),
    _Kind("휴대전화", re.compile(rf"(?<!\d)(?:\+?82{_S}\(?0?\)?|0)1[016789]\)?{_S}\d{{3,4}}{_S}\d{{4}}(?!\d)")),
    _Kind("전화번호", re.compile(rf"(?<!\d)\(?0(?:2|[3-6][1-5]|70|50\d)\)?{_S}\d{{3,4}}{_DASH}\d{{4}}(?!\d)")),
    _Kind("사업자등록번호", re.compile(r"(?<![\d-])\d{3}\s?-\s?(\d{2})\s?-\s?\d{5}(?![\d-])")),
    _Kind("계좌번호", re.compile(r"(?<![\d-])\d{2,6}(?:[\s\-]{1,2}\d{1,7}){1,3}(?![\d-])|(?<!\d)\d{10,14}(?!\d)")),
    _Kind("여권번호", re.compile(r"(?<![A-Za-z0-9])[MSRODG]\d{3}[A-Z0-9]\d{4}(?![A-Za-z0-9])", re.I)),
    _Kind("전자우편", re.compile(
        r"[A-Za-z0-9._+-]{1,64}\s?(?:@|\(at\)|\[at\]|골뱅이)\s?[A-Za-z0-9-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\]|점)\s?[A-Za-z]{2,12}){1,4}", re.I)),
)  # fmt: skip
# Account numbers as the large banks write them: 기업, 국민, 신한, 농협, 하나, 우리, 카카오뱅크.
_ACCOUNT_SHAPE = re.compile(
    r"\d{3}-\d{6}-\d{2}-\d{3}|\d{6}-\d{2}-\d{6}|\d{3}-\d{3}-\d{6}|\d{3}-\d{4}-\d{4}-\d{2}|\d{3}-\d{6}-\d{5}|"
    r"\d{4}-\d{3}-\d{6}|3333-\d{2}-\d{7}"
)
_MASK = re.compile(r"\[[가-힣]{2,8} 가림\]")


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace personal numbers by `[… 가림]`; return the text and the names of what was found.

    The text is otherwise left byte for byte as it was, whatever disguise a number wore.

    >>> mask("제 번호는 010-1234-5678, 공고 제2025-649호")
    ('제 번호는 [휴대전화 가림], 공고 제2025-649호', ('휴대전화',))
    >>> mask("공일공 일이삼사 오육칠팔이에요")
    ('[휴대전화 가림]이에요', ('휴대전화',))
    """
    line = aligned(text)
    spans = sorted(_spans(line))
    out: list[str] = []
    at = 0
    for start, end, name in spans:
        first, last = line.at[start], line.at[end - 1] + 1
        out += [text[at:first], f"[{name} 가림]"]
        at = last
    out.append(text[at:])
    return "".join(out), tuple(dict.fromkeys(name for _, _, name in spans))


def _spans(line: Line) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and name of each number, none overlapping an earlier kind's."""
    free = list(_MASK.sub(lambda found: "\x00" * len(found[0]), line.text))
    for kind in _KINDS:
        text = "".join(free)
        for found in kind.pattern.finditer(text):
            before = text[max(0, found.start() - _BEFORE) : found.start()]
            name = _judge(kind.name, found, before, text[found.end() : found.end() + _AFTER])
            if name:
                yield found.start(), found.end(), name
                free[found.start() : found.end()] = "\x00" * (found.end() - found.start())


def _judge(kind: str, found: re.Match[str], before: str, after: str) -> str | None:
    """Return the name of what a match is, None where it is no personal number."""
    if kind == "주민등록번호":
        return _resident(found, before)
    written, digits = found[0], re.sub(r"\D", "", found[0])
    is_thing = _NOT_PERSONAL.search(before) is not None
    match kind:
        case "카드번호":
            is_one = (luhn(digits) and not is_thing) or _CARD.search(before) is not None
        case "운전면허번호":
            is_one = not is_thing or _LICENCE.search(before) is not None
        case "전화번호":
            is_one = _is_own_phone(before, after)
        case "사업자등록번호":
            # 81 to 88 in the middle is a corporation, anything else a person's trade.
            is_one = not 81 <= int(found[1]) <= 88 and not is_thing
        case "계좌번호":
            is_one = _is_account(written, digits, before, is_thing=is_thing)
        case "여권번호":
            is_new = not is_thing and written[4].isalpha() and written[0].isupper()
            is_one = is_new or _PASSPORT.search(before) is not None
        case _:
            is_one = True
    return kind if is_one else None


def _resident(found: re.Match[str], before: str) -> str | None:
    birth = re.sub(r"\D", "", found[1])
    marker, rest = found[3], found[5]
    if not is_birth_date(birth, marker):
        return None
    is_asked = _RESIDENT.search(before) is not None and not re.search(r"법인\s?등록", before)
    if not is_asked:
        if _NOT_PERSONAL.search(before):
            return None
        # Without a hyphen thirteen digits may be a bar code or an order; then the check digit
        # decides. Numbers given since October 2020 have none, those stand behind a hyphen or a word.
        is_bare = not found[2].strip(" ") and not found[4]
        if is_bare and not (rest.isdigit() and resident_check(birth + marker + rest)):
            return None
    return "외국인등록번호" if marker in "5678" else "주민등록번호"


def _is_own_phone(before: str, after: str) -> bool:
    """Tell whether a landline is the writer's: an office that is asked about keeps its number."""
    if _CALL_ME.match(after):
        return True
    near = before[-16:]
    return _OWN_PHONE.search(near) is not None and not _OFFICE.search(near)


def _is_account(written: str, digits: str, before: str, *, is_thing: bool) -> bool:
    if (
        not 10 <= len(digits) <= 16
        or is_thing
        or re.fullmatch(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}.*", written)
    ):
        return False
    # A landline, a service number or a company's number beside the word 은행 is none of its accounts.
    if re.fullmatch(r"0\d{1,2}-\d{3,4}-\d{4}|1\d{3}-\d{4}|\d{3}-\d{2}-\d{5}", written):
        return False
    return _BANK.search(before) is not None or _ACCOUNT_SHAPE.fullmatch(written) is not None
