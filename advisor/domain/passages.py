"""What is indexed and what a search returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a record or document is; the values stand in the JSON of the contract."""

    PROGRAM = "program"
    SOLUTION = "solution"
    CASE = "case"
    EXPERT = "expert"
    FAQ = "faq"
    FUNDING_RULE = "funding_rule"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Page:
    """One page, slide, sheet or section of a document.

    Attributes:
        number: From 1; None where the format has no pages.
        text: As the document spells it, broken lines joined; rows of tables are lines, their cells
            apart by tabs.
        name: Sheet name or printed label, empty where there is none.
        raw: The lines as they stand on the page, where `text` had to join them: for quotation.
        hidden: Whether the document hides it (a hidden sheet).
    """

    number: int | None
    text: str
    name: str = ""
    raw: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell by its upper left corner, counted from 0; the text is the cell's own."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table of a document.

    Attributes:
        page: Index into the document's pages.
        cells: Each once; a merged cell stands at its first place.
        lines: Row number, start and end of each row that has words, in the text of the page.
        header_rows: Rows at the top that name the columns.
        inside: Index of the table that holds this one; None at the top level.
        name: Sheet or caption, empty where there is none.
        is_box: Whether it only frames words (a single cell, or a heading with its number).
    """

    page: int
    cells: tuple[TableCell, ...]
    lines: tuple[tuple[int, int, int], ...]
    header_rows: int = 0
    inside: int | None = None
    name: str = ""
    is_box: bool = False

    @property
    def start(self) -> int:
        return self.lines[0][1] if self.lines else 0

    @property
    def end(self) -> int:
        return self.lines[-1][2] if self.lines else 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a document.

    `level` 1 is the outermost (0 a title above all), `page` an index into the document's pages, `start` the offset of
    the heading in that page's text.
    """

    title: str
    level: int
    page: int
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """An ingested file as text. `id` is ASCII kebab-case, `digest` the sha256 of the file.

    `sections` and `tables` stand in the order of the text, a table inside another after it;
    `unread` are the numbers of pages without letters; `remarks` are Korean sentences on what of it
    could not be read; `metadata` is what the file says of itself.
    """

    id: str
    title: str
    path: str
    media_type: str
    digest: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...] = ()
    unread: tuple[int, ...] = ()
    tables: tuple[DocumentTable, ...] = ()
    remarks: tuple[str, ...] = ()
    metadata: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a record or document, as it is embedded and searched.

    Attributes:
        id: `<source_id>#<part>` for records, `<source_id>#p<page>-<n>` for documents (`#s` and
            the section or sheet where there are no pages).
        source_id: Id of the record or the ingested document.
        part: For records what the text is about: what, whom, money, apply, detail, question …;
            for documents text or table.
        text: NFKC-normalised, never empty. The title is kept apart and embedded in front of it.
        regions: Short names of the 시·도 the source is for; empty means nationwide or not said.
        start, end: Character span in the page's text for documents, which is the wording to
            quote (a table's chunk repeats its header, which stands before the span); 0, len(text)
            for records.
    """

    id: str
    source_id: str
    kind: Kind
    title: str
    part: str
    text: str
    heading_path: tuple[str, ...] = ()
    page: int | None = None
    start: int = 0
    end: int = 0
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found by a search.

    `score` is the fused standardised score (comparable within one search only), `dense` the
    cosine, `lexical` the BM25 score.
    """

    chunk: Chunk
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, and the two signals that tell whether anything fits.

    Attributes:
        hits: At most one per chunk, best first.
        similarity: Best cosine, standardised against what unrelated questions reach on this
            corpus (0 = like an unrelated one).
        coverage: Share (0 to 1) of the question's IDF mass found in the best of the top hits.
        supported: Whether both signals pass the thresholds calibrated on this corpus.
    """

    hits: tuple[Hit, ...] = field(default=())
    similarity: float = 0.0
    coverage: float = 0.0
    supported: bool = False
