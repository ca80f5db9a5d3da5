"""What the program is called, of which year and kind, and whose it is (pure)."""

import re
from collections.abc import Iterator, Sequence

from advisor.corpus.notices.found import LIKELY, SURE, WEAK, Value
from advisor.corpus.notices.segments import Notice, Segment, Span, part
from advisor.corpus.notices.topics import Topic
from advisor.domain.records import ProgramKind
from advisor.domain.vocabulary import Vocabulary

_TITLE = re.compile(r"공고|모집|안내|공모|시행계획|지원사업|지원계획|융자지원|찾습니다|모십니다")
_NUMBERED = re.compile(
    r"^(?:\[[^\]]{2,8}\]|[^가-힣(\w])*\s*(?P<who>[(가-힣·.\w)\s]{2,40}?)\s?(?:/\s?(?P<also>[가-힣\s]{3,30}?)\s?)?공고\s?(?:제\s?)?\d{4}\s?[-–—―‐]"
)
_FRONT = re.compile(
    r"^\s*(?:(?:\[[^\]]{2,10}\]|<[^>]{2,10}>|【[^】]{2,10}】)\s*|"
    # A headline names who calls: "충남창조경제혁신센터, 제조 스타트업 …"
    r"[가-힣·\s]{2,20}(?:센터|파크|진흥원|공단|협회|재단|중앙회|회의소|은행|[가-힣][시도군구청부])\s?,\s+)"
)
# What a title says beside the name: for whom, that it is a notice, which time.
_BACK = re.compile(
    r"(?:\s*(?:\((?:제?\d차|정정|변경|연장|재공고|추가|수정)\)|신규\s?(?:지원\s?)?(?:대상\s?)?과제|"
    r"(?:참여|참가|수혜|수요|지원|희망|도입|중소|신청)?\s?(?:중소|입주)?(?:기업|업체|기관)(?=\s|을|를|$)|"
    r"교육생|훈련생|수강생|회원사|(?:참여|수혜)?\s?대상\s?기업|선정|통합(?=\s?(?:모집|공고|안내|시행))|"
    r"(?:을|를)\s(?:찾습니다|모집합니다|모십니다|공모합니다)[.!]?|(?:신청\s?)?접수(?=\s?조기)|조기\s?(?:마감|종료)|"
    r"20\d\d년\s?(?:제?\s?\d차)?(?=\s*(?:모집|공고|안내))|\d차(?=\s*(?:추가|모집))|"
    r"시행\s?계획|시행|추가|변경|정정|연장|재|"
    r"모집\s?기간|접수\s?(?:기간|마감)?|모집|공고|공모|안내|계획(?=\s*(?:공고|안내)$)))+\s*$"
)
_NO_TITLE = re.compile(
    r"(?:(?<!찾습)(?<!모집합)(?<!모십)니다|요|오니|과\s?같이\s?\S*)[.!]?$|관계부처|합동\s?공고$|^\(?20\d\d\s?[.년]\s?\d|[:：]"
)
# "…기술혁신개발사업 / 시행계획 공고": what a second line of a title says alone.
_TAIL = re.compile(
    r"(?:\S+\s)?(?:(?:신규|추가|시행|지원|대상|과제|계획|기업|참여|모집|선정|재)\S*\s?)*(?:공고|공모|모집|안내)\S*$"
)
_JOINED = re.compile(
    r"(?P<title>[^.!?:]{8,80}?(?:공고|공모|모집|안내)(?:\([가-힣]{2,4}\))?)\s+"
    r"(?:20\d\d\s?[.년]\s?\d.*|.{12,}(?:니다|다)[.!]?)$"
)
_LONGEST_TITLE = 90
_HEAD, _FAR = 10, 40
_PLAN = re.compile(r"(?<=지원)\s?계획$|\s계획$")
_QUOTED = re.compile(r"[「『](?P<name>[^」』]{6,60})[」』]")
_YEAR = re.compile(r"(20\d\d)\s?(?:년도?|\b(?!\s?\.\s?\d))")
_GOVERNMENT = re.compile(
    r"(?:[가-힣]+(?:부|처|청)|[가-힣]{2}특례시|[가-힣]{2,5}(?:특별자치도|특별자치시|특별시|광역시|도)|[가-힣]{2,4}[시군구])$"
)
_OFFICE = re.compile(
    r"(?:\(재\)|\(사\)|재단법인\s?)?\s?(?P<name>[가-힣A-Z](?:[가-힣A-Z]|·(?=[가-힣])){1,16}(?:테크노파크|진흥원|진흥공단|진흥센터|상공회의소|산업단지공단|"
    r"안전보건공단|인력공단|에너지공단|중소기업중앙회|중앙회|기술기획평가원|정보진흥원|(?<!선임)(?<!책임)(?<!수석)(?<!전임)(?<!참여)연구원|추진단|"
    r"보증기금|지원센터|혁신센터|개발원|협회|재단|(?<!거래)(?<!취급)(?<!시중)(?<!협약)(?<!해당)은행))|(?P<union>안전보건공단|중소기업중앙회|중소벤처기업진흥공단)"
)
_BODY = re.compile(
    r"(?P<name>[가-힣]{2,10}(?:부|처|청|시|도))(?=(?:가|와|과|이|은|는|의|·|에서는?)\s)|"
    r"(?<=\()(?P<first>[가-힣]{4,12}부)(?=·)"
)
_KINDS: tuple[tuple[ProgramKind, re.Pattern[str]], ...] = (
    ("guarantee", re.compile(r"보증(?!기금)(?:\s?지원|\s?안내)?|특례보증")),
    ("loan", re.compile(r"융자|정책자금|육성자금|이차보전|대출")),
    ("voucher", re.compile(r"바우처")),
    ("training", re.compile(r"교육|훈련|아카데미|양성|과정")),
    ("consulting", re.compile(r"컨설팅|진단\s?지원|기술지원|자문|멘토링")),
    ("certification", re.compile(r"인증\s?(?:지원|획득|취득)|수준\s?확인|평가\s?인증")),
    ("rnd", re.compile(r"R&D|연구개발|기술개발")),
)


