"""A Document to chunks that know their page, headings and place in the page's text."""

from collections.abc import Iterator

from advisor.domain.passages import Chunk, Document, Kind, Section

CHUNK_CHARS = 500
OVERLAP_CHARS = 100
# Sections are put together until a chunk has this many characters.
_ENOUGH_CHARS = 350
# Ends of paragraphs, lines and Korean sentences, best first.
_SEPARATORS = ["\n\n", "\n", "다. ", "요. ", ". ", " ", ""]
PART = "text"


def chunk_document(document: Document) -> list[Chunk]:
    """Cut a document into chunks of at most 500 characters, most of them 350 and more.

    A chunk stays on one page. It begins at a heading where the section before is long enough,
    and a long section is cut at the ends of sentences, each chunk repeating up to 100 characters
    of the one before.

    Returns:
        The chunks in the order of the text; `page.text[chunk.start:chunk.end] == chunk.text`.
    """
    chunks: list[Chunk] = []
    # Headings that hold at this point, outermost first: they go on over the page.
    path: list[Section] = []
    for index, page in enumerate(document.pages):
        sections = [section for section in document.sections if section.page == index]
        breaks = _breaks(page.text, sections)
        for number, (start, end) in enumerate(_spans(page.text, breaks), start=1):
            # A heading right below another one holds for the same text.
            while sections and (sections[0].start <= start or sections[0].start not in breaks):
                path = _entered(path, sections.pop(0))
            chunks.append(
                Chunk(
                    id=f"{document.id}#p{page.number or 0}-{number}",
                    source_id=document.id,
                    kind=Kind.DOCUMENT,
                    title=document.title,
                    part=PART,
                    text=page.text[start:end],
                    heading_path=tuple(section.title for section in path),
                    page=page.number,
                    start=start,
                    end=end,
                )
            )
        for section in sections:
            path = _entered(path, section)
    return chunks


def _entered(path: list[Section], section: Section) -> list[Section]:
    """Return the headings that hold below a new one: it ends those of its own level and deeper."""
    return [*(above for above in path if above.level < section.level), section]


def _spans(text: str, breaks: list[int]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each chunk of a page."""
    # Imported here: a quarter of a second that only an ingest pays.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        keep_separator="end",
        chunk_size=CHUNK_CHARS,
        chunk_overlap=OVERLAP_CHARS,
        add_start_index=True,
    )
    for start, end in _packed(text, breaks):
        for piece in splitter.create_documents([text[start:end]]):
            if piece.page_content.strip():
                offset = start + int(piece.metadata["start_index"])
                yield offset, offset + len(piece.page_content)


def _breaks(text: str, sections: list[Section]) -> list[int]:
    """Return where a chunk may begin: at headings, but not between one and the next below it."""
    breaks: list[int] = []
    for before, section in zip([None, *sections], sections, strict=False):
        between = text[before.start : section.start].strip() if before else ""
        if before is None or "\n" in between:
            breaks.append(section.start)
    return breaks


def _packed(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between headings, short ones together with what follows."""
    begin = 0
    ends = [*(start for start in starts if start > 0), len(text)]
    for position, end in enumerate(ends):
        following = ends[position + 1] if position + 1 < len(ends) else None
        is_short = end - begin < _ENOUGH_CHARS
        if following is not None and is_short and following - begin <= CHUNK_CHARS:
            continue
        if text[begin:end].strip():
            yield begin, end
        begin = end
