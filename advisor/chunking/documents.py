"""A Document to chunks that know their page, headings and place in the page's text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.chunking.tables import TABLE, chunk_table
from advisor.domain.passages import Chunk, Document, DocumentTable, Kind, Page, Section
from advisor.text import clean

CHUNK_CHARS = 500
OVERLAP_CHARS = 100
# Sections are put together until a chunk has this many characters.
_ENOUGH_CHARS = 350
_LEAST_CHARS = 60
# A shorter text in front of a table says what it is of: "(단위: 백만 원)".
_CAPTION_CHARS = 120
# Ends of paragraphs, lines and Korean sentences, best first.
_SEPARATORS = ["\n\n", "\n", "다. ", "요. ", ". ", " ", ""]
# "ᄒᆞᆫ글" is how Hancom's own glyph for 한 comes out; nobody searches for it so.
_OLD_HANGUL = "\u1112\u119e\u11ab"
# A point of a notice begins here; what explains it (-, *, ※) stays with it.
_POINT = re.compile(r"^[ \t]*[○ㅇ◦●◎◇◆▶▷☞①-⑳❍]", re.MULTILINE)
PART = "text"


@dataclass(frozen=True, slots=True)
class _Span:
    """A piece of a page: `text` is what is searched, start and end where it stands."""

    start: int
    end: int
    text: str
    part: str


def chunk_document(document: Document, *, with_hidden: bool = False) -> list[Chunk]:
    """Cut a document into chunks of at most 500 characters, most of them 350 and more.

    A chunk stays on one page. It begins at a heading where the section before is long enough,
    and a long section is cut at its points (○) and the ends of sentences, each chunk repeating up
    to 100 characters of the one before. A table is cut by rows, each chunk with the header.

    Returns:
        The chunks in the order of the text; a text chunk is `page.text[chunk.start:chunk.end]` in
        NFKC, a table's begins with its header.
    """
    chunks: list[Chunk] = []
    # Headings that hold at this point, outermost first: they go on over the page.
    path: list[Section] = []
    for index, page in enumerate(document.pages):
        if page.hidden and not with_hidden:
            continue
        sections = [section for section in document.sections if section.page == index]
        tables = [table for table in document.tables if table.page == index]
        breaks = _breaks(page.text, sections)
        place = f"p{page.number}" if page.number is not None else f"s{index + 1}"
        for number, span in enumerate(_spans(page, breaks, tables), start=1):
            # A heading right below another one holds for the same text.
            while sections and (sections[0].start <= span.start or sections[0].start not in breaks):
                path = _entered(path, sections.pop(0))
            chunks.append(
                Chunk(
                    id=f"{document.id}#{place}-{number}",
                    source_id=document.id,
                    kind=Kind.DOCUMENT,
                    title=document.title,
                    part=span.part,
                    text=span.text,
                    heading_path=tuple(section.title for section in path),
                    page=page.number,
                    start=span.start,
                    end=span.end,
                )
            )
        for section in sections:
            path = _entered(path, section)
    return chunks


def _entered(path: list[Section], section: Section) -> list[Section]:
    """Return the headings that hold below a new one: it ends those of its own level and deeper."""
    return [*(above for above in path if above.level < section.level), section]


def _spans(page: Page, breaks: list[int], tables: Sequence[DocumentTable]) -> Iterator[_Span]:
    """Yield the chunks of a page: running text between the tables, and the tables by rows."""
    begin = 0
    outer = [
        (at, table)
        for at, table in enumerate(tables)
        if not table.is_box and table.lines and not _is_within(table, tables)
    ]
    for _, table in outer:
        before = page.text[begin : table.start]
        caption = ""
        # What merely names the table goes into it, and so does a heading with nothing below it.
        is_name = _is_only_headings(before, begin, breaks)
        if before.strip() and len(before.strip()) <= _CAPTION_CHARS and is_name:
            caption = " ".join(before.split())
        else:
            yield from _text_spans(page.text, begin, table.start, breaks)
            last = before.rstrip().rpartition("\n")[2].strip()
            caption = last if len(last) <= _CAPTION_CHARS // 2 else ""
        inner = [one for one in tables if table.start <= one.start and one.end <= table.end]
        for start, end, text in chunk_table(page.text, inner, caption=caption, most=CHUNK_CHARS):
            yield _Span(start, end, _searched(text), TABLE)
        begin = table.end
    yield from _text_spans(page.text, begin, len(page.text), breaks)


def _is_only_headings(before: str, begin: int, breaks: list[int]) -> bool:
    """Tell whether no heading stands in a text, or it has no line that is none."""
    there = [one - begin for one in breaks if begin <= one < begin + len(before)]
    return not there or (not before[: there[0]].strip() and before.strip().count("\n") == 0)


def _is_within(table: DocumentTable, tables: Sequence[DocumentTable]) -> bool:
    return any(
        one is not table
        and not one.is_box
        and one.lines
        and one.start <= table.start
        and table.end <= one.end
        and (one.start, one.end) != (table.start, table.end)
        for one in tables
    )


def _text_spans(text: str, begin: int, end: int, breaks: list[int]) -> Iterator[_Span]:
    """Yield the chunks of a stretch of running text."""
    if not text[begin:end].strip():
        return
    # Imported here: a quarter of a second that only an ingest pays.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        keep_separator="end",
        chunk_size=CHUNK_CHARS,
        chunk_overlap=OVERLAP_CHARS,
        add_start_index=True,
    )
    for start, stop in _packed(text, begin, end, breaks):
        for first, last in _by_points(text, start, stop):
            for piece in splitter.create_documents([text[first:last]]):
                if any(map(str.isalnum, piece.page_content)):
                    at = first + int(piece.metadata["start_index"])
                    words = piece.page_content
                    yield _Span(at, at + len(words), _searched(words), PART)


def _searched(text: str) -> str:
    return clean(text).replace(_OLD_HANGUL, "한").strip()


def _by_points(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a section whole if it is short enough, else its points packed together."""
    if end - start <= CHUNK_CHARS:
        yield start, end
        return
    points = [start + found.start() for found in _POINT.finditer(text[start:end])]
    yield from _packed(text, start, end, points)


def _breaks(text: str, sections: list[Section]) -> list[int]:
    """Return where a chunk may begin: at headings, but not between one and the next below it."""
    breaks: list[int] = []
    for before, section in zip([None, *sections], sections, strict=False):
        between = text[before.start : section.start].strip() if before else ""
        if before is None or "\n" in between:
            breaks.append(section.start)
    return breaks


def _packed(text: str, begin: int, stop: int, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between places to cut, short ones together with what follows."""
    ends = [*(start for start in starts if begin < start < stop), stop]
    for position, end in enumerate(ends):
        following = ends[position + 1] if position + 1 < len(ends) else None
        is_short = end - begin < _ENOUGH_CHARS
        if following is not None and is_short and following - begin <= CHUNK_CHARS:
            continue
        # A heading alone finds nothing; the splitter cuts what is too long with it.
        if following is not None and end - begin < _LEAST_CHARS:
            continue
        if text[begin:end].strip():
            yield begin, end
        begin = end
