"""What a label of a notice speaks of: "신청기간", "누가 신청할 수 있나요?" (pure)."""

import re
from enum import StrEnum


class Topic(StrEnum):
    """Parts that most notices have, whatever they call them."""

    NAME = "name"
    PURPOSE = "purpose"
    AGENCY = "agency"
    OPERATOR = "operator"
    TARGET = "target"
    EXCLUDED = "excluded"
    PREFERRED = "preferred"
    MONEY = "money"
    BUDGET = "budget"
    LOAN_RATE = "loan_rate"
    LOAN_TERM = "loan_term"
    WINDOW = "window"
    DATES = "dates"  # other days: briefing, selection, contract, training
    APPLY = "apply"
    PAPERS = "papers"
    CONTACT = "contact"


# Tried in this order on the label without blanks; all that match count, see `topics_of`.
_PATTERNS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        Topic.EXCLUDED,
        re.compile(
            r"제외|결격|배제|제한(?:기업|대상|사항|업종|조건)?$|제한(?:및|\(|되는)|할수없|지원하지|지원불가|"
            r"신청불가"
        ),
    ),
    (Topic.PREFERRED, re.compile(r"우대|가점|가산점|우선(?:선정|지원)")),
    (
        Topic.PAPERS,
        re.compile(
            r"서류[가는를]?$|서류(?:목록|명|안내|및|\(|[가는를](?:필요|무엇))|제출물|무엇을준비|준비(?:해야|할것|물)"
        ),
    ),
    (
        Topic.CONTACT,
        re.compile(r"문의|물어(?:볼|보)|상담(?!회)|연락처|궁금|^담당(?:부서|자|기관)?$|담당\("),
    ),
    (
        Topic.DATES,
        re.compile(
            r"추진(?:일정|절차)|설명회|평가(?:일정|기간)|협약(?:기간|일)|교육(?:기간|일정|일시)|"
            r"(?:사업|수행|지원|훈련|개발|공고)기간|선정(?:일정|발표)|발표|^평가|심사"
        ),
    ),
    (
        Topic.WINDOW,
        re.compile(
            r"(?:신청|접수|모집|제출|공모)(?:[·및,]?(?:신청|접수|모집|제출))?(?:기간|기한|일정|시기|마감|일자)|"
            r"언제|(?:연장|변경)내용|접수안내|마감일|취급기[간한]|연장(?:공고)?기간|^공고(?:및|·)접수|^(?:신청|접수)(?:및|·)(?:신청|접수)$|모집개요|다음회차"
        ),
    ),
    (
        Topic.APPLY,
        re.compile(
            r"(?:신청|접수|제출)(?:[·및]?접수)?(?:방법|처|장소|창구|요령|절차|경로)|(?:기간|시기)(?:및|과|·)방법|"
            r"어떻게|^신청안내$|^신청$|^접수$|^제출$|^(?:신청|접수)(?:및|·)(?:신청|접수)$|전산(?:입력|접수)|사업신청|신청서제출"
        ),
    ),
    (
        Topic.LOAN_RATE,
        re.compile(r"금리|이차보전|이자|보증료|이율"),
    ),
    (
        Topic.LOAN_TERM,
        re.compile(r"(?:대출|융자|보증|상환)(?:기간|기한|조건|방법)|^기한$|거치"),
    ),
    (
        Topic.BUDGET,
        re.compile(
            r"예산|총사업비$|(?:지원|융자|선정|모집|사업|보증)규모|과제수|선정수|기업수|업체수|지원업체|^사업비$|정원"
        ),
    ),
    (
        Topic.MONEY,
        re.compile(
            r"(?:지원|융자|보증|사업|대출|매칭)(?:내용|금액?|한도|조건|사항|기준|비율|율|유형)|한도|보조율|지원금|"
            r"무엇을지원|지원액|출연금|개발비|교육비|정부지원|보조비율|^비용|얼마|부담금|자부담|^(?:기업|민간)부담|분담|부담비율|^내용$"
        ),
    ),
    (
        Topic.TARGET,
        re.compile(
            r"(?:지원|신청|모집|참여|융자|보증|교육|훈련)?(?:대상|자격)(?:기업|자|및|요건|조건|$|업체|\()|"
            r"(?:참여|신청)(?:요건|조건)|매출액?(?:기준|조건|요건)|누가|어떤(?:기업|업체|회사)|도입기업$|수요기업$|^(?:세부)?(?:신청|지원)(?:대상|자격)"
        ),
    ),
    (
        Topic.AGENCY,
        re.compile(
            r"^(?:주최|소관|주무|지원|시행|사업)?(?:기관|부처|주체|부서)$|^주최$|주무부처|소관부처"
        ),
    ),
    (
        Topic.OPERATOR,
        re.compile(r"^(?:주관|주관기관)$|(?:전담|수행|운영|전문|총괄|관리)기관|^(?:수행|운영)$"),
    ),
    (Topic.NAME, re.compile(r"^사업명(?:칭)?$|^과정명$|^제목$|^공고명$")),
    (Topic.PURPOSE, re.compile(r"목적|취지")),
)
# Of a part that says when and how: what its short labels are.
_WITHIN: tuple[tuple[frozenset[Topic], re.Pattern[str], Topic], ...] = (
    (
        frozenset({Topic.WINDOW, Topic.APPLY}),
        re.compile(r"^(?:기간|기한|일시|일정|시기|마감)"),
        Topic.WINDOW,
    ),
    (
        frozenset({Topic.WINDOW, Topic.APPLY}),
        re.compile(r"^(?:방법|창구|장소|처|경로|신청|접수)$"),
        Topic.APPLY,
    ),
)
_QUALIFIES = re.compile(r"자격|요건|누가")
_LONGEST = 30
_MARKS = re.compile(r"[\s「」『』<>〈〉\[\]【】'’‘\"]")


