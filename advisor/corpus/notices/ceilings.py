"""The most that one company gets: amounts that may be the ceiling (pure)."""

import re
from collections.abc import Iterator

from advisor.corpus.notices.amounts import Won, find_won, most_of
from advisor.corpus.notices.found import LIKELY, SURE, Value
from advisor.corpus.notices.segments import Cell, Notice, Segment, Span, part
from advisor.corpus.notices.topics import Topic

_PER = re.compile(
    r"(?:기업|업체|과제|개사|개소|사업장|도입기업|수요기업|공급기업|단지|공장|건|사|동일기업|같은기업|컨소시엄)\s?당|"
    r"1개사|최대|최고|한도|상한|바우처"
)
_CHANGED = re.compile(r"당초|변경|기존|현행|정정")
_TYPE = re.compile(
    r"[가-힣A-Z\d](?:형|기업|트랙|자금|단계|분야|유형)\s?(?:은|는|:)?\s?(?:최대\s?)?$"
)
_CAPPED = re.compile(
    r"^\s?\)?(?:\([\d.]+\s?%\))?\s?(?:이내|까지|한도|이하|범위|상당|\(현물\)|을?를?\s?지원)"
)
_NOT_SUPPORT = re.compile(
    r"(?:예산|규모|총\s?사업비|매출|자본금|자산|수출|평균|수수료|소진|기업\s?부담|자부담|부담금|민간|나머지|"
    r"국비|도비|시비|시군비|지방비|총|대기업)\s?(?:은|는|이|액|금)?\s?[:：]?\s?(?:연\s?)?$"
)
NOT_ROW = re.compile(r"부담|총사업비|매출|예산|규모|개수|과제수|정원|이차보전")
MONEY_HEADER = re.compile(r"한도|금액|지원금|지원액|출연금|개발비|지원$|보조금|정부지원|융자액")


def find_ceilings(notice: Notice) -> Iterator[Value]:
    """Yield amounts that may be the ceiling, surest where the words say so."""
    for one in notice.about(Topic.MONEY, Topic.BUDGET, Topic.TARGET, Topic.LOAN_TERM):
        if one.cells and not one.is_own:
            yield from _ceilings_in_row(one)
            continue
        if Topic.TARGET in one.topics and Topic.MONEY not in one.topics:
            continue
        is_budget = Topic.BUDGET in one.topics and Topic.MONEY not in one.topics
        yield from _ceilings_in(_as_changed(one.body), is_budget=is_budget, label=one.label)
    for one in notice.segments:
        if not one.topics and not one.cells:
            yield from _ceilings_in(one.span, is_budget=True, label="")


def _ceilings_in_row(one: Segment) -> Iterator[Value]:
    for cell in one.cells[1:]:
        label = one.cells[0].span.text.replace(" ", "")
        if MONEY_HEADER.search(cell.header) or MONEY_HEADER.search(label):
            if NOT_ROW.search(label) or re.search("전$", cell.header):
                continue
            for won in won_of(cell)[:1]:
                yield Value("support.max_amount_krw", won.won, cell.span, LIKELY)


def _ceilings_in(body: Span, *, is_budget: bool, label: str) -> Iterator[Value]:
    if "한도" in label and (named := _by_type(body.text)):
        top = max(named, key=lambda won: won.won)
        yield Value("support.max_amount_krw", top.won, body, SURE)
        return
    taken = False
    paid = [won for won in find_won(body.text) if _is_paid(body.text, won)]
    for won in most_of(body.text, paid or find_won(body.text)):
        if is_other(body.text, won):
            continue
        before = body.text[max(0, won.start - 16) : won.start]
        before = re.split(r"[,;()]|\s/\s", before)[-1] if _PER.search(before) is None else before
        says_per = bool(_PER.search(before))
        capped = bool(_CAPPED.match(body.text[won.end :]))
        if not says_per and (is_budget or not capped) and "한도" not in label:
            continue
        # The first that is said to be the ceiling; what follows is for regions or running costs.
        if taken:
            continue
        taken = True
        sure = SURE if says_per or "한도" in label else LIKELY
        yield Value("support.max_amount_krw", won.won, _clause(body, won), sure)


def _as_changed(body: Span) -> Span:
    """Return what holds of "(당초) 1,500만원 → (변경) 2,000만원"."""
    arrow = re.search(r"→|⇒|➡", body.text) if _CHANGED.search(body.text) else None
    return part(body, arrow.end(), len(body.text)) if arrow else body


def _by_type(text: str) -> list[Won]:
    """Return the amounts of "성장기업 4천만원, 유망기업 7천만원"; nothing where one has no type."""
    found = find_won(text)
    begins = [0, *(one.end for one in found)]
    is_named = all(
        _TYPE.search(text[begin : one.start]) for begin, one in zip(begins, found, strict=False)
    )
    return found if len(found) > 1 and is_named else []


def _is_paid(text: str, won: Won) -> bool:
    """Tell "(보조금 최대 6,000만원)" beside the cost that it is a part of."""
    return bool(
        re.search(
            r"(?:보조금|지원금)\s?(?:최대|한도)\s?$", text[max(0, won.start - 24) : won.start]
        )
    )


def _clause(body: Span, won: Won) -> Span:
    """Return the words from the start of the statement to the end of the amount's clause."""
    stop = re.search(r"[,(;]|$", body.text[won.end :])
    return part(body, 0, won.end + (stop.start() if stop else 0))


def is_other(text: str, won: Won) -> bool:
    """Tell a budget, a size of a company or its own part from what is paid."""
    before = text[max(0, won.start - 14) : won.start]
    after = text[won.end : won.end + 14]
    if re.match(r"\s?(?:이상|초과|미만)|\s?\d*개사|\s?(?:가운데|중에서)|\s?소진", after):
        return True
    if re.search(
        r"(?:기업|업체|과제|개사|개소|사업장|단지|공장|컨소시엄)\s?당\s?(?:국비|도비|시비|지방비)\s?$",
        before,
    ):
        return False  # "도입기업당 국비 5천만원": the public part of one company's
    return bool(_NOT_SUPPORT.search(before))


def won_of(cell: Cell) -> list[Won]:
    """Return the amounts of a cell, of a bare number too where its unit is said."""
    found = most_of(cell.span.text, find_won(cell.span.text))
    bare = re.fullmatch(r"[\d,]+(?:\.\d+)?", cell.span.text.strip())
    if found or bare is None or cell.unit is None:
        return found
    won = round(float(bare[0].replace(",", "")) * cell.unit)
    return [Won(won, 0, len(cell.span.text))] if won else []