def find_naming(notice: Notice, vocabulary: Vocabulary) -> Iterator[Value]:
    """Yield name, year, kind, agency, operator and purpose."""
    name = find_name(notice)
    if name is not None:
        yield name
        line = next((one.span for one in notice.segments if _holds(one.span, name.span)), name.span)
        year = _YEAR.search(str(name.value)) or _YEAR.search(line.text)
        if year:
            yield Value("year", int(year[1]), name.span, SURE)
    yield _kind(notice, name)
    yield from _offices(notice, vocabulary)
    for one in notice.about(Topic.PURPOSE):
        yield Value("purpose", one.body.text, one.body, SURE if one.is_own else LIKELY)
        return
    opening = next(
        (
            one
            for one in notice.segments[:10]
            if re.search(r"(?:위하여|위해|하고자)", one.span.text)
        ),
        None,
    )
    if opening is not None:
        yield Value("purpose", opening.span.text, opening.span, WEAK)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.page == inner.page and outer.start <= inner.start and inner.end <= outer.end


def find_name(notice: Notice) -> Value | None:
    """Return the program's name without what makes it a notice."""
    for one in notice.about(Topic.NAME):
        if one.is_own and len(one.body.text) >= 6:
            title = _title(notice)
            bare = re.sub(r"\s?\([^)]*\)$", "", one.body.text)
            # A bare name ("제조데이터 … 보급사업") takes the year of the title around it.
            if title is not None and str(title.value).endswith((one.body.text, bare)):
                return title
            return _without_notice(one.body) or Value("name", one.body.text, one.body, SURE)
    return _title(notice) or _heading(notice)


def _heading(notice: Notice) -> Value | None:
    """Return the first heading or short line where no line says that it is a notice's title."""
    for one in notice.segments[:3]:
        text = one.span.text
        is_office = _OFFICE.fullmatch(text) or re.search(r"(?:파크|공단|진흥원)$", text)
        if one.cells or is_office or _NUMBERED.match(text) or _NO_TITLE.search(text):
            continue
        if 6 <= len(text) <= _LONGEST_TITLE and re.search(r"[가-힣]{2}", text) and not one.topics:
            found = _without_notice(one.span)
            return Value("name", found.value, found.span, WEAK) if found else None
    return None


def _title(notice: Notice) -> Value | None:
    for line in _title_lines(notice):
        found = _without_notice(line)
        if found is not None:
            return found
    return None