def squeeze(label: str) -> str:
    """Return a label without blanks and quotes, so that "사 업 명" is 사업명."""
    return _MARKS.sub("", label).strip(":：*·")


def topics_of(label: str) -> frozenset[Topic]:
    """Return what a label speaks of; empty where it is no label that notices use.

    >>> sorted(topics_of("신청기간 및 방법"))
    [<Topic.APPLY: 'apply'>, <Topic.WINDOW: 'window'>]
    >>> sorted(topics_of("지원 제외 대상")), sorted(topics_of("불량률"))
    ([<Topic.EXCLUDED: 'excluded'>], [])
    """
    plain = squeeze(label)
    if not plain or len(plain) > _LONGEST:
        return frozenset()
    found = {topic for topic, pattern in _PATTERNS if pattern.search(plain)}
    # "신청자격 및 제한" heads both; what is left out has a heading of its own below.
    if Topic.EXCLUDED in found:
        found = {Topic.TARGET} if _QUALIFIES.search(plain) else {Topic.EXCLUDED}
    for narrow, wide in (
        (Topic.PREFERRED, set(Topic)), (Topic.PAPERS, {Topic.APPLY, Topic.TARGET}),
        (Topic.CONTACT, {Topic.AGENCY, Topic.OPERATOR, Topic.MONEY}),
        (Topic.LOAN_RATE, {Topic.MONEY}), (Topic.LOAN_TERM, {Topic.MONEY, Topic.DATES}),
        (Topic.BUDGET, {Topic.TARGET}), (Topic.MONEY, {Topic.AGENCY}),
        (Topic.WINDOW, {Topic.DATES, Topic.TARGET, Topic.MONEY}),
        (Topic.DATES, {Topic.MONEY, Topic.OPERATOR}),
    ):  # fmt: skip
        if narrow in found:
            found -= wide - {narrow}
    return frozenset(found)


def topics_within(label: str, above: frozenset[Topic]) -> frozenset[Topic]:
    """Return what a label speaks of that only the part around it tells.

    >>> sorted(topics_within("기간", frozenset({Topic.APPLY}))), sorted(topics_within("기간", frozenset()))
    ([<Topic.WINDOW: 'window'>], [])
    """
    return frozenset(
        topic for around, pattern, topic in _WITHIN if above & around and pattern.search(label)
    )
