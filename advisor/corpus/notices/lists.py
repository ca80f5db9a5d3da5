"""What notices list: who is left out, which papers, how and where to apply (pure)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from advisor.corpus.notices.found import LIKELY, SURE, WEAK, Value
from advisor.corpus.notices.segments import Notice, Segment, Span, part
from advisor.corpus.notices.sentences import is_prose, left_out_of, papers_of, says_left_out
from advisor.corpus.notices.topics import Topic, topics_of

_LEAD = re.compile(
    r"(?:[가-하]\.\s+|\(?\d{1,2}[.)]\s+|[①-⑳㉠-㉻]\s*|[-·ㆍ▪○◦]\s*|붙임\s?\d*\s+|[\[(<](?:붙임|서식|별지|양식)\s?\d*[\])>]\s*)+"
)
_COPIES = re.compile(r"\s*(?:각\s?)?\d{1,2}\s?부(?:\s?이상)?\s*\.?\s*$|\s*\(?소정\s?양식\)?$")
_ELSEWHERE = re.compile(
    r"세부\s?사항은|^(?:\[?붙임\]?|공고문|별첨|첨부|아래)\S{0,6}\s?(?:참조|참고|확인)|참조$|참고$"
)
_COLUMN = re.compile(r"서류|제출물|구비")
_LONG = 14
_ROUNDS = re.compile(r"[①-⑳㉠-㉻]")
# "가. 신청서 나. 계획서" and "1) 신청서 2) 계획서" in one line.
_STEPS = tuple(
    re.compile(rf"(?:(?<=^)|(?<=\s))(?:{marks})\s+") for marks in (r"[가-하]\.", r"\d{1,2}[.)]")
)
# "공통(신청서, 등록증)": a group and what is in it.
_GROUP = re.compile(r"(?P<name>[^(,]{2,14})\((?P<inside>[^()]+,[^()]+)\)$")
_PAPER = re.compile(r"(?:서|증|표|부|본|장|명부|확인|계획|자료|도면|양식|원)$")
_URL = re.compile(
    r"(?:https?://)?(?<![@\w.])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:go\.kr|or\.kr|re\.kr|co\.kr|ac\.kr|kr|com|net|org)"
    r"(?:/[\w./?=&%#-]*)?",
    re.IGNORECASE,
)
_WAYS = re.compile(
    r"온라인|방문|우편|이메일|전자우편|e-?mail|구글폼|전산|팩스|접수|신청|제출", re.IGNORECASE
)


def find_exclusions(notice: Notice) -> Iterator[Value]:
    """Yield the list of who or what is left out, in the notice's words."""
    items: list[Span] = []
    for one in notice.about(Topic.EXCLUDED):
        is_note = one.mark == "dot" and one.span.text.startswith(("※", "*"))
        if (is_note and not one.label.startswith("참여")) or _names_columns(one):
            continue
        items += [
            piece
            for piece in _items(one)
            if len(piece.text) > (1 if one.is_own else 3) and not _ELSEWHERE.search(piece.text)
        ]
    yield from _as_list(notice, "eligibility.exclusions", items)


def _names_columns(one: Segment) -> bool:
    in_grid = len(one.cells) > 1 and not one.is_own
    return in_grid and any(c.header == c.span.text.replace(" ", "") for c in one.cells)


def find_papers(notice: Notice) -> Iterator[Value]:
    """Yield the list of papers to hand in."""
    items: list[Span] = []
    for one in notice.about(Topic.PAPERS):
        if one.mark == "cell" and _COLUMN.fullmatch(one.body.text):
            continue
        if one.span.text.startswith(("※", "*")):
            continue
        pieces = _paper_cell(one) if one.cells and not one.is_own else _items(one)
        for piece in [inner for outer in pieces for inner in _grouped(outer)]:
            plain = _copies_off(piece)
            if plain.text and not _ELSEWHERE.search(plain.text) and not _is_header(plain, one):
                items.append(plain)
    yield from _as_list(notice, "documents", items)


def find_applying(notice: Notice) -> Iterator[Value]:
    """Yield how to apply."""
    ways = [
        one
        for one in notice.about(Topic.APPLY)
        if _WAYS.search(one.body.text) or _URL.search(one.body.text)
    ]
    own = [one for one in ways if one.is_own and Topic.WINDOW not in one.topics]
    for group, sure in ((own, SURE), (ways, LIKELY)):
        said = [one for one in group if _URL.search(one.body.text) or _says_way(one)]
        if said:
            parts = list(dict.fromkeys(one.body.text for one in said[:2]))
            spans = [one.body for one in said[:2]]
            yield Value("how_to_apply", ". ".join(parts), _whole(notice, spans), sure)
            return
    for one in notice.segments:
        if not one.topics and re.search(r"신청하|제출하", one.span.text) and _says_way(one):
            yield Value("how_to_apply", one.span.text, one.span, WEAK)
            return


