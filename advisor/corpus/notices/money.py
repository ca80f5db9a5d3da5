"""What a program pays: the ceiling, its tracks, the shares, the terms of a loan (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.corpus.notices.amounts import Won, find_shares, find_won
from advisor.corpus.notices.found import LIKELY, SURE, WEAK, Value, best
from advisor.corpus.notices.segments import Notice, Segment, Span, part
from advisor.corpus.notices.topics import Topic
from advisor.domain.money import format_krw

_PER = re.compile(
    r"(?:기업|업체|과제|개사|개소|사업장|도입기업|수요기업|공급기업|건|사|동일기업|같은기업|컨소시엄)\s?당|"
    r"1개사|최대|최고|한도|상한|바우처"
)
_CAPPED = re.compile(
    r"^\s?\)?(?:\([\d.]+\s?%\))?\s?(?:이내|까지|한도|이하|범위|상당|\(현물\)|을?를?\s?지원)"
)
# Whole budgets, what the company pays, what its size is: never the ceiling.
_NOT_SUPPORT = re.compile(
    r"(?:예산|규모|총\s?사업비|매출|자본금|자산|수출|평균|수수료|소진|기업\s?부담|자부담|부담금|민간|나머지|"
    r"국비|도비|시비|시군비|지방비|총|대기업)\s?(?:은|는|이|액|금)?\s?[:：]?\s?(?:연\s?)?$"
)
_NOT_ROW = re.compile(r"부담|총사업비|매출|예산|규모|개수|과제수|정원|이차보전")
_MONEY_HEADER = re.compile(r"한도|금액|지원금|지원액|출연금|개발비|지원$|보조금|정부지원|융자액")
_RATE_HEADER = re.compile(r"비율|보조율|지원율|부담률")
_OWN = re.compile(
    r"(?:기업|민간|자기|자체|자)\s?부담(?:금|률|비율)?|부담(?:하|금)|기업이\s?(?:부담|냅니다)|도입기업이\s?부담"
)
_PUBLIC = re.compile(
    r"국비|도비|시비|지방비|보조|정부\s?지원|지원\s?(?:비율|율)|사업비의|비용의|[가-힣]비의|구입비의|설치비의|금액의|"
    r"부담금의|연구개발비의|보증\s?비율|총사업비\s?대비|지원금"
)
_SOFT = re.compile(r"현금|현물|인건비|선급|거치|부가가치세|기준금리|자본|부채|여성|가점")
_NO_OWN = re.compile(r"자부담(?:은|이)?\s?없|전액\s?(?:지원|국비)|전액\(")
_CHANGE = re.compile(r"(?:변경|정정|연장)\s?[전후]|당초|^변경$")
_ELSEWHERE = {
    Topic.EXCLUDED, Topic.PAPERS, Topic.WINDOW, Topic.CONTACT, Topic.APPLY, Topic.DATES,
    Topic.PREFERRED,
}  # fmt: skip
_TERM = re.compile(r"\d+\s?년\s?(?:\d+\s?개월\s?)?(?:이내|거치|\()|거치|균분\s?상환|일시\s?상환")


@dataclass(frozen=True, slots=True)
class Track:
    """A type of support with its own ceiling."""

    name: str
    won: int
    share: float | None
    span: Span


def find_money(notice: Notice, *, is_loan: bool) -> Iterator[Value]:
    """Yield the fields of `support` that the notice states."""
    tracks = list(find_tracks(notice))
    ceilings = list(_ceilings(notice))
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
        yield from _shares(notice)
    if is_loan:
        yield from _loan(notice)


def find_tracks(notice: Notice) -> Iterator[Track]:
    """Yield the tracks of tables and lists, each with its own ceiling."""
    found: dict[str, Track] = {}
    done: set[int] = set()
    for one in notice.segments:
        if one.table is not None and one.table not in done and not one.topics & _ELSEWHERE:
            done.add(one.table)
            rows = [row for row in notice.segments if row.table == one.table]
            for track in _in_table(rows):
                found.setdefault(track.name, track)
    listed = [track for track in _in_list(notice) if track.name not in found]
    if len(listed) > 1 and not found:
        found = {track.name: track for track in listed}
    if len(found) > 1:
        yield from found.values()


def _in_table(rows: list[Segment]) -> Iterator[Track]:
    if len(rows) < 2 or any(one.is_own for one in rows):
        return
    header = {cell.column: cell.header for row in rows for cell in row.cells}
    if any(_CHANGE.search(name) for name in header.values()):
        return
    columns = [
        at
        for at, name in header.items()
        if at and _MONEY_HEADER.search(name) and not _RATE_HEADER.search(name)
    ]
    rate_columns = [at for at, name in header.items() if at and _RATE_HEADER.search(name)]
    if columns:
        for row in rows[1:]:
            if len(row.cells) < 2:
                continue
            cells = {cell.column: cell for cell in row.cells}
            cell = cells.get(columns[-1])
            amounts = find_won(cell.span.text) if cell else []
            if cell is None or not amounts:
                continue
            shares = [
                share.share
                for at in rate_columns
                if at in cells
                for share in find_shares(cells[at].span.text)
            ]
            name = row.cells[0].span.text
            yield Track(name, amounts[0].won, shares[0] if len(shares) == 1 else None, row.span)
        return
    yield from _in_matrix(rows)


def _in_matrix(rows: list[Segment]) -> Iterator[Track]:
    """Yield the tracks that stand in columns, what they get in rows ("최대 지원금 | 2억 | 3억")."""
    paid = [
        row
        for row in rows[1:]
        if row.cells
        and _MONEY_HEADER.search(row.cells[0].span.text.replace(" ", ""))
        and not _NOT_ROW.search(row.cells[0].span.text.replace(" ", ""))
    ]
    sums: dict[str, tuple[int, Span]] = {}
    for row in paid:
        for cell in row.cells[1:]:
            amounts = find_won(cell.span.text)
            if amounts and cell.header:
                # 정부지원 and 삼성지원 are paid together; a ceiling stands alone.
                before = sums.get(cell.header, (0, row.span))[0]
                sums[cell.header] = (before + amounts[0].won, row.span)
    names = {cell.header: cell for cell in rows[0].cells}
    for header, (won, span) in sums.items():
        shown = names[header].span.text if header in names else header
        yield Track(shown, won, None, span)


def _in_list(notice: Notice) -> Iterator[Track]:
    for one in notice.about(Topic.MONEY):
        if one.cells or not one.label or one.is_own or len(one.label) > 16:
            continue
        amounts = [won for won in find_won(one.body.text) if not _is_other(one.body.text, won)]
        if amounts:
            name = one.span.text.split(":")[0].split("：")[0]
            yield Track(_bare(name), amounts[0].won, None, one.span)


def _bare(name: str) -> str:
    return re.sub(r"^(?:[가-하]\s?[.)]\s+|[^가-힣A-Za-z]+)", "", name).strip()


def _ceilings(notice: Notice) -> Iterator[Value]:
    """Yield amounts that may be the ceiling, surest where the words say so."""
    for one in notice.about(Topic.MONEY, Topic.BUDGET, Topic.TARGET, Topic.LOAN_TERM):
        if one.cells and not one.is_own:
            yield from _ceilings_in_row(one)
            continue
        if Topic.TARGET in one.topics and Topic.MONEY not in one.topics:
            continue
        is_budget = Topic.BUDGET in one.topics and Topic.MONEY not in one.topics
        yield from _ceilings_in(one.body, is_budget=is_budget, label=one.label)
    for one in notice.segments:
        if not one.topics and not one.cells:
            yield from _ceilings_in(one.span, is_budget=True, label="")


def _ceilings_in_row(one: Segment) -> Iterator[Value]:
    for cell in one.cells[1:]:
        label = one.cells[0].span.text.replace(" ", "")
        if _MONEY_HEADER.search(cell.header) or _MONEY_HEADER.search(label):
            if _NOT_ROW.search(label) or re.search("전$", cell.header):
                continue
            for won in find_won(cell.span.text)[:1]:
                yield Value("support.max_amount_krw", won.won, cell.span, LIKELY)


def _ceilings_in(body: Span, *, is_budget: bool, label: str) -> Iterator[Value]:
    taken = False
    paid = [won for won in find_won(body.text) if _is_paid(body.text, won)]
    for won in paid or find_won(body.text):
        if _is_other(body.text, won):
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


def _is_paid(text: str, won: Won) -> bool:
    """Tell "(보조금 최대 6,000만원)" beside the cost that it is a part of."""
    return bool(re.search(r"(?:보조금|지원금)\s?(?:최대|한도)\s?$", text[: won.start]))


def _clause(body: Span, won: Won) -> Span:
    """Return the words from the start of the statement to the end of the amount's clause."""
    stop = re.search(r"[,(;]|$", body.text[won.end :])
    return part(body, 0, won.end + (stop.start() if stop else 0))


