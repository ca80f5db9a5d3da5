"""Official wording to paste: what a source says, whose it is, as of when, where to read it (pure)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from advisor.answering.relevance import Relevance, terms
from advisor.answering.statements import Statement
from advisor.domain.passages import Kind
from advisor.domain.records import AnyRecord
from advisor.domain.source import Source
from advisor.text import squeeze

_MARK = re.compile(r"\s?\[\d{1,2}\]")
_MARKDOWN = re.compile(r"\*\*|__|(?<=\n)#{1,4} |^#{1,4} |(?<=\n)> ?|^> ?|\\(?=[`*_\[\]<>#|])")
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
# Words of an address that says where in a document to look.
_WORDS = 400
MOST_LINES = 4
CONFIRM = "정확한 조건과 일정은 신청 전에 공고 원문과 담당 기관에서 다시 확인해 주시기 바랍니다."


@dataclass(frozen=True, slots=True)
class Place:
    """A source as one may cite it; `page` counts from 1, `link` opens our copy of a document."""

    title: str
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    page: int | None = None
    section: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What a record or document says; `place` is the number of its source, from 0.

    `is_exact` tells whether the words stand there letter by letter: only then they are quoted.
    """

    text: str
    label: str = ""
    place: int | None = None
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Wording:
    """What one record or document says, ready to paste.

    Attributes:
        plain: The wording as a polite Korean text.
        with_sources: The same with its sources below.
        checked_on: Day on which staff looked at the record last; None for a document.
    """

    record_id: str
    kind: str
    title: str
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    plain: str
    with_sources: str
    label: str = ""
    confidence: str | None = None
    checked_on: date | None = None


def wording_of_record(
    record: AnyRecord, kind: Kind, said: Sequence[tuple[str, str]], *, label: str = ""
) -> Wording:
    """Return what a record says with the sources that bear it.

    Args:
        record: Of the corpus.
        kind: Its kind.
        said: Name of the field ("" for none) and words, in the order to show.
        label: Number of its mark in an answer.
    """
    places = tuple(Place(one.title, one.publisher, one.date, one.url) for one in record.sources)
    own = squeeze(" ".join(_words(record.model_dump())))
    lines = tuple(
        Line(text, name, bearing(record.sources, text), squeeze(text) in own) for name, text in said
    )
    return _made(
        Wording(
            record.id, kind.value, record.title, lines, places, "", "", label,
            record.confidence, record.checked_on,
        )
    )  # fmt: skip


def wording_of_passage(
    document_id: str,
    title: str,
    words: str,
    *,
    label: str = "",
    page: int | None = None,
    section: str | None = None,
    chunk: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
) -> Wording:
    """Return the words of an ingested document, byte for byte, with the page they stand on."""
    asked = {"chunk": chunk, "page": None if chunk else page, "words": words[:_WORDS]}
    query = urlencode({name: value for name, value in asked.items() if value})
    link = f"api/v1/documents/{quote(document_id, safe='')}/view?{query}#words"
    place = Place(title, publisher, published, None, page, section, link)
    return _made(
        Wording(
            document_id, Kind.DOCUMENT.value, title, (Line(words, "", 0),), (place,), "", "", label
        )
    )


def bearing(sources: Sequence[Source], words: str) -> int | None:
    """Return the number of the source whose own words share most with some words.

    The first where none shares any, None where there is no source.
    """
    wanted = terms(words)
    shared = [len(wanted & terms(f"{one.supports or ''} {one.title}")) for one in sources]
    return shared.index(max(shared)) if shared else None


def best_statements(
    statements: Sequence[Statement], query: str, relevance: Relevance, *, most: int = MOST_LINES
) -> list[tuple[str, str]]:
    """Return the sentences of a record that know most of a query, in the record's order.

    Without any that does, its first ones: what it is and what it pays.
    """
    asked = relevance.question_terms(query)
    scored = [
        (relevance.share(asked, f"{one.label} {one.text}"), at) for at, one in enumerate(statements)
    ]
    told = sorted((one for one in scored if one[0] > 0), key=lambda one: (-one[0], one[1]))
    chosen = sorted(at for _, at in told[:most]) or range(min(2, len(statements)))
    return [(statements[at].label, statements[at].text) for at in chosen]


def plain_text(markdown: str, *, with_marks: bool = False) -> str:
    r"""Return Markdown of an answer as text for a mail or a message, without marks or with them.

    >>> plain_text("**AI 바우처**는 최대 2억 원입니다 [1].\n\n- 자부담 20% [2]")
    'AI 바우처는 최대 2억 원입니다.\n\n- 자부담 20%'
    """
    text = _LINK.sub(r"\1(\2)", markdown if with_marks else _MARK.sub("", markdown))
    text = _MARKDOWN.sub("", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+(?=\n|$)", "", text)).strip()


def cited(text: str, wordings: Sequence[Wording]) -> str:
    """Return a text with the sources of its marks below, one a line."""
    rows = []
    for one in wordings:
        used = {line.place for line in one.lines if line.place is not None}
        mark = f"[{one.label}] " if one.label else ""
        rows += [f"{mark}{_place(one, place)}" for at, place in enumerate(one.places) if at in used]
    return f"{text}\n\n출처\n" + "\n".join(dict.fromkeys(rows)) if rows else text


def _made(one: Wording) -> Wording:
    place = one.places[0] if one.kind == Kind.DOCUMENT and one.places else None
    page = f" {place.page}쪽" if place and place.page else ""
    opening = f"'{one.title}'{page}에는 다음과 같이 나와 있습니다."
    rows = "\n".join(f"- {_row(line)}" for line in one.lines)
    plain = f"{opening}\n{rows}\n{CONFIRM}"
    below = cited(plain, [one])
    if one.checked_on:
        below += f"\n(자료 확인일 {one.checked_on.isoformat()})"
    return Wording(
        one.record_id, one.kind, one.title, one.lines, one.places, plain, below, one.label,
        one.confidence, one.checked_on,
    )  # fmt: skip


def _row(line: Line) -> str:
    words = f"“{line.text}”" if line.is_exact else line.text
    return f"{line.label}: {words}" if line.label else words


def _words(value: object) -> Iterator[str]:
    """Yield every text of a record's values, those of its sources too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _words(one)


def _place(one: Wording, place: Place) -> str:
    parts: list[Any] = [
        place.title if place.title != one.title else one.title, place.publisher, place.date,
        f"{place.page}쪽" if place.page else None, place.section, place.url,
    ]  # fmt: skip
    return ", ".join(str(part) for part in parts if part)


def citation_lines(citation: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the quotes of a citation of a record, each alone."""
    pieces = [one.strip() for one in str(citation.get("quote") or "").split(" / ")]
    return [("", one) for one in dict.fromkeys(pieces) if one]