def find_web(notice: Notice) -> Iterator[Value]:
    """Yield the address where one applies, without that of a mailbox."""
    for topics in ((Topic.APPLY,), (Topic.WINDOW,), (Topic.CONTACT,)):
        for one in notice.about(*topics):
            match = _URL.search(one.body.text)
            if match:
                address = re.sub(r"^https?://", "", match[0]).split("/")[0].rstrip(".")
                at = match[0].lower().index(address.lower())
                span = part(one.body, match.start() + at, match.start() + at + len(address))
                yield Value(
                    "contact.web", address, span, SURE if topics[0] is Topic.APPLY else LIKELY
                )
                return


def split_list(body: Span) -> list[Span]:
    """Split "가, 나, 다" at its commas, not at those in brackets or numbers."""
    found, depth, begin = [], 0, 0
    for at, char in enumerate(body.text):
        depth += (char in "([{「") - (char in ")]}」")
        after = body.text[at + 1 : at + 2]
        is_slash = char == "/" and bool(_PAPER.search(body.text[begin:at].rstrip()))
        if (char in ",;" or is_slash) and depth <= 0 and not after.isdigit():
            found.append(part(body, begin, at))
            begin = at + 1
    found.append(part(body, begin, len(body.text)))
    return [one for one in found if one.text]


def _items(one: Segment) -> list[Span]:
    """Return the items of a statement: of a list in one line, or the item that it is."""
    if one.cells and not one.is_own:
        return [_unmarked(one.cells[-1].span)]
    body = one.body
    if one.mark == "sentence":
        return papers_of(body) if Topic.PAPERS in one.topics else left_out_of(body)
    for steps in (_ROUNDS, *_STEPS):
        cuts = [found.start() for found in steps.finditer(body.text)]
        if len(cuts) > 1 and cuts[0] == 0:
            return [_unmarked(part(body, a, b)) for a, b in pairwise([*cuts, len(body.text)])]
    if Topic.PAPERS in one.topics and is_prose(body.text):
        return papers_of(body)
    if not one.is_own and says_left_out(body.text):
        return left_out_of(body)
    if one.is_own:
        pieces = split_list(body)
    else:
        pieces = [body] if Topic.PAPERS not in one.topics else split_list(body)
    return [_unmarked(piece) for piece in pieces]


def _grouped(piece: Span) -> list[Span]:
    """Return what stands in "공통(신청서, 등록증)"; of a paper with a remark the piece itself."""
    found = _GROUP.fullmatch(piece.text)
    if found is None or _PAPER.search(found["name"].strip()):
        return [piece]
    return split_list(part(piece, found.start("inside"), found.end("inside")))


def _paper_cell(one: Segment) -> list[Span]:
    for cell in one.cells:
        if _COLUMN.search(cell.header):
            return [_unmarked(cell.span)]
    if len(one.cells) == 1:
        return [_unmarked(one.cells[0].span)]
    words = [cell.span for cell in one.cells if not cell.span.text.strip(".").isdigit()]
    return [_unmarked(words[0])] if words else []


def _is_header(piece: Span, one: Segment) -> bool:
    return bool(one.cells) and any(
        cell.header == piece.text.replace(" ", "") and _COLUMN.search(cell.header)
        for cell in one.cells
    )


def _copies_off(piece: Span) -> Span:
    match = _COPIES.search(piece.text)
    return part(piece, 0, match.start()) if match else piece


def _unmarked(span: Span) -> Span:
    match = _LEAD.match(span.text)
    return part(span, match.end(), len(span.text)) if match else span


def _as_list(notice: Notice, name: str, items: list[Span]) -> Iterator[Value]:
    if items:
        words = list(dict.fromkeys(one.text for one in items))
        # A long list comes from several parts; which of them counts is for staff to say.
        sure = SURE if len(words) <= _LONG else WEAK
        yield Value(name, list(words), _whole(notice, items), sure)


def _whole(notice: Notice, spans: list[Span]) -> Span:
    """Return the words from the first to the last span on the first span's page."""
    page = spans[0].page
    same = [one for one in spans if one.page == page]
    start, end = min(one.start for one in same), max(one.end for one in same)
    text = notice.document.pages[page].text
    return Span(page, start, end, text[start:end])


def _says_way(one: Segment) -> bool:
    if topics_of(one.body.text) and not one.body.text.endswith("접수"):
        return bool(re.search(r"온라인|방문|우편|메일", one.body.text))
    return bool(re.search(r"온라인|방문|우편|메일|구글폼|전산|팩스|비대면|지점", one.body.text))
