"""What a program pays: the ceiling, its tracks, the shares, the terms of a loan (pure)."""

import re
from collections.abc import Iterator

from advisor.corpus.notices.ceilings import find_ceilings
from advisor.corpus.notices.found import LIKELY, SURE, Value, best
from advisor.corpus.notices.loans import find_loan
from advisor.corpus.notices.segments import Notice, Span
from advisor.corpus.notices.shares import find_rates
from advisor.corpus.notices.tracks import Track, find_tracks
from advisor.domain.money import format_krw


def find_money(notice: Notice, *, is_loan: bool) -> Iterator[Value]:
    """Yield the fields of `support` that the notice states."""
    tracks = list(find_tracks(notice))
    ceilings = list(find_ceilings(notice))
    top = best(ceilings)
    if tracks:
        most = max(tracks, key=lambda one: one.won)
        # A sentence that names the ceiling outright counts beside the table.
        if top is None or top.confidence < SURE or int(str(top.value)) < most.won:
            top = Value("support.max_amount_krw", most.won, most.span, SURE)
    if top is not None:
        same = [one for one in ceilings if one.confidence == top.confidence]
        if not tracks and same:
            top = max(same, key=lambda one: int(str(one.value)))
        yield top
        yield Value("support.amount_basis", _basis(notice, top, is_loan), top.span, LIKELY)
    if tracks:
        words = "; ".join(
            f"{one.name} 최대 {format_krw(one.won)}"
            + (f"({one.share * 100:g}%)" if one.share is not None else "")
            for one in tracks
        )
        yield Value("support.detail", words, _around(notice, tracks), LIKELY)
    if not is_loan or "보증" in notice.document.title:
        yield from find_rates(notice)
    if is_loan:
        yield from find_loan(notice)


def _around(notice: Notice, tracks: list[Track]) -> Span:
    first, last = tracks[0].span, tracks[-1].span
    if first.page != last.page or last.end < first.start:
        return first
    text = notice.document.pages[first.page].text
    return Span(first.page, first.start, last.end, text[first.start : last.end])


def _basis(notice: Notice, top: Value, is_loan: bool) -> str:
    words = top.span.text
    if "보증" in words or (is_loan and "보증" in notice.document.title):
        return "guarantee_limit"
    if is_loan:
        return "loan_limit"
    if re.search(r"과제\s?당|개사업당|건당", words):
        return "per_project"
    if re.search(r"컨소시엄\s?당", words):
        return "per_consortium"
    return "per_company"