def _is_other(text: str, won: Won) -> bool:
    before = text[max(0, won.start - 14) : won.start]
    after = text[won.end : won.end + 14]
    if re.match(r"\s?(?:이상|초과|미만)|\s?\d*개사|\s?(?:가운데|중에서)|\s?소진", after):
        return True
    if re.search(
        r"(?:기업|업체|과제|개사|개소|사업장)\s?당\s?(?:국비|도비|시비|지방비)\s?$", before
    ):
        return False  # "도입기업당 국비 5천만원": the public part of one company's
    return bool(_NOT_SUPPORT.search(before))


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


def _shares(notice: Notice) -> Iterator[Value]:
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
    label = one.label
    for share in find_shares(text):
        before = text[max(0, share.start - 24) : share.start]
        after = text[share.end : share.end + 16]
        near = re.split(r"[,;·)]|\s/\s|\+", before)[-1]
        is_own = _OWN.search(near) and not re.search(r"부담금의\s?$", near)
        if _SOFT.search(near) and not is_own:
            continue
        says_own = _OWN.search(near) or re.match(
            r"\s?(?:이상)?(?:은|을|를)?\s?(?:도입|수요|참여|신청)?기업(?:이|에서)?\s?부담", after
        )
        if re.search(r"부담금의\s?$", near):
            says_own = None
        if says_own or ("부담" in label and "기업" in label):
            clause = _share_clause(one.body, share.start, share.end)
            yield Value("support.own_share", clause.text, clause, SURE)
        elif (
            _PUBLIC.search(near)
            or _PUBLIC.search(label)
            or re.match(r"\)?\s?[을를]?\s?지원", after)
        ):
            if share.share >= 0.1:
                yield Value("support.subsidy_rate", share.share, one.span, SURE)
        elif "한도" in label or "금액" in label:
            yield Value("support.subsidy_rate", share.share, one.span, LIKELY)


