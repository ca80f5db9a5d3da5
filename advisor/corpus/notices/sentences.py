"""What a sentence without any label speaks of, and the clause of it that says so (pure)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from advisor.corpus.notices.segments import Span, part
from advisor.corpus.notices.topics import Topic

_END = re.compile(r"(?<=[다요오음함됨임]\.)\s+|(?<=[다요오]!)\s+")
_SAYS = re.compile(r"(?:다|요|오|음|함|됨|임)[.!]?$")
_DAY = r"(?:\d{1,2}\s?월\s?\d{1,2}\s?일|20\d\d\s?\.\s?\d{1,2}\s?\.\s?\d{1,2})"
_PHONE = r"0\d{1,2}[-.)\s]{1,2}\d{3,4}[-.]\d{4}|1[3-9]\d\d-\d{4}"
_CALL = re.compile(rf"(?:상담|문의)?\s?(?:전화|번호|☎)[^.]{{0,6}}(?:{_PHONE})")
_PAPER = r"(?:신청서|계획서|확인서|증명서|명부|견적서|재무제표|등록증|동의서|서류)"
_WAY = r"(?:온라인|누리집|홈페이지|방문|우편|이메일|전자우편|시스템|플랫폼|포털|창구|\.kr)"
_PATTERNS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        Topic.EXCLUDED,
        re.compile(
            r"(?:신청|참여|참가|지원|이용)(?:을|를|이|에)?\s?(?:할|하실|받을|받으실)?\s?(?:수\s?없|제한|불가)|"
            r"(?:대상|지원)에서\s?(?:제외|빠)|제외(?:됩|합|된|한)|지원하지\s?(?:않|아니)"
        ),
    ),
    (
        Topic.CONTACT,
        re.compile(rf"(?:문의|전화|연락|상담|궁금).{{0,60}}(?:{_PHONE})|(?:{_PHONE}).{{0,30}}(?:문의|전화|연락|상담)"),
    ),
    (
        Topic.PAPERS,
        re.compile(
            rf"서류[는은]|{_PAPER}.{{0,60}}(?:내\s?(?:주|야|시면)|제출하|첨부하|보내|갖추|갖춰|준비하|준비해)"
        ),
    ),
    (
        Topic.WINDOW,
        re.compile(
            rf"(?:신청|접수|모집|공모|응모)[^.]{{0,24}}{_DAY}.{{0,60}}(?:까지|부터|마감)|"
            rf"{_DAY}.{{0,40}}(?:까지|부터|마감).{{0,60}}(?:신청|접수|모집|제출|받)"
        ),
    ),
    (
        Topic.APPLY,
        re.compile(rf"{_WAY}.{{0,40}}(?:신청|접수|제출|받)|(?:신청|접수).{{0,60}}{_WAY}"),
    ),
    (
        Topic.MONEY,
        re.compile(
            r"(?:\d\s?(?:원|만|천만|백만|억|%|퍼센트)).{0,50}(?:지원|드리|드립|부담|보조|융자|대출|보증|지급|받)|"
            r"(?:지원금|한도|지원|보조율)[은는].{0,40}\d\s?(?:원|만|천만|백만|억|%|퍼센트)"
        ),
    ),
    (
        Topic.TARGET,
        re.compile(
            r"(?:신청|참여|참가|지원)(?:할|하실)\s?수\s?있|대상[은이]\s|대상으로|"
            r"(?:기업|업체|소상공인|소공인|사업자)(?:이면|이라면|만\s?신청)|이어야\s?(?:하|합|한)"
        ),
    ),
)  # fmt: skip
# One that tells who is left out or whom to call tells nothing else.
_ALONE = (Topic.EXCLUDED, Topic.CONTACT)
_LEFT_OUT = re.compile(
    r"(?P<who>.+?(?:기업|업체|자|경우|사업자|사업장|사업주|소상공인|기관|법인|곳))(?:은|는|에는|에|이라면|의\s?경우)?\s?"
    r"(?:이번\s?사업에\s?|이\s?사업에\s?)?"
    r"(?:(?:신청|참여|참가|지원|이용|대상)[^.]{0,30}(?:없|제외|제한|불가|않|아니)|제외)"
)
# "휴업 기업, 체납 기업은": one after the other.
_NEXT = re.compile(r"(?<=기업),\s*|(?<=업체),\s*|(?<=[^가-힣]자),\s*")
_TURN = re.compile(r"^(?:다만|단|그러나|또한|아울러|이때|특히)\s?,?\s*")
_PAPERS_ARE = re.compile(r"^.*?서류[는은]\s*(?:다음과\s?같습니다\.?\s*)?")
_PAPERS_FOR = re.compile(r"^.{0,30}?(?:때에는|때는|시에는|하려면|위해서는|분은|기업은|업체는)\s*")
_PAPERS_END = re.compile(
    r"\s?(?:등)?(?:을|를|이|가)?\s?(?:함께|같이|모두|각각|각\s?\d\s?부)?\s?"
    r"(?:내\s?(?:주|야|시면)|제출|첨부|보내|갖추|갖춰|준비|필요|입니다|이다|다\.?$|이며|이고).*$"
)
_AND = re.compile(r"(?<=[가-힣)])(?:와|과)\s+|\s+및\s+|,\s*|\s+그리고\s+")


def is_prose(text: str) -> bool:
    """Tell whether a line is made of sentences, or is a telephone number and whose it is."""
    return bool(_SAYS.search(text.strip())) or bool(_CALL.match(text))


def sentences_of(line: Span) -> Iterator[Span]:
    """Cut a line into its sentences."""
    cuts = [0, *(found.end() for found in _END.finditer(line.text)), len(line.text)]
    for begin, end in pairwise(cuts):
        one = part(line, begin, end)
        if one.text:
            yield one


def topics_said(sentence: str) -> frozenset[Topic]:
    """Return what a sentence speaks of.

    >>> sorted(topics_said("접수는 3월 8일부터 3월 26일까지 누리집에서 받습니다."))
    [<Topic.APPLY: 'apply'>, <Topic.WINDOW: 'window'>]
    >>> sorted(topics_said("세금을 체납한 기업은 신청할 수 없습니다."))
    [<Topic.EXCLUDED: 'excluded'>]
    """
    found = {topic for topic, pattern in _PATTERNS if pattern.search(sentence)}
    for topic in _ALONE:
        if topic in found:
            return frozenset({topic})
    return frozenset(found)


def says_left_out(text: str) -> bool:
    """Tell whether words behind any label say who is left out.

    >>> says_left_out("휴·폐업 기업은 신청 불가"), says_left_out("마감일 소인까지 인정")
    (True, False)
    """
    return Topic.EXCLUDED in topics_said(text) and bool(_LEFT_OUT.match(text))


def left_out_of(sentence: Span) -> list[Span]:
    """Return the clause that names who is left out; nothing where none does."""
    turn = _TURN.match(sentence.text)
    begin = turn.end() if turn else 0
    found = _LEFT_OUT.match(sentence.text, begin)
    if found is None:
        return []
    who = part(sentence, begin, found.end("who"))
    cuts = [0, *(one.end() for one in _NEXT.finditer(who.text)), len(who.text)]
    pieces = [part(who, a, b) for a, b in pairwise(cuts)]
    return [part(one, 0, len(one.text.rstrip(", "))) for one in pieces]


def papers_of(sentence: Span) -> list[Span]:
    """Return the papers that a sentence names."""
    text = sentence.text
    front = _PAPERS_ARE.match(text) or _PAPERS_FOR.match(text)
    begin = front.end() if front else 0
    back = _PAPERS_END.search(text, begin)
    end = back.start() if back else len(text)
    cuts = [begin]
    for found in _AND.finditer(text, begin, end):
        cuts += [found.start(), found.end()]
    cuts.append(end)
    pieces = [part(sentence, cuts[at], cuts[at + 1]) for at in range(0, len(cuts), 2)]
    return [one for one in pieces if one.text]
