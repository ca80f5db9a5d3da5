"""The types of support of a notice, each with its own ceiling (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.corpus.notices.amounts import find_won, shares_under
from advisor.corpus.notices.ceilings import MONEY_HEADER, NOT_ROW, is_other, won_of
from advisor.corpus.notices.segments import Notice, Segment, Span
from advisor.corpus.notices.topics import Topic, squeeze

_RATE_HEADER = re.compile(r"비율|보조율|지원율|부담률")
_NO_NAME = re.compile(r"\d\s?(?:년|개월|원|%)|^(?:합계|총계|소계|계|총\s?계)")
_CHANGE = re.compile(r"(?:변경|정정|연장)\s?[전후]|당초|^변경$")
_ELSEWHERE = {
    Topic.EXCLUDED, Topic.PAPERS, Topic.WINDOW, Topic.CONTACT, Topic.APPLY, Topic.DATES,
    Topic.PREFERRED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Track:
    """A type of support with its own ceiling."""

    name: str
    won: int
    share: float | None
    span: Span


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
    if len(found) < 2:
        headed = {track.name: track for track in _below_headings(notice)}
        found = headed if len(headed) > 1 else found
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
        if at and MONEY_HEADER.search(name) and not _RATE_HEADER.search(name)
    ]
    # Groups that are merged over several rows leave the name to the next column.
    seen = [cell.column for row in rows[1:] for cell in row.cells]
    at_name = next((at for at in sorted(set(seen)) if seen.count(at) * 4 > len(rows[1:]) * 3), 0)
    rate_columns = [at for at, name in header.items() if at and _RATE_HEADER.search(name)]
    if columns:
        for row in rows[1:]:
            if len(row.cells) < 2:
                continue
            cells = {cell.column: cell for cell in row.cells}
            cell = cells.get(columns[-1])
            amounts = won_of(cell) if cell else []
            if cell is None or not amounts or not row.cells:
                continue
            shares = [
                share.share
                for at in rate_columns
                if at in cells
                for share in shares_under(cells[at].span.text, header[at])
            ]
            named = cells.get(at_name) or row.cells[0]
            name = named.span.text
            if named is cell or _NO_NAME.search(name):
                continue
            yield Track(name, amounts[0].won, shares[0] if len(shares) == 1 else None, row.span)
        return
    yield from _in_matrix(rows)


def _in_matrix(rows: list[Segment]) -> Iterator[Track]:
    """Yield the tracks that stand in columns, what they get in rows ("최대 지원금 | 2억 | 3억")."""
    paid = [
        row
        for row in rows[1:]
        if row.cells
        and MONEY_HEADER.search(row.cells[0].span.text.replace(" ", ""))
        and not NOT_ROW.search(row.cells[0].span.text.replace(" ", ""))
    ]
    sums: dict[str, tuple[int, Span]] = {}
    for row in paid:
        for cell in row.cells[1:]:
            amounts = won_of(cell)
            if amounts and cell.header:
                # 정부지원 and 삼성지원 are paid together; a ceiling stands alone.
                before = sums.get(cell.header, (0, row.span))[0]
                sums[cell.header] = (before + amounts[0].won, row.span)
    names = {cell.header: cell for cell in rows[0].cells}
    for header, (won, span) in sums.items():
        shown = names[header].span.text if header in names else header
        yield Track(shown, won, None, span)


def _below_headings(notice: Notice) -> Iterator[Track]:
    """Yield the tracks that are headings of a part on support: "가. 기초형 / - 한도: 6천만원"."""
    parts = {
        one.label or squeeze(one.body.text)
        for one in notice.segments
        if one.is_own and Topic.MONEY in one.topics
    }
    for one in notice.segments:
        if one.cells or len(one.headings) < 2 or not re.search(r"한도|지원금액?$", one.label):
            continue
        amounts = [won for won in find_won(one.body.text) if not is_other(one.body.text, won)]
        if amounts and one.headings[-2] in parts and one.headings[-1] not in parts:
            heading = _heading_above(notice, one)
            name = _bare(heading.span.text) if heading else one.headings[-1]
            yield Track(name, amounts[0].won, None, one.span)


def _heading_above(notice: Notice, below: Segment) -> Segment | None:
    found = None
    for one in notice.segments:
        if one is below:
            return found
        if squeeze(one.body.text) == below.headings[-1] or one.label == below.headings[-1]:
            found = one
    return None


def _in_list(notice: Notice) -> Iterator[Track]:
    for one in notice.about(Topic.MONEY):
        if one.cells or not one.label or one.is_own or len(one.label) > 16:
            continue
        amounts = [won for won in find_won(one.body.text) if not is_other(one.body.text, won)]
        if amounts:
            name = one.span.text.split(":")[0].split("：")[0]
            yield Track(_bare(name), amounts[0].won, None, one.span)


def _bare(name: str) -> str:
    return re.sub(r"^(?:[가-하]\s?[.)]\s+|[^가-힣A-Za-z]+)", "", name).strip()
