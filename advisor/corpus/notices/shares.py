"""What share of the cost a program pays, and what the company bears (pure)."""

import re
from collections.abc import Iterator

from advisor.corpus.notices.amounts import Share, find_shares, shares_under
from advisor.corpus.notices.found import LIKELY, SURE, WEAK, Value, best
from advisor.corpus.notices.segments import Notice, Segment, Span, part
from advisor.corpus.notices.topics import Topic

_PUBLIC_HEADER = re.compile(r"비율|보조율|지원율|^정부지원|^국비|^지원금")
_IN_PART = re.compile(r"현금|현물")
_OWN = re.compile(
    r"(?:기업|민간|자기|자체|자)\s?부담(?:금|률|비율)?|부담(?:하|금)|기업이\s?(?:부담|냅니다)|도입기업이\s?부담"
)
_PUBLIC = re.compile(
    r"국비|도비|시비|지방비|보조|정부\s?지원|지원\s?(?:비율|율)|사업비의|비용의|[가-힣](?:비|료)의|구입비의|설치비의|금액의|"
    r"부담금의|연구개발비의|보증\s?비율|총사업비\s?대비|지원금"
)
_SOFT = re.compile(
    r"현금|현물|인건비|직접비|간접비|선급|거치|부가가치세|기준금리|자본|부채|여성|가점"
)
_NO_OWN = re.compile(r"자부담(?:은|이)?\s?없|전액\s?(?:지원|국비)|전액\(")
# "지방비 부담금의 50%": a part of another part.
_OF_OWN = re.compile(r"부담금의\s?$")
_OWN_LABEL = re.compile(r"(?:기업|민간|자기|^자)부담")
_BORNE = re.compile(
    r"\s?(?:이상|이내)?(?:은|는|을|를)?\s?(?:(?:현금|현물)(?:으로)?\s?)?"
    r"(?:(?:도입|수요|참여|신청)?기업(?:이|에서)?\s?)?부담"
)
# How the money may be spent, not what is paid of it.
_SPENT = re.compile(r"\s?[를을]?\s?(?:초과하여|초과\s?사용)")
_GOES_ON = re.compile(r"\s?[,~∼·/]\s?|\s?또는\s?")
_LEAST_SHARE = 0.1


def find_rates(notice: Notice) -> Iterator[Value]:
    """Yield the public share and the company's own, as the notice says them."""
    found: list[Value] = []
    for one in notice.segments:
        if one.topics and not one.topics & {Topic.MONEY, Topic.BUDGET}:
            continue
        in_row = one.cells and not one.is_own
        if in_row and one.topics:
            found += _shares_in_row(one)
        elif not in_row:
            found += _shares_in(one)
    public = [one for one in found if one.name == "support.subsidy_rate"]
    if len({one.value for one in public}) > 2:
        # A matrix of shares by type and size has no single one.
        public = [one for one in public if one.confidence != WEAK]
    top = best(public)
    if top is not None:
        rivals = [one for one in public if one.confidence == top.confidence]
        yield max(rivals, key=lambda one: float(str(one.value)))
    own = best(one for one in found if one.name == "support.own_share")
    if own is not None:
        yield own


def _shares_in(one: Segment) -> Iterator[Value]:
    text = one.body.text
    if _NO_OWN.search(text):
        yield Value("support.subsidy_rate", 1.0, one.span, LIKELY)
        return
    before: Share | None = None
    for share in find_shares(text):
        # "65%, 75% 이내": the second is of what the first is of.
        goes_on = before and _GOES_ON.fullmatch(text[before.end : share.start])
        start = before.start if before and goes_on else share.start
        before = Share(share.share, start, share.end)
        yield from _share_in(one, before)


def _share_in(one: Segment, share: Share) -> Iterator[Value]:
    text, label = one.body.text, one.label
    after = text[share.end : share.end + 16]
    near = re.split(r"[,;·)]|\s/\s|\+", text[max(0, share.start - 24) : share.start])[-1]
    is_own = bool(_OWN.search(near)) and not _OF_OWN.search(near)
    if _SPENT.match(after) or (_SOFT.search(near) and not is_own):
        return
    says_own = is_own or (_BORNE.match(after) and not _OF_OWN.search(near))
    if says_own or _OWN_LABEL.search(label) or _bears(label, near):
        clause = _share_clause(one.body, share.start, share.end)
        yield Value("support.own_share", clause.text, clause, SURE)
    elif _PUBLIC.search(near) or _PUBLIC.search(label) or re.match(r"\)?\s?[을를]?\s?지원", after):
        if share.share >= _LEAST_SHARE:
            yield Value("support.subsidy_rate", share.share, one.span, SURE)
    elif "한도" in label or "금액" in label:
        yield Value("support.subsidy_rate", share.share, one.span, LIKELY)


def _bears(label: str, near: str) -> bool:
    """Tell "분담: 정부 30%, 도입기업 40%": the company's part by its name."""
    return "분담" in label and bool(re.search(r"(?:도입|수요|참여|신청)기업\s?$", near))


def _share_clause(body: Span, start: int, end: int) -> Span:
    begin = max(body.text.rfind(mark, 0, start) for mark in (",", "(", ")", "·", "+", ";")) + 1
    stop = re.search(r"[,)(;]|$", body.text[end:])
    return part(body, begin, end + (stop.start() if stop else 0))


def _shares_in_row(one: Segment) -> Iterator[Value]:
    label = one.cells[0].span.text.replace(" ", "")
    if "비영리" in label:
        return  # of universities and institutes
    for cell in one.cells[1:]:
        if _IN_PART.search(cell.header) or _IN_PART.search(label):
            continue
        for share in shares_under(cell.span.text, cell.header):
            if "부담" in label or "부담" in cell.header:
                yield Value("support.own_share", cell.span.text, cell.span, LIKELY)
            elif _PUBLIC_HEADER.search(cell.header) or _PUBLIC_HEADER.search(label):
                yield Value("support.subsidy_rate", share.share, one.span, LIKELY)
            elif re.search(r"기업$", cell.header):
                yield Value("support.subsidy_rate", share.share, one.span, WEAK)
