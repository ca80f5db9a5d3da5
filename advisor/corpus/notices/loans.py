"""Interest or fee and the term of a loan or guarantee (pure)."""

import re
from collections.abc import Iterator

from advisor.corpus.notices.amounts import find_shares
from advisor.corpus.notices.found import LIKELY, SURE, Value
from advisor.corpus.notices.segments import Notice, Segment, Span, part
from advisor.corpus.notices.topics import Topic

_TERM = re.compile(r"\d+\s?년\s?(?:\d+\s?개월\s?)?(?:이내|거치|\()|거치|균분\s?상환|일시\s?상환")


def find_loan(notice: Notice) -> Iterator[Value]:
    """Yield interest and term; where types differ, all in the notice's own words."""
    rates: list[Value] = []
    terms: list[Value] = []
    for one in notice.segments:
        if one.cells and not one.is_own:
            for cell in one.cells:
                head = cell.header + one.cells[0].span.text.replace(" ", "")
                if re.search(r"금리|이차보전|보증료|이율", head) and find_shares(cell.span.text):
                    rates.append(Value("support.loan_rate", cell.span.text, cell.span, SURE))
                if re.search(r"상환|기간|기한", head) and _TERM.search(cell.span.text):
                    terms.append(Value("support.loan_term", cell.span.text, cell.span, SURE))
        elif one.is_own and Topic.LOAN_RATE in one.topics and "%" in one.body.text:
            rates.append(Value("support.loan_rate", one.body.text, one.body, SURE))
        elif one.is_own and Topic.LOAN_TERM in one.topics and _TERM.search(one.body.text):
            terms.append(Value("support.loan_term", one.body.text, one.body, SURE))
        rates += _rates_said(one)
    for group in (rates, terms):
        if group:
            yield _first_or_all(notice, group)


def _rates_said(one: Segment) -> Iterator[Value]:
    """Yield the rate of a sentence: "연 2.0%의 이자를 지원합니다"."""
    if one.mark == "sentence" and re.search(r"이자|금리|이차", one.body.text):
        for found in find_shares(one.body.text)[:1]:
            span = part(one.body, found.start, found.end)
            yield Value("support.loan_rate", span.text, span, LIKELY)


def _first_or_all(notice: Notice, group: list[Value]) -> Value:
    """Return one value; where rows differ, all in one, in the notice's own words."""
    parts = dict.fromkeys(str(one.value) for one in group)
    if len(parts) == 1:
        return group[0]
    spans = [one.span for one in group]
    first, last = spans[0], spans[-1]
    if first.page != last.page:
        return group[0]
    text = notice.document.pages[first.page].text
    whole = Span(first.page, first.start, last.end, text[first.start : last.end])
    return Value(group[0].name, "; ".join(parts), whole, LIKELY)
