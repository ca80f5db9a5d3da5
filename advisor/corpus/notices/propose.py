"""A document to the draft that staff review: rules first, a model where one is configured."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from advisor.corpus.notices.find import find_fields
from advisor.corpus.notices.reading import read_notice
from advisor.corpus.notices.window import notice_day
from advisor.domain.drafts import Draft, DraftField, DraftSource
from advisor.domain.passages import Document, Kind
from advisor.domain.records import Corpus, SupportProgram

# What staff want to know first when it is not there.
_WANTED: Mapping[str, str] = {
    "name": "사업 이름",
    "agency": "소관 기관",
    "window.opens_on": "접수 시작일",
    "window.closes_on": "접수 마감일",
    "support.max_amount_krw": "지원 한도",
    "support.subsidy_rate": "지원 비율",
    "eligibility.company_size": "기업 규모",
    "documents": "제출 서류",
    "how_to_apply": "신청 방법",
    "contact.phone": "문의 전화",
}
_NOTICE = re.compile(r"공고|모집|공모|지원사업|지원계획|융자|보증|(?:접수|신청)기간")
_LEAST_TOPICS = 4
_NOT_SURE = 0.6


def draft_of(
    document: Document,
    corpus: Corpus,
    *,
    today: date,
    fetched_at: datetime,
    source: DraftSource | None = None,
    more: Sequence[DraftField] = (),
) -> Draft:
    """Return the draft of a notice.

    Args:
        document: With its tables.
        corpus: What answers now: tells whether the notice changes a record.
        today: Of several rounds the first that has not ended is taken.
        fetched_at: When the document was read.
        source: Where it comes from; None is the document itself.
        more: What a model found (`notices.model`); a rule goes before it where both are as sure.
    """
    fields = merged(find_fields(document, corpus.vocabulary, today=today), more)
    known = {one.name: one for one in fields}
    name = known.get("name")
    title = str(name.value) if name and name.value else document.title
    day = notice_day(read_notice(document))
    origin = source or DraftSource(
        key=document.id, fetched_at=fetched_at, document_id=document.id, title=document.title,
        publisher=_text(known.get("agency")), date=day[0].isoformat() if day else None,
        digest=document.digest,
    )  # fmt: skip
    changes = changed_record(fields, corpus)
    return Draft(
        kind=Kind.PROGRAM.value, title=title, fields=fields, source=origin, changes=changes,
        remarks=tuple(remarks_on(known, today)),
    )  # fmt: skip


def merged(rules: Sequence[DraftField], model: Sequence[DraftField]) -> tuple[DraftField, ...]:
    """Return the fields of both; of two with one name the surer, of equals the rule's."""
    found = {one.name: one for one in rules}
    for one in model:
        known = found.get(one.name)
        if known is None or one.confidence > known.confidence:
            found[one.name] = one
    return tuple(found.values())


def is_notice(document: Document) -> bool:
    """Tell whether a document reads like a notice of a program: by its title and its parts."""
    head = document.title + "\n" + document.pages[0].text[:400]
    if not _NOTICE.search(head):
        return False
    topics = {topic for one in read_notice(document).segments if one.is_own for topic in one.topics}
    return len(topics) >= _LEAST_TOPICS


def changed_record(fields: Sequence[DraftField], corpus: Corpus) -> str | None:
    """Return the id of the record that the fields are about; None where none surely is.

    The name has to be the same but for year and spelling, and the year too.
    """
    known = {one.name: one.value for one in fields}
    name, year = known.get("name"), known.get("year")
    if not isinstance(name, str):
        return None
    core = _core(name)
    found = [
        program.id
        for program in corpus.programs.values()
        if (year is None or program.year == year) and core in _names(program)
    ]
    return found[0] if len(found) == 1 else None


def remarks_on(fields: Mapping[str, DraftField], today: date) -> Iterator[str]:
    """Yield what staff should look at: what is missing, doubtful or over."""
    missing = [label for name, label in _WANTED.items() if not _has(fields.get(name))]
    if _has(fields.get("window.until_funds_run_out")):
        missing = [one for one in missing if one != "접수 마감일"]
    if missing:
        yield f"공고문에서 찾지 못한 것: {', '.join(missing)}."
    doubtful = [
        _WANTED[name]
        for name in _WANTED
        if (one := fields.get(name)) and one.value is not None and one.confidence < _NOT_SURE
    ]
    if doubtful:
        yield f"확신이 낮으니 꼭 확인할 것: {', '.join(doubtful)}."
    opens, closes = _text(fields.get("window.opens_on")), _text(fields.get("window.closes_on"))
    last = _text(fields.get("window.extended_to")) or closes
    if opens and last and last < opens:
        yield f"접수 마감({last})이 시작({opens})보다 앞섭니다."
    if last and last < today.isoformat():
        yield f"이미 지난 접수기간입니다({last}까지). 지난 공고가 아닌지 확인해 주세요."


def _has(field: DraftField | None) -> bool:
    return field is not None and field.value not in (None, "", [])


def _text(field: DraftField | None) -> str | None:
    return field.value if field is not None and isinstance(field.value, str) else None


def _core(name: str) -> str:
    plain = re.sub(r"20\d\d\s?년?도?|[^0-9A-Za-z가-힣]", "", name).lower()
    return re.sub(r"(?:지원)?사업$", "", plain)


def _names(program: SupportProgram) -> set[str]:
    return {_core(one) for one in (program.name, *program.aliases)}
