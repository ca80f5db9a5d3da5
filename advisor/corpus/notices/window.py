"""When applications are taken: days, hour, rounds, extension, early end (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from advisor.corpus.notices.dates import (
    TIME,
    Range,
    clock_of,
    find_dates,
    find_ranges,
    year_by_weekday,
)
from advisor.corpus.notices.found import LIKELY, SURE, WEAK, Value
from advisor.corpus.notices.segments import Notice, Segment, Span, part
from advisor.corpus.notices.topics import Topic

# Of another year, or over already: no window of this notice.
_PAST = re.compile(r"작년|전년도?|지난\s?해|전회|마감되었|접수하였|였습니다")
_RUNS_OUT = re.compile(
    r"(?:예산|자금|재원|한도|사업비|물량)[^.\n]{0,14}?(?:소진|범위\s?내\s?(?:에서\s?)?선착순)|"
    r"선착순(?!\s?(?:이?\s?아님|아니))|조기\s?(?:마감|종료)(?:될|\s?가능|\))"
)
# The money is gone already: that is an end, no rule for one.
_RAN_OUT = re.compile(r"소진(?:되어|되었|됨|으로)")
_BEFORE = re.compile(r"당초|(?:변경|정정|연장)\s?전|기존")
_AFTER = re.compile(r"(?:변경|정정|연장)\s?후|^변경$|^연장|변경접수|변경된|연장접수")
_ARROW = re.compile(r"→|⇒|➡|=>")
_EXTENDS = re.compile(r"연장")
_EARLY = re.compile(
    r"(?<!소진 시 )(?<!소진시 )(?<!소진 시에 )(?<!소진시에 )조기\s?(?:마감|종료)(?!\s?(?:될|가능|할\s?수|\)))|자\s?로\s?접수를?\s?(?:마감|종료)"
)
_ENDED_ON = re.compile(r"^(?:접수)?마감(?:일시|일자|일)$|^종료일")
_WORDS = re.compile(
    r"연중\s?(?:상시|수시)|(?<![가-힣])(?:상시|수시)(?:\s?(?:접수|모집)|(?![가-힣]))|추후\s?(?:공지|공고|안내)|"
    r"매월\s?[^,.()]{0,8}|[상하]반기\s?(?:모집|접수|신청)[은는]"
)
_ROUND = re.compile(r"제?\s?(\d)\s?차(?:수)?|[상하]반기|[1-4]\s?분기")
# What stands right before a range tells what it is of; a whole sheet may stand in one cell.
_NAMED = re.compile(r"(?P<label>[가-힣][가-힣 ]{1,14}?)\s*(?:\)|[:：])?\s*$")
_OF_OTHERS = re.compile(r"(?<!재)공고(?!일)|평가|협약|발표|설명회|사업|교육|선정|개발|지급|제외")
_OF_APPLYING = re.compile(r"신청|접수|모집|제출|공모|응모")
_OF_WINDOW = re.compile(r"^(?:신청|접수|모집)(?!.*(?:과제|선정))")
_NOTICE_DAY = re.compile(r"공고\s?일")
_SAYS_YEAR = re.compile(r"20\d\d|['’‘`´]\s?\d\d")
_LEAD = re.compile(r"^[-·ㆍ○◦ㅇ]\s*")
_LATEST_HEAD = 14


@dataclass(frozen=True, slots=True)
class _Said:
    """A range of the notice and how it was said."""

    range: Range
    segment: Segment
    span: Span
    is_own: bool
    is_before: bool = False
    is_after: bool = False


def notice_day(notice: Notice) -> tuple[date, Span] | None:
    """Return the day of the notice: one alone on its line, near the top or at the end."""
    segments = notice.segments
    for one in [*segments[:_LATEST_HEAD], *segments[-4:]]:
        days = find_dates(one.span.text)
        if len(days) == 1 and days[0].is_whole and not one.topics - {Topic.CONTACT}:
            rest = one.span.text[: days[0].start] + one.span.text[days[0].end :]
            if len(re.sub(r"[\s.\[\]]|공고일자?", "", rest)) <= 1:
                return days[0].day, one.span
    return None


def find_window(notice: Notice, *, today: date) -> Iterator[Value]:
    """Yield the fields of `window` that the notice states."""
    published = notice_day(notice)
    said = list(_said(notice, published[0] if published else None, today))
    yield from _days(said, notice, published, today)
    yield from _hour(said, notice)
    for one in notice.segments:
        match = _RUNS_OUT.search(one.span.text)
        is_over = (
            "사유" in one.label or _PAST.search(one.span.text) or _RAN_OUT.search(one.span.text)
        )
        if match and not is_over and Topic.EXCLUDED not in one.topics:
            yield Value("window.until_funds_run_out", True, one.span, SURE)
            break
    yield from _schedule(said, notice)


def _said(notice: Notice, published: date | None, today: date) -> Iterator[_Said]:
    known = published.year if published else _year_told(notice)
    for one in notice.segments:
        if Topic.WINDOW not in one.topics and not _tells_when(one):
            continue
        if _PAST.search(one.span.text) and not _EARLY.search(one.span.text):
            continue
        year = known or year_by_weekday(one.span.text, today.year)
        if one.cells and not (one.is_own and len(one.cells) <= 2):
            yield from _said_in_row(one, notice, year)
            continue
        is_before = bool(_BEFORE.search(one.label))
        is_after = bool(_AFTER.search(one.label))
        # "당초 1. 4.~1. 22. → 재공고 1. 27.~2. 10."
        arrow = _ARROW.search(one.body.text)
        for found in find_ranges(one.body.text, year):
            if not _is_of_applying(one.body.text, found.start):
                continue
            span = part(one.body, found.start, found.end)
            is_old = arrow is not None and found.start < arrow.start()
            is_new = arrow is not None and not is_old
            yield _Said(
                found, one, one.span if one.is_own and arrow is None else span, one.is_own,
                is_before or is_old, is_after or is_new,
            )  # fmt: skip


def _year_told(notice: Notice) -> int | None:
    """Return the year of the only whole days that the notice names; None for several years."""
    years = {
        day.day.year
        for one in notice.segments
        if not one.cells and Topic.DATES not in one.topics
        for day in find_dates(one.span.text)
        if day.is_whole
    }
    return years.pop() if len(years) == 1 else None


def _is_of_applying(text: str, at: int) -> bool:
    """Tell whether the words before a range leave it to be of the window."""
    named = _NAMED.search(text, max(0, at - 24), at)
    label = named["label"] if named else ""
    return not _OF_OTHERS.search(label) or bool(_OF_APPLYING.search(label))


def _tells_when(one: Segment) -> bool:
    """Tell whether a statement on other things names the window in passing."""
    if one.cells:
        return any(_OF_WINDOW.search(cell.header) for cell in one.cells)
    is_way = Topic.APPLY in one.topics and Topic.DATES not in one.topics
    return is_way and bool(re.search(r"(?:부터|까지)[^.]{0,30}(?:접수|신청)", one.body.text))


def _said_in_row(one: Segment, notice: Notice, year: int | None) -> Iterator[_Said]:
    for cell in one.cells:
        header = cell.header
        if _OF_OTHERS.search(header) and not _OF_APPLYING.search(header):
            continue
        if Topic.WINDOW not in one.topics and not _OF_WINDOW.search(header):
            continue
        # A table of changes has rows for money too.
        if re.search(r"한도|금액|매출", one.cells[0].span.text) and cell is not one.cells[0]:
            continue
        for found in find_ranges(cell.span.text, year):
            if not _is_of_applying(cell.span.text, found.start):
                continue
            yield _Said(
                found, one, part(cell.span, found.start, found.end),
                one.is_own or bool(re.search("신청|접수|모집|기간", header)),
                bool(_BEFORE.search(header)), bool(_AFTER.search(header)),
            )  # fmt: skip


def _days(
    said: list[_Said], notice: Notice, published: tuple[date, Span] | None, today: date
) -> Iterator[Value]:
    is_closing = any(_EARLY.search(one.span.text) for one in notice.segments[:_LATEST_HEAD])
    ended = [one for one in said if _is_early(one, is_closing=is_closing)]
    early = ended[0] if ended else _early_elsewhere(notice)
    rest = [one for one in said if one not in ended]
    if early is not None and early.range.closes is not None:
        # "20일 자로 마감" leaves open whether the 20th still counted: safer for a company is no.
        yield Value("window.closed_early_on", early.range.closes.isoformat(), early.span, LIKELY)
    before = next((one for one in rest if one.is_before and one.range.closes), None)
    after = next((one for one in rest if one.is_after and one.range.closes), None)
    if before is None and after is not None and after.range.opens is None:
        before = _first_whole(rest, after)
    if before is None or after is None:
        main = _main(rest, today)
    elif _EXTENDS.search(notice.text):
        main = before
        assert after.range.closes is not None
        yield Value("window.extended_to", after.range.closes.isoformat(), after.span, SURE)
        if before.range.opens is None and after.range.opens is not None:
            opens = after.range.opens.isoformat()
            yield Value("window.opens_on", opens, after.span, LIKELY)
    else:
        # A correction may name the new end alone; the beginning stands with the window itself.
        ends = after.range.closes
        main = after
        if after.range.opens is None:
            whole = [one for one in rest if one.range.opens and one.range.closes == ends]
            main = whole[0] if whole else after
    if main is not None:
        yield from _ends(main, published)


def _first_whole(said: list[_Said], after: _Said) -> _Said | None:
    """Return the window that an end alone ("연장 공고기간: ~ 9. 24.") prolongs."""
    ends = after.range.closes
    return next(
        (
            one
            for one in said
            if one.range.opens and one.range.closes and ends and one.range.closes < ends
        ),
        None,
    )


def _ends(main: _Said, published: tuple[date, Span] | None) -> Iterator[Value]:
    said_year = _SAYS_YEAR.search(main.segment.span.text)
    confidence = SURE if main.is_own and said_year else LIKELY
    if main.range.is_odd:
        confidence = WEAK  # day and weekday disagree: one of them is a slip
    if main.range.opens is not None:
        yield Value("window.opens_on", main.range.opens.isoformat(), main.span, confidence)
    elif published is not None and _NOTICE_DAY.search(main.segment.span.text):
        yield Value("window.opens_on", published[0].isoformat(), published[1], LIKELY)
    if main.range.closes is not None:
        yield Value("window.closes_on", main.range.closes.isoformat(), main.span, confidence)


def _main(said: list[_Said], today: date) -> _Said | None:
    """Return the range to show: the first that has not ended, with both ends before others."""
    usable = [one for one in said if one.range.opens or one.range.closes]
    whole = [one for one in usable if one.range.opens and one.range.closes]
    for group in (
        [one for one in whole if one.is_own], whole,
        [one for one in usable if one.range.opens], usable,
    ):  # fmt: skip
        if group:
            ahead = [one for one in group if not one.range.closes or one.range.closes >= today]
            return (ahead or group)[0]
    return None


def _is_early(one: _Said, *, is_closing: bool) -> bool:
    if is_closing and _ENDED_ON.search(one.segment.label):
        return True
    return bool(_EARLY.search(one.segment.label) or _EARLY.search(one.segment.body.text[:40]))


def _early_elsewhere(notice: Notice) -> _Said | None:
    for one in notice.segments:
        match = _EARLY.search(one.span.text)
        days = find_dates(one.span.text) if match else []
        if match and days:
            near = min(days, key=lambda day: abs(day.end - match.start()))
            if abs(near.end - match.start()) > 24:
                continue
            found = Range(None, near.day, None, near.start, near.end)
            return _Said(found, one, part(one.span, near.start, match.end()), False)
    return None


def _hour(said: list[_Said], notice: Notice) -> Iterator[Value]:
    for one in sorted(said, key=lambda one: (not one.is_after, not one.is_own)):
        if one.range.closes_at and one.range.closes:
            yield Value("window.closes_at", one.range.closes_at, one.span, SURE)
            return
    for segment in notice.about(Topic.WINDOW, Topic.APPLY):
        text = segment.body.text
        for match in TIME.finditer(text):
            around = text[max(0, match.start() - 8) : match.end() + 6]
            at = clock_of(match)
            if at and re.search(r"까지|마감|이전|근무시간", around):
                yield Value("window.closes_at", at, segment.span, LIKELY)
                return


def _schedule(said: list[_Said], notice: Notice) -> Iterator[Value]:
    """Yield the schedule in words where days alone do not tell it: rounds, all year, later."""
    rounds = [one for one in said if _ROUND.search(one.segment.span.text) and one.range.closes]
    # Lines say the rounds in words; a table of all steps is for want of them.
    lines = [one for one in rounds if not one.segment.cells]
    rounds = lines if len(lines) > 1 else rounds
    if len(rounds) > 1 and not any(one.is_before or one.is_after for one in rounds):
        parts = dict.fromkeys(
            _LEAD.sub("", " ".join(one.segment.span.text.split())) for one in rounds
        )
        whole = replace(rounds[0].segment.span)
        last = rounds[-1].segment.span
        if last.page == whole.page:
            text = notice.document.pages[whole.page].text
            whole = Span(whole.page, whole.start, last.end, text[whole.start : last.end])
        yield Value("window.typical_schedule", "; ".join(parts), whole, SURE)
        return
    for one in notice.segments:
        is_window = Topic.WINDOW in one.topics or Topic.APPLY in one.topics
        later = re.search(r"다음\s?회차", one.span.text)
        if later:
            yield Value("window.typical_schedule", one.span.text, one.span, LIKELY)
            return
        match = _WORDS.search(one.body.text)
        says_when = re.search(r"신청|접수|모집|일정", one.span.text)
        if match and (is_window or says_when) and Topic.EXCLUDED not in one.topics:
            words = _sentence(one, match.start(), match.end())
            yield Value("window.typical_schedule", words.text, words, LIKELY if is_window else WEAK)
            return


def _sentence(one: Segment, start: int, end: int) -> Span:
    """Return the sentence around a place of the body."""
    text = one.body.text
    begin = max(text.rfind("다. ", 0, start) + 3, 0) if "다. " in text[:start] else 0
    stop = text.find("다.", end)
    return part(one.body, begin, stop + 2 if stop >= 0 else len(text))