def _share_clause(body: Span, start: int, end: int) -> Span:
    begin = max(body.text.rfind(mark, 0, start) for mark in (",", "(", "·", "·", "+", ";")) + 1
    stop = re.search(r"[,)(;]|$", body.text[end:])
    return part(body, begin, end + (stop.start() if stop else 0))


def _shares_in_row(one: Segment) -> Iterator[Value]:
    label = one.cells[0].span.text.replace(" ", "")
    for cell in one.cells[1:]:
        for share in find_shares(cell.span.text):
            if "부담" in label or "부담" in cell.header:
                yield Value("support.own_share", cell.span.text, cell.span, LIKELY)
            elif _RATE_HEADER.search(cell.header) or _RATE_HEADER.search(label):
                yield Value("support.subsidy_rate", share.share, one.span, LIKELY)
            elif re.search(r"기업$", cell.header):
                yield Value("support.subsidy_rate", share.share, one.span, WEAK)


def _loan(notice: Notice) -> Iterator[Value]:
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
    for group in (rates, terms):
        if group:
            yield _first_or_all(notice, group)


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


def _around(notice: Notice, tracks: list[Track]) -> Span:
    first, last = tracks[0].span, tracks[-1].span
    if first.page != last.page or last.end < first.start:
        return first
    text = notice.document.pages[first.page].text
    return Span(first.page, first.start, last.end, text[first.start : last.end])
