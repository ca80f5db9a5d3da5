"""Takes names of people and companies out of a question before staff see it (pure).

Numbers are masked before a question is kept at all; here goes what says who asked. A name without
any of these words around it cannot be told from a word, and stays.
"""

import re

from advisor.intake.personal import mask
from advisor.text import storable

COMPANY, PERSON = "(회사 이름)", "(이름)"
_CORPORATION = r"(?:㈜|\(주\)|주식회사|\(유\)|유한회사)"
_COMPANIES = (
    re.compile(r"(?<![가-힣A-Za-z0-9])[가-힣A-Za-z0-9&]{2,20}(?:㈜|\(주\)|\(유\))(?=이|입|에|은|는|가|의|을|를|라|[\s,.!?)]|$)"),
    re.compile(rf"{_CORPORATION}\s?[가-힣A-Za-z0-9&]{{2,20}}?(?=(?:이에요|예요|입니다|인데|이고|에서|은|는|이|가|의|을|를)?(?:[\s,.!?)]|$))"),
    re.compile(r"((?:(?:회사|업체|기업)\s?(?:이름|명)|상호|회사)(?:은|는|이|:)\s?)[가-힣A-Za-z0-9&]{2,20}?(?=이라고|라고)"),
)  # fmt: skip
_FAMILY = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
_NAME = rf"[{_FAMILY}][가-힣]{{1,2}}"
_PEOPLE = (
    re.compile(rf"((?:제|저희|내)\s?(?:이름|성함)(?:은|는|이)?\s?|(?:이름|성함|성명)\s?(?:은|는|:)\s?){_NAME}"),
    re.compile(rf"((?:저는|전|저)\s){_NAME}(?=(?:이라고|라고)\s?(?:합니다|해요|하는데|하고)|입니다[.,\s]|이에요[.,\s]|예요[.,\s])"),
    re.compile(rf"(?<![가-힣])[{_FAMILY}][가-힣]{{2}}(?=\s?(?:대표|사장|부장|과장|차장|이사|대리|팀장|공장장|실장)(?:님|이|가|을|를|도|에게|입니다|인데|예요|이에요|은|는|께|$|[\s,.]))"),
)  # fmt: skip
# Words of three letters that begin like a family name and stand before such a title.
_NO_NAME = re.compile(r".*(?:업|소|사|부|팀|실|과|장|회)$|담당|대기업|소기업")


def nameless(text: str) -> str:
    """Return a question without what says who asked.

    >>> nameless("저는 홍길동입니다. ㈜한빛정밀에서 왔는데 010-1234-5678로 주세요")
    '저는 (이름)입니다. (회사 이름)에서 왔는데 [휴대전화 가림]로 주세요'
    >>> nameless("도금업 사장입니다. 안산 공장 화재보험도 지원되나요?")
    '도금업 사장입니다. 안산 공장 화재보험도 지원되나요?'
    """
    text = mask(storable(text))[0]
    for pattern in _COMPANIES:
        text = pattern.sub(lambda found: (found[1] if found.re.groups else "") + COMPANY, text)
    for pattern in _PEOPLE:
        text = pattern.sub(_person, text)
    return " ".join(text.split())


def _person(found: re.Match[str]) -> str:
    before = found[1] if found.re.groups else ""
    name = found[0][len(before) :]
    return found[0] if _NO_NAME.fullmatch(name) else before + PERSON
