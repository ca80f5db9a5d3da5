"""What a sentence claims besides figures: verdicts, windows, promises, negation (pure)."""

import re
from enum import StrEnum


class Claim(StrEnum):
    """A kind of statement that only the engine may make."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNDECIDED = "undecided"
    OPEN = "open"
    CLOSED = "closed"
    UPCOMING = "upcoming"
    PROMISE = "promise"
    UNCONFIRMED = "unconfirmed"
    NOT_SELECTED = "not_selected"


VERDICTS = frozenset({Claim.ELIGIBLE, Claim.NOT_ELIGIBLE})
WINDOWS = frozenset({Claim.OPEN, Claim.CLOSED, Claim.UPCOMING})

_ACT = r"(?:받|받으|받아\s?보|신청|지원|참여|이용|활용|해당|선정|접수|들어|넣|쓰|하)"
# Read in this order; what one has read is blanked, so that "신청할 수 없습니다" is not also a yes and
# "접수 중인지 확인되지 않았습니다" claims no open window.
_PATTERNS: tuple[tuple[Claim, re.Pattern[str]], ...] = (
    (Claim.UNDECIDED, re.compile(
        r"판단(?:할|하기)\s?\S{0,3}\s?(?:수\s?없|어렵)|(?:대상|자격|가능|요건)\S{0,6}\s?(?:인지|한지|지|여부)|"
        r"cannot (?:yet )?(?:be )?(?:say|tell|decide|judge)\w*|whether\b", re.I)),
    (Claim.UNCONFIRMED, re.compile(
        r"(?:접수|신청|모집)\s?중(?:인지\S{0,3}|이라고\s?확인된\s?\S+\s?없\S*)|(?:확인|알려|공개|밝혀)(?:되|돼|지)\S{0,3}\s?(?:않|못)\S*|확인(?:이|을|하|해)\s?\S{0,6}(?:필요|주세요|보세요|바랍|합니다)|"
        r"(?:not|un)\s?(?:yet )?confirmed|please (?:check|confirm)|needs? to be confirmed", re.I)),
    (Claim.NOT_SELECTED, re.compile(r"선정\s?여부|심사(?:로|에서|를\s?거쳐)|선정을?\s?(?:약속|보장)\S{0,6}\s?않")),
    (Claim.NOT_ELIGIBLE, re.compile(
        rf"대상(?:이|은|에서|에|자가)?\s?(?:아니|아닙|아님|안\s?[됩되]|제외|빠지|빠집|해당\S{{0,3}}\s?(?:않|안))|{_ACT}\S{{0,8}}\s?수(?:가|는|도)?\s?없|"
        r"불가(?:능|합|$|\b)|자격\S{0,3}\s?(?:안\s?[됩되]|없|미달|못|부족)|부적격|탈락|해당(?:되|하|이)?\S{0,2}\s?(?:않|안\s)|안\s?됩니다|못\s?받|(?:받|신청하|지원하)지\s?못|"
        r"not (?:be )?eligible|ineligible|cannot (?:apply|get|receive)|does not qualify|do not qualify", re.I)),
    (Claim.ELIGIBLE, re.compile(
        rf"{_ACT}\S{{0,8}}\s?수(?:가|는|도)?\s?있|가능(?:합|해|하(?!지)|성이\s?(?:높|큽)|입니다)|대상(?:입|이\s?(?:됩|돼|맞)|에\s?해당|자입|이에|이시|이\s?되)|"
        r"자격\S{0,3}\s?(?:됩|돼|있|충족|갖)|해당(?:됩|합|돼|하십|되십)|(?:요건|조건|기준)\S{0,2}\s?(?:모두\s?|전부\s?)?(?:충족|만족|맞)|(?<!부)적격|문제\s?없이|"
        r"(?:(?<![가-힣])(?<!안\s)|(?<=신청)|(?<=지원)|(?<=선정)|(?<=이용)|(?<=참여)|(?<=인정))됩니다(?!\S)|(?<!not )(?<!not be )\beligible\b|can (?:apply|get|receive)|qualif(?:y|ies)\b", re.I)),
    (Claim.CLOSED, re.compile(
        r"마감(?:되었|됐|됨|된|입니다|했|이\s?지났|일이\s?지)|(?:접수|모집|신청|공고)\S{0,6}\s?(?:끝|종료|마감되|닫)|끝났|종료(?:되|됐|된)|지난\s?공고|까지였|"
        r"\bclosed\b|has ended|has passed|was due|no longer", re.I)),
    (Claim.UPCOMING, re.compile(
        r"(?:접수|모집|신청|공고|시작|열릴|나올)\S{0,3}\s?예정(?!\S{0,4}\s?확인)|곧\s?(?:접수|시작|열|공고)|다음\s?(?:달|주)부터|will open|opens (?:on|in|soon)", re.I)),
    (Claim.OPEN, re.compile(
        r"(?:접수|모집|신청)\s?중|(?:접수|신청)(?:를|을)?\s?받고\s?있|열려\s?있|(?:지금|현재|오늘)(?:도)?\s?(?:바로\s?)?(?:접수|신청|모집|지원하)|"
        r"아직\s?(?:늦지|신청|접수|마감\S{0,3}\s?(?:전|않))|마감되지\s?않|상시\s?(?:접수|모집|신청)|is (?:now |currently )?open|still open|apply now|days left", re.I)),
    (Claim.PROMISE, re.compile(
        r"무조건|틀림없|장담|확실(?:히|하게|합)|(?:선정|지급|승인|합격|통과|당첨)\S{0,3}\s?(?:보장|확정|확실|됩니다|될\s?(?:것|겁|거)|되실|되셨|되었)|반드시\s?(?:선정|받|됩|나옵)|확정(?:되었|됐|입니다|된\s)|"
        r"100\s?%\s?(?:선정|보장|받|지급|확실)|보장(?:합|됩|해\s?드|드립)|guarante\w*|certainly|definitely", re.I)),
)  # fmt: skip
_NEGATION = re.compile(
    r"없(?:습|어|이|음|다|는|고|으며|기)|않|아닙|아니(?:라|고|며|다)|못\s?(?:합|하|받)|안\s?(?:됩|되|합|해)|무료|무상|공짜|면제|불가|제외|미포함|"
    r"\bnot\b|\bno\b|n't\b|\bfree\b|without|exempt",
    re.I,
)
_OF_THIS_COMPANY = re.compile(
    r"사장님|대표님|귀사|고객님|선생님|말씀하신\s?(?:조건|회사|공장)|(?:이|그|우리|저희|해당)\s?(?:회사|공장|기업|업체)|회사(?:는|도|라면|의\s?경우)|"
    r"[으]?십니다|[으]?실\s?수|하시면|\byour?\b",
    re.I,
)


def find_claims(sentence: str) -> frozenset[Claim]:
    """Return what a sentence claims.

    >>> sorted(find_claims("지금 접수 중이며 신청하실 수 있습니다."))
    [<Claim.ELIGIBLE: 'eligible'>, <Claim.OPEN: 'open'>]
    >>> sorted(find_claims("지금 접수 중이라고 확인된 사업은 없습니다."))
    [<Claim.UNCONFIRMED: 'unconfirmed'>]
    >>> sorted(find_claims("오늘 접수 중인지는 확인되지 않았습니다."))
    [<Claim.UNCONFIRMED: 'unconfirmed'>]
    """
    found = set()
    for claim, pattern in _PATTERNS:
        blanked, count = pattern.subn(" \x1f ", sentence)
        if count:
            found.add(claim)
            sentence = blanked
    return frozenset(found)


def is_negated(sentence: str) -> bool:
    """Tell whether a sentence denies something, or gives it for nothing.

    >>> is_negated("부가세는 지원하지 않습니다."), is_negated("부가세를 지원합니다.")
    (True, False)
    """
    return _NEGATION.search(sentence) is not None


def is_about_company(sentence: str) -> bool:
    """Tell whether a sentence speaks of the company that asks, not of companies in general.

    >>> is_about_company("사장님 회사는 신청하실 수 있습니다."), is_about_company("소기업이 신청합니다.")
    (True, False)
    """
    return _OF_THIS_COMPANY.search(sentence) is not None