def _without_notice(line: Span) -> Value | None:
    """Return what a title names, without what makes it a notice; None where nothing is left."""
    text = line.text
    front = _FRONT.match(text)
    begin = front.end() if front else 0
    begin += len(text[begin:]) - len(text[begin:].lstrip("# "))
    quoted = _QUOTED.search(text)
    if quoted and quoted.start() <= begin + 1:
        return _named(_no_plan(part(line, quoted.start("name"), quoted.end("name"))))
    back = _BACK.search(text, begin)
    end = back.start() if back and back.start() > begin + 4 else len(text)
    keep = "융자" in text or "안내(" in text
    # "공급기업·수요기업 모집"
    also = re.search(r"\s(?:공급|수요|참여|도입)(?:기업|기관)\s?(?:[·,]|및)\s?$", text[begin:end])
    end = begin + also.start() if also else end
    span = _no_plan(part(line, begin, end), keep=keep)
    is_bare = len(span.text) < 5 or re.fullmatch(r"\S+\s?공고", text.strip())
    return None if is_bare else _named(span)


def _named(span: Span) -> Value:
    return Value("name", " ".join(span.text.split()), span, SURE)


def _title_lines(notice: Notice) -> Iterator[Span]:
    """Yield lines that may be the title, one that is broken over two lines as one."""
    yield from _titles_among(notice, notice.segments[:_HEAD])
    # A notice that is prolonged stands below the words that prolong it.
    for at, one in enumerate(notice.segments[:_FAR]):
        if at >= _HEAD and _NUMBERED.match(one.span.text):
            yield from _titles_among(notice, notice.segments[at + 1 : at + 4])


def _titles_among(notice: Notice, head: Sequence[Segment]) -> Iterator[Span]:
    before: Span | None = None
    for one in head:
        joined = _JOINED.match(one.span.text)
        if joined and not one.mark:
            # Readers of PDF join a title with the sentence or the day below it.
            yield part(one.span, 0, joined.end("title"))
            return
        text = one.span.text.strip()
        if one.cells or one.is_own or _NUMBERED.match(text) or len(text) > _LONGEST_TITLE:
            before = None
            continue
        if one.mark and not one.mark.startswith(("styled", "number", "roman")):
            return
        if _NO_TITLE.search(text):
            before = None
            continue
        if not _TITLE.search(text):
            before = one.span if not one.mark else None
            continue
        if before is not None and _TAIL.match(text) and before.page == one.span.page:
            whole = notice.document.pages[before.page].text[before.start : one.span.end]
            yield Span(before.page, before.start, one.span.end, whole)
        yield one.span
        before = None


def _no_plan(span: Span, *, keep: bool = False) -> Span:
    match = None if keep else _PLAN.search(span.text)
    return part(span, 0, match.start()) if match else span


def _kind(notice: Notice, name: Value | None) -> Value:
    text = str(name.value) if name is not None else notice.document.title
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return Value("kind", kind, name.span if name else _first(notice), SURE)
    if re.search(r"정부지원연구개발비|연구개발계획서", notice.text):
        return Value("kind", "rnd", name.span if name else _first(notice), LIKELY)
    return Value("kind", "grant", name.span if name else _first(notice), WEAK)


def _first(notice: Notice) -> Span:
    return notice.segments[0].span if notice.segments else Span(0, 0, 0, "")


def _offices(notice: Notice, vocabulary: Vocabulary) -> Iterator[Value]:
    agency = _agency(notice, vocabulary)
    operator = _operator(notice)
    if agency is None and operator is not None and not _is_supported(notice):
        agency, operator = operator, None
    if agency is not None:
        yield Value("agency", agency.value, agency.span, agency.confidence)
    if operator is not None and (agency is None or operator.value != agency.value):
        yield Value("operator", operator.value, operator.span, operator.confidence)


def _is_supported(notice: Notice) -> bool:
    return bool(re.search(r"(?<!기업)부설", notice.text))


def _agency(notice: Notice, vocabulary: Vocabulary) -> Value | None:
    """Return the government body; where none is named, the office that announces."""
    head = [one for one in notice.segments if not one.topics][:14]
    return (
        _labelled_agency(notice)
        or _announcing(head, government=True)
        or _named_body(head)
        or _region_in_title(notice, vocabulary)
        or _announcing(head, government=False)
        or _fund(notice)
        or _signed(notice)
    )


