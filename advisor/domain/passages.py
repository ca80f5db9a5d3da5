"""What is indexed and what a search returns."""

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
    """One page of a document. `number` counts from 1; None where the format has no pages."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a document.

    `level` 1 is the outermost, `page` an index into the document's pages, `start` the offset of
    the heading in that page's text.
    """

    title: str
    level: int
    page: int
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """An ingested file as text. `id` is ASCII kebab-case, `digest` the sha256 of the file.

    `sections` stand in the order of the text; `unread` are the numbers of pages without letters.
    """

    id: str
    title: str
    path: str
    media_type: str
    digest: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...] = ()
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a record or document, as it is embedded and searched.

    Attributes:
        id: `<source_id>#<part>` for records, `<source_id>#p<page>-<n>` for documents.
        source_id: Id of the record or the ingested document.
        part: For records what the text is about: what, whom, money, apply, detail, question …
        text: NFKC-normalised, never empty. The title is kept apart and embedded in front of it.
        regions: Short names of the 시·도 the source is for; empty means nationwide or not said.
        start, end: Character span in the page's text for documents; 0, len(text) for records.
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