def _labelled_agency(notice: Notice) -> Value | None:
    for one in notice.about(Topic.AGENCY):
        name = re.split(r"[·,/(]", one.body.text)[0].strip()
        if one.is_own and _GOVERNMENT.search(name):
            return Value("agency", name, part(one.body, 0, len(name)), SURE)
    return None


def _announcing(head: list[Segment], *, government: bool) -> Value | None:
    """Return who numbers the notice ("안산시 공고 제2026-…")."""
    for one in head:
        match = _NUMBERED.match(one.span.text)
        if match is None:
            continue
        name = _clean(match["who"])
        if government == bool(_GOVERNMENT.search(name)):
            span = part(one.span, match.start("who"), match.end("who"))
            return Value("agency", name, span, SURE if government else LIKELY)
    return None


def _named_body(head: list[Segment]) -> Value | None:
    for one in head:
        for match in _BODY.finditer(one.span.text):
            group = "name" if match["name"] else "first"
            name = match[group]
            if len(name) > 3 and _GOVERNMENT.search(name) and not re.search("(?:전|일)부$", name):
                span = part(one.span, match.start(group), match.end(group))
                return Value("agency", name, span, LIKELY)
    return None


def _region_in_title(notice: Notice, vocabulary: Vocabulary) -> Value | None:
    for one in notice.segments[:3]:
        region = next(iter(vocabulary.find_regions(one.span.text)), None)
        if region and re.search(r"특별시|광역시|특별자치[시도]|도$", region.words):
            span = part(one.span, region.start, region.start + len(region.words))
            return Value("agency", region.words, span, LIKELY)
    return None


def _fund(notice: Notice) -> Value | None:
    """Return a guarantee fund that announces in its own name."""
    for one in notice.segments[:4]:
        match = _OFFICE.search(one.span.text)
        if match and match[0].endswith("보증기금"):
            span = part(one.span, match.start("name"), match.end("name"))
            return Value("agency", span.text, span, LIKELY)
    return None


def _signed(notice: Notice) -> Value | None:
    """Return the office that stands alone on a line of the head, or is what the notice is of."""
    for one in notice.segments[:4]:
        office = _OFFICE.match(one.span.text)
        alone = office and re.fullmatch(
            r"(?:\s?[가-힣]{2,8}(?:본부|지부|지사|센터))?", one.span.text[office.end() :]
        )
        if office and alone:
            span = part(one.span, office.start("name"), len(one.span.text))
            return Value("agency", span.text, span, LIKELY)
    for one in notice.segments[:6]:
        bank = re.match(r"(?P<name>[가-힣]{2,10}은행)(?:은|이|에서는?)\s", one.span.text)
        if bank:
            span = part(one.span, 0, bank.end("name"))
            return Value("agency", span.text, span, LIKELY)
    return None


def _operator(notice: Notice) -> Value | None:
    for one in notice.segments:
        for found in re.finditer(
            r"(?:전담기관|수행기관|운영기관|전문기관|수행)\s*[:：]\s*(?P<who>[^/,\n]{3,30})",
            one.span.text,
        ):
            office = _OFFICE.search(found["who"])
            if office:
                return _office(one, found.start("who"), office)
    for one in notice.about(Topic.OPERATOR):
        office = _OFFICE.search(one.body.text) if one.is_own else None
        if office:
            return _office(one, one.body.start - one.span.start, office)
    for topics in (None, (Topic.CONTACT,), (Topic.APPLY,)):
        group = notice.segments[:8] if topics is None else notice.about(*topics)
        for one in group:
            office = _OFFICE.search(one.span.text)
            if office and not re.search(r"고객|콜센터", office[0]):
                return _office(one, 0, office)
    return None


def _office(one: Segment, offset: int, match: re.Match[str]) -> Value:
    group = "name" if match["name"] else "union"
    span = part(one.span, offset + match.start(group), offset + match.end(group))
    return Value("operator", span.text, span, LIKELY)


def _clean(name: str) -> str:
    plain = re.sub(r"\((?:재|사)\)|재단법인", "", name)
    return " ".join(plain.split())
